//! What a Russian tree takes for the subject because it comes first: the object before its verb.
//!
//! «Удар осудила Москва», «Документ подписали депутаты»: news puts first what is known. A parser that has seen few such sentences calls the first noun the subject. Grammar
//! knows better: «удар» does not agree with «осудила», «Москва» cannot be an object («Москву»), nor can «депутаты» («депутатов»). A verb in the plural behind a noun in the
//! singular has no subject of its own where nobody else stands by: «Мост взорвали» is "the bridge was blown up".

use marsad_text::{Base, Lang, Upos};

use super::inventory::{Actors, Known, RoleKind};
use super::names::Mentions;
use crate::tree::Tree;

/// Gives verbs the subjects that they agree with. Changes Russian trees only.
pub(super) fn agree(tree: &mut Tree, mentions: &Mentions, actors: &Actors) {
    if tree.lang != Lang::Ru {
        return;
    }
    let finite = |w: &usize| tree.upos(*w) == Upos::Verb && tree.feat(*w, "VerbForm", "Fin") && tree.feat(*w, "Voice", "Act") && !is_reflexive(tree, *w);
    for verb in (0..tree.len()).filter(finite).collect::<Vec<_>>() {
        let clause = Clause { tree, mentions, actors, verb };
        let Some((subject, object)) = clause.mended() else { continue };
        if let Some(object) = object {
            tree.hang(object, verb, Base::Obj);
        }
        if let Some(subject) = subject {
            tree.hang(subject, verb, Base::Nsubj);
        }
    }
}

/// A finite verb with what hangs on it.
struct Clause<'a> {
    tree: &'a Tree<'a>,
    mentions: &'a Mentions,
    actors: &'a Actors,
    verb: usize,
}

