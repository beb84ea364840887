//! What `evaluate` and `tune` have in common: a report judged anew, and labels of its photos.

use std::path::Path;
use std::path::PathBuf;

use anyhow::Context;
use anyhow::bail;
use clap::Args;
use kyclint::record::Row;
use kyclint::report::Recorded;
use kyclint::tune::Alias;
use kyclint::tune::Cases;
use kyclint::tune::Label;
use kyclint::tune::LabelNames;
use kyclint::tune::Labels;

use super::recorded::Opened;

/// Left-over photos that are named on standard error; all of them stand in `unmatched.csv`.
const NAMED: usize = 5;

/// A report and labels of its photos.
#[derive(Args, Debug)]
pub struct LabelledArgs {
    /// A folder, report.parquet or report.csv that `kyclint audit` wrote; no photo is opened
    pub report: PathBuf,
    /// Labels: CSV with `path` or `blake3` and `labels` (categories joined by `;`, or `ok`), a Label Studio or COCO JSON, a CVAT XML, or
    /// a folder whose sub-folders are named after categories
    #[arg(long, value_name = "FILE")]
    pub labels: PathBuf,
    /// What a name in the labels means: `their name=category`, `…=ok` or `…=ignore`; may be repeated
    #[arg(long, value_name = "NAME=CATEGORY")]
    alias: Vec<Alias>,
    /// Only labels whose column `split` says so, e.g. `test`
    #[arg(long, value_name = "NAME")]
    split: Option<String>,
    /// The same seed gives the same folds and intervals
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub seed: u64,
}

/// A report and labels, read.
pub struct Labelled {
    rows: Vec<Row>,
    pub labels: Labels,
}

impl LabelledArgs {
    /// Reads both.
    pub fn read(&self) -> anyhow::Result<Labelled> {
        let Recorded { rows, unrecorded, .. } = Opened::read(&self.report, "read")?.recorded;
        if !unrecorded.is_empty() {
            bail!(
                "the report {} is of an older version: it has no {}; audit the photos again",
                self.report.display(),
                unrecorded.join(", ")
            );
        }
        let mut labels = read_labels(&self.labels, &self.alias)?;
        if let Some(split) = &self.split {
            labels.keep_split(split);
            if labels.labels.is_empty() {
                bail!("no label in {} has the split `{split}`", self.labels.display());
            }
        }
        Ok(Labelled { rows, labels })
    }
}

/// The labels at `path`, whose names translate as `alias` says.
pub fn read_labels(path: &Path, alias: &[Alias]) -> anyhow::Result<Labels> {
    let names = LabelNames::new(alias.iter().cloned())?;
    Labels::read(path, &names).context("failed to read the labels")
}

impl Labelled {
    /// The photos that both know; tells what is left over on either side.
    pub fn cases(&self) -> anyhow::Result<Cases<'_>> {
        let cases = Cases::join(&self.rows, &self.labels)?;
        if cases.cases.is_empty() {
            let example = |path: Option<String>| path.unwrap_or_default();
            bail!(
                "none of the {} labels is of a photo in the report: labels name `{}`, the report `{}`; paths must be the same text, \
                 `audit --paths-as relative` leaves out the folder that was walked",
                self.labels.labels.len(),
                example(self.labels.labels.first().map(|label| label.key.to_string())),
                example(self.rows.first().map(|row| row.source.path.clone())),
            );
        }
        let keys: Vec<String> = cases.unmatched.iter().map(|label| at_place(label)).collect();
        left_over(&keys, "labels are of no photo in the report");
        let unlabelled: Vec<String> = self.labels.unlabelled.iter().map(|photo| photo.key.to_string()).collect();
        left_over(&unlabelled, "photos are listed without labels");
        if !cases.unlabelled.is_empty() {
            tracing::info!("{} photos of the report have no label", cases.unlabelled.len());
        }
        Ok(cases)
    }
}

fn at_place(label: &Label) -> String {
    format!("{} ({})", label.key, label.place)
}

fn left_over(names: &[String], what: &str) {
    if !names.is_empty() {
        let more = if names.len() > NAMED { ", …" } else { "" };
        tracing::warn!("{} {what}: {}{more}", names.len(), names[..names.len().min(NAMED)].join(", "));
    }
}

/// A CSV of what is left over: labels without photo and photos without label.
pub fn unmatched(cases: &Cases, labels: &Labels) -> anyhow::Result<Vec<u8>> {
    let mut table = csv::Writer::from_writer(Vec::new());
    table.write_record(["which", "photo", "place"])?;
    for label in &cases.unmatched {
        table.write_record(["label without photo", &label.key.to_string(), &label.place])?;
    }
    for photo in &labels.unlabelled {
        table.write_record(["listed without labels", &photo.key.to_string(), &photo.place])?;
    }
    for path in &cases.unlabelled {
        table.write_record(["photo without label", path, ""])?;
    }
    Ok(table.into_inner()?)
}
