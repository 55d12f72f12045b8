//! Where an Arabic noun phrase is closed, so that what follows is no part of it.
//!
//! A noun with the article, with a pronoun, or an adjective behind a noun without article governs no genitive. What may follow within the phrase is an adjective
//! that agrees, or a name in apposition to a title. So «المجلس» in «دعت وزيرة الصحة المجلس إلى التصويت» begins something new: behind a verb with its subject, the object.

use marsad_text::{Base, Upos};

use super::inventory::{Actors, Known, RoleKind};
use super::names::Mentions;
use crate::tree::Tree;

/// Times that need no preposition, without article, folded.
pub(super) const WHEN: &[&str] = &[
    "احد",
    "اثنين",
    "ثلاثاء",
    "اربعاء",
    "خميس",
    "جمعة",
    "سبت",
    "يوم",
    "ليلة",
    "عام",
    "شهر",
    "اسبوع",
    "بارحة",
    "ان",
    "سنة",
    "صيف",
    "شتاء",
    "خريف",
    "ربيع",
    "مرة",
    "مرتين",
    "مرات",
    "ساعة",
    "ساعات",
    "ايام",
    "اشهر",
    "سنوات",
    "دقائق",
    "ليل",
    "نهار",
    "صباح",
    "مساء",
    "ظهر",
    "فجر",
];

/// Nouns that only stress the one before, folded, as their pronoun leaves them: «الرئيس نفسه».
const STRESS: &[&str] = &["نفس", "انفس", "ذات", "عين", "كل", "كلا", "كلتا", "جميع", "وحد", "احد", "بعض", "معظم", "غالبي", "اغلب"];

/// Forms of address, which stand before titles, and nouns that stand behind others as adjectives do («الدول الأعضاء»), without article, folded.
const ADDRESS: &[&str] = &["سيد", "سيدة", "دكتور", "دكتورة", "استاذ", "شيخ", "اخ", "اخت", "اخوة", "انسة", "ابن", "اعضاء", "عضو", "شباب"];

/// Names of bodies that are also participles, without article, folded.
const PARTICIPLES: &[&str] = &["معارض", "معارضة", "منظمة", "مؤسسة", "محتلة", "مستقلة"];

/// A subject's phrase is looked through so far.
const LONGEST: usize = 14;

/// A subject with what stands behind it, up to the next verb or comma.
pub(super) struct Behind<'a> {
    pub(super) tree: &'a Tree<'a>,
    pub(super) mentions: &'a Mentions,
    pub(super) actors: &'a Actors,
    pub(super) verb: usize,
    pub(super) subject: usize,
    /// What a tree takes for the object: the name that belongs to the subject's title.
    pub(super) name: Option<usize>,
}