impl Clause<'_> {
    /// The word that is the subject, if one is, and the one that is the object and was taken for the subject.
    fn mended(&self) -> Option<(Option<usize>, Option<usize>)> {
        let tree = self.tree;
        let subjects: Vec<usize> = tree.children_by(self.verb, &[Base::Nsubj]).collect();
        if !subjects.iter().all(|&s| is_noun(tree, s)) {
            return None;
        }
        let taken = subjects.first().copied();
        let wrong = taken.filter(|&s| self.is_thing(s) && !tree.feat(s, "Case", "Gen") && !self.may_agree(s) && !self.is_nominative(s));
        let others = |rels| tree.children_by(self.verb, rels).filter(|&p| Some(p) != taken && is_nominal(tree, p) && self.may_agree(p));
        // Somebody who can be no object is the subject, whatever thing was taken for it.
        if let Some(subject) = others(&[Base::Obj]).find(|&p| self.is_nominative(p)) {
            let object = taken.filter(|&s| self.is_thing(s) && !self.is_nominative(s) && s + 1 != subject);
            return (taken.is_none() || object.is_some()).then_some((Some(subject), object));
        }
        // A first word that no table has may be a foreign name, of which endings tell nothing.
        let object = wrong.filter(|&s| tree.upos(s) == Upos::Noun || matches!(self.name(s), Some(Known::Country { .. } | Known::Place { .. })))?;
        if let Some(subject) = others(&[Base::Obj, Base::Nsubj]).find(|&p| p > self.verb && self.may_be_nominative(p)) {
            return Some((Some(subject), Some(object)));
        }
        let alone = tree.children_by(self.verb, &[Base::Obj, Base::Iobj, Base::Nsubj, Base::Xcomp, Base::Ccomp]).all(|c| c == object);
        (alone && tree.feat(self.verb, "Number", "Plur")).then_some((None, Some(object)))
    }

    /// Whether a word is no person: a common noun, or the name of a place or body; a first word is written like a name whatever it is.
    fn is_thing(&self, word: usize) -> bool {
        let nameless = || (0..word).all(|w| self.tree.upos(w) == Upos::Punct) && !self.tree.children(word).iter().any(|&c| self.tree.rel(c) == Base::Flat);
        match self.name(word) {
            Some(known) => !matches!(known, Known::Person { .. } | Known::People(_) | Known::Adjective(_)),
            None => !self.is_person(word) && (self.tree.upos(word) == Upos::Noun || nameless()),
        }
    }

    /// Whether a noun may be the subject by number and gender. Several, quantities, acronyms and foreign names may whatever they look like.
    fn may_agree(&self, noun: usize) -> bool {
        let tree = self.tree;
        let plural = tree.feat(self.verb, "Number", "Plur");
        let (one, many) = (tree.feat(noun, "Number", "Sing"), tree.feat(noun, "Number", "Plur"));
        // «письма» is one letter's or many letters.
        let doubtful = one == many
            || one && tree.folded(noun).ends_with(['ы', 'и'])
            || one && tree.feat(noun, "Gender", "Neut") && tree.folded(noun).ends_with(['а', 'я']);
        if doubtful || is_acronym(tree.form(noun)) || self.is_several(noun) {
            return true;
        }
        if plural || many {
            return plural && many;
        }
        let told = ["Masc", "Fem", "Neut"].into_iter().find(|g| tree.feat(self.verb, "Gender", g));
        match (told, gender_by_ending(tree.folded(noun))) {
            // Women in office: «министр заявила».
            (Some("Fem"), Some("Masc")) => self.is_person(noun) || !tree.feat(noun, "Animacy", "Inan") && tree.upos(noun) == Upos::Noun,
            (Some(verb), Some(noun)) => verb == noun,
            _ => true,
        }
    }

    /// Whether a noun has a form that may be nominative, whatever its tag says.
    fn may_be_nominative(&self, noun: usize) -> bool {
        let form = self.tree.folded(noun);
        if QUANTITIES.contains(&self.tree.lemma(noun)) {
            return false;
        }
        if self.tree.feat(self.verb, "Number", "Sing") && form.ends_with(['ы', 'и']) {
            return false;
        }
        if self.tree.feat(noun, "Number", "Plur") {
            form.ends_with(['ы', 'и', 'а', 'я', 'е'])
        } else {
            form == self.tree.lemma(noun) || is_acronym(self.tree.form(noun))
        }
    }

    /// Whether a noun is several things or a quantity of them.
    fn is_several(&self, noun: usize) -> bool {
        let tree = self.tree;
        let joined = |c: usize| matches!(tree.rel(c), Base::Conj | Base::Nummod) || tree.upos(c) == Upos::Num || tree.preposition(c).as_deref() == Some("с");
        let and_between = || (noun.min(self.verb)..noun.max(self.verb)).any(|w| tree.upos(w) == Upos::Cconj);
        QUANTITIES.contains(&tree.lemma(noun)) || tree.children(noun).iter().any(|&c| joined(c)) || and_between()
    }

    /// Whether a noun can only be nominative: «Москва», not «Москву»; of persons also «президент» and «депутаты».
    fn is_nominative(&self, noun: usize) -> bool {
        let tree = self.tree;
        let form = tree.folded(noun);
        let singular = tree.feat(noun, "Number", "Sing");
        let dictionary = form == tree.lemma(noun);
        let told = tree.feat(noun, "Gender", "Fem") || tree.feat(noun, "Case", "Nom");
        let known = tree.upos(noun) == Upos::Noun || self.name(noun).is_some() || self.is_person(noun);
        if singular && dictionary && told && known && form.ends_with(['а', 'я']) && !form.ends_with("мя") {
            return true;
        }
        let consonant = form.ends_with(|c: char| !"аеиоуыэюя".contains(c));
        self.is_person(noun) && if singular { dictionary && consonant } else { tree.feat(noun, "Number", "Plur") && form.ends_with(['ы', 'и']) }
    }

    fn name(&self, word: usize) -> Option<&Known> {
        self.actors.name_over(self.mentions, word)
    }

    /// Whether tables know a word as a person or persons.
    fn is_person(&self, word: usize) -> bool {
        match self.name(word) {
            Some(name) => matches!(name, Known::Person { .. } | Known::People(_)),
            None => self.actors.role_over(self.mentions, word) == Some(RoleKind::Person),
        }
    }
}

/// Quantities, which take verbs in either number.
const QUANTITIES: &[&str] = &[
    "большинство",
    "меньшинство",
    "ряд",
    "часть",
    "множество",
    "половина",
    "треть",
    "четверть",
    "пара",
    "сотня",
    "тысяча",
    "миллион",
    "миллиард",
    "десяток",
    "дюжина",
    "группа",
    "количество",
    "число",
    "масса",
    "процент",
    "остальное",
    "все",
    "семья",
    "чета",
    "дуэт",
    "тройка",
    "пятерка",
    "никто",
    "кто",
];

fn is_noun(tree: &Tree, word: usize) -> bool {
    matches!(tree.upos(word), Upos::Noun | Upos::Propn) && tree.preposition(word).is_none()
}

fn is_nominal(tree: &Tree, word: usize) -> bool {
    is_noun(tree, word) || tree.upos(word) == Upos::Adj && tree.preposition(word).is_none()
}

fn is_reflexive(tree: &Tree, verb: usize) -> bool {
    tree.folded(verb).ends_with("ся") || tree.folded(verb).ends_with("сь")
}

fn is_acronym(form: &str) -> bool {
    form.chars().filter(|c| c.is_uppercase()).count() > 1
}

/// The gender that a noun in the nominative singular shows; a soft sign and foreign endings show none.
fn gender_by_ending(form: &str) -> Option<&'static str> {
    match form.chars().next_back()? {
        'а' | 'я' if form.ends_with("мя") => Some("Neut"),
        'а' | 'я' => Some("Fem"),
        'о' | 'е' => Some("Neut"),
        c if "бвгджзйклмнпрстфхцчшщ".contains(c) => Some("Masc"),
        _ => None,
    }
}
