//! Reports that are read back, judged and written anew.

use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;
use kyclint::config::Settings;
use kyclint::record::Row;
use kyclint::record::Summary;
use kyclint::report::Gallery;
use kyclint::report::Recorded;
use kyclint::report::RecordedRun;
use kyclint::report::RunInfo;
use kyclint::report::table_of;

use super::output::Output;
use super::output::OutputArgs;
use crate::exit::Exit;

/// A report that was read.
pub struct Opened {
    /// Its table of photos.
    pub table: PathBuf,
    /// What it tells of its run.
    pub run: RecordedRun,
    recorded: Recorded,
}

impl Opened {
    /// Reads a report: its folder, or its table of photos; `verb` says what for.
    pub fn read(report: &Path, verb: &str) -> anyhow::Result<Self> {
        let unreadable = || format!("cannot {verb} {}", report.display());
        let table = table_of(report).with_context(unreadable)?;
        let recorded = Recorded::open(&table).with_context(unreadable)?;
        if recorded.rows.is_empty() {
            bail!("the report {} has no rows; nothing was written", report.display());
        }
        Ok(Self { run: RecordedRun::of(&table), table, recorded })
    }

    /// Judges its rows under `settings` and writes them; the day to which days were counted stays. `draw` makes the pictures of the page.
    pub fn write(
        self,
        settings: Settings,
        output_args: &OutputArgs,
        draw: impl FnOnce(&Gallery, &[Row], &Settings) -> anyhow::Result<()>,
    ) -> anyhow::Result<Exit> {
        let Recorded { mut rows, extra, unrecorded, .. } = self.recorded;
        let RecordedRun { missing, warnings, as_of, .. } = self.run;
        let settings = Settings { as_of, ..settings };
        let mut output = Output::open(output_args, &extra, &settings)?;
        output.note_unrecorded(unrecorded);
        let mut summary = Summary { missing, ..Summary::default() };
        for row in &mut rows {
            row.judge(&settings.policy);
            summary.count(row);
            output.write(row)?;
        }
        if let Some(gallery) = output.gallery() {
            draw(&gallery, &rows, &settings)?;
        }
        output.judge_submissions(&mut summary, &settings)?;
        let published = output.publish(RunInfo::new(&summary, &settings, warnings))?;
        Ok(OutputArgs::conclude(&summary, &published))
    }
}
