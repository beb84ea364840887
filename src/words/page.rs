use serde::Deserialize;
use serde::Serialize;

/// What the page of a report says besides its rows. Places to fill are `{name}`.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "each field is named after what stands there")]
pub struct PageWords {
    pub title: String,
    pub skip: String,
    pub as_of: String,
    pub configuration: String,
    pub verdicts_heading: String,
    pub photos: String,
    pub submissions: String,
    pub why: String,
    pub why_note: String,
    pub no_findings: String,
    pub types: String,
    pub kind: String,
    pub unknown_kind: String,
    pub photos_heading: String,
    pub left_out: String,
    pub no_script: String,
    pub search: String,
    pub verdict: String,
    pub all: String,
    pub category: String,
    pub submission: String,
    pub clear: String,
    pub count: String,
    pub table_note: String,
    pub picture: String,
    pub no_picture: String,
    pub photo: String,
    pub findings: String,
    pub depth: String,
    pub page: String,
    pub pages: String,
    pub back: String,
    pub on: String,
    pub nothing: String,
    pub declared: String,
    pub detected: String,
    pub fine: String,
    pub lacking: String,
    pub numbers: String,
    pub numbers_heading: String,
    pub numbers_note: String,
    pub card_counts: String,
    pub previous: String,
    pub next: String,
    pub close: String,
    pub footer: String,
}

/// `text` with the values in place of `{name}`.
///
/// ```
/// assert_eq!(kyclint::words::fill("{shown} of {all}", &[("shown", "3"), ("all", "{shown}")]), "3 of {shown}");
/// ```
#[must_use]
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, (name, after))) =
        rest.split_once('{').and_then(|(before, at)| Some((before, at.split_once('}')?)))
    {
        filled.push_str(before);
        filled.push_str(values.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value));
        rest = after;
    }
    filled + rest
}
