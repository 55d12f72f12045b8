//! How the program ends.

use std::process::ExitCode;

/// The exit status, as the scripts that call marsad see it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// 0: everything was read.
    AllRead,
    /// 1: some documents could not be read.
    SomeUnread,
    /// 2: wrong usage, or nothing was done.
    Nothing,
    /// 130: interrupted, as shells count it.
    Interrupted,
}

impl Ending {
    /// The ending of a command that read so many documents and failed at so many.
    pub fn of(read: u64, failed: u64) -> Ending {
        match (read, failed) {
            (0, _) => Ending::Nothing,
            (_, 0) => Ending::AllRead,
            _ => Ending::SomeUnread,
        }
    }
}

impl From<Ending> for ExitCode {
    fn from(ending: Ending) -> ExitCode {
        ExitCode::from(match ending {
            Ending::AllRead => 0,
            Ending::SomeUnread => 1,
            Ending::Nothing => 2,
            Ending::Interrupted => 130,
        })
    }
}
