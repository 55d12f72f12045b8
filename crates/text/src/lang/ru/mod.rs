//! Russian: words need no splitting.

pub(crate) mod inflect;
