//! Letters to applicants: as committed in `tests/letters`, and what holds for all of them. `UPDATE=1 cargo test --test words` writes
//! them anew.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use kyclint::checks::Category;
use kyclint::checks::Unmeasured;
use kyclint::photo::FileFacts;
use kyclint::record::Row;
use kyclint::record::Source;
use kyclint::scene::DocumentType;
use kyclint::verdict::Capture;
use kyclint::verdict::Consequence;
use kyclint::verdict::Prompt;
use kyclint::verdict::Rule;
use kyclint::verdict::Submission;
use kyclint::verdict::SubmissionPolicy;
use kyclint::verdict::SubmittedPhoto;
use kyclint::verdict::Verdict;
use kyclint::verdict::judge_submissions;
use kyclint::words::Language;
use kyclint::words::letter;
use proptest::prelude::*;
use serde_json::Value;

const FRONT: DocumentType = DocumentType::IdCardFront;
const BACK: DocumentType = DocumentType::IdCardBack;
const LICENCE: DocumentType = DocumentType::DriverLicenseFront;
const SELFIE: DocumentType = DocumentType::Selfie;

fn photo(document_type: impl Into<Option<DocumentType>>, verdict: Verdict, categories: &[Category]) -> Row {
    let (path, submission_id) = ("in/4711/ERIKA.jpg".to_owned(), Some("4711".to_owned()));
    let source = Source { path, submission_id, document_type: document_type.into(), ..Source::default() };
    Row { verdict, categories: categories.to_vec(), ..Row::blank(source, FileFacts::default()) }
}

fn accepted(document_type: DocumentType) -> Row {
    photo(document_type, Verdict::Accept, &[])
}

fn rejected(document_type: DocumentType, categories: &[Category]) -> Row {
    photo(document_type, Verdict::Reject, categories)
}

fn frame(prompt: Prompt) -> Row {
    let mut row = accepted(SELFIE);
    row.source.prompt = Some(prompt);
    row
}

/// The submission of these photos, whose capture is `captured`.
fn submission(rows: &[Row], captured: Verdict) -> Submission {
    let photos: Vec<SubmittedPhoto> = rows.iter().map(SubmittedPhoto::from).collect();
    let capture = Capture {
        id: "c".to_owned(),
        submission_id: Some("4711".to_owned()),
        frames: 3,
        prompts: Vec::new(),
        movement_speed: Err(Unmeasured::OneFrame),
        verdict: captured,
    };
    judge_submissions(&photos, &[capture], &SubmissionPolicy::default()).submissions.remove(0)
}

fn written(rows: &[Row], submission: Option<&Submission>, language: Language) -> String {
    letter(&rows.iter().collect::<Vec<_>>(), submission, language)
}

/// Submissions, their captures' verdict and what they are an example of.
fn cases() -> Vec<(&'static str, Verdict, Vec<Row>)> {
    let (blurry_front, dark_selfie) = ([Category::Blurry, Category::Glare], [Category::Underexposed, Category::Glare]);
    let turned = [frame(Prompt::Neutral), frame(Prompt::TurnLeft), frame(Prompt::Blink)];
    vec![
        (
            "retake two photos of three",
            Verdict::Accept,
            vec![rejected(FRONT, &blurry_front), accepted(BACK), rejected(SELFIE, &dark_selfie)],
        ),
        (
            "a side is missing, and a person looks at the selfie",
            Verdict::Accept,
            vec![accepted(LICENCE), photo(SELFIE, Verdict::Review, &[Category::Blurry])],
        ),
        ("nothing to be done", Verdict::Accept, vec![accepted(DocumentType::Passport), accepted(SELFIE)]),
        (
            "a person looks at it",
            Verdict::Accept,
            vec![photo(DocumentType::Passport, Verdict::Review, &[Category::Expired]), accepted(SELFIE)],
        ),
        ("a file cannot be opened", Verdict::Accept, vec![photo(DocumentType::Passport, Verdict::Error, &[])]),
        (
            "an expired document and actions that were not done",
            Verdict::Reject,
            [rejected(DocumentType::Passport, &[Category::Expired])].into_iter().chain(turned).collect(),
        ),
    ]
}

#[test]
fn letters_are_those_committed() {
    for language in Language::ALL {
        let mut letters = String::new();
        for (what, captured, rows) in cases() {
            let submission = submission(&rows, captured);
            writeln!(letters, "== {what} ==\n\n{}", written(&rows, Some(&submission), language)).unwrap();
        }
        let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/letters/{language}.txt"));
        if std::env::var_os("UPDATE").is_some() {
            fs::write(&file, &letters).unwrap();
        }
        let committed = fs::read_to_string(&file).unwrap_or_default();
        assert!(letters == committed, "tests/letters/{language}.txt is stale; written now:\n{letters}");
    }
}

