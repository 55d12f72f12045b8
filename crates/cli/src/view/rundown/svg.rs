//! Running orders side by side: a lane for each bulletin along an axis of minutes, a colour for each story, ribbons where lanes tell the same.

use std::fmt::Write;

use marsad::model::{Comparison, Item, Kind, Rundown, Time};

use super::{called, shared};
use crate::view::{bidi, text::clean};

const WIDTH: f64 = 1200.0;
const LEFT: f64 = 130.0;
const RIGHT: f64 = 20.0;
const TOP: f64 = 34.0;
const LANE: f64 = 46.0;
const GAP: f64 = 64.0;
/// Height of a line of first mentions.
const ROW: f64 = 34.0;

/// Text as it may stand in XML and HTML, inside elements and quoted attributes.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}

/// The tracks. `alone` for a file of its own, which brings its colours along; in a page the page has them.
pub fn tracks(comparison: &Comparison, alone: bool) -> String {
    let longest = comparison.rundowns.iter().map(|r| r.programme.duration).max().unwrap_or_default().seconds().max(1.0);
    let lanes = comparison.rundowns.len();
    let height = TOP + lanes as f64 * LANE + lanes.saturating_sub(1) as f64 * GAP + 16.0;
    let x = move |time: Time| LEFT + (WIDTH - LEFT - RIGHT) * time.seconds() / longest;
    let mut out =
        format!("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"group\" aria-label=\"Running orders\" class=\"tracks\">");
    if alone {
        let _ = write!(out, "<style>{ALONE}</style><rect width=\"100%\" height=\"100%\" class=\"ground\"/>");
    }
    out.push_str("<defs><pattern id=\"hatch\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\" patternTransform=\"rotate(45)\"><rect width=\"3\" height=\"6\" class=\"hatch\"/></pattern></defs>");
    axis(&mut out, longest, height, &x);
    ribbons(&mut out, comparison, &x);
    for (b, rundown) in comparison.rundowns.iter().enumerate() {
        lane(&mut out, comparison, b, rundown, &x);
    }
    out.push_str("</svg>\n");
    out
}

const ALONE: &str = "text{font:12px system-ui,sans-serif;fill:#1c1e21}.ground{fill:#fff}.grid{stroke:#d6d9de}.name{font-weight:600;font-size:13px}.faint{fill:#666c75}.single{fill:#e4e6ea}.frame{fill:#f0f1f3}.hatch{fill:#aab0b8}.ribbon{opacity:.28}.label{fill:#111;font-size:11px}.buried{stroke:#111;stroke-width:3;stroke-dasharray:6 3}";

/// The colour of a story: neighbours in the list are far apart on the wheel.
pub fn colour(story: usize) -> String {
    format!("hsl({:.0} 62% {}%)", (story as f64 * 137.508) % 360.0, [66, 74, 58][story % 3])
}

fn top(bulletin: usize) -> f64 {
    TOP + bulletin as f64 * (LANE + GAP)
}

fn axis(out: &mut String, longest: f64, height: f64, x: &impl Fn(Time) -> f64) {
    let minutes = longest / 60.0;
    let step = [1, 2, 5, 10, 15, 30, 60].into_iter().find(|s| minutes / f64::from(*s) <= 16.0).unwrap_or(120);
    let mut minute = 0;
    while f64::from(minute) <= minutes {
        let at = x(Time::from_seconds(f64::from(minute) * 60.0));
        let _ = write!(
            out,
            "<line x1=\"{at:.1}\" x2=\"{at:.1}\" y1=\"24\" y2=\"{height:.0}\" class=\"grid\"/><text x=\"{at:.1}\" y=\"16\" text-anchor=\"middle\" class=\"faint\">{minute} min</text>"
        );
        minute += step;
    }
}

/// The first item of each story in a bulletin.
fn first(rundown: &Rundown, story: usize) -> Option<&Item> {
    rundown.news().find(|i| i.story == Some(story))
}

