//! The `marsad` program: reads arguments, calls the library, prints.

mod commands;
mod ending;
mod messages;
mod view;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    std::panic::set_hook(Box::new(messages::internal_error));
    let arguments = commands::Arguments::parse();
    let ending = std::panic::catch_unwind(|| arguments.command.run());
    ending.unwrap_or(ending::Ending::Nothing).into()
}
