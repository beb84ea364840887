//! An evaluation as tables: CSV, JSON, Markdown.

use std::fmt::Write as _;
use std::io::Write;

use serde::Serialize;
use serde_json::Value;
use serde_json::json;

use super::CategoryResult;
use super::CheckResult;
use super::DiscardResult;
use super::Evaluation;
use super::category::six_places;
use crate::checks::Category;
use crate::checks::Side;
use crate::tune::CheckSide;
use crate::tune::metrics::Estimate;

/// Grows when names or meanings in the JSON change.
const SCHEMA: u32 = 1;

/// A line of `checks.csv`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[expect(missing_docs, reason = "docs/tuning.md explains each column")]
pub struct CheckRow {
    pub check: &'static str,
    pub side: &'static str,
    pub category: &'static str,
    pub bad: usize,
    pub others: usize,
    pub not_assessed: usize,
    pub auc: Option<f64>,
    pub auc_low: Option<f64>,
    pub auc_high: Option<f64>,
}

impl CheckResult {
    /// What stands in tables.
    #[must_use]
    pub fn row(&self) -> CheckRow {
        let of = |part: fn(Estimate) -> f64| self.auc.map(part).map(six_places);
        CheckRow {
            check: self.side.check.id,
            side: side_name(&self.side),
            category: self.side.category().id(),
            bad: self.photos[0],
            others: self.photos[1],
            not_assessed: self.not_assessed,
            auc: of(|auc| auc.value),
            auc_low: of(|auc| auc.low),
            auc_high: of(|auc| auc.high),
        }
    }
}

fn side_name(side: &CheckSide) -> &'static str {
    if side.side == Side::Below { "below" } else { "above" }
}

impl Evaluation {
    /// Writes a line a document type and category.
    ///
    /// # Errors
    /// When the bytes cannot be written.
    pub fn write_categories(&self, out: impl Write) -> csv::Result<()> {
        write_rows(out, self.categories.iter().map(CategoryResult::row))
    }

    /// Writes a line a side of a check.
    ///
    /// # Errors
    /// When the bytes cannot be written.
    pub fn write_checks(&self, out: impl Write) -> csv::Result<()> {
        write_rows(out, self.checks.iter().map(CheckResult::row))
    }

    /// All of it, with curves of at most 200 points.
    #[must_use]
    pub fn to_json(&self) -> Value {
        let confusion = self.confusion.counts.iter().map(|((labelled, found), photos)| {
            json!({"labelled": labelled.map_or("ok", Category::id), "found": found.id(), "photos": photos})
        });
        let review = self
            .review
            .photos
            .iter()
            .map(|(found, [good, bad])| json!({"primary_category": found.id(), "good": good, "bad": bad}));
        json!({
            "schema": SCHEMA,
            "photos": self.photos,
            "submissions": self.submissions,
            "macro_f1": self.macro_f1().map(six_places),
            "categories": self.categories.iter().map(category_json).collect::<Vec<_>>(),
            "checks": self.checks.iter().map(CheckResult::row).collect::<Vec<_>>(),
            "primary_confusion": confusion.collect::<Vec<_>>(),
            "review": review.collect::<Vec<_>>(),
            "error_versus_discard": self.discard.iter().map(discard_json).collect::<Vec<_>>(),
        })
    }

    /// What a person reads: how well the verdict and each category are judged, on all photos and, where `is_whole`, by document type.
    #[must_use]
    pub fn to_markdown(&self, is_whole: bool) -> String {
        let mut out = format!("{} labelled photos of {} submissions", self.photos, self.submissions);
        if let Some(f1) = self.macro_f1() {
            let _ = write!(out, ", macro F1 {f1:.3}");
        }
        out.push_str(
            "\n\n| type | category | bad | others | precision | recall | F1 | false rejects | false accepts | AUC | not assessed |\n|---|---|---|---|---|---|---|---|---|---|---|\n",
        );
        for result in self.categories.iter().filter(|result| is_whole || result.kind.is_none()) {
            let row = result.row();
            let _ = writeln!(
                out,
                "| {} | {} | {} | {} | {} | {} |",
                row.document_type,
                row.category,
                row.bad,
                row.others,
                result.in_words().join(" | "),
                row.not_assessed
            );
        }
        let [good, bad] = self.review.total();
        if good + bad > 0 {
            let share = 100.0 * good as f64 / (good + bad) as f64;
            let _ = writeln!(out, "\n{} photos go to review; {good} of them ({share:.0} %) are good.", good + bad);
        }
        out
    }
}

/// `0.912 (0.85–0.95)`.
pub(crate) fn in_words(estimate: Option<Estimate>) -> String {
    estimate.map_or_else(|| "-".to_owned(), |Estimate { value, low, high }| format!("{value:.3} ({low:.3}–{high:.3})"))
}

fn category_json(result: &CategoryResult) -> Value {
    let mut object = json!(result.row());
    for (name, curve) in ["roc", "precision_recall", "det"].into_iter().zip(result.curves()) {
        object[name] = json!(curve.map(|points| pairs(&points)));
    }
    object
}

fn discard_json(result: &DiscardResult) -> Value {
    json!({
        "check": result.name(),
        "side": result.side.as_ref().map(side_name),
        "photos": result.photos,
        "relative_area": result.edc.relative_area.map(six_places),
        "points": pairs(&result.edc.points),
    })
}

fn pairs(points: &[(f64, f64)]) -> Vec<[f64; 2]> {
    points.iter().map(|(x, y)| [six_places(*x), six_places(*y)]).collect()
}

fn write_rows<T: Serialize>(out: impl Write, rows: impl Iterator<Item = T>) -> csv::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    for row in rows {
        writer.serialize(row)?;
    }
    writer.flush()?;
    Ok(())
}
