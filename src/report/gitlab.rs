//! GitLab's code quality report: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>.

use serde_json::Value;
use serde_json::json;

use super::ReportError;
use super::Run;
use crate::budget::Held;
use crate::checks::Category;
use crate::record::PhotoFinding;
use crate::verdict::Grade;
use crate::visible::visible;

/// The worst findings of each category, files that could not be assessed, and conditions that are not met, as issues of GitLab.
///
/// # Errors
/// When the JSON cannot be written.
pub fn gitlab(run: &Run) -> Result<Vec<u8>, ReportError> {
    let held = run.unmet().map(unmet);
    let failed = run.digest.failed().iter().map(|(path, error)| {
        issue("file", path, &format!("The file could not be assessed: {error}"), "critical", path)
    });
    let findings = Category::ALL.into_iter().flat_map(|category| run.digest.worst(category)).map(finding);
    let issues: Vec<Value> = held.chain(failed).chain(findings).collect();
    let mut bytes = serde_json::to_vec_pretty(&issues)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn unmet(held: &Held) -> Value {
    // GitLab wants a place; that of a condition is where its counts stand.
    issue("budget", "run.json", &format!("Budget {held}"), "blocker", &held.condition.to_string())
}

fn finding(finding: &PhotoFinding) -> Value {
    let PhotoFinding { path, check, number, band, fault, .. } = finding;
    let told = format!("{}: {} ({} = {number}; {band})", fault.category, fault.message, check.id);
    let severity = if finding.grade == Grade::Reject { "major" } else { "minor" };
    issue(check.id, path, &told, severity, path)
}

/// An issue; those of equal name and `subject` are one from run to run.
fn issue(name: &str, path: &str, told: &str, severity: &str, subject: &str) -> Value {
    let fingerprint = blake3::hash(format!("{name}\0{subject}").as_bytes()).to_hex();
    json!({
        "description": visible(told),
        "check_name": format!("kyclint/{name}"),
        "fingerprint": &fingerprint[..32],
        "severity": severity,
        "location": { "path": visible(path), "lines": { "begin": 1 } },
    })
}

#[cfg(test)]
mod tests {
    use super::super::run::tests::Sample;
    use super::*;

    #[test]
    fn an_issue_is_a_finding_a_file_or_a_condition() {
        let json: Value = serde_json::from_slice(&gitlab(&Sample::new().run()).unwrap()).unwrap();
        let issues = json.as_array().unwrap();
        let told: Vec<_> =
            issues.iter().map(|issue| format!("{} {}", issue["severity"], issue["check_name"])).collect();
        let expected = [
            "\"blocker\" \"kyclint/budget\"",
            "\"blocker\" \"kyclint/budget\"",
            "\"critical\" \"kyclint/file\"",
            "\"major\" \"kyclint/resolution\"",
            "\"major\" \"kyclint/glare_area\"",
        ];
        assert_eq!(told, expected);
        let expected = json!({
            "description": "The file could not be assessed: the file is empty",
            "check_name": "kyclint/file",
            "fingerprint": issues[2]["fingerprint"],
            "severity": "critical",
            "location": { "path": "in/none.jpg", "lines": { "begin": 1 } },
        });
        assert_eq!(issues[2], expected);
        let path = issues[4]["location"]["path"].as_str().unwrap();
        assert!(path.ends_with("\\n::error::x\\u{1b}[31m\\u{202e}\\u{ffff}%0A.jpg"), "{path}");
    }

    #[test]
    fn fingerprints_differ_and_stay() {
        let of = |name, subject| issue(name, "p", "t", "minor", subject)["fingerprint"].clone();
        assert_eq!(of("tilt", "a.jpg"), of("tilt", "a.jpg"));
        assert_ne!(of("tilt", "a.jpg"), of("tilt", "b.jpg"));
        assert_ne!(of("tilt", "a.jpg"), of("file", "a.jpg"));
    }
}
