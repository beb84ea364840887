use std::collections::BTreeMap;
use std::io::Read;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::Ordering;
use std::time::Instant;

use anyhow::Context;
use anyhow::bail;
use clap::Args;
use clap::ValueEnum;
use clap::value_parser;
use globset::GlobSet;
use jiff::Timestamp;
use kyclint::audit;
use kyclint::audit::Collected;
use kyclint::audit::Entry;
use kyclint::audit::Event;
use kyclint::audit::Inputs;
use kyclint::audit::Known;
use kyclint::audit::Manifest;
use kyclint::audit::Options;
use kyclint::audit::PathStyle;
use kyclint::audit::Warning;
use kyclint::config::Settings;
use kyclint::record::Row;
use kyclint::record::Source;
use kyclint::record::Summary;
use kyclint::report::Picture;
use kyclint::report::ReportError;
use kyclint::report::RunInfo;
use kyclint::report::Timing;
use kyclint::scene::DocumentType;
use kyclint::scene::Scene;
use kyclint::verdict::Verdict;

use super::kept::Kept;
use super::kept::KeptArgs;
use super::kept::conditions;
use super::output::Output;
use super::output::OutputArgs;
use super::page;
use crate::args::AsOfArgs;
use crate::args::GlobalArgs;
use crate::args::SettingsArgs;
use crate::exit::Exit;
use crate::progress::Progress;

/// Measure and judge photos, and write a report.
///
/// The document type comes from --type, else from the manifest, else from folder and file names: `passport/1.jpg`,
/// `0042/id_card_front.jpg`. Where it is unknown, it is told from what the photo shows; where that leaves it open, only the
/// checks of every type are made.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  kyclint audit photos/ --out report
  kyclint audit photos/ --out nightly --resume nightly   # only what is new or changed is measured
  kyclint audit --manifest photos.csv --preset strict --fail-on reject
  kyclint audit photos/ --format csv,parquet,junit --budget 'reject_rate<=12%; error<=0'
  find photos -newer last-run -print0 | kyclint audit - --format jsonl | jq .verdict")]
