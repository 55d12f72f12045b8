//! Whether an item begins at a unit: what can be seen there, weighed by a logistic regression (`weights.tsv`, trained by `marsad-lab rundown`).
//!
//! Four sets of weights, because a witness that is missing altogether must not be taken for one that denies: transcripts with and without silences
//! between captions, with and without punctuation.

use rustc_hash::FxHashMap;

use super::cohesion;
use super::phrases::{Cue, Phrases};
use super::stems::Content;
use super::units::{Unit, ends_sentence};
use crate::tables::{TableError, Tables};

/// What is seen at a unit, by name.
pub const FEATURES: [&str; 20] = [
    "bias",
    "pause",
    "pause-to-1s",
    "pause-0.28s",
    "pause-0.95s",
    "long-pause",
    "cohesion",
    "similarity",
    "head-after",
    "head-before",
    "head-new",
    "sentence-end",
    "no-sentence-end",
    "headline",
    "headline-pause",
    "pause-no-end",
    "pause-cohesion",
    "head-units",
    "head-length",
    "report-ends",
];

/// Values of [`FEATURES`].
pub type Seen = [f64; FEATURES.len()];

/// How far to look back and ahead, in milliseconds.
const WINDOW: u64 = 45_000;
/// How far a headline is repeated, in milliseconds.
const LEAD: u64 = 30_000;

/// What a transcript has to offer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Silences between captions say something.
    pub pauses: bool,
    /// Sentences have ends.
    pub punctuation: bool,
}

impl Style {
    /// The style of a transcript.
    #[must_use]
    pub fn of(units: &[Unit]) -> Style {
        let gaps = units.windows(2).filter(|p| p[1].start.since(p[0].end).0 >= 100).count();
        let ends = units.iter().filter(|u| ends_sentence(&u.text)).count();
        Style { pauses: gaps * 10 >= units.len(), punctuation: ends * 10 >= units.len() }
    }

    /// Which set of weights.
    #[must_use]
    pub fn index(self) -> usize {
        usize::from(!self.pauses) * 2 + usize::from(!self.punctuation)
    }

    /// All of them, in the order of [`Style::index`].
    pub const ALL: [Style; 4] = [
        Style { pauses: true, punctuation: true },
        Style { pauses: true, punctuation: false },
        Style { pauses: false, punctuation: true },
        Style { pauses: false, punctuation: false },
    ];
}

/// Weights of [`FEATURES`] for each style.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights(pub [Seen; 4]);

const COLUMNS: &[&str] = &["feature", "both", "pauses", "punctuation", "neither"];

impl Weights {
    /// Loads the table.
    ///
    /// # Errors
    /// The first row that is wrong.
    pub fn load(tables: &Tables) -> Result<Weights, TableError> {
        let mut weights = Weights::default();
        for row in tables.rows("analysis/rundown/weights.tsv", COLUMNS)? {
            let name = row.required(0, "feature")?;
            let feature = FEATURES.iter().position(|f| *f == name).ok_or_else(|| row.error(format!("no feature is called {name}")))?;
            for (style, set) in weights.0.iter_mut().enumerate() {
                let cell = row.required(style + 1, COLUMNS[style + 1])?;
                set[feature] = cell.parse().map_err(|_| row.error(format!("{cell} is no number")))?;
            }
        }
        Ok(weights)
    }

    /// Log odds that an item begins where this is seen.
    #[must_use]
    pub fn log_odds(&self, seen: &Seen, style: Style) -> f64 {
        seen.iter().zip(&self.0[style.index()]).map(|(s, w)| s * w).sum()
    }
}

/// What is seen at every unit after the first.
#[must_use]
pub fn look(units: &[Unit], content: &Content, phrases: &Phrases, style: Style) -> Vec<Seen> {
    let cohesion = cohesion::log_odds(content);
    let rarity: Vec<f64> = content.spread.iter().map(|s| (units.len() as f64 / f64::from((*s).max(1))).ln()).collect();
    (1..units.len()).map(|at| see(&Place { units, content, rarity: &rarity, style, at }, cohesion[at - 1], phrases)).collect()
}

struct Place<'a> {
    units: &'a [Unit],
    content: &'a Content,
    rarity: &'a [f64],
    style: Style,
    at: usize,
}

