//! The best division of a bulletin into items: greeting, teasers, stories, sign-off.

use super::boundary::{self, Style, Weights};
use super::phrases::{Cue, Phrases};
use super::stems::Content;
use super::units::{Unit, ends_sentence};
use crate::model::Kind;

/// Log odds that speak for themselves: the transcript says that an item begins.
const CERTAIN: f64 = 50.0;
/// A phrase such as "in other news" at the beginning of a unit, in log odds. Set by hand: the bulletins the rest is trained on have none.
const TRANSITION: f64 = 2.5;
/// Another speaker, in log odds; likewise.
const TURN: f64 = 0.4;
/// Natural logarithm of the usual length of a story in seconds, and its spread; from the bulletins that the weights are trained on.
const LENGTH: (f64, f64) = (4.2, 0.75);
/// How much a story's length counts.
const LENGTH_WEIGHT: f64 = 0.3;
/// A story has at most so many units.
const LONGEST: usize = 220;
/// The programme's opening and end are looked for within so many units.
const EDGE: usize = 8;
/// Teasers are over after so long, in milliseconds.
const TEASERS: u64 = 90_000;

/// A piece of the bulletin: what it is, and the unit that follows its last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// What it is.
    pub kind: Kind,
    /// Its first unit.
    pub first: usize,
    /// The unit after its last.
    pub after: usize,
}

/// A bulletin's frame, and for each unit the log odds that a story begins there.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    /// Greeting and teasers.
    before: Vec<Segment>,
    /// The first unit of the news.
    pub first: usize,
    /// The unit after the news.
    pub after: usize,
    /// Number of units.
    count: usize,
    /// Log odds for each unit of the news.
    pub odds: Vec<f64>,
}

/// Finds the frame of a bulletin and weighs what may divide its news.
#[must_use]
pub fn frame(units: &[Unit], content: &Content, phrases: &Phrases, weights: &Weights) -> Frame {
    let style = Style::of(units);
    let opening = opening(units, phrases);
    let after = sign_off(units, phrases).max(opening.after);
    let mut before = Vec::new();
    if opening.after > 0 {
        before.push(Segment { kind: Kind::Greeting, first: 0, after: opening.after });
    }
    let mut first = opening.after;
    for (from, to) in teasers(units, content, opening, after, style) {
        before.push(Segment { kind: Kind::Teaser, first: from, after: to });
        first = to;
    }
    let seen = boundary::look(units, content, phrases, style);
    let odds = (first..after).map(|u| if u == first { CERTAIN } else { weights.log_odds(&seen[u - 1], style) + said(&units[u], phrases) }).collect();
    Frame { before, first, after, count: units.len(), odds }
}

impl Frame {
    /// The units at which stories begin, by all but what other bulletins say.
    #[must_use]
    pub fn starts(&self, units: &[Unit]) -> Vec<usize> {
        best(&units[self.first..self.after], &self.odds).into_iter().map(|u| self.first + u).collect()
    }

    /// All segments, with stories that begin at these units.
    #[must_use]
    pub fn segments(&self, units: &[Unit], starts: &[usize], phrases: &Phrases) -> Vec<Segment> {
        let mut out = self.before.clone();
        for (i, &first) in starts.iter().enumerate() {
            let after = starts.get(i + 1).copied().unwrap_or(self.after);
            out.push(Segment { kind: kind(&units[first..after], phrases), first, after });
        }
        if self.after < self.count {
            out.push(Segment { kind: Kind::SignOff, first: self.after, after: self.count });
        }
        out
    }
}

/// What a unit's own words and marks say for an item beginning there, in log odds.
fn said(unit: &Unit, phrases: &Phrases) -> f64 {
    let opens = |cue| phrases.open(cue, &unit.words);
    let block = [Cue::Weather, Cue::Sport, Cue::Advertisement].into_iter().any(|cue| phrases.tell(cue, &unit.words));
    let certain = if unit.opens_item { CERTAIN } else { 0.0 };
    let phrase = if block || opens(Cue::Transition) { TRANSITION } else { 0.0 };
    certain + phrase + if unit.turn { TURN } else { 0.0 }
}

/// The kind of an item by how it begins.
fn kind(units: &[Unit], phrases: &Phrases) -> Kind {
    let start: Vec<String> = units.iter().take(2).flat_map(|u| u.words.iter().cloned()).take(14).collect();
    let tells = |cue| phrases.tell(cue, &start);
    if tells(Cue::Weather) {
        Kind::Weather
    } else if tells(Cue::Sport) {
        Kind::Sport
    } else if tells(Cue::Advertisement) {
        Kind::Advertisement
    } else {
        Kind::Story
    }
}

#[derive(Clone, Copy)]
struct Opening {
    /// The unit after it.
    after: usize,
    /// Whether it promises headlines.
    headlines: bool,
}

/// The greeting, with the words that announce the headlines.
fn opening(units: &[Unit], phrases: &Phrases) -> Opening {
    let mut found = Opening { after: 0, headlines: false };
    for (i, unit) in units.iter().enumerate().take(EDGE) {
        if unit.opens_item && i > 0 {
            break;
        }
        // A whole story may lie between a greeting and another that only quotes one.
        if i > found.after + 1 || (i > 0 && unit.words.len() > 24) {
            break;
        }
        let headlines = phrases.tell(Cue::Headlines, &unit.words);
        if headlines || phrases.tell(Cue::Greeting, &unit.words) {
            found.after = i + 1;
            found.headlines |= headlines;
        }
        if headlines {
            break;
        }
    }
    found
}

