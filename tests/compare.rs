//! The program on two reports: what changed, what drifted, and when it fails.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::Path;
use std::process::Command;
use std::process::Output;

use kyclint::checks::Category;
use kyclint::checks::REGISTRY;
use kyclint::checks::Unmeasured;
use kyclint::checks::find;
use kyclint::config::Settings;
use kyclint::photo::ExifFacts;
use kyclint::photo::FileFacts;
use kyclint::record::Row;
use kyclint::record::Source;
use kyclint::report::CsvTable;
use kyclint::report::ParquetTable;
use kyclint::report::RunInfo;
use kyclint::report::Table;
use kyclint::scene::DocumentType;
use kyclint::verdict::Outcome;
use kyclint::verdict::Verdict;
use serde_json::Value;
use tempfile::TempDir;

fn kyclint(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kyclint"));
    command.env("NO_COLOR", "1").current_dir(folder).args(arguments).output().unwrap()
}

/// What the program prints where it ends with this code.
fn printed(folder: &Path, arguments: &[&str], code: i32) -> String {
    let output = kyclint(folder, arguments);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).unwrap()
}

/// What it says where it refuses; then it has printed nothing.
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = kyclint(folder, arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}: {said}");
    said
}

/// A passport with this sharpness, judged.
fn row(path: &str, sharpness: Outcome) -> Row {
    let source = Source { path: path.to_owned(), document_type: Some(DocumentType::Passport), ..Source::default() };
    let facts = FileFacts { bytes: 1, blake3: blake3::hash(path.as_bytes()).to_string(), ..FileFacts::default() };
    let mut row = Row::blank(source, facts);
    for (index, check) in
        REGISTRY.iter().enumerate().filter(|(_, check)| check.applies_to(Some(DocumentType::Passport)))
    {
        // A limit itself passes.
        let inside = check.band.review_below.or(check.band.review_above).unwrap_or_default();
        row.outcomes[index] = Some(Ok(inside));
    }
    row.outcomes[find("sharpness").unwrap().0] = Some(sharpness);
    row.judge(&sharpness_alone().policy);
    row
}

/// Settings that reject what is blurry, and nothing else.
fn sharpness_alone() -> Settings {
    let mut settings = Settings::default();
    settings.overlay("own.toml", "[verdict]\nreject_on = [\"blurry\"]\n[verdict.required]\npassport = []\n").unwrap();
    settings
}

/// Passports whose sharpness lies between 10 and 11, from one to the next a little more.
fn passports(count: usize) -> Vec<Row> {
    (0..count).map(|at| row(&format!("in/{at:04}.jpg"), Ok(10.0 + at as f64 / count as f64))).collect()
}

fn write_csv(path: &Path, rows: &[Row]) {
    let mut table = CsvTable::new(fs::File::create(path).unwrap(), &[]).unwrap();
    rows.iter().try_for_each(|row| table.write(row)).unwrap();
    table.finish().unwrap();
}

fn write_parquet(path: &Path, rows: &[Row], settings: &Settings) {
    let file = fs::File::create(path).unwrap();
    let mut table = ParquetTable::new(file, &[], RunInfo::footer(settings)).unwrap();
    rows.iter().try_for_each(|row| table.write(row)).unwrap();
    table.finish().unwrap();
}

/// A folder with `old.csv` and `new.csv`.
fn reports(old: &[Row], new: &[Row]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_csv(&folder.path().join("old.csv"), old);
    write_csv(&folder.path().join("new.csv"), new);
    folder
}

fn compared(old: &[Row], new: &[Row]) -> Value {
    let folder = reports(old, new);
    serde_json::from_str(&printed(folder.path(), &["compare", "old.csv", "new.csv", "--json"], 0)).unwrap()
}

fn of_check<'a>(json: &'a Value, check: &str) -> &'a Value {
    json["checks"].as_array().unwrap().iter().find(|of| of["check"] == check).unwrap()
}

#[test]
fn a_report_does_not_differ_from_itself() {
    let folder = tempfile::tempdir().unwrap();
    let rows = passports(60);
    write_csv(&folder.path().join("report.csv"), &rows);
    write_parquet(&folder.path().join("report.parquet"), &rows, &sharpness_alone());
    for (old, new) in [("report.csv", "report.csv"), ("report.csv", "report.parquet"), (".", ".")] {
        let gates = ["--max-psi", "0", "--max-verdict-changes", "0"];
        let text = printed(folder.path(), &[&["compare", old, new][..], &gates].concat(), 0);
        assert!(text.contains("no change in 60 photos"), "{text}");
        assert_eq!(text.matches("\n## ").count(), 1, "only the reports are named: {text}");
    }
}

