use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::Value;

use super::run::held_json;
use crate::budget::Held;
use crate::config::Settings;
use crate::config::render_judging;
use crate::record::Summary;

/// What `run.json` says of a run.
#[derive(Debug, Serialize)]
pub struct RunInfo {
    /// Version of kyclint.
    pub version: &'static str,
    /// Whether every photo has a row.
    pub complete: bool,
    /// How many rows there are of what.
    pub counts: Counts,
    /// What could not be looked at, in words.
    pub warnings: Vec<String>,
    /// BLAKE3 of the effective configuration.
    pub config_hash: String,
    /// The effective configuration without the budget, TOML.
    pub config: String,
    /// Day on which documents had to be valid, YYYY-MM-DD; absent where it is not known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// What the run was held to, and what came of it; absent where it was held to nothing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub budgets: Vec<Value>,
    /// When and how fast; absent where a report was judged again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timing: Option<Timing>,
}

/// Rows by kind.
#[derive(Debug, Serialize)]
pub struct Counts {
    /// Rows in the report.
    pub rows: usize,
    /// Photos without a row, because the run was stopped.
    pub missing: usize,
    /// Rows taken over from an earlier run instead of measured.
    pub taken_over: usize,
    /// Rows by verdict.
    pub verdicts: BTreeMap<&'static str, usize>,
    /// Rows by primary category.
    pub primary_categories: BTreeMap<&'static str, usize>,
    /// Submissions by verdict; absent where there are none.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub submissions: BTreeMap<&'static str, usize>,
    /// Submissions by rule that they break.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub submission_rules: BTreeMap<&'static str, usize>,
    /// Captures by verdict; empty where there are none.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub captures: BTreeMap<&'static str, usize>,
    /// Photos that stand in several submissions or, without one, several times.
    pub duplicate_photos: usize,
}

/// When and how fast.
#[derive(Debug, Serialize)]
pub struct Timing {
    /// Start of the run, UTC.
    pub started_at: String,
    /// Wall-clock seconds.
    pub seconds: f64,
    /// Photos in work at once.
    pub jobs: usize,
    /// Rows a second.
    pub photos_per_second: f64,
}

impl RunInfo {
    /// What is known before timing.
    #[must_use]
    pub fn new(summary: &Summary, settings: &Settings, warnings: Vec<String>) -> Self {
        Self {
            version: env!("CARGO_PKG_VERSION"),
            complete: summary.missing == 0,
            counts: Counts {
                rows: summary.rows,
                missing: summary.missing,
                taken_over: summary.taken_over,
                verdicts: summary.verdicts.iter().map(|(verdict, count)| (verdict.id(), *count)).collect(),
                primary_categories: summary
                    .categories
                    .iter()
                    .map(|(category, count)| (category.id(), *count))
                    .collect(),
                submissions: summary.submissions.iter().map(|(verdict, count)| (verdict.id(), *count)).collect(),
                captures: summary.captures.iter().map(|(verdict, count)| (verdict.id(), *count)).collect(),
                submission_rules: summary.rules.iter().map(|(rule, count)| (rule.id(), *count)).collect(),
                duplicate_photos: summary.duplicate_photos,
            },
            warnings,
            config_hash: settings.hash(),
            config: render_judging(settings),
            as_of: settings.as_of.map(|day| day.to_string()),
            budgets: Vec::new(),
            timing: None,
        }
    }

    /// The same with what came of what the run was held to.
    #[must_use]
    pub fn with_budgets(self, held: &[Held]) -> Self {
        Self { budgets: held.iter().map(held_json).collect(), ..self }
    }

    /// What stands in a Parquet file's footer: the parts that are equal for equal input.
    #[must_use]
    pub fn footer(settings: &Settings) -> Vec<(String, String)> {
        let mut footer = vec![
            ("kyclint.version".to_owned(), env!("CARGO_PKG_VERSION").to_owned()),
            ("kyclint.config_hash".to_owned(), settings.hash()),
            ("kyclint.config".to_owned(), render_judging(settings)),
        ];
        footer.extend(settings.as_of.map(|day| ("kyclint.as_of".to_owned(), day.to_string())));
        footer
    }
}
