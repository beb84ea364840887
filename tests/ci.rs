//! The program in pipelines: budgets, formats that sum a run up, and rendering again.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

mod json_schema;

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
use kyclint::report::ParquetTable;
use kyclint::report::RunInfo;
use kyclint::report::Table;
use kyclint::scene::DocumentType;
use serde_json::Value;
use tempfile::TempDir;

const HOSTILE: &str = "in/<script>alert(1)</script>|`x`\n::error::y\u{1b}[31m\"'&%0A;=.jpg";
const EVERY: &str = "junit,sarif,github,markdown,gitlab,prometheus,summary";
const FILES: [&str; 6] =
    ["junit.xml", "kyclint.sarif", "summary.md", "gl-code-quality-report.json", "kyclint.prom", "summary.json"];

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kyclint"));
    command.env("NO_COLOR", "1").env_remove("GITHUB_STEP_SUMMARY").current_dir(folder).args(arguments);
    command
}

/// Standard output and standard error of a run that ends with `code`.
fn ends(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let Output { status, stdout, stderr } = command(folder, arguments).output().unwrap();
    let (out, told) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    assert_eq!(status.code(), Some(code), "{arguments:?}: {told}");
    (out, told)
}

/// So many passports, of which the first `bad` have glare; the last has a hostile name.
fn passports(photos: usize, bad: usize) -> Vec<Row> {
    let row = |at: usize| {
        let path = if at + 1 == photos { HOSTILE.to_owned() } else { format!("in/{at}.jpg") };
        let source = Source { path: path.clone(), document_type: Some(DocumentType::Passport), ..Source::default() };
        let facts = FileFacts { bytes: 1, blake3: blake3::hash(path.as_bytes()).to_string(), ..FileFacts::default() };
        let mut row = Row::blank(source, facts);
        row.outcomes[find("glare_area").unwrap().0] = Some(Ok(if at < bad { 0.9 } else { 0.0 }));
        row.judge(&Settings::default().policy);
        row
    };
    (0..photos).map(row).collect()
}

/// Writes a report as Parquet with its footer, as `audit` does.
fn write_report(folder: &Path, rows: &[Row], settings: &Settings) {
    fs::create_dir_all(folder).unwrap();
    let file = fs::File::create(folder.join("report.parquet")).unwrap();
    let mut table = ParquetTable::new(file, &[], RunInfo::footer(settings)).unwrap();
    rows.iter().try_for_each(|row| table.write(row)).unwrap();
    table.finish().unwrap();
}

/// A folder with the report `old` of 100 passports, 10 with glare, and `new`, 15 with glare.
fn nights() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    write_report(&folder.path().join("old"), &passports(100, 10), &Settings::default());
    write_report(&folder.path().join("new"), &passports(100, 15), &Settings::default());
    folder
}

#[test]
fn a_budget_that_is_met_ends_well_and_one_that_is_not_says_by_how_much() {
    let folder = nights();
    let judge = |budget: &str, code: i32| {
        let arguments =
            ["judge", "new", "--baseline", "old", "--out", "out", "--format", "summary", "--budget", budget];
        ends(folder.path(), &arguments, code).1
    };
    let told = judge("glare <= 15%; passport.glare <= +5pp vs baseline; reject <= 50% vs baseline; photos >= 100", 0);
    assert!(told.contains("budget `glare <= 15%` is met: 15 % (15 of 100, 95 % interval 9.31–23.28 %)\n"), "{told}");
    let told = judge("glare <= +2pp vs baseline; error <= 0", 1);
    let expected = "error: budget `glare <= +2pp vs baseline` is not met: 15 % (15 of 100, 95 % interval 9.31–23.28 %); \
                    the limit is 12 %, the baseline 10 % (10 of 100, 95 % interval 5.52–17.44 %)\n";
    assert!(told.contains(expected), "{told}");
    let json: Value = serde_json::from_slice(&fs::read(folder.path().join("out/run.json")).unwrap()).unwrap();
    let states: Vec<_> = json["budgets"].as_array().unwrap().iter().map(|budget| &budget["state"]).collect();
    assert_eq!(states, ["broken", "met"]);
}

