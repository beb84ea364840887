//! The commands of `docs/ci.md`, run as they stand there.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

const GOOD: [&str; 3] = ["s00000/id_card_front.jpg", "s00000/id_card_back.jpg", "s00000/selfie.jpg"];
const GLARE: &str = "s00009/id_card_front.jpg";

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn page() -> String {
    fs::read_to_string(root().join("docs/ci.md")).unwrap()
}

/// The section under `## name`.
fn section(name: &str) -> String {
    let page = page();
    let sections = page.split("\n## ").map(str::to_owned);
    sections.into_iter().find(|section| section.starts_with(name)).unwrap()
}

/// The blocks of that language in a text.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let opening = format!("```{language}\n");
    let after = text.split(opening.as_str()).skip(1);
    after.map(|block| block.split("\n```").next().unwrap().to_owned() + "\n").collect()
}

/// The commands of a pipeline: what `run:` says, or the items of `script:`.
fn steps(section: &str) -> Vec<String> {
    let yaml = blocks(section, "yaml").concat();
    let run = yaml.lines().filter_map(|line| line.trim().strip_prefix("run: "));
    let script = yaml.lines().skip_while(|line| line.trim() != "script:").skip(1);
    let script = script.map_while(|line| line.trim().strip_prefix("- "));
    run.chain(script).map(str::to_owned).collect()
}

/// A folder with the budget of the page and an inbox of three good photos.
fn site() -> TempDir {
    let site = tempfile::tempdir().unwrap();
    fs::write(site.path().join("budget.toml"), blocks(&page(), "toml").concat()).unwrap();
    fs::create_dir(site.path().join("textfiles")).unwrap();
    for photo in &GOOD {
        send(site.path(), photo, photo);
    }
    site
}

/// Puts a sample photo into the inbox.
fn send(site: &Path, photo: &str, name: &str) {
    let path = site.join("inbox").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::copy(root().join("sample_data/photos").join(photo), path).unwrap();
}

/// Runs commands as a step of a pipeline does: how they end, and what they say.
fn run(site: &Path, commands: &str) -> (Option<i32>, String) {
    let program = Path::new(env!("CARGO_BIN_EXE_kyclint")).parent().unwrap();
    let path = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let shell = Command::new("sh")
        .args(["-e", "-c", commands])
        .current_dir(site)
        .envs([
            ("PATH", path.as_str()),
            ("NO_COLOR", "1"),
            ("TEXTFILES", "textfiles"),
            ("GITHUB_STEP_SUMMARY", "step.md"),
        ])
        .output()
        .unwrap();
    (shell.status.code(), String::from_utf8_lossy(&[shell.stdout, shell.stderr].concat()).into_owned())
}

/// Runs the steps of a pipeline until one fails.
fn night(site: &Path, steps: &[String]) -> (Option<i32>, String) {
    let mut told = String::new();
    for step in steps {
        let (code, said) = run(site, step);
        told += &said;
        if code != Some(0) {
            return (code, told);
        }
    }
    (Some(0), told)
}

#[test]
fn commands_in_the_text_end_well() {
    let site = site();
    for name in ["The budget", "Formats"] {
        for block in blocks(&section(name), "sh") {
            let (code, told) = run(site.path(), &block);
            assert_eq!(code, Some(0), "{block}{told}");
        }
    }
    for file in ["baseline/junit.xml", "baseline/summary.md", "baseline/summary.json", "rejudged/report.parquet"] {
        assert!(site.path().join(file).exists(), "{file}");
    }
}

#[test]
fn a_change_for_the_worse_overnight_is_caught_until_it_is_gone() {
    let site = site();
    let steps = steps(&section("GitHub Actions"));
    assert_eq!(steps.len(), 3, "{steps:?}");
    let baseline = || fs::read(site.path().join("baseline/report.csv")).unwrap();

    let (code, told) = night(site.path(), &steps);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("::notice title=kyclint::3 photos: 0 rejected, 0 errors"), "{told}");
    let good = baseline();

    // Two applicants under a lamp.
    send(site.path(), GLARE, "new1/id_card_front.jpg");
    send(site.path(), GLARE, "new2/id_card_front.jpg");
    let (code, told) = night(site.path(), &steps);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("`glare <= +10pp vs baseline` is not met: 40 % (2 of 5, "), "{told}");
    assert!(
        told.contains("::error title=kyclint::Budget `glare <= +10pp vs baseline` is not met: 40 %25 (2 of 5, "),
        "{told}"
    );
    assert!(fs::read_to_string(site.path().join("step.md")).unwrap().contains("`inbox/new1/id_card_front.jpg`"));
    assert!(fs::read_to_string(site.path().join("report/junit.xml")).unwrap().contains("<failure message=\"`glare "));
    assert!(baseline() == good, "a bad night is no baseline");

    fs::remove_dir_all(site.path().join("inbox/new1")).unwrap();
    fs::remove_dir_all(site.path().join("inbox/new2")).unwrap();
    let (code, told) = night(site.path(), &steps);
    assert_eq!(code, Some(0), "{told}");
}

#[test]
fn the_pipeline_of_gitlab_writes_what_it_uploads() {
    let site = site();
    let steps = steps(&section("GitLab"));
    assert_eq!(steps.len(), 3, "{steps:?}");
    let (code, told) = night(site.path(), &steps);
    assert_eq!(code, Some(0), "{told}");
    for file in ["report/junit.xml", "report/gl-code-quality-report.json", "baseline/report.parquet"] {
        assert!(site.path().join(file).exists(), "{file}");
    }
}

#[test]
fn the_script_of_cron_leaves_metrics_and_ends_as_the_audit_does() {
    let site = site();
    let script = blocks(&section("cron and Prometheus"), "sh").concat();
    let (code, told) = run(site.path(), &script);
    assert_eq!(code, Some(0), "{told}");
    send(site.path(), GLARE, "new/id_card_front.jpg");
    let (code, told) = run(site.path(), &script);
    assert_eq!(code, Some(1), "{told}");
    let metrics = fs::read_to_string(site.path().join("textfiles/kyclint.prom")).unwrap();
    assert!(metrics.contains("kyclint_budget_met{condition=\"glare <= +10pp vs baseline\"} 0\n"), "{metrics}");
    let series = metrics.lines().filter(|line| !line.starts_with('#')).count();
    assert!((500..700).contains(&series), "{series}");
    assert_eq!(fs::read_dir(site.path().join("textfiles")).unwrap().count(), 1);
}