fn see(place: &Place, cohesion: f64, phrases: &Phrases) -> Seen {
    let Place { units, style, at, .. } = *place;
    let pause = if style.pauses { (units[at].start.since(units[at - 1].end).0 as f64 / 1000.0).min(5.0) } else { 0.0 };
    let short = pause.min(1.0);
    let (head_end, head) = place.head();
    let head_length = units[head_end - 1].end.since(units[at].start).0 as f64 / 1000.0;
    let (after, before) = (place.ahead(head_end, LEAD), place.back(WINDOW));
    let weigh = |keep: &dyn Fn(&u32) -> bool| head.iter().filter(|w| keep(w)).map(|w| place.rarity[*w as usize]).sum::<f64>() / (1.0 + head.len() as f64);
    let yes = |b: bool| f64::from(u8::from(b));
    let ended = ends_sentence(&units[at - 1].text);
    let headline = style.punctuation && !ends_sentence(&units[head_end - 1].text);
    let paused = pause >= 0.28;
    [
        1.0,
        pause.min(3.0),
        short,
        yes(paused),
        yes(pause >= 0.95),
        if pause >= 0.95 { pause.min(3.0) } else { 0.0 },
        cohesion,
        place.similarity(),
        weigh(&|w| after.contains_key(w)),
        weigh(&|w| before.contains_key(w)),
        weigh(&|w| !before.contains_key(w)),
        yes(style.punctuation && ended),
        yes(style.punctuation && !ended),
        yes(headline),
        yes(headline && paused),
        yes(style.punctuation && !ended && paused),
        short * cohesion,
        (head_end - at) as f64,
        head_length.min(30.0),
        yes(phrases.tell(Cue::ReportEnds, &units[at - 1].words)),
    ]
}

impl Place<'_> {
    /// The unit after the first sentence from here, and the sentence's content words. Where nothing shows an end it is one to four units.
    fn head(&self) -> (usize, Vec<u32>) {
        let mut end = self.at + 1;
        while end < self.units.len() && end - self.at < 4 {
            let silent = self.style.pauses && self.units[end].start.since(self.units[end - 1].end).0 >= 350;
            let sentence = self.style.punctuation && !self.style.pauses && ends_sentence(&self.units[end - 1].text);
            if silent || sentence || (!self.style.pauses && !self.style.punctuation && end - self.at >= 2) {
                break;
            }
            end += 1;
        }
        let mut words: Vec<u32> = self.content.units[self.at..end].iter().flatten().copied().collect();
        words.sort_unstable();
        words.dedup();
        (end, words)
    }

    fn ahead(&self, from: usize, length: u64) -> FxHashMap<u32, u32> {
        let begin = self.units.get(from.saturating_sub(1)).map_or(0, |u| u.end.0);
        let until = self.units[from..].iter().take_while(|u| u.start.0 < begin + length).count();
        counted(&self.content.units[from..from + until])
    }

    fn back(&self, length: u64) -> FxHashMap<u32, u32> {
        let now = self.units[self.at].start.0;
        let from = self.at - self.units[..self.at].iter().rev().take_while(|u| u.end.0 + length > now).count();
        counted(&self.content.units[from..self.at])
    }

    /// Cosine of the words on both sides, by rarity.
    fn similarity(&self) -> f64 {
        let (before, after) = (self.back(WINDOW), self.ahead(self.at, WINDOW));
        let value = |w: u32, c: u32| f64::from(c) * self.rarity[w as usize];
        let mut shared: Vec<(u32, f64)> = before.iter().filter_map(|(w, c)| Some((*w, value(*w, *c) * value(*w, *after.get(w)?)))).collect();
        // Sums of floating numbers depend on their order, and a hash has none.
        shared.sort_unstable_by_key(|(w, _)| *w);
        let size = |side: &FxHashMap<u32, u32>| {
            let mut squares: Vec<(u32, f64)> = side.iter().map(|(w, c)| (*w, value(*w, *c).powi(2))).collect();
            squares.sort_unstable_by_key(|(w, _)| *w);
            squares.iter().map(|(_, s)| s).sum::<f64>()
        };
        shared.iter().map(|(_, v)| v).sum::<f64>() / ((size(&before) * size(&after)).sqrt() + 1e-9)
    }
}

fn counted(units: &[Vec<u32>]) -> FxHashMap<u32, u32> {
    let mut out = FxHashMap::default();
    for word in units.iter().flatten() {
        *out.entry(*word).or_insert(0) += 1;
    }
    out
}
