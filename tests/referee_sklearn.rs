//! Rates and curves are those of scikit-learn: on tables with its recorded answers, and on random ones where Python has it.
//!
//! `PYTHON` names the interpreter, otherwise `python3`. `UPDATE=1` asks it for the recorded answers anew.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test may fail, and says when it is skipped")]

use std::env;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use kyclint::tune::metrics::Confusion;
use kyclint::tune::metrics::Curve;
use kyclint::tune::metrics::Scored;
use proptest::collection;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::Config;
use proptest::test_runner::RngAlgorithm;
use proptest::test_runner::TestRng;
use proptest::test_runner::TestRunner;
use serde::Deserialize;
use serde::Serialize;

/// One photo of a table.
#[derive(Clone, Copy, Debug, Deserialize, Serialize)]
struct Line {
    score: f64,
    is_bad: bool,
    is_found: bool,
    weight: f64,
}

type Table = Vec<Line>;

/// What is said of one table.
#[derive(Clone, Debug, Deserialize, Serialize)]
struct Answer {
    precision: Option<f64>,
    recall: Option<f64>,
    f1: Option<f64>,
    auc: Option<f64>,
    average_precision: Option<f64>,
    roc: Option<Vec<(f64, f64)>>,
    pr: Option<Vec<(f64, f64)>>,
    det: Option<Vec<(f64, f64)>>,
}

/// What the script prints.
#[derive(Deserialize)]
struct Reply {
    scikit_learn: String,
    expected: Vec<Answer>,
}

/// The recorded answers.
#[derive(Deserialize, Serialize)]
struct Pinned {
    scikit_learn: String,
    tables: Vec<Table>,
    expected: Vec<Answer>,
}

fn ours(table: &[Line]) -> Answer {
    let mut counts = Confusion::default();
    for line in table {
        counts.add(line.is_bad, line.is_found, line.weight);
    }
    let scored = |line: &Line| Scored { score: line.score, is_bad: line.is_bad, weight: line.weight, group: 0 };
    let curve = Curve::new(&table.iter().map(scored).collect::<Vec<_>>());
    Answer {
        precision: counts.precision(),
        recall: counts.recall(),
        f1: counts.f1(),
        auc: curve.auc(),
        average_precision: curve.average_precision(),
        roc: curve.roc(),
        pr: curve.pr(),
        det: curve.det(),
    }
}

/// Every number of an answer, in one order; absent ones and the ends of curves as `None`.
fn numbers(answer: &Answer) -> Vec<Option<f64>> {
    let single = [answer.precision, answer.recall, answer.f1, answer.auc, answer.average_precision];
    let curves = [&answer.roc, &answer.pr, &answer.det];
    let of_curves = curves.into_iter().flat_map(|curve| {
        let points = curve.iter().flatten().flat_map(|point| [Some(point.0), Some(point.1)]);
        points.chain([None])
    });
    single.into_iter().chain(of_curves).collect()
}

fn assert_alike(table: &[Line], expected: &Answer, tolerance: f64) {
    let ours = ours(table);
    let (one, other) = (numbers(&ours), numbers(expected));
    let is_alike = |(a, b): (&Option<f64>, &Option<f64>)| match (a, b) {
        (Some(a), Some(b)) => (a - b).abs() <= tolerance,
        (a, b) => a == b,
    };
    let fine = one.len() == other.len() && one.iter().zip(&other).all(is_alike);
    assert!(fine, "{table:?}\nours: {ours:?}\nscikit-learn: {expected:?}");
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/referee")
}

/// Asks scikit-learn; `None` where there is no Python with it.
fn ask(tables: &[Table]) -> Option<Reply> {
    let python = env::var_os("PYTHON").unwrap_or_else(|| "python3".into());
    let has_it = Command::new(&python).args(["-c", "import sklearn"]).output().is_ok_and(|run| run.status.success());
    if !has_it {
        eprintln!("skipped: {} has no scikit-learn; set PYTHON to one that has", python.display());
        return None;
    }
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(&serde_json::to_vec(tables).unwrap()).unwrap();
    let run = Command::new(&python).arg(folder().join("sklearn_metrics.py")).arg(file.path()).output().unwrap();
    assert!(run.status.success(), "{}", String::from_utf8_lossy(&run.stderr));
    Some(serde_json::from_slice(&run.stdout).unwrap())
}

/// Tables of up to `most` photos: of scores that tie or differ, of equal or of any weights, of rare or of many bad photos.
fn random_tables(seed: u8, count: usize, most: usize) -> Vec<Table> {
    let score = prop_oneof![(-3..4_i8).prop_map(f64::from), -1.0..1.0_f64];
    let weight = prop_oneof![Just(1.0), 0.1..9.0_f64];
    let line = (score, 0.0..1.0_f64, any::<bool>(), weight);
    let table = (collection::vec(line, 1..=most), prop_oneof![Just(0.05), Just(0.5)]).prop_map(|(lines, share)| {
        let line = |(score, part, is_found, weight)| Line { score, is_bad: part < share, is_found, weight };
        lines.into_iter().map(line).collect()
    });
    let mut runner = TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]));
    (0..count).map(|_| table.new_tree(&mut runner).unwrap().current()).collect()
}

#[test]
fn random_tables_are_rated_as_by_scikit_learn() {
    let tables: Vec<Table> = (1..=5).flat_map(|seed| random_tables(seed, 40, 300)).collect();
    let Some(reply) = ask(&tables) else { return };
    assert_eq!(reply.expected.len(), tables.len());
    for (table, expected) in tables.iter().zip(&reply.expected) {
        assert_alike(table, expected, 1e-9);
    }
}

#[test]
fn recorded_tables_are_rated_as_by_scikit_learn() {
    let path = folder().join("sklearn_metrics.json");
    if env::var_os("UPDATE").is_some() {
        record(&path);
    }
    let pinned: Pinned = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    assert!(pinned.tables.len() == pinned.expected.len() && pinned.tables.len() >= 10);
    for (table, expected) in pinned.tables.iter().zip(&pinned.expected) {
        assert_alike(table, expected, 1e-12);
    }
}

fn record(path: &Path) {
    let photo = |score: f64, is_bad| Line { score, is_bad, is_found: score >= 0.5, weight: 1.0 };
    let by_eye = vec![
        vec![photo(0.9, true), photo(0.5, false), photo(0.4, true), photo(0.1, false)],
        vec![photo(0.9, true), photo(0.9, false), photo(0.5, true), photo(0.5, true), photo(0.1, false)],
        vec![photo(0.9, true), photo(0.8, true), photo(0.2, false)],
        vec![photo(0.5, true), photo(0.5, false)],
        vec![photo(0.9, true), photo(0.1, true)],
        vec![photo(0.4, false), photo(0.1, false)],
    ];
    let tables = [by_eye, random_tables(9, 8, 14)].concat();
    let Some(Reply { scikit_learn, expected }) = ask(&tables) else { return };
    let pinned = Pinned { scikit_learn, tables, expected };
    fs::write(path, serde_json::to_string(&pinned).unwrap() + "\n").unwrap();
}
