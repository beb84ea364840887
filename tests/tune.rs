//! The program on labels: evaluate, tune, suggest-labels.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::process::Output;

use kyclint::checks::find;
use kyclint::config::Settings;
use kyclint::photo::FileFacts;
use kyclint::record::Row;
use kyclint::record::Source;
use kyclint::report::CsvTable;
use kyclint::report::Table;
use kyclint::scene::DocumentType;
use serde_json::Value;
use tempfile::TempDir;

fn kyclint(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_kyclint"))
        .env("NO_COLOR", "1")
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

/// What the program prints where it ends well.
fn printed(folder: &Path, arguments: &[&str]) -> String {
    let output = kyclint(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// What it says where it refuses.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = kyclint(folder, arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {said}");
    said
}

/// A report of passports whose sharpness is 0.2 for every fifth and 0.6 for the others, a little more from photo to photo, and its labels.
fn report(photos: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut table = CsvTable::new(fs::File::create(folder.path().join("report.csv")).unwrap(), &[]).unwrap();
    let mut labels = "path,labels,outcome\n".to_owned();
    for at in 0..photos {
        let is_bad = at % 5 == 0;
        let path = format!("in/{at}.jpg");
        let source = Source { path: path.clone(), document_type: Some(DocumentType::Passport), ..Source::default() };
        let facts = FileFacts { bytes: 1, blake3: blake3::hash(path.as_bytes()).to_string(), ..FileFacts::default() };
        let mut row = Row::blank(source, facts);
        let number = if is_bad { 0.2 } else { 0.6 } + 0.0001 * (at % 100) as f64;
        row.outcomes[find("sharpness").unwrap().0] = Some(Ok(number));
        row.judge(&Settings::default().policy);
        table.write(&row).unwrap();
        let _ = writeln!(labels, "{path},{},{}", if is_bad { "blurry" } else { "ok" }, u8::from(at % 25 == 0));
    }
    table.finish().unwrap();
    fs::write(folder.path().join("labels.csv"), labels).unwrap();
    fs::write(folder.path().join("base.toml"), BASE).unwrap();
    folder
}

const BASE: &str = "# Ours.\n\n[verdict]\nreject_on = [\"blurry\"] # nothing else\n\n[passport.sharpness]\n# Too low.\nreject_below = 0.05\nreview_below = 0.06\n\n[default.tilt]\nreject_above = 50\n";

#[test]
fn evaluate_writes_tables_a_page_and_what_is_left_over() {
    let folder = report(500);
    fs::write(folder.path().join("few.csv"), "path,labels\nin/0.jpg,blurry\nin/1.jpg,ok\ngone.jpg,ok\n").unwrap();
    let said = kyclint(folder.path(), &["evaluate", "report.csv", "--labels", "few.csv", "--out", "few"]);
    let told = String::from_utf8_lossy(&said.stderr);
    assert!(told.contains("1 labels are of no photo in the report: gone.jpg (line 4)"), "{told}");
    let left = fs::read_to_string(folder.path().join("few/unmatched.csv")).unwrap();
    assert_eq!(left.lines().nth(1), Some("label without photo,gone.jpg,line 4"));
    assert_eq!(left.lines().filter(|line| line.starts_with("photo without label")).count(), 498);

    fs::write(folder.path().join("sharp.toml"), "[default.sharpness]\nreject_below = 0.4\nreview_below = 0.5\n")
        .unwrap();
    let evaluate = ["evaluate", "report.csv", "--labels", "labels.csv", "--config", "sharp.toml", "--json", "--quiet"];
    let json = printed(folder.path(), &evaluate);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["photos"], &json["macro_f1"]), (&500.into(), &1.0.into()));
    let blurry = json["categories"].as_array().unwrap().iter().find(|row| row["category"] == "blurry").unwrap();
    assert_eq!((&blurry["found"], &blurry["auc"], &blurry["bad"]), (&100.0.into(), &1.0.into(), &100.0.into()));
    let discard = &json["error_versus_discard"][0];
    assert_eq!((&discard["check"], &discard["points"][0][1]), (&"worst".into(), &0.04.into()));
    for file in ["evaluation.csv", "checks.csv", "evaluation.md", "evaluation.html", "evaluation.json"] {
        let text = fs::read_to_string(folder.path().join("kyclint-evaluation").join(file)).unwrap();
        assert!(text.contains("blurry"), "{file}");
        assert!(!text.contains("http://") && !text.contains("https://"), "{file} names an address");
    }
}

