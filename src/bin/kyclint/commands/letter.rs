use std::io::Write;
use std::path::PathBuf;

use anyhow::bail;
use clap::Args;

use super::recorded::Opened;
use crate::args::LangArgs;
use crate::args::SettingsArgs;
use crate::exit::Exit;

/// Write the message to one applicant: what is wrong, and how to retake each photo.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  kyclint letter report --submission 0042
  kyclint letter report/report.csv --submission 0042 --lang ko
  kyclint letter report --photo photos/passport/0001.jpg --preset strict")]
pub struct LetterArgs {
    /// A report.parquet or report.csv that `kyclint audit` wrote, or its folder
    report: PathBuf,
    #[command(flatten)]
    about: About,
    #[command(flatten)]
    lang: LangArgs,
    #[command(flatten)]
    settings: SettingsArgs,
}

/// What the letter is about.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
struct About {
    /// Write about all photos of this submission
    #[arg(long, value_name = "ID")]
    submission: Option<String>,
    /// Write about this one photo; its path as it stands in the report
    #[arg(long, value_name = "PATH")]
    photo: Option<String>,
}

pub fn run(args: &LetterArgs) -> anyhow::Result<Exit> {
    let opened = Opened::read(&args.report, "write a letter from")?;
    let settings = opened.settings(&args.settings)?;
    let language = args.lang.lang.unwrap_or_default();
    let letter = match (&args.about.submission, &args.about.photo) {
        (Some(id), _) => opened.letter(id, &settings, language)?,
        (None, Some(path)) => opened.letter_about_photo(path, &settings, language)?,
        (None, None) => bail!("say what the letter is about: --submission or --photo"),
    };
    write!(anstream::stdout().lock(), "{letter}")?;
    Ok(Exit::Clean)
}
