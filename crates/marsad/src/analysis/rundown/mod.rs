//! Running orders: what a bulletin led with, what it buried, what it left out.
//!
//! [`Analyst::bulletin`] divides a transcript into greeting, teasers, stories and sign-off ([`segment`]), on the ground of silences, the words'
//! cohesion, phrases and lengths ([`boundary`]); it needs neither punctuation nor capitals. [`Analyst::compare`] finds the same story in several
//! bulletins whatever their languages ([`matching`]) and measures ([`measures`]). docs/RUNDOWN.md has the formulas and their sources.
//!
//! It does not parse, so it costs little; events are the coder's business and are added by whoever has one ([`Bulletin::set_events`]).
//!
//! ```
//! use marsad::analysis::rundown::Analyst;
//! use marsad::model::Programme;
//! use marsad::source::transcript::read;
//!
//! let srt = "1\n00:00:00,000 --> 00:00:02,000\nGood evening. Here is the news.\n\n2\n00:00:04,000 --> 00:00:09,000\nThe port of Odessa is open again.\n\n";
//! let analyst = Analyst::new().unwrap();
//! let bulletin = analyst.bulletin(&read("a.srt", srt.as_bytes()).unwrap(), Programme::default());
//! assert!(bulletin.rundown.items.iter().any(|item| item.headline.contains("Odessa")));
//! ```

pub mod boundary;
mod clusters;
pub mod cohesion;
pub mod concepts;
pub mod keys;
pub mod matching;
pub mod measures;
mod mend;
pub mod period;
pub mod phrases;
mod promise;
mod refine;
pub mod segment;
mod skeleton;
pub mod statistics;
pub mod stems;
mod telling;
pub mod units;

use std::collections::BTreeMap;

use marsad_text::Lang;
use marsad_text::lang::LANGUAGES;

use crate::actors::Actors;
use crate::language::tell_text;
use crate::model::{Cells, Comparison, Item, ItemEvent, Kind, Programme, Rundown, Story, Time, Transcript};
use crate::pipeline::Language;
use crate::tables::{TableError, Tables};

use concepts::Concepts;
use keys::{Key, Keys, Named};
use matching::Candidate;
use phrases::Phrases;
use segment::Frame;
use stems::{Content, Stems};
use units::Unit;

pub use skeleton::skeleton;

/// The built-in tables of this room.
pub(crate) static TABLES: &[(&str, &str)] = &[
    ("analysis/rundown/weights.tsv", include_str!("weights.tsv")),
    ("analysis/rundown/matching.tsv", include_str!("matching.tsv")),
    ("analysis/rundown/concepts.tsv", include_str!("concepts.tsv")),
    ("analysis/rundown/phrases/ar.tsv", include_str!("phrases/ar.tsv")),
    ("analysis/rundown/phrases/en.tsv", include_str!("phrases/en.tsv")),
    ("analysis/rundown/phrases/ru.tsv", include_str!("phrases/ru.tsv")),
];

/// What is known of one language.
#[derive(Debug)]
struct Tongue {
    stems: Stems,
    phrases: Phrases,
    concepts: Concepts,
    actors: Option<Actors>,
}

/// Everything that running orders are made with; loaded once and shared.
#[derive(Debug)]
pub struct Analyst {
    tongues: BTreeMap<Option<Lang>, Tongue>,
    boundary: boundary::Weights,
    matching: matching::Weights,
}

/// A bulletin's running order, with everything it was made from.
#[derive(Clone, Debug, Default)]
pub struct Bulletin {
    /// The running order.
    pub rundown: Rundown,
    /// For each item, what it is known by.
    keys: Vec<Keys>,
    lang: Option<Lang>,
    units: Vec<Unit>,
    content: Content,
    frame: Frame,
    /// The units at which the stories begin, and those at which they begin by what the bulletin itself shows.
    starts: Vec<usize>,
    own_starts: Vec<usize>,
    named: Vec<Named>,
    unit_keys: Vec<Vec<Key>>,
}

impl Bulletin {
    /// Sets the events of an item.
    ///
    /// # Panics
    /// If there is no such item.
    pub fn set_events(&mut self, item: usize, events: Vec<ItemEvent>) {
        self.rundown.items[item].events = events;
    }
}

impl Analyst {
    /// With the built-in tables.
    ///
    /// # Errors
    /// The first row of a table that is wrong.
    pub fn new() -> Result<Analyst, TableError> {
        Analyst::with(&Tables::embedded())
    }