#[test]
fn tune_keeps_the_file_it_starts_from_and_says_where_limits_come_from() {
    let folder = report(1000);
    let tune = |more: &[&str]| {
        let common = ["tune", "report.csv", "--labels", "labels.csv", "--config", "base.toml", "--date", "2026-12-31"];
        printed(folder.path(), &[&common[..], more].concat())
    };
    let table = tune(&["--dry-run"]);
    assert!(table.contains("sharpness.reject_below 0.05 -> 0.4"), "{table}");
    tune(&["--out", "tuned.toml"]);
    let tuned = fs::read_to_string(folder.path().join("tuned.toml")).unwrap();
    let hash = blake3::hash(&fs::read(folder.path().join("labels.csv")).unwrap()).to_string();
    let comment = format!(
        "# Too low.\n# tuned: was 0.05; best F1 at false rejects <= 0.02; held out: recall 1.000 (1.000–1.000), false rejects 0.000 (0.000–0.000); labels {}; 2026-12-31\nreject_below = 0.4\n",
        &hash[..8]
    );
    assert!(tuned.contains(&comment), "{tuned}");
    assert!(tuned.starts_with("# Ours.\n\n[verdict]\nreject_on = [\"blurry\"] # nothing else\n"), "{tuned}");
    assert!(tuned.ends_with("[default.tilt]\nreject_above = 50\n"), "{tuned}");
    assert_eq!(fs::read_to_string(folder.path().join("base.toml")).unwrap(), BASE);
    // The tuned file is a configuration, and tuning it again replaces its comments.
    printed(folder.path(), &["config", "check", "tuned.toml"]);
    let evaluate = ["evaluate", "report.csv", "--labels", "labels.csv", "--config", "tuned.toml", "--json"];
    assert_eq!(serde_json::from_str::<Value>(&printed(folder.path(), &evaluate)).unwrap()["macro_f1"], 1.0);
}

#[test]
fn what_cannot_be_tuned_or_evaluated_is_refused_with_a_reason() {
    let folder = report(10);
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("empty.csv", "");
    write("unknown.csv", "path,labels\nin/0.jpg,blury\n");
    write("nan.csv", "path,labels,weight\nin/0.jpg,ok,NaN\n");
    write("twice.csv", "path,labels\nin/0.jpg,ok\nin/0.jpg,glare\n");
    write("others.csv", "path,labels\nelsewhere.jpg,ok\n");
    let mistakes = [
        ("empty.csv", "empty.csv: "),
        ("unknown.csv", "blurry"),
        ("nan.csv", "line 2"),
        ("twice.csv", "line 2 and line 3"),
        (
            "others.csv",
            "none of the 1 labels is of a photo in the report: labels name `elsewhere.jpg`, the report `in/0.jpg`",
        ),
        ("gone.csv", "gone.csv: cannot read it"),
    ];
    for (labels, expected) in mistakes {
        for verb in [&["evaluate"][..], &["tune", "--out", "tuned.toml"]] {
            let said = refused(folder.path(), &[verb, &["report.csv", "--labels", labels]].concat());
            assert!(said.contains(expected), "{labels}: {said}");
        }
    }
    let onto = ["tune", "report.csv", "--labels", "labels.csv", "--config", "base.toml", "--out", "base.toml"];
    assert!(refused(folder.path(), &onto).contains("is the configuration that is tuned"));
    assert_eq!(fs::read_to_string(folder.path().join("base.toml")).unwrap(), BASE);
    assert!(!folder.path().join("tuned.toml").exists() && !folder.path().join("kyclint-evaluation").exists());
}

#[test]
fn a_report_of_an_older_version_is_refused() {
    let folder = report(10);
    let text = fs::read_to_string(folder.path().join("report.csv")).unwrap().replace("glare_area", "gloss");
    fs::write(folder.path().join("old.csv"), text).unwrap();
    let said = refused(folder.path(), &["evaluate", "old.csv", "--labels", "labels.csv"]);
    assert!(said.contains("the report old.csv is of an older version: it has no glare_area; audit"), "{said}");
}

#[test]
fn one_class_alone_can_be_evaluated_and_not_tuned() {
    let folder = report(10);
    for (name, label) in [("good.csv", "ok"), ("bad.csv", "blurry")] {
        let rows = (0..10).map(|at| format!("in/{at}.jpg,{label}\n")).collect::<Vec<_>>().concat();
        fs::write(folder.path().join(name), format!("path,labels\n{rows}")).unwrap();
        let tune = ["tune", "report.csv", "--labels", name, "--force", "--out", "tuned.toml"];
        assert!(refused(folder.path(), &tune).contains("limits need both"));
        assert!(!folder.path().join("tuned.toml").exists());
        printed(folder.path(), &["evaluate", "report.csv", "--labels", name]);
    }
}

#[test]
fn photos_to_label_are_named_with_pictures_and_as_a_table_to_fill_in() {
    let samples = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/photos");
    let folder = tempfile::tempdir().unwrap();
    let photos = samples.to_str().unwrap();
    kyclint(folder.path(), &["audit", photos, "--paths-as", "relative", "--as-of", "2028-02-29", "--out", "report"]);
    let suggest = ["suggest-labels", "report/report.parquet", "--count", "8", "--photos", photos, "--out", "labelling"];
    printed(folder.path(), &suggest);
    let table = fs::read_to_string(folder.path().join("labelling/to_label.csv")).unwrap();
    assert_eq!(table.lines().count(), 9, "{table}");
    let page = fs::read_to_string(folder.path().join("labelling/to_label.html")).unwrap();
    assert_eq!(page.matches("data:image/jpeg;base64,").count(), 8);
    // The table is a file of labels, of which none is filled in yet.
    let evaluate = ["evaluate", "report", "--labels", "labelling/to_label.csv"];
    assert!(refused(folder.path(), &evaluate).contains("no photo in it is labelled"));
}
