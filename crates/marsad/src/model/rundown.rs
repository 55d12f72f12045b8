use jiff::civil::{Date, DateTime};

use super::{Period, Time, TranscriptNote};

/// A programme as broadcast: one bulletin of one outlet.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Programme {
    /// The transcript's file, as the user named it; tells bulletins apart.
    pub file: String,
    /// The outlet; the file's name where nothing else is known.
    pub outlet: String,
    /// Name of the programme.
    pub title: Option<String>,
    /// Day of broadcast.
    pub date: Option<Date>,
    /// Local time at which it begins.
    pub begins: Option<DateTime>,
    /// ISO 639-1 code of the language, or the name of one that is not covered.
    pub language: String,
    /// Whether marsad covers the language; if not, items are told by time and speaker only.
    pub covered: bool,
    /// How long it is.
    pub duration: Time,
    /// Whether the programme goes on after the transcript ends, so that what is not there may only not have been seen.
    pub cut: bool,
}

/// What an item of a bulletin is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Good evening, titles.
    Greeting,
    /// A headline that promises a story.
    Teaser,
    /// A story.
    Story,
    /// Weather forecast.
    Weather,
    /// Sports news as a block of its own.
    Sport,
    /// Advertisement.
    Advertisement,
    /// Goodbye, credits.
    SignOff,
}

impl Kind {
    /// The name in data and on the screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Greeting => "greeting",
            Kind::Teaser => "teaser",
            Kind::Story => "story",
            Kind::Weather => "weather",
            Kind::Sport => "sport",
            Kind::Advertisement => "advertisement",
            Kind::SignOff => "sign-off",
        }
    }

    /// Whether it has a place in the running order: stories, sport and weather do, frames, promises and advertisements do not.
    #[must_use]
    pub fn is_news(self) -> bool {
        matches!(self, Kind::Story | Kind::Sport | Kind::Weather)
    }
}

/// Something said, with its times.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentence {
    /// When it begins.
    pub start: Time,
    /// When it ends.
    pub end: Time,
    /// What is said.
    pub text: String,
    /// Who speaks, where the transcript says.
    pub speaker: Option<String>,
}

/// An actor or a place named in an item.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Usual English name.
    pub name: String,
    /// Country or kind of organisation.
    pub code: Option<super::Code>,
    /// How often it is named.
    pub count: u32,
}

/// A political event that an item tells, with its evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ItemEvent {
    /// Type, as PLOVER names it.
    pub event: String,
    /// Codes of who did it, joined by `+`; `None` where the item does not tell.
    pub actor: Option<String>,
    /// Codes of to whom it was done.
    pub recipient: Option<String>,
    /// The sentence that tells it.
    pub text: String,
}

/// An event by which a story is known: told in its items, alike in type and sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyEvent {
    /// Its first telling.
    pub event: ItemEvent,
    /// The bulletin of that, as an index of [`Comparison::rundowns`].
    pub bulletin: usize,
    /// How many bulletins tell it, in whatever language.
    pub bulletins: u32,
    /// How often it is told.
    pub tellings: u32,
}

/// A piece of a bulletin that is about one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// When it begins.
    pub start: Time,
    /// When it ends; this less `start` is its airtime.
    pub end: Time,
    /// The story it tells or promises, as an index of [`Comparison::stories`]; `None` for what is not news, or not compared yet.
    pub story: Option<usize>,
    /// Place among the bulletin's news, from 1; `None` for what is not news.
    pub rank: Option<usize>,
    /// A headline from its own words.
    pub headline: String,
    /// Actors it names, the most named first.
    pub actors: Vec<Mention>,
    /// Places it names, the most named first.
    pub places: Vec<Mention>,
    /// The political events it tells, in order; empty where nobody looked.
    pub events: Vec<ItemEvent>,
    /// For a teaser: whether the story it promises was delivered. `None` for everything else.
    pub delivered: Option<bool>,
    /// What is said in it.
    pub sentences: Vec<Sentence>,
}

impl Item {
    /// How long it lasts.
    #[must_use]
    pub fn airtime(&self) -> Time {
        self.end.since(self.start)
    }

    /// The types of its events, the most told first.
    #[must_use]
    pub fn event_types(&self) -> Vec<&str> {
        let mut counts: std::collections::BTreeMap<&str, usize> = std::collections::BTreeMap::new();
        self.events.iter().for_each(|e| *counts.entry(&e.event).or_insert(0) += 1);
        let mut types: Vec<(&str, usize)> = counts.into_iter().collect();
        types.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
        types.into_iter().map(|t| t.0).collect()
    }
}

/// The running order of one bulletin.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rundown {
    /// The programme.
    pub programme: Programme,
    /// All of it, in order of time.
    pub items: Vec<Item>,
    /// What was odd about the transcript.
    pub notes: Vec<TranscriptNote>,
}

