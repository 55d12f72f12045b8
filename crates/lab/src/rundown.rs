//! Trains what divides bulletins and what matches their items, and writes running orders of days held out for `score.py`.

mod regression;
mod written;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use marsad::analysis::rundown::boundary::{self, Style};
use marsad::analysis::rundown::keys::Class;
use marsad::analysis::rundown::{Analyst, Bulletin, matching};
use marsad::model::{Cell, Comparison, Item, Kind, Programme, Transcript};
use marsad::source::Input;
use marsad::source::transcript::transcript;
use serde::Deserialize;
use serde_json::json;

use crate::Error;
use regression::regression;
use written::{boundary_table, matching_table};

/// A day is held out in one of so many rounds.
const ROUNDS: usize = 6;

#[derive(Debug, Deserialize)]
struct GoldDay {
    day: String,
    outlets: BTreeMap<String, GoldBulletin>,
}

#[derive(Debug, Deserialize)]
struct GoldBulletin {
    language: String,
    stories: Vec<GoldItem>,
}

#[derive(Debug, Deserialize)]
struct GoldItem {
    story: String,
    start: f64,
    end: f64,
}

/// A bulletin to learn from.
struct Example {
    day: usize,
    outlet: String,
    transcript: Transcript,
    gold: GoldBulletin,
    clean: bool,
}

/// Where things are and go.
pub struct Settings {
    /// Folder with `gold.json`, `clean/`, `asr/`.
    pub data: PathBuf,
    /// Folder for the running orders of days held out; `None` to leave that out.
    pub held_out: Option<PathBuf>,
    /// The room's folder, for the tables.
    pub out: PathBuf,
}

/// Trains, measures, writes.
pub fn run(settings: &Settings) -> Result<(), Error> {
    let (days, examples) = load(&settings.data)?;
    if let Some(folder) = &settings.held_out {
        for round in 0..ROUNDS {
            let (train, test): (Vec<&Example>, Vec<&Example>) = examples.iter().partition(|e| e.day % ROUNDS != round);
            let analyst = trained(&train)?.0;
            for clean in [true, false] {
                write_days(&analyst, &test, clean, &days, &folder.join(if clean { "clean" } else { "asr" }))?;
            }
        }
    }
    let (_, boundary, matching) = trained(&examples.iter().collect::<Vec<_>>())?;
    write(&settings.out.join("weights.tsv"), &boundary_table(&boundary))?;
    write(&settings.out.join("matching.tsv"), &matching_table(&matching))
}

fn load(data: &Path) -> Result<(Vec<String>, Vec<Example>), Error> {
    let path = data.join("gold.json");
    let text = std::fs::read_to_string(&path).map_err(|e| Error::file(&path, e))?;
    let mut examples = Vec::new();
    let mut names = Vec::new();
    for clean in [true, false] {
        let days: Vec<GoldDay> = serde_json::from_str(&text).map_err(|e| Error::file(&path, e))?;
        names = days.iter().map(|d| d.day.clone()).collect();
        for (d, day) in days.into_iter().enumerate() {
            for (outlet, gold) in day.outlets {
                let extension = if gold.language == "arb" { "vtt" } else { "srt" };
                let folder = data.join(if clean { "clean" } else { "asr" });
                let file = folder.join(format!("{}_{outlet}_{}.{extension}", day.day, gold.language));
                let transcript = transcript(&Input::named(&file)).map_err(|e| Error::file(&file, e))?;
                examples.push(Example { day: d, outlet, transcript, gold, clean });
            }
        }
    }
    Ok((names, examples))
}

fn analyst() -> Result<Analyst, Error> {
    Analyst::new().map_err(|e| Error::Argument(e.to_string()))
}

fn trained(examples: &[&Example]) -> Result<(Analyst, boundary::Weights, matching::Weights), Error> {
    let plain = analyst()?;
    let mut weights = boundary::Weights::default();
    for style in Style::ALL {
        let own: Vec<&&Example> = examples.iter().filter(|e| e.clean == style.punctuation).collect();
        let (mut seen, mut begins) = (Vec::new(), Vec::new());
        for example in own {
            let (units, looks) = plain.seen(&example.transcript, Some(style));
            // Greeting, teasers and sign-off are found by rule, so only what lies between them is learned from.
            let first = example.gold.stories[0].start;
            let last = example.gold.stories.last().map_or(0.0, |s| s.end);
            for (unit, look) in units[1..].iter().zip(looks) {
                let at = unit.start.seconds();
                if at > first + 0.05 && at < last {
                    seen.push(look.to_vec());
                    begins.push(example.gold.stories.iter().any(|s| (s.start - at).abs() < 0.06));
                }
            }
        }
        weights.0[style.index()].copy_from_slice(&regression(&seen, &begins, 1.0));
    }
    let mut best = (0.0, 0.0, weights.clone());
    let mut divider = analyst()?;
    for shift in [0.0, 0.5, 1.0, 1.5] {
        let mut shifted = weights.clone();
        shifted.0.iter_mut().for_each(|set| set[0] += shift);
        divider = divider.weighed(shifted.clone(), matching::Weights::default());
        let f1 = starts_f1(&divider, examples);
        if f1 > best.0 {
            best = (f1, shift, shifted);
        }
    }
    let weights = best.2;
    divider = divider.weighed(weights.clone(), matching::Weights::default());
    let matching = matched(&divider, examples);
    eprintln!(
        "starts F1 in training {:.3} (bias moved by {}), threshold {:.1}, left over {:.1}, affinity {}, chance {}",
        best.0, best.1, matching.threshold, matching.left_over, matching.affinity, matching.chance
    );
    Ok((analyst()?.weighed(weights.clone(), matching.clone()), weights, matching))
}

