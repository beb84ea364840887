//! The program on whole folders: what it writes, and how it ends when things go wrong.
#![expect(clippy::unwrap_used, reason = "a test may fail")]
#![cfg(unix)]

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::fs;
use std::io::BufRead;
use std::io::BufReader;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;

use tempfile::TempDir;

fn kyclint() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kyclint"));
    command.env_remove("KYCLINT_PATH_KEY").env("NO_COLOR", "1");
    command
}

fn photos() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/photos")
}

/// A few sample photos in a folder of their own.
fn some_photos(count: usize) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut sources: Vec<_> =
        walkdir::WalkDir::new(photos()).into_iter().map(|entry| entry.unwrap().into_path()).collect();
    sources.retain(|path| path.is_file());
    sources.sort();
    for (at, source) in sources.iter().take(count).enumerate() {
        fs::copy(source, folder.path().join(format!("{at:02}.jpg"))).unwrap();
    }
    folder
}

fn ends(command: &mut Command, code: i32) -> Output {
    let output = command.output().unwrap();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{command:?}\n{stderr}");
    output
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn rows(report: &Path) -> Vec<csv::StringRecord> {
    csv::Reader::from_path(report).unwrap().records().map(Result::unwrap).collect()
}

/// The values of one column.
fn column(report: &Path, name: &str) -> Vec<String> {
    let header = csv::Reader::from_path(report).unwrap().headers().unwrap().clone();
    let at = header.iter().position(|column| column == name).unwrap();
    rows(report).iter().map(|row| row[at].to_owned()).collect()
}

#[test]
fn one_and_eight_workers_write_the_same_bytes() {
    let out = tempfile::tempdir().unwrap();
    for jobs in ["1", "8"] {
        ends(kyclint().arg("audit").arg(photos()).args(["--jobs", jobs, "--out"]).arg(out.path().join(jobs)), 0);
    }
    for file in ["report.csv", "report.parquet"] {
        let bytes = |jobs: &str| fs::read(out.path().join(jobs).join(file)).unwrap();
        assert!(bytes("1") == bytes("8"), "{file}");
    }
}

#[test]
fn judging_again_by_the_same_bands_changes_nothing() {
    let out = tempfile::tempdir().unwrap();
    let first = out.path().join("first");
    ends(kyclint().arg("audit").arg(photos()).arg("--out").arg(&first), 0);
    for report in ["report.csv", "report.parquet"] {
        let again = out.path().join(report);
        ends(kyclint().arg("judge").arg(first.join(report)).arg("--out").arg(&again), 0);
        let same = |file: &str| fs::read(first.join(file)).unwrap() == fs::read(again.join(file)).unwrap();
        assert!(same("report.csv") && same("report.parquet"), "{report}");
    }
}

#[test]
fn a_list_on_standard_input_may_be_separated_by_nul_or_by_line_ends() {
    let folder = some_photos(2);
    let name = OsStr::from_bytes(b"\xFF odd\nname.jpg");
    fs::rename(folder.path().join("01.jpg"), folder.path().join(name)).unwrap();
    for (list, expected) in [
        (&b"00.jpg\0\xFF odd\nname.jpg\0"[..], vec!["00.jpg", "\\xFF odd\nname.jpg"]),
        (b"00.jpg\r\n./00.jpg\n", vec!["00.jpg"]),
    ] {
        let mut child = kyclint();
        child.current_dir(folder.path()).args(["audit", "-", "--quiet"]).stdin(Stdio::piped());
        let mut child = child.spawn().unwrap();
        child.stdin.take().unwrap().write_all(list).unwrap();
        assert!(child.wait().unwrap().success());
        assert_eq!(column(&folder.path().join("kyclint-report/report.csv"), "path"), expected);
    }
}

#[test]
fn files_that_are_no_whole_photos_are_rows_with_an_error() {
    let folder = some_photos(1);
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("empty.jpg", b"");
    write("text.jpg", b"only words");
    write("cut.jpg", &fs::read(folder.path().join("00.jpg")).unwrap()[..300]);
    Command::new("mkfifo").arg(folder.path().join("pipe.jpg")).status().unwrap();
    let out = folder.path().join("out");
    ends(kyclint().arg("audit").arg(folder.path()).arg("--out").arg(&out), 0);
    ends(kyclint().arg("audit").arg(folder.path()).arg("--out").arg(&out).args(["--fail-on", "error"]), 1);
    let verdicts = column(&out.join("report.csv"), "verdict");
    assert_eq!(verdicts[1..], ["error", "error", "error", "error"]);
    let errors = column(&out.join("report.csv"), "error");
    assert!(errors[0].is_empty());
    assert!(
        errors[2].contains("empty") && errors[3].contains("regular file") && errors[4].contains("JPEG"),
        "{errors:?}"
    );
}

#[test]
fn a_manifest_names_types_submissions_and_own_columns() {
    let folder = some_photos(2);
    let manifest = "path,document_type,submission_id,campaign\n01.jpg,passport,s7,\"a,b\"\ngone.jpg,selfie,s7,\n";
    fs::write(folder.path().join("list.csv"), manifest).unwrap();
    ends(kyclint().current_dir(folder.path()).args(["audit", "--manifest", "list.csv", "--out", "out"]), 0);
    let report = folder.path().join("out/report.csv");
    assert_eq!(column(&report, "path"), ["01.jpg", "gone.jpg"]);
    assert_eq!(column(&report, "document_type"), ["passport", "selfie"]);
    assert_eq!(column(&report, "submission_id"), ["s7", "s7"]);
    assert_eq!(column(&report, "campaign"), ["a,b", ""]);
    assert!(column(&report, "error")[1].starts_with("cannot read the file: "));
}

#[test]
fn a_full_disk_ends_with_2_and_leaves_the_older_report_whole() {
    let folder = some_photos(3);
    let out = folder.path().join("out");
    ends(kyclint().arg("audit").arg(folder.path()).arg("--out").arg(&out), 0);
    let before = fs::read(out.join("report.csv")).unwrap();
    let names = || fs::read_dir(&out).unwrap().map(|entry| entry.unwrap().file_name()).collect::<BTreeSet<_>>();
    let names_before = names();
    // No file may grow beyond one block, and the signal about it is ignored: writing fails as on a full disk.
    let limited = "trap '' XFSZ; ulimit -f 1; exec \"$0\" audit \"$1\" --out \"$2\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", limited, env!("CARGO_BIN_EXE_kyclint")]).arg(folder.path()).arg(&out);
    let output = ends(&mut shell, 2);
    assert!(stderr(&output).contains("out/report.csv: File too large"), "{}", stderr(&output));
    assert!(fs::read(out.join("report.csv")).unwrap() == before, "the older report is as it was");
    assert_eq!(names(), names_before, "nothing half-written is left");
}

