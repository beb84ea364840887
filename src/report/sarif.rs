//! SARIF 2.1.0: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use serde_json::Value;
use serde_json::json;

use super::ReportError;
use super::Run;
use super::run::held_json;
use crate::budget::Scope;
use crate::checks::Category;
use crate::checks::Check;
use crate::checks::REGISTRY;
use crate::record::Digest;
use crate::record::PhotoFinding;
use crate::verdict::Grade;
use crate::verdict::Verdict;
use crate::visible::visible;

/// The rules that are no checks: files that could not be assessed, and what the run is held to.
const OWN_RULES: [(&str, &str); 2] =
    [("file", "A file could not be assessed."), ("budget", "The run does not keep to its budget.")];

/// The run as SARIF 2.1.0: rules are checks with their texts, results the worst findings of each category, how many there are of what stands in the
/// properties of the run.
///
/// # Errors
/// When the JSON cannot be written.
pub fn sarif(run: &Run) -> Result<Vec<u8>, ReportError> {
    let rules: Vec<Value> = REGISTRY.iter().map(rule).chain(OWN_RULES.map(own_rule)).collect();
    let json = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": { "name": "kyclint", "semanticVersion": env!("CARGO_PKG_VERSION"), "rules": rules } },
            "columnKind": "utf16CodeUnits",
            "invocations": [{ "executionSuccessful": run.digest.summary.missing == 0 }],
            "results": results(run),
            "properties": properties(run),
        }],
    });
    let mut bytes = serde_json::to_vec_pretty(&json)?;
    bytes.push(b'\n');
    Ok(bytes)
}

fn rule(check: &Check) -> Value {
    let advice: Vec<_> = check.faults.iter().map(|fault| fault.advice).collect();
    let categories: BTreeSet<_> = check.faults.iter().map(|fault| fault.category.id()).collect();
    let help = format!("{}\n\n{}", check.docs.trim(), advice.join("\n"));
    json!({
        "id": check.id,
        "name": check.id,
        "shortDescription": { "text": check.summary() },
        "help": { "text": help, "markdown": help },
        "properties": { "tags": categories, "unit": check.unit },
    })
}

fn own_rule((id, text): (&str, &str)) -> Value {
    json!({ "id": id, "name": id, "shortDescription": { "text": text } })
}

fn results(run: &Run) -> Vec<Value> {
    let held = run.unmet().map(|held| result("budget", "error", &format!("Budget {held}"), None));
    let failed = run.digest.failed().iter().map(|(path, error)| result("file", "error", error, Some(path)));
    let findings = Category::ALL.into_iter().flat_map(|category| run.digest.worst(category)).map(finding);
    held.chain(failed).chain(findings).collect()
}

fn finding(finding: &PhotoFinding) -> Value {
    let PhotoFinding { path, check, number, band, fault, .. } = finding;
    let told = format!("{} ({} = {number}; {band}). {}", fault.message, check.id, fault.advice);
    let level = if finding.grade == Grade::Reject { "error" } else { "warning" };
    let mut result = result(check.id, level, &told, Some(path));
    result["properties"] = json!({ "category": fault.category.id(), "number": number });
    result
}

fn result(id: &str, level: &str, told: &str, path: Option<&str>) -> Value {
    let own = REGISTRY.len() + OWN_RULES.iter().position(|(own, _)| *own == id).unwrap_or_default();
    let index = crate::checks::find(id).map_or(own, |(at, _)| at);
    let places = path.iter().map(|path| json!({ "physicalLocation": { "artifactLocation": { "uri": uri(path) } } }));
    json!({
        "ruleId": id,
        "ruleIndex": index,
        "level": level,
        "message": { "text": visible(told) },
        "locations": places.collect::<Vec<_>>(),
    })
}

/// How many there are of what, for what is shown here is capped.
fn properties(run: &Run) -> Value {
    let photos = run.digest.photos(Scope::All);
    let verdicts = Verdict::ALL.into_iter().map(|verdict| (verdict.id().to_owned(), photos.of(verdict).into()));
    let found = photos.found.iter().map(|(category, count)| (category.id().to_owned(), (*count).into()));
    json!({
        "photos": photos.photos,
        "verdicts": verdicts.collect::<serde_json::Map<_, _>>(),
        "photosWithFinding": found.collect::<serde_json::Map<_, _>>(),
        "resultsAtMostPerCategory": Digest::MOST,
        "budgets": run.held.iter().map(held_json).collect::<Vec<_>>(),
    })
}

/// A path as a URI reference: a relative one, or `file:` where it is absolute.
fn uri(path: &str) -> String {
    let mut out = String::from(if path.starts_with('/') { "file://" } else { "" });
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::run::tests::Sample;
    use super::*;

    fn report() -> Value {
        serde_json::from_slice(&sarif(&Sample::new().run()).unwrap()).unwrap()
    }

    #[test]
    fn rules_are_checks_and_results_name_them() {
        let run = &report()["runs"][0];
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), REGISTRY.len() + OWN_RULES.len());
        let results = run["results"].as_array().unwrap();
        for result in results {
            let at = result["ruleIndex"].as_u64().unwrap() as usize;
            assert_eq!(rules[at]["id"], result["ruleId"]);
        }
        let ids: Vec<_> = results.iter().map(|result| result["ruleId"].as_str().unwrap()).collect();
        assert_eq!(ids, ["budget", "budget", "file", "resolution", "glare_area"]);
        assert_eq!(run["properties"]["verdicts"]["reject"], 2);
    }

    #[test]
    fn a_finding_says_what_is_wrong_and_what_to_do() {
        let report = report();
        let finding = &report["runs"][0]["results"][4];
        let text = finding["message"]["text"].as_str().unwrap();
        assert!(text.contains("(glare_area = 0.9; review_above = ") && text.ends_with('.'), "{text}");
        let uri = &finding["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
        let expected =
            "in/%3Cscript%3E%26%22%27%5D%5D%3E%7C%60a%60%0A%3A%3Aerror%3A%3Ax%1B%5B31m%E2%80%AE%EF%BF%BF%250A.jpg";
        assert_eq!(uri, expected);
    }

    #[test]
    fn paths_are_uri_references() {
        assert_eq!(uri("a b/ü.jpg"), "a%20b/%C3%BC.jpg");
        assert_eq!(uri("/data/c:1.jpg"), "file:///data/c%3A1.jpg");
        assert_eq!(uri("c:1.jpg"), "c%3A1.jpg");
    }
}
