//! People's labels of photos, from the files of the tools they label with. What a file is, is told by its content.
//!
//! | format | a photo | its categories | key |
//! |---|---|---|---|
//! | CSV with the columns `labels` and `path` or `blake3` | a row | `labels`, parted by `;` | `blake3`, else `path` |
//! | Label Studio JSON | a task | choices of its annotations | path in `data` |
//! | Label Studio JSON-MIN | an object | its choices | path in `image` |
//! | CVAT for images 1.1, XML | `<image>` | `<tag label="…">` | `name` |
//! | COCO JSON | one of `images` | categories of its annotations | `file_name` |
//! | a folder | a file | the sub-folder it lies in | content |
//!
//! Each format reads into what was said in its own names; [`gather`](gather::gather) translates and merges that.

mod coco;
mod cvat;
mod error;
mod file;
mod folders;
mod gather;
mod json_min;
mod key;
mod label;
mod label_studio;
mod location;
mod names;
mod said;
mod table;

pub use error::Disagreement;
pub use error::LabelMistake;
pub use error::LabelsError;
pub use error::LabelsIssue;
pub use error::UnknownName;
pub use key::Key;
pub use label::Label;
pub use label::Labels;
pub use label::Unlabelled;
pub use names::Alias;
pub use names::AliasError;
pub use names::LabelNames;
pub use names::Meaning;

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use proptest::collection::btree_map;
    use proptest::collection::btree_set;
    use proptest::collection::vec;
    use proptest::option;
    use proptest::prelude::*;
    use proptest::sample::select;

    use super::*;
    use crate::checks::Category;
    use crate::scene::DocumentType;

    pub(super) fn names(aliases: &[&str]) -> LabelNames {
        LabelNames::new(aliases.iter().map(|text| text.parse().unwrap())).unwrap()
    }

    pub(super) fn read(text: &str, aliases: &[&str]) -> Result<Labels, String> {
        let names = names(aliases);
        let gathered =
            file::parse(text.as_bytes(), &names).and_then(|said| gather::gather(said, &names, String::new()));
        gathered.map_err(|issue| issue.to_string())
    }

    /// The labels as `place, key: faults`, then the photos without.
    pub(super) fn lines(text: &str, aliases: &[&str]) -> Vec<String> {
        let labels = read(text, aliases).unwrap();
        let line = |label: &Label| {
            let faults: Vec<&str> = label.faults.iter().map(|fault| fault.id()).collect();
            format!("{}, {}: {}", label.place, label.key, faults.join(" "))
        };
        let unlabelled = labels.unlabelled.iter().map(|photo| format!("{}, {}?", photo.place, photo.key));
        labels.labels.iter().map(line).chain(unlabelled).collect()
    }

    #[test]
    fn a_file_that_is_no_label_file_is_told_what_is_understood() {
        for text in ["photo,size\na.jpg,3\n", "PK\u{3}\u{4}\0", "<html></html>", "hello"] {
            let error = read(text, &[]).unwrap_err();
            assert!(error.starts_with("its format is unknown; understood are CSV "), "{error}");
        }
    }

    #[test]
    fn nothing_is_learnt_from_a_file_without_labels() {
        let cvat = "<annotations><image id=\"0\" name=\"a.jpg\"/></annotations>";
        for text in ["", " \n", "\u{feff}", "path,labels\n", "path,labels\na.jpg,\n", "[]", cvat] {
            assert_eq!(read(text, &[]), Err("no photo in it is labelled".to_owned()), "{text}");
        }
    }

    #[test]
    fn an_error_names_the_file_and_the_hash_is_that_of_its_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("labels.csv");
        fs::write(&path, "path,labels\na.jpg,ok\n").unwrap();
        let hash = blake3::hash(b"path,labels\na.jpg,ok\n").to_hex().to_string();
        assert_eq!(Labels::read(&path, &names(&[])).unwrap().hash, hash);
        fs::write(&path, "").unwrap();
        let error = Labels::read(&path, &names(&[])).unwrap_err().to_string();
        assert_eq!(error, format!("{}: no photo in it is labelled", path.display()));
        let error = Labels::read(Path::new("no/such.csv"), &names(&[])).unwrap_err().to_string();
        assert!(error.starts_with("no/such.csv: cannot read it: "), "{error}");
    }

    #[test]
    fn the_labels_of_the_sample_data_are_understood() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample_data/labels.csv");
        if path.exists() {
            let labels = Labels::read(&path, &names(&[])).unwrap();
            assert!(labels.labels.len() > 50 && labels.judged.len() > 20 && labels.unlabelled.is_empty());
        }
    }

    /// Labels with all that a row of a CSV says, in the order of their paths.
    fn any_labels() -> impl Strategy<Value = Vec<Label>> {
        let text = || "[a-z]([a-z\",; \n]{0,6}[a-z])?";
        let details = (
            option::of(select(&DocumentType::ALL[..])),
            option::of(text()),
            option::of(text()),
            option::of(any::<bool>()),
        );
        let said = (btree_set(select(&Category::ALL[..]), 0..4), 1e-9..1e9, details);
        btree_map("[a-zé]{1,3}(/[a-z%\",; ]{1,3}[a-z]){0,2}", said, 1..12).prop_map(|labels| {
            let label = |(at, (path, said)): (usize, (String, (_, f64, (_, _, _, _))))| {
                let (faults, weight, (document_type, submission_id, split, outcome)) = said;
                let label = Label::new(Key::Path(path), at.to_string());
                Label { faults, document_type, submission_id, weight, split, outcome, ..label }
            };
            labels.into_iter().enumerate().map(label).collect()
        })
    }

    fn csv_of(labels: &[Label]) -> String {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer
            .write_record(["path", "labels", "document_type", "submission_id", "weight", "split", "outcome"])
            .unwrap();
        for label in labels {
            let faults: Vec<&str> = label.faults.iter().map(|fault| fault.id()).collect();
            let faults = if faults.is_empty() { "ok".to_owned() } else { faults.join("; ") };
            let kind = label.document_type.map_or("", DocumentType::id);
            let of = |text: &Option<String>| text.clone().unwrap_or_default();
            let outcome = label.outcome.map_or(String::new(), |outcome| outcome.to_string());
            let (submission, split) = (of(&label.submission_id), of(&label.split));
            let weight = label.weight.to_string();
            writer
                .write_record([&label.key.to_string(), &faults, kind, &submission, &weight, &split, &outcome])
                .unwrap();
        }
        String::from_utf8(writer.into_inner().unwrap()).unwrap()
    }

    proptest! {
        #[test]
        fn labels_come_back_from_a_csv(labels in any_labels()) {
            let mut back = read(&csv_of(&labels), &[]).unwrap().labels;
            back.iter_mut().zip(&labels).for_each(|(back, label)| back.place.clone_from(&label.place));
            prop_assert_eq!(back, labels);
        }

        #[test]
        fn no_text_is_too_odd(parts in vec(select(&[
            "[", "]", "{", "}", "<annotations>", "</annotations>", "<image", " name=\"a\"", "/>", ">", "<tag label='", "'", "&amp;",
            "\"data\"", ":", "\"image\"", "\"a.jpg\"", "\"choices\"", ",", "path,labels", "\n", "blurry", ";", "1e999", "\\x", "%f", "é",
        ][..]), 0..24)) {
            let _ = read(&parts.concat(), &[]);
        }
    }
}
