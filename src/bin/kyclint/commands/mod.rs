//! One file a verb: its arguments and what it does.

pub mod audit;
pub mod checks;
pub mod config;
pub mod evaluate;
pub mod inspect;
pub mod judge;
pub mod suggest_labels;
#[cfg(feature = "synth")]
pub mod synth;
pub mod tune;

mod labelled;
mod output;
mod overlay;

use crate::args::Cli;
use crate::args::Command;
use crate::exit::Exit;

/// Columns that the name of a check takes in lists.
const NAME: usize = 23;

pub fn run(cli: &Cli) -> anyhow::Result<Exit> {
    match &cli.command {
        Command::Audit(args) => audit::run(args, &cli.global),
        Command::Inspect(args) => inspect::run(args),
        Command::Judge(args) => judge::run(args),
        Command::Evaluate(args) => evaluate::run(args),
        Command::Tune(args) => tune::run(args),
        Command::SuggestLabels(args) => suggest_labels::run(args),
        Command::Checks(args) => checks::run(args),
        Command::Config(args) => config::run(args),
        #[cfg(feature = "synth")]
        Command::Synth(args) => synth::run(args, &cli.global),
    }
}
