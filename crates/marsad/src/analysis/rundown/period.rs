//! What several days tell of an outlet: rates with intervals, coverage bias, stories that stand deep again and again.
//!
//! One day's omission may be chance; a rate is a habit, and of many rates some stand out by chance, so each has the rate of false discoveries at which
//! it counts. Cells of one day are not wholly independent, which the tests of single rates do not know; the resampling of days does.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use super::measures::{HIGH, rivals};
use super::statistics::{Dice, false_discovery, fisher, together, wilson};
use crate::model::{Bias, Cell, Code, Comparison, Habit, Kind, Period, Rate, Rundown, Running, State};

/// How often days are drawn anew.
const SAMPLES: usize = 1000;
/// So many countries are looked at, the most told first.
const COUNTRIES: usize = 15;
/// Fewer days than this can be drawn anew in too few ways to say how sure a difference is.
const LEAST_DAYS: usize = 5;
/// News time, in seconds, that stands for what is believed before anything is seen: shares of less than that are drawn towards the share in all outlets.
const BELIEF: f64 = 600.0;

/// The habits of outlets over days; `None` for fewer than two days or two outlets.
#[must_use]
pub fn period(comparison: &Comparison) -> Option<Period> {
    let dates: BTreeSet<Date> = comparison.rundowns.iter().filter_map(|r| r.programme.date).collect();
    let outlets: BTreeSet<&str> = comparison.rundowns.iter().map(|r| r.programme.outlet.as_str()).collect();
    if dates.len() < 2 || outlets.len() < 2 {
        return None;
    }
    let rivals = rivals(&comparison.rundowns);
    let outlets: Vec<&str> = outlets.into_iter().collect();
    Some(Period {
        days: dates.len(),
        rates: rates(comparison, &outlets, &rivals),
        biases: biases(comparison, &outlets),
        running: running(comparison, &outlets),
    })
}

fn rates(comparison: &Comparison, outlets: &[&str], rivals: &[Vec<usize>]) -> Vec<Rate> {
    let mut counts: BTreeMap<(usize, Habit), (u32, u32)> = BTreeMap::new();
    for (b, rundown) in comparison.rundowns.iter().enumerate() {
        let outlet = outlets.iter().position(|o| *o == rundown.programme.outlet).unwrap_or(0);
        for habit in Habit::ALL {
            let (count, of) = habits(comparison, b, &rivals[b], habit);
            let slot = counts.entry((outlet, habit)).or_insert((0, 0));
            *slot = (slot.0 + count, slot.1 + of);
        }
    }
    let mut out: Vec<Rate> = counts
        .iter()
        .filter(|(_, (_, of))| *of > 0)
        .map(|(&(outlet, habit), &own)| {
            let others = counts.iter().filter(|((o, h), _)| *o != outlet && *h == habit).fold((0, 0), |sum, (_, c)| (sum.0 + c.0, sum.1 + c.1));
            rate(outlets[outlet], habit, own, others)
        })
        .collect();
    let q = false_discovery(&out.iter().map(|r| r.p).collect::<Vec<_>>());
    out.iter_mut().zip(q).for_each(|(rate, q)| rate.q = q);
    out
}

fn rate(outlet: &str, habit: Habit, own: (u32, u32), others: (u32, u32)) -> Rate {
    let odds = |(count, of): (u32, u32)| (f64::from(count) + 0.5) / (f64::from(of - count) + 0.5);
    Rate {
        outlet: outlet.to_owned(),
        habit,
        count: own.0,
        of: own.1,
        interval: wilson(own.0, own.1),
        others,
        odds_ratio: odds(own) / odds(others),
        p: fisher(own, others),
        q: 1.0,
    }
}

/// How often a bulletin did something, and how often it could have.
fn habits(comparison: &Comparison, b: usize, rivals: &[usize], habit: Habit) -> (u32, u32) {
    let counted = |of: &mut dyn Iterator<Item = bool>| of.fold((0, 0), |(count, of), did| (count + u32::from(did), of + 1));
    let others = |s: usize| rivals.iter().map(move |o| &comparison.stories[s].cells[*o]);
    let stories = 0..comparison.stories.len();
    match habit {
        Habit::Omission => counted(&mut stories.filter_map(|s| match comparison.stories[s].cells[b].state {
            State::Omitted => Some(true),
            State::Covered => carried_by_most(comparison, s, rivals).then_some(false),
            State::Absent | State::Unobserved => None,
        })),
        Habit::Burial => counted(&mut stories.filter_map(|s| {
            let burial = comparison.stories[s].cells[b].burial?;
            let high = burial.elsewhere <= HIGH || others(s).any(|c| c.rank == Some(1));
            high.then_some(burial.buried)
        })),
        Habit::LeadShared => counted(&mut lead_shared(comparison, b, rivals).into_iter()),
        Habit::BrokenPromise => {
            let teasers = comparison.rundowns[b].items.iter().filter(|i| i.kind == Kind::Teaser);
            counted(&mut teasers.filter_map(|i| i.delivered.map(|delivered| !delivered)))
        }
    }
}