fn ribbons(out: &mut String, comparison: &Comparison, x: &impl Fn(Time) -> f64) {
    for s in shared(comparison) {
        let mut above: Option<(usize, &Item)> = None;
        for (b, rundown) in comparison.rundowns.iter().enumerate() {
            let Some(item) = first(rundown, s) else { continue };
            if let Some((a, upper)) = above {
                let (y1, y2) = (top(a) + LANE, top(b));
                let middle = (y1 + y2) / 2.0;
                let (u1, u2, l1, l2) = (x(upper.start), x(upper.end), x(item.start), x(item.end));
                let _ = write!(
                    out,
                    "<path class=\"ribbon\" data-story=\"{s}\" fill=\"{}\" d=\"M{u1:.1} {y1:.1}C{u1:.1} {middle:.1} {l1:.1} {middle:.1} {l1:.1} {y2:.1}L{l2:.1} {y2:.1}C{l2:.1} {middle:.1} {u2:.1} {middle:.1} {u2:.1} {y1:.1}Z\"/>",
                    colour(s)
                );
            }
            above = Some((b, item));
        }
    }
}

fn lane(out: &mut String, comparison: &Comparison, b: usize, rundown: &Rundown, x: &impl Fn(Time) -> f64) {
    let y = top(b);
    let name = clean(&called(comparison, b));
    let short: String = name.chars().take(20).collect();
    let _ = write!(
        out,
        "<text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\" class=\"name\">{}</text><text x=\"{:.0}\" y=\"{:.1}\" text-anchor=\"end\" class=\"faint\">{}, {}</text>",
        LEFT - 10.0,
        y + 20.0,
        escaped(&short),
        LEFT - 10.0,
        y + 37.0,
        escaped(&rundown.programme.language),
        rundown.programme.duration
    );
    let shared = shared(comparison);
    for (i, item) in rundown.items.iter().enumerate() {
        block(out, comparison, &Place { b, i, item, y, left: x(item.start), right: x(item.end), shared: item.story.is_some_and(|s| shared.contains(&s)) });
    }
}

struct Place<'a> {
    b: usize,
    i: usize,
    item: &'a Item,
    y: f64,
    left: f64,
    right: f64,
    shared: bool,
}

fn block(out: &mut String, comparison: &Comparison, place: &Place) {
    let Place { b, i, item, y, left, right, shared } = *place;
    let width = (right - left).max(1.5);
    let buried = item.kind.is_news() && item.story.is_some_and(|s| comparison.stories[s].cells[b].burial.is_some_and(|burial| burial.buried));
    let fill = match item.story.filter(|_| shared) {
        Some(s) => format!(" fill=\"{}\"", colour(s)),
        None => String::new(),
    };
    let class = match (item.kind.is_news(), shared) {
        (true, true) => "shared",
        (true, false) => "single",
        _ if item.kind == Kind::Teaser && shared => "shared",
        _ => "frame",
    };
    let rank = item.rank.map(|r| format!("{r}. ")).unwrap_or_default();
    let title = format!("{rank}{} – {} ({})", item.start, item.headline, item.kind.name());
    let story = item.story.map(|s| format!(" data-story=\"{s}\"")).unwrap_or_default();
    let _ = write!(
        out,
        "<g class=\"item\" tabindex=\"0\" role=\"button\" data-bulletin=\"{b}\" data-item=\"{i}\"{story} aria-label=\"{}\"><title>{}</title><rect x=\"{left:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{LANE}\" rx=\"2\" class=\"{class}{}\"{fill}/>",
        escaped(&title),
        escaped(&title),
        if buried { " buried" } else { "" }
    );
    if item.kind == Kind::Teaser {
        let _ = write!(out, "<rect x=\"{left:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{LANE}\" fill=\"url(#hatch)\"/>");
    }
    if width > 16.0 && item.kind.is_news() {
        label(out, place, width);
    }
    out.push_str("</g>");
}

