//! Laws of comparing two reports.
#![expect(clippy::unwrap_used, reason = "a test may fail")]
#![expect(clippy::float_cmp, reason = "the numbers are exact")]

use kyclint::checks::Category;
use kyclint::checks::Unmeasured;
use kyclint::compare::CategoryChange;
use kyclint::compare::CheckChange;
use kyclint::compare::Comparison;
use kyclint::compare::Options;
use kyclint::compare::Report;
use kyclint::compare::What;
use kyclint::config::Settings;
use kyclint::photo::ExifFacts;
use kyclint::photo::FileFacts;
use kyclint::record::Row;
use kyclint::record::Source;
use kyclint::scene::DocumentType;
use kyclint::verdict::Outcome;
use kyclint::verdict::Verdict;
use proptest::prelude::*;
use serde_json::Value;

fn outcome() -> impl Strategy<Value = Option<Outcome>> {
    prop_oneof![
        3 => (-4..9_i8).prop_map(|number| Some(Ok(f64::from(number) / 3.0))),
        1 => (0..3_usize).prop_map(|at| Some(Err(Unmeasured::ALL[at]))),
        1 => Just(None),
    ]
}

prop_compose! {
    fn any_row()(
        outcomes in prop::collection::vec(outcome(), 5),
        verdict in 0..Verdict::ALL.len(),
        categories in prop::collection::vec(0..Category::ALL.len(), 0..3),
        kind in prop::option::of(0..DocumentType::ALL.len()),
        model in prop::option::of("[AB]"),
        content in 0..9_u8,
    ) -> Row {
        let document_type = kind.map(|at| DocumentType::ALL[at]);
        let exif = ExifFacts { model, ..ExifFacts::default() };
        let facts = FileFacts { blake3: content.to_string(), exif, ..FileFacts::default() };
        let mut row = Row::blank(Source { document_type, ..Source::default() }, facts);
        row.outcomes[..5].copy_from_slice(&outcomes);
        row.verdict = Verdict::ALL[verdict];
        row.categories = categories.into_iter().map(|at| Category::ALL[at]).collect();
        row
    }
}

fn json(comparison: &Comparison) -> Value {
    let mut bytes = Vec::new();
    comparison.write_json(&mut bytes).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

fn any_report(rows: Vec<Row>) -> Report {
    let name = |(at, mut row): (usize, Row)| {
        row.source.path = format!("{at}.jpg");
        row
    };
    let mut report = Report::new("report", rows.into_iter().enumerate().map(name).collect());
    report.judge_submissions(&Settings::default().policy);
    report
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    prop::collection::vec(any_row(), 1..40)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_differs_from_itself(rows in rows()) {
        let report = any_report(rows);
        let options = Options { least: 1, tolerance: 0.0 };
        let comparison = Comparison::of(&report, &report, &options).unwrap();
        prop_assert!(comparison.is_empty());
        prop_assert_eq!(comparison.verdict_changes(), 0);
        prop_assert!(comparison.checks.iter().all(CheckChange::is_empty));
        prop_assert!(comparison.categories.iter().all(CategoryChange::is_empty));
        prop_assert!(!comparison.drift.entries.is_empty());
        for drift in &comparison.drift.entries {
            prop_assert_eq!(drift.psi, 0.0);
            prop_assert!(drift.kolmogorov_smirnov.is_none_or(|test| test.statistic == 0.0));
        }
        prop_assert!(comparison.to_markdown().contains("no change"));
    }

    #[test]
    fn the_order_of_rows_does_not_matter(old in rows(), new in rows(), turn in 0..40_usize) {
        let (old, mut new) = (any_report(old), any_report(new));
        let options = Options { least: 2, ..Options::default() };
        let mut mixed = old.clone();
        mixed.rows.rotate_left(turn % old.rows.len());
        let one = Comparison::of(&old, &new, &options).unwrap();
        new.rows.reverse();
        let other = Comparison::of(&mixed, &new, &options).unwrap();
        prop_assert_eq!(json(&one), json(&other));
        prop_assert_eq!(one.to_html().unwrap(), other.to_html().unwrap());
        prop_assert!(one.drift.entries.iter().all(|drift| drift.psi >= 0.0 && drift.psi.is_finite()));
    }

    #[test]
    fn what_is_added_one_way_is_removed_the_other(old in rows(), new in rows()) {
        let (old, new) = (any_report(old), any_report(new));
        let [there, back] = [(&old, &new), (&new, &old)]
            .map(|(one, other)| Comparison::of(one, other, &Options::default()).unwrap());
        prop_assert_eq!(there.count(What::Added), back.count(What::Removed));
        prop_assert_eq!(there.count(What::Numbers), back.count(What::Numbers));
        prop_assert_eq!(there.verdict_changes(), back.verdict_changes());
        prop_assert_eq!(there.both + there.count(What::Added), new.rows.len());
    }
}