#[test]
fn a_budget_that_cannot_be_evaluated_is_an_error_with_the_report_written() {
    let folder = nights();
    let path = |name: &str| folder.path().join(name);
    write_report(&path("empty"), &[], &Settings::default());
    fs::write(path("broken.parquet"), "PAR1 and no more").unwrap();
    let mut table = CsvTable::new(fs::File::create(path("all.csv")).unwrap(), &[]).unwrap();
    passports(20, 1).iter().try_for_each(|row| table.write(row)).unwrap();
    table.finish().unwrap();
    let csv = fs::read_to_string(path("all.csv")).unwrap();
    fs::write(path("old.csv"), csv.replace("glare_on_text", "gloss")).unwrap();
    let cases: [(&[&str], &str, &str); 7] = [
        (&[], "glare <= +2pp vs baseline", "there is no baseline; give the report to compare with by `--baseline`"),
        (&["--baseline", "gone"], "glare <= +2pp vs baseline", "cannot read the baseline gone"),
        (&["--baseline", "empty"], "glare <= +2pp vs baseline", "the baseline empty has no rows"),
        (&["--baseline", "broken.parquet"], "glare <= +2pp vs baseline", "cannot read the baseline broken.parquet"),
        (&["--baseline", "old.csv"], "glare <= +2pp vs baseline", "holds no `glare_on_text`"),
        (&[], "selfie.reject_rate <= 1", "the report has nothing that `selfie.reject_rate` is a share of"),
        (
            &["--baseline", "old"],
            "submissions.reject_rate <= 1",
            "nothing that `submissions.reject_rate` is a share of",
        ),
    ];
    for (more, budget, reason) in cases {
        let _ = fs::remove_dir_all(path("out"));
        let arguments = [&["judge", "new", "--out", "out", "--budget", budget][..], more].concat();
        let (_, told) = ends(folder.path(), &arguments, 2);
        let name = budget.split(' ').next().unwrap();
        assert!(told.contains(&format!("error: budget `{name} ")) && told.contains(reason), "{budget}: {told}");
        assert!(path("out/report.parquet").exists() && path("out/run.json").exists(), "{budget}");
    }
}

#[test]
fn a_budget_that_is_not_understood_is_refused_with_a_caret_before_anything_is_written() {
    let folder = nights();
    let (_, told) = ends(folder.path(), &["judge", "new", "--budget", "error<=0; reject_rat <= 12%"], 2);
    assert!(
        told.starts_with("error: --budget:1:11: unknown quantity `reject_rat`; did you mean `reject_rate`? "),
        "{told}"
    );
    assert!(told.contains("\n 1 │ error<=0; reject_rat <= 12%\n   ·           ─────┬────\n"), "{told}");
    fs::write(folder.path().join("own.toml"), "[budget]\nlimits = [\n  \"error <= 0\",\n  \"glare <= 2pp\",\n]\n")
        .unwrap();
    let (_, told) = ends(folder.path(), &["judge", "new", "--config", "own.toml"], 2);
    assert!(told.starts_with("error: own.toml:4:13: percentage points are differences; add `vs baseline`"), "{told}");
    let (_, told) = ends(folder.path(), &["judge", "new", "--format", "jsonl,github"], 2);
    assert!(told.contains("`jsonl` and `github` both write to standard output"), "{told}");
    assert!(!folder.path().join("kyclint-report").exists());
}

#[test]
fn limits_of_the_configuration_hold_too_and_change_no_table() {
    let folder = nights();
    let own = "[budget]\nlimits = [\"glare <= 14%\"]\nfail_on = \"error\"\n";
    fs::write(folder.path().join("own.toml"), own).unwrap();
    ends(folder.path(), &["judge", "new", "--out", "plain"], 0);
    let (_, told) = ends(folder.path(), &["judge", "new", "--config", "own.toml", "--out", "held"], 1);
    assert!(told.contains("`glare <= 14%` is not met: 15 %"), "{told}");
    let bytes = |out: &str| fs::read(folder.path().join(out).join("report.parquet")).unwrap();
    assert!(bytes("plain") == bytes("held"));
    let (_, told) = ends(folder.path(), &["judge", "new", "--fail-on", "reject", "--out", "held"], 1);
    assert!(told.contains("budget `reject <= 0` is not met: 15\n"), "{told}");
}

/// The text of a file of the report `new` in every format, held to a budget that is not met.
fn rendered() -> (TempDir, String) {
    let folder = nights();
    let summary = folder.path().join("step.md");
    fs::write(&summary, "before\n").unwrap();
    let budget = "glare <= +2pp vs baseline; passport.photos >= 10; error <= 0";
    let arguments = ["report", "new", "--format", EVERY, "--baseline", "old", "--budget", budget, "--junit-per-photo"];
    let output = command(folder.path(), &arguments).env("GITHUB_STEP_SUMMARY", &summary).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    (folder, String::from_utf8(output.stdout).unwrap())
}

