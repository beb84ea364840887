use std::collections::BTreeSet;

use serde_json::Map;
use serde_json::Value;

use super::LabelMistake;
use super::LabelNames;
use super::LabelsIssue;
use super::label_studio::WHAT;
use super::label_studio::photo;
use super::label_studio::place;
use super::said::Said;

type Fields = Map<String, Value>;

/// Reads the JSON-MIN export of Label Studio: one object an annotation, in which data and answers stand side by side.
///
/// A field holds answers where it is called `choice`, or where it holds `{"choices": […]}` or a known name in any of the
/// objects; then each of its names counts.
pub(super) fn read(text: &str, names: &LabelNames) -> Result<Vec<Said>, LabelsIssue> {
    let rows: Vec<Fields> = serde_json::from_str(text).map_err(|error| LabelsIssue::Json { what: WHAT, error })?;
    let answers = answers(&rows, names);
    rows.iter().enumerate().map(|(at, row)| said(at, row, &answers)).collect()
}

/// The names of the fields that hold answers.
fn answers<'a>(rows: &'a [Fields], names: &LabelNames) -> BTreeSet<&'a str> {
    let is_known = |name: &str| names.meaning(name.trim()).is_some();
    let is_answer = |field: &str, value: &Value| {
        field == "choice" || value.get("choices").is_some() || texts(value).into_iter().any(is_known)
    };
    let fields = rows.iter().flatten().filter(|(field, value)| is_answer(field, value));
    fields.map(|(field, _)| field.as_str()).collect()
}

fn said(at: usize, row: &Fields, answers: &BTreeSet<&str>) -> Result<Said, LabelsIssue> {
    let place = place("task", row.get("id"), at);
    let Some(key) = photo(row) else { return Err(LabelMistake::NoPhoto.at(place)) };
    let answered = row.iter().filter(|(field, _)| answers.contains(field.as_str()));
    let names = answered.flat_map(|(_, value)| texts(value)).map(str::to_owned).collect();
    Ok(Said::new(key, place, names))
}

/// A text, the texts of a list, or those of `{"choices": […]}`.
fn texts(value: &Value) -> Vec<&str> {
    match value.get("choices").unwrap_or(value) {
        Value::String(text) => vec![text],
        Value::Array(texts) => texts.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::lines;
    use super::super::tests::read;

    #[test]
    fn choices_stand_beside_the_data() {
        let text = r#"[
            {"image":"/data/local-files/?d=in/a.jpg","id":4,"choice":"blurry","annotator":1,"created_at":"2026-01-01"},
            {"image":"in/b.jpg","id":5,"faults":{"choices":["glare","shadow"]},"lead_time":1.5},
            {"image":"in/c.jpg","id":6,"quality":["ok"],"site":"Oslo"},
            {"image":"in/d.jpg","id":7,"site":"Rome"}]"#;
        let expected =
            ["task 4, in/a.jpg: blurry", "task 5, in/b.jpg: glare shadow", "task 6, in/c.jpg: ", "task 7, in/d.jpg?"];
        assert_eq!(lines(text, &[]), expected);
    }

    #[test]
    fn every_name_counts_in_a_field_that_holds_a_known_one() {
        let text = r#"[{"image":"a.jpg","q":"blurry"},{"image":"b.jpg","q":"Soft"}]"#;
        let error = read(text, &[]).unwrap_err();
        assert!(error.starts_with("an unknown category: `Soft` (task 2"), "{error}");
        assert_eq!(lines(text, &["Soft=blurry"]), ["task 1, a.jpg: blurry", "task 2, b.jpg: blurry"]);
    }

    #[test]
    fn annotations_of_one_task_may_not_differ() {
        let text = r#"[{"image":"a.jpg","id":3,"choice":"ok"},{"image":"a.jpg","id":3,"choice":"glare"}]"#;
        assert_eq!(read(text, &[]), Err("task 3 and task 3 disagree about a.jpg: ok; glare".to_owned()));
    }
}
