//! Running orders as data.

use std::collections::BTreeMap;

use marsad::model::{Comparison, Item, ItemEvent, Kind, Mention, Rundown, State, Story, Time};
use serde::Serialize;

use super::{file_name, period};

#[derive(Serialize)]
struct Out<'a> {
    bulletins: Vec<BulletinOut<'a>>,
    stories: Vec<StoryOut<'a>>,
    /// Rank-biased overlap of agendas, by row and column of bulletins.
    similarity: &'a [Vec<f64>],
    /// What several days together tell.
    period: Option<period::PeriodOut<'a>>,
}

#[derive(Serialize)]
struct BulletinOut<'a> {
    file: String,
    outlet: &'a str,
    programme: Option<&'a str>,
    date: Option<String>,
    begins: Option<String>,
    language: &'a str,
    covered: bool,
    duration: f64,
    news_time: f64,
    items: Vec<ItemOut<'a>>,
    notes: Vec<String>,
}

#[derive(Serialize)]
struct ItemOut<'a> {
    start: f64,
    end: f64,
    /// `story`, `teaser` or `other`.
    kind: &'static str,
    /// What exactly it is.
    part: &'static str,
    story: Option<&'a str>,
    rank: Option<usize>,
    airtime: f64,
    headline: &'a str,
    actors: Vec<MentionOut<'a>>,
    places: Vec<MentionOut<'a>>,
    events: Vec<EventOut<'a>>,
    delivered: Option<bool>,
    sentences: Vec<SentenceOut<'a>>,
}

#[derive(Serialize)]
struct MentionOut<'a> {
    name: &'a str,
    code: Option<String>,
    count: u32,
}

#[derive(Serialize)]
struct EventOut<'a> {
    event: &'a str,
    actor: Option<&'a str>,
    recipient: Option<&'a str>,
    text: &'a str,
}

#[derive(Serialize)]
struct KeyEventOut<'a> {
    #[serde(flatten)]
    event: EventOut<'a>,
    /// The file of the first telling.
    file: String,
    bulletins: u32,
    tellings: u32,
}

#[derive(Serialize)]
struct SentenceOut<'a> {
    start: f64,
    end: f64,
    text: &'a str,
    speaker: Option<&'a str>,
}

#[derive(Serialize)]
struct StoryOut<'a> {
    id: &'a str,
    headline: &'a str,
    language: &'a str,
    events: Vec<KeyEventOut<'a>>,
    /// By file; where a file is not here, the story is absent there.
    bulletins: BTreeMap<String, CellOut>,
}

#[derive(Serialize)]
struct CellOut {
    state: &'static str,
    rank: Option<usize>,
    relative_rank: Option<f64>,
    first_mention: Option<f64>,
    from_first_item: Option<f64>,
    teased: Option<f64>,
    airtime: f64,
    share: f64,
    prominence: f64,
    buried: bool,
    burial_score: Option<f64>,
    burial_p: Option<f64>,
    surprise: Option<f64>,
}

/// One JSON object with everything.
pub fn json(comparison: &Comparison) -> String {
    let out = Out {
        bulletins: comparison.rundowns.iter().map(|r| bulletin(comparison, r)).collect(),
        stories: comparison.stories.iter().map(|s| story(comparison, s)).collect(),
        similarity: &comparison.similarity,
        period: period::data(comparison),
    };
    let mut text = serde_json::to_string(&out).unwrap_or_default();
    text.push('\n');
    text
}

fn bulletin<'a>(comparison: &'a Comparison, rundown: &'a Rundown) -> BulletinOut<'a> {
    let programme = &rundown.programme;
    BulletinOut {
        file: file_name(&programme.file),
        outlet: &programme.outlet,
        programme: programme.title.as_deref(),
        date: programme.date.map(|d| d.to_string()),
        begins: programme.begins.map(|d| d.to_string()),
        language: &programme.language,
        covered: programme.covered,
        duration: programme.duration.seconds(),
        news_time: rundown.news_time().seconds(),
        items: rundown.items.iter().map(|i| item(comparison, i)).collect(),
        notes: rundown.notes.iter().map(ToString::to_string).collect(),
    }
}

fn item<'a>(comparison: &'a Comparison, item: &'a Item) -> ItemOut<'a> {
    let mentions = |list: &'a [Mention]| list.iter().map(|m| MentionOut { name: &m.name, code: m.code.map(|c| c.to_string()), count: m.count }).collect();
    ItemOut {
        start: item.start.seconds(),
        end: item.end.seconds(),
        kind: match item.kind {
            Kind::Teaser => "teaser",
            kind if kind.is_news() => "story",
            _ => "other",
        },
        part: item.kind.name(),
        story: item.story.map(|s| comparison.stories[s].id.as_str()),
        rank: item.rank,
        airtime: item.airtime().seconds(),
        headline: &item.headline,
        actors: mentions(&item.actors),
        places: mentions(&item.places),
        events: item.events.iter().map(event).collect(),
        delivered: item.delivered,
        sentences: item
            .sentences
            .iter()
            .map(|s| SentenceOut { start: s.start.seconds(), end: s.end.seconds(), text: &s.text, speaker: s.speaker.as_deref() })
            .collect(),
    }
}

