//! Finds the phrases of the table in a sentence and chooses among those that overlap.

use std::cmp::Reverse;
use std::ops::Range;

use jiff::civil::Date;
use marsad_text::Lang;

use super::atoms::{Atom, atoms};
use super::kinds::Kind;
use super::lexicon::{Item, Lexicon, Rule};
use super::meaning::{Found, Meaning, Resolved, resolve};
use super::read::Reader;
use super::{Bound, Time, When};

/// A phrase that was found.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    /// Atoms of the expression.
    start: usize,
    end: usize,
    /// Number of atoms with context.
    total: usize,
    rule: u16,
    bound: Bound,
    /// `None` where it is no time.
    resolved: Option<Resolved>,
    /// See [`Time::earlier`].
    earlier: Option<Resolved>,
    /// See [`Time::later`].
    later: Option<Resolved>,
    /// Whether it names a day or a month, be it one that cannot be dated.
    of_calendar: bool,
}

/// See [`super::times`].
pub fn times(words: &[When<'_>], lang: Lang, day: Option<Date>) -> Vec<Time> {
    let lexicon = Lexicon::of(lang);
    let atoms = atoms(words, lexicon);
    let candidates = candidates(&Reader::new(&atoms, lang), lexicon, day);
    let mut times: Vec<Time> = Vec::new();
    for time in chosen(&candidates).filter_map(|c| time(&atoms, c)) {
        // Two expressions may stand in one word: 2011/2014.
        if times.last().is_none_or(|t| t.words.end <= time.words.start) {
            times.push(time);
        }
    }
    times
}

/// A day before which all lie that texts tell of, in a year whose neighbours have a leap year among them. Where an expression stands does not depend on the
/// day, but without one those that need it are not found.
const LATE: Date = Date::constant(2105, 1, 1);

/// See [`super::time_words`].
pub fn time_words(words: &[When<'_>], lang: Lang) -> Vec<Range<usize>> {
    let lexicon = Lexicon::of(lang);
    let atoms = atoms(words, lexicon);
    let candidates = candidates(&Reader::new(&atoms, lang), lexicon, Some(LATE));
    // Phrases that are no times may hold numbers of people ("a force of 2000 soldiers"), but not those that name a day or a month.
    chosen(&candidates).filter(|c| c.resolved.is_some() || c.of_calendar).map(|c| words_of(&atoms, c)).collect()
}

/// All candidates in the order of their start.
fn candidates(reader: &Reader<'_>, lexicon: &'static Lexicon, day: Option<Date>) -> Vec<Candidate> {
    let mut all: Vec<Candidate> = (0..reader.atoms.len()).flat_map(|at| candidates_at(reader, lexicon, at, day)).collect();
    all.sort_by_key(|c| c.start);
    all
}

/// The words of an expression.
fn words_of(atoms: &[Atom<'_>], c: &Candidate) -> Range<usize> {
    atoms[c.start].word..atoms[c.end - 1].word + 1
}

fn time(atoms: &[Atom<'_>], c: &Candidate) -> Option<Time> {
    let time = |resolved: Resolved, earlier: Option<Box<Time>>, later: Option<Box<Time>>| {
        let Resolved { period, date, historical } = resolved;
        Time { words: words_of(atoms, c), date, period, historical, bound: c.bound, earlier, later }
    };
    let other = |r: Option<Resolved>| r.map(|r| Box::new(time(r, None, None)));
    Some(time(c.resolved?, other(c.earlier), other(c.later)))
}

fn candidates_at<'r>(reader: &'r Reader<'_>, lexicon: &'static Lexicon, at: usize, day: Option<Date>) -> impl Iterator<Item = Candidate> + 'r {
    lexicon.rules_at(&reader.atoms[at], reader.atoms.get(at + 1)).filter_map(move |(n, rule)| candidate(reader, rule, n, at, day))
}

fn candidate(reader: &Reader<'_>, rule: &Rule, number: u16, at: usize, day: Option<Date>) -> Option<Candidate> {
    let matched = follow(reader, &rule.items, Match { at, start: None, end: at, found: rule.given })?;
    let start = matched.start?;
    let (bound, past) = bound(reader.atoms, start);
    let resolved = match rule.meaning {
        Meaning::Nothing => None,
        meaning => Some(resolve(meaning, &matched.found, day, bound, past)?),
    };
    let is_after = |r: &Resolved| r.period.zip(day).is_some_and(|(p, today)| p.first > today);
    let to_come = resolved.as_ref().is_some_and(is_after);
    // A row may name the year of an event («هجوم 7 أكتوبر»); before that year its words mean another.
    if to_come && rule.given.year.is_some() {
        return None;
    }
    let earlier = if to_come { resolve(rule.meaning, &matched.found, day, bound, true).filter(|r| !is_after(r)) } else { None };
    let is_over = |r: &Resolved| r.period.zip(day).is_some_and(|(p, today)| p.last < today);
    let next = if past || rule.meaning != Meaning::Date { None } else { matched.found.next() };
    let later = next.filter(|_| resolved.as_ref().is_some_and(is_over)).and_then(|next| resolve(rule.meaning, &next, day, bound, false));
    let of_calendar = matched.found.day.is_some() || matched.found.month.is_some();
    Some(Candidate { start, end: matched.end, total: matched.at - at, rule: number, bound, resolved, earlier, later, of_calendar })
}

/// A rule on its way through the atoms.
#[derive(Clone, Copy, Debug)]
struct Match {
    /// The next atom.
    at: usize,
    /// The expression so far.
    start: Option<usize>,
    end: usize,
    found: Found,
}

/// Follows the rest of a rule; the first way through is taken.
fn follow(reader: &Reader<'_>, items: &[Item], so_far: Match) -> Option<Match> {
    let Some((item, rest)) = items.split_first() else { return Some(so_far) };
    item.tests.iter().find_map(|&test| {
        let (end, capture) = reader.read(test, so_far.at)?;
        let mut next = Match { at: end, ..so_far };
        next.found.take(capture);
        if !item.context {
            next.start = next.start.or(Some(so_far.at));
            next.end = end;
        }
        follow(reader, rest, next)
    })
}

/// Words that may stand between "since" and an expression: "since the beginning of March".
const BETWEEN: usize = 4;

/// What stands before an expression, or begins it («منذ يومين»), and whether it must lie in the past.
fn bound(atoms: &[Atom<'_>], start: usize) -> (Bound, bool) {
    let is = |at: usize, kind: Kind| atoms[at].entry.is_some_and(|e| e.is(kind));
    if is(start, Kind::Since) {
        return (Bound::From, true);
    }
    for at in (start.saturating_sub(BETWEEN)..start).rev() {
        match () {
            () if is(at, Kind::Since) => return (Bound::From, true),
            () if is(at, Kind::From) => return (Bound::From, false),
            () if is(at, Kind::Until) => return (Bound::Until, false),
            () if is(at, Kind::Skip) => {}
            () => break,
        }
    }
    (Bound::At, false)
}

/// Of candidates in the order of their start: from each group that overlaps the one with most atoms, context included; then the longer expression,
/// then the earlier row.
fn chosen(candidates: &[Candidate]) -> impl Iterator<Item = &Candidate> {
    let mut at = 0;
    let mut free = 0;
    std::iter::from_fn(move || {
        while candidates.get(at).is_some_and(|c| c.start < free) {
            at += 1;
        }
        let first = candidates.get(at)?;
        let group = candidates[at..].iter().take_while(|c| c.start < first.end);
        let best = group.max_by_key(|c| (c.total, c.end - c.start, Reverse(c.rule)))?;
        free = best.end;
        Some(best)
    })
}
