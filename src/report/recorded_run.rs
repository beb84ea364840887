//! What stands in and beside a report about the run that wrote it.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use jiff::civil::Date;
#[cfg(feature = "tables")]
use polars::prelude as pl;
#[cfg(feature = "tables")]
use polars::prelude::SerReader;
use serde_json::Value;

use super::ReportError;
use crate::config::Settings;
use crate::verdict::Policy;

/// What a report tells of its run, by the footer of its Parquet and the `run.json` beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RecordedRun {
    /// Version of kyclint.
    pub version: Option<String>,
    /// BLAKE3 of the effective configuration.
    pub config_hash: Option<String>,
    /// The effective configuration, TOML.
    pub config: Option<String>,
    /// Day on which documents had to be valid.
    pub as_of: Option<Date>,
    /// Photos without a row, because the run was stopped; 0 where nothing is known.
    pub missing: usize,
    /// What could not be looked at, in words.
    pub warnings: Vec<String>,
}

/// The table of photos at `path`: the file itself, or `report.parquet`, else `report.csv`, of a folder.
///
/// # Errors
/// When the folder has neither.
pub fn table_of(path: &Path) -> Result<PathBuf, ReportError> {
    if !path.is_dir() {
        return Ok(path.to_owned());
    }
    let tables = ["report.parquet", "report.csv"].map(|name| path.join(name));
    tables.into_iter().find(|table| table.is_file()).ok_or_else(|| ReportError::NoTable(path.to_owned()))
}

impl RecordedRun {
    /// What is recorded of the run that wrote `table`. What cannot be read is absent.
    #[must_use]
    pub fn of(table: &Path) -> Self {
        let beside = Self::beside(table);
        let own = Self::within(table);
        if own.config_hash.is_none() {
            return beside;
        }
        // A `run.json` of another configuration is of another run.
        if beside.config_hash != own.config_hash {
            return own;
        }
        Self { missing: beside.missing, warnings: beside.warnings, ..own }
    }

    /// The policy with the rules of submissions and captures that were in force; `None` where they are not recorded or not understood.
    ///
    /// Bands are left out: those of an older version may be of checks that are no more.
    #[must_use]
    pub fn second_pass(&self) -> Option<Policy> {
        let mut table: toml::Table = self.config.as_deref()?.parse().ok()?;
        table.retain(|key, _| key == "submission" || key == "capture");
        let mut settings = Settings::default();
        settings.overlay("the recorded configuration", &table.to_string()).ok()?;
        Some(settings.policy)
    }

    fn beside(table: &Path) -> Self {
        let bytes = fs::read(table.with_file_name("run.json")).ok();
        let run: Value = bytes.and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
        let text = |key: &str| run[key].as_str().map(str::to_owned);
        Self {
            version: text("version"),
            config_hash: text("config_hash"),
            config: text("config"),
            as_of: run["as_of"].as_str().and_then(|day| day.parse().ok()),
            warnings: run["warnings"]
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(Value::as_str)
                .map(str::to_owned)
                .collect(),
            missing: run["counts"]["missing"].as_u64().unwrap_or_default() as usize,
        }
    }

    #[cfg(feature = "tables")]
    fn within(table: &Path) -> Self {
        let footer = |file| super::parquet_rows::footer(&mut pl::ParquetReader::new(file)).ok();
        let pairs = fs::File::open(table).ok().and_then(footer).unwrap_or_default();
        let text = |key: &str| pairs.iter().find(|(name, _)| name == key).map(|(_, value)| value.clone());
        Self {
            version: text("kyclint.version"),
            config_hash: text("kyclint.config_hash"),
            config: text("kyclint.config"),
            as_of: text("kyclint.as_of").and_then(|day| day.parse().ok()),
            ..Self::default()
        }
    }

    #[cfg(not(feature = "tables"))]
    fn within(_: &Path) -> Self {
        Self::default()
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::RecordedRun;
    use super::table_of;
    use crate::verdict::Consequence;
    use crate::verdict::Rule;

    #[test]
    fn a_folder_stands_for_its_parquet_else_for_its_csv() {
        let folder = tempfile::tempdir().unwrap();
        let error = table_of(folder.path()).unwrap_err().to_string();
        assert!(error.ends_with("has neither report.parquet nor report.csv"), "{error}");
        for name in ["report.csv", "report.parquet"] {
            fs::write(folder.path().join(name), "").unwrap();
            assert_eq!(table_of(folder.path()).unwrap(), folder.path().join(name));
        }
    }

    #[test]
    fn rules_of_submissions_are_read_whatever_checks_there_were() {
        let config = "[submission]\nmissing_side = \"off\"\n[default.smudges]\nreject_above = 1\n".to_owned();
        let run = RecordedRun { config: Some(config), ..RecordedRun::default() };
        let policy = run.second_pass().unwrap();
        assert_eq!(policy.submission.consequence(Rule::MissingSide), Consequence::Off);
        assert_eq!(RecordedRun::default().second_pass(), None);
    }

    #[test]
    fn a_run_json_beside_a_csv_tells_of_its_run() {
        let folder = tempfile::tempdir().unwrap();
        let json = r#"{"version": "0.0.9", "config_hash": "ab", "counts": {"missing": 3}}"#;
        fs::write(folder.path().join("run.json"), json).unwrap();
        fs::write(folder.path().join("report.csv"), "path,verdict\n").unwrap();
        let run = RecordedRun::of(&folder.path().join("report.csv"));
        assert_eq!((run.version.as_deref(), run.missing), (Some("0.0.9"), 3));
    }
}