    /// With these tables.
    ///
    /// # Errors
    /// The first row of a table that is wrong.
    pub fn with(tables: &Tables) -> Result<Analyst, TableError> {
        let mut tongues = BTreeMap::new();
        for &lang in LANGUAGES {
            let stems = Stems::of(Some(lang));
            let concepts = Concepts::load(tables, lang, &stems)?;
            let tongue = Tongue { stems, phrases: Phrases::load(tables, lang)?, concepts, actors: Some(Actors::load(tables, lang)?) };
            tongues.insert(Some(lang), tongue);
        }
        tongues.insert(None, Tongue { stems: Stems::of(None), phrases: Phrases::default(), concepts: Concepts::default(), actors: None });
        Ok(Analyst { tongues, boundary: boundary::Weights::load(tables)?, matching: matching::Weights::load(tables)? })
    }

    /// The same with other weights, for training.
    #[must_use]
    pub fn weighed(mut self, boundary: boundary::Weights, matching: matching::Weights) -> Analyst {
        self.boundary = boundary;
        self.matching = matching;
        self
    }

    /// The running order of one bulletin. What `programme` leaves blank (language, duration) is filled in from the transcript.
    #[must_use]
    pub fn bulletin(&self, transcript: &Transcript, mut programme: Programme) -> Bulletin {
        let units = units::units(transcript);
        let lang = language(&mut programme, transcript, &units);
        let tongue = self.tongue(lang);
        let content = Content::of(&units, &tongue.stems);
        if programme.duration == Time(0) {
            programme.duration = transcript.end();
        }
        let uncased = !units.iter().any(|u| u.text.chars().any(char::is_uppercase));
        let named = tongue.actors.as_ref().map(|actors| keys::named(&units, actors, uncased)).unwrap_or_default();
        let unit_keys = keys::unit_keys(&units, lang, &named, &tongue.stems, &tongue.concepts);
        let frame = segment::frame(&units, &content, &tongue.phrases, &self.boundary);
        let starts = frame.starts(&units);
        let rundown = Rundown { programme, items: Vec::new(), notes: transcript.notes.clone() };
        let mut bulletin =
            Bulletin { rundown, keys: Vec::new(), lang, units, content, frame, starts: Vec::new(), own_starts: starts.clone(), named, unit_keys };
        self.divide(&mut bulletin, starts);
        bulletin
    }

    /// Makes the items of a bulletin whose stories begin at these units.
    fn divide(&self, bulletin: &mut Bulletin, starts: Vec<usize>) {
        let segments = bulletin.frame.segments(&bulletin.units, &starts, &self.tongue(bulletin.lang).phrases);
        let mut items: Vec<Item> = segments.iter().map(|s| telling::item(s, &bulletin.units, &bulletin.content, &bulletin.named)).collect();
        let keys: Vec<Keys> = segments.iter().map(|s| keys::together(&bulletin.units[s.first..s.after], &bulletin.unit_keys[s.first..s.after])).collect();
        rank(&mut items);
        promise::keep(&mut items, &keys);
        bulletin.rundown.items = items;
        bulletin.keys = keys;
        bulletin.starts = starts;
    }

    fn tongue(&self, lang: Option<Lang>) -> &Tongue {
        self.tongues.get(&lang).unwrap_or_else(|| &self.tongues[&None])
    }

    /// What is seen at every unit of a transcript after the first, with the units; for training.
    #[must_use]
    pub fn seen(&self, transcript: &Transcript, style: Option<boundary::Style>) -> (Vec<Unit>, Vec<boundary::Seen>) {
        let units = units::units(transcript);
        let lang = language(&mut Programme::default(), transcript, &units);
        let tongue = self.tongue(lang);
        let content = Content::of(&units, &tongue.stems);
        let style = style.unwrap_or_else(|| boundary::Style::of(&units));
        let seen = boundary::look(&units, &content, &tongue.phrases, style);
        (units, seen)
    }

    /// The same story of several bulletins found, and everything measured.
    #[must_use]
    pub fn compare(&self, mut bulletins: Vec<Bulletin>) -> Comparison {
        self.refine(&mut bulletins);
        self.compare_as_divided(bulletins)
    }

    /// The same for bulletins that are not to be divided anew, because they have been ([`Analyst::refine`]) or because something was added to them.
    #[must_use]
    pub fn compare_as_divided(&self, bulletins: Vec<Bulletin>) -> Comparison {
        let candidates = candidates(&bulletins);
        let story_of = matching::stories(&candidates.iter().map(|c| c.0.clone()).collect::<Vec<_>>(), &self.matching);
        let places: Vec<(usize, usize)> = candidates.iter().map(|c| c.1).collect();
        drop(candidates);
        let mut rundowns: Vec<Rundown> = bulletins.into_iter().map(|b| b.rundown).collect();
        for ((bulletin, item), story) in places.into_iter().zip(story_of) {
            rundowns[bulletin].items[item].story = Some(story);
        }
        for rundown in &mut rundowns {
            promise::point(&mut rundown.items);
        }
        measures::comparison(rundowns)
    }

