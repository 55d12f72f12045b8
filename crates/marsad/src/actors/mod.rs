//! Who acts: names of countries, places, organisations and people, and words for roles, found in sentences and resolved to code and sector.
//!
//! [`Actors`] holds the tables in matching form for one language; [`Actors::mentions`] finds names in a sentence; [`resolve`] composes what a noun phrase
//! means ("the Russian deputy foreign minister" is RUS GOV). It decides nothing about events.

mod agreement;
mod apart;
mod atoms;
mod cases;
mod cells;
mod closed;
pub(crate) mod codes;
// The build reads it too; each of the two uses only a part.
#[allow(dead_code)]
mod cut;
mod dateline;
mod declined;
mod entities;
mod geo;
mod inventory;
mod load;
mod memory;
// The build reads it too; each of the two uses only a part.
#[allow(dead_code)]
mod named;
mod names;
mod outlet;
mod refer;
pub mod resolve;
mod shapes;
mod spelling;
// The build reads it too; each of the two uses only a part.
#[allow(dead_code)]
mod trie;
mod united;

// The files that the build reads too find them under the same names there.
use crate::forms::vary;
use crate::hash;

pub use dateline::Dateline;
pub use geo::Geo;
pub(crate) use geo::known_places;
pub use inventory::{Actors, End, Known, Office, RoleKind, office_on};
pub use memory::Memory;
pub use names::{Found, Mentions};
pub(crate) use shapes::of as shape;
pub(crate) use united::has_offices;

/// The built-in tables of this room.
pub(crate) static TABLES: &[(&str, &str)] = &[
    ("actors/countries.tsv", include_str!("countries.tsv")),
    ("actors/metonyms.tsv", include_str!("metonyms.tsv")),
    ("actors/outlets.tsv", include_str!("outlets.tsv")),
    ("actors/roles/en.tsv", include_str!("roles/en.tsv")),
    ("actors/roles/ru.tsv", include_str!("roles/ru.tsv")),
    ("actors/roles/ar.tsv", include_str!("roles/ar.tsv")),
];

/// The names and the roles of a language as the build has put them into tries (zstd).
pub(super) fn made_tries(lang: marsad_text::Lang) -> [&'static [u8]; 2] {
    macro_rules! tries {
        ($lang:literal) => {
            [include_bytes!(concat!(env!("OUT_DIR"), "/", $lang, ".names")).as_slice(), include_bytes!(concat!(env!("OUT_DIR"), "/", $lang, ".roles"))]
        };
    }
    match lang {
        marsad_text::Lang::Ar => tries!("ar"),
        marsad_text::Lang::En => tries!("en"),
        marsad_text::Lang::Ru => tries!("ru"),
    }
}

/// A table as the build has packed it.
macro_rules! packed {
    ($name:literal) => {
        (concat!("actors/", $name, ".tsv"), include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".columns")))
    };
}

/// The largest built-in tables of this room.
pub(crate) static PACKED: &[(&str, &[u8])] = &[packed!("organisations"), packed!("people"), packed!("places")];
