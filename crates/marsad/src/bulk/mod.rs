//! Many documents: the coder on all cores, results in the order of the input, memory bounded, interrupted runs continued.
//!
//! [`code_into`] is the whole of `marsad code`: it reads inputs, codes them, writes records and keeps a note of how far it came. [`code_shard`] is
//! the unit of work of anything larger than a machine, a file in and a file out; [`code_batch`] is the same for record batches in memory. What
//! comes out depends on the inputs and options only, never on the number of threads.

#[cfg(feature = "parquet")]
mod batch;
mod chunks;
mod code;
mod ordered;
mod run;
mod shard;
mod state;
mod tally;

#[cfg(feature = "parquet")]
pub use batch::{BatchError, code_batch};
pub use chunks::size;
pub use code::{Done, Failure};
pub use run::{Ended, Job, Resume, RunError, Target, Watch, code_into};
pub use shard::{Shard, code_shard};
pub use state::unfinished;
pub use tally::Tally;
