//! Runs that go on where others ended: what is taken over, what is measured anew, and what is left when a run is killed.
#![expect(clippy::unwrap_used, reason = "a test may fail")]
#![cfg(unix)]

use std::collections::BTreeSet;
use std::fs;
use std::fs::File;
use std::io::BufRead;
use std::io::BufReader;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;
use std::process::Output;
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;
use std::time::Instant;
use std::time::SystemTime;

use image::GrayImage;
use image::Luma;
use kyclint::report::Recorded;
use tempfile::TempDir;

/// Seconds since 1970 when the photos were changed last.
const LONG_AGO: u64 = 1_500_000_000;

/// Small photos, declared to be selfies by their folder, which costs least, and room for reports of them.
struct Place {
    root: TempDir,
}

impl Place {
    fn with(photos: usize) -> Self {
        let place = Self { root: tempfile::tempdir().unwrap() };
        fs::create_dir(place.photos()).unwrap();
        (0..photos).for_each(|at| place.draw(&format!("{at:03}.png"), at));
        place
    }

    fn photos(&self) -> PathBuf {
        self.root.path().join("selfie")
    }

    fn photo(&self, name: &str) -> PathBuf {
        self.photos().join(name)
    }

    fn out(&self, name: &str) -> PathBuf {
        self.root.path().join(name)
    }

    /// Draws a photo that differs from others by `seed`.
    fn draw(&self, name: &str, seed: usize) {
        let gray = |x: u32, y: u32| Luma([((x * 5 + y * 3 + x * y * seed as u32) % 256) as u8]);
        GrayImage::from_fn(48, 32, gray).save(self.photo(name)).unwrap();
        set_time(&self.photo(name), LONG_AGO);
    }

    fn audit(&self, out: &str, more: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kyclint"));
        command.env_remove("KYCLINT_PATH_KEY").env("NO_COLOR", "1").current_dir(self.root.path());
        command.args(["audit", "selfie", "--as-of", "2026-05-01", "--out", out]).args(more);
        command
    }

    /// Audits everything into `out` without looking at earlier runs.
    fn fresh(&self, out: &str, more: &[&str]) {
        ends(&mut self.audit(out, more), 0);
    }

    /// Audits into `out` with what is kept there; how many rows were taken over and measured.
    fn resumed(&self, out: &str, more: &[&str]) -> (u64, u64) {
        ends(self.audit(out, more).args(["--resume", out]), 0);
        let run: serde_json::Value =
            serde_json::from_slice(&fs::read(self.out(out).join("run.json")).unwrap()).unwrap();
        let count = |name: &str| run["counts"][name].as_u64().unwrap();
        (count("taken_over"), count("rows") - count("taken_over"))
    }

    fn assert_same_reports(&self, one: &str, other: &str) {
        for file in ["report.csv", "report.parquet"] {
            let bytes = |out: &str| fs::read(self.out(out).join(file)).unwrap();
            assert!(bytes(one) == bytes(other), "{file} of {one} and {other} differ");
        }
    }
}

