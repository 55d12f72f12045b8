//! What several days tell of outlets: as data, in tables, on the page.

use std::fmt::Write;

use marsad::model::{Bias, Comparison, Period, Rate};
use serde::Serialize;

use super::svg::escaped;
use crate::view::{
    Screen, bidi,
    table::{Cell, Table},
    text::clean,
};

/// From this rate of false discoveries on, a difference counts.
pub const SURE: f64 = 0.05;

#[derive(Serialize)]
pub struct PeriodOut<'a> {
    days: usize,
    rates: Vec<RateOut<'a>>,
    coverage: Vec<BiasOut<'a>>,
    running: Vec<RunningOut<'a>>,
}

#[derive(Serialize)]
struct RateOut<'a> {
    outlet: &'a str,
    measure: &'static str,
    count: u32,
    of: u32,
    rate: f64,
    low: f64,
    high: f64,
    others: f64,
    odds_ratio: f64,
    p: f64,
    q: f64,
}

#[derive(Serialize)]
struct BiasOut<'a> {
    outlet: &'a str,
    country: String,
    share: f64,
    others: f64,
    difference: f64,
    low: f64,
    high: f64,
    log_ratio: f64,
    p: f64,
    q: f64,
}

#[derive(Serialize)]
struct RunningOut<'a> {
    story: &'a str,
    outlet: &'a str,
    bulletins: u32,
    buried: u32,
    p: f64,
    q: f64,
}

/// What the days tell, for JSON.
pub fn data(comparison: &Comparison) -> Option<PeriodOut<'_>> {
    let period = comparison.period.as_ref()?;
    let rate = |r: &'_ Rate| (share(r.count, r.of), share(r.others.0, r.others.1));
    Some(PeriodOut {
        days: period.days,
        rates: period
            .rates
            .iter()
            .map(|r| {
                let ((low, high), (own, others)) = (r.interval, rate(r));
                let (measure, odds_ratio) = (r.habit.name(), r.odds_ratio);
                RateOut { outlet: &r.outlet, measure, count: r.count, of: r.of, rate: own, low, high, others, odds_ratio, p: r.p, q: r.q }
            })
            .collect(),
        coverage: period
            .biases
            .iter()
            .map(|b| {
                let (low, high) = b.interval;
                let (difference, country) = (b.difference(), b.country.to_string());
                BiasOut { outlet: &b.outlet, country, share: b.share, others: b.others, difference, low, high, log_ratio: b.log_ratio, p: b.p, q: b.q }
            })
            .collect(),
        running: period
            .running
            .iter()
            .map(|r| {
                let story = comparison.stories[r.story].id.as_str();
                RunningOut { story, outlet: &r.outlet, bulletins: r.bulletins, buried: r.buried, p: r.p, q: r.q }
            })
            .collect(),
    })
}

/// The columns of a line of CSV about a period, after those of an item.
pub const COLUMNS: [&str; 10] = ["measure", "subject", "count", "of", "value", "others", "low", "high", "p", "q"];

/// The outlet of each line about the period, with the cells of [`COLUMNS`].
pub fn lines(comparison: &Comparison) -> Vec<(String, Vec<String>)> {
    let Some(period) = &comparison.period else { return Vec::new() };
    let numbers = |numbers: &[f64]| numbers.iter().map(|n| format!("{n:.4}")).collect::<Vec<_>>();
    let rates = period.rates.iter().map(|r| {
        let mut cells = vec![r.habit.name().to_owned(), String::new(), r.count.to_string(), r.of.to_string()];
        cells.extend(numbers(&[share(r.count, r.of), share(r.others.0, r.others.1), r.interval.0, r.interval.1, r.p, r.q]));
        (r.outlet.clone(), cells)
    });
    let biases = period.biases.iter().map(|b| {
        let mut cells = vec!["coverage bias".to_owned(), b.country.to_string(), String::new(), String::new()];
        cells.extend(numbers(&[b.difference(), b.others, b.interval.0, b.interval.1, b.p, b.q]));
        (b.outlet.clone(), cells)
    });
    let running = period.running.iter().map(|r| {
        let story = comparison.stories[r.story].id.clone();
        let mut cells = vec!["running burial".to_owned(), story, r.buried.to_string(), r.bulletins.to_string()];
        cells.extend(numbers(&[share(r.buried, r.bulletins)]));
        cells.extend(vec![String::new(); 3]);
        cells.extend(numbers(&[r.p, r.q]));
        (r.outlet.clone(), cells)
    });
    rates.chain(biases).chain(running).collect()
}

fn share(count: u32, of: u32) -> f64 {
    f64::from(count) / f64::from(of.max(1))
}

/// Rates as a table for the terminal; nothing where there is one day only.
pub fn text(comparison: &Comparison, screen: &Screen) -> String {
    let Some(period) = &comparison.period else { return String::new() };
    const COLUMNS: [(&str, usize); 6] = [("Outlet", 1), ("Measure", 1), ("Rate", 1), ("95 %", 1), ("Others", 1), ("q", 1)];
    let rows: Vec<Vec<Cell>> = period.rates.iter().map(|rate| std::iter::once(clean(&rate.outlet)).chain(told(rate)).map(Cell::of).collect()).collect();
    let table = Table::new(&COLUMNS, &rows, screen);
    let mut out = format!("Over {} days; * counts at a rate of false discoveries of {:.0} %:\n{}", period.days, 100.0 * SURE, table.heading(screen));
    for row in &rows {
        out.push_str(&table.row(row, screen));
    }
    let sure: Vec<String> =
        period.biases.iter().filter(|b| b.q <= SURE).map(|b| format!("{} {} {}", bidi::isolated(&clean(&b.outlet)), b.country, points(b))).collect();
    let list = if sure.is_empty() { "no difference counts".to_owned() } else { sure.join("; ") };
    let _ = writeln!(out, "Coverage by country, points of airtime more than the mean of the others: {list}.");
    out
}

