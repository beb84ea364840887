use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use anyhow::bail;
use clap::Args;
use clap::ValueEnum;
use kyclint::audit::SameBy;
use kyclint::audit::fingerprint;
use kyclint::config::Settings;
use kyclint::record::Row;
use kyclint::report::Claim;
use kyclint::report::Conditions;
use kyclint::report::Earlier;
use kyclint::report::MeasuredTable;
use kyclint::report::Parts;
use kyclint::report::ReportError;
use kyclint::report::kept_files;
use kyclint::report::rows_left;

use super::is_same_file;

/// What is taken over from earlier runs, and what is kept for later ones.
#[derive(Args, Debug)]
pub struct KeptArgs {
    /// Take over what an earlier run, finished or not, measured of files that are unchanged, and measure only the others; DIR is
    /// its report folder, also that of --out
    #[arg(long, value_name = "DIR")]
    pub resume: Option<PathBuf>,
    /// How --resume tells that a file is unchanged
    #[arg(long, value_enum, default_value_t, requires = "resume")]
    check: CheckBy,
    /// What was measured is on the disk after so many seconds, should the run be killed
    #[arg(long, value_name = "SECONDS", default_value = "5", value_parser = seconds)]
    flush_seconds: Duration,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum CheckBy {
    /// By its size and the time of its last change
    #[default]
    Time,
    /// By its BLAKE3: every file is read, but not decoded
    Content,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds = text.parse().map_err(|_| "expected a number of seconds".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|error| error.to_string())
}

/// What decides the numbers of a run.
pub fn conditions(settings: &Settings) -> Conditions {
    Conditions { fingerprint: fingerprint(settings), as_of: settings.as_of }
}

impl KeptArgs {
    pub fn same_by(&self) -> SameBy {
        match self.check {
            CheckBy::Time => SameBy::SizeAndTime,
            CheckBy::Content => SameBy::Content,
        }
    }

    /// What earlier runs measured, where it is to be taken over: those in the folder of `--resume`, and the interrupted one in
    /// `out`, the folder of the report, which goes on.
    pub fn earlier(&self, out: Option<&Path>, conditions: &Conditions) -> anyhow::Result<Earlier> {
        let Some(from) = self.resume.as_deref() else { return Ok(Earlier::default()) };
        let is_own = out.is_some_and(|out| out == from || is_same_file(out, from));
        if !kept_files(from).iter().any(|path| path.exists()) {
            if !is_own {
                bail!(
                    "nothing to take over in {}: give the report folder of an earlier run, or leave --resume out",
                    from.display()
                );
            }
            tracing::info!("nothing to take over in {} yet: every photo is measured", from.display());
        }
        let folders = [Some(from), out.filter(|_| !is_own)];
        let earlier = Earlier::read(&folders.into_iter().flatten().collect::<Vec<_>>(), conditions);
        for warning in &earlier.warnings {
            tracing::warn!("{warning}");
        }
        if earlier.outdated > 0 {
            tracing::warn!(
                "{} rows in {} were measured by another build of kyclint or under other `[limits]`: these photos are measured anew",
                earlier.outdated,
                from.display()
            );
        }
        Ok(earlier)
    }
}

/// Keeps what is measured, for later runs and against the death of this one. A report does not fail because this does.
pub struct Kept {
    out: PathBuf,
    parts: Parts,
    /// What takes the place of the parts in the end; `None` once it could not be written.
    table: Option<MeasuredTable>,
    has_warned: bool,
    _claim: Claim,
}

impl Kept {
    /// Claims the report folder `out`.
    pub fn open(args: &KeptArgs, out: &Path, conditions: &Conditions) -> Result<Self, ReportError> {
        let claim = Claim::of(out)?;
        let rows = if args.resume.is_none() { rows_left(out) } else { 0 };
        if rows > 0 {
            tracing::info!("an interrupted run left {rows} rows in {0}: `--resume {0}` takes them over", out.display());
        }
        let parts = Parts::new(out, conditions.clone(), args.flush_seconds);
        let mut kept = Self { out: out.to_owned(), parts, table: None, has_warned: false, _claim: claim };
        match MeasuredTable::create(out, conditions) {
            Ok(table) => kept.table = Some(table),
            Err(error) => kept.warn(error),
        }
        Ok(kept)
    }

    /// Adds a row that was measured, in whatever order.
    pub fn measured(&mut self, row: &Row) {
        if let Err(error) = self.parts.keep(row) {
            self.warn(error);
        }
    }

    /// Adds a row, measured or taken over, in the order of the report.
    pub fn row(&mut self, row: &Row) {
        if let Some(Err(error)) = self.table.as_mut().map(|table| table.keep(row)) {
            self.table = None;
            self.warn(error);
        }
    }

    /// Puts the table in place of the parts where every photo has a row and the report is in its place; else the parts stay.
    pub fn finish(mut self, is_complete: bool) {
        let finished = match self.table.take().filter(|_| is_complete) {
            Some(table) => table.publish().and_then(|()| self.parts.remove()),
            None => self.parts.flush(),
        };
        if !is_complete {
            tracing::info!("what was measured is kept: `--resume {}` goes on", self.out.display());
        }
        if let Err(error) = finished {
            warn(error);
        }
    }

    fn warn(&mut self, error: ReportError) {
        if !std::mem::replace(&mut self.has_warned, true) {
            warn(error);
        }
    }
}

fn warn(error: ReportError) {
    tracing::warn!("what was measured is not kept for --resume: {:#}", anyhow::Error::from(error));
}
