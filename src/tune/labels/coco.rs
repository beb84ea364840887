use std::collections::HashMap;

use serde::Deserialize;
use serde_json::Value;

use super::LabelMistake;
use super::LabelsIssue;
use super::label_studio::place;
use super::location::locate;
use super::said::Said;

#[derive(Deserialize)]
struct Dataset {
    images: Vec<Image>,
    categories: Vec<Named>,
    annotations: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Image {
    id: Value,
    file_name: String,
}

#[derive(Deserialize)]
struct Named {
    id: Value,
    name: String,
}

#[derive(Deserialize)]
struct Annotation {
    id: Option<Value>,
    image_id: Value,
    category_id: Option<Value>,
}

/// Reads COCO JSON. An annotation says that its image has its category, wherever in the image; an image without one is not
/// labelled.
pub(super) fn read(text: &str) -> Result<Vec<Said>, LabelsIssue> {
    let wrong = |error| LabelsIssue::Json { what: "COCO JSON", error };
    let Dataset { images, categories, annotations } = serde_json::from_str(text).map_err(wrong)?;
    let image_ids = numbered("image", images.iter().map(|image| &image.id))?;
    let category_ids = numbered("category", categories.iter().map(|category| &category.id))?;
    let mut said = images.iter().map(said).collect::<Result<Vec<_>, _>>()?;
    for (at, annotation) in annotations.iter().enumerate() {
        let Some(category) = &annotation.category_id else { continue };
        let found = |what, ids: &HashMap<String, usize>, id: &Value| {
            let missing = || LabelMistake::NoId { what, id: id.to_string() };
            ids.get(&id.to_string()).copied().ok_or_else(missing)
        };
        let placed = |mistake: LabelMistake| mistake.at(place("annotation", annotation.id.as_ref(), at));
        let image = found("image", &image_ids, &annotation.image_id).map_err(placed)?;
        let category = found("category", &category_ids, category).map_err(placed)?;
        said[image].names.push(categories[category].name.trim().to_owned());
    }
    Ok(said)
}

/// Which of `ids` stands where.
fn numbered<'a>(what: &str, ids: impl Iterator<Item = &'a Value>) -> Result<HashMap<String, usize>, LabelsIssue> {
    let mut numbers = HashMap::new();
    for (at, id) in ids.enumerate() {
        if numbers.insert(id.to_string(), at).is_some() {
            return Err(LabelMistake::IdTwice.at(place(what, Some(id), at)));
        }
    }
    Ok(numbers)
}

fn said(image: &Image) -> Result<Said, LabelsIssue> {
    let place = place("image", Some(&image.id), 0);
    if image.file_name.trim().is_empty() {
        return Err(LabelMistake::NoPhoto.at(place));
    }
    Ok(Said::new(locate(&image.file_name), place, Vec::new()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::lines;
    use super::super::tests::read;

    const HEAD: &str = r#"{"images":[{"id":4,"file_name":"in/a.jpg"},{"id":5,"file_name":"b.jpg"},{"id":6,"file_name":"c.jpg"}],
        "categories":[{"id":1,"name":"blurry"},{"id":2,"name":"ok"},{"id":3,"name":"face"},{"id":9,"name":"glare"}],"#;

    fn file(annotations: &str) -> String {
        format!("{HEAD}\"annotations\":[{annotations}]}}")
    }

    #[test]
    fn annotations_give_categories_to_images() {
        let text = file(
            r#"{"id":1,"image_id":4,"category_id":1},{"id":2,"image_id":5,"category_id":2},
               {"id":3,"image_id":4,"category_id":9,"bbox":[0,0,9,9]},{"id":4,"image_id":6,"caption":"a card"}"#,
        );
        assert_eq!(lines(&text, &[]), ["image 4, in/a.jpg: blurry glare", "image 5, b.jpg: ", "image 6, c.jpg?"]);
    }

    #[test]
    fn every_mistake_is_named() {
        let mistakes = [
            (file(r#"{"id":7,"image_id":8,"category_id":1}"#), "annotation 7: no image has the id 8"),
            (file(r#"{"image_id":4,"category_id":8}"#), "annotation 1: no category has the id 8"),
            (file(r#"{"image_id":4,"category_id":3}"#), "an unknown category: `face` (image 4"),
            (file("").replace(r#""id":5"#, r#""id":4"#), "image 4: its id stands twice"),
            (file("").replace("in/a.jpg", " "), "image 4: it names no photo"),
            ("{}".to_owned(), "it is no COCO JSON: missing field `images` at line 1 column 2"),
        ];
        for (text, start) in mistakes {
            let error = read(&text, &[]).unwrap_err();
            assert!(error.starts_with(start), "{text:?}: {error}");
        }
    }
}
