//! Arabic, Russian and English text to sentences, words, tags, lemmas and dependency trees.
//!
//! Language in, structure out: this crate reads no files, knows nothing of news and keeps no state. A [`Parser`] is loaded once from a model's bytes and
//! shared; each thread owns a [`Scratch`].
//!
//! ```no_run
//! # fn main() -> Result<(), marsad_text::ModelError> {
//! # let bytes: Vec<u8> = Vec::new();
//! let parser = marsad_text::Parser::from_bytes(&bytes)?;
//! let mut scratch = marsad_text::Scratch::default();
//! let analysis = parser.parse("The envoys met in Geneva.", &mut scratch);
//! for word in analysis.words() {
//!     println!("{} {} {}", analysis.form(word), word.upos, word.rel);
//! }
//! # Ok(()) }
//! ```

mod analysis;
pub mod conllu;
pub mod encode;
pub mod inflect;
pub mod lang;
mod linear;
mod morph;
pub mod normal;
pub mod parse;
pub mod segment;
mod span;

pub use analysis::{Analysis, Sentence, Word};
pub use encode::{Encoder, Reading, Spacing};
pub use inflect::Inflect;
pub use lang::{LANGUAGES, Lang};
pub use linear::Linear;
pub use morph::{ATTRIBUTES, Base, Feats, Rel, Upos};
pub use parse::{ModelError, Parser, Scratch};
pub use span::Span;
