//! What the program says on standard error.

use std::{
    fmt,
    io::{self, Write},
    panic::PanicHookInfo,
};

use marsad::store::{Problem, StoreError};

/// Says something in a line of its own. When nobody listens any more, nobody is told.
pub fn say(message: impl fmt::Display) {
    let _ = writeln!(io::stderr(), "{message}");
}

/// Says what is wrong.
pub fn complain(message: impl fmt::Display) {
    say(format_args!("marsad: {message}"));
}

/// Names standard output in an error of writing to it.
pub fn stdout_error(error: io::Error) -> StoreError {
    StoreError { target: "stdout".to_owned(), problem: Problem::Write(error) }
}

/// One line for a fault of the program's own, in place of a stack of calls.
pub fn internal_error(fault: &PanicHookInfo<'_>) {
    let text = fault.payload_as_str().unwrap_or_default().replace(char::is_control, " ");
    let place = fault.location().map(|place| format!(" at {}:{}", place.file(), place.line())).unwrap_or_default();
    complain(format_args!("internal error{place}: {text}"));
}
