//! Arabic: conjunctions, prepositions and pronouns are written together with their hosts and come apart here.

mod candidates;
mod clitics;
pub(crate) mod inflect;
mod letters;
mod passive;
mod spelling;

pub use candidates::{Candidate, candidate_for, candidates};
pub use clitics::{Buffers, Clitics, Context, Seen, Sight, all_seen, key, sure};
pub use letters::Letters;
pub use passive::looks_passive;
pub use spelling::{Spelling, agrees, beginnings, host_key, place_key};
