//! The nouns: everything marsad talks about, and nothing that computes.
//!
//! [`Document`] comes in, [`Record`]s go out. A record is one PLOVER event mention (PLOVER 2.0, "Data fields"), with what marsad adds:
//! evidence offsets on everything, factuality, attribution, the row that made it and a score.

mod code;
mod date;
mod document;
mod event;
mod period;
mod record;
mod rundown;
mod transcript;

pub use code::Code;
pub use date::{DatePrecision, DateSource, EventDate};
pub use document::Document;
pub use event::{Aux, Context, EventType, Quad, Sector};
pub use period::{Bias, Habit, Period, Rate, Running};
pub use record::{CiteInfo, Entity, Place, Record, Size, TextInfo};
pub use rundown::{Burial, Cell, Cells, Comparison, Item, ItemEvent, KeyEvent, Kind, Mention, Programme, Rundown, Sentence, State, Story};
pub use transcript::{Cue, Oddity, Time, TimedWord, Transcript, TranscriptNote};
