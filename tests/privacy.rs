//! Nothing that a document says of its holder reaches a file, a log or the terminal, but where `--reveal` asks for it.
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a test may fail, and says when it is skipped")]

use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use kyclint::report::Recorded;
use kyclint::scene::DocumentType;
use kyclint::synth::Plan;

/// A photo and what it says of the holder: names, numbers, the date of birth.
struct Specimen {
    file: PathBuf,
    secrets: Vec<String>,
}

/// What the lines of a zone, joined by `|`, say of the holder: the words of four letters and more of the name, the number of the
/// document and the date of birth.
fn secrets(mrz: &str) -> Vec<String> {
    let lines: Vec<&str> = mrz.split('|').collect();
    let (name, number, birth) = match lines[..] {
        [first, second, third] => (third, &first[5..14], &second[..6]),
        [first, second] if second.len() > 20 => (&first[5..], &second[..9], &second[13..19]),
        _ => return Vec::new(),
    };
    let words = name.split('<').filter(|word| word.len() > 3);
    let fields = [number, birth].map(|field| field.trim_end_matches('<'));
    words.chain(fields.into_iter().filter(|field| field.len() > 5)).map(str::to_owned).collect()
}

/// Whether `secret` stands in `text` by itself, no part of a longer word or number, whatever its case.
fn tells(text: &str, secret: &str) -> bool {
    let (text, secret) = (text.to_uppercase(), secret.to_uppercase());
    let is_inner = |character: char| character.is_alphanumeric() || character == '.';
    text.match_indices(&secret)
        .any(|(at, _)| !text[..at].ends_with(is_inner) && !text[at + secret.len()..].starts_with(is_inner))
}

fn simulated(folder: &Path) -> Vec<Specimen> {
    let kinds = [DocumentType::Passport, DocumentType::IdCardBack, DocumentType::DriverLicenseBack];
    let plans = kinds.into_iter().flat_map(|kind| (0..2).map(move |item| Plan::good(77, item, kind)));
    let specimen = |(at, plan): (usize, Plan)| {
        let photo = Plan { width: 1600, height: 1200, ..plan }.photograph().unwrap();
        let file = folder.join(format!("{at}.jpg"));
        fs::write(&file, &photo.bytes).unwrap();
        let of_barcode = photo.truth.barcode.iter().flat_map(|text| of_barcode(text));
        let of_mrz = photo.truth.mrz.iter().flat_map(|mrz| secrets(mrz));
        Specimen { file, secrets: of_mrz.chain(of_barcode).collect() }
    };
    plans.enumerate().map(specimen).collect()
}

/// Number, names and date of birth in a barcode's payload.
fn of_barcode(text: &str) -> Vec<String> {
    let elements = text.split("\\n").flat_map(|part| part.split('\n')).map(str::trim);
    let told = elements.filter_map(|element| {
        ["DAQ", "DCS", "DAC", "DBB"]
            .iter()
            .find_map(|name| Some(element.split_once(name)?.1.trim_end_matches("\\r").to_owned()))
    });
    told.filter(|secret| secret.len() > 3).collect()
}

fn real() -> Vec<Specimen> {
    let default = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    let folder = std::env::var_os("KYCLINT_DATA").map_or(default, PathBuf::from).join("mrz_specimens");
    let Ok(mut reader) = csv::Reader::from_path(folder.join("labels.csv")) else {
        eprintln!("skipped: no real specimens in {}", folder.display());
        return Vec::new();
    };
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let specimen = |record: csv::StringRecord| Specimen {
        file: folder.join(&record[at("path")]),
        secrets: secrets(&record[at("mrz")]),
    };
    reader.records().map(|record| specimen(record.unwrap())).collect()
}

/// Standard output and error of the program.
fn said(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_kyclint")).args(arguments).output().unwrap();
    [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat()
}

#[test]
fn nothing_read_from_a_document_is_written_anywhere() {
    let folder = tempfile::tempdir().unwrap();
    let specimens: Vec<Specimen> = simulated(folder.path()).into_iter().chain(real()).collect();
    let report = folder.path().join("report");
    let list: Vec<&str> = specimens.iter().map(|specimen| specimen.file.to_str().unwrap()).collect();
    let out = report.to_str().unwrap();
    let formats = "csv,parquet,html,jsonl,junit,sarif,markdown,gitlab,prometheus,summary";
    let options = ["--log-format", "json", "--paths-as", "hash", "--path-key", "k", "--junit-per-photo"];
    let mut told = said(&[&["audit", "--format", formats, "--out", out], &options[..], &list].concat());
    told += &said(&["compare", out, out, "--out", out]);
    let files: Vec<_> = fs::read_dir(&report).unwrap().collect();
    assert!(files.len() >= 15, "{files:?}");
    for entry in files {
        told += &String::from_utf8_lossy(&fs::read(entry.unwrap().path()).unwrap());
    }
    // Parquet is compressed: what stands in it shows when it is read back.
    let rows = Recorded::open(&report.join("report.parquet")).unwrap().rows;
    told.extend(rows.iter().map(|row| format!("{row:?}\n")));
    for row in &rows {
        told += &said(&["letter", out, "--photo", &row.source.path, "--lang", "zh"]);
    }
    for file in &list {
        told += &said(&["inspect", file]).replace(file, "");
        told += &said(&["inspect", file, "--json"]).replace(file, "");
    }
    assert!(specimens.iter().filter(|specimen| specimen.secrets.len() > 2).count() >= 5);
    for secret in specimens.iter().flat_map(|specimen| &specimen.secrets) {
        assert!(!tells(&told, secret), "a report, a log or the terminal tells {secret}");
    }
}

#[test]
fn only_who_asks_sees_the_lines() {
    let folder = tempfile::tempdir().unwrap();
    let passport = &simulated(folder.path())[0];
    let file = passport.file.to_str().unwrap();
    let (masked, revealed) = (said(&["inspect", file]), said(&["inspect", file, "--reveal"]));
    assert!(masked.contains("P<UTO***"), "{masked}");
    let number = passport.secrets.iter().find(|secret| secret.chars().any(|letter| letter.is_ascii_digit())).unwrap();
    assert!(revealed.contains(number.as_str()) && !masked.contains(number.as_str()));
}

#[test]
fn secrets_are_told_from_what_only_looks_like_them() {
    assert!(tells("name: Eriksson,", "ERIKSSON") && tells("740812", "740812"));
    assert!(!tells("0.740812", "740812") && !tells("ab740812ff", "740812"));
}
