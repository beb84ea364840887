//! The program on folders of submissions: what it says of each as a whole.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::Path;
use std::process::Command;

use kyclint::photo::FileFacts;
use kyclint::photo::Limits;
use kyclint::photo::decode;
use tempfile::TempDir;

const FRONT: &str = "s00000/id_card_front.jpg";
const BACK: &str = "s00000/id_card_back.jpg";
const PASSPORT: &str = "s00001/passport.jpg";

fn kyclint(folder: &Path, arguments: &[&str], code: i32) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kyclint"));
    command.env_remove("KYCLINT_PATH_KEY").env("NO_COLOR", "1").current_dir(folder).args(arguments);
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(code), "{command:?}\n{}", String::from_utf8_lossy(&output.stderr));
}

fn sample(path: &str) -> Vec<u8> {
    fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/photos").join(path)).unwrap()
}

/// The photo in `bytes`, grey and compressed again.
fn sent_again(bytes: &[u8]) -> Vec<u8> {
    let photo = decode(bytes, FileFacts::read(bytes), &Limits::default()).unwrap();
    let luma = photo.luma();
    let mut again = Vec::new();
    let encoder = jpeg_encoder::Encoder::new(&mut again, 60);
    encoder.encode(luma.samples(), luma.width() as u16, luma.height() as u16, jpeg_encoder::ColorType::Luma).unwrap();
    again
}