/// Measure, rate, interval, the others' rate, q.
fn told(rate: &Rate) -> [String; 5] {
    let percent = |value: f64| format!("{:.1} %", 100.0 * value);
    [
        rate.habit.name().to_owned(),
        format!("{} of {}, {}", rate.count, rate.of, percent(share(rate.count, rate.of))),
        format!("{:.1} to {:.1}", 100.0 * rate.interval.0, 100.0 * rate.interval.1),
        if rate.others.1 > 0 { percent(share(rate.others.0, rate.others.1)) } else { "–".to_owned() },
        format!("{:.3}{}", rate.q, mark(rate.q)),
    ]
}

fn mark(q: f64) -> &'static str {
    if q <= SURE { " *" } else { "" }
}

fn points(bias: &Bias) -> String {
    // Adding 0 makes -0 to 0.
    let points = |part: f64| (1000.0 * part).round() / 10.0 + 0.0;
    format!("{:+.1} ({:+.1} to {:+.1})", points(bias.difference()), points(bias.interval.0), points(bias.interval.1))
}

/// The page's section; nothing where there is one day only.
pub fn section(comparison: &Comparison) -> String {
    let Some(period) = &comparison.period else { return String::new() };
    let mut out = format!(
        "<section aria-labelledby=\"h-period\"><h2 id=\"h-period\">Over {} days</h2><div class=\"scroll\"><table class=\"rates\"><thead><tr>",
        period.days
    );
    for name in ["Outlet", "Measure", "Rate", "95 %", "Others", "q"] {
        let _ = write!(out, "<th scope=\"col\">{name}</th>");
    }
    out.push_str("</tr></thead><tbody>");
    for rate in &period.rates {
        let _ = write!(out, "<tr{}><th scope=\"row\"><bdi>{}</bdi></th>", if rate.q <= SURE { " class=\"sure\"" } else { "" }, escaped(&rate.outlet));
        told(rate).iter().for_each(|cell| _ = write!(out, "<td>{}</td>", escaped(cell)));
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div>");
    out.push_str(&coverage(period));
    out.push_str("<p class=\"hint\">Rates with Wilson's interval; q is the rate of false discoveries at which a difference from the other outlets counts; bold from 0.05 down. Coverage: points of airtime more than the mean of the others, with an interval from resampled days; between outlets in different languages it also shows how well each language's names are known.</p></section>");
    out
}

/// Countries by outlets.
fn coverage(period: &Period) -> String {
    let mut outlets: Vec<&str> = period.biases.iter().map(|b| b.outlet.as_str()).collect();
    outlets.dedup();
    if outlets.is_empty() {
        return String::new();
    }
    let mut out = String::from("<div class=\"scroll\"><table class=\"coverage\"><thead><tr><th scope=\"col\">Country</th>");
    for outlet in &outlets {
        let _ = write!(out, "<th scope=\"col\"><bdi>{}</bdi></th>", escaped(outlet));
    }
    out.push_str("</tr></thead><tbody>");
    for first in period.biases.iter().take_while(|b| b.outlet == outlets[0]) {
        let _ = write!(out, "<tr><th scope=\"row\">{}</th>", first.country);
        for bias in period.biases.iter().filter(|b| b.country == first.country) {
            let _ = write!(out, "<td{}>{}</td>", if bias.q <= SURE { " class=\"sure\"" } else { "" }, points(bias));
        }
        out.push_str("</tr>");
    }
    out.push_str("</tbody></table></div>");
    out
}

/// What counts, in sentences that may be quoted; `name` makes an outlet's name, `story` a story's headline fit to stand in one.
pub fn sentences(comparison: &Comparison, name: &dyn Fn(&str) -> String, story: &dyn Fn(usize) -> String) -> Vec<String> {
    let Some(period) = &comparison.period else { return Vec::new() };
    let rates = period.rates.iter().filter(|r| r.q <= SURE).map(|r| {
        let [measure, rate, interval, others, _] = told(r);
        format!("{}, {measure}: {rate} (95 % interval {interval}), the others {others}; q = {:.3} over {} days.", name(&r.outlet), r.q, period.days)
    });
    let biases = period.biases.iter().filter(|b| b.q <= SURE).map(|b| {
        let more = if b.difference() > 0.0 { "more" } else { "less" };
        let (low, high) = (100.0 * b.interval.0, 100.0 * b.interval.1);
        let points = 100.0 * b.difference().abs();
        format!(
            "{} gives {} {points:.1} points {more} of its airtime than the others do ({low:+.1} to {high:+.1}; q = {:.3}).",
            name(&b.outlet),
            b.country,
            b.q
        )
    });
    let running = period
        .running
        .iter()
        .filter(|r| r.buried >= 2 && r.q <= SURE)
        .map(|r| format!("{} buries {} in {} of {} bulletins (p = {:.3}, q = {:.3}).", name(&r.outlet), story(r.story), r.buried, r.bulletins, r.p, r.q));
    rates.chain(biases).chain(running).collect()
}
