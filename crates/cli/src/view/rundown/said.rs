//! What a comparison comes to, in sentences that may be quoted.

use marsad::model::{Cell, Comparison, Kind, State, Time};

use super::{called, period, shared};
use crate::view::{bidi, text::clean};

/// One line a finding: leads, burials, omissions, broken promises.
pub fn findings(comparison: &Comparison) -> String {
    let mut out = String::new();
    for sentence in sentences(comparison) {
        out.push_str(&bidi_safe(&sentence));
        out.push('\n');
    }
    out
}

fn bidi_safe(sentence: &str) -> String {
    clean_keeping_isolates(sentence)
}

/// Sentences are built from cleaned parts with isolates around them, so nothing is left to do but to keep them on one line.
fn clean_keeping_isolates(sentence: &str) -> String {
    sentence.replace(['\n', '\r'], " ")
}

/// The findings.
pub fn sentences(comparison: &Comparison) -> Vec<String> {
    let mut out: Vec<String> = leads(comparison);
    let shared = shared(comparison);
    for &s in &shared {
        let cells = &comparison.stories[s].cells;
        out.extend(cells.iter().filter(|(_, c)| c.burial.is_some_and(|burial| burial.buried)).map(|(b, _)| burial(comparison, s, b)));
    }
    for &s in &shared {
        let cells = &comparison.stories[s].cells;
        out.extend(cells.iter().filter(|(_, c)| c.state == State::Omitted).map(|(b, _)| omission(comparison, s, b)));
    }
    out.extend(broken_promises(comparison));
    out.extend(period::sentences(comparison, &|outlet| bidi::isolated(&clean(outlet)), &|s| story(comparison, s)));
    out
}

/// A headline in quotation marks, fit for a line of the other direction.
fn quoted(text: &str) -> String {
    bidi::isolated(&format!("«{}»", clean(text)))
}

fn story(comparison: &Comparison, s: usize) -> String {
    quoted(&comparison.stories[s].headline)
}

fn leads(comparison: &Comparison) -> Vec<String> {
    let mut groups: Vec<(Option<usize>, Vec<usize>, String)> = Vec::new();
    for (b, rundown) in comparison.rundowns.iter().enumerate() {
        let Some(first) = rundown.news().next() else { continue };
        match groups.iter_mut().find(|g| g.0.is_some() && g.0 == first.story) {
            Some(group) => group.1.push(b),
            None => groups.push((first.story, vec![b], first.headline.clone())),
        }
    }
    groups
        .into_iter()
        .map(|(s, bulletins, headline)| {
            let names: Vec<String> = bulletins.iter().map(|b| name(comparison, *b)).collect();
            let verb = if names.len() == 1 { "leads" } else { "lead" };
            format!("{} {verb} with {}.", listed(&names), s.map_or_else(|| quoted(&headline), |s| story(comparison, s)))
        })
        .collect()
}

fn name(comparison: &Comparison, b: usize) -> String {
    bidi::isolated(&clean(&called(comparison, b)))
}

fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

fn burial(comparison: &Comparison, s: usize, b: usize) -> String {
    let cell = &comparison.stories[s].cells[b];
    let count = comparison.rundowns[b].news().count();
    let others: Vec<String> = others(comparison, s, b).into_iter().map(|(o, cell)| placed(&name(comparison, o), cell)).collect();
    let p = cell.burial.map_or(1.0, |b| b.p);
    format!(
        "{} first mentions {} at {}, item {} of {count}, {}; {} (p = {p:.2} if order were chance).",
        name(comparison, b),
        story(comparison, s),
        cell.first_mention.unwrap_or_default(),
        cell.rank.unwrap_or(0),
        length(cell.airtime),
        others.join(", ")
    )
}

/// The other bulletins that tell a story.
fn others(comparison: &Comparison, s: usize, b: usize) -> Vec<(usize, &Cell)> {
    let programme = &comparison.rundowns[b].programme;
    let rival = |o: usize| comparison.rundowns[o].programme.outlet != programme.outlet && comparison.rundowns[o].programme.date == programme.date;
    comparison.stories[s].cells.covered().filter(|(o, _)| rival(*o)).collect()
}

fn placed(name: &str, cell: &Cell) -> String {
    let time = format!("({}, {})", cell.first_mention.unwrap_or_default(), length(cell.airtime));
    match cell.rank {
        Some(1) => format!("{name} led with it {time}"),
        Some(rank) => format!("{name} had it {} {time}", ordinal(rank)),
        None => format!("{name} had it {time}"),
    }
}

fn ordinal(n: usize) -> String {
    const WORDS: [&str; 10] = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"];
    WORDS.get(n.wrapping_sub(1)).map_or_else(|| format!("as item {n}"), |word| (*word).to_owned())
}

/// `22 s`, `3 min 10 s`.
pub fn length(time: Time) -> String {
    let seconds = time.seconds().round() as u64;
    match (seconds / 60, seconds % 60) {
        (0, s) => format!("{s} s"),
        (m, 0) => format!("{m} min"),
        (m, s) => format!("{m} min {s} s"),
    }
}

fn omission(comparison: &Comparison, s: usize, b: usize) -> String {
    let cell = &comparison.stories[s].cells[b];
    let carried: Vec<String> =
        others(comparison, s, b).into_iter().map(|(o, c)| format!("{} (item {}, {})", name(comparison, o), c.rank.unwrap_or(0), length(c.airtime))).collect();
    format!(
        "{} does not mention {}, which {} told; surprise {:.1} bits.",
        name(comparison, b),
        story(comparison, s),
        listed(&carried),
        cell.surprise.unwrap_or(0.0)
    )
}

fn broken_promises(comparison: &Comparison) -> Vec<String> {
    let mut out = Vec::new();
    for (b, rundown) in comparison.rundowns.iter().enumerate() {
        for teaser in rundown.items.iter().filter(|i| i.kind == Kind::Teaser && i.delivered == Some(false)) {
            out.push(format!("{} promises {} at {} and does not deliver it.", name(comparison, b), quoted(&teaser.headline), teaser.start));
        }
    }
    out
}
