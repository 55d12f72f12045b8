//! What a person sees. Views know nothing of language or politics; they know terminals.

pub mod bidi;
pub mod data;
pub mod document;
pub mod events;
pub mod evidence;
pub mod explanation;
pub mod number;
pub mod rundown;
mod screen;
pub mod table;
pub mod text;
pub mod tree;

pub use screen::{Screen, styles};

#[cfg(test)]
mod samples;
