//! What Russian endings say against a tree: objects that are taken for subjects or genitives.
//!
//! «Кандидата сняли с выборов» has no subject: a verb in the plural whose subject nobody names is how Russian news says that somebody was removed. A parser takes the first
//! noun for the subject all the same. «Журналистку» can only be an accusative, «службе» no accusative at all, and in «задержали на берегу 18 рыбаков» nobody is the shore's.

use marsad_text::{Base, Lang, Upos};

use super::inventory::{Actors, Known, RoleKind};
use super::names::Mentions;
use crate::tree::Tree;

/// Gives verbs the objects that endings tell. Changes Russian trees only.
pub(super) fn heed(tree: &mut Tree, mentions: &Mentions, actors: &Actors) {
    if tree.lang != Lang::Ru {
        return;
    }
    let finite = |w: &usize| tree.upos(*w) == Upos::Verb && tree.feat(*w, "VerbForm", "Fin") && tree.feat(*w, "Voice", "Act");
    for verb in (0..tree.len()).filter(finite).collect::<Vec<_>>() {
        let endings = Endings { tree, mentions, actors, verb };
        if let Some((word, rel)) = endings.no_subject() {
            tree.hang(word, verb, rel);
        } else if let Some(word) = endings.dative() {
            tree.hang(word, verb, Base::Iobj);
        } else if let Some(word) = endings.no_genitive() {
            tree.hang(word, verb, Base::Obj);
        }
    }
}

/// A finite verb and what its words end in.
struct Endings<'a> {
    tree: &'a Tree<'a>,
    mentions: &'a Mentions,
    actors: &'a Actors,
    verb: usize,
}

impl Endings<'_> {
    /// One person before a verb in the plural, and the object that he is.
    fn no_subject(&self) -> Option<(usize, Base)> {
        let tree = self.tree;
        let form = tree.folded(self.verb);
        let plural = form.ends_with("ли") || ["ут", "ют", "ат", "ят"].iter().any(|e| form.ends_with(e)) && tree.feat(self.verb, "Person", "3");
        let mut subjects = tree.children_by(self.verb, &[Base::Nsubj, Base::Csubj]);
        let (subject, other) = (subjects.next()?, subjects.next());
        let has_object = tree.children_by(self.verb, &[Base::Obj]).next().is_some();
        if !plural || other.is_some() || has_object || subject > self.verb || !self.is_one_person(subject) {
            return None;
        }
        let (form, lemma) = (tree.folded(subject), tree.lemma(subject));
        let dative = form.ends_with('е') || form.ends_with(['у', 'ю']) && !lemma.ends_with(['а', 'я']);
        Some((subject, if dative { Base::Iobj } else { Base::Obj }))
    }

    /// Whether a noun is one person, in a form that is no nominative plural.
    fn is_one_person(&self, noun: usize) -> bool {
        let tree = self.tree;
        let (form, lemma) = (tree.folded(noun), tree.lemma(noun));
        let joined = |&c: &usize| matches!(tree.rel(c), Base::Conj | Base::Nummod | Base::Det) || tree.preposition(c).as_deref() == Some("с");
        let one = tree.feat(noun, "Number", "Sing") && !tree.children(noun).iter().any(joined) && !PLURAL_IN_A.contains(&lemma);
        // «Хозяева», «сельчане» are several.
        let several = ["ане", "яне", "ева"].iter().any(|ending| form.ends_with(ending)) || form.ends_with('е') && !lemma.ends_with(['а', 'я']);
        let oblique = form != lemma && form.ends_with(['а', 'я', 'у', 'ю', 'е']) && !several;
        let unchanging = || form == lemma && matches!(self.name(noun), Some(Known::Person { .. }));
        matches!(tree.upos(noun), Upos::Noun | Upos::Propn) && one && self.is_person(noun) && (oblique || unchanging())
    }

    /// An object in a case that no direct object has: «службе», «ассамблее».
    fn dative(&self) -> Option<usize> {
        let tree = self.tree;
        tree.children_by(self.verb, &[Base::Obj]).find(|&o| {
            let dative = tree.folded(o).ends_with('е') && tree.lemma(o).ends_with(['а', 'я']) && tree.feat(o, "Number", "Sing");
            dative && tree.upos(o) == Upos::Noun && tree.preposition(o).is_none()
        })
    }

    /// What a tree takes for the genitive of a phrase between verb and object: counted people, or a noun in the accusative.
    fn no_genitive(&self) -> Option<usize> {
        let tree = self.tree;
        if tree.children_by(self.verb, &[Base::Obj, Base::Ccomp, Base::Xcomp]).next().is_some()
            || tree.folded(self.verb).ends_with("сь")
            || tree.folded(self.verb).ends_with("ся")
        {
            return None;
        }
        let between = tree.children_by(self.verb, &[Base::Obl]).filter(|&p| p > self.verb && tree.preposition(p).is_some() && !is_deed(tree.lemma(p)));
        let inner = between.flat_map(|p| tree.children_by(p, &[Base::Nmod])).flat_map(|c| std::iter::once(c).chain(tree.children_by(c, &[Base::Nmod])));
        inner.filter(|&c| tree.preposition(c).is_none()).find(|&c| self.is_counted_person(c) || self.is_accusative(c))
    }

    fn is_counted_person(&self, noun: usize) -> bool {
        let tree = self.tree;
        let counted = tree.children_by(noun, &[Base::Nummod]).any(|n| tree.form(n).chars().all(|c| c.is_ascii_digit()));
        counted && (self.is_person(noun) || tree.feat(noun, "Animacy", "Anim"))
    }

    fn is_accusative(&self, noun: usize) -> bool {
        let tree = self.tree;
        let ending = tree.folded(noun).ends_with(['у', 'ю']) && tree.lemma(noun).ends_with(['а', 'я']);
        ending && tree.upos(noun) == Upos::Noun && tree.feat(noun, "Number", "Sing")
    }

    fn name(&self, word: usize) -> Option<&Known> {
        self.actors.name_over(self.mentions, word)
    }

    /// Whether tables or the tree take a word for a person.
    fn is_person(&self, word: usize) -> bool {
        match self.name(word) {
            Some(name) => matches!(name, Known::Person { .. } | Known::People(_)),
            None => self.actors.role_over(self.mentions, word) == Some(RoleKind::Person) || self.tree.feat(word, "Animacy", "Anim"),
        }
    }
}

/// Whether a noun tells what was done to those that its genitive counts: «о гибели 23 бойцов», «в присутствии 1200 гостей».
fn is_deed(lemma: &str) -> bool {
    ["ние", "тие", "вие", "ство", "ель"].iter().any(|ending| lemma.ends_with(ending))
        || ["смерть", "арест", "захват", "казнь", "допрос", "обмен", "набор"].contains(&lemma)
}

/// Persons whose nominative plural ends like a genitive singular.
const PLURAL_IN_A: &[&str] =
    &["учитель", "профессор", "доктор", "директор", "мастер", "инспектор", "тренер", "сторож", "редактор", "повар", "фельдшер", "егерь", "офицер", "юнкер"];
