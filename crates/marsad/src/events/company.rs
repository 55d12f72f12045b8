//! What the phrases around an event make of each other: one agent is enough for most, and who is named best as its victim is hardly its author.
//!
//! The linker weighs each phrase alone first; what comes of that for all of them is told here, and it weighs each a second time.

use super::feature::Sink;
use crate::model::Code;

/// A phrase beside an event as the others see it.
#[derive(Clone, Copy, Debug)]
pub struct Companion {
    /// Probabilities that it is an actor and a recipient, weighed alone, 0 to 1.
    pub chances: [f32; 2],
    /// Its code.
    pub code: Option<Code>,
    /// Where it stands: only the order counts.
    pub place: usize,
}

/// The sides of an event by the letters of their features.
const SIDES: [&str; 2] = ["a", "r"];

/// A probability in seven degrees.
fn degree(chance: f32) -> usize {
    const BOUNDS: [f32; 6] = [0.05, 0.15, 0.3, 0.5, 0.7, 0.9];
    BOUNDS.iter().filter(|&&b| chance >= b).count()
}

/// Log odds of a probability, within ±9.
fn log_odds(chance: f32) -> f32 {
    let p = chance.clamp(1e-4, 1.0 - 1e-4);
    (p / (1.0 - p)).ln()
}

/// Tells what `all` phrases of an event of type `kind` make of the one of number `me`.
///
/// # Panics
/// If there is no such number.
pub fn company(all: &[Companion], me: usize, kind: &str, reciprocal: bool, out: &mut impl Sink) {
    let own = all[me];
    let others = || all.iter().enumerate().filter(|(n, _)| *n != me).map(|(_, c)| c);
    let best = |side: usize| others().max_by(|a, b| a.chances[side].total_cmp(&b.chances[side]));
    let bests = [best(0), best(1)];
    let rivals = [0, 1].map(|side| degree(bests[side].map_or(0.0, |b| b.chances[side])));
    let rank = |side: usize| others().filter(|c| c.chances[side] > own.chances[side]).count().min(3);
    let degrees = own.chances.map(degree);
    out.flag(format_args!("both {} {}", degrees[0], degrees[1]));
    out.flag(format_args!("ranks {} {} {kind}", rank(0), rank(1)));
    out.flag(format_args!("rivals {} {} {kind}", rivals[0], rivals[1]));
    out.flag(format_args!("phrases {}", all.len().min(6)));
    out.flag(format_args!("rival a {} reciprocal {reciprocal}", rivals[0]));
    for (side, name) in SIDES.iter().enumerate() {
        let (mine, rival) = (degrees[side], rivals[side]);
        let same = degree(others().filter(|c| c.code.is_some() && c.code == own.code).map(|c| c.chances[side]).fold(0.0, f32::max));
        out.tell(format_args!("alone {name}"), log_odds(own.chances[side]) / 2.0);
        out.flag(format_args!("alone {name} {mine}"));
        out.flag(format_args!("rival {name} {rival}"));
        out.flag(format_args!("rival {name} {rival} alone {mine}"));
        out.flag(format_args!("rival {name} {rival} other {}", degrees[1 - side]));
        out.flag(format_args!("same {name} {same}"));
        out.flag(format_args!("same {name} {same} alone {mine}"));
        out.flag(format_args!("rank {name} {}", rank(side)));
        out.flag(format_args!("rank {name} {} alone {mine}", rank(side)));
        if let Some(best) = bests[side] {
            out.flag(format_args!("before {name} {} {rival}", own.place < best.place));
            out.flag(format_args!("like {name} {} {rival} {kind}", own.code == best.code));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::events::feature::Feature;

    fn told(all: &[Companion], me: usize) -> Vec<Feature> {
        let mut out = Vec::new();
        company(all, me, "ASSAULT", false, &mut out);
        out
    }

    #[test]
    fn a_phrase_is_told_of_its_rivals_and_of_what_shares_its_code() {
        let of = |actor: f32, recipient: f32, code: &str, place: usize| Companion { chances: [actor, recipient], code: Code::new(code), place };
        let all = [of(0.95, 0.02, "ISR", 1), of(0.4, 0.6, "SYR", 5), of(0.1, 0.2, "ISR", 9)];
        let second = told(&all, 1);
        let has = |features: &[Feature], name: &str| features.iter().any(|(n, _)| n == name);
        for name in ["rival a 6", "rival r 2", "rank a 1", "rank r 0", "same a 0", "before a false 6", "before r true 2", "like a false 6 ASSAULT", "phrases 3"]
        {
            assert!(has(&second, name), "{name}: {second:?}");
        }
        assert!(has(&told(&all, 2), "same a 6"), "the first has its code");
        let alone = told(&all[..1], 0);
        assert!(has(&alone, "rival a 0") && has(&alone, "rank a 0") && !alone.iter().any(|(name, _)| name.starts_with("before")));
    }

    #[test]
    fn certainty_stays_finite() {
        let sure = Companion { chances: [1.0, 0.0], code: None, place: 0 };
        assert!(told(&[sure, sure], 0).iter().all(|(_, value)| value.is_finite()));
    }
}