    /// Divides bulletins anew, now that it is known what stories the others tell.
    pub fn refine(&self, bulletins: &mut [Bulletin]) {
        self.refine_with(bulletins, &self.matching);
    }

    /// The same with other weights, for training.
    pub fn refine_with(&self, bulletins: &mut [Bulletin], weights: &matching::Weights) {
        for look in [refine::starts, mend::starts] {
            let starts = look(bulletins, weights);
            for (bulletin, starts) in bulletins.iter_mut().zip(starts) {
                if let Some(starts) = starts {
                    self.divide(bulletin, starts);
                }
            }
        }
    }

    /// The number of the story of each item that is matched, by bulletin and item, with other weights; for training.
    #[must_use]
    pub fn stories_with(&self, bulletins: &[Bulletin], weights: &matching::Weights) -> BTreeMap<(usize, usize), usize> {
        let candidates = candidates(bulletins);
        let stories = matching::stories(&candidates.iter().map(|c| c.0.clone()).collect::<Vec<_>>(), weights);
        candidates.iter().map(|c| c.1).zip(stories).collect()
    }

    /// The items that are matched, and what is seen of each pair of different bulletins; for training.
    #[must_use]
    pub fn pairs(&self, bulletins: &[Bulletin]) -> Vec<Pair> {
        let candidates = candidates(bulletins);
        let items: Vec<Candidate> = candidates.iter().map(|c| c.0.clone()).collect();
        let rarity = matching::Rarity::of(&items);
        let mut out = Vec::new();
        for (i, a) in items.iter().enumerate() {
            for (j, b) in items.iter().enumerate().skip(i + 1).filter(|(_, b)| b.bulletin != a.bulletin) {
                out.push(Pair {
                    items: (candidates[i].1, candidates[j].1),
                    same_language: a.language == b.language,
                    seen: matching::look(&items, i, j, &rarity),
                });
            }
        }
        out
    }
}

/// Two items and what is seen of them.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Bulletin and item of both.
    pub items: ((usize, usize), (usize, usize)),
    /// Whether they are in one language.
    pub same_language: bool,
    /// What is seen.
    pub seen: matching::Seen,
}

/// All news items of bulletins, each with its bulletin and its number there.
fn candidates(bulletins: &[Bulletin]) -> Vec<(Candidate<'_>, (usize, usize))> {
    let mut out = Vec::new();
    for (b, bulletin) in bulletins.iter().enumerate() {
        let programme = &bulletin.rundown.programme;
        let day = programme.date.map_or(0, |d| i64::from(d.year()) * 372 + i64::from(d.month()) * 31 + i64::from(d.day()));
        for (i, item) in bulletin.rundown.items.iter().enumerate() {
            if item.rank.is_some() {
                out.push((Candidate { keys: &bulletin.keys[i], language: &programme.language, bulletin: b, day }, (b, i)));
            }
        }
    }
    out
}

/// The language of a programme: as given, as the transcript states, or as its words show.
fn language(programme: &mut Programme, transcript: &Transcript, units: &[Unit]) -> Option<Lang> {
    let stated = Some(programme.language.as_str()).filter(|l| !l.is_empty()).or(transcript.language.as_deref()).and_then(Lang::from_code);
    let told = match stated {
        Some(lang) => Language::Covered(lang),
        None => tell_text(&units.iter().take(400).map(|u| u.text.as_str()).collect::<Vec<_>>().join(" ")),
    };
    let (name, lang) = match told {
        Language::Covered(lang) => (lang.code().to_owned(), Some(lang)),
        Language::NotCovered(name) => (name, None),
    };
    programme.language = name;
    programme.covered = lang.is_some();
    lang
}

/// Numbers the news.
fn rank(items: &mut [Item]) {
    for (rank, item) in items.iter_mut().filter(|i| i.kind.is_news()).enumerate() {
        item.rank = Some(rank + 1);
    }
}

/// A story's identifier from its number.
fn story_id(number: usize) -> String {
    format!("s{}", number + 1)
}

/// A story without measures.
fn story(number: usize, item: &Item, language: &str) -> Story {
    Story { id: story_id(number), headline: item.headline.clone(), language: language.to_owned(), events: Vec::new(), cells: Cells::default() }
}

/// Whether an item may tell a story of its own.
fn tells(item: &Item) -> bool {
    item.kind.is_news() && item.kind != Kind::Weather
}
