//! What an Arabic tree runs together: the object behind the subject.
//!
//! «اتهمت روسيا أوكرانيا» has verb, subject, object, and no letter tells the two names apart; a parser that has seen few such names takes the second for a part of the
//! first («وعد الرئيس الأميركي أوكرانيا» likewise). Grammar and the tables of names know better: neither a name nor a noun with the article can govern a genitive,
//! so a second name behind it stands by itself. «قتل مسلحون شرطيا» is told by case: an indefinite noun in the accusative, whose alef is written, is no adjective or genitive
//! of a nominative. And «ناشطون», whose final nun no genitive leaves in place, has none behind it: «دعا ناشطون الحكومة».
//!
//! A name's first letter that is taken for a clitic («وبنما» as «و ب نما») belongs to the name, which then has no preposition.

use marsad_text::{Base, Lang, Upos};

use super::closed::{Behind, WHEN};
use super::inventory::{Actors, Known, RoleKind};
use super::names::{Found, Mentions};
use crate::model::Code;
use crate::tree::Tree;

/// Hangs names behind a subject that they cannot belong to on the verb, as its object. Changes Arabic trees only.
pub(super) fn free_objects(tree: &mut Tree, mentions: &Mentions, actors: &Actors) {
    if tree.lang != Lang::Ar {
        return;
    }
    for verb in (0..tree.len()).filter(|&w| tree.upos(w) == Upos::Verb).collect::<Vec<_>>() {
        let Some(subject) = tree.children_by(verb, &[Base::Nsubj]).find(|&s| s > verb) else {
            part_object(tree, mentions, actors, verb);
            continue;
        };
        let feminine = is_feminine_country(mentions, actors, subject) || is_feminine_noun(tree, subject);
        if subject == verb + 1 && feminine && is_masculine(tree, verb) {
            tree.hang(subject, verb, Base::Obj);
        } else if let Some(object) = object_behind(tree, mentions, actors, subject) {
            tree.hang(object, verb, Base::Obj);
        } else if let Some(object) = accusative_behind(tree, verb, subject) {
            free_accusative(tree, verb, subject, object);
        } else {
            free_closed(tree, mentions, actors, verb, subject);
        }
        let object = tree.children_by(verb, &[Base::Obj]).find(|&o| o > subject);
        if let Some(object) = object {
            adopt(tree, subject, object);
        }
    }
}

/// Hangs on the verb what stands behind its subject's closed phrase, and on the subject the name that was taken for the object in its place.
fn free_closed(tree: &mut Tree, mentions: &Mentions, actors: &Actors, verb: usize, subject: usize) {
    let names = |&o: &usize| matches!(tree.upos(o), Upos::Propn | Upos::X) && !tree.has_article(o);
    let titled = actors.role_over(mentions, subject) == Some(RoleKind::Person);
    let follows = |&o: &usize| o > subject && tree.is_under(o - 1, subject);
    let name = tree.children_by(verb, &[Base::Obj]).find(|o| titled && follows(o) && names(o) && actors.role_over(mentions, *o).is_none());
    let Some(object) = (Behind { tree, mentions, actors, verb, subject, name }).next_phrase() else { return };
    if let Some(name) = name {
        tree.hang(name, subject, Base::Appos);
    }
    take(tree, verb, subject, object);
}

/// Makes the object behind a verb without subject, somebody without article, its subject where somebody else stands behind that closed phrase.
fn part_object(tree: &mut Tree, mentions: &Mentions, actors: &Actors, verb: usize) {
    if tree.children_by(verb, &[Base::Nsubj]).next().is_some() || tree.feat(verb, "Voice", "Pass") {
        return;
    }
    let somebody = |w: usize| actors.role_over(mentions, w).is_some();
    let is_subject = |&o: &usize| o == verb + 1 && somebody(o) && !tree.has_article(o) && !tree.folded(o).ends_with('ا');
    let Some(subject) = tree.children_by(verb, &[Base::Obj]).next().filter(is_subject) else { return };
    let behind = Behind { tree, mentions, actors, verb, subject, name: None };
    let Some(object) = behind.next_phrase().filter(|&o| somebody(o)) else { return };
    tree.hang(subject, verb, Base::Nsubj);
    take(tree, verb, subject, object);
}

/// Hangs an object on its verb, and on it what follows in the same phrase.
fn take(tree: &mut Tree, verb: usize, subject: usize, object: usize) {
    tree.hang(object, verb, Base::Obj);
    adopt(tree, subject, object);
}

/// Hangs on an object the words right behind it that a tree gave to the subject before it.
fn adopt(tree: &mut Tree, subject: usize, object: usize) {
    let follows = (object + 1..tree.len()).take_while(|&w| NOMINAL.contains(&tree.upos(w))).take(LONGEST);
    for w in follows.collect::<Vec<_>>() {
        if tree.head(w).is_some_and(|h| h < object && tree.is_under(h, subject)) {
            tree.hang(w, object, tree.rel(w));
        }
    }
}

