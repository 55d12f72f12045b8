//! What happened: rows propose events at trigger words, frames say who did it to whom, the factuality layer says whether it did happen.
//!
//! Nothing here knows a language or an event type: words, frames and conditions are rows of the tables beside this file.

mod code;
mod company;
mod contexts;
mod factuality;
mod feature;
mod finding;
mod frame;
mod glance;
mod judge;
mod learned;
mod lexicon;
mod linker;
mod place;
mod prepositions;
mod reader;
mod scale;
mod sides;
mod silent;
mod size;
mod slots;
mod timing;
mod trigger;
mod twins;
mod verdict;
mod voice;
pub mod when;

pub use code::{Event, Knowledge, Seen, code_sentence, decoys, diagnose, proposals};
pub use company::{Companion, company};
pub use contexts::{Contexts, Tally, Topics};
pub use factuality::Factuality;
pub use feature::Feature;
pub use finding::{Cue, Effect, Finding};
pub use glance::{Glance, LEAST, is_glanced};
pub use judge::{Judge, Setting};
pub use learned::Weighed;
pub use lexicon::{EventRow, Lexicon};
pub use linker::{Link, Linker};
pub use reader::{Insight, Reader};
pub use scale::intensity;
pub use size::{Count, Sizes};
pub use verdict::{UNREAL, Verdict};

use marsad_text::Lang;

use crate::tables::{Shape, TableError, TableErrors, Tables};

/// The tables of one type in all languages.
macro_rules! types {
    ($($folder:literal),+ $(,)?) => {
        &[
            $(
                (concat!("events/types/", $folder, "/en.tsv"), include_str!(concat!("types/", $folder, "/en.tsv"))),
                (concat!("events/types/", $folder, "/ru.tsv"), include_str!(concat!("types/", $folder, "/ru.tsv"))),
                (concat!("events/types/", $folder, "/ar.tsv"), include_str!(concat!("types/", $folder, "/ar.tsv"))),
            )+
            ("events/factuality/en.tsv", include_str!("factuality/en.tsv")),
            ("events/factuality/ru.tsv", include_str!("factuality/ru.tsv")),
            ("events/factuality/ar.tsv", include_str!("factuality/ar.tsv")),
            ("events/perfective/ru.tsv", include_str!("perfective/ru.tsv")),
            ("events/contexts/en.tsv", include_str!("contexts/en.tsv")),
            ("events/contexts/ru.tsv", include_str!("contexts/ru.tsv")),
            ("events/contexts/ar.tsv", include_str!("contexts/ar.tsv")),
            ("events/size/en.tsv", include_str!("size/en.tsv")),
            ("events/size/ru.tsv", include_str!("size/ru.tsv")),
            ("events/size/ar.tsv", include_str!("size/ar.tsv")),
        ]
    };
}

/// The built-in tables of this room, a static, so that their text is in the program once. A new type is one name here and one folder.
pub(crate) static TABLES: &[(&str, &str)] = types![
    "agree",
    "consult",
    "support",
    "concede",
    "cooperate",
    "aid",
    "retreat",
    "request",
    "accuse",
    "reject",
    "threaten",
    "protest",
    "sanction",
    "mobilize",
    "coerce",
    "assault",
    "none",
];

/// The shape of the table at a path, if it is one of this room.
pub(crate) fn shape(path: &str) -> Option<Shape> {
    match path.strip_prefix("events/")? {
        path if path.starts_with("types/") => Some(lexicon::SHAPE),
        path if path.starts_with("factuality/") => Some(factuality::SHAPE),
        "perfective/ru.tsv" => Some(factuality::PERFECTIVE),
        path if path.starts_with("contexts/") => Some(contexts::SHAPE),
        path if path.starts_with("size/") => Some(size::SHAPE),
        _ => None,
    }
}

/// Everything that is wrong with this room's tables.
pub(crate) fn check(tables: &Tables, lang: Lang) -> Vec<TableError> {
    let mut problems = Vec::new();
    let mut note = |result: Result<(), TableErrors>| problems.extend(result.err().map(|e| e.0).unwrap_or_default());
    note(Lexicon::load(tables, lang).map(drop));
    note(Err(TableErrors(prepositions::misspelt(tables, lang))));
    note(Factuality::load(tables, lang).map(drop));
    note(Contexts::load(tables, lang).map(drop));
    note(Sizes::load(tables, lang).map(drop));
    problems
}
