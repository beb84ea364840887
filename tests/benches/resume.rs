//! What it costs to audit a folder again in which nothing has changed: `cargo bench --bench resume`.
//!
//! The photos are links to those of `sample_data`, which are audited once; what a first run over all of them would have kept is
//! written from these rows.
#![expect(clippy::print_stdout, reason = "a program that prints tables")]

use std::collections::BTreeMap;
use std::fs;
use std::ops::ControlFlow;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::sync::atomic::AtomicBool;
use std::time::Duration;
use std::time::Instant;

use jiff::civil::date;
use kyclint::audit;
use kyclint::audit::Entry;
use kyclint::audit::Event;
use kyclint::audit::Inputs;
use kyclint::audit::Options;
use kyclint::config::Settings;
use kyclint::record::Row;
use kyclint::record::Source;
use kyclint::report::Conditions;
use kyclint::report::MeasuredTable;

const PHOTOS: usize = 100_000;
/// Photos of a folder.
const FOLDER: usize = 1000;

fn main() {
    let work = tempfile::tempdir().expect("a temporary folder");
    let photos = work.path().join("photos");
    let settings = Settings { as_of: Some(date(2026, 5, 1)), ..Settings::default() };
    let rows = sample_rows(&settings);
    link(&rows, &photos);
    let report = work.path().join("report");
    keep(&rows, &photos, &report, &settings);
    println!("| {PHOTOS} unchanged photos | seconds | peak memory, MiB |\n|---|---|---|");
    for check in ["time", "content"] {
        let (seconds, peak) = resume(&photos, &report, check);
        println!("| `--check {check}` | {seconds:.1} | {peak} |");
    }
}

/// The sample photos and their rows.
fn sample_rows(settings: &Settings) -> Vec<(PathBuf, Row)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/photos");
    let inputs = Inputs { roots: vec![root], ..Inputs::default() };
    let entries = audit::collect(&inputs, &AtomicBool::new(false), |_| {}).expect("the sample photos").entries;
    let mut rows = Vec::new();
    let observe = |event: Event| {
        if let Event::Row(row) = event {
            rows.push((PathBuf::from(&row.source.path), row.clone()));
        }
        ControlFlow::Continue(())
    };
    audit::run(&entries, settings, &Options::default(), &AtomicBool::new(false), |_, _| (), observe).expect("workers");
    rows
}

fn place(at: usize, photo: &Path) -> PathBuf {
    let name = photo.file_name().expect("the name of a photo").to_string_lossy();
    PathBuf::from(format!("{:03}/{at:06}/{name}", at / FOLDER))
}

fn link(rows: &[(PathBuf, Row)], photos: &Path) {
    let copies: BTreeMap<&Path, PathBuf> = rows.iter().map(|(path, _)| (path.as_path(), copy(path, photos))).collect();
    for (at, (photo, _)) in (0..PHOTOS).zip(rows.iter().cycle()) {
        let path = photos.join(place(at, photo));
        fs::create_dir_all(path.parent().expect("a folder")).expect("room for folders");
        fs::hard_link(&copies[photo.as_path()], path).expect("room for links");
    }
}

/// A copy on the file system of `photos`, so that links to it can be made.
fn copy(photo: &Path, photos: &Path) -> PathBuf {
    let folder = photos.with_file_name("originals");
    fs::create_dir_all(&folder).expect("room for copies");
    let submission = photo.parent().and_then(Path::file_name).expect("a submission").to_string_lossy();
    let copy = folder.join(format!("{submission}-{}", photo.file_name().expect("a name").to_string_lossy()));
    fs::copy(photo, &copy).expect("room for copies");
    let file = fs::File::options().write(true).open(&copy).expect("the copy");
    file.set_modified(std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1)).expect("a time");
    copy
}

fn keep(rows: &[(PathBuf, Row)], photos: &Path, report: &Path, settings: &Settings) {
    let conditions = Conditions { fingerprint: audit::fingerprint(settings), as_of: settings.as_of };
    let mut table = MeasuredTable::create(report, &conditions).expect("a table");
    for (at, (photo, row)) in (0..PHOTOS).zip(rows.iter().cycle()) {
        let relative = place(at, photo);
        let path = photos.join(&relative).display().to_string();
        let Source { document_type, .. } = Entry::found(path.clone().into(), relative).source(&audit::PathStyle::Given);
        let source = Source { path, document_type, ..Source::default() };
        table.keep(&Row { source, modified_ns: Some(1_000_000_000), ..row.clone() }).expect("a row");
    }
    table.publish().expect("a table");
}

/// Wall-clock seconds and peak memory, MiB, of a run that takes everything over.
fn resume(photos: &Path, report: &Path, check: &str) -> (f64, u64) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kyclint"));
    command.args(["audit", "--quiet", "--as-of", "2026-05-02", "--check", check, "--resume"]).arg(report);
    command.arg("--out").arg(report).arg(photos);
    let started = Instant::now();
    let mut child = command.spawn().expect("the program starts");
    let mut peak = 0;
    while child.try_wait().expect("the child is ours").is_none() {
        peak = peak.max(memory(child.id()));
        std::thread::sleep(Duration::from_millis(20));
    }
    let seconds = started.elapsed().as_secs_f64();
    let run = fs::read_to_string(report.join("run.json")).expect("a report");
    assert!(run.contains(&format!("\"taken_over\": {PHOTOS}")), "every photo is taken over");
    (seconds, peak)
}

/// Peak of the resident memory of a process so far, MiB.
fn memory(id: u32) -> u64 {
    let text = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<u64>().ok()).unwrap_or_default() / 1024
}
