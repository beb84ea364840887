use serde::Deserialize;
use serde_json::Map;
use serde_json::Value;

use super::Key;
use super::LabelMistake;
use super::LabelNames;
use super::LabelsIssue;
use super::json_min;
use super::location::is_address;
use super::location::is_embedded;
use super::location::locate;
use super::said::Said;

/// What the format is called in messages.
pub(super) const WHAT: &str = "Label Studio JSON";

#[derive(Deserialize)]
struct Task {
    id: Option<Value>,
    data: Option<Map<String, Value>>,
    annotations: Option<Vec<Annotation>>,
    /// What annotations were called in older exports.
    completions: Option<Vec<Annotation>>,
}

#[derive(Deserialize)]
struct Annotation {
    id: Option<Value>,
    was_cancelled: Option<bool>,
    result: Option<Vec<Answer>>,
}

#[derive(Deserialize)]
struct Answer {
    r#type: Option<String>,
    value: Option<Chosen>,
}

#[derive(Deserialize)]
struct Chosen {
    choices: Option<Vec<String>>,
}

/// Reads an export of Label Studio. A task without a choice is not labelled; each annotation of the others that has one
/// counts for itself.
pub(super) fn read(text: &str, names: &LabelNames) -> Result<Vec<Said>, LabelsIssue> {
    let wrong = |error| LabelsIssue::Json { what: WHAT, error };
    let tasks: Vec<Task> = serde_json::from_str(text).map_err(wrong)?;
    if tasks.iter().all(|task| task.data.is_none()) {
        return json_min::read(text, names);
    }
    let mut said = Vec::new();
    for (at, task) in tasks.into_iter().enumerate() {
        task.say(at, &mut said)?;
    }
    Ok(said)
}

/// The photo that the fields of a task name: `image`, or else the first text that looks like a path or an address.
pub(super) fn photo(fields: &Map<String, Value>) -> Option<Key> {
    let is_photo = |text: &&str| !text.trim().is_empty() && !is_embedded(text);
    let image = fields.get("image").and_then(Value::as_str).filter(is_photo);
    let first = || fields.values().filter_map(Value::as_str).find(|text| is_address(text));
    image.or_else(first).map(|address| locate(address.trim()))
}

/// `what` with its id or, where it has none, its number from 1.
pub(super) fn place(what: &str, id: Option<&Value>, at: usize) -> String {
    match id {
        Some(Value::String(id)) => format!("{what} {id}"),
        Some(id @ Value::Number(_)) => format!("{what} {id}"),
        _ => format!("{what} {}", at + 1),
    }
}

impl Task {
    fn say(self, at: usize, said: &mut Vec<Said>) -> Result<(), LabelsIssue> {
        let place = place("task", self.id.as_ref(), at);
        let Some(key) = self.data.as_ref().and_then(photo) else { return Err(LabelMistake::NoPhoto.at(place)) };
        let annotations = self.annotations.into_iter().chain(self.completions).flatten().enumerate();
        let chosen: Vec<_> = annotations.filter_map(|(at, annotation)| annotation.chosen(at)).collect();
        if chosen.len() < 2 {
            said.push(Said::new(key, place, chosen.into_iter().flat_map(|(_, names)| names).collect()));
        } else {
            let each = |(by, names)| Said::new(key.clone(), format!("{by} of {place}"), names);
            said.extend(chosen.into_iter().map(each));
        }
        Ok(())
    }
}

impl Annotation {
    /// Its place in its task and its choices, or `None` where it was cancelled or has none.
    fn chosen(self, at: usize) -> Option<(String, Vec<String>)> {
        if self.was_cancelled == Some(true) {
            return None;
        }
        let answers = self.result.into_iter().flatten().filter(|answer| answer.r#type.as_deref() == Some("choices"));
        let names: Vec<String> = answers.filter_map(|answer| answer.value?.choices).flatten().collect();
        (!names.is_empty()).then(|| (place("annotation", self.id.as_ref(), at), names))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::lines;
    use super::super::tests::read;

    fn annotation(id: u32, choices: &str) -> String {
        format!(
            r#"{{"id":{id},"was_cancelled":false,"result":[{{"from_name":"f","type":"choices","value":{{"choices":{choices}}}}}]}}"#
        )
    }

    fn task(id: u32, annotations: &[String]) -> String {
        format!(
            r#"{{"id":{id},"data":{{"image":"/data/upload/1/abcdef12-{id}.jpg"}},"annotations":[{}]}}"#,
            annotations.join(",")
        )
    }

    #[test]
    fn the_choices_of_a_task_are_its_categories() {
        let annotated = |choices: &str| [annotation(1, choices)];
        let tasks = [task(3, &annotated(r#"["blurry","glare"]"#)), task(4, &annotated(r#"["ok"]"#)), task(5, &[])];
        let text = format!("[{}]", tasks.join(","));
        assert_eq!(lines(&text, &[]), ["task 3, 3.jpg: blurry glare", "task 4, 4.jpg: ", "task 5, 5.jpg?"]);
    }

    #[test]
    fn equal_annotations_are_one_and_different_ones_a_contradiction() {
        let both = |second: &str| format!("[{}]", task(3, &[annotation(7, r#"["blurry"]"#), annotation(8, second)]));
        assert_eq!(lines(&both(r#"["blurry"]"#), &[]), ["annotation 7 of task 3, 3.jpg: blurry"]);
        assert_eq!(lines(&both("[]"), &[]), ["task 3, 3.jpg: blurry"]);
        let error = read(&both(r#"["ok"]"#), &[]).unwrap_err();
        assert_eq!(error, "annotation 7 of task 3 and annotation 8 of task 3 disagree about 3.jpg: blurry; ok");
        let cancelled = both(r#"["ok"]"#).replacen("false", "true", 1);
        assert_eq!(lines(&cancelled, &[]), ["task 3, 3.jpg: "]);
    }

    #[test]
    fn boxes_and_other_answers_do_not_count() {
        let text = r#"[{"data":{"n":1,"text":"A card.","url":"s3://b/in/a.jpg"},"completions":[{"result":[
            {"type":"rectanglelabels","value":{"x":1,"rectanglelabels":["Face"]}},
            {"type":"relation","from_id":"a"},
            {"type":"choices","value":{"choices":["glare"]}}]}]}]"#;
        assert_eq!(lines(text, &[]), ["task 1, in/a.jpg: glare"]);
    }

    #[test]
    fn every_mistake_is_named() {
        let mistakes = [
            (r#"[{"id":12,"data":{"text":"no photo"}}]"#, "task 12: it names no photo"),
            (r#"[{"id":12,"data":{"image":"data:image/png;base64,AA"}}]"#, "task 12: it names no photo"),
            (r#"[{"data":{"image":"a.jpg"}},{"id":"b"}]"#, "task b: it names no photo"),
            ("[{", "it is no Label Studio JSON: EOF while parsing an object at line 1 column 2"),
            ("[1]", "it is no Label Studio JSON: invalid type: integer `1`"),
        ];
        for (text, start) in mistakes {
            let error = read(text, &[]).unwrap_err();
            assert!(error.starts_with(start), "{text:?}: {error}");
        }
        assert!(read(&"[".repeat(100_000), &[]).unwrap_err().starts_with("it is no Label Studio JSON: "));
    }
}
