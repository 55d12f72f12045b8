//! marsad reads the news: who did what to whom, when and where, in Arabic, Russian and English, with the words that prove it.
//!
//! A [`model::Document`] comes in, [`model::Record`]s go out; [`pipeline::Coder`] knows the way.

pub use marsad_text as text;

pub mod actors;
pub mod analysis;
pub mod bulk;
pub mod events;
mod forms;
mod hash;
pub mod import;
pub mod language;
pub mod model;
pub mod pipeline;
pub mod source;
pub mod store;
pub mod tables;
pub mod tree;