#[test]
fn a_file_in_place_of_the_output_folder_is_refused() {
    let folder = some_photos(1);
    let output = ends(kyclint().arg("audit").arg(folder.path()).arg("--out").arg(folder.path().join("00.jpg")), 2);
    assert!(stderr(&output).contains("cannot make the folder"), "{}", stderr(&output));
}

#[test]
fn ctrl_c_keeps_what_is_done_and_says_what_is_missing() {
    let folder = some_photos(1);
    for at in 0..3000 {
        fs::hard_link(folder.path().join("00.jpg"), folder.path().join(format!("copy{at:04}.jpg"))).unwrap();
    }
    let out = folder.path().join("out");
    let mut child = kyclint();
    child.arg("audit").arg(folder.path()).args(["--jobs", "1", "--format", "csv,jsonl", "--out"]).arg(&out);
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    stdout.read_line(&mut String::new()).unwrap();
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let lines = 1 + stdout.lines().count();
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", stderr(&output));
    let done = rows(&out.join("report.csv")).len();
    assert!(done == lines && done < 3001, "{done} rows, {lines} lines");
    let missing = format!("{} photos are missing", 3001 - done);
    assert!(stderr(&output).contains(&missing), "{missing}: {}", stderr(&output));
    let run: serde_json::Value = serde_json::from_slice(&fs::read(out.join("run.json")).unwrap()).unwrap();
    assert_eq!((&run["complete"], &run["counts"]["rows"]), (&false.into(), &done.into()));
}

#[test]
fn a_report_is_not_replaced_by_judging_it() {
    let folder = some_photos(1);
    ends(kyclint().current_dir(folder.path()).args(["audit", "00.jpg"]), 0);
    let output = ends(kyclint().current_dir(folder.path()).args(["judge", "kyclint-report/report.csv"]), 2);
    assert!(stderr(&output).contains("would replace the report"), "{}", stderr(&output));
}

#[test]
fn a_reader_that_leaves_early_is_no_failure() {
    let folder = some_photos(40);
    let mut child = kyclint();
    child.current_dir(folder.path()).args(["audit", ".", "--format", "jsonl", "--quiet"]);
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), stderr(&output).as_str()), (Some(0), ""));
}

#[test]
fn json_lines_go_to_standard_output_and_nothing_else_does() {
    let folder = some_photos(2);
    let mut command = kyclint();
    let output = ends(command.current_dir(folder.path()).args(["audit", ".", "--format", "jsonl"]), 0);
    let lines: Vec<serde_json::Value> = output
        .stdout
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty())
        .map(|line| serde_json::from_slice(line).unwrap())
        .collect();
    assert_eq!(lines.iter().map(|row| &row["path"]).collect::<Vec<_>>(), ["./00.jpg", "./01.jpg"]);
    assert!(lines[0]["resolution"].is_number() && lines[0]["error"].is_null());
    assert!(!folder.path().join("kyclint-report").exists());
}

#[test]
fn hashed_paths_show_no_file_name_anywhere() {
    let folder = some_photos(1);
    fs::create_dir(folder.path().join("jane_doe")).unwrap();
    fs::rename(folder.path().join("00.jpg"), folder.path().join("jane_doe/passport.jpg")).unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("jane_doe/link.jpg")).unwrap();
    let mut command = kyclint();
    command.current_dir(folder.path()).args(["audit", ".", "--out", "out", "--paths-as", "hash", "--path-key", "k"]);
    ends(&mut command, 0);
    for file in ["report.csv", "report.parquet", "run.json"] {
        let bytes = fs::read(folder.path().join("out").join(file)).unwrap();
        assert!(!bytes.windows(8).any(|window| window == b"jane_doe"), "{file}");
    }
}