#[test]
fn photos_come_and_go_and_change() {
    let old = [
        row("kept.jpg", Ok(10.0)),
        row("old place.jpg", Ok(10.0)),
        row("gone.jpg", Ok(10.0)),
        row("blurred.jpg", Ok(10.0)),
    ];
    let mut blurred = row("blurred.jpg", Ok(0.01));
    blurred.facts.blake3 = blake3::hash(b"another file").to_string();
    let mut moved = row("new place.jpg", Ok(10.0));
    moved.facts.blake3.clone_from(&old[1].facts.blake3);
    let new = [blurred, row("kept.jpg", Err(Unmeasured::NoDetail)), moved, row("here.jpg", Ok(10.0))];

    let json = compared(&old, &new);
    let photos = serde_json::json!({"both": 3, "added": 1, "removed": 1, "moved": 1, "file": 1, "type": 0, "verdict": 1,
        "categories": 1, "numbers": 1, "assessed": 1});
    assert_eq!(json["photos"], photos);
    assert_eq!(json["verdict_changes"]["share"], 0.333_333);
    let table = serde_json::json!([{"old": "accept", "new": "accept", "count": 2}, {"old": "accept", "new": "reject", "count": 1}]);
    assert_eq!(json["verdict_changes"]["table"], table);
    let blurry = serde_json::json!({"category": "blurry", "photos": [0, 1], "appeared": 1, "vanished": 0});
    assert_eq!(json["categories"], serde_json::json!([blurry]));
    let sharpness = of_check(&json, "sharpness");
    assert_eq!((&sharpness["compared"], &sharpness["fell"]), (&2.into(), &1.into()));
    assert_eq!(sharpness["largest"], serde_json::json!([{"path": "blurred.jpg", "numbers": [10.0, 0.01]}]));
    assert_eq!(sharpness["newly_not_assessed"], serde_json::json!({"no_detail": 1}));
    assert_eq!(json["drift"], serde_json::json!([]));

    let folder = reports(&old, &new);
    let text = printed(folder.path(), &["compare", "old.csv", "new.csv", "--out", "out"], 0);
    assert!(text.contains("| blurred.jpg | accept | reject | blurry |  | another file |"), "{text}");
    assert!(text.contains("| accept | 2 | 1 |"), "{text}");
    assert!(text.contains("No group has 50 photos in both reports"), "{text}");
    let changes = fs::read_to_string(folder.path().join("out/changes.csv")).unwrap();
    let expected = "path,old_path,what,old_verdict,new_verdict,old_categories,new_categories,checks\n\
        blurred.jpg,,file;verdict;categories;numbers,accept,reject,,blurry,sharpness\n\
        gone.jpg,,removed,accept,,,,\n\
        here.jpg,,added,,accept,,,\n\
        kept.jpg,,assessed,accept,accept,,,sharpness\n\
        new place.jpg,old place.jpg,moved,accept,accept,,,\n";
    assert_eq!(changes, expected);
}

#[test]
fn drift_is_found_by_check_type_and_camera_and_can_fail_a_build() {
    let camera = |rows: Vec<Row>| -> Vec<Row> {
        let of = |(at, mut row): (usize, Row)| {
            let model = if at % 2 == 0 { "A" } else { "B|<b>" };
            row.facts.exif = ExifFacts { model: Some(model.to_owned()), ..ExifFacts::default() };
            row
        };
        rows.into_iter().enumerate().map(of).collect()
    };
    let (old, mut new) = (camera(passports(200)), camera(passports(200)));
    let (sharpness, _) = find("sharpness").unwrap();
    for row in new.iter_mut().skip(1).step_by(2) {
        row.outcomes[sharpness] = Some(Ok(20.0));
    }
    let json = compared(&old, &new);
    let large: Vec<_> = json["drift"].as_array().unwrap().iter().filter(|of| of["drift"] == "large").collect();
    let names: Vec<_> = large.iter().map(|of| (&of["check"], &of["name"])).collect();
    let sharpness: Value = "sharpness".into();
    let expected = [(&sharpness, &"B|<b>".into()), (&sharpness, &Value::Null), (&sharpness, &"passport".into())];
    assert_eq!(names, expected);
    assert_eq!((&large[0]["ks"], &large[1]["ks"]), (&1.0.into(), &0.5.into()));

    let folder = reports(&old, &new);
    let compare =
        |gates: &[&str]| kyclint(folder.path(), &[&["compare", "old.csv", "new.csv", "--out", "out"], gates].concat());
    let output = compare(&["--max-psi", "0.25"]);
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("of sharpness on camera B|<b> is above --max-psi 0.25"), "{said}");
    assert_eq!(compare(&["--max-psi", "100"]).status.code(), Some(0));
    let page = fs::read_to_string(folder.path().join("out/compare.html")).unwrap();
    assert_eq!(page.matches("<svg ").count(), 3);
    assert!(
        page.contains("sharpness, camera B|&#60;b&#62;") && !page.contains("<b>|") && !page.contains("B|<b>"),
        "{page}"
    );
    assert!(
        !page.contains("http://") && !page.contains("https://") && !page.contains("<script"),
        "names an address or runs something"
    );
}

