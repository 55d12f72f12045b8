//! The measures of a comparison: rank, first mention, airtime, prominence, burial, omission, similarity of agendas.
//!
//! Formulas and sources are in docs/RUNDOWN.md. Bulletins are compared within one day; where no day is known, all are taken to be of one.

use std::collections::{BTreeMap, BTreeSet};

use super::period::period;
use super::{story, story_id, tells};
use crate::model::{Burial, Cell, Cells, Comparison, Item, KeyEvent, Kind, Rundown, State, Story, Time};

/// Prominence halves with every so many seconds into a programme of half an hour.
const HALF_LIFE: f64 = 600.0;
/// Persistence of rank-biased overlap: the weight of each rank is this times that of the one before.
pub const PERSISTENCE: f64 = 0.9;
/// A bulletin must have at least so much of the median news time to be blamed for an omission.
const OBSERVED: f64 = 0.8;
/// The same for one that was seen from greeting to sign-off, so that nothing of it can have been missed; a shorter one is no comparison.
const COMPARABLE: f64 = 0.5;

/// A buried story stands in the last third: its place by the number of items. The relative rank would ask for the fifth place of six.
const DEEP: f64 = 2.0 / 3.0;
/// Elsewhere it has at most this relative rank by the median, or a lead.
pub(super) const HIGH: f64 = 1.0 / 3.0;

/// The comparison of bulletins whose items know their stories by number.
#[must_use]
pub fn comparison(mut rundowns: Vec<Rundown>) -> Comparison {
    let mut stories = gathered(&rundowns);
    for (b, rundown) in rundowns.iter().enumerate() {
        for s in agenda_of(rundown) {
            *stories[s].cells.at(b) = cell(rundown, s);
        }
    }
    for (s, story) in stories.iter_mut().enumerate() {
        story.events = events(&rundowns, story, s);
    }
    let days = rivals(&rundowns);
    let rates = Rates::of(&rundowns, &stories);
    let observed = observed(&rundowns, &days);
    for story in &mut stories {
        bury(story, &rundowns, &days);
        omit(story, &rundowns, &days, &observed, &rates);
    }
    order(&mut rundowns, &mut stories);
    let similarity = similarity(&rundowns);
    let mut comparison = Comparison { rundowns, stories, similarity, period: None };
    comparison.period = period(&comparison);
    comparison
}

/// A story for every number that items have, its headline from the longest telling, English before others where lengths are near.
fn gathered(rundowns: &[Rundown]) -> Vec<Story> {
    let count = rundowns.iter().flat_map(|r| &r.items).filter_map(|i| i.story).max().map_or(0, |m| m + 1);
    let mut best: Vec<Option<(&Item, &str)>> = vec![None; count];
    for rundown in rundowns {
        for item in rundown.items.iter().filter(|i| i.kind.is_news()) {
            let Some(slot) = item.story.and_then(|s| best.get_mut(s)) else { continue };
            if slot.is_none_or(|(other, _)| item.airtime() > other.airtime()) {
                *slot = Some((item, &rundown.programme.language));
            }
        }
    }
    best.into_iter()
        .enumerate()
        .map(|(s, telling)| {
            telling.map_or_else(
                || Story { id: story_id(s), headline: String::new(), language: String::new(), events: Vec::new(), cells: Cells::default() },
                |(item, language)| story(s, item, language),
            )
        })
        .collect()
}

/// The events of a story's items, alike in type and sides put together.
fn events(rundowns: &[Rundown], story: &Story, number: usize) -> Vec<KeyEvent> {
    let mut out: Vec<KeyEvent> = Vec::new();
    let mut last: Vec<usize> = Vec::new();
    for (b, _) in story.cells.covered() {
        for event in rundowns[b].news().filter(|i| i.story == Some(number)).flat_map(|i| &i.events) {
            let alike = |k: &KeyEvent| (&k.event.event, &k.event.actor, &k.event.recipient) == (&event.event, &event.actor, &event.recipient);
            let at = out.iter().position(alike).unwrap_or_else(|| {
                out.push(KeyEvent { event: event.clone(), bulletin: b, bulletins: 1, tellings: 0 });
                last.push(b);
                out.len() - 1
            });
            out[at].tellings += 1;
            out[at].bulletins += u32::from(last[at] != b);
            last[at] = b;
        }
    }
    // What has sides says more than what has none.
    let sides = |k: &KeyEvent| usize::from(k.event.actor.is_some()) + usize::from(k.event.recipient.is_some());
    out.sort_by_key(|k| std::cmp::Reverse((k.bulletins, sides(k), k.tellings)));
    out
}

