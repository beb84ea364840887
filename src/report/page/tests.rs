use std::collections::BTreeMap;

use super::EarlierPictures;
use super::Gallery;
use super::Page;
use super::Picture;
use super::Thumbnails;
use crate::checks;
use crate::checks::REGISTRY;
use crate::config::Settings;
use crate::geometry::Point;
use crate::photo::FileFacts;
use crate::record::Digest;
use crate::record::Row;
use crate::record::Source;
use crate::report::Run;
use crate::scene::DocumentType;
use crate::words::Language;

/// A passport with a resolution of so many pixels, judged.
fn row(path: &str, resolution: f64) -> Row {
    let source = Source { path: path.to_owned(), document_type: Some(DocumentType::Passport), ..Source::default() };
    let mut row = Row::blank(source, FileFacts::default());
    let (at, _) = checks::find("resolution").unwrap();
    row.outcomes[at] = Some(Ok(resolution));
    row.judge(&Settings::default().policy);
    row
}

fn rendered(rows: &[Row], pictures: &BTreeMap<String, Picture>, language: Language) -> String {
    let settings = Settings::default();
    let gallery = Gallery::new(Thumbnails::Redacted, settings.policy.clone());
    let mut page = Page::new(settings.policy.clone());
    let mut digest = Digest::default();
    for row in rows {
        page.add(row);
        if let Some(picture) = pictures.get(&row.source.path) {
            gallery.add(row, picture.clone());
        }
        digest.count(row, &settings.policy);
    }
    page.render(&Run { digest: &digest, settings: &settings, held: &[] }, language, &gallery).unwrap()
}

/// What stands in the element `script` of this id.
fn data(page: &str, id: &str) -> serde_json::Value {
    let start = format!("<script type=\"application/json\" id=\"{id}\">");
    let text = page.split(&start).nth(1).unwrap().split("</script>").next().unwrap();
    serde_json::from_str(text).unwrap()
}

#[test]
fn names_of_files_are_no_markup() {
    let page = rendered(&[row("</script><img src=x onerror=alert(1)>.jpg", 900.0)], &BTreeMap::new(), Language::En);
    assert!(!page.contains("<img src=x"), "{page}");
    assert_eq!(page.matches("</script>").count(), 3, "two with data, one that runs");
    assert_eq!(data(&page, "row-data")[0]["path"], "</script><img src=x onerror=alert(1)>.jpg");
}

#[test]
fn a_page_loads_nothing_and_allows_nothing_unsafe() {
    let page = rendered(&[row("a.jpg", 900.0)], &BTreeMap::new(), Language::En);
    assert!(page.contains("content=\"default-src &#39;none&#39;; style-src &#39;sha256-"), "{page}");
    assert!(!page.contains("unsafe-"), "{page}");
    assert!(!page.contains(" style=\"") && !page.contains(" onclick"), "the policy would forbid them");
    let links = page.match_indices("http").map(|(at, _)| &page[at..at + 26]);
    assert!(
        links.clone().all(|link| link == "http://www.w3.org/2000/svg" || link.starts_with("http-equiv")),
        "{:?}",
        links.collect::<Vec<_>>()
    );
}

#[test]
fn a_row_has_its_numbers_grades_and_picture() {
    let picture = Picture {
        jpeg: vec![1, 2, 3],
        size: [400, 300],
        evidence: BTreeMap::from([("resolution", vec![vec![Point::new(0.0, 0.4), Point::new(9.6, 0.0)]])]),
    };
    let page = rendered(&[row("a.jpg", 100.0)], &BTreeMap::from([("a.jpg".to_owned(), picture)]), Language::En);
    let (at, _) = checks::find("resolution").unwrap();
    let shown = &data(&page, "row-data")[0];
    assert_eq!(shown["numbers"][at], 100.0);
    assert_eq!(shown["verdict"], "reject");
    assert_eq!(shown["categories"], serde_json::json!(["low_resolution"]));
    assert_eq!(&shown["grades"].as_str().unwrap()[at..=at], "j");
    assert_eq!(shown["picture"]["source"], "data:image/jpeg;base64,AQID");
    assert_eq!(shown["picture"]["evidence"][at.to_string()], serde_json::json!([[0, 0, 10, 0]]));
    let EarlierPictures { thumbnails, pictures } = EarlierPictures::read(&page).unwrap();
    let picture = &pictures["a.jpg"];
    assert_eq!((thumbnails, picture.jpeg.as_slice(), picture.size), (Thumbnails::Redacted, &[1, 2, 3][..], [400, 300]));
    assert_eq!(picture.evidence["resolution"], [[Point::new(0.0, 0.0), Point::new(10.0, 0.0)]]);
}

#[test]
fn what_is_no_page_has_no_pictures() {
    for text in ["", "<html>", "<script type=\"application/json\" id=\"lists\">{}</script>"] {
        assert!(EarlierPictures::read(text).is_none(), "{text}");
    }
}

#[test]
fn every_list_is_as_long_as_what_it_is_of() {
    let lists = data(&rendered(&[], &BTreeMap::new(), Language::En), "lists");
    assert_eq!(lists["checks"].as_array().unwrap().len(), REGISTRY.len());
    assert_eq!(lists["kinds"].as_array().unwrap().len(), DocumentType::ALL.len() + 1);
    for bands in lists["bands"].as_array().unwrap() {
        assert_eq!(bands.as_array().unwrap().len(), REGISTRY.len());
    }
}

#[test]
fn the_words_of_the_script_stand_in_every_language() {
    const SCRIPT: &str = include_str!("../../../templates/report.js");
    let used = SCRIPT
        .split("words.")
        .skip(1)
        .map(|rest| rest.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_').next().unwrap());
    for language in Language::ALL {
        let lists = data(&rendered(&[], &BTreeMap::new(), language), "lists");
        for word in used.clone() {
            assert!(!lists["words"][word].is_null(), "{word} in {language:?}");
        }
    }
}

#[test]
fn the_same_rows_give_the_same_page_whatever_their_order() {
    let rows: Vec<Row> = (0..30).map(|at| row(&format!("{at}.jpg"), f64::from(at) * 50.0)).collect();
    let turned: Vec<Row> = rows.iter().rev().cloned().collect();
    let page = |rows: &[Row]| rendered(rows, &BTreeMap::new(), Language::En);
    assert_eq!(page(&rows), page(&turned));
}