fn story<'a>(comparison: &'a Comparison, story: &'a Story) -> StoryOut<'a> {
    let seconds = |time: Option<Time>| time.map(Time::seconds);
    let cells = story.cells.iter().map(|(b, cell)| {
        let out = CellOut {
            state: cell.state.name(),
            rank: cell.rank,
            relative_rank: cell.relative_rank,
            first_mention: seconds(cell.first_mention),
            from_first_item: seconds(cell.from_first_item),
            teased: seconds(cell.teased),
            airtime: cell.airtime.seconds(),
            share: cell.share,
            prominence: cell.prominence,
            buried: cell.burial.is_some_and(|b| b.buried),
            burial_score: cell.burial.map(|b| b.score),
            burial_p: cell.burial.map(|b| b.p),
            surprise: cell.surprise,
        };
        (file_name(&comparison.rundowns[b].programme.file), out)
    });
    let events = story.events.iter().map(|k| KeyEventOut {
        event: event(&k.event),
        file: file_name(&comparison.rundowns[k.bulletin].programme.file),
        bulletins: k.bulletins,
        tellings: k.tellings,
    });
    StoryOut { id: &story.id, headline: &story.headline, language: &story.language, events: events.collect(), bulletins: cells.collect() }
}

fn event(event: &ItemEvent) -> EventOut<'_> {
    EventOut { event: &event.event, actor: event.actor.as_deref(), recipient: event.recipient.as_deref(), text: &event.text }
}

/// One line an item, one for each omission, and, where there are several days, one for each rate.
pub fn csv(comparison: &Comparison) -> String {
    let mut out = String::from(
        "file,outlet,date,language,item,part,rank,start,end,airtime,share,story,state,buried,burial_score,burial_p,surprise,delivered,headline,actors,places,events,",
    );
    out.push_str(&period::COLUMNS.join(","));
    out.push('\n');
    let none = vec![String::new(); period::COLUMNS.len()];
    for (b, rundown) in comparison.rundowns.iter().enumerate() {
        let programme = &rundown.programme;
        let common =
            [file_name(&programme.file), programme.outlet.clone(), programme.date.map(|d| d.to_string()).unwrap_or_default(), programme.language.clone()];
        let number = |value: Option<f64>| value.map(|v| format!("{v:.3}")).unwrap_or_default();
        for (i, item) in rundown.items.iter().enumerate() {
            let cell = item.story.filter(|_| item.kind.is_news()).map(|s| &comparison.stories[s].cells[b]);
            let burial = cell.and_then(|c| c.burial);
            let names = |list: &[Mention]| list.iter().map(|m| m.name.clone()).collect::<Vec<_>>().join(";");
            let own = [
                (i + 1).to_string(),
                item.kind.name().to_owned(),
                item.rank.map(|r| r.to_string()).unwrap_or_default(),
                format!("{:.3}", item.start.seconds()),
                format!("{:.3}", item.end.seconds()),
                format!("{:.3}", item.airtime().seconds()),
                format!("{:.4}", item.airtime().seconds() / programme.duration.seconds().max(0.001)),
                item.story.map(|s| comparison.stories[s].id.clone()).unwrap_or_default(),
                cell.map(|c| c.state.name().to_owned()).unwrap_or_default(),
                burial.map(|b| b.buried.to_string()).unwrap_or_default(),
                number(burial.map(|b| b.score)),
                number(burial.map(|b| b.p)),
                String::new(),
                item.delivered.map(|d| d.to_string()).unwrap_or_default(),
                item.headline.clone(),
                names(&item.actors),
                names(&item.places),
                item.event_types().join(";"),
            ];
            line(&mut out, common.iter().chain(&own).chain(&none));
        }
        for story in comparison.stories.iter().filter(|s| s.cells[b].state == State::Omitted) {
            let mut own = vec![String::new(); 18];
            (own[7], own[8], own[12], own[14]) = (story.id.clone(), "omitted".to_owned(), number(story.cells[b].surprise), story.headline.clone());
            line(&mut out, common.iter().chain(&own).chain(&none));
        }
    }
    for (outlet, cells) in period::lines(comparison) {
        let mut own = vec![String::new(); 22];
        (own[1], own[5]) = (outlet, "period".to_owned());
        line(&mut out, own.iter().chain(&cells));
    }
    out
}

fn line<'c>(out: &mut String, cells: impl Iterator<Item = &'c String>) {
    let quoted = |cell: &String| {
        // A spreadsheet would take these for formulas.
        let cell = if cell.starts_with(['=', '+', '@']) { format!("'{cell}") } else { cell.clone() };
        if cell.contains([',', '"', '\n', '\r']) { format!("\"{}\"", cell.replace('"', "\"\"")) } else { cell }
    };
    out.push_str(&cells.map(quoted).collect::<Vec<_>>().join(","));
    out.push('\n');
}