impl Rundown {
    /// The items that have a place in the running order.
    pub fn news(&self) -> impl Iterator<Item = &Item> {
        self.items.iter().filter(|i| i.kind.is_news())
    }

    /// Airtime of all news: what shares are shares of.
    #[must_use]
    pub fn news_time(&self) -> Time {
        Time(self.news().map(|i| i.airtime().0).sum())
    }
}

/// Whether a bulletin carries a story.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It does.
    Covered,
    /// It does not, though most comparable bulletins do and it was watched long enough to know.
    Omitted,
    /// It does not, and that says nothing: too few others carry it.
    Absent,
    /// Nobody can know: too little of the bulletin was seen.
    Unobserved,
}

impl State {
    /// The name in data and on the screen.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            State::Covered => "covered",
            State::Omitted => "omitted",
            State::Absent => "absent",
            State::Unobserved => "unobserved",
        }
    }
}

/// How deep a story stands in a bulletin, against where the others put it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Burial {
    /// Relative rank here less the median relative rank elsewhere, -1 to 1; above 0 is deeper than elsewhere.
    pub score: f64,
    /// Median relative rank elsewhere, 0 to 1.
    pub elsewhere: f64,
    /// Probability of standing so deep or deeper if the order were random, 0 to 1.
    pub p: f64,
    /// Whether it counts as buried by the rule.
    pub buried: bool,
}

/// A story in a bulletin.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Cell {
    /// Whether it is there.
    pub state: State,
    /// Place of its first item, from 1; `None` where it is not there.
    pub rank: Option<usize>,
    /// 0 for the first of the bulletin's items, 1 for the last.
    pub relative_rank: Option<f64>,
    /// When it is first mentioned outside teasers, from the programme's start.
    pub first_mention: Option<Time>,
    /// The same from the first item's start.
    pub from_first_item: Option<Time>,
    /// When a teaser first promises it.
    pub teased: Option<Time>,
    /// All its airtime.
    pub airtime: Time,
    /// Airtime as part of the whole programme, 0 to 1.
    pub share: f64,
    /// Airtime weighted by how early it stands, as part of all such airtime, 0 to 1.
    pub prominence: f64,
    /// How it stands against the others; `None` where nobody else carries it or it is not there.
    pub burial: Option<Burial>,
    /// Surprise at its absence in bits, `-log2(1 - p)`; `None` where it is not omitted.
    pub surprise: Option<f64>,
}

impl Cell {
    /// The cell of a bulletin that has nothing of a story.
    pub const ABSENT: Cell = Cell {
        state: State::Absent,
        rank: None,
        relative_rank: None,
        first_mention: None,
        from_first_item: None,
        teased: None,
        airtime: Time(0),
        share: 0.0,
        prominence: 0.0,
        burial: None,
        surprise: None,
    };
}

/// A story that one or more bulletins tell.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    /// Identifier, unique in the comparison.
    pub id: String,
    /// Headline of its longest telling, with that language's code.
    pub headline: String,
    /// Language of the headline.
    pub language: String,
    /// The events by which it is known, those that most bulletins tell first; empty where nobody looked.
    pub events: Vec<KeyEvent>,
    /// How it stands in each bulletin.
    pub cells: Cells,
}

/// How a story stands in bulletins, by their number in [`Comparison::rundowns`]. Only those are kept that tell it or that were compared with one that does;
/// in all others it is absent, so that many bulletins take room for what they tell and not for all they do not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cells(std::collections::BTreeMap<usize, Cell>);

impl Cells {
    /// Those that are kept, in the order of bulletins.
    pub fn iter(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.0.iter().map(|(b, cell)| (*b, cell))
    }

    /// The bulletins that tell the story, in order.
    pub fn covered(&self) -> impl Iterator<Item = (usize, &Cell)> {
        self.iter().filter(|(_, cell)| cell.state == State::Covered)
    }

    /// The cell of a bulletin, to be changed.
    pub fn at(&mut self, bulletin: usize) -> &mut Cell {
        self.0.entry(bulletin).or_insert(Cell::ABSENT)
    }
}

impl std::ops::Index<usize> for Cells {
    type Output = Cell;

    fn index(&self, bulletin: usize) -> &Cell {
        self.0.get(&bulletin).unwrap_or(&Cell::ABSENT)
    }
}

/// Several bulletins side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The bulletins, in the order given.
    pub rundowns: Vec<Rundown>,
    /// The stories, the most prominent first.
    pub stories: Vec<Story>,
    /// Agenda similarity (rank-biased overlap, 0 to 1) of each pair of bulletins, by row and column.
    pub similarity: Vec<Vec<f64>>,
    /// What the days together tell; `None` where there are fewer than two days or two outlets.
    pub period: Option<Period>,
}
