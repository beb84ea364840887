use std::collections::BTreeSet;

use quick_junit::NonSuccessKind;
use quick_junit::Property;
use quick_junit::Report;
use quick_junit::TestCase;
use quick_junit::TestCaseStatus;
use quick_junit::TestSuite;

use super::ReportError;
use super::Run;
use crate::budget::Held;
use crate::budget::Scope;
use crate::record::Row;
use crate::scene::DocumentType;
use crate::verdict::Verdict;
use crate::visible::visible;

/// Photos as cases of a JUnit report, where they are asked for: the first [`PhotoCases::MOST`] that come.
#[derive(Clone, Debug, Default)]
pub struct PhotoCases {
    cases: Vec<PhotoCase>,
    left_out: usize,
}

#[derive(Clone, Debug)]
struct PhotoCase {
    path: String,
    document_type: Option<DocumentType>,
    verdict: Verdict,
    told: String,
}

impl PhotoCases {
    /// Photos at most: no page that shows test results shows more, and memory must not grow with the report.
    pub const MOST: usize = 100_000;

    /// Adds one row.
    pub fn count(&mut self, row: &Row) {
        if self.cases.len() == Self::MOST {
            self.left_out += 1;
            return;
        }
        let categories: Vec<_> = row.categories.iter().map(|category| category.id()).collect();
        self.cases.push(PhotoCase {
            path: row.source.path.clone(),
            document_type: row.document_type(),
            verdict: row.verdict,
            told: row.error.clone().unwrap_or_else(|| categories.join(", ")),
        });
    }
}

/// The run as JUnit XML: a suite is a document type, a case a condition of the budget. With `photos`, photos are cases too: a rejected one fails, one to
/// review is skipped, a file that could not be assessed is an error.
///
/// # Errors
/// When the XML cannot be written.
pub fn junit(run: &Run, photos: Option<&PhotoCases>) -> Result<Vec<u8>, ReportError> {
    let mut report = Report::new("kyclint");
    for scope in scopes(run) {
        report.add_test_suite(suite(run, scope, photos));
    }
    let mut bytes = Vec::new();
    report.serialize(&mut bytes)?;
    Ok(bytes)
}

/// All photos, then the document types that occur or that a condition is about.
fn scopes(run: &Run) -> impl Iterator<Item = Scope> {
    let held = run.held.iter().filter_map(|held| match held.condition.quantity.scope() {
        Some(Scope::Type(kind)) => Some(kind),
        _ => None,
    });
    let types: BTreeSet<_> = run.digest.types.keys().copied().chain(held).collect();
    std::iter::once(Scope::All).chain(types.into_iter().map(Scope::Type))
}

fn suite(run: &Run, scope: Scope, photos: Option<&PhotoCases>) -> TestSuite {
    let name = scope.name().unwrap_or("all");
    let mut suite = TestSuite::new(name);
    let counts = run.digest.photos(scope);
    suite.add_property(property("photos", counts.photos));
    for verdict in Verdict::ALL {
        suite.add_property(property(verdict.id(), counts.of(verdict)));
    }
    suite.add_test_cases(run.held_in(scope).map(|held| condition(held, name)));
    if let Some(photos) = photos {
        let own = photos.cases.iter().filter(|case| scope == Scope::Type(case.document_type));
        suite.add_test_cases(own.map(|case| photo(case, name)));
        if scope == Scope::All && photos.left_out > 0 {
            suite.add_property(property("photos_left_out", photos.left_out));
        }
    }
    suite
}

fn property(name: &str, number: usize) -> Property {
    Property::new(name, number.to_string())
}

fn condition(held: &Held, suite: &str) -> TestCase {
    let status = match &held.evaluated {
        Ok(evaluated) if evaluated.is_met => TestCaseStatus::success(),
        Ok(_) => unlike(NonSuccessKind::Failure, "budget", &held.to_string()),
        Err(_) => unlike(NonSuccessKind::Error, "not_evaluated", &held.to_string()),
    };
    case(&held.condition.to_string(), &format!("kyclint.{suite}.budget"), status)
}

