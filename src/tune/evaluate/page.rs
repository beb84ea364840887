//! An evaluation as one page that opens from disk.

use askama::Template;

use super::CategoryResult;
use super::Evaluation;
use super::Found;
use super::plot::Plot;
use super::tables::CheckRow;
use super::tables::in_words;
use crate::checks::Category;
use crate::html::Head;

/// What stands above an evaluation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageFacts {
    /// Name of the report.
    pub report: String,
    /// Name of the labels.
    pub labels: String,
    /// Photos in the report without labels.
    pub unlabelled: usize,
    /// Labels of photos that are not in the report.
    pub unmatched: usize,
}

#[derive(Template)]
#[template(path = "evaluation.html")]
struct Page<'a> {
    head: Head,
    facts: &'a PageFacts,
    evaluation: &'a Evaluation,
    macro_f1: String,
    good_in_review: String,
    lines: Vec<Line>,
    plots: Vec<PlotGroup>,
    checks: Vec<CheckLine>,
    columns: Vec<Found>,
    confusion: Vec<(&'static str, Vec<(&'static str, usize)>)>,
    discard: Vec<(String, String)>,
}

/// A line of the table of categories.
struct Line {
    kind: &'static str,
    category: &'static str,
    bad: String,
    others: String,
    cells: [String; 6],
    not_assessed: usize,
}

struct PlotGroup {
    category: &'static str,
    auc: String,
    plots: Vec<String>,
}

struct CheckLine {
    row: CheckRow,
    auc: String,
}

impl Evaluation {
    /// The page; it loads nothing from elsewhere.
    ///
    /// # Errors
    /// When it cannot be rendered.
    pub fn to_html(&self, facts: &PageFacts) -> askama::Result<String> {
        let [good, bad] = self.review.total();
        let mut columns: Vec<Found> = self.confusion.counts.keys().map(|(_, found)| *found).collect();
        columns.sort_unstable();
        columns.dedup();
        Page {
            head: Head::new("en", include_str!("../../../templates/evaluation.css"), None),
            facts,
            evaluation: self,
            macro_f1: self.macro_f1().map_or_else(|| "-".to_owned(), |f1| format!("{f1:.3}")),
            good_in_review: format!("{good} of {}", good + bad),
            lines: self.categories.iter().map(line).collect(),
            plots: self.categories.iter().filter(|result| result.kind.is_none()).filter_map(plots).collect(),
            checks: self.checks.iter().map(|check| CheckLine { row: check.row(), auc: in_words(check.auc) }).collect(),
            confusion: self.confusion_rows(&columns),
            columns,
            discard: self.discard_plots(),
        }
        .render()
    }

    /// Labels, each with how to show a count and the count.
    fn confusion_rows(&self, columns: &[Found]) -> Vec<(&'static str, Vec<(&'static str, usize)>)> {
        let mut labelled: Vec<Option<Category>> = self.confusion.counts.keys().map(|(labelled, _)| *labelled).collect();
        labelled.dedup();
        let count = |labelled, found| self.confusion.counts.get(&(labelled, found)).copied().unwrap_or(0);
        let cell = |labelled: Option<Category>, found: Found| {
            let is_hit = labelled.map_or(found == Found::Nothing, |category| found == Found::Category(category));
            match count(labelled, found) {
                0 => ("none", 0),
                count if is_hit => ("hit", count),
                count => ("miss", count),
            }
        };
        let row = |labelled: Option<Category>| {
            (labelled.map_or("ok", Category::id), columns.iter().map(|found| cell(labelled, *found)).collect())
        };
        labelled.into_iter().map(row).collect()
    }

    fn discard_plots(&self) -> Vec<(String, String)> {
        let plot = |result: &super::DiscardResult| {
            let most = result.edc.points.iter().fold(0.0_f64, |most, (_, rate)| most.max(*rate));
            let name = result.name();
            let plot = Plot {
                title: name,
                across: "share discarded",
                up: "error rate of the rest",
                most: [0.5, most.max(1e-6)],
                points: &result.edc.points,
                reference: None,
            };
            let area = result.edc.relative_area.map_or_else(|| "-".to_owned(), |area| format!("{area:.2}"));
            (format!("{name}: area {area} of no information, {} photos", result.photos), plot.svg())
        };
        self.discard.iter().map(plot).collect()
    }
}

fn line(result: &CategoryResult) -> Line {
    let row = result.row();
    Line {
        kind: row.document_type,
        category: row.category,
        bad: row.bad.to_string(),
        others: row.others.to_string(),
        cells: result.in_words(),
        not_assessed: row.not_assessed,
    }
}

/// ROC, precision-recall and DET of one category; `None` where a class is missing.
fn plots(result: &CategoryResult) -> Option<PlotGroup> {
    let [Some(roc), Some(pr), Some(det)] = result.curves() else { return None };
    let category = result.row().category;
    let plot = |across: &'static str, up: &'static str, points: &[(f64, f64)], reference| {
        Plot { title: category, across, up, most: [1.0, 1.0], points, reference }.svg()
    };
    let chance = Some([(0.0, 0.0), (1.0, 1.0)]);
    Some(PlotGroup {
        category,
        auc: in_words(result.auc),
        plots: vec![
            plot("false positive rate", "recall", &roc, chance),
            plot("recall", "precision", &pr, None),
            plot("false positive rate", "miss rate", &det, Some([(0.0, 1.0), (1.0, 0.0)])),
        ],
    })
}
