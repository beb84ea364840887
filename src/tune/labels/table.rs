use super::Key;
use super::Label;
use super::LabelMistake;
use super::LabelsIssue;
use super::error::shortened;
use super::said::Said;
use crate::csv_lines::line;

const COLUMNS: [&str; 8] = ["path", "blake3", "labels", "document_type", "submission_id", "weight", "split", "outcome"];
const FAILED: [&str; 7] = ["1", "true", "yes", "fail", "failed", "reject", "rejected"];
const PASSED: [&str; 7] = ["0", "false", "no", "pass", "passed", "accept", "accepted"];

/// Reads a CSV. A row with a BLAKE3 is known by it, else by its path, which may be escaped as in reports. Rows without any
/// value are passed over.
pub(super) fn read(text: &str) -> Result<Vec<Said>, LabelsIssue> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = Header::read(reader.headers().map_err(LabelsIssue::Csv)?)?;
    let mut said = Vec::new();
    for record in reader.records() {
        let record = record.map_err(LabelsIssue::Csv)?;
        if record.iter().any(|field| !field.is_empty()) {
            said.push(header.said(&record, &format!("line {}", line(text.as_bytes(), &record)))?);
        }
    }
    Ok(said)
}

/// Where each of [`COLUMNS`] stands.
struct Header([Option<usize>; COLUMNS.len()]);

impl Header {
    fn read(names: &csv::StringRecord) -> Result<Self, LabelsIssue> {
        let at = COLUMNS.map(|column| names.iter().position(|name| name == column));
        let is_twice = |column: &&str| names.iter().filter(|name| name == column).count() > 1;
        if let Some(column) = COLUMNS.into_iter().find(is_twice) {
            return Err(LabelsIssue::Twice(column));
        }
        let missing = |wanted| LabelsIssue::NoColumn { wanted, has: names.iter().map(shortened).collect() };
        match at {
            [None, None, None, ..] => Err(LabelsIssue::UnknownFormat),
            [None, None, ..] => Err(missing("`path` or `blake3`")),
            [_, _, None, ..] => Err(missing("`labels`")),
            at => Ok(Self(at)),
        }
    }

    fn said(&self, record: &csv::StringRecord, place: &str) -> Result<Said, LabelsIssue> {
        let fields = self.0.map(|at| record.get(at?).filter(|field| !field.is_empty()));
        let [path, content, names, ..] = fields;
        let key = key(path, content).map_err(|mistake| mistake.at(place))?;
        let names = names.map_or_else(Vec::new, |names| names.split(';').map(str::to_owned).collect());
        let mut said = Said::new(key, place, names);
        describe(&mut said.label, fields).map_err(|mistake| mistake.at(place))?;
        Ok(said)
    }
}

fn key(path: Option<&str>, content: Option<&str>) -> Result<Key, LabelMistake> {
    match (content, path) {
        (Some(content), _) => Key::content(content).ok_or_else(|| LabelMistake::Content(shortened(content))),
        (None, Some(path)) => Ok(Key::path(path)),
        (None, None) => Err(LabelMistake::NoKey),
    }
}

/// Adds what the columns after `labels` say.
fn describe(label: &mut Label, fields: [Option<&str>; COLUMNS.len()]) -> Result<(), LabelMistake> {
    let [_, _, _, kind, submission, weight, split, result] = fields;
    label.document_type = kind.map(str::parse).transpose().map_err(LabelMistake::Type)?;
    label.submission_id = submission.map(str::to_owned);
    label.weight = weight.map_or(Ok(1.0), number)?;
    label.split = split.map(str::to_owned);
    label.outcome = result.map(outcome).transpose()?;
    Ok(())
}

fn number(text: &str) -> Result<f64, LabelMistake> {
    let number = text.parse().ok().filter(|number: &f64| number.is_finite() && *number > 0.0);
    number.ok_or_else(|| LabelMistake::Weight(shortened(text)))
}

fn outcome(text: &str) -> Result<bool, LabelMistake> {
    let is_one_of = |words: &[&str]| words.iter().any(|word| word.eq_ignore_ascii_case(text));
    match (is_one_of(&FAILED), is_one_of(&PASSED)) {
        (true, _) => Ok(true),
        (_, true) => Ok(false),
        _ => Err(LabelMistake::Outcome(shortened(text))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::lines;
    use super::super::tests::read;
    use crate::scene::DocumentType;

    #[test]
    fn a_row_is_a_photo_and_an_empty_cell_no_label() {
        let text = "\u{feff}size, path ,labels\r\n1,./in\\a.jpg, blurry ; glare;\r\n2,b.jpg,ok\r\n3,c.jpg, \r\n,,\r\n";
        let expected = ["line 2, in/a.jpg: blurry glare", "line 3, b.jpg: ", "line 4, c.jpg?"];
        assert_eq!(lines(text, &[]), expected);
    }

    #[test]
    fn a_photo_is_known_by_its_content_rather_than_its_path() {
        let hash = "AB".repeat(32);
        let text = format!("path,blake3,labels\na.jpg,{hash},ok\n,{hash},ok\nb.jpg,,glare\n");
        assert_eq!(lines(&text, &[]), [format!("line 2, {}: ", "ab".repeat(32)), "line 4, b.jpg: glare".to_owned()]);
    }

    #[test]
    fn the_other_columns_describe_the_photo() {
        let labels = read(
            "path,labels,weight,outcome,split,document_type,submission_id\na.jpg,ok,2.5,Fail,test,passport,7\nb.jpg,ok,,0,,,\n",
            &[],
        );
        let labels = labels.unwrap().labels;
        assert_eq!((labels[0].weight, labels[0].outcome), (2.5, Some(true)));
        assert_eq!((labels[0].split.as_deref(), labels[0].submission_id.as_deref()), (Some("test"), Some("7")));
        assert_eq!(labels[0].document_type, Some(DocumentType::Passport));
        assert_eq!((labels[1].weight, labels[1].outcome, labels[1].document_type), (1.0, Some(false), None));
    }

    #[test]
    fn every_mistake_is_named() {
        let mistakes = [
            ("file,labels\n", "the header has no column `path` or `blake3`; it has file, labels"),
            ("path,label\n", "the header has no column `labels`; it has path, label"),
            ("path,labels,path\n", "the header has the column `path` twice"),
            ("path,labels\n,ok\n", "line 2: it has neither a path nor a BLAKE3"),
            ("blake3,labels\nabc,ok\n", "line 2: the BLAKE3 `abc` has not 64 hex digits"),
            ("\npath,labels,document_type\n\na,,pasport\n", "line 4: unknown document type `pasport`"),
            ("path,labels,outcome\na,ok,maybe\n", "line 2: unknown outcome `maybe`; known are 1, true"),
            ("path,labels\na,ok,b\n", "CSV error: record 1 (line: 2, byte: 12): found record with 3 fields"),
            ("path,labels\na,blurry;ok;glare\n", "line 2: it is both `ok` and `blurry`"),
        ];
        for (text, start) in mistakes {
            let error = read(text, &[]).unwrap_err();
            assert!(error.starts_with(start), "{text:?}: {error}");
        }
    }

    #[test]
    fn a_weight_is_a_finite_number_above_0() {
        for weight in ["NaN", "inf", "-1", "0", "-0.0", "1e999", "1,5", "much"] {
            let error = read(&format!("path,labels,weight\na,ok,\"{weight}\"\n"), &[]).unwrap_err();
            assert_eq!(error, format!("line 2: the weight `{weight}` is no finite number above 0"));
        }
    }
}