fn bulletin(analyst: &Analyst, example: &Example) -> Bulletin {
    let programme =
        Programme { file: example.transcript.name.clone(), outlet: example.outlet.clone(), language: example.gold.language.clone(), ..Programme::default() };
    analyst.bulletin(&example.transcript, programme)
}

fn starts_f1(analyst: &Analyst, examples: &[&Example]) -> f64 {
    let (mut hits, mut found, mut wanted) = (0, 0, 0);
    for example in examples {
        let starts: Vec<f64> = bulletin(analyst, example).rundown.news().map(|i| i.start.seconds()).collect();
        found += starts.len();
        wanted += example.gold.stories.len();
        hits += example.gold.stories.iter().filter(|s| starts.iter().any(|t| (t - s.start).abs() <= 2.0)).count();
    }
    2.0 * hits as f64 / (found + wanted).max(1) as f64
}

/// The gold story that an item tells for the most part.
fn told<'g>(item: &Item, gold: &'g GoldBulletin) -> Option<&'g str> {
    let shared = |s: &GoldItem| (s.end.min(item.end.seconds()) - s.start.max(item.start.seconds())).max(0.0);
    gold.stories.iter().max_by(|a, b| shared(a).total_cmp(&shared(b))).filter(|s| shared(s) > 0.5 * item.airtime().seconds()).map(|s| s.story.as_str())
}

fn matched(divider: &Analyst, examples: &[&Example]) -> matching::Weights {
    let mut across = (Vec::new(), Vec::new());
    let mut within = (Vec::new(), Vec::new());
    let mut groups: BTreeMap<(bool, usize), Vec<&Example>> = BTreeMap::new();
    for example in examples {
        groups.entry((example.clean, example.day)).or_default().push(example);
    }
    let learn = |group: &[&Example], into: &mut (Vec<Vec<f64>>, Vec<bool>), same: bool| {
        let bulletins: Vec<Bulletin> = group.iter().map(|e| bulletin(divider, e)).collect();
        for pair in divider.pairs(&bulletins).into_iter().filter(|p| p.same_language == same) {
            let ((b1, i1), (b2, i2)) = pair.items;
            let one = told(&bulletins[b1].rundown.items[i1], &group[b1].gold);
            let two = told(&bulletins[b2].rundown.items[i2], &group[b2].gold);
            if let (Some(one), Some(two)) = (one, two) {
                into.0.push(pair.seen.to_vec());
                into.1.push(one == two);
            }
        }
    };
    for group in groups.values() {
        learn(group, &mut across, false);
    }
    // One outlet on different days stands for outlets in one language: three days at a time.
    for clean in [true, false] {
        for outlet in ["A", "B", "C"] {
            let own: Vec<&Example> = examples.iter().copied().filter(|e| e.clean == clean && e.outlet == outlet).collect();
            for group in own.chunks(3) {
                learn(group, &mut within, true);
            }
        }
    }
    let mut weights = matching::Weights::default();
    weights.across.copy_from_slice(&regression(&across.0, &across.1, 3.0));
    // Within a language only the cosine counts: what is one in spelling is not also one in sound.
    let (cosine, bias) = (Class::Stem as usize, matching::FEATURES.len() - 1);
    let few: Vec<Vec<f64>> = within.0.iter().map(|s| vec![s[cosine], 1.0]).collect();
    let learned = regression(&few, &within.1, 3.0);
    (weights.within[cosine], weights.within[bias]) = (learned[0], learned[1]);
    let groups: Vec<(Vec<&Example>, Vec<Bulletin>)> =
        groups.into_values().map(|group| (group.clone(), group.iter().map(|e| bulletin(divider, e)).collect())).collect();
    settled(divider, &groups, weights)
}

/// The settings that serve the training days best: first how items are divided anew, then how they are put together.
fn settled(divider: &Analyst, groups: &[(Vec<&Example>, Vec<Bulletin>)], mut weights: matching::Weights) -> matching::Weights {
    (weights.threshold, weights.left_over) = (-1.5, 1.0);
    let mut best = (0.0, weights.clone());
    let mut consider = |weights: &matching::Weights| {
        let quality = quality(divider, groups, weights);
        if quality > best.0 {
            best = (quality, weights.clone());
        }
        best.1.clone()
    };
    for (affinity, chance) in [(0.0, 0.0), (0.5, 0.05), (0.8, 0.05), (0.8, 0.1), (1.2, 0.05), (1.2, 0.1)] {
        (weights.affinity, weights.chance) = (affinity, chance);
        consider(&weights);
    }
    weights = consider(&weights);
    for threshold in [-3.0, -2.0, -1.0, 0.0] {
        for left_over in [0.0, 1.0, 2.0, 3.0] {
            (weights.threshold, weights.left_over) = (threshold, left_over);
            consider(&weights);
        }
    }
    best.1
}

