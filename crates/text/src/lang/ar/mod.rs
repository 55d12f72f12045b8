//! Arabic: conjunctions, prepositions and pronouns are written together with their hosts and come apart here.

mod clitics;
pub(crate) mod inflect;

pub use clitics::{Candidate, Clitics, Context, Letters};
pub use clitics::{candidate_for, candidates, key};