#[test]
fn changed_verdicts_can_fail_a_build() {
    let (old, mut new) = (passports(100), passports(100));
    for at in [3, 4] {
        new[at] = row(&old[at].source.path, Ok(0.01));
    }
    let folder = reports(&old, &new);
    let compare =
        |most: &str| kyclint(folder.path(), &["compare", "old.csv", "new.csv", "--max-verdict-changes", most]);
    assert_eq!(compare("0.02").status.code(), Some(0));
    let output = compare("0.01");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("2 of 100 verdicts changed (0.0200), more than --max-verdict-changes 0.01"), "{said}");
}

#[test]
fn a_budget_holds_the_new_report_against_the_old() {
    let old = passports(100);
    let mut new = old.clone();
    for row in &mut new[..2] {
        row.verdict = Verdict::Reject;
    }
    let folder = reports(&old, &new);
    let compare = |budget: &str| kyclint(folder.path(), &["compare", "old.csv", "new.csv", "--budget", budget]);
    assert_eq!(compare("reject_rate <= +2pp vs baseline; photos >= 100").status.code(), Some(0));
    let output = compare("reject_rate <= +1pp vs baseline");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("`reject_rate <= +1pp vs baseline` is not met: 2 % (2 of 100"), "{said}");
    assert_eq!(compare("submissions.reject_rate <= 0").status.code(), Some(2), "a share of nothing");
    assert_eq!(compare("rejects <= 0").status.code(), Some(2), "no quantity");
}

#[test]
fn a_gate_that_cannot_be_evaluated_is_an_error() {
    let folder = reports(&[row("a.jpg", Ok(10.0))], &[row("b.jpg", Ok(10.0))]);
    let compare =
        |gate: &[&str]| refused(folder.path(), &[&["compare", "old.csv", "new.csv", "--out", "out"], gate].concat());
    assert!(compare(&["--max-verdict-changes", "1"]).contains("no photo is in both reports"));
    assert!(compare(&["--max-psi", "1"]).contains("no group has 50 photos in both reports"));
    assert!(compare(&["--max-psi", "nan"]).contains("expected a number of 0 or more"));
    assert!(compare(&["--max-verdict-changes", "2"]).contains("expected a share from 0 to 1"));
    assert!(compare(&["--tolerance=-1"]).contains("expected a number of 0 or more"));
    assert!(!folder.path().join("out").exists());
}

#[test]
fn checks_that_a_report_lacks_are_not_compared_and_named() {
    let rows = passports(60);
    let folder = reports(&rows, &rows);
    let older = fs::read_to_string(folder.path().join("old.csv")).unwrap();
    fs::write(folder.path().join("old.csv"), older.replace("glare_area", "smudges")).unwrap();
    let text = printed(folder.path(), &["compare", "old.csv", "new.csv"], 0);
    assert!(text.contains("| glare_area | the old report does not have it |"), "{text}");
    assert!(text.contains("| smudges | this version does not know it, nor has the new report it |"), "{text}");
    assert!(!text.contains("Newly not assessed") && !text.contains("Numbers that moved"), "{text}");
    let text = printed(folder.path(), &["compare", "old.csv", "old.csv"], 0);
    assert!(text.contains("no change in 60 photos") && text.contains("neither report has it"), "{text}");
}

#[test]
fn verdicts_are_those_recorded_not_those_of_this_version() {
    let mut new = passports(2);
    new[0].verdict = Verdict::Review;
    new[0].categories = vec![Category::Glare];
    let json = compared(&passports(2), &new);
    assert_eq!(json["verdict_changes"]["photos"], 1);
    let glare = serde_json::json!({"category": "glare", "photos": [0, 1], "appeared": 1, "vanished": 0});
    assert_eq!(json["categories"], serde_json::json!([glare]));
}

#[test]
fn submissions_are_judged_by_the_rules_of_their_own_report() {
    let front = || {
        let mut row = row("s/id_card_front.jpg", Ok(10.0));
        row.source.submission_id = Some("s".to_owned());
        row.source.document_type = Some(DocumentType::IdCardFront);
        vec![row]
    };
    let mut mild = Settings::default();
    mild.overlay("own.toml", "[submission]\nmissing_side = \"off\"\n").unwrap();
    let folder = tempfile::tempdir().unwrap();
    write_parquet(&folder.path().join("old.parquet"), &front(), &mild);
    write_parquet(&folder.path().join("new.parquet"), &front(), &Settings::default());
    let text = printed(folder.path(), &["compare", "old.parquet", "new.parquet"], 0);
    assert!(text.contains("1 in both reports, of which 1 changed; 0 removed, 0 added."), "{text}");
    assert!(text.contains("| s | accept | reject |"), "{text}");
    assert!(text.contains("The reports were judged under different configurations."), "{text}");
}