/// Gives names their first letters back where the tree takes these for a preposition, and what stands behind «و» its place beside the name before.
pub(super) fn keep_letters(tree: &mut Tree, mentions: &Mentions) {
    for found in &mentions.names {
        let (first, last) = (found.words.start, found.words.end - 1);
        if tree.lang != Lang::Ar
            || tree.upos(first) != Upos::Adp
            || tree.head(first) != Some(first + 1)
            || tree.head_of(&found.words) != Some(first + 1)
            || first == last
        {
            continue;
        }
        tree.hang(first, first + 1, Base::Flat);
        let and = first.checked_sub(1).filter(|&w| tree.upos(w) == Upos::Cconj && tree.rel(w) == Base::Cc);
        let before = and.and_then(|w| mentions.names.iter().find(|f| f.words.end == w)).and_then(|f| tree.head_of(&f.words));
        if let Some(before) = before.filter(|&b| !tree.is_under(b, first + 1)) {
            tree.hang(first + 1, before, Base::Conj);
        }
    }
}

/// Whether a verb of the third person singular is written as a masculine one.
fn is_masculine(tree: &Tree, verb: usize) -> bool {
    let form = tree.folded(verb);
    let feminine = form.starts_with('ت') && tree.feat(verb, "Aspect", "Imp") || form.ends_with('ت');
    tree.feat(verb, "Gender", "Masc") && tree.feat(verb, "Number", "Sing") && tree.feat(verb, "Person", "3") && !feminine
}

/// Whether a word is the name of a country that verbs agree with in the feminine, as with all countries but some: right behind a masculine verb it is the object of
/// a subject that is left out, «ودعا إسرائيل إلى وقف القصف».
fn is_feminine_country(mentions: &Mentions, actors: &Actors, word: usize) -> bool {
    matches!(actors.name_over(mentions, word), Some(Known::Country { code, .. }) if !MASCULINE.contains(&code.as_str()))
}

/// Whether a word is a noun with article and the ending of feminine ones; of persons some are masculine («الخليفة»), which have no gender here.
fn is_feminine_noun(tree: &Tree, word: usize) -> bool {
    let ending = tree.form(word).ends_with('ة') && tree.has_article(word);
    ending && tree.upos(word) == Upos::Noun && tree.feat(word, "Gender", "Fem")
}

/// Countries whose Arabic names are masculine or of either gender, or begin with a noun that is («الاتحاد», «جنوب»).
const MASCULINE: &[&str] = &[
    "IRQ", "JOR", "LBN", "SDN", "SSD", "YEM", "MAR", "SOM", "KWT", "TCD", "NER", "COG", "COD", "SEN", "CMR", "GAB", "BEN", "VAT", "EUR", "RUS", "GBR", "USA",
    "SRB",
];

const NOMINAL: &[Upos] = &[Upos::Noun, Upos::Adj, Upos::Propn, Upos::X];

/// The first indefinite accusative that hangs as adjective or genitive within a nominative subject's phrase; not what is counted («عشرون شخصا»).
fn accusative_behind(tree: &Tree, verb: usize, subject: usize) -> Option<usize> {
    let has_object = tree.children_by(verb, &[Base::Obj]).next().is_some();
    if has_object || !tree.feat(subject, "Case", "Nom") {
        return None;
    }
    let near = (subject + 1..tree.len()).take_while(|&w| NOMINAL.contains(&tree.upos(w))).take(LONGEST);
    let accusative = |w: usize| tree.feat(w, "Case", "Acc") && tree.feat(w, "Definite", "Ind") && tree.folded(w).ends_with('ا');
    let object = near.into_iter().find(|&w| accusative(w))?;
    let within = matches!(tree.rel(object), Base::Amod | Base::Nmod | Base::Flat) && tree.is_under(object, subject);
    (within && matches!(tree.upos(object), Upos::Noun | Upos::Adj) && tree.upos(object - 1) != Upos::Num).then_some(object)
}

/// Hangs an accusative on the verb, which is then no passive, and on it what follows in the same phrase.
fn free_accusative(tree: &mut Tree, verb: usize, subject: usize, object: usize) {
    tree.hang(subject, verb, Base::Nsubj);
    take(tree, verb, subject, object);
}