impl Behind<'_> {
    /// The first word that a tree takes for part of what stands before it though that is closed.
    pub(super) fn next_phrase(&self) -> Option<usize> {
        let tree = self.tree;
        let near = (self.subject + 1..tree.len()).take(LONGEST).take_while(|&w| self.goes_on(w));
        near.filter(|&w| tree.head(w) != Some(self.verb) && tree.preposition(w).is_none()).find_map(|w| self.opens(w))
    }

    /// Whether a word may stand within the subject's phrase or beside it.
    fn goes_on(&self, word: usize) -> bool {
        let tree = self.tree;
        let own = tree.head(word) == Some(self.verb)
            && matches!(tree.rel(word), Base::Obj | Base::Nsubj | Base::Conj | Base::Xcomp | Base::Ccomp)
            && self.name != Some(word);
        let kind = match tree.upos(word) {
            Upos::Noun | Upos::Adj | Upos::Propn | Upos::X | Upos::Adp | Upos::Num | Upos::Det => true,
            Upos::Pron => self.is_suffix(word),
            Upos::Cconj => tree.rel(word) == Base::Cc,
            Upos::Punct => matches!(tree.form(word), "«" | "»" | "\"" | "“" | "”"),
            _ => false,
        };
        kind && !own && tree.is_under(word, self.verb)
    }

    /// The head of the phrase that a word begins, if it can be no part of what stands before it.
    fn opens(&self, word: usize) -> Option<usize> {
        let tree = self.tree;
        let run_on = matches!(tree.rel(word), Base::Nmod | Base::Amod | Base::Flat | Base::Appos | Base::Compound | Base::Dep | Base::Nummod | Base::Conj);
        let named = self.mentions.names.iter().any(|f| f.words.contains(&word));
        if !run_on || named || WHEN.contains(&tree.bare(word)) || ADDRESS.contains(&tree.bare(word)) {
            return None;
        }
        let before = self.before(word)?;
        let definite = self.is_definite(before);
        match tree.upos(word) {
            Upos::Num if definite || self.is_somebody(before) => self.counted(word),
            Upos::Noun | Upos::Adj | Upos::Propn | Upos::X if self.tree.has_article(word) => {
                let closed = definite || self.is_closed_to(before, word);
                (closed && self.is_no_adjective(word) && !self.begins_apposition(word)).then_some(word)
            }
            Upos::Noun if definite => (self.is_body(word) || self.has_own_pronoun(word)).then_some(word),
            _ => None,
        }
    }

    /// The word before, without quotation marks and «جميع».
    fn before(&self, word: usize) -> Option<usize> {
        let tree = self.tree;
        let passed = |w: usize| tree.upos(w) == Upos::Punct || tree.upos(w) == Upos::Det && !self.is_suffix(w + 1);
        (self.subject..word).rev().find(|&w| !passed(w))
    }

    /// Whether a word ends a phrase by its article or as a pronoun.
    fn is_definite(&self, word: usize) -> bool {
        let nominal = matches!(self.tree.upos(word), Upos::Noun | Upos::Adj | Upos::Propn | Upos::X);
        let address = || ADDRESS.contains(&self.tree.bare(word));
        nominal && self.tree.has_article(word) && !address() || self.is_suffix(word)
    }

    /// Whether a phrase that ends in a name or in an adjective without article is closed to somebody: «رئيس البلدية إيفان ساركوف السائقين», «قاض اتحادي الحكومة».
    fn is_closed_to(&self, before: usize, word: usize) -> bool {
        let tree = self.tree;
        let bare = tree.bare(word);
        let several = bare.ends_with("ين") && matches!(tree.upos(word), Upos::Noun | Upos::Adj);
        let known = self.actors.name_over(self.mentions, before).is_some_and(|k| !matches!(k, Known::Adjective(_) | Known::People(_)));
        let name = known || matches!(tree.upos(before), Upos::Propn | Upos::X) && before > self.subject;
        match self.role(word) {
            Some(RoleKind::Person) if !several && !tree.feat(word, "Number", "Plur") => self.name == Some(before) || self.is_indefinite_adjective(before),
            Some(_) => name || self.is_indefinite_adjective(before),
            None => name && several,
        }
    }

    /// Whether a word is the adjective of a noun without article: «جماعات بيئية», «قاض اتحادي».
    fn is_indefinite_adjective(&self, word: usize) -> bool {
        let tree = self.tree;
        let noun = || tree.head(word).filter(|&h| h + 1 == word && tree.upos(h) == Upos::Noun && !self.tree.has_article(h));
        let adjective = tree.rel(word) == Base::Amod || tree.rel(word) == Base::Nmod && tree.folded(word).ends_with('ي') && self.role(word).is_none();
        matches!(tree.upos(word), Upos::Adj | Upos::Noun) && adjective && !self.tree.has_article(word) && noun().is_some()
    }

    /// Whether a word is one person: «مهاجم خمسة أشخاص» are two phrases.
    fn is_somebody(&self, word: usize) -> bool {
        self.role(word) == Some(RoleKind::Person) && self.tree.feat(word, "Number", "Sing")
    }

    /// Whether a definite word is a noun: no noun before it could have it for an adjective.
    fn is_no_adjective(&self, word: usize) -> bool {
        let tree = self.tree;
        let (adjective, role, bare) = (tree.upos(word) == Upos::Adj, self.role(word).is_some(), tree.bare(word));
        let sure = !adjective && role && !self.is_like_adjective(word);
        let doubtful = !role && !bare.ends_with("ين") && (adjective || tree.feat(word, "Case", "Nom") || matches!(tree.upos(word), Upos::Propn | Upos::X));
        sure || !doubtful && !(self.subject..word).any(|noun| self.may_have(noun, word))
    }

    /// Whether a word is shaped as participles and adjectives of relation are: «المسلح», «الشعبي».
    fn is_like_adjective(&self, word: usize) -> bool {
        let bare = self.tree.bare(word);
        let ending = ["ي", "ية", "يين", "يون", "ين", "ون"].iter().any(|e| bare.ends_with(e));
        ending || PARTICIPLES.contains(&bare) || bare.starts_with('م') && self.role(word) != Some(RoleKind::Body)
    }

    /// Whether an adjective, by its number and gender, may be one of a noun. Sound plurals and duals of the oblique cases are none of the subject itself, which is a
    /// nominative; plurals of things have adjectives in the feminine singular.
    fn may_have(&self, noun: usize, adjective: usize) -> bool {
        let tree = self.tree;
        if !matches!(tree.upos(noun), Upos::Noun | Upos::Propn | Upos::X | Upos::Adj | Upos::Num) {
            return false;
        }
        let plural = |w: usize| tree.feat(w, "Number", "Plur") || tree.feat(w, "Number", "Dual");
        let (bare, ending) = (tree.bare(adjective), tree.folded(noun));
        if bare.ends_with("ين") && bare.chars().count() > 4 {
            // «القادة المدنيين» is the object of a verb whose subject is left out.
            let oblique = noun != self.subject || ending.ends_with("ين") || noun + 1 == adjective && plural(noun) && !ending.ends_with("ون");
            let singular = tree.feat(noun, "Number", "Sing") && tree.upos(noun) != Upos::Num;
            let name = matches!(tree.upos(noun), Upos::Propn | Upos::X) && !plural(noun);
            return oblique && !singular && !name;
        }
        if plural(adjective) {
            return plural(noun) || tree.upos(noun) == Upos::Num;
        }
        let feminine = |w: usize| tree.feat(w, "Gender", "Fem") || tree.folded(w).ends_with('ة');
        if feminine(adjective) || bare.ends_with(['ى', 'ء']) || bare.ends_with("يا") {
            feminine(noun) || plural(noun)
        } else {
            !feminine(noun) && !plural(noun)
        }
    }

    /// Whether a title or the like is told further by a name behind it: «المحامي مراد فؤاد», «الذراع العسكري» of whom the phrase names.
    fn begins_apposition(&self, word: usize) -> bool {
        let tree = self.tree;
        let after = (word + 1..tree.len()).find(|&w| tree.upos(w) != Upos::Punct && !(tree.upos(w) == Upos::Adj && self.tree.has_article(w)));
        let name = |w: usize| {
            let person = matches!(self.actors.name_over(self.mentions, w), Some(Known::Person { .. }));
            person || matches!(tree.upos(w), Upos::Propn | Upos::X) && !self.tree.has_article(w) && !self.is_place(w)
        };
        self.role(word) != Some(RoleKind::Group) && after.is_some_and(name)
    }

    fn is_place(&self, word: usize) -> bool {
        matches!(self.actors.name_over(self.mentions, word), Some(Known::Country { .. } | Known::Place { .. } | Known::Metonym { .. }))
    }

    /// Whether a word begins the name of a body by its role: «وزارة الصحة».
    fn is_body(&self, word: usize) -> bool {
        self.role(word) == Some(RoleKind::Body) && self.mentions.roles.iter().any(|f| f.words.start == word)
    }

    /// Whether a noun has a pronoun of its own and does not merely stress the noun before.
    fn has_own_pronoun(&self, word: usize) -> bool {
        let pronoun = self.tree.children_by(word, &[Base::Nmod]).any(|c| c == word + 1 && self.is_suffix(c));
        pronoun && !STRESS.contains(&self.tree.folded(word))
    }

    /// What a numeral counts, where it has no article and counts no times: «نحو مئة متظاهر», «ستة منهم».
    fn counted(&self, word: usize) -> Option<usize> {
        let tree = self.tree;
        let after = (word + 1..tree.len()).find(|&w| tree.upos(w) != Upos::Num)?;
        let of_them = || tree.is_word(after, "من") && self.is_suffix(after + 1);
        let people = matches!(self.role(after), Some(RoleKind::Person | RoleKind::Group)) && !self.tree.has_article(after) || of_them();
        let numeral = tree.form(word).chars().all(char::is_alphabetic) && !self.tree.has_article(word);
        (numeral && people && !WHEN.contains(&tree.bare(after))).then(|| if tree.is_under(after, word) { word } else { after })
    }

    fn is_suffix(&self, word: usize) -> bool {
        let tree = self.tree;
        word > 0 && word < tree.len() && tree.upos(word) == Upos::Pron && tree.word(word).token == tree.word(word - 1).token
    }

    fn role(&self, word: usize) -> Option<RoleKind> {
        self.actors.role_over(self.mentions, word)
    }
}