/// The stories that a bulletin's news tells, each once.
fn agenda_of(rundown: &Rundown) -> BTreeSet<usize> {
    rundown.news().filter_map(|i| i.story).collect()
}

/// How a story stands in a bulletin, by itself.
fn cell(rundown: &Rundown, story: usize) -> Cell {
    let duration = rundown.programme.duration.seconds().max(0.001);
    let half_life = HALF_LIFE * (duration / 1800.0);
    let weight = |item: &Item| item.airtime().seconds() * (-item.start.seconds() / half_life).exp2();
    let count = rundown.news().count();
    let own: Vec<&Item> = rundown.news().filter(|i| i.story == Some(story)).collect();
    let airtime = Time(own.iter().map(|i| i.airtime().0).sum());
    let first = own.first();
    let all: f64 = rundown.news().map(weight).sum();
    let first_item = rundown.news().next().map(|i| i.start);
    Cell {
        state: State::Covered,
        rank: first.and_then(|i| i.rank),
        relative_rank: first.and_then(|i| i.rank).map(|rank| if count > 1 { (rank - 1) as f64 / (count - 1) as f64 } else { 0.0 }),
        first_mention: first.map(|i| i.start),
        from_first_item: first.and_then(|i| Some(i.start.since(first_item?))),
        teased: rundown.items.iter().find(|i| i.kind == Kind::Teaser && i.story == Some(story)).map(|i| i.start),
        airtime,
        share: airtime.seconds() / duration,
        prominence: if all > 0.0 { own.iter().map(|i| weight(i)).sum::<f64>() / all } else { 0.0 },
        burial: None,
        surprise: None,
    }
}

/// For each bulletin, the bulletins of other outlets on its day.
pub(super) fn rivals(rundowns: &[Rundown]) -> Vec<Vec<usize>> {
    let rivals = |a: &Rundown, b: &Rundown| a.programme.date == b.programme.date && a.programme.outlet != b.programme.outlet;
    rundowns.iter().map(|a| (0..rundowns.len()).filter(|b| rivals(a, &rundowns[*b])).collect()).collect()
}

fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let n = values.len();
    (n > 0).then(|| (values[(n - 1) / 2] + values[n / 2]) / 2.0)
}

/// Burial: far down here, far up elsewhere, and short.
fn bury(story: &mut Story, rundowns: &[Rundown], days: &[Vec<usize>]) {
    let telling: Vec<usize> = story.cells.covered().map(|(b, _)| b).collect();
    for b in telling {
        let others: Vec<Cell> = days[b].iter().map(|o| story.cells[*o]).filter(|c| c.state == State::Covered).collect();
        let here = story.cells[b];
        let (Some(rank), Some(rho)) = (here.rank, here.relative_rank) else { continue };
        let ranks: Vec<f64> = others.iter().filter_map(|c| c.relative_rank).collect();
        let (Some(usual_rank), Some(usual_share)) = (median(ranks), median(others.iter().map(|c| c.share).collect())) else { continue };
        let count = rundowns[b].news().count();
        let led = others.iter().any(|c| c.rank == Some(1));
        let deep = rank as f64 / count as f64 >= DEEP;
        let buried = deep && (usual_rank <= HIGH || led) && here.share <= usual_share / 2.0;
        story.cells.at(b).burial = Some(Burial { score: rho - usual_rank, elsewhere: usual_rank, p: (count - rank + 1) as f64 / count as f64, buried });
    }
}

/// Whether enough of each bulletin was seen to blame it for what it lacks.
fn observed(rundowns: &[Rundown], days: &[Vec<usize>]) -> Vec<bool> {
    let times: Vec<f64> = rundowns.iter().map(|r| r.news_time().seconds()).collect();
    let enough = |(b, rundown): (usize, &Rundown)| {
        let whole = rundown.items.first().is_some_and(|i| i.kind == Kind::Greeting) && rundown.items.last().is_some_and(|i| i.kind == Kind::SignOff);
        let least = if whole { COMPARABLE } else { OBSERVED };
        let usual = median(days[b].iter().chain([&b]).map(|o| times[*o]).collect()).unwrap_or(0.0);
        !rundown.programme.cut && times[b] >= least * usual
    };
    rundowns.iter().enumerate().map(enough).collect()
}