fn photo(photo: &PhotoCase, suite: &str) -> TestCase {
    let told = visible(&photo.told);
    let status = match photo.verdict {
        Verdict::Accept => TestCaseStatus::success(),
        Verdict::Review => {
            let mut status = TestCaseStatus::skipped();
            status.set_message(told);
            status
        }
        Verdict::Reject => unlike(NonSuccessKind::Failure, "reject", &told),
        Verdict::Error => unlike(NonSuccessKind::Error, "error", &told),
    };
    case(&visible(&photo.path), &format!("kyclint.{suite}.photo"), status)
}

fn case(name: &str, class: &str, status: TestCaseStatus) -> TestCase {
    let mut case = TestCase::new(name, status);
    case.set_classname(class);
    case
}

fn unlike(kind: NonSuccessKind, of: &str, message: &str) -> TestCaseStatus {
    let mut status = TestCaseStatus::non_success(kind);
    status.set_message(message).set_type(of);
    status
}

#[cfg(test)]
mod tests {
    use super::super::run::tests::Sample;
    use super::super::run::tests::rows;
    use super::*;
    use crate::config::Settings;

    fn text(photos: Option<&PhotoCases>) -> String {
        String::from_utf8(junit(&Sample::new().run(), photos).unwrap()).unwrap()
    }

    #[test]
    fn a_suite_is_a_document_type_and_a_case_a_condition() {
        let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="kyclint" tests="4" skipped="0" failures="1" errors="1">
    <testsuite name="all" tests="3" skipped="0" errors="1" failures="1">
        <properties>
            <property name="photos" value="4"/>
            <property name="accept" value="1"/>
            <property name="review" value="0"/>
            <property name="reject" value="2"/>
            <property name="error" value="1"/>
        </properties>
        <testcase name="error &lt;= 0" classname="kyclint.all.budget">
            <failure message="`error &lt;= 0` is not met: 1" type="budget"/>
        </testcase>
        <testcase name="photos &gt;= 4" classname="kyclint.all.budget"/>
        <testcase name="glare &lt;= +2pp vs baseline" classname="kyclint.all.budget">
            <error message="`glare &lt;= +2pp vs baseline` cannot be evaluated: there is no baseline; give the report to compare with by `--baseline`" type="not_evaluated"/>
        </testcase>
    </testsuite>
    <testsuite name="unknown" tests="0" skipped="0" errors="0" failures="0">
        <properties>
            <property name="photos" value="1"/>
            <property name="accept" value="0"/>
            <property name="review" value="0"/>
            <property name="reject" value="0"/>
            <property name="error" value="1"/>
        </properties>
    </testsuite>
    <testsuite name="passport" tests="1" skipped="0" errors="0" failures="0">
        <properties>
            <property name="photos" value="2"/>
            <property name="accept" value="1"/>
            <property name="review" value="0"/>
            <property name="reject" value="1"/>
            <property name="error" value="0"/>
        </properties>
        <testcase name="passport.glare &lt;= 60%" classname="kyclint.passport.budget"/>
    </testsuite>
    <testsuite name="selfie" tests="0" skipped="0" errors="0" failures="0">
        <properties>
            <property name="photos" value="1"/>
            <property name="accept" value="0"/>
            <property name="review" value="0"/>
            <property name="reject" value="1"/>
            <property name="error" value="0"/>
        </properties>
    </testsuite>
</testsuites>
"#;
        assert_eq!(text(None), expected);
    }

    #[test]
    fn photos_are_cases_where_they_are_asked_for_and_their_names_stay_text() {
        let mut photos = PhotoCases::default();
        for row in &rows(&Settings::default()) {
            photos.count(row);
        }
        photos.left_out = 3;
        let text = text(Some(&photos));
        let name = "in/&lt;script&gt;&amp;&quot;&apos;]]&gt;|`a`\\n::error::x\\u{1b}[31m\\u{202e}\\u{ffff}%0A.jpg";
        let failed = format!(
            "<testcase name=\"{name}\" classname=\"kyclint.passport.photo\">\n            <failure message=\"glare\" type=\"reject\"/>"
        );
        assert!(text.contains(&failed), "{text}");
        assert!(text.contains("<property name=\"photos_left_out\" value=\"3\"/>"), "{text}");
        assert!(text.contains("<error message=\"the file is empty\" type=\"error\"/>"), "{text}");
    }
}