#[test]
fn every_format_is_rendered_beside_the_report_and_nothing_is_injected() {
    let (folder, annotations) = rendered();
    let read = |file: &str| fs::read_to_string(folder.path().join("new").join(file)).unwrap();
    let expected = "::error title=kyclint::Budget `glare <= +2pp vs baseline` is not met: 15 %25 (15 of 100, 95 %25 interval 9.31–23.28 %25); \
                    the limit is 12 %25, the baseline 10 %25 (10 of 100, 95 %25 interval 5.52–17.44 %25)\n";
    assert_eq!(annotations, expected);
    assert_eq!(fs::read_to_string(folder.path().join("step.md")).unwrap(), format!("before\n{}", read("summary.md")));
    let mut names: Vec<_> =
        fs::read_dir(folder.path().join("new")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    let mut expected = [&FILES[..], &["report.parquet"]].concat();
    expected.sort_unstable();
    assert_eq!(names, expected);
    for file in FILES {
        let text = read(file);
        assert!(!text.contains("\n::error") && !text.contains('\u{1b}'), "{file}");
    }
    let xml = read("junit.xml");
    assert!(!xml.contains("<script>") && xml.contains("tests=\"103\"") && xml.contains("failures=\"16\""), "{xml}");
    let summary: Value = serde_json::from_str(&read("summary.json")).unwrap();
    assert_eq!((&summary["photos"]["total"], &summary["budgets"][0]["state"]), (&100.into(), &"broken".into()));
    let quality: Value = serde_json::from_str(&read("gl-code-quality-report.json")).unwrap();
    assert_eq!(quality.as_array().unwrap().len(), 1 + 15);
    assert!(!read("kyclint.prom").contains(".jpg"));
}

#[test]
fn the_sarif_holds_against_its_schema() {
    let (folder, _) = rendered();
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/schemas/sarif-2.1.0.json");
    let json = |path: &Path| -> Value { serde_json::from_slice(&fs::read(path).unwrap()).unwrap() };
    let (schema, sarif) = (json(&schema), json(&folder.path().join("new/kyclint.sarif")));
    assert_eq!(json_schema::faults(&schema, &sarif), Vec::<String>::new());
    let mut wrong = sarif.clone();
    wrong["runs"][0]["results"][0]["level"] = "fatal".into();
    wrong["runs"][0]["tool"].as_object_mut().unwrap().remove("driver");
    assert_eq!(json_schema::faults(&schema, &wrong).len(), 2);
}

#[test]
fn a_report_is_rendered_under_the_configuration_it_was_judged_by() {
    let folder = tempfile::tempdir().unwrap();
    let mut own = Settings::default();
    own.overlay("own.toml", "[verdict]\nreject_on = []").unwrap();
    let mut rows = passports(10, 4);
    for row in &mut rows {
        row.judge(&own.policy);
    }
    write_report(&folder.path().join("report"), &rows, &own);
    let rejected = |more: &[&str], out: &str| {
        ends(folder.path(), &[&["report", "report", "--format", "summary"], more].concat(), 0);
        let json: Value =
            serde_json::from_slice(&fs::read(folder.path().join(out).join("summary.json")).unwrap()).unwrap();
        json["photos"]["verdicts"]["reject"]["count"].clone()
    };
    assert_eq!(rejected(&[], "report"), 0);
    fs::write(folder.path().join("other.toml"), "").unwrap();
    assert_eq!(rejected(&["--config", "other.toml", "--out", "out"], "out"), 4);
}

#[test]
fn rendering_replaces_no_table_and_mixes_no_configurations() {
    let folder = nights();
    let before = fs::read(folder.path().join("new/report.parquet")).unwrap();
    for (arguments, reason) in [
        (&["report", "new", "--format", "csv,junit"][..], "this would replace the tables of the report"),
        (&["report", "new", "--format", "junit", "--preset", "strict"], "do not belong beside the report"),
        (&["report", "gone", "--format", "junit"], "cannot render gone"),
        (&["report", ".", "--format", "junit"], "the folder . has neither report.parquet nor report.csv"),
    ] {
        let (_, told) = ends(folder.path(), arguments, 2);
        assert!(told.contains(reason), "{told}");
    }
    assert!(!folder.path().join("new/junit.xml").exists());
    ends(folder.path(), &["report", "new", "--format", "csv,junit", "--out", "out"], 0);
    assert!(folder.path().join("out/report.csv").exists() && folder.path().join("out/junit.xml").exists());
    assert!(fs::read(folder.path().join("new/report.parquet")).unwrap() == before);
}

#[test]
fn sums_of_an_older_run_go_when_a_new_report_comes() {
    let folder = nights();
    ends(folder.path(), &["judge", "old", "--format", &format!("csv,{EVERY}"), "--out", "out"], 0);
    assert!(FILES.iter().all(|file| folder.path().join("out").join(file).exists()));
    ends(folder.path(), &["judge", "new", "--format", "csv,junit", "--out", "out"], 0);
    let left: Vec<_> = FILES.into_iter().filter(|file| folder.path().join("out").join(file).exists()).collect();
    assert_eq!(left, ["junit.xml"]);
}

#[test]
fn rendering_again_gives_the_same_bytes() {
    let folder = nights();
    let render = |out: &str| {
        ends(folder.path(), &["report", "new", "--format", EVERY, "--out", out], 0);
        FILES.map(|file| fs::read(folder.path().join(out).join(file)).unwrap())
    };
    assert!(render("one") == render("two"));
}
