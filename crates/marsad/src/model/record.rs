use serde::{Deserialize, Serialize};

use super::{Aux, Context, DatePrecision, DateSource, EventType, Sector};

/// One event as PLOVER records it: who did what to whom, when, where, and the words that prove it.
///
/// All offsets count characters (Unicode code points) of the document's text; `end` is exclusive.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    /// Unique id: the document's id, `#e` and the record's number in the document, from 1.
    pub id: String,
    /// The document's id.
    pub doc: String,
    /// First day of the event's period, `YYYY-MM-DD`; `None` where neither text nor document tell.
    pub date: Option<String>,
    /// How much of `date` is known.
    pub date_precision: DatePrecision,
    /// Where `date` comes from; `None` where it is unknown.
    pub date_source: Option<DateSource>,
    /// PLOVER type; a list, as PLOVER's field is, with one member.
    pub event: Vec<EventType>,
    /// PLOVER modes of the type, at most one here.
    pub mode: Vec<String>,
    /// `None` for what is reported to have happened.
    pub aux: Option<Aux>,
    /// PLOVER quad class, 1 to 4.
    pub quad_code: u8,
    /// Intensity on PLOVER's scale from -10 (conflict) to 10 (cooperation), by type and mode.
    pub event_scale: f32,
    /// What the event is about, in the order of the ontology; empty where nothing tells.
    pub context: Vec<Context>,
    /// Numbers of people that the sentence tells of the event.
    pub size: Size,
    /// Who did it; empty where the text does not tell. All sides of a reciprocal event stand here.
    pub actor: Vec<Entity>,
    /// To whom it was done.
    pub recipient: Vec<Entity>,
    /// Whose claim it is; `None` where the text itself says so.
    pub speaker: Option<Entity>,
    /// Where it happened, if the sentence says so.
    pub event_loc: Option<Place>,
    /// The words that carry the event.
    pub event_text: Vec<String>,
    /// The sentence.
    pub text: String,
    /// Where the evidence stands.
    pub text_info: TextInfo,
    /// Every telling of the event in the document, `text_info` first.
    pub mentions: Vec<TextInfo>,
    /// Id of the row that made the record, `<type>/<lang>/<lemma>.<pos>…`.
    pub rule: String,
    /// Estimated probability that the record is right, 0 to 1. Its calibration is told in docs/QUALITY.md.
    pub score: f32,
    /// Where the document comes from.
    pub cite_info: CiteInfo,
    /// Program and version that made the record.
    pub coder: String,
}

/// Numbers of people: PLOVER's `size` and those who protest. `None` where no number is told; "dozens" is none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Size {
    /// Killed.
    pub dead: Option<u32>,
    /// Injured.
    pub injured: Option<u32>,
    /// Arrested.
    pub arrested: Option<u32>,
    /// Protesting.
    pub protesters: Option<u32>,
}

impl Size {
    /// These numbers, and where one is not told that of another telling.
    #[must_use]
    pub fn or(self, other: Size) -> Size {
        Size {
            dead: self.dead.or(other.dead),
            injured: self.injured.or(other.injured),
            arrested: self.arrested.or(other.arrested),
            protesters: self.protesters.or(other.protesters),
        }
    }
}

/// A participant of an event.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entity {
    /// ISO 3166-1 alpha-3 code of the home country, or `UNO`, `EUR`, `IGO`, `NGO`, `MNC`, `IMG`; `None` where it cannot be told.
    pub code: Option<String>,
    /// Sector; `None` where it cannot be told.
    pub sector: Option<Sector>,
    /// The words of the text.
    pub entity_text: String,
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
    /// The name in full, where marsad knows the actor or a pronoun was resolved.
    pub name: Option<String>,
    /// The office the person held at the document's date, where known.
    pub office: Option<String>,
    /// Scheme of `identifier_text`: `wikidata` or `None`.
    pub identifier_id: Option<String>,
    /// Identifier in that scheme, such as `Q7747`.
    pub identifier_text: Option<String>,
}

/// Where an event took place.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// The words of the text.
    pub extracted_place: String,
    /// The place's usual English name.
    pub resolved_place: Option<String>,
    /// ISO 3166-1 alpha-3 code; `None` for seas and continents.
    pub country_code: Option<String>,
    /// Latitude in degrees; `None` where it is not known.
    pub lat: Option<f64>,
    /// Longitude in degrees; `None` where it is not known.
    pub lon: Option<f64>,
    /// Number of the place in GeoNames; `None` where it is not known.
    pub geonameid: Option<u32>,
    /// First character.
    pub start: usize,
    /// One past the last character.
    pub end: usize,
}

/// Where one telling of an event stands in the document.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextInfo {
    /// Number of the sentence in the document, from 1.
    pub sequence: usize,
    /// First character of the sentence.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
    /// First character of the event word.
    pub trigger_start: usize,
    /// One past the last character of the event word.
    pub trigger_end: usize,
}

/// Origin of the document, as far as its source states it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CiteInfo {
    /// Headline.
    pub title: Option<String>,
    /// Outlet.
    pub corpus: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// ISO 639-1 code of the language.
    pub language: Option<String>,
    /// Day of publication, `YYYY-MM-DD`.
    pub date: Option<String>,
}