#[test]
fn names_that_are_markup_stay_names() {
    let hostile = [
        "<script>alert(1)</script>.jpg",
        "a|b`c`.jpg",
        "two\nlines.jpg",
        "=1+1.jpg",
        "\u{1b}[31m.jpg",
        "[x](http://e).jpg",
    ];
    let old: Vec<Row> = hostile.iter().map(|path| row(path, Ok(10.0))).collect();
    let new: Vec<Row> = hostile.iter().map(|path| row(path, Ok(0.01))).collect();
    let folder = reports(&old, &new);
    let text = printed(folder.path(), &["compare", "old.csv", "new.csv", "--out", "out"], 0);
    for raw in ["<script>", "a|b", "`", "two\nlines", "\u{1b}", "](http:"] {
        assert!(!text.contains(raw), "{raw:?} in {text}");
    }
    assert!(text.lines().filter(|line| line.starts_with('|')).all(|line| line.ends_with('|')), "{text}");
    let read = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).unwrap();
    assert_eq!(read("compare.md"), text);
    let page = read("compare.html");
    assert!(!page.contains("<script") && !page.contains('\u{1b}') && page.contains("script&#62;alert(1)"), "{page}");
    assert!(read("changes.csv").contains("\n'=1+1.jpg,"));
    serde_json::from_str::<Value>(&read("compare.json")).unwrap();
}

#[test]
fn long_lists_are_cut_short_and_say_so() {
    let old = passports(1_300);
    let new: Vec<Row> = old.iter().map(|of| row(&of.source.path, Ok(0.01))).collect();
    let folder = reports(&old, &new);
    let text = printed(folder.path(), &["compare", "old.csv", "new.csv", "--out", "out"], 0);
    assert!(text.contains("\n… and 1,290 more\n") && text.len() < 8_000, "{text}");
    assert_eq!(fs::read_to_string(folder.path().join("out/changes.csv")).unwrap().lines().count(), 1_301);
    let page = fs::read_to_string(folder.path().join("out/compare.html")).unwrap();
    assert!(page.contains("… and 1,280 more; compare.json has all."));
}

#[test]
fn what_is_no_report_is_refused_and_named() {
    let folder = reports(&passports(3), &passports(3));
    let path = |name: &str| folder.path().join(name);
    write_parquet(&path("good.parquet"), &passports(3), &Settings::default());
    let bytes = fs::read(path("good.parquet")).unwrap();
    for (at, length) in [4, 100, bytes.len() / 2, bytes.len() - 1].into_iter().enumerate() {
        fs::write(path(&format!("cut{at}.parquet")), &bytes[..length]).unwrap();
    }
    fs::create_dir(path("empty")).unwrap();
    fs::write(path("foreign.csv"), "name,age\na,1\n").unwrap();
    fs::write(path("nothing.csv"), "").unwrap();
    fs::write(path("verdict.csv"), "path,verdict\na.jpg,perhaps\n").unwrap();
    fs::write(path("nan.csv"), "path,verdict,sharpness\na.jpg,accept,NaN\n").unwrap();
    fs::write(path("twice.csv"), "path,verdict\na.jpg,accept\na.jpg,accept\n").unwrap();
    fs::write(path("no_rows.csv"), "path,verdict\n").unwrap();
    let mistakes = [
        ("gone.csv", "cannot read gone.csv"),
        ("empty", "the folder empty has neither report.parquet nor report.csv"),
        ("foreign.csv", "it has no column `path`"),
        ("nothing.csv", "it has no column `path`"),
        ("verdict.csv", "unknown verdict `perhaps`"),
        ("nan.csv", "the number is not finite"),
        ("twice.csv", "has two rows of `a.jpg`"),
        ("no_rows.csv", "has no rows"),
        ("cut0.parquet", "the Parquet"),
        ("cut1.parquet", "the Parquet"),
        ("cut2.parquet", "the Parquet"),
        ("cut3.parquet", "the Parquet"),
    ];
    for (name, expected) in mistakes {
        for (old, new, which) in [(name, "new.csv", "the old report"), ("old.csv", name, "the new report")] {
            let said = refused(folder.path(), &["compare", old, new, "--out", "out"]);
            assert!(said.contains(expected) && said.contains(which) && said.contains(name), "{name}: {said}");
        }
    }
    assert!(!path("out").exists());
}