fn set_time(path: &Path, seconds: u64) {
    let file = File::options().write(true).open(path).unwrap();
    file.set_modified(SystemTime::UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
}

fn ends(command: &mut Command, code: i32) -> Output {
    let output = command.output().unwrap();
    assert_eq!(output.status.code(), Some(code), "{command:?}\n{}", stderr(&output));
    output
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The Parquet files of a report folder and its parts, each of which must be whole.
fn paths_on_disk(out: &Path) -> BTreeSet<String> {
    let files =
        [out.to_owned(), out.join("parts")].into_iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten();
    let files = files.map(|entry| entry.unwrap().path()).filter(|path| path.extension() == Some("parquet".as_ref()));
    let rows =
        files.flat_map(|path| Recorded::open(&path).unwrap_or_else(|e| panic!("{}: {e:?}", path.display())).rows);
    rows.map(|row| row.source.path).collect()
}

#[test]
fn a_run_that_is_killed_fifty_times_loses_little_and_ends_like_one_that_is_not() {
    let place = Place::with(60);
    let started = Instant::now();
    place.fresh("fresh", &[]);
    let whole = started.elapsed().min(Duration::from_millis(700));
    let (mut killed, mut known) = (0, BTreeSet::new());
    while killed < 50 {
        let mut command = place.audit("out", &["--resume", "out", "--flush-seconds", "0.01", "--quiet"]);
        let mut child = command.spawn().unwrap();
        sleep(whole * (killed % 10 + 1) / 11);
        if child.try_wait().unwrap().is_some() {
            place.assert_same_reports("out", "fresh");
            assert!(!place.out("out").join("parts").exists());
            fs::remove_dir_all(place.out("out")).unwrap();
            known.clear();
            continue;
        }
        child.kill().unwrap();
        child.wait().unwrap();
        killed += 1;
        let before = std::mem::replace(&mut known, paths_on_disk(&place.out("out")));
        assert!(known.is_superset(&before), "kill {killed} lost {:?}", before.difference(&known));
    }
    place.resumed("out", &[]);
    place.assert_same_reports("out", "fresh");
}

#[test]
fn an_unchanged_photo_is_not_even_opened() {
    let place = Place::with(4);
    place.fresh("out", &[]);
    fs::copy(place.out("out").join("report.csv"), place.out("before.csv")).unwrap();
    let bytes = fs::metadata(place.photo("001.png")).unwrap().len();
    fs::write(place.photo("001.png"), vec![b'x'; bytes as usize]).unwrap();
    set_time(&place.photo("001.png"), LONG_AGO);
    assert_eq!(place.resumed("out", &[]), (4, 0));
    assert!(fs::read(place.out("before.csv")).unwrap() == fs::read(place.out("out").join("report.csv")).unwrap());
    assert_eq!(place.resumed("out", &["--check", "content"]), (3, 1));
    place.fresh("fresh", &[]);
    place.assert_same_reports("out", "fresh");
}

#[test]
fn new_and_changed_photos_are_measured_and_gone_ones_are_gone() {
    let place = Place::with(6);
    place.fresh("out", &[]);
    place.draw("new.png", 99);
    place.draw("001.png", 98);
    set_time(&place.photo("001.png"), LONG_AGO + 1);
    fs::write(place.photo("002.png"), "only words").unwrap();
    fs::remove_file(place.photo("003.png")).unwrap();
    assert_eq!(place.resumed("out", &[]), (3, 3));
    place.fresh("fresh", &[]);
    place.assert_same_reports("out", "fresh");
    assert_eq!(place.resumed("out", &[]), (5, 1), "what is no photo is looked at again");
}

#[test]
fn other_bands_judge_what_was_measured_and_other_limits_measure_anew() {
    let place = Place::with(3);
    place.fresh("out", &[]);
    fs::write(place.out("bands.toml"), "[default.resolution]\nreject_below = 8\nreview_below = 9\n").unwrap();
    fs::write(place.out("limits.toml"), "[limits]\nmax_side = 40\n").unwrap();
    assert_eq!(place.resumed("out", &["--config", "bands.toml"]), (3, 0));
    place.fresh("fresh", &["--config", "bands.toml"]);
    place.assert_same_reports("out", "fresh");
    let output = ends(place.audit("limited", &["--resume", "out", "--config", "limits.toml"]).arg("--quiet"), 2);
    assert!(stderr(&output).contains("none of the 3 files could be assessed"), "{}", stderr(&output));
    let output = ends(&mut place.audit("limited", &["--resume", "out", "--config", "limits.toml"]), 2);
    assert!(stderr(&output).contains("3 rows in out were measured by another build"), "{}", stderr(&output));
}

#[test]
fn another_declared_type_is_another_measurement() {
    let place = Place::with(2);
    place.fresh("out", &[]);
    assert_eq!(place.resumed("out", &["--type", "passport"]), (0, 2));
    assert_eq!(place.resumed("out", &["--type", "passport"]), (2, 0));
    place.fresh("fresh", &["--type", "passport"]);
    place.assert_same_reports("out", "fresh");
}

#[test]
fn the_manifest_of_today_counts() {
    let place = Place::with(2);
    let manifest = |text: &str| fs::write(place.out("list.csv"), text).unwrap();
    let audit = |out: &str, more: &[&str]| {
        let mut command = place.audit(out, &["--manifest", "list.csv", "--exclude", "*"]);
        ends(command.args(more), 0)
    };
    manifest("path,submission_id\nselfie/000.png,a\nselfie/001.png,b\n");
    audit("out", &[]);
    manifest("path,submission_id,campaign\nselfie/000.png,c,spring\nselfie/001.png,b,\nselfie/000.png,d,\n");
    let output = audit("out", &["--resume", "out"]);
    assert!(stderr(&output).contains("3 of 3 photos are unchanged and taken over, 0 were measured"));
    audit("fresh", &[]);
    place.assert_same_reports("out", "fresh");
}

#[test]
fn hashed_paths_are_taken_over_and_nothing_kept_shows_a_name() {
    let place = Place::with(0);
    place.draw("jane_doe.png", 1);
    let hash = ["--paths-as", "hash", "--path-key", "k"];
    place.fresh("out", &hash);
    assert_eq!(place.resumed("out", &hash), (1, 0));
    let kept = fs::read(place.out("out").join("measured.parquet")).unwrap();
    assert!(!kept.windows(8).any(|window| window == b"jane_doe"));
    assert_eq!(place.resumed("out", &["--paths-as", "hash", "--path-key", "other"]), (0, 1));
}

#[test]
fn what_cannot_be_read_is_said_and_measured_anew() {
    let place = Place::with(3);
    place.fresh("out", &[]);
    let kept = place.out("out").join("measured.parquet");
    let whole = fs::read(&kept).unwrap();
    fs::write(&kept, &whole[..whole.len() / 2]).unwrap();
    fs::create_dir(place.out("out").join("parts")).unwrap();
    fs::write(place.out("out").join("parts/00001.parquet"), "only words").unwrap();
    let output = ends(&mut place.audit("out", &["--resume", "out"]), 0);
    for name in ["measured.parquet", "00001.parquet"] {
        assert!(stderr(&output).contains(&format!("{name} cannot be read, its photos are measured anew")));
    }
    place.fresh("fresh", &[]);
    place.assert_same_reports("out", "fresh");
    assert_eq!(place.resumed("out", &[]), (3, 0));
}

#[test]
fn on_another_day_only_the_days_to_expiry_move() {
    let place = Place::with(1);
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/photos/s00001/passport.jpg");
    fs::copy(sample, place.photo("passport.jpg")).unwrap();
    set_time(&place.photo("passport.jpg"), LONG_AGO);
    place.fresh("out", &["--type", "passport"]);
    let next_year = ["--as-of", "2027-02-03", "--type", "passport"];
    let audit = |out: &str, more: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_kyclint"));
        ends(
            command.current_dir(place.root.path()).args(["audit", "selfie", "--out", out]).args(next_year).args(more),
            0,
        )
    };
    let output = audit("later", &["--resume", "out"]);
    assert!(stderr(&output).contains("2 of 2 photos are unchanged"), "{}", stderr(&output));
    audit("fresh", &[]);
    place.assert_same_reports("later", "fresh");
    let days = |out: &str| {
        let rows = Recorded::open(&place.out(out).join("report.parquet")).unwrap().rows;
        rows[1].outcomes[kyclint::checks::find("days_to_expiry").unwrap().0].unwrap().unwrap()
    };
    assert_eq!((days("out") - days("later")) as i64, 278, "1 May 2026 to 3 February 2027");
}

#[test]
fn a_wrong_folder_is_refused_before_anything_is_measured_and_a_first_night_is_not() {
    let place = Place::with(1);
    let output = ends(&mut place.audit("out", &["--resume", "ouf"]), 2);
    assert!(stderr(&output).contains("nothing to take over in ouf: give the report folder"), "{}", stderr(&output));
    assert!(!place.out("out").exists());
    let output = ends(&mut place.audit("out", &["--resume", "out"]), 0);
    assert!(stderr(&output).contains("nothing to take over in out yet"), "{}", stderr(&output));
    ends(&mut place.audit("out", &["--resume", "ouf"]), 2);
}

#[test]
fn what_a_killed_run_left_is_said_and_goes_with_the_next_report() {
    let place = Place::with(3);
    let mut slow = place.audit("out", &["--flush-seconds", "0", "--quiet", "--jobs", "1"]);
    (0..500).for_each(|at| fs::hard_link(place.photo("000.png"), place.photo(&format!("z{at}.png"))).unwrap());
    let mut child = slow.spawn().unwrap();
    while paths_on_disk(&place.out("out")).is_empty() {
        sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    (0..500).for_each(|at| fs::remove_file(place.photo(&format!("z{at}.png"))).unwrap());
    let output = ends(&mut place.audit("out", &[]), 0);
    let said = stderr(&output);
    assert!(said.contains("an interrupted run left ") && said.contains("`--resume out` takes them over"), "{said}");
    assert!(!place.out("out").join("parts").exists());
}

#[test]
fn ctrl_c_forgets_nothing_of_an_earlier_run() {
    let place = Place::with(3);
    place.fresh("out", &[]);
    let before = fs::read(place.out("out").join("measured.parquet")).unwrap();
    (0..2000).for_each(|at| fs::hard_link(place.photo("000.png"), place.photo(&format!("z{at:04}.png"))).unwrap());
    let mut command = place.audit("out", &["--resume", "out", "--jobs", "1", "--format", "csv,jsonl"]);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdout = BufReader::new(child.stdout.take().unwrap());
    (0..10).for_each(|_| assert_ne!(stdout.read_line(&mut String::new()).unwrap(), 0));
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    stdout.lines().for_each(drop);
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{}", stderr(&output));
    assert!(stderr(&output).contains("what was measured is kept: `--resume out` goes on"), "{}", stderr(&output));
    assert!(fs::read(place.out("out").join("measured.parquet")).unwrap() == before);
    (0..2000).skip(20).for_each(|at| fs::remove_file(place.photo(&format!("z{at:04}.png"))).unwrap());
    let (taken_over, measured) = place.resumed("out", &[]);
    assert!(taken_over >= 10 && taken_over + measured == 23, "{taken_over} of 23");
}

#[test]
fn a_night_on_which_no_photo_could_be_read_forgets_nothing() {
    let place = Place::with(2);
    place.fresh("out", &[]);
    let kept = || fs::read(place.out("out").join("measured.parquet")).unwrap();
    let before = kept();
    for name in ["000.png", "001.png"] {
        fs::write(place.photo(name), "").unwrap();
    }
    ends(&mut place.audit("out", &["--resume", "out"]), 2);
    assert!(kept() == before);
}

#[test]
fn two_runs_do_not_write_to_one_folder() {
    let place = Place::with(1);
    place.fresh("out", &[]);
    let held = File::open(place.out("out")).unwrap();
    held.try_lock().unwrap();
    let output = ends(&mut place.audit("out", &[]), 2);
    assert!(stderr(&output).contains("another kyclint writes to out: let it finish"), "{}", stderr(&output));
}

#[test]
fn rows_on_standard_output_leave_nothing_behind() {
    let place = Place::with(2);
    ends(&mut place.audit("out", &["--format", "jsonl"]), 0);
    assert!(!place.out("out").exists());
    place.fresh("out", &[]);
    let output = ends(&mut place.audit("none", &["--format", "jsonl", "--resume", "out"]), 0);
    assert!(stderr(&output).contains("2 of 2 photos are unchanged"), "{}", stderr(&output));
    assert_eq!(output.stdout.split(|byte| *byte == b'\n').count(), 3);
}

#[test]
fn reports_inside_the_folder_of_photos_are_no_photos() {
    let place = Place::with(2);
    place.fresh("selfie/out", &[]);
    assert_eq!(place.resumed("selfie/out", &[]), (2, 0));
}
