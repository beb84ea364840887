use std::collections::BTreeMap;
use std::io;
use std::io::Write;

use serde::Serialize;
use serde_json::Value;
use serde_json::json;

use super::Change;
use super::CheckChange;
use super::Comparison;
use super::Lack;
use super::SideFacts;
use super::SubmissionChange;
use super::SubmissionChanges;
use super::VerdictTable;
use super::What;
use super::changed;
use super::drift::Drift;
use super::six_digits;
use crate::checks::Category;
use crate::scene::DocumentType;
use crate::verdict::Verdict;

/// Grows when names or meanings in the JSON change.
const SCHEMA: u32 = 1;

/// A photo that changed, on a line of its own.
#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    old_path: Option<&'a str>,
    what: Vec<&'static str>,
    verdicts: [Option<&'static str>; 2],
    categories: [Vec<&'static str>; 2],
    checks: &'a [&'static str],
}

impl Comparison {
    /// Writes all of it as JSON, each photo that changed on a line. Of each pair the first is the old report's.
    ///
    /// # Errors
    /// When the bytes cannot be written.
    pub fn write_json(&self, mut out: impl Write) -> io::Result<()> {
        let figures = serde_json::to_string_pretty(&self.figures())?;
        write!(out, "{},\n  \"changes\": [", figures.strip_suffix("\n}").unwrap_or(&figures))?;
        for (at, change) in self.changes.iter().enumerate() {
            out.write_all(if at == 0 { b"\n    " } else { b",\n    " })?;
            serde_json::to_writer(&mut out, &Line::of(change))?;
        }
        out.write_all(b"\n  ]\n}\n")
    }

    /// What stands in the JSON before the photos.
    fn figures(&self) -> Value {
        let [old, new] = self.sides.each_ref().map(side);
        let types = self.types.iter().map(|((old, new), photos)| {
            json!({"old": old.map(DocumentType::id), "new": new.map(DocumentType::id), "photos": photos})
        });
        let categories = self.categories.iter().map(|of| {
            json!({"category": of.category.id(), "photos": of.photos, "appeared": of.appeared, "vanished": of.vanished})
        });
        let not_compared = self.not_compared.iter().map(|check| {
            let [old, new] = check.is_in;
            json!({"check": check.check, "in_old": old, "in_new": new, "known": check.is_known})
        });
        json!({
            "schema": SCHEMA,
            "old": old,
            "new": new,
            "tolerance": self.options.tolerance,
            "least_photos": self.options.least,
            "no_change": self.is_empty(),
            "photos": self.photos(),
            "verdict_changes": {
                "photos": self.verdict_changes(),
                "of": self.both,
                "share": self.verdict_change_share().map(six_digits),
                "table": verdict_table(&self.verdicts),
            },
            "categories": categories.collect::<Vec<_>>(),
            "document_types": types.collect::<Vec<_>>(),
            "submissions": self.submissions.as_ref().map(submissions),
            "checks": self.checks.iter().map(check).collect::<Vec<_>>(),
            "not_compared": not_compared.collect::<Vec<_>>(),
            "drift": self.drift.entries.iter().map(drift).collect::<Vec<_>>(),
            "groups_with_too_few_photos": self.drift.too_few,
        })
    }

    fn photos(&self) -> Value {
        let mut photos = json!({"both": self.both});
        for what in What::ALL {
            photos[what.id()] = self.count(what).into();
        }
        photos
    }
}

impl<'a> Line<'a> {
    fn of(change: &'a Change) -> Self {
        let ids = |categories: &[Category]| categories.iter().map(|category| category.id()).collect();
        Self {
            path: &change.path,
            old_path: change.old_path.as_deref(),
            what: change.what.iter().map(|what| what.id()).collect(),
            verdicts: change.verdicts.map(|verdict| verdict.map(Verdict::id)),
            categories: change.categories.each_ref().map(|categories| ids(categories)),
            checks: &change.checks,
        }
    }
}

fn side(side: &SideFacts) -> Value {
    json!({
        "report": side.name,
        "version": side.version,
        "config_hash": side.config_hash,
        "photos": side.photos,
        "missing": side.missing,
        "unknown_categories": side.unknown_categories,
    })
}

fn verdict_table(table: &VerdictTable) -> Vec<Value> {
    let line =
        |((old, new), count): (&(Verdict, Verdict), &usize)| json!({"old": old.id(), "new": new.id(), "count": count});
    table.iter().map(line).collect()
}

fn submissions(changes: &SubmissionChanges) -> Value {
    let change = |change: &SubmissionChange| {
        let [old, new] = change.verdicts.map(Verdict::id);
        json!({"submission_id": change.id, "old": old, "new": new})
    };
    json!({
        "both": changes.both(),
        "verdict_changes": changed(&changes.verdicts),
        "table": verdict_table(&changes.verdicts),
        "changes": changes.changes.iter().map(change).collect::<Vec<_>>(),
        "removed": changes.removed,
        "added": changes.added,
    })
}

fn check(of: &CheckChange) -> Value {
    let reasons = |counts: &BTreeMap<Lack, usize>| {
        counts.iter().map(|(lack, count)| (lack.id().to_owned(), (*count).into())).collect::<serde_json::Map<_, _>>()
    };
    let movers = of.largest.iter().map(|mover| json!({"path": mover.path, "numbers": mover.numbers}));
    let other =
        of.other_reason.iter().map(|((old, new), count)| json!({"old": old.id(), "new": new.id(), "photos": count}));
    json!({
        "check": of.check.id,
        "compared": of.compared,
        "moved": of.moved(),
        "rose": of.rose,
        "fell": of.fell,
        "largest": movers.collect::<Vec<_>>(),
        "newly_not_assessed": reasons(&of.lost),
        "newly_assessed": reasons(&of.gained),
        "other_reason": other.collect::<Vec<_>>(),
    })
}

fn drift(of: &Drift) -> Value {
    let test = of.kolmogorov_smirnov;
    let histogram = of.histogram.as_ref().map(|histogram| json!({"ends": histogram.ends, "bars": histogram.bars}));
    json!({
        "check": of.check.id,
        "group": of.group.kind(),
        "name": of.group.name(),
        "drift": of.stability().id(),
        "psi": six_digits(of.psi),
        "psi_by_chance": six_digits(of.by_chance),
        "ks": test.map(|test| six_digits(test.statistic)),
        "ks_p": test.map(|test| six_digits(test.p)),
        "numbers": of.numbers,
        "not_assessed": of.not_assessed,
        "medians": of.medians,
        "histogram": histogram,
    })
}