/// Whether more than half of the other outlets of the day tell a story.
fn carried_by_most(comparison: &Comparison, s: usize, rivals: &[usize]) -> bool {
    let outlet = |o: &usize| comparison.rundowns[*o].programme.outlet.as_str();
    let all: BTreeSet<&str> = rivals.iter().map(outlet).collect();
    let carrying: BTreeSet<&str> = rivals.iter().filter(|o| comparison.stories[s].cells[**o].state == State::Covered).map(outlet).collect();
    carrying.len() * 2 > all.len()
}

/// Whether a bulletin leads with what at least half of the others lead with; `None` where there is nothing to compare.
fn lead_shared(comparison: &Comparison, b: usize, rivals: &[usize]) -> Option<bool> {
    let lead = |b: usize| comparison.rundowns[b].news().next().and_then(|i| i.story);
    let own = lead(b)?;
    let others: Vec<usize> = rivals.iter().filter_map(|o| lead(*o)).collect();
    (!others.is_empty()).then(|| others.iter().filter(|l| **l == own).count() * 2 >= others.len())
}

/// Seconds of news about each country, and of all news, by day and outlet.
struct Airtime {
    countries: Vec<Code>,
    /// By day and outlet: seconds of each country, then of everything.
    seconds: Vec<Vec<Vec<f64>>>,
}

impl Airtime {
    fn of(comparison: &Comparison, outlets: &[&str]) -> Airtime {
        let told: Vec<BTreeMap<Code, f64>> = comparison.rundowns.iter().map(by_country).collect();
        let mut all: BTreeMap<Code, f64> = BTreeMap::new();
        for (code, seconds) in told.iter().flatten() {
            *all.entry(*code).or_insert(0.0) += seconds;
        }
        let mut countries: Vec<(Code, f64)> = all.into_iter().collect();
        countries.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let countries: Vec<Code> = countries.into_iter().take(COUNTRIES).map(|c| c.0).collect();
        let mut days: BTreeMap<Date, Vec<Vec<f64>>> = BTreeMap::new();
        for (rundown, told) in comparison.rundowns.iter().zip(&told) {
            let Some(date) = rundown.programme.date else { continue };
            let outlet = outlets.iter().position(|o| *o == rundown.programme.outlet).unwrap_or(0);
            let row = &mut days.entry(date).or_insert_with(|| vec![vec![0.0; countries.len() + 1]; outlets.len()])[outlet];
            countries.iter().enumerate().for_each(|(c, code)| row[c] += told.get(code).copied().unwrap_or(0.0));
            row[countries.len()] += rundown.news_time().seconds();
        }
        Airtime { countries, seconds: days.into_values().collect() }
    }

    /// For each outlet its share of each country less the mean of the others' shares, over these days; with both.
    fn differences(&self, days: &[usize]) -> Vec<Vec<(f64, f64)>> {
        let outlets = self.seconds.first().map_or(0, Vec::len);
        let n = self.countries.len();
        let mut sums = vec![vec![0.0; n + 1]; outlets];
        for &day in days {
            for (sum, row) in sums.iter_mut().zip(&self.seconds[day]) {
                sum.iter_mut().zip(row).for_each(|(s, x)| *s += x);
            }
        }
        let share = |o: usize, c: usize| if sums[o][n] > 0.0 { sums[o][c] / sums[o][n] } else { 0.0 };
        let seen: Vec<usize> = (0..outlets).filter(|o| sums[*o][n] > 0.0).collect();
        let totals: Vec<f64> = (0..n).map(|c| seen.iter().map(|o| share(*o, c)).sum()).collect();
        let mean = |o: usize, c: usize| (totals[c] - share(o, c)) / (seen.len().max(2) - 1) as f64;
        (0..outlets).map(|o| (0..n).map(|c| (share(o, c), mean(o, c))).collect()).collect()
    }

    /// Seconds of a country, or of everything, in an outlet on all days.
    fn total(&self, outlet: usize, country: usize) -> f64 {
        self.seconds.iter().map(|day| day[outlet][country]).sum()
    }
}