/// The rank and as much of the headline as fits into two lines.
fn label(out: &mut String, place: &Place, width: f64) {
    let Place { item, y, left, .. } = *place;
    let rank = item.rank.unwrap_or(0);
    let _ = write!(out, "<text x=\"{:.1}\" y=\"{:.1}\" class=\"label\" font-weight=\"700\">{rank}</text>", left + 4.0, y + 14.0);
    let fits = ((width - 8.0) / 6.2) as usize;
    if fits < 5 {
        return;
    }
    let rtl = bidi::is_rtl(&item.headline);
    let (at, direction) = if rtl { (left + width - 4.0, " direction=\"rtl\"") } else { (left + 4.0, "") };
    let text = clean(&item.headline);
    let mut rest = text.as_str();
    for n in 0..2 {
        let end = rest.char_indices().nth(fits).map_or(rest.len(), |(end, _)| end);
        let cut = if end < rest.len() { rest[..end].rfind(' ').unwrap_or(end) } else { end };
        let _ = write!(out, "<text x=\"{at:.1}\" y=\"{:.1}\" class=\"label\"{direction}>{}</text>", y + 27.0 + 13.0 * f64::from(n), escaped(&rest[..cut]));
        rest = rest[cut..].trim_start();
        if rest.is_empty() {
            break;
        }
    }
}

/// When each bulletin first mentions the stories that several tell: a line a story, a dot a bulletin.
pub fn first_mentions(comparison: &Comparison) -> String {
    let stories: Vec<usize> = shared(comparison).into_iter().take(16).collect();
    let longest = comparison.rundowns.iter().map(|r| r.programme.duration).max().unwrap_or_default().seconds().max(1.0);
    let height = TOP + stories.len() as f64 * ROW + 10.0;
    let left = 430.0;
    let x = move |time: Time| left + (WIDTH - left - RIGHT) * time.seconds() / longest;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height:.0}\" role=\"img\" aria-label=\"Minute of first mention\" class=\"mentions\">"
    );
    axis(&mut out, longest, height, &x);
    for (n, &s) in stories.iter().enumerate() {
        let y = TOP + 14.0 + n as f64 * ROW;
        let story = &comparison.stories[s];
        let headline: String = clean(&story.headline).chars().take(58).collect();
        let (at, anchor) =
            if bidi::is_rtl(&headline) { (left - 14.0, " direction=\"rtl\" text-anchor=\"start\"") } else { (left - 14.0, " text-anchor=\"end\"") };
        let times: Vec<(usize, Time)> = story.cells.iter().filter_map(|(b, c)| Some((b, c.first_mention?))).collect();
        let far = times.iter().map(|t| t.1).max().unwrap_or_default();
        let _ = write!(
            out,
            "<text x=\"{at:.1}\" y=\"{:.1}\"{anchor} class=\"label\">{}</text><line x1=\"{left}\" x2=\"{:.1}\" y1=\"{y:.1}\" y2=\"{y:.1}\" class=\"stem\"/>",
            y + 4.0,
            escaped(&headline),
            x(far)
        );
        for (b, time, y) in apart(&times, y, &x) {
            dot(&mut out, &called(comparison, b), time, (x(time), y), &colour(s));
        }
    }
    out.push_str("</svg>\n");
    out
}

/// Half a dot's height: dots that would hide each other stand so far above and below their line.
const DODGE: f64 = 7.0;

/// The dots of a line with their heights, in the order of time.
fn apart(times: &[(usize, Time)], y: f64, x: &impl Fn(Time) -> f64) -> Vec<(usize, Time, f64)> {
    let mut sorted = times.to_vec();
    sorted.sort_by_key(|(b, time)| (*time, *b));
    let near = |a: usize, b: usize| sorted.get(a).zip(sorted.get(b)).is_some_and(|(a, b)| x(b.1) - x(a.1) < 18.0);
    let dodge = |i: usize| if near(i, i + 1) || (i > 0 && near(i - 1, i)) { [-DODGE, DODGE][i % 2] } else { 0.0 };
    sorted.iter().enumerate().map(|(i, (b, time))| (*b, *time, y + dodge(i))).collect()
}

/// A bulletin's dot, with the first letters of its name.
fn dot(out: &mut String, called: &str, time: Time, (x, y): (f64, f64), colour: &str) {
    let letters: String = clean(called).chars().take(2).collect();
    let _ = write!(
        out,
        "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"9\" fill=\"{colour}\"><title>{} {time}</title></circle><text x=\"{x:.1}\" y=\"{:.1}\" text-anchor=\"middle\" class=\"dot\">{}</text>",
        escaped(called),
        y + 3.5,
        escaped(&letters)
    );
}