pub struct AuditArgs {
    /// Photos and folders; `-` reads a list of paths from standard input, one a line or separated by NUL
    #[arg(required_unless_present = "manifest", value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// CSV with the columns `path`, `document_type`, `submission_id`, for frames `capture_id`, `frame`, `prompt`; others are carried through to the report
    #[arg(long, value_name = "FILE")]
    manifest: Option<PathBuf>,
    /// Document type of every photo
    #[arg(long = "type", value_name = "TYPE")]
    document_type: Option<DocumentType>,
    /// Leave out files below a folder whose path matches, e.g. '*.csv'; may be repeated
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// Walk into hidden files and folders too
    #[arg(long)]
    hidden: bool,
    /// Photos in work at once, at most 256; 0 for one a processor
    #[arg(long, short, default_value_t = 0, value_name = "N", value_parser = value_parser!(u16).range(..=256))]
    jobs: u16,
    /// How paths stand in the report; `hash` needs --path-key
    #[arg(long, value_enum, default_value_t)]
    paths_as: PathsAs,
    /// Secret text for `--paths-as hash`: the same key gives the same hashes
    #[arg(long, env = "KYCLINT_PATH_KEY", hide_env_values = true, value_name = "TEXT")]
    path_key: Option<String>,
    #[command(flatten)]
    as_of: AsOfArgs,
    #[command(flatten)]
    settings: SettingsArgs,
    #[command(flatten)]
    kept: KeptArgs,
    #[command(flatten)]
    output: OutputArgs,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum PathsAs {
    /// As they were given
    #[default]
    Given,
    /// Relative to the folder that was walked
    Relative,
    /// Keyed BLAKE3 of the relative path
    Hash,
}

pub fn run(args: &AuditArgs, global: &GlobalArgs) -> anyhow::Result<Exit> {
    let mut settings = Settings { as_of: Some(args.as_of.day()), ..args.settings.load()? };
    args.output.lay_over(&mut settings)?;
    let options = Options { jobs: args.jobs.into(), paths: args.path_style()? };
    let (inputs, extra) = args.inputs()?;
    let conditions = conditions(&settings);
    let earlier = args.kept.earlier(args.output.folder(), &conditions)?;
    let stop = stop_on_ctrl_c()?;
    let mut progress = Progress::walking(global);
    let Some((entries, warnings)) = find(&inputs, &options.paths, &stop, &mut progress)? else {
        progress.finish();
        tracing::warn!("stopped while looking for photos; nothing was written");
        return Ok(Exit::Interrupted);
    };
    let kept = args.output.folder().map(|out| Kept::open(&args.kept, out, &conditions)).transpose()?;
    let output = Output::open(&args.output, &extra, &settings)?;
    let pictures =
        args.kept.resume.as_deref().zip(output.gallery()).map(|(folder, gallery)| page::earlier(folder, &gallery));
    let mut sinks = Sinks { progress, output, kept, pictures: pictures.unwrap_or_default() };
    sinks.progress.measuring(entries.len());
    let started = (Timestamp::now(), Instant::now());
    let known = Known { find: &|source: &Source| earlier.find(source), same_by: args.kept.same_by() };
    let mut summary = sinks.audit(&entries, &settings, &options, &known, &stop)?;
    let Sinks { progress, mut output, kept, .. } = sinks;
    progress.finish();
    if summary.rows == 0 {
        tracing::warn!("stopped before the first photo; nothing was written");
        return Ok(Exit::Interrupted);
    }

    output.judge_submissions(&mut summary, &settings)?;
    let mut info = RunInfo::new(&summary, &settings, warnings);
    info.timing = Some(timing(started, args.jobs.into(), summary.rows));
    let published = output.publish(info)?;
    if let Some(kept) = kept.filter(|_| has_photo(&summary)) {
        kept.finish(summary.missing == 0);
    }
    if args.kept.resume.is_some() {
        let (taken_over, rows) = (summary.taken_over, summary.rows);
        tracing::info!(
            "{taken_over} of {rows} photos are unchanged and taken over, {} were measured",
            rows - taken_over
        );
    }
    let exit = OutputArgs::conclude(&summary, &published);
    if summary.missing > 0 {
        tracing::warn!("stopped: {} photos are missing from the report", summary.missing);
        return Ok(Exit::Interrupted);
    }
    if !has_photo(&summary) {
        tracing::error!("no photo found: none of the {} files could be assessed, see the column `error`", summary.rows);
        return Ok(Exit::Failure);
    }
    Ok(exit)
}

/// The photos, in the order of their paths in the report, and what could not be looked at, in words; `None` where this was stopped.
fn find(
    inputs: &Inputs,
    paths: &PathStyle,
    stop: &AtomicBool,
    progress: &mut Progress,
) -> anyhow::Result<Option<(Vec<Entry>, Vec<String>)>> {
    let Collected { mut entries, warnings } = audit::collect(inputs, stop, |files| progress.found(files))?;
    if stop.load(Ordering::Relaxed) {
        return Ok(None);
    }
    let warning = |warning: &Warning| format!("{}: {}", paths.path(&warning.entry), warning.reason);
    let warnings: Vec<_> = warnings.iter().map(warning).collect();
    for warning in &warnings {
        tracing::warn!("{warning}");
    }
    if entries.is_empty() {
        bail!("no photo found; nothing was written");
    }
    if matches!(paths, PathStyle::Hash { .. }) {
        entries.sort_by_cached_key(|entry| paths.path(entry));
    }
    Ok(Some((entries, warnings)))
}

/// Whether any of the files could be assessed.
fn has_photo(summary: &Summary) -> bool {
    summary.of(Verdict::Error) < summary.rows
}

/// Who hears of each photo.
struct Sinks {
    progress: Progress,
    output: Output,
    kept: Option<Kept>,
    /// Pictures of an earlier page, for photos that are not opened again.
    pictures: BTreeMap<String, Picture>,
}

impl Sinks {
    fn audit(
        &mut self,
        entries: &[Entry],
        settings: &Settings,
        options: &Options,
        known: &Known,
        stop: &AtomicBool,
    ) -> anyhow::Result<Summary> {
        let mut failure: Option<ReportError> = None;
        let gallery = self.output.gallery();
        let show = |scene: &Scene, row: &Row| {
            if let Some(gallery) = &gallery {
                gallery.see(scene, row);
            }
        };
        let summary = audit::resume(entries, settings, options, known, stop, show, |event| match self.hear(&event) {
            Ok(()) => ControlFlow::Continue(()),
            Err(error) => {
                failure = Some(error);
                ControlFlow::Break(())
            }
        })?;
        match failure {
            Some(error) => Err(error.into()),
            None => Ok(summary),
        }
    }

