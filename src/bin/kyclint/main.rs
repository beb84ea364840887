//! The command-line program: arguments, progress, exit codes. All measuring and judging is the library's.

mod args;
mod commands;
mod exit;
mod progress;

use std::io::Write as _;

use clap::Parser;
use kyclint::config::ConfigError;
use miette::GraphicalReportHandler;
use miette::GraphicalTheme;

use crate::args::Cli;
use crate::exit::Exit;

fn main() -> std::process::ExitCode {
    let cli = Cli::parse();
    progress::log_to_stderr(&cli.global);
    let done = std::panic::catch_unwind(|| commands::run(&cli));
    done.map_or(Exit::Failure, |done| done.unwrap_or_else(|error| refuse(&cli, &error))).into()
}

/// Tells what went wrong, a mistake in a file with its line and a caret.
fn refuse(cli: &Cli, error: &anyhow::Error) -> Exit {
    if error.chain().any(reader_has_left) {
        return Exit::Clean;
    }
    if cli.global.log_format.is_json() {
        tracing::error!("{error:#}");
        return Exit::Failure;
    }
    let snippet = error.downcast_ref::<ConfigError>().map_or_else(String::new, snippet);
    // Nobody is left to tell when standard error is closed.
    let _ = write!(anstream::stderr().lock(), "error: {error:#}\n{snippet}");
    Exit::Failure
}

/// Whether standard output was closed by its reader, as `head` does.
fn reader_has_left(error: &(dyn std::error::Error + 'static)) -> bool {
    let kind = error.downcast_ref().map(std::io::Error::kind);
    let json = error.downcast_ref::<serde_json::Error>().and_then(serde_json::Error::io_error_kind);
    kind.or(json) == Some(std::io::ErrorKind::BrokenPipe)
}

/// The line of the file with a caret below; what is wrong with it has been said above.
fn snippet(error: &ConfigError) -> String {
    let mut drawn = String::new();
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode()).with_width(110);
    // Writing to a string cannot fail.
    let _ = handler.render_report(&mut drawn, error);
    let frame = drawn.lines().skip_while(|line| !line.contains('╭'));
    let frame = frame.take_while(|line| !line.trim_start().starts_with('╰'));
    frame.fold(String::new(), |snippet, line| snippet + line + "\n")
}
