//! Subjects that verbs leave out: Arabic and Russian verbs say by their form alone who acts, if it is clear whom the text speaks of.

use marsad_text::{Base, Lang, Upos};

use super::frame::{Frame, Slot};
use super::slots::{Place, has_subject};
use super::voice::is_passive;
use crate::actors::resolve::Resolved;
use crate::model::EventType;
use crate::tree::Tree;

/// Who acts where an active verb of the third person has no subject at all: whom the text spoke of last and the verb agrees with. The verb stands for
/// him in the record. `None` where there is a subject, or nobody fits.
pub(super) fn silent_subject(place: &Place, frame: &Frame, kind: EventType) -> Option<Resolved> {
    let tree = place.scene.tree;
    let verb = if place.verbal { place.trigger } else { place.light? };
    let acts = if place.verbal { frame.actor.contains(&Slot::Subj) } else { is_object(tree, verb, place.trigger) };
    let independent = !matches!(tree.rel(verb), Base::Acl | Base::Amod | Base::Xcomp | Base::Csubj);
    let alone = tree.lang != Lang::En && tree.upos(verb) == Upos::Verb && acts && independent && !is_passive(tree, verb) && !has_subject(place, verb);
    // A Russian plural without subject means people in general: «задержали».
    let definite = tree.lang != Lang::Ru || !tree.feat(verb, "Number", "Plur") && !tree.feat(verb, "Gender", "Neut");
    (alone && definite && is_active(tree, verb, kind)).then(|| place.scene.left_out(verb))?
}

/// Whether an event noun can only be the object of its Arabic verb: the verb is plural, or the noun is written in the accusative («قدم طلبا»), or in the dual that no
/// subject has. Else it may be the subject, active or passive: «خرجت مظاهرة», «عقد اجتماع».
fn is_object(tree: &Tree, verb: usize, noun: usize) -> bool {
    let accusative = || tree.folded(noun).ends_with('ا') || tree.folded(noun).ends_with("ين");
    tree.lang != Lang::Ar || tree.feat(verb, "Number", "Plur") || accusative()
}

/// Whether an Arabic verb is most likely active, which its letters do not show: one with an attached object, or of an event that the news seldom tells in the passive.
fn is_active(tree: &Tree, verb: usize, kind: EventType) -> bool {
    use EventType as T;
    let told_so = matches!(kind, T::Assault | T::Coerce | T::Sanction | T::Retreat | T::Aid | T::Cooperate);
    let attached = || tree.children_by(verb, &[Base::Obj]).any(|o| tree.feat(o, "PronType", "Prs"));
    tree.lang != Lang::Ar || !told_so || attached()
}