    fn hear(&mut self, event: &Event) -> Result<(), ReportError> {
        match (event, &mut self.kept) {
            (Event::Measured(row), kept) => {
                self.progress.measured(row);
                if let Some(kept) = kept {
                    kept.measured(row);
                }
            }
            (Event::TakenOver(row), _) => {
                self.progress.taken_over(row);
                if let (Some(gallery), Some(picture)) = (self.output.gallery(), self.pictures.remove(&row.source.path))
                {
                    gallery.add(row, picture);
                }
            }
            (Event::Row(row), kept) => {
                if let Some(kept) = kept {
                    kept.row(row);
                }
                self.output.write(row)?;
            }
        }
        Ok(())
    }
}

impl AuditArgs {
    fn path_style(&self) -> anyhow::Result<PathStyle> {
        Ok(match (self.paths_as, &self.path_key) {
            (PathsAs::Given, _) => PathStyle::Given,
            (PathsAs::Relative, _) => PathStyle::Relative,
            (PathsAs::Hash, Some(key)) if !key.is_empty() => {
                PathStyle::Hash { key: blake3::derive_key("kyclint 2026 path hash", key.as_bytes()) }
            }
            (PathsAs::Hash, _) => bail!("`--paths-as hash` needs a secret: give --path-key or set KYCLINT_PATH_KEY"),
        })
    }

    /// What to audit, and the names of the manifest's own columns.
    fn inputs(&self) -> anyhow::Result<(Inputs, Vec<String>)> {
        let mut manifest = self.manifest.as_deref().map_or_else(|| Ok(Manifest::default()), read_manifest)?;
        let (listed, roots): (Vec<_>, Vec<_>) = self.paths.iter().cloned().partition(|path| path == Path::new("-"));
        if !listed.is_empty() {
            manifest.entries.extend(read_list(std::io::stdin().lock()).context("cannot read the list of paths")?);
        }
        let inputs = Inputs {
            roots,
            listed: manifest.entries,
            document_type: self.document_type,
            hidden: self.hidden,
            exclude: globs(&self.exclude)?,
            skip: [Some(&self.output.out), self.kept.resume.as_ref()]
                .into_iter()
                .flatten()
                .flat_map(|folder| OutputArgs::files_in(folder))
                .collect(),
        };
        Ok((inputs, manifest.extra))
    }
}

fn read_manifest(path: &Path) -> anyhow::Result<Manifest> {
    let file = std::fs::File::open(path).with_context(|| format!("cannot read the manifest {}", path.display()))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    Manifest::read(file, folder).with_context(|| format!("cannot read the manifest {}", path.display()))
}

/// A list of paths, separated by NUL where there is one, else by line ends.
fn read_list(mut input: impl Read) -> std::io::Result<Vec<Entry>> {
    let mut bytes = Vec::new();
    input.read_to_end(&mut bytes)?;
    let separator = if bytes.contains(&0) { 0 } else { b'\n' };
    let lines = bytes.split(|byte| *byte == separator);
    let lines = lines.map(|line| if separator == 0 { line } else { line.strip_suffix(b"\r").unwrap_or(line) });
    let paths = lines.filter(|line| !line.is_empty()).map(path_of);
    Ok(paths.map(|path| Entry::found(path.clone(), path)).collect())
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

fn globs(patterns: &[String]) -> anyhow::Result<GlobSet> {
    let mut set = GlobSet::builder();
    for pattern in patterns {
        set.add(globset::Glob::new(pattern).context("`--exclude` is no pattern of paths")?);
    }
    Ok(set.build()?)
}

/// A flag that the first Ctrl-C sets; the second ends the program at once.
fn stop_on_ctrl_c() -> anyhow::Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(130);
        }
    })?;
    Ok(stop)
}

fn timing((at, clock): (Timestamp, Instant), jobs: usize, rows: usize) -> Timing {
    let seconds = clock.elapsed().as_secs_f64();
    let jobs = if jobs == 0 { std::thread::available_parallelism().map_or(1, usize::from) } else { jobs };
    Timing { started_at: format!("{at:.0}"), seconds, jobs, photos_per_second: rows as f64 / seconds.max(1e-9) }
}
