use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use clap::Parser;
use clap::Subcommand;
use clap::ValueEnum;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use kyclint::config::LENIENT;
use kyclint::config::STRICT;
use kyclint::config::Settings;
use kyclint::words::Language;

use crate::commands::audit::AuditArgs;
use crate::commands::checks::ChecksArgs;
use crate::commands::compare::CompareArgs;
use crate::commands::config::ConfigArgs;
use crate::commands::evaluate::EvaluateArgs;
use crate::commands::inspect::InspectArgs;
use crate::commands::judge::JudgeArgs;
use crate::commands::letter::LetterArgs;
use crate::commands::report::ReportArgs;
use crate::commands::suggest_labels::SuggestLabelsArgs;
#[cfg(feature = "synth")]
use crate::commands::synth::SynthArgs;
use crate::commands::tune::TuneArgs;

/// A linter for photos of identity documents and selfies: measures, judges and explains them, offline.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 110, after_help = AFTER_HELP)]
pub struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub global: GlobalArgs,
}

const AFTER_HELP: &str = "\
Exit codes:
  0    done, nothing that --fail-on names, and every condition of --budget met
  1    done, with findings that --fail-on names or a condition that is not met
  2    wrong use, wrong configuration, no photo found, a run that could not finish,
       or a condition that cannot be evaluated
  130  stopped by Ctrl-C; what was measured is in the report

Examples:
  kyclint audit photos/ --out report
  kyclint inspect photos/passport/0001.jpg
  kyclint checks resolution";

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Measure and judge photos, and write a report
    Audit(AuditArgs),
    /// Explain one photo in words
    Inspect(InspectArgs),
    /// Judge the numbers of a report under another configuration, without opening a photo
    Judge(JudgeArgs),
    /// Write the message to one applicant: what is wrong, and how to retake each photo
    ///
    /// It is printed as plain text. It names photos by their document type and holds no file name, no number and nothing that was
    /// read from a document. Without --preset and --config the report is judged under the configuration recorded beside it.
    Letter(LetterArgs),
    /// Render a report in other formats
    Report(ReportArgs),
    /// Tell what changed between two reports, and how far the numbers have drifted
    Compare(CompareArgs),
    /// Compare a report with labels: what is found, missed and rejected for nothing
    Evaluate(EvaluateArgs),
    /// Move limits to where labelled photos are judged best, and write them as TOML
    Tune(TuneArgs),
    /// Name the photos whose labels would help most
    SuggestLabels(SuggestLabelsArgs),
    /// List the checks, or explain one
    Checks(ChecksArgs),
    /// Show, check or describe the configuration
    Config(ConfigArgs),
    /// Draw fictitious documents and photograph them with known faults
    #[cfg(feature = "synth")]
    Synth(SynthArgs),
}

#[derive(Args, Debug)]
pub struct GlobalArgs {
    /// Say nothing on standard error but errors
    #[arg(long, short, global = true, display_order = 900)]
    pub quiet: bool,
    /// How messages on standard error look
    #[arg(long, global = true, display_order = 901, value_enum, default_value_t, value_name = "FORMAT")]
    pub log_format: LogFormat,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
pub enum LogFormat {
    /// For people: a progress bar on a terminal, plain lines elsewhere
    #[default]
    Text,
    /// For machines: one JSON object a line
    Json,
}

impl LogFormat {
    pub fn is_json(self) -> bool {
        matches!(self, Self::Json)
    }
}

/// Where the configuration comes from.
#[derive(Args, Debug)]
pub struct SettingsArgs {
    /// A shipped configuration to start from instead of the defaults
    #[arg(long, value_enum)]
    pub preset: Option<Preset>,
    /// A TOML file to lay over it; may be repeated, later files win
    #[arg(long, short, value_name = "FILE")]
    pub config: Vec<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Preset {
    /// Lets fewer photos pass
    Strict,
    /// Lets more photos pass
    Lenient,
}

/// The day on which documents must be valid.
#[derive(Args, Clone, Copy, Debug)]
pub struct AsOfArgs {
    /// Day on which documents must be valid, as 2026-12-31; else today, UTC
    #[arg(long, value_name = "DATE")]
    as_of: Option<Date>,
}

impl AsOfArgs {
    pub fn day(self) -> Date {
        self.as_of.unwrap_or_else(today)
    }
}

/// The language of what is said to the person who submits.
#[derive(Args, Clone, Copy, Debug)]
pub struct LangArgs {
    /// Language of names and advice: en, zh, ja or ko. Ids, numbers and what is drawn on photos stay English
    #[arg(long, value_name = "LANGUAGE")]
    pub lang: Option<Language>,
}

/// Today, UTC.
pub fn today() -> Date {
    Timestamp::now().to_zoned(TimeZone::UTC).date()
}

impl SettingsArgs {
    /// Whether a configuration is given.
    pub fn is_given(&self) -> bool {
        self.preset.is_some() || !self.config.is_empty()
    }

    /// The effective configuration.
    pub fn load(&self) -> anyhow::Result<Settings> {
        let mut settings = Settings::default();
        match self.preset {
            Some(Preset::Strict) => settings.overlay("strict.toml", STRICT)?,
            Some(Preset::Lenient) => settings.overlay("lenient.toml", LENIENT)?,
            None => {}
        }
        for path in &self.config {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("cannot read the configuration {}", path.display()))?;
            settings.overlay(&path.display().to_string(), &text)?;
        }
        Ok(settings)
    }
}
