//! One file a verb: its arguments and what it does.

pub mod audit;
pub mod checks;
pub mod compare;
pub mod config;
pub mod evaluate;
pub mod inspect;
pub mod judge;
pub mod letter;
pub mod report;
pub mod suggest_labels;
#[cfg(feature = "synth")]
pub mod synth;
pub mod tune;

mod kept;
mod labelled;
mod output;
mod overlay;
mod page;
mod recorded;
mod spoken;
mod sums;

use std::path::Path;

use anyhow::Context;
use kyclint::report::Folder;

use crate::args::Cli;
use crate::args::Command;
use crate::exit::Exit;

/// Columns that the name of a check takes in lists.
const NAME: usize = 23;

/// Puts a file in place, whole or not at all, readable by its owner only.
fn put(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    let name = path.file_name().with_context(|| format!("{} names no file", path.display()))?;
    let folder = path.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let mut folder = Folder::create(folder)?;
    folder.put(name, bytes)?;
    folder.publish()?;
    tracing::info!("wrote {}", path.display());
    Ok(())
}

/// Whether both are one file that is there.
fn is_same_file(one: &Path, other: &Path) -> bool {
    one.canonicalize().is_ok_and(|one| other.canonicalize().is_ok_and(|other| one == other))
}

pub fn run(cli: &Cli) -> anyhow::Result<Exit> {
    match &cli.command {
        Command::Audit(args) => audit::run(args, &cli.global),
        Command::Inspect(args) => inspect::run(args),
        Command::Judge(args) => judge::run(args),
        Command::Letter(args) => letter::run(args),
        Command::Report(args) => report::run(args),
        Command::Compare(args) => compare::run(args),
        Command::Evaluate(args) => evaluate::run(args),
        Command::Tune(args) => tune::run(args),
        Command::SuggestLabels(args) => suggest_labels::run(args),
        Command::Checks(args) => checks::run(args),
        Command::Config(args) => config::run(args),
        #[cfg(feature = "synth")]
        Command::Synth(args) => synth::run(args, &cli.global),
    }
}