/// Head of the first name, else of the first noun, that hangs within the subject's phrase and cannot belong to it.
fn object_behind(tree: &Tree, mentions: &Mentions, actors: &Actors, subject: usize) -> Option<usize> {
    let nominal = |w: usize| NOMINAL.contains(&tree.upos(w));
    // Only what follows without preposition, verb or comma may be run together.
    let near = (subject + 1..tree.len()).take_while(|&w| nominal(w));
    near.take(LONGEST).find_map(|at| {
        let found = mentions.names.iter().find(|f| f.words.contains(&at));
        let (head, runs_on): (_, &[Base]) = match found {
            Some(f) if f.words.start == at => {
                let head = tree.head_of(&f.words)?;
                (head, &[Base::Flat, Base::Appos, Base::Nmod, Base::Amod, Base::Compound, Base::Dep])
            }
            Some(_) => return None,
            None => (at, &[Base::Flat, Base::Nmod, Base::Amod, Base::Compound]),
        };
        let within = runs_on.contains(&tree.rel(head)) && tree.is_under(head, subject) && tree.preposition(head).is_none();
        let phrase = Phrase { tree, mentions, actors, subject, next: at };
        let alone = phrase.is_behind_nun() || found.map_or_else(|| phrase.noun_stands_alone(), |f| phrase.name_stands_alone(f));
        (within && alone).then_some(head)
    })
}

/// A subject's phrase is looked through so far.
const LONGEST: usize = 10;

/// A subject's phrase up to the word that may be no part of it.
struct Phrase<'a> {
    tree: &'a Tree<'a>,
    mentions: &'a Mentions,
    actors: &'a Actors,
    subject: usize,
    next: usize,
}

impl Phrase<'_> {
    /// Whether a name can only be an object: it is no title's name, no apposition of a city, and the word before it governs no genitive.
    fn name_stands_alone(&self, found: &Found) -> bool {
        let Some(&id) = found.ids.first() else { return false };
        let before = self.next - 1;
        let after_adjective = self.tree.upos(before) == Upos::Adj && self.tree.has_article(before);
        match self.actors.known(id) {
            // «السعودية» is a country and an adjective, which no person's name has.
            Known::Country { .. } | Known::Metonym { .. } => self.is_name(before) || self.tree.upos(self.next) != Upos::Adj && self.tree.has_article(before),
            // «العاصمة واشنطن», «وكالة الأنباء تاس»
            Known::Organisation { .. } => self.is_name(before) || after_adjective,
            Known::Place { .. } => self.is_name(before) || after_adjective && self.role(self.subject).is_some(),
            Known::Person { code, .. } => {
                let titled = (self.subject..self.next).any(|w| self.role(w) == Some(RoleKind::Person));
                !titled && self.is_name(before) || titled && self.is_of_another_nation(*code)
            }
            _ => false,
        }
    }

    /// Whether the word before the name is an adjective of another nation than a person's: «التقى وزير الخارجية الأميركي محمود عباس».
    fn is_of_another_nation(&self, of: Code) -> bool {
        matches!(self.actors.name_over(self.mentions, self.next - 1), Some(Known::Adjective(code)) if *code != of)
    }

    /// Whether a noun with the article stands behind a name: «استقبل الأسد الوفد». A person's title may be that of the name before; not if it has one of its own.
    fn noun_stands_alone(&self) -> bool {
        let tree = self.tree;
        let noun = tree.upos(self.next) == Upos::Noun && self.tree.has_article(self.next) && !WHEN.contains(&tree.bare(self.next));
        let before = self.next - 1;
        let unknown_name = before > self.subject && tree.upos(before) == Upos::Propn && !self.tree.has_article(before);
        let names = |w: usize| w < tree.len() && matches!(tree.upos(w), Upos::Propn | Upos::X) && !self.tree.has_article(w);
        let title = self.role(self.next) == Some(RoleKind::Person);
        noun && (self.is_name(before) || unknown_name) && (!title || names(self.next + 1))
    }

    /// Whether a definite noun or a name stands behind a plural that keeps its nun, so that it is no genitive of it and, being definite, no adjective.
    fn is_behind_nun(&self) -> bool {
        let before = self.next - 1;
        let people = matches!(self.role(before), Some(RoleKind::Person | RoleKind::Group))
            || matches!(self.actors.name_over(self.mentions, before), Some(Known::Adjective(_) | Known::People(_)));
        let nun = people && self.tree.folded(before).ends_with("ون") && !self.tree.has_article(before);
        let time = WHEN.contains(&self.tree.bare(self.next));
        nun && !time && (self.is_name(self.next) || self.tree.has_article(self.next))
    }

    /// Whether a word is part of the name of somebody or something, not an adjective of nationality.
    fn is_name(&self, word: usize) -> bool {
        self.actors.name_over(self.mentions, word).is_some_and(|k| !matches!(k, Known::Adjective(_) | Known::People(_)))
    }

    fn role(&self, word: usize) -> Option<RoleKind> {
        self.actors.role_over(self.mentions, word)
    }
}
