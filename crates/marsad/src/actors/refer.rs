//! Words that stand for somebody named elsewhere: pronouns within their sentence, "the two sides", "its neighbour".
//!
//! What goes back to earlier sentences is [`super::Memory`]'s.

use std::ops::Range;

use marsad_text::{Base, Lang, Upos};

use super::inventory::Known;
use super::memory::{Agreement, RUSSIAN_OWN, can_refer};
use super::resolve::{Basis, DEEPEST, Resolved, Scene};
use crate::model::{Code, Sector};

/// Relative pronouns that features do not tell.
const RELATIVE: &[&str] = &["whose", "который", "чей"];

/// The Russian possessive of the subject.
const REFLEXIVE: &str = "свой";

/// Steps from a relative pronoun up to the head of its clause, and from a verb up to one whose subject it shares.
const CLAUSE: usize = 4;

/// Names and roles before a pronoun that it may go back to.
const NEAREST: usize = 16;

/// Words for who is another's, and not of the same country.
const OTHERS: &[&str] = &[
    "neighbour",
    "neighbor",
    "partner",
    "ally",
    "counterpart",
    "guest",
    "ضيف",
    "ضيفة",
    "ضيفت",
    "جار",
    "جارة",
    "جارت",
    "شريك",
    "شريكة",
    "شريكت",
    "حليف",
    "حليفة",
    "حليفت",
    "نظير",
    "نظيرة",
    "نظيرت",
];

/// The same in Russian, where lemmas of people are often guessed wrong: beginnings, to which at most [`ENDING`] letters come.
const RUSSIAN_OTHERS: &[&str] = &["сосед", "партнер", "союзник", "союзниц", "гост"];
const ENDING: usize = 3;

/// Words for the parties of a meeting or conflict, in the plural or dual.
const SIDES: &[&str] = &["side", "party", "сторона", "طرف", "جانب"];
const SIDES_DUAL: &[&str] = &[
    "جانبان",
    "جانبين",
    "حكومتان",
    "حكومتين",
    "عاصمتان",
    "عاصمتين",
    "جيشان",
    "جيشين",
    "قوتان",
    "قوتين",
    "وفدان",
    "وفدين",
    "جارتان",
    "جارتين",
    "طرفان",
    "طرفين",
    "دولتان",
    "دولتين",
    "جاران",
    "جارين",
    "حليفان",
    "حليفين",
    "بلدان",
    "بلدين",
    "زعيمان",
    "زعيمين",
    "رئيسان",
    "رئيسين",
    "وزيران",
    "وزيرين",
];

/// Words for what meetings and conflicts have two of, where a word for two says so: "leaders of the two countries".
const TWOS: &[&str] = &[
    "country",
    "nation",
    "state",
    "capital",
    "leader",
    "president",
    "minister",
    "government",
    "army",
    "neighbour",
    "neighbor",
    "ally",
    "republic",
    "power",
    "страна",
    "государство",
    "держава",
    "столица",
    "лидер",
    "президент",
    "министр",
    "правительство",
    "армия",
    "сосед",
    "союзник",
    "республика",
    "глава",
];
const TWO: &[&str] = &["two", "both", "два", "две", "двух", "двум", "двумя", "оба", "обе", "обоих", "обеих", "обоим", "обеим", "обоими", "обеими"];