/// A folder `in` with these files.
fn folder(files: &[(&str, Vec<u8>)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = folder.path().join("in").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    folder
}

fn submissions() -> TempDir {
    folder(&[
        ("complete/id_card_front.jpg", sample(FRONT)),
        ("complete/id_card_back.jpg", sample(BACK)),
        ("half/id_card_front.jpg", sample("s00003/id_card_front.jpg")),
        ("sent again/passport.jpg", sent_again(&sample(PASSPORT))),
        ("twice/driver_license_front.jpg", sample("s00002/driver_license_front.jpg")),
        ("twice/driver_license_back.jpg", sent_again(&sample("s00002/driver_license_front.jpg"))),
        ("whole/passport.jpg", sample(PASSPORT)),
    ])
}

/// Name, verdict, rules, missing and duplicates of each submission.
fn table(report: &Path) -> Vec<String> {
    let mut reader = csv::Reader::from_path(report).unwrap();
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let places = ["submission_id", "verdict", "rules", "missing", "duplicates"].map(at);
    reader.records().map(|row| row.unwrap()).map(|row| places.map(|at| &row[at]).join("|")).collect()
}

#[test]
fn each_submission_has_one_verdict_and_says_what_is_missing() {
    let folder = submissions();
    kyclint(folder.path(), &["audit", "in", "--paths-as", "relative"], 0);
    let found = table(&folder.path().join("kyclint-report/submissions.csv"));
    // The photo that was compressed again is grey, which its own checks reject.
    let expected = [
        "complete|accept|||",
        "half|reject|missing_side|id_card_back|",
        "sent again|reject|duplicate_photo||whole",
        "twice|reject|same_side_twice||",
        "whole|review|duplicate_photo||sent again",
    ];
    assert_eq!(found, expected);
    let run: serde_json::Value =
        serde_json::from_slice(&fs::read(folder.path().join("kyclint-report/run.json")).unwrap()).unwrap();
    assert_eq!(run["counts"]["submissions"], serde_json::json!({"accept": 1, "review": 1, "reject": 3}));
    assert_eq!(run["counts"]["submission_rules"]["missing_side"], 1);
    assert_eq!(run["counts"]["duplicate_photos"], 2);
}

#[test]
fn judging_again_finds_the_same_submissions_without_a_photo() {
    let folder = submissions();
    kyclint(folder.path(), &["audit", "in", "--out", "first"], 0);
    fs::remove_dir_all(folder.path().join("in")).unwrap();
    for report in ["report.csv", "report.parquet"] {
        kyclint(folder.path(), &["judge", &format!("first/{report}"), "--out", "again"], 0);
        for file in ["submissions.csv", "submissions.parquet"] {
            let bytes = |out: &str| fs::read(folder.path().join(out).join(file)).unwrap();
            assert!(bytes("first") == bytes("again"), "{file} from {report}");
        }
    }
    fs::write(folder.path().join("own.toml"), "[submission]\nmissing_side = \"review\"\n").unwrap();
    kyclint(folder.path(), &["judge", "first/report.csv", "--config", "own.toml", "--out", "mild"], 0);
    assert_eq!(table(&folder.path().join("mild/submissions.csv"))[1], "half|review|missing_side|id_card_back|");
}

#[test]
fn a_submission_may_fail_where_every_photo_passes() {
    let folder = folder(&[("half/id_card_front.jpg", sample(FRONT))]);
    kyclint(folder.path(), &["audit", "in", "--fail-on", "reject"], 1);
    fs::write(folder.path().join("own.toml"), "[submission]\nmissing_side = \"off\"\n").unwrap();
    kyclint(folder.path(), &["audit", "in", "--fail-on", "review", "--config", "own.toml"], 0);
}

#[test]
fn a_run_without_submissions_leaves_no_table_of_an_older_one() {
    let folder = folder(&[("half/id_card_front.jpg", sample(FRONT)), ("loose.jpg", sample(FRONT))]);
    kyclint(folder.path(), &["audit", "in", "--out", "out"], 0);
    assert!(folder.path().join("out/submissions.parquet").exists());
    kyclint(folder.path(), &["audit", "in/loose.jpg", "--out", "out"], 0);
    let mut names: Vec<_> =
        fs::read_dir(folder.path().join("out")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["measured.parquet", "report.csv", "report.html", "report.parquet", "run.json"]);
}

#[test]
fn a_manifest_groups_photos_of_any_name() {
    let folder = folder(&[("1.jpg", sample(FRONT)), ("2.jpg", sample(BACK)), ("3.jpg", sample(FRONT))]);
    let manifest = "path,document_type,submission_id\nin/1.jpg,id_card_front,b\nin/2.jpg,id_card_back,b\nin/3.jpg,id_card_front,=a;\n";
    fs::write(folder.path().join("list.csv"), manifest).unwrap();
    kyclint(folder.path(), &["audit", "--manifest", "list.csv"], 0);
    let found = table(&folder.path().join("kyclint-report/submissions.csv"));
    let expected = ["'=a;|reject|missing_side;duplicate_photo|id_card_back|b", "b|review|duplicate_photo||'=a\\x3B"];
    assert_eq!(found, expected);
}

#[test]
fn hashed_paths_show_no_name_among_submissions() {
    let folder = folder(&[
        ("jane_doe/passport.jpg", sample(PASSPORT)),
        ("john_roe/passport.jpg", sample(PASSPORT)),
        ("loose_moe.jpg", sample(PASSPORT)),
    ]);
    kyclint(folder.path(), &["audit", "in", "--paths-as", "hash", "--path-key", "k", "--out", "out"], 0);
    let found = table(&folder.path().join("out/submissions.csv"));
    assert_eq!(found.len(), 2);
    assert!(found.iter().all(|row| row.contains("|review|duplicate_photo||")), "{found:?}");
    for file in ["submissions.csv", "submissions.parquet", "run.json"] {
        let bytes = fs::read(folder.path().join("out").join(file)).unwrap();
        for name in ["jane", "john", "loose"] {
            assert!(!bytes.windows(name.len()).any(|window| window == name.as_bytes()), "{name} in {file}");
        }
    }
}

/// The sample selfie of a submission as frames of captures: what each was asked for, and what the table of captures says.
#[test]
fn frames_of_a_capture_are_judged_together_and_count_for_their_submission() {
    let folder = folder(&[("1.jpg", sample("s00002/selfie.jpg")), ("2.jpg", sample("s00002/selfie.jpg"))]);
    let manifest = "path,document_type,submission_id,capture_id,frame,prompt\n\
                    1.jpg,selfie,s,c,1,neutral\n2.jpg,selfie,s,c,2,open_mouth\n";
    fs::write(folder.path().join("in/frames.csv"), manifest).unwrap();
    kyclint(folder.path(), &["audit", "--quiet", "--manifest", "in/frames.csv"], 0);
    let report = folder.path().join("kyclint-report");
    let captures = fs::read_to_string(report.join("captures.csv")).unwrap();
    let expected = "c,s,reject,2,open_mouth,0,open_mouth:0.00,0,";
    assert_eq!(captures.lines().nth(1), Some(expected));
    assert_eq!(table(&report.join("submissions.csv")), ["s|reject|prompted_action||"]);
    kyclint(folder.path(), &["judge", "kyclint-report/report.csv", "--out", "again"], 0);
    assert_eq!(fs::read_to_string(folder.path().join("again/captures.csv")).unwrap(), captures);
}
