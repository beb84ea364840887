use std::fs::File;
use std::io;
use std::io::Read;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::path::Path;

use super::last_change::last_change;
use crate::checks::Check;
use crate::checks::REGISTRY;
use crate::config::Settings;
use crate::photo::FileFacts;
use crate::photo::Limits;
use crate::photo::decode;
use crate::record::Row;
use crate::record::Source;
use crate::scene::Blur;
use crate::scene::DocumentType;
use crate::scene::Scene;
use crate::scene::Sitter;

/// Measures and judges the photo in `bytes`. Does no I/O, and a panic in a codec or a check becomes a row with an error.
#[must_use]
pub fn audit_bytes(id: &str, bytes: &[u8], declared_type: Option<DocumentType>, settings: &Settings) -> Row {
    let source = Source { path: id.to_owned(), document_type: declared_type, ..Source::default() };
    isolated(source, |source| assess_bytes(source, bytes, settings, |_, _| ()))
}

/// Reads, measures and judges the file at `path`. Every failure, a panic too, becomes a row with an error.
#[must_use]
pub fn assess(path: &Path, source: Source, settings: &Settings) -> Row {
    assess_showing(path, source, settings, |_, _| ()).0
}

/// As [`assess`], and what `show` makes of the scene and its row while the photo is still decoded. `show` is called where
/// the row has no error; a panic in it becomes a row with an error too.
#[must_use]
pub fn assess_showing<T>(
    path: &Path,
    source: Source,
    settings: &Settings,
    show: impl FnOnce(&Scene, &Row) -> T,
) -> (Row, Option<T>) {
    let mut shown = None;
    let modified_ns = last_change(path);
    let row = isolated(source, |source| match read(path, &settings.limits) {
        Ok(bytes) => assess_bytes(source, &bytes, settings, |scene, row| shown = Some(show(scene, row))),
        Err((bytes, error)) => Row::failed(source, FileFacts { bytes, ..FileFacts::default() }, error),
    });
    (Row { modified_ns, ..row }, shown)
}

fn isolated(source: Source, assess: impl FnOnce(Source) -> Row) -> Row {
    let kept = source.clone();
    catch_unwind(AssertUnwindSafe(|| assess(source))).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<&str>().map(ToString::to_string);
        let said = said.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default();
        Row::failed(kept, FileFacts::default(), format!("internal error, please report it: {said}"))
    })
}

fn assess_bytes(source: Source, bytes: &[u8], settings: &Settings, show: impl FnOnce(&Scene, &Row)) -> Row {
    let facts = FileFacts::read(bytes);
    let photo = match decode(bytes, facts.clone(), &settings.limits) {
        Ok(photo) => photo,
        Err(error) => return Row::failed(source, facts, error.to_string()),
    };
    let scene = Scene::declared(&photo, source.document_type).as_of(settings.as_of);
    let detected = scene.kinds().only();
    let kind = source.document_type.or(detected);
    let measure = |check: &Check| applies(check, &scene, kind).then(|| check.measure(&scene));
    let measurements = REGISTRY.iter().map(measure).collect();
    let document = scene.is_of_document().then(|| scene.document()).flatten();
    let sitter = (kind == Some(DocumentType::Selfie)).then(|| scene.sitter()).flatten();
    let mut row = Row::measured(source, photo.facts().clone(), measurements)
        .with_detected(detected)
        .with_mrz(scene.mrz().map(|mrz| &mrz.reading))
        .with_document(document.map(|document| document.quad))
        .with_face(sitter.map(|sitter| sitter.face.quad), sitter.and_then(Sitter::mouth_open))
        .with_frame_sharpness(scene.frame_blur().map(Blur::sharpness))
        .with_hashes(scene.document_hash(), scene.frame_hash());
    row.judge(&settings.policy);
    show(&scene, &row);
    row
}

/// Whether `check` is measured on a photo of that `kind`, declared or else detected: where neither is known, on what the photo
/// shows.
fn applies(check: &Check, scene: &Scene, kind: Option<DocumentType>) -> bool {
    let shows_document =
        || DocumentType::DOCUMENTS.iter().all(|kind| check.applies_to(Some(*kind))) && scene.document().is_some();
    check.applies_to(kind) || (kind.is_none() && shows_document())
}

/// The bytes of the file, or its size and why they cannot be had. Nothing over the limit is read, nor anything that is no file.
pub(super) fn read(path: &Path, limits: &Limits) -> Result<Vec<u8>, (u64, String)> {
    let refused = |error: io::Error| (0, format!("cannot read the file: {error}"));
    let metadata = path.metadata().map_err(refused)?;
    if !metadata.is_file() {
        return Err((0, "not a regular file".to_owned()));
    }
    let limit = limits.max_file_bytes;
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(refused)?;
    if metadata.len() <= limit {
        bytes.reserve_exact(metadata.len() as usize);
        file.take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(refused)?;
    }
    let actual = metadata.len().max(bytes.len() as u64);
    limits.admit_file(actual).map_err(|error| (actual, error.to_string()))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::verdict::Verdict;

    #[test]
    fn a_panic_becomes_a_row_with_an_error() {
        let row = isolated(Source { path: "a.jpg".to_owned(), ..Source::default() }, |_| panic!("index {}", 7));
        assert_eq!((row.source.path.as_str(), row.verdict), ("a.jpg", Verdict::Error));
        assert_eq!(row.error.as_deref(), Some("internal error, please report it: index 7"));
    }

    fn up_to(max_file_bytes: u64) -> Limits {
        Limits { max_file_bytes, ..Limits::default() }
    }

    #[test]
    fn a_file_over_the_limit_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.jpg");
        std::fs::write(&path, [0; 100]).unwrap();
        let error = read(&path, &up_to(99)).unwrap_err();
        assert_eq!(error, (100, "the file's size in bytes is 100, over `limits.max_file_bytes` = 99".to_owned()));
        assert_eq!(read(&path, &up_to(100)).unwrap().len(), 100);
        assert_eq!(read(&path, &up_to(u64::MAX)).unwrap().len(), 100);
    }

    #[test]
    fn a_folder_and_a_missing_file_are_errors_in_words() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(read(folder.path(), &up_to(9)).unwrap_err().1, "not a regular file");
        let missing = read(&folder.path().join("none"), &up_to(9)).unwrap_err().1;
        assert!(missing.starts_with("cannot read the file: "), "{missing}");
    }
}