impl Scene<'_> {
    /// Whether a word stands for somebody: a pronoun, or a possessive.
    pub(super) fn is_pronoun(&self, i: usize) -> bool {
        let tree = self.tree;
        let possessive = || tree.feat(i, "PronType", "Prs") || RUSSIAN_OWN.contains(&tree.folded(i));
        tree.upos(i) == Upos::Pron || (tree.upos(i) == Upos::Det && possessive())
    }

    /// The noun that a relative pronoun stands for: the one that its clause describes.
    pub(super) fn relative(&self, pronoun: usize) -> Option<usize> {
        let tree = self.tree;
        let relative = matches!(tree.upos(pronoun), Upos::Pron | Upos::Det)
            && (tree.feat(pronoun, "PronType", "Rel") || RELATIVE.iter().any(|w| tree.is_word(pronoun, w)));
        if !relative {
            return None;
        }
        let clause = std::iter::once(pronoun).chain(tree.ancestors(pronoun)).take(CLAUSE).find(|&w| tree.rel(w) == Base::Acl);
        // «Венгрия, правительство которой против, …»: trees give the government to the verb that follows.
        let of = tree.head(pronoun).filter(|&h| tree.rel(pronoun) == Base::Nmod && h < pronoun);
        let before_comma = || of.and_then(|h| h.checked_sub(2)).filter(|&w| tree.form(w + 1) == "," && matches!(tree.upos(w), Upos::Noun | Upos::Propn));
        clause.and_then(|c| tree.head(c)).or_else(before_comma).filter(|&noun| noun < pronoun)
    }

    /// The noun that an Arabic pronoun takes up again within the clause that describes it: «الناشط الذي اعتقلته الشرطة», «دولة يحكمها الجيش».
    pub(super) fn resumed(&self, pronoun: usize) -> Option<usize> {
        let tree = self.tree;
        if tree.lang != Lang::Ar || tree.upos(pronoun) != Upos::Pron || !can_refer(tree, pronoun) {
            return None;
        }
        let clause = std::iter::once(pronoun).chain(tree.ancestors(pronoun)).take(CLAUSE).find(|&w| tree.rel(w) == Base::Acl)?;
        let noun = tree.head(clause).filter(|&n| n < clause && matches!(tree.upos(n), Upos::Noun | Upos::Propn | Upos::X | Upos::Num))?;
        let described = |w: &usize| tree.upos(*w) != Upos::Pron;
        let subject = tree.children_by(clause, &[Base::Nsubj]).find(described).filter(|&s| s != pronoun && !tree.is_under(pronoun, s));
        let own = tree.rel(pronoun) == Base::Nmod;
        (self.takes_up(noun, pronoun) && clause < pronoun && (own || subject.is_some())).then_some(noun)
    }

    /// Whether a pronoun agrees with a noun; things in the plural have the feminine singular.
    fn takes_up(&self, noun: usize, pronoun: usize) -> bool {
        let tree = self.tree;
        let many = |w: usize| tree.feat(w, "Number", "Plur") || tree.feat(w, "Number", "Dual") || tree.upos(w) == Upos::Num;
        let feminine = |w: usize| tree.feat(w, "Gender", "Fem") || tree.folded(w).ends_with('ة');
        let several = many(noun) || tree.children_by(noun, &[Base::Conj]).next().is_some();
        let country = matches!(self.name_at(noun), Some(Known::Country { .. } | Known::Metonym { .. } | Known::Place { .. }));
        match (several, many(pronoun)) {
            (false, false) => feminine(pronoun) == (feminine(noun) || country),
            (true, false) => feminine(pronoun),
            (several, true) => several,
        }
    }

    /// Whom a third person goes back to within its sentence: of the names and roles before it that agree, the last subject for subjects and possessives, else the
    /// nearest. Nobody is the object of his own verb.
    pub(super) fn antecedent(&self, pronoun: usize) -> Option<usize> {
        let tree = self.tree;
        if !can_refer(tree, pronoun) && !RUSSIAN_OWN.contains(&tree.folded(pronoun)) {
            return None;
        }
        let own = matches!(tree.rel(pronoun), Base::Nmod | Base::Det) || tree.is_possessive(pronoun);
        let subject = self.subject_above(pronoun);
        let beside = |w: usize| Some(w) == subject && tree.rel(pronoun) != Base::Nsubj || tree.head(w).is_some() && tree.head(w) == tree.head(pronoun);
        let demands = Agreement::of(tree, pronoun);
        // A Russian possessive of the subject would be «свой».
        let free = own && tree.lang != Lang::Ru;
        let may_be = |&w: &usize| !tree.is_under(pronoun, w) && (free || !beside(w)) && self.may_be_meant(w, demands) && (own || !self.is_city(w));
        let mut fitting: Vec<usize> = self.known_before(pronoun).into_iter().filter(may_be).collect();
        fitting.sort_unstable();
        // "The envoy and his deputy".
        let first = tree.head(pronoun).filter(|&h| own && tree.rel(h) == Base::Conj).and_then(|h| tree.head(h)).filter(|h| fitting.contains(h));
        let subject = || fitting.iter().copied().rfind(|&w| tree.rel(w) == Base::Nsubj).filter(|_| own || tree.rel(pronoun) == Base::Nsubj);
        first.or_else(subject).or(fitting.last().copied())
    }

    /// Whom a verb of the third person without subject means: the last subject of the text that agrees, else somebody of the country that the text is about.
    #[must_use]
    pub fn left_out(&self, verb: usize) -> Option<Resolved> {
        let alone = |before: Resolved| Resolved { head: verb, words: verb..verb + 1, basis: before.basis.max(Basis::Anaphor), ..before };
        let somebody = || self.memory.country().map(|code| Resolved { code: Some(code), basis: Basis::Context, ..self.blank(verb) });
        let spoken = self.tree.feat(verb, "Person", "1") || self.tree.feat(verb, "Person", "2");
        self.memory.last_that_agrees(self.tree, verb).cloned().or_else(somebody).filter(|_| !spoken).map(alone)
    }

    /// Heads of the nearest names and roles before a word.
    fn known_before(&self, word: usize) -> Vec<usize> {
        let found = self.mentions.names.iter().chain(&self.mentions.roles).filter_map(|f| self.tree.head_of(&f.words));
        let mut heads: Vec<usize> = found.filter(|&w| w < word).collect();
        heads.sort_unstable_by_key(|&w| std::cmp::Reverse(w));
        heads.truncate(NEAREST);
        heads
    }

    /// Whether a name or role agrees with what a pronoun demands, and is known well enough.
    fn may_be_meant(&self, w: usize, demands: Agreement) -> bool {
        let tree = self.tree;
        let several = tree.children_by(w, &[Base::Conj]).next().is_some();
        if matches!(tree.rel(w), Base::Amod | Base::Det | Base::Compound | Base::Flat) || several && !demands.plural {
            return false;
        }
        // Who is named by a pronoun himself is left out, so that pronouns do not lead to pronouns without end.
        let r = self.resolve_to(w, DEEPEST);
        let plural = several || tree.feat(w, "Number", "Plur");
        r.code.is_some() && !r.place && r.basis <= Basis::Composed && demands.fits(&r, tree.feat(w, "Gender", "Fem"), plural, tree.lang)
    }

    /// The subject of the clause that a word stands in.
    fn subject_above(&self, word: usize) -> Option<usize> {
        let verb = self.tree.ancestors(word).find(|&a| self.tree.upos(a) == Upos::Verb)?;
        self.subject_of(verb)
    }

    /// The subject of a verb, its own or that of the verb above whose subject it shares.
    fn subject_of(&self, verb: usize) -> Option<usize> {
        let tree = self.tree;
        let shares = |v: &usize| matches!(tree.rel(*v), Base::Conj | Base::Xcomp | Base::Advcl);
        let verbs = std::iter::successors(Some(verb), |v| tree.head(*v).filter(|_| shares(v)));
        verbs.take(CLAUSE).find_map(|v| tree.children_by(v, &[Base::Nsubj]).next())
    }

    fn is_city(&self, w: usize) -> bool {
        matches!(self.name_at(w), Some(Known::Place { .. }))
    }

    /// Whether a word means another by its relation to somebody: a neighbour, a partner.
    #[must_use]
    pub fn is_other(&self, head: usize) -> bool {
        let tree = self.tree;
        let ends = |stem: &&str| tree.folded(head).strip_prefix(*stem).is_some_and(|rest| rest.chars().count() <= ENDING);
        OTHERS.iter().any(|w| tree.is_word(head, w)) || tree.upos(head) == Upos::Noun && RUSSIAN_OTHERS.iter().any(ends)
    }

    /// Whether a dependent says whose somebody is.
    pub(super) fn says_whose(&self, c: usize) -> bool {
        let tree = self.tree;
        let genitive = || tree.rel(c) == Base::Nmod && tree.preposition(c).is_none_or(|p| matches!(p.as_str(), "of" | "ل"));
        self.is_pronoun(c) || tree.is_possessive(c) || genitive()
    }

    /// The code of whom somebody is the neighbour, partner or counterpart of.
    pub(super) fn whose_other(&self, head: usize) -> Option<Code> {
        if !self.is_other(head) {
            return None;
        }
        let tree = self.tree;
        let whose = tree.children(head).iter().copied().find(|&c| self.says_whose(c) || tree.is_word(c, REFLEXIVE))?;
        let whose = if tree.is_word(whose, REFLEXIVE) { self.subject_above(whose)? } else { whose };
        self.modifier(whose, 1)?.code
    }

    /// The two parties that "the sides" or "leaders of the two countries" goes back to, if the words are that and two were named before; else nothing.
    #[must_use]
    pub fn sides(&self, head: usize) -> Vec<Resolved> {
        let tree = self.tree;
        let named = tree.children(head).iter().any(|&c| self.is_named(c));
        let inside = || tree.children(head).iter().copied().filter(|&c| tree.rel(c) == Base::Nmod);
        if named || !self.are_sides(head) && !self.are_two(head) && !inside().any(|c| self.are_two(c)) {
            return Vec::new();
        }
        let others = self.other_side(head);
        let codes: Vec<Code> = others.iter().filter_map(|&w| self.resolve_to(w, 0).code).collect();
        let new = |pair: &[Resolved; 2]| !pair.iter().any(|r| r.code.is_some_and(|code| codes.contains(&code)));
        let before = || self.memory.pair().map(|pair| pair.map(Clone::clone));
        let said = self.pair_before(head, &others).or_else(|| self.two_countries(head).filter(new)).or_else(|| before().filter(new));
        let Some(pair) = said else { return Vec::new() };
        let again = |before: Resolved| Resolved { head, words: self.phrase(head), basis: Basis::Anaphor, ..before };
        // Leaders of the two countries have no more in common with those named last than their countries.
        let of_state = |r: Resolved| Resolved { code: r.code, sector: Some(Sector::Gov), group: true, basis: Basis::Anaphor, ..self.blank(head) };
        if self.are_sides(head) { pair.map(again).into() } else { pair.map(of_state).into() }
    }

    /// The subjects of the verb that has a word for object: who urges "both sides" is neither.
    fn other_side(&self, word: usize) -> Vec<usize> {
        let tree = self.tree;
        let nominal = |w: usize| matches!(tree.upos(w), Upos::Noun | Upos::Propn | Upos::X);
        let Some(governed) = std::iter::once(word).chain(tree.ancestors(word)).take_while(|&w| nominal(w)).last() else { return Vec::new() };
        let verb = tree.head(governed).filter(|&v| tree.upos(v) == Upos::Verb && matches!(tree.rel(governed), Base::Obj | Base::Iobj));
        let subjects = verb.into_iter().flat_map(|v| tree.children_by(v, &[Base::Nsubj]));
        subjects.flat_map(|s| tree.coordinated(s)).collect()
    }

    /// The two countries that the text is about.
    fn two_countries(&self, head: usize) -> Option<[Resolved; 2]> {
        let of = |code| Resolved { code: Some(code), sector: Some(Sector::Gov), group: true, basis: Basis::Anaphor, ..self.blank(head) };
        self.memory.two_countries().map(|codes| codes.map(of))
    }

    /// The last two actors with different codes that the sentence names before a word, the earlier first, beside some.
    fn pair_before(&self, word: usize, beside: &[usize]) -> Option<[Resolved; 2]> {
        let tree = self.tree;
        let mut found: Vec<&Range<usize>> = self.mentions.names.iter().chain(&self.mentions.roles).map(|f| &f.words).filter(|w| w.end <= word).collect();
        found.sort_by_key(|words| words.start);
        let mut named = found
            .into_iter()
            .rev()
            .filter_map(|words| tree.head_of(words))
            .filter(|h| !beside.contains(h))
            .map(|h| self.resolve_to(h, 0))
            .filter(|r| r.code.is_some() && !r.place && r.basis <= Basis::Composed);
        let last = named.next()?;
        let other = named.find(|r| r.code != last.code)?;
        Some([other, last])
    }

    /// Whether a word means the parties of a meeting or conflict.
    fn are_sides(&self, word: usize) -> bool {
        let tree = self.tree;
        let several =
            tree.feat(word, "Number", "Plur") || tree.feat(word, "Number", "Dual") || tree.folded(word).ends_with("ان") || tree.folded(word).ends_with("ين");
        several && self.are_certain(word) && (SIDES.iter().any(|s| tree.is_word(word, s)) || SIDES_DUAL.contains(&tree.bare(word)))
    }

    /// Whether a plural means certain ones: not "thirty parties", "rescue parties", "both sides of the river".
    fn are_certain(&self, word: usize) -> bool {
        let tree = self.tree;
        let children = tree.children(word);
        let counted = children.iter().any(|&c| tree.rel(c) == Base::Nummod && !TWO.contains(&tree.folded(c)));
        let whose = children.iter().any(|&c| matches!(tree.rel(c), Base::Compound) || tree.rel(c) == Base::Nmod && !self.are_two(c));
        let definite = tree.lang != Lang::En || children.iter().any(|&c| matches!(tree.folded(c), "the" | "both" | "two" | "warring" | "these" | "all"));
        !counted && !whose && definite
    }

    /// Whether a word means two countries or their heads; in Arabic the dual says so ([`SIDES_DUAL`]).
    fn are_two(&self, word: usize) -> bool {
        let tree = self.tree;
        let two = || tree.children(word).iter().any(|&c| TWO.contains(&tree.folded(c)));
        SIDES_DUAL.contains(&tree.bare(word)) || TWOS.iter().any(|w| tree.is_word(word, w)) && two()
    }
}
