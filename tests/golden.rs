//! The sample photos, audited: the numbers are those committed, and every check can be seen to pass and to fail.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use jiff::civil::Date;
use jiff::civil::date;
use kyclint::audit::Entry;
use kyclint::audit::Inputs;
use kyclint::audit::PathStyle;
use kyclint::audit::assess;
use kyclint::audit::collect;
use kyclint::checks::REGISTRY;
use kyclint::config::Settings;
use kyclint::record::Row;
use kyclint::report::CsvTable;
use kyclint::report::Table;
use kyclint::verdict::Grade;
use kyclint::verdict::Verdict;
use rayon::prelude::*;

/// The day of the audit: one of the samples has expired by then.
const AS_OF: Date = date(2028, 2, 29);

fn sample_data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data")
}

fn audited() -> Vec<Row> {
    let inputs = Inputs { roots: vec![sample_data().join("photos")], ..Inputs::default() };
    let entries = collect(&inputs, &AtomicBool::new(false), |_| {}).unwrap().entries;
    let settings = Settings { as_of: Some(AS_OF), ..Settings::default() };
    let row = |entry: &Entry| assess(&entry.path, entry.source(&PathStyle::Relative), &settings);
    entries.par_iter().map(row).collect()
}

/// What is said of a photo.
struct Truth {
    labels: Vec<String>,
    severity: String,
}

/// The truth of every photo, by its path below `photos/`.
fn truths() -> BTreeMap<String, Truth> {
    let mut reader = csv::Reader::from_path(sample_data().join("labels.csv")).unwrap();
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let (path, labels, severity) = (at("path"), at("labels"), at("severity"));
    let row = |record: csv::StringRecord| {
        let labels = record[labels].split(';').map(str::to_owned).collect();
        let truth = Truth { labels, severity: record[severity].to_owned() };
        (record[path].strip_prefix("photos/").unwrap().to_owned(), truth)
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[test]
fn the_sample_photos_give_the_committed_report() {
    let mut csv = Vec::new();
    let mut table = CsvTable::new(&mut csv, &[]).unwrap();
    for row in audited() {
        table.write(&row).unwrap();
    }
    table.finish().unwrap();
    drop(table);
    let path = sample_data().join("expected.csv");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, &csv).unwrap();
    }
    let expected = fs::read_to_string(&path).unwrap();
    let actual = String::from_utf8(csv).unwrap();
    for (actual, expected) in actual.lines().zip(expected.lines()) {
        assert_eq!(actual, expected, "if this is meant: `UPDATE=1 cargo test --test golden`");
    }
    assert_eq!(actual.lines().count(), expected.lines().count());
}

#[test]
fn every_sample_photo_is_labelled_and_every_label_has_its_photo() {
    let rows: Vec<_> = audited().into_iter().map(|row| row.source.path).collect();
    assert_eq!(rows, truths().into_keys().collect::<Vec<_>>());
}

#[test]
fn every_check_gives_a_number_or_a_reason_on_every_photo() {
    for row in audited() {
        assert_eq!(row.error, None, "{}", row.source.path);
        for (check, outcome) in REGISTRY.iter().zip(&row.outcomes) {
            let applies = check.applies_to(row.source.document_type);
            assert_eq!(outcome.is_some(), applies, "{} on {}", check.id, row.source.path);
        }
    }
}

/// Good photos of a drawn face that the detector, which learnt from photographs, does not take for one.
const UNSEEN_FACES: [&str; 2] = ["s00001/passport.jpg", "s00001/selfie.jpg"];

#[test]
fn good_photos_are_accepted_and_strong_faults_of_the_file_are_named() {
    let truths = truths();
    for row in audited() {
        let found: Vec<_> = row.categories.iter().map(|category| category.id()).collect();
        let Truth { labels, severity } = &truths[&row.source.path];
        for label in labels {
            match label.as_str() {
                "ok" if UNSEEN_FACES.contains(&row.source.path.as_str()) => {
                    assert!(["no_face", "incomplete"].contains(&found[0]) && found.len() == 1, "{found:?}");
                }
                "ok" => assert_eq!(row.verdict, Verdict::Accept, "{}: {found:?}", row.source.path),
                "damaged_file" | "low_resolution" | "recompressed" if severity == "strong" => {
                    assert!(found.contains(&label.as_str()), "{} is {label}, found {found:?}", row.source.path);
                }
                _ => {}
            }
        }
    }
}

/// Checks whose fault no sample photo has: the simulator lays down one document, the declared one, prints the right digits, and its
/// masks are taken for faces no more. `tests/scene.rs` counts two documents, `tests/identity.rs` declares wrong ones,
/// `src/identity/tests.rs` reads wrong digits, `tests/selfies.rs` paints on faces.
const NEVER_FAILING: [&str; 11] = [
    "document_count",
    "type_match",
    "mrz_check_digits",
    "face_sharpness",
    "background_uniformity",
    "eyes_visible",
    "mouth_visible",
    "head_covering",
    "glasses_reflection",
    "head_roll",
    "head_yaw",
];

#[test]
fn every_check_is_seen_to_pass_and_to_fail() {
    let rows = audited();
    for (at, check) in REGISTRY.iter().enumerate() {
        let seen = |wanted: &[Grade]| rows.iter().filter_map(|row| row.grades[at]).any(|grade| wanted.contains(&grade));
        assert!(seen(&[Grade::Pass]), "{} never passes", check.id);
        let fails = seen(&[Grade::Review, Grade::Reject]);
        assert!(fails != NEVER_FAILING.contains(&check.id), "{} fails: {fails}", check.id);
    }
}