/// The first unit of the sign-off; the number of units where there is none.
fn sign_off(units: &[Unit], phrases: &Phrases) -> usize {
    let from = units.len().saturating_sub(EDGE);
    (from..units.len()).find(|u| phrases.tell(Cue::SignOff, &units[*u].words)).unwrap_or(units.len())
}

/// The teasers: headlines one after the other, until one comes again as the first story or a longer silence ends them. Where no words announce them,
/// because there are none or speech recognition lost them, only the first story tells: it must, after a longer silence, repeat a
/// headline that another has followed.
fn teasers(units: &[Unit], content: &Content, opening: Opening, until: usize, style: Style) -> Vec<(usize, usize)> {
    let from = opening.after;
    let begin = units.get(from).map_or(0, |u| u.start.0);
    let pause = |at: usize| units[at].start.since(units[at - 1].end).0;
    let silent = |at: usize| style.pauses && pause(at) >= 1000;
    let parted = |at: usize| if style.pauses { pause(at) >= 350 } else { ends_sentence(&units[at - 1].text) || units[at].turn };
    let mut out: Vec<(usize, usize)> = Vec::new();
    let mut first = from;
    for at in (from + 1..until).filter(|at| parted(*at)) {
        out.push((first, at));
        first = at;
        // A headline comes again as one piece; looking beyond it would take the headline before the first story for that story.
        let piece = (at + 1..until).find(|u| parted(*u)).unwrap_or(until);
        let again = out.iter().position(|(a, b)| repeats(&content.units[*a..*b], &content.units[at..(at + (b - a)).min(piece)]));
        match again {
            Some(_) if opening.headlines => return out,
            // The piece before is a story's own headline, which its first sentence repeats.
            Some(which) if which + 1 < out.len() && (silent(at) || !style.pauses) => return out,
            None if opening.headlines && silent(at) => return out,
            _ => {}
        }
        if units[at].start.0 > begin + TEASERS {
            break;
        }
    }
    // Headlines that nothing ends are no headlines.
    Vec::new()
}

/// Whether most content words of a teaser come again at once.
fn repeats(teaser: &[Vec<u32>], later: &[Vec<u32>]) -> bool {
    let words = |units: &[Vec<u32>]| units.iter().flatten().copied().collect::<std::collections::BTreeSet<u32>>();
    let (teaser, later) = (words(teaser), words(later));
    teaser.len() >= 2 && teaser.intersection(&later).count() * 10 >= teaser.len() * 6
}

/// The units at which stories begin, the first included: the division with the greatest sum of log odds and of what the lengths are worth.
fn best(units: &[Unit], odds: &[f64]) -> Vec<usize> {
    let n = units.len();
    if n == 0 {
        return Vec::new();
    }
    let time = |u: usize| if u < n { units[u].start.seconds() } else { units[n - 1].end.seconds() };
    let mut value = vec![f64::NEG_INFINITY; n + 1];
    let mut from = vec![0; n + 1];
    value[0] = 0.0;
    for end in 1..=n {
        let here = if end < n { odds[end] } else { 0.0 };
        // A mark of the transcript may not be stepped over.
        let barrier = (1..end).rev().find(|u| odds[*u] >= CERTAIN / 2.0).unwrap_or(0);
        for start in barrier.max(end.saturating_sub(LONGEST))..end {
            let length = (time(end) - time(start)).max(1.0).ln();
            let fit = (-((length - LENGTH.0) / LENGTH.1).powi(2) / 2.0).max(-6.0);
            let total = value[start] + LENGTH_WEIGHT * fit + here;
            if total > value[end] {
                (value[end], from[end]) = (total, start);
            }
        }
    }
    let mut starts = Vec::new();
    let mut at = n;
    while at > 0 {
        at = from[at];
        starts.push(at);
    }
    starts.reverse();
    starts
}

#[cfg(test)]
mod tests {
    use crate::analysis::rundown::Analyst;
    use crate::model::{Cue, Kind, Programme, Time, Transcript};

    /// The kinds of the first items of a transcript of these lines, each with the silence before it in milliseconds.
    fn check(lines: &[(u64, &str)], kinds: &[Kind]) {
        let mut at = 0;
        let mut cues = Vec::new();
        for (silence, text) in lines {
            let start = at + silence;
            at = start + 300 * text.split(' ').count() as u64;
            cues.push(Cue { start: Time(start), end: Time(at), text: (*text).to_owned(), ..Cue::default() });
        }
        let transcript = Transcript { cues, language: Some("en".to_owned()), ..Transcript::default() };
        let bulletin = Analyst::new().unwrap().bulletin(&transcript, Programme::default());
        let found: Vec<Kind> = bulletin.rundown.items.iter().map(|i| i.kind).take(kinds.len()).collect();
        assert_eq!(found, kinds, "{lines:?}");
    }

    #[test]
    fn headlines_are_found_with_and_without_an_announcement() {
        let rest = [
            (1500, "Floods drive thousands from their homes in Sindh"),
            (150, "The water broke two dams on Monday night and more rain is coming"),
            (1200, "Dockers in Rotterdam go on strike over their wages"),
        ];
        let headlines = [(500, "Floods drive thousands from their homes in Sindh"), (500, "Dockers in Rotterdam go on strike")];
        let told = [Kind::Greeting, Kind::Teaser, Kind::Teaser, Kind::Story];
        for greeting in ["Good evening. Here are the headlines.", "Good evening."] {
            check(&[&[(0, greeting)], headlines.as_slice(), rest.as_slice()].concat(), &told);
        }
        // A story's own headline, repeated by its first sentence, promises nothing.
        check(&[&[(0, "Good evening.")], &headlines[..1], rest.as_slice()].concat(), &[Kind::Greeting, Kind::Story]);
    }
}
