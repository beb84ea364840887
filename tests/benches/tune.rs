//! A report of 100,000 rows with labels of all of them: `cargo bench --bench tune`.

use std::collections::BTreeSet;

use divan::Bencher;
use divan::black_box;
use kyclint::checks::Category;
use kyclint::checks::REGISTRY;
use kyclint::photo::FileFacts;
use kyclint::record::Row;
use kyclint::record::Source;
use kyclint::report::CsvTable;
use kyclint::report::ParquetTable;
use kyclint::report::Recorded;
use kyclint::report::Table;
use kyclint::scene::DocumentType;
use kyclint::tune::Cases;
use kyclint::tune::CheckSide;
use kyclint::tune::Evaluation;
use kyclint::tune::LabelNames;
use kyclint::tune::Labels;
use kyclint::tune::Objective;
use kyclint::tune::TuneOptions;
use kyclint::tune::metrics::Bootstrap;
use kyclint::tune::tune;
use kyclint::verdict::Policy;

const ROWS: u64 = 100_000;

fn main() {
    divan::main();
}

/// 0 up to 1; equal seeds give equal numbers (Steele, Lea, Flood 2014).
fn share(seed: u64) -> f64 {
    let z = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    (z >> 11) as f64 / (1_u64 << 53) as f64
}

/// A photo with a number of every check, one in four of them with a fault that shows in the numbers of its category.
fn row(at: u64) -> (Row, Option<Category>) {
    let kind = DocumentType::ALL[at as usize % DocumentType::ALL.len()];
    let fault = (share(at) < 0.25).then(|| Category::ALL[(share(at + 1) * Category::ALL.len() as f64) as usize]);
    let source = Source {
        path: format!("s{:06}/{at}.jpg", at / 2),
        submission_id: Some(format!("s{:06}", at / 2)),
        document_type: Some(kind),
        ..Source::default()
    };
    let facts = FileFacts { bytes: 1, blake3: blake3::hash(&at.to_le_bytes()).to_string(), ..FileFacts::default() };
    let mut row = Row::blank(source, facts);
    for (index, check) in REGISTRY.iter().enumerate().filter(|(_, check)| check.applies_to(Some(kind))) {
        let noise = share(at << 8 | index as u64);
        let limits: Vec<f64> = check.band.limits().map(|(_, value)| value).collect();
        let span = limits.iter().fold(1e-3_f64, |span, limit| span.max(limit.abs()));
        let inside = limits.iter().sum::<f64>() / limits.len().max(1) as f64;
        let side = CheckSide::all().find(|side| side.index == index && Some(side.category()) == fault);
        let away = side.map_or(0.0, |side| -side.badness(-1.0) * span);
        row.outcomes[index] = Some(Ok(inside + span * (noise - 0.5) + 0.8 * away));
    }
    (row, fault)
}

/// A report and labels of all its photos, on disk.
fn files() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let open = |name: &str| std::fs::File::create(folder.path().join(name)).expect("a file");
    let mut parquet = ParquetTable::new(open("report.parquet"), &[], Vec::new()).expect("a table");
    let mut csv = CsvTable::new(open("report.csv"), &[]).expect("a table");
    let mut labels = csv::Writer::from_writer(open("labels.csv"));
    labels.write_record(["path", "labels"]).expect("a line");
    for at in 0..ROWS {
        let (mut row, fault) = row(at);
        row.judge(&Policy::default());
        parquet.write(&row).expect("a row");
        csv.write(&row).expect("a row");
        labels.write_record([row.source.path.as_str(), fault.map_or("ok", Category::id)]).expect("a line");
    }
    parquet.finish().expect("a table");
    csv.finish().expect("a table");
    labels.flush().expect("labels");
    if let Some(kept) = std::env::var_os("KEEP") {
        for name in ["report.parquet", "labels.csv"] {
            std::fs::create_dir_all(&kept).expect("a folder");
            std::fs::copy(folder.path().join(name), std::path::Path::new(&kept).join(name)).expect("a copy");
        }
    }
    folder
}

fn read(folder: &tempfile::TempDir) -> (Vec<Row>, Labels) {
    let rows = Recorded::open(&folder.path().join("report.parquet")).expect("a report").rows;
    let labels = Labels::read(&folder.path().join("labels.csv"), &LabelNames::default()).expect("labels");
    (rows, labels)
}

#[divan::bench(args = ["report.parquet", "report.csv"], sample_count = 3)]
fn reading(bencher: Bencher, name: &str) {
    let folder = files();
    bencher.bench_local(|| Recorded::open(black_box(&folder.path().join(name))).expect("a report"));
}

#[divan::bench(sample_count = 3)]
fn joining(bencher: Bencher) {
    let (rows, labels) = read(&files());
    bencher.bench_local(|| Cases::join(black_box(&rows), black_box(&labels)).expect("cases").cases.len());
}

#[divan::bench(args = [false, true], sample_count = 3)]
fn evaluating(bencher: Bencher, is_weighted: bool) {
    let (rows, mut labels) = read(&files());
    if is_weighted {
        labels.labels.iter_mut().zip(0..).for_each(|(label, at)| label.weight = 0.5 + share(at));
    }
    let cases = Cases::join(&rows, &labels).expect("cases");
    assert!(cases.judged.len() > 20 && cases.judged.is_subset(&BTreeSet::from(Category::ALL)));
    bencher.bench_local(|| Evaluation::of(black_box(&cases), &Policy::default(), &Bootstrap::default()));
}

#[divan::bench(args = [false, true], sample_count = 3)]
fn tuning(bencher: Bencher, is_pooled: bool) {
    let (rows, labels) = read(&files());
    let cases = Cases::join(&rows, &labels).expect("cases");
    let objective = Objective::MaxFalseReject(0.02);
    let options = TuneOptions { objective, review_budget: 0.05, seed: 0, is_forced: false, is_pooled };
    bencher.bench_local(|| tune(black_box(&cases), &Policy::default(), &options));
}
