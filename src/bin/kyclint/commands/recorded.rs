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
use kyclint::words::Language;
use kyclint::words::letter_for;
use kyclint::words::letter_for_photo;

use super::output::Output;
use super::output::OutputArgs;
use crate::args::SettingsArgs;
use crate::exit::Exit;

/// A report that was read.
pub struct Opened {
    /// Its table of photos.
    pub table: PathBuf,
    /// What it tells of its run.
    pub run: RecordedRun,
    /// Its rows.
    pub recorded: Recorded,
}

impl Opened {
    /// Reads a report, also one without rows: its folder, or its table of photos; `verb` says what for.
    pub fn any(report: &Path, verb: &str) -> anyhow::Result<Self> {
        let unreadable = || format!("cannot {verb} {}", report.display());
        let table = table_of(report).with_context(unreadable)?;
        let recorded = Recorded::open(&table).with_context(unreadable)?;
        Ok(Self { run: RecordedRun::of(&table), table, recorded })
    }

    /// Reads a report that has rows.
    pub fn read(report: &Path, verb: &str) -> anyhow::Result<Self> {
        let opened = Self::any(report, verb)?;
        if opened.recorded.rows.is_empty() {
            bail!("the report {} has no rows; nothing was written", report.display());
        }
        Ok(opened)
    }

    /// The configuration that is asked for, else the one that is recorded with the report, else the defaults.
    pub fn settings(&self, asked: &SettingsArgs) -> anyhow::Result<Settings> {
        if asked.is_given() {
            return asked.load();
        }
        let mut settings = Settings::default();
        if let Some(text) = &self.run.config {
            let laid = settings.overlay("the configuration recorded with the report", text);
            laid.context("this version does not know all of it; give one with --config or --preset")?;
        } else {
            tracing::warn!("no configuration is recorded with the report; it is judged under the defaults");
        }
        Ok(settings)
    }

    /// The letter about the submission `id`, judged under `settings`.
    pub fn letter(mut self, id: &str, settings: &Settings, language: Language) -> anyhow::Result<String> {
        // Where photos have no row, nobody can say what a submission lacks.
        if self.run.missing > 0 {
            bail!(
                "the run was stopped and {} photos have no row: audit them first, or write about one with `kyclint letter --photo`",
                self.run.missing
            );
        }
        Ok(letter_for(self.judged(settings), id, &settings.policy, language)?)
    }

    /// The letter about the photo at `path`, judged under `settings`.
    pub fn letter_about_photo(mut self, path: &str, settings: &Settings, language: Language) -> anyhow::Result<String> {
        Ok(letter_for_photo(self.judged(settings), path, language)?)
    }

    fn judged(&mut self, settings: &Settings) -> &[Row] {
        for row in &mut self.recorded.rows {
            row.judge(&settings.policy);
        }
        &self.recorded.rows
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