/// Mean of two F1, as `score.py` counts them: of pairs of gold stories put together, each taken for the item that it overlaps most, and of omissions.
fn quality(analyst: &Analyst, groups: &[(Vec<&Example>, Vec<Bulletin>)], weights: &matching::Weights) -> f64 {
    let (mut pairs, mut omissions) = (Counts::default(), Counts::default());
    for (group, bulletins) in groups {
        let mut bulletins = bulletins.clone();
        analyst.refine_with(&mut bulletins, weights);
        let stories = analyst.stories_with(&bulletins, weights);
        let mut named: BTreeMap<&str, BTreeMap<usize, Option<usize>>> = BTreeMap::new();
        for (b, example) in group.iter().enumerate() {
            for story in &example.gold.stories {
                let shared = |i: &Item| (story.end.min(i.end.seconds()) - story.start.max(i.start.seconds())).max(0.0);
                let items = bulletins[b].rundown.items.iter().enumerate().filter(|(_, i)| i.kind.is_news());
                let item = items.max_by(|x, y| shared(x.1).total_cmp(&shared(y.1))).map(|(i, _)| stories[&(b, i)]);
                named.entry(&story.story).or_default().insert(b, item);
            }
        }
        let told: Vec<(&str, usize, Option<usize>)> = named.iter().flat_map(|(s, by)| by.iter().map(move |(b, item)| (*s, *b, *item))).collect();
        for (n, a) in told.iter().enumerate() {
            for b in told[n + 1..].iter().filter(|b| b.1 != a.1) {
                pairs.add(a.2.is_some() && a.2 == b.2, a.0 == b.0);
            }
        }
        for here in 0..group.len() {
            for tellings in named.values() {
                let others: Vec<Option<usize>> = tellings.iter().filter(|(b, _)| **b != here).map(|(_, item)| *item).collect();
                if others.len() == 2 {
                    let absent = others[0].is_some() && others[0] == others[1] && !stories.iter().any(|((b, _), s)| *b == here && Some(*s) == others[0]);
                    omissions.add(absent, !tellings.contains_key(&here));
                }
            }
        }
    }
    (pairs.f1() + omissions.f1()) / 2.0
}

/// What was found and what should have been.
#[derive(Default)]
struct Counts {
    right: u32,
    wrong: u32,
    missed: u32,
}

impl Counts {
    fn add(&mut self, found: bool, wanted: bool) {
        match (found, wanted) {
            (true, true) => self.right += 1,
            (true, false) => self.wrong += 1,
            (false, true) => self.missed += 1,
            (false, false) => {}
        }
    }

    fn f1(&self) -> f64 {
        2.0 * f64::from(self.right) / f64::from((2 * self.right + self.wrong + self.missed).max(1))
    }
}

fn write_days(analyst: &Analyst, test: &[&Example], clean: bool, names: &[String], folder: &Path) -> Result<(), Error> {
    std::fs::create_dir_all(folder).map_err(|e| Error::file(folder, e))?;
    let days: std::collections::BTreeSet<usize> = test.iter().map(|e| e.day).collect();
    for day in days {
        let bulletins = test.iter().filter(|e| e.day == day && e.clean == clean).map(|e| bulletin(analyst, e)).collect();
        write(&folder.join(format!("{}.json", names[day])), &scored(&analyst.compare(bulletins)).to_string())?;
    }
    Ok(())
}

/// A comparison in the form that `score.py` reads.
fn scored(comparison: &Comparison) -> serde_json::Value {
    let file = |path: &str| Path::new(path).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let kind = |kind: Kind| match kind {
        Kind::Teaser => "teaser",
        kind if kind.is_news() => "story",
        _ => "other",
    };
    let item =
        |i: &Item| json!({"start": i.start.seconds(), "end": i.end.seconds(), "kind": kind(i.kind), "story": i.story.map(|s| &comparison.stories[s].id)});
    let bulletins: Vec<_> =
        comparison.rundowns.iter().map(|r| json!({"file": file(&r.programme.file), "items": r.items.iter().map(item).collect::<Vec<_>>()})).collect();
    let stories: Vec<_> = comparison
        .stories
        .iter()
        .map(|s| {
            let shown = |(b, c): (usize, &Cell)| {
                (file(&comparison.rundowns[b].programme.file), json!({"state": c.state.name(), "buried": c.burial.is_some_and(|b| b.buried)}))
            };
            let cells: serde_json::Map<String, serde_json::Value> = s.cells.iter().map(shown).collect();
            json!({"id": s.id, "bulletins": cells})
        })
        .collect();
    json!({"bulletins": bulletins, "stories": stories})
}

fn write(path: &Path, text: &str) -> Result<(), Error> {
    std::fs::write(path, text).map_err(|e| Error::file(path, e))
}
