//! Who acted and who was acted upon: what a frame found and what the linker makes of the phrases around an event, put together.

use marsad_text::Base;

use super::linker::{Framed, Link, Linker};
use crate::actors::resolve::{Basis, Resolved, Scene};
use crate::model::Code;
use crate::tree::Tree;

/// Actors and recipients of an event by its phrases.
pub(super) fn sides(scene: &Scene, linker: &Linker, links: &[Link], framed: Framed) -> [Vec<Resolved>; 2] {
    let (actors, recipients) = linked(scene.tree, linker, links, framed);
    let mut actors = resolved(scene, &actors);
    let mut recipients: Vec<Resolved> = resolved(scene, &recipients).into_iter().filter(|r| !actors.iter().any(|a| a.head == r.head)).collect();
    let chance = |head: usize, side: usize| links.iter().find(|l| l.head == head).map_or(0.0, |l| l.chances[side]);
    actors.iter_mut().for_each(|r| place_nameless(scene, r, chance(r.head, 0)));
    recipients.iter_mut().for_each(|r| place_nameless(scene, r, chance(r.head, 1)));
    [actors, recipients]
}

/// Takes away the state that only reports what befell its own soldiers, police or officials: "the ministry reported the deaths of four soldiers". Who fights it, and
/// who reports what others lost, may be the one that did it.
pub(super) fn spare_reporters(actors: &mut Vec<Resolved>, recipients: &[Resolved], speakers: &[usize]) {
    use crate::model::Sector as S;
    let of_state = |r: &Resolved| matches!(r.sector, Some(S::Gov | S::Mil | S::Cop));
    let own = |r: &Resolved, a: &Resolved| of_state(r) && (r.code.is_none() || r.code == a.code);
    let befell_own = |a: &Resolved| !recipients.is_empty() && recipients.iter().all(|r| own(r, a));
    actors.retain(|a| !(speakers.contains(&a.head) && a.code.is_some() && of_state(a) && befell_own(a)));
}

/// Heads of actors and recipients after the linker has judged every phrase. What a frame found stays where it is unless the linker is sure that it is wrong,
/// or finds the other side likelier; all sides of a reciprocal event stay, and so do phrases of which nothing is known.
fn linked(tree: &Tree, linker: &Linker, links: &[Link], framed: Framed) -> (Vec<usize>, Vec<usize>) {
    let (actors, recipients) = (framed.actors, framed.recipients);
    if linker.is_empty() {
        return (actors.to_vec(), recipients.to_vec());
    }
    let (mut acting, mut suffering) = (Vec::new(), Vec::new());
    for link in links {
        let [actor, recipient] = link.chances;
        let keep = framed.reciprocal || link.resolved.basis == Basis::Nothing;
        let least = if link.resolved.basis == Basis::Nothing { NAMELESS } else { LINKED };
        // Arabic does not write what tells "killed" from "was killed".
        let turned = |here: f32, there: f32| !framed.reciprocal && there >= least && there > here;
        if actors.contains(&link.head) && (keep || actor >= KEPT) && !turned(actor, recipient) {
            acting.push(link.head);
        } else if recipients.contains(&link.head) && (keep || recipient >= KEPT) && !turned(recipient, actor) {
            suffering.push(link.head);
        } else if link.scene {
            continue;
        } else if actor >= least && actor >= recipient {
            if !framed.accusers.contains(&link.head) {
                acting.push(link.head);
            }
        } else if recipient >= least {
            suffering.push(link.head);
        }
    }
    join_coordinated(tree, links, 0, &mut acting, &[framed.accusers, &suffering].concat());
    join_coordinated(tree, links, 1, &mut suffering, &acting);
    (acting, suffering)
}

/// Adds named phrases that are coordinated with one of a side, unless the linker is sure that they have no part: "Costa Rica and Panama agreed".
fn join_coordinated(tree: &Tree, links: &[Link], side: usize, heads: &mut Vec<usize>, others: &[usize]) {
    let tied = |a: usize, b: usize| tree.coordinated(a).contains(&b) || tree.coordinated(b).contains(&a);
    let named = |l: &&Link| l.resolved.basis <= Basis::Composed && !l.scene && l.chances[side] >= KEPT;
    let new = |h: &usize| !heads.contains(h) && !others.contains(h) && heads.iter().any(|&a| tied(a, *h));
    let more: Vec<usize> = links.iter().filter(named).map(|l| l.head).filter(new).collect();
    heads.extend(more);
    heads.sort_unstable();
}

/// A phrase that a frame found stays from this probability on.
const KEPT: f32 = 0.1;

/// A phrase takes part from this probability on.
const LINKED: f32 = 0.4;

/// A phrase of which the tables know nothing but that most probably takes part is of the country that the text is about: victims, suspects, crowds.
fn place_nameless(scene: &Scene, r: &mut Resolved, chance: f32) {
    let nameless = r.basis == Basis::Nothing && r.code.is_none() && chance >= NAMELESS;
    if let Some(code) = scene.memory.country().filter(|_| nameless) {
        r.code = Some(code);
        r.basis = Basis::Context;
    }
}

/// A nameless phrase gets a country from this probability on that it takes part.
const NAMELESS: f32 = 0.5;

/// People, police and the like without a country of their own are of the country where the event takes place.
pub(super) fn localise(r: &mut Resolved, place: Code) {
    use crate::model::Sector as S;
    let local = matches!(r.sector, None | Some(S::Cvl | S::Cop | S::Opp | S::Edu | S::Lab | S::Soc | S::Rel | S::Crm | S::Jrn | S::Med | S::Bus | S::Agr));
    let open = r.code.is_none() && r.basis >= Basis::Role && (r.sector.is_some() || r.person);
    if place.is_country() && local && (open || r.basis == Basis::Context) {
        r.code = Some(place);
        r.basis = Basis::Context;
    }
}

/// What phrases mean; of several words for one actor the first stays.
fn resolved(scene: &Scene, heads: &[usize]) -> Vec<Resolved> {
    let mut out: Vec<Resolved> = Vec::new();
    for &head in heads {
        let sides = scene.sides(head);
        if !sides.is_empty() {
            // One of the two may be named beside them.
            let new: Vec<Resolved> = sides.into_iter().filter(|s| !out.iter().any(|o| o.code == s.code && o.name == s.name)).collect();
            out.extend(new);
            continue;
        }
        let several = if matches!(scene.tree.rel(head), Base::Amod | Base::Compound) { scene.codes_in(head) } else { Vec::new() };
        let new = if several.is_empty() { vec![scene.resolve(head)] } else { several };
        for r in new {
            // One actor named twice is one actor.
            let same = |o: &Resolved| o.code == r.code && (o.head == r.head || o.words == r.words || o.name.is_some() && o.name == r.name);
            if !out.iter().any(same) {
                out.push(r);
            }
        }
    }
    out
}