#[test]
fn a_photo_in_another_submission_is_no_accusation() {
    for language in Language::ALL {
        let rows = [accepted(FRONT), accepted(BACK)];
        let mut submission = submission(&rows, Verdict::Accept);
        submission.broken = vec![(Rule::DuplicatePhoto, Consequence::Review)];
        let reviewed = written(&rows, Some(&submission), language);
        assert!(!reviewed.contains(&language.rule(Rule::DuplicatePhoto).advice), "{reviewed}");
        submission.broken = vec![(Rule::DuplicatePhoto, Consequence::Reject)];
        let rejected = written(&rows, Some(&submission), language);
        assert!(rejected.contains(&language.rule(Rule::DuplicatePhoto).advice), "{rejected}");
        assert!(!rejected.contains(&language.rule(Rule::DuplicatePhoto).name), "{rejected}");
        assert!(!rejected.contains(language.document_type(FRONT)), "nobody knows which is fine: {rejected}");
    }
}

#[test]
fn a_side_that_is_tried_twice_is_not_fine_while_one_try_is_bad() {
    let rows = [accepted(FRONT), rejected(FRONT, &[Category::Shadow])];
    let letter = written(&rows, None, Language::En);
    assert_eq!(letter.matches("send these photos: front of the identity card").count(), 1);
    assert!(!letter.contains("Fine as they are"), "{letter}");
}

#[test]
fn a_single_photo_of_unknown_type_has_no_name() {
    let letter = written(&[photo(None, Verdict::Reject, &[Category::Glare])], None, Language::En);
    assert!(!letter.contains("send these photos"), "{letter}");
    assert!(letter.contains("\n- Glare: Turn off the flash"), "{letter}");
}

fn inspect(arguments: &[&str]) -> String {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/photos/s00040/driver_license_front.jpg");
    let mut command = Command::new(env!("CARGO_BIN_EXE_kyclint"));
    let output = command.env("NO_COLOR", "1").arg("inspect").arg(sample).args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn one_photo_is_explained_in_the_language_asked_for() {
    let said = inspect(&["--lang", "zh"]);
    assert!(said.lines().next().unwrap().ends_with(": 未通过"), "{said}");
    assert!(said.contains("\n  不合格: 文件损坏\n    file_integrity = "), "{said}");
    assert!(said.contains("\n    照片文件不完整，请重新上传。\n"), "{said}");
}

#[test]
fn for_machines_ids_stay_and_advice_is_in_the_language_asked_for() {
    let json = |arguments: &[&str]| serde_json::from_str::<Value>(&inspect(arguments)).unwrap();
    let (plain, spoken) = (json(&["--json"]), json(&["--json", "--lang", "ko"]));
    let (plain, spoken) = (&plain["findings"][0], &spoken["findings"][0]);
    assert_eq!(plain.get("category_name"), None);
    assert_eq!((&spoken["category"], &spoken["grade"]), (&plain["category"], &plain["grade"]));
    assert_eq!(spoken["category_name"], "손상된 파일");
    assert_eq!(spoken["advice"], Language::Ko.category(Category::DamagedFile).advice);
}

fn any_photo() -> impl Strategy<Value = Row> {
    let categories = proptest::sample::subsequence(Category::ALL.to_vec(), 0..5);
    let kind = proptest::option::of(proptest::sample::select(DocumentType::ALL.to_vec()));
    let verdict = proptest::sample::select(Verdict::ALL.to_vec());
    (kind, verdict, categories).prop_map(|(kind, verdict, categories)| match verdict {
        Verdict::Review | Verdict::Reject => photo(kind, verdict, &categories),
        Verdict::Accept | Verdict::Error => photo(kind, verdict, &[]),
    })
}

proptest! {
    #[test]
    fn every_fault_of_a_rejected_photo_is_told_once(
        rows in proptest::collection::vec(any_photo(), 0..8),
        broken in proptest::sample::subsequence(Rule::ALL.to_vec(), 0..4),
        consequence in proptest::sample::select(Consequence::ALL.to_vec()),
        language in proptest::sample::select(Language::ALL.to_vec()),
    ) {
        let mut rows = rows;
        rows.push(photo(None, Verdict::Accept, &[]));
        let mut submission = submission(&rows, Verdict::Accept);
        submission.broken = broken.into_iter().map(|rule| (rule, consequence)).collect();
        let letter = written(&rows, Some(&submission), language);
        let told = rows.iter().filter(|row| row.verdict == Verdict::Reject).flat_map(|row| &row.categories);
        let told: Vec<&Category> = told.collect();
        for category in Category::ALL {
            let times = letter.matches(&language.category(category).advice).count();
            prop_assert_eq!(times, usize::from(told.contains(&&category)), "{}: {}", category, letter);
        }
        let error = rows.iter().any(|row| row.verdict == Verdict::Error);
        prop_assert_eq!(letter.matches(&language.error().advice).count(), usize::from(error));
        for secret in ["4711", "ERIKA", "jpg", "{", "}"] {
            prop_assert!(!letter.contains(secret), "{}", letter);
        }
    }
}
