//! `kyclint inspect --overlay`: what it writes, and what it leaves alone.

#![cfg(all(feature = "cli", unix))]
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

use image::GenericImageView;
use kyclint::photo::FileFacts;
use kyclint::photo::Format;

fn sample(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/photos").join(name)
}

/// Exit code and standard error of `kyclint inspect PHOTO --overlay OUT`.
fn inspect(photo: &Path, out: &Path) -> (Option<i32>, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kyclint"));
    let output = command.arg("inspect").arg(photo).arg("--overlay").arg(out).env("NO_COLOR", "1").output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[test]
fn a_photo_is_drawn_with_its_panel_for_its_owner_only() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("new/found.png");
    let (code, said) = inspect(&sample("s00001/passport.jpg"), &out);
    assert_eq!((code, said), (Some(0), format!("wrote {}\n", out.display())));
    assert_eq!(fs::metadata(&out).unwrap().permissions().mode() & 0o777, 0o600);
    let (width, height) = image::load_from_memory(&fs::read(&out).unwrap()).unwrap().dimensions();
    assert!(width >= 800 && height >= 600, "{width} x {height}");
    assert_eq!(fs::read_dir(out.parent().unwrap()).unwrap().count(), 1, "no temporary file is left");
}

#[test]
fn a_selfie_is_drawn_as_jpeg_over_an_older_file() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("found.JPG");
    fs::write(&out, "old").unwrap();
    assert_eq!(inspect(&sample("s00001/selfie.jpg"), &out).0, Some(0));
    let facts = FileFacts::read(&fs::read(&out).unwrap());
    assert_eq!(facts.format, Some(Format::Jpeg));
    assert_eq!(facts.exif, kyclint::photo::ExifFacts::default(), "nothing of the camera is copied");
}

#[test]
fn the_photo_itself_is_never_replaced() {
    let folder = tempfile::tempdir().unwrap();
    let photo = folder.path().join("passport.jpg");
    fs::copy(sample("s00001/passport.jpg"), &photo).unwrap();
    let before = fs::read(&photo).unwrap();
    let (code, said) =
        inspect(&photo, &folder.path().join("../").join(folder.path().file_name().unwrap()).join("passport.jpg"));
    assert_eq!(code, Some(2));
    assert!(said.ends_with("is the photo itself; nothing was written\n"), "{said}");
    assert!(fs::read(&photo).unwrap() == before);
}

#[test]
fn a_file_that_is_no_photo_gives_no_overlay() {
    let folder = tempfile::tempdir().unwrap();
    let (words, out) = (folder.path().join("words.jpg"), folder.path().join("found.png"));
    fs::write(&words, "only words").unwrap();
    assert_eq!(inspect(&words, &out).0, Some(2));
    assert!(!out.exists());
}

#[test]
fn a_folder_that_takes_no_files_is_named() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("file"), "").unwrap();
    let (code, said) = inspect(&sample("s00001/selfie.jpg"), &folder.path().join("file/found.png"));
    assert_eq!(code, Some(2));
    assert!(said.starts_with("error: cannot make the folder "), "{said}");
}