/// Omission: not here, though more than half of the others have it, and this one was watched for long enough. Only bulletins of a day on which somebody
/// tells the story are asked.
fn omit(story: &mut Story, rundowns: &[Rundown], days: &[Vec<usize>], observed: &[bool], rates: &Rates) {
    let telling: BTreeSet<usize> = story.cells.covered().map(|(b, _)| b).collect();
    let compared: BTreeSet<usize> = telling.iter().flat_map(|b| days[*b].iter().copied()).filter(|b| !telling.contains(b)).collect();
    for b in compared {
        if !observed[b] {
            story.cells.at(b).state = State::Unobserved;
            continue;
        }
        let mut others: BTreeMap<&str, bool> = BTreeMap::new();
        for o in &days[b] {
            *others.entry(rundowns[*o].programme.outlet.as_str()).or_insert(false) |= telling.contains(o);
        }
        let carrying = others.values().filter(|c| **c).count();
        if carrying * 2 > others.len() && !has_it_soon(story, b, rundowns) {
            let cell = story.cells.at(b);
            (cell.state, cell.surprise) = (State::Omitted, Some(rates.surprise(b, carrying, others.len())));
        }
    }
}

/// Whether the outlet has the story in another bulletin of the day or in its next.
fn has_it_soon(story: &Story, bulletin: usize, rundowns: &[Rundown]) -> bool {
    let here = &rundowns[bulletin].programme;
    let own = |b: &usize| rundowns[*b].programme.outlet == here.outlet && *b != bulletin;
    let covered = |b: &usize| story.cells[*b].state == State::Covered;
    let same_day = (0..rundowns.len()).filter(own).filter(|b| rundowns[*b].programme.date == here.date);
    let later = (0..rundowns.len()).filter(own).filter(|b| rundowns[*b].programme.date > here.date);
    let next = later.min_by_key(|b| (rundowns[*b].programme.date, rundowns[*b].programme.begins));
    same_day.chain(next).any(|b| covered(&b))
}

/// How readily outlets carry stories that others carry: the outlet's part of the model of surprise.
struct Rates {
    /// For each bulletin, the log odds at which its outlet carries a story that another has.
    outlets: Vec<f64>,
    /// The same of all.
    all: f64,
}

impl Rates {
    fn of(rundowns: &[Rundown], stories: &[Story]) -> Rates {
        let shared: Vec<&Story> = stories.iter().filter(|s| s.cells.covered().count() >= 2).collect();
        let mut counts = vec![0; rundowns.len()];
        shared.iter().flat_map(|s| s.cells.covered()).for_each(|(b, _)| counts[b] += 1);
        let log_odds = |covered: usize, total: usize| ((covered as f64 + 1.0) / ((total - covered) as f64 + 1.0)).ln();
        let outlets = counts.iter().map(|count| log_odds(*count, shared.len())).collect();
        let all = log_odds(counts.iter().sum(), shared.len() * rundowns.len());
        Rates { outlets, all }
    }

    /// `-log2(1 - p)`, with `logit p` the outlet's readiness and the story's reach, each against the mean.
    fn surprise(&self, bulletin: usize, carrying: usize, others: usize) -> f64 {
        let reach = ((carrying as f64 + 0.5) / ((others - carrying) as f64 + 0.5)).ln();
        let logit = self.outlets[bulletin] - self.all + reach;
        (1.0 + logit.exp()).log2()
    }
}

/// Puts the stories in order of prominence and renumbers them.
fn order(rundowns: &mut [Rundown], stories: &mut Vec<Story>) {
    let weight = |s: &Story| (s.cells.covered().count() as f64).sqrt() * s.cells.covered().map(|(_, c)| c.prominence).sum::<f64>();
    let mut ranked: Vec<usize> = (0..stories.len()).collect();
    ranked.sort_by(|a, b| weight(&stories[*b]).total_cmp(&weight(&stories[*a])).then(a.cmp(b)));
    let mut place = vec![0; stories.len()];
    for (new, old) in ranked.iter().enumerate() {
        place[*old] = new;
    }
    for item in rundowns.iter_mut().flat_map(|r| &mut r.items) {
        item.story = item.story.map(|s| place[s]);
    }
    let mut sorted: Vec<Option<Story>> = std::mem::take(stories).into_iter().map(Some).collect();
    *stories = ranked.into_iter().filter_map(|old| sorted[old].take()).collect();
    for (s, story) in stories.iter_mut().enumerate() {
        story.id = story_id(s);
    }
}

/// Rank-biased overlap of the agendas of each pair.
fn similarity(rundowns: &[Rundown]) -> Vec<Vec<f64>> {
    let agendas: Vec<Vec<usize>> = rundowns.iter().map(agenda).collect();
    agendas.iter().map(|a| agendas.iter().map(|b| rank_biased_overlap(a, b, PERSISTENCE)).collect()).collect()
}

/// The stories of a bulletin in the order of their first items.
#[must_use]
pub fn agenda(rundown: &Rundown) -> Vec<usize> {
    let mut out = Vec::new();
    for story in rundown.items.iter().filter(|i| tells(i)).filter_map(|i| i.story) {
        if !out.contains(&story) {
            out.push(story);
        }
    }
    out
}

