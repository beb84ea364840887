//! The text format of Prometheus: <https://prometheus.io/docs/instrumenting/exposition_formats/>.

use std::fmt::Display;
use std::fmt::Write as _;

use super::Run;
use crate::budget::Scope;
use crate::checks::Category;
use crate::checks::REGISTRY;
use crate::record::CheckCounts;
use crate::record::PhotoCounts;
use crate::scene::DocumentType;
use crate::verdict::Grade;
use crate::verdict::Rule;
use crate::verdict::Verdict;
use crate::visible::visible;

/// Gauges for the textfile collector of the node exporter. Labels are document types, verdicts, categories, checks, grades, rules and the conditions
/// of the budget: never a path. Zeros are written out, so that no series comes and goes.
#[must_use]
pub fn prometheus(run: &Run) -> Vec<u8> {
    let mut out = Gauges(String::new());
    photos(&mut out, run);
    checks(&mut out, run);
    together(&mut out, run);
    held(&mut out, run);
    out.0.into_bytes()
}

/// Lines of gauges.
struct Gauges(String);

impl Gauges {
    fn gauge(&mut self, name: &str, help: &str) {
        let _ = writeln!(self.0, "# HELP kyclint_{name} {help}\n# TYPE kyclint_{name} gauge");
    }

    fn sample(&mut self, name: &str, labels: &[(&str, &str)], value: impl Display) {
        let _ = write!(self.0, "kyclint_{name}");
        for (at, (label, text)) in labels.iter().enumerate() {
            let _ = write!(self.0, "{}{label}=\"{}\"", if at == 0 { '{' } else { ',' }, escaped(text));
        }
        let _ = writeln!(self.0, "{} {value}", if labels.is_empty() { "" } else { "}" });
    }
}

fn escaped(text: &str) -> String {
    visible(text).replace('\\', "\\\\").replace('"', "\\\"")
}

fn photos(out: &mut Gauges, run: &Run) {
    let kinds = DocumentType::ALL.map(Some).into_iter().chain([None]);
    let types: Vec<(&str, PhotoCounts)> =
        kinds.map(Scope::Type).map(|scope| (scope.name().unwrap_or_default(), run.digest.photos(scope))).collect();
    out.gauge("photos", "Photos of the last report.");
    for (kind, counts) in &types {
        for verdict in Verdict::ALL {
            out.sample("photos", &[("document_type", kind), ("verdict", verdict.id())], counts.of(verdict));
        }
    }
    out.gauge("photos_with_finding", "Photos with a finding of the category, whether review or reject.");
    for (kind, counts) in &types {
        for category in Category::ALL {
            let labels = [("document_type", *kind), ("category", category.id())];
            out.sample("photos_with_finding", &labels, counts.found(category));
        }
    }
    out.gauge("photos_rejected_for", "Rejected photos by primary category.");
    for (kind, counts) in &types {
        for category in Category::ALL {
            let labels = [("document_type", *kind), ("category", category.id())];
            out.sample("photos_rejected_for", &labels, counts.rejected_for(category));
        }
    }
    out.gauge("photos_missing", "Photos without a row, because the run was stopped.");
    out.sample("photos_missing", &[], run.digest.summary.missing);
}

fn checks(out: &mut Gauges, run: &Run) {
    out.gauge("check_photos", "Photos by grade of each check.");
    let all = run.digest.photos(Scope::All);
    for (check, counts) in REGISTRY.iter().zip(&all.checks) {
        for grade in Grade::ALL {
            out.sample("check_photos", &[("check", check.id), ("grade", grade.id())], graded(*counts, grade));
        }
    }
}

fn graded(counts: CheckCounts, grade: Grade) -> usize {
    match grade {
        Grade::Pass => counts.passed(),
        Grade::Review => counts.review,
        Grade::Reject => counts.reject,
        Grade::NotAssessed => counts.not_assessed,
    }
}

fn together(out: &mut Gauges, run: &Run) {
    let summary = &run.digest.summary;
    out.gauge("submissions", "Submissions of the last report.");
    for verdict in Verdict::ALL {
        out.sample("submissions", &[("verdict", verdict.id())], summary.submissions_of(verdict));
    }
    out.gauge("submissions_breaking_rule", "Submissions that break the rule.");
    for rule in Rule::ALL {
        let broken = summary.rules.get(&rule).copied().unwrap_or_default();
        out.sample("submissions_breaking_rule", &[("rule", rule.id())], broken);
    }
    out.gauge("captures", "Captures of the last report.");
    for verdict in Verdict::ALL {
        out.sample("captures", &[("verdict", verdict.id())], summary.captures_of(verdict));
    }
    out.gauge("duplicate_photos", "Photos that were sent in more than once.");
    out.sample("duplicate_photos", &[], summary.duplicate_photos);
}

fn held(out: &mut Gauges, run: &Run) {
    out.gauge("budget_met", "1 where the condition of the budget is met, 0 where it is broken or cannot be evaluated.");
    for held in run.held {
        out.sample("budget_met", &[("condition", &held.condition.to_string())], u8::from(held.is_met()));
    }
    out.gauge("info", "Version and configuration that judged the last report.");
    let labels = [("version", env!("CARGO_PKG_VERSION")), ("config_hash", &run.settings.hash())];
    out.sample("info", &labels, 1);
}

#[cfg(test)]
mod tests {
    use super::super::run::tests::Sample;
    use super::*;

    fn lines() -> Vec<String> {
        let text = String::from_utf8(prometheus(&Sample::new().run())).unwrap();
        text.lines().map(str::to_owned).collect()
    }

    #[test]
    fn counts_stand_by_document_type_verdict_and_category() {
        let lines = lines();
        let expected = [
            "# HELP kyclint_photos Photos of the last report.",
            "# TYPE kyclint_photos gauge",
            "kyclint_photos{document_type=\"passport\",verdict=\"reject\"} 1",
            "kyclint_photos{document_type=\"unknown\",verdict=\"error\"} 1",
            "kyclint_photos_with_finding{document_type=\"passport\",category=\"glare\"} 1",
            "kyclint_photos_rejected_for{document_type=\"selfie\",category=\"low_resolution\"} 1",
            "kyclint_check_photos{check=\"glare_area\",grade=\"pass\"} 1",
            "kyclint_check_photos{check=\"glare_area\",grade=\"reject\"} 1",
            "kyclint_submissions{verdict=\"reject\"} 0",
            "kyclint_budget_met{condition=\"passport.glare <= 60%\"} 1",
            "kyclint_budget_met{condition=\"glare <= +2pp vs baseline\"} 0",
        ];
        for line in expected {
            assert!(lines.iter().any(|one| one == line), "{line}\n{}", lines.join("\n"));
        }
    }

    #[test]
    fn each_series_is_there_once_and_none_names_a_path() {
        let lines = lines();
        let series = lines.iter().filter(|line| !line.starts_with('#')).filter_map(|line| line.rsplit_once(' '));
        let mut names: Vec<_> = series.map(|(name, _)| name).collect();
        let all = names.len();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), all);
        assert!(!lines.iter().any(|line| line.contains(".jpg")));
    }

    #[test]
    fn labels_are_escaped() {
        let mut out = Gauges(String::new());
        out.sample("x", &[("a", "\"\\\n")], 1);
        assert_eq!(out.0, "kyclint_x{a=\"\\\"\\\\\\\\n\"} 1\n");
    }
}
