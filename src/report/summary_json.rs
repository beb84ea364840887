use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use super::ReportError;
use super::Run;
use super::run::held_json;
use super::run::share_json;
use crate::budget::Scope;
use crate::checks::Category;
use crate::checks::REGISTRY;
use crate::record::PhotoCounts;
use crate::verdict::Rule;
use crate::verdict::Verdict;

/// Raised whenever a key changes its meaning or goes; new keys do not raise it.
const SCHEMA_VERSION: u32 = 1;

/// The run as JSON: every share with its denominator and its 95 % interval, and what the run was held to.
///
/// # Errors
/// When the JSON cannot be written.
pub fn summary_json(run: &Run) -> Result<Vec<u8>, ReportError> {
    let summary = &run.digest.summary;
    let types = run.digest.types.keys().map(|kind| {
        let scope = Scope::Type(*kind);
        (scope.name().unwrap_or_default().to_owned(), photos(&run.digest.photos(scope)))
    });
    let (submissions, captures) = (summary.submissions.values().sum(), summary.captures.values().sum());
    let broken = |rule| summary.rules.get(&rule).copied().unwrap_or_default();
    let json = json!({
        "schema_version": SCHEMA_VERSION,
        "version": env!("CARGO_PKG_VERSION"),
        "config_hash": run.settings.hash(),
        "as_of": run.settings.as_of.map(|day| day.to_string()),
        "complete": summary.missing == 0,
        "missing_photos": summary.missing,
        "photos": photos(&run.digest.photos(Scope::All)),
        "document_types": types.collect::<Map<_, _>>(),
        "submissions": {
            "total": submissions,
            "verdicts": by_verdict(submissions, |verdict| summary.submissions_of(verdict)),
            "rules": shares(Rule::ALL.into_iter().map(|rule| (rule.id(), broken(rule), submissions))),
        },
        "captures": {
            "total": captures,
            "verdicts": by_verdict(captures, |verdict| summary.captures_of(verdict)),
        },
        "duplicate_photos": summary.duplicate_photos,
        "unrecorded_checks": run.digest.unrecorded,
        "budgets": run.held.iter().map(held_json).collect::<Vec<_>>(),
    });
    let mut bytes = serde_json::to_vec_pretty(&json)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn photos(counts: &PhotoCounts) -> Value {
    let found = Category::ALL.into_iter().filter(|category| counts.found(*category) > 0);
    let categories = found.map(|category| {
        let found = share_json(counts.found(category), counts.photos);
        let rejected = share_json(counts.rejected_for(category), counts.photos);
        (category.id().to_owned(), json!({ "found": found, "rejected_for": rejected }))
    });
    let made = REGISTRY.iter().zip(&counts.checks).filter(|(_, counts)| counts.made > 0);
    let checks = made.map(|(check, counts)| {
        let shares = [("review", counts.review), ("reject", counts.reject), ("not_assessed", counts.not_assessed)];
        (check.id.to_owned(), shares_of(shares, counts.made))
    });
    json!({
        "total": counts.photos,
        "verdicts": by_verdict(counts.photos, |verdict| counts.of(verdict)),
        "categories": categories.collect::<Map<_, _>>(),
        "checks": checks.collect::<Map<_, _>>(),
    })
}

fn by_verdict(total: usize, of: impl Fn(Verdict) -> usize) -> Value {
    shares_of(Verdict::ALL.map(|verdict| (verdict.id(), of(verdict))), total)
}

fn shares_of<const N: usize>(counts: [(&str, usize); N], whole: usize) -> Value {
    shares(counts.into_iter().map(|(name, part)| (name, part, whole)))
}

fn shares<'a>(shares: impl Iterator<Item = (&'a str, usize, usize)>) -> Value {
    Value::Object(shares.map(|(name, part, whole)| (name.to_owned(), share_json(part, whole))).collect())
}

#[cfg(test)]
mod tests {
    use super::super::run::tests::Sample;
    use super::*;

    #[test]
    fn every_share_has_its_denominator_and_interval() {
        let json: Value = serde_json::from_slice(&summary_json(&Sample::new().run()).unwrap()).unwrap();
        assert_eq!(json["schema_version"], 1);
        let reject = &json["photos"]["verdicts"]["reject"];
        assert_eq!(*reject, json!({"count": 2, "of": 4, "share": 0.5, "low": 0.150_039, "high": 0.849_961}));
        let passports = &json["document_types"]["passport"];
        assert_eq!(passports["categories"]["glare"]["rejected_for"]["of"], 2);
        assert_eq!(passports["checks"]["glare_area"]["reject"]["count"], 1);
        assert_eq!(json["submissions"]["verdicts"]["reject"]["share"], Value::Null);
    }

    #[test]
    fn budgets_stand_with_value_limit_and_what_came_of_them() {
        let json: Value = serde_json::from_slice(&summary_json(&Sample::new().run()).unwrap()).unwrap();
        let states: Vec<_> = json["budgets"].as_array().unwrap().iter().map(|budget| budget["state"].clone()).collect();
        assert_eq!(states, ["broken", "met", "met", "not_evaluated"]);
        let budget = &json["budgets"][1];
        assert_eq!((&budget["condition"], &budget["limit"]), (&json!("passport.glare <= 60%"), &json!(0.6)));
        assert_eq!(budget["value"]["share"], 0.5);
    }
}
