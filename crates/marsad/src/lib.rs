//! marsad reads the news: who did what to whom, when and where, in Arabic, Russian and English, with the words that prove it.

pub use marsad_text as text;

pub mod bulk;
pub mod model;
pub mod pipeline;
pub mod source;
pub mod store;