/// Seconds of a bulletin's news about each country that its items name.
fn by_country(rundown: &Rundown) -> BTreeMap<Code, f64> {
    let mut out = BTreeMap::new();
    for item in rundown.news() {
        let named: Vec<(Code, f64)> =
            item.actors.iter().chain(&item.places).filter_map(|m| Some((m.code.filter(Code::is_country)?, f64::from(m.count)))).collect();
        let all: f64 = named.iter().map(|n| n.1).sum();
        for (code, count) in named {
            *out.entry(code).or_insert(0.0) += item.airtime().seconds() * count / all;
        }
    }
    out
}

fn biases(comparison: &Comparison, outlets: &[&str]) -> Vec<Bias> {
    let airtime = Airtime::of(comparison, outlets);
    let days: Vec<usize> = (0..airtime.seconds.len()).collect();
    if days.len() < LEAST_DAYS {
        return Vec::new();
    }
    let seen = airtime.differences(&days);
    let mut dice = Dice(0);
    let mut samples: Vec<Vec<Vec<f64>>> = vec![vec![Vec::with_capacity(SAMPLES); airtime.countries.len()]; outlets.len()];
    for _ in 0..SAMPLES {
        let drawn: Vec<usize> = days.iter().map(|_| dice.below(days.len())).collect();
        for (o, row) in airtime.differences(&drawn).into_iter().enumerate() {
            row.into_iter().enumerate().for_each(|(c, (share, others))| samples[o][c].push(share - others));
        }
    }
    let everything: f64 = (0..outlets.len()).map(|o| airtime.total(o, airtime.countries.len())).sum::<f64>().max(1.0);
    let mut out = Vec::new();
    for (o, outlet) in outlets.iter().enumerate() {
        for (c, country) in airtime.countries.iter().enumerate() {
            let usual = (0..outlets.len()).map(|o| airtime.total(o, c)).sum::<f64>() / everything;
            let drawn = (airtime.total(o, c) + BELIEF * usual) / (airtime.total(o, airtime.countries.len()) + BELIEF);
            let (interval, p) = resampled(&mut samples[o][c]);
            let (share, others) = seen[o][c];
            out.push(Bias { outlet: (*outlet).to_owned(), country: *country, share, others, interval, log_ratio: (drawn / usual).ln(), p, q: 1.0 });
        }
    }
    let q = false_discovery(&out.iter().map(|b| b.p).collect::<Vec<_>>());
    out.iter_mut().zip(q).for_each(|(bias, q)| bias.q = q);
    out
}

/// The middle 95 % of samples, and how often they fall on the rarer side of 0, doubled.
fn resampled(samples: &mut [f64]) -> ((f64, f64), f64) {
    samples.sort_by(f64::total_cmp);
    let n = samples.len();
    let at = |part: f64| samples[((n as f64 * part) as usize).min(n - 1)];
    let side = |keep: &dyn Fn(f64) -> bool| (samples.iter().filter(|s| keep(**s)).count() + 1) as f64 / (n + 1) as f64;
    let p = 2.0 * side(&|s| s <= 0.0).min(side(&|s| s >= 0.0));
    ((at(0.025), at(0.975)), p.min(1.0))
}

/// Stories that an outlet buries, of those that it and others tell in several bulletins.
fn running(comparison: &Comparison, outlets: &[&str]) -> Vec<Running> {
    let mut out = Vec::new();
    for (s, story) in comparison.stories.iter().enumerate() {
        let mut by_outlet: BTreeMap<&str, Vec<&Cell>> = BTreeMap::new();
        for (b, cell) in story.cells.covered().filter(|(_, cell)| cell.burial.is_some()) {
            by_outlet.entry(&comparison.rundowns[b].programme.outlet).or_default().push(cell);
        }
        for (outlet, cells) in by_outlet.into_iter().filter(|(outlet, cells)| cells.len() >= 2 && outlets.contains(outlet)) {
            let burials: Vec<_> = cells.iter().filter_map(|c| c.burial).collect();
            let p = together(&burials.iter().map(|b| b.p).collect::<Vec<_>>());
            let buried = burials.iter().filter(|b| b.buried).count() as u32;
            out.push(Running { story: s, outlet: outlet.to_owned(), bulletins: burials.len() as u32, buried, p, q: 1.0 });
        }
    }
    let q = false_discovery(&out.iter().map(|r| r.p).collect::<Vec<_>>());
    out.iter_mut().zip(q).for_each(|(running, q)| running.q = q);
    out.retain(|r| r.buried > 0);
    out.sort_by(|a, b| a.p.total_cmp(&b.p).then(a.story.cmp(&b.story)).then_with(|| a.outlet.cmp(&b.outlet)));
    out
}
