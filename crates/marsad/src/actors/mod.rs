//! Who acts: names of countries, places, organisations and people, and words for roles, found in sentences and resolved to code and sector.
//!
//! [`Actors`] holds the tables in matching form for one language; [`Actors::mentions`] finds names in a sentence; [`resolve`] composes what a noun phrase
//! means ("the Russian deputy foreign minister" is RUS GOV). It decides nothing about events.

mod agreement;
mod apart;
mod atoms;
mod cells;
pub(crate) mod codes;
mod cut;
mod declined;
mod entities;
mod geo;
mod inventory;
mod load;
mod memory;
mod names;
mod outlet;
mod refer;
pub mod resolve;
mod shapes;
mod spelling;

pub use geo::Geo;
pub(crate) use geo::known_places;
pub use inventory::{Actors, Known, Office, RoleKind, office_on};
pub use memory::Memory;
pub use names::{Found, Mentions};
pub(crate) use shapes::of as shape;

/// The built-in tables of this room.
pub(crate) static TABLES: &[(&str, &str)] = &[
    ("actors/countries.tsv", include_str!("countries.tsv")),
    ("actors/metonyms.tsv", include_str!("metonyms.tsv")),
    ("actors/outlets.tsv", include_str!("outlets.tsv")),
    ("actors/roles/en.tsv", include_str!("roles/en.tsv")),
    ("actors/roles/ru.tsv", include_str!("roles/ru.tsv")),
    ("actors/roles/ar.tsv", include_str!("roles/ar.tsv")),
];

/// A table as the build has packed it.
macro_rules! packed {
    ($name:literal) => {
        (concat!("actors/", $name, ".tsv"), include_bytes!(concat!(env!("OUT_DIR"), "/", $name, ".columns")))
    };
}

/// The largest built-in tables of this room.
pub(crate) static PACKED: &[(&str, &[u8])] = &[packed!("organisations"), packed!("people"), packed!("places")];