/// Rank-biased overlap of two rankings without ties, extrapolated from what is seen (Webber, Moffat and Zobel 2010, equation 32); 1 for equal
/// rankings, 0 for those that share nothing.
///
/// ```
/// use marsad::analysis::rundown::measures::rank_biased_overlap;
///
/// assert!((rank_biased_overlap(&[1, 2, 3], &[1, 2, 3], 0.9) - 1.0).abs() < 1e-12);
/// assert_eq!(rank_biased_overlap(&[1, 2], &[3, 4, 5], 0.9), 0.0);
/// ```
#[must_use]
pub fn rank_biased_overlap(a: &[usize], b: &[usize], p: f64) -> f64 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let (s, l) = (short.len(), long.len());
    if s == 0 {
        return if l == 0 { 1.0 } else { 0.0 };
    }
    let overlap = |depth: usize| short[..depth.min(s)].iter().filter(|x| long[..depth].contains(x)).count() as f64;
    let at_short = overlap(s);
    let mut sum = 0.0;
    for d in 1..=l {
        let depth = d as f64;
        sum += overlap(d) / depth * p.powi(d as i32);
        if d > s {
            sum += at_short * (d - s) as f64 / (s as f64 * depth) * p.powi(d as i32);
        }
    }
    (1.0 - p) / p * sum + ((overlap(l) - at_short) / l as f64 + at_short / s as f64) * p.powi(l as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Programme;

    /// A bulletin of stories by number and seconds, from greeting to sign-off.
    fn bulletin(outlet: &str, news: &[(usize, u64)]) -> Rundown {
        let item = |kind: Kind, story: Option<usize>, rank: Option<usize>, start: u64, seconds: u64| Item {
            kind,
            start: Time(1000 * start),
            end: Time(1000 * (start + seconds)),
            story,
            rank,
            headline: String::new(),
            actors: Vec::new(),
            places: Vec::new(),
            events: Vec::new(),
            delivered: None,
            sentences: Vec::new(),
        };
        let mut items = vec![item(Kind::Greeting, None, None, 0, 5)];
        let mut at = 5;
        for (i, (story, seconds)) in news.iter().enumerate() {
            items.push(item(Kind::Story, Some(*story), Some(i + 1), at, *seconds));
            at += seconds;
        }
        items.push(item(Kind::SignOff, None, None, at, 5));
        let programme = Programme { file: outlet.to_owned(), outlet: outlet.to_owned(), duration: Time(1000 * (at + 5)), ..Programme::default() };
        Rundown { programme, items, notes: Vec::new() }
    }

    fn states(comparison: &Comparison, outlet: usize, headline_of: usize, item: usize) -> Cell {
        let story = comparison.rundowns[headline_of].news().nth(item).and_then(|i| i.story).unwrap();
        comparison.stories[story].cells[outlet]
    }

    #[test]
    fn the_fourth_of_six_is_deep_and_a_long_one_is_not_buried() {
        let elsewhere = [(0, 80), (1, 60), (2, 60), (3, 60), (4, 60), (5, 60)];
        for (seconds, buried) in [(15, true), (70, false)] {
            let here = bulletin("A", &[(1, 60), (2, 60), (3, 60), (0, seconds), (4, 60), (5, 60)]);
            let comparison = comparison(vec![here, bulletin("B", &elsewhere), bulletin("C", &elsewhere)]);
            let burial = states(&comparison, 0, 1, 0).burial.unwrap();
            assert_eq!((burial.buried, burial.p), (buried, 0.5), "{seconds} s");
        }
    }

    #[test]
    fn what_most_tell_is_omitted_by_a_bulletin_long_enough_to_know() {
        let all = [(0, 60), (1, 60), (2, 60), (3, 60)];
        for (seconds, state) in [(60, State::Omitted), (20, State::Unobserved)] {
            let here = bulletin("A", &[(1, seconds), (2, seconds), (3, seconds)]);
            let comparison = comparison(vec![here, bulletin("B", &all), bulletin("C", &all)]);
            assert_eq!(states(&comparison, 0, 1, 0).state, state, "{seconds} s");
        }
    }

    #[test]
    fn what_half_of_the_others_tell_is_no_omission() {
        let comparison = comparison(vec![bulletin("A", &[(1, 60)]), bulletin("B", &[(0, 60), (1, 60)]), bulletin("C", &[(1, 60), (2, 60)])]);
        assert_eq!(states(&comparison, 0, 1, 0).state, State::Absent);
    }
}
