use std::collections::BTreeSet;

use super::Language;
use super::letter;
use crate::names::nearest;
use crate::record::Gathered;
use crate::record::Row;
use crate::verdict::Policy;

/// Names less alike than this, 0–1, are no guess at what was meant.
const ALIKE: f64 = 0.6;

/// Why there is no letter.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LetterError {
    /// No photo of the report belongs to a submission.
    #[error(
        "the report has no submissions, only single photos ({photos}); ask for the letter about one photo by its path"
    )]
    NoSubmission {
        /// How many photos it has.
        photos: usize,
    },
    /// The report has other submissions, or photos, only.
    #[error("the report has no {what} `{given}`; {}it has {count} {what}s", guess(meant.as_ref()))]
    Unknown {
        /// What was asked for: `submission` or `photo`.
        what: &'static str,
        /// Its name, control characters escaped.
        given: String,
        /// The name in the report that is most like it, if one is like it.
        meant: Option<String>,
        /// How many there are.
        count: usize,
    },
}

/// The letter about the submission `id` of a report whose `rows` were judged under `policy`; the submission as a whole is judged here.
///
/// # Errors
/// When the report has no such submission.
pub fn letter_for(rows: &[Row], id: &str, policy: &Policy, language: Language) -> Result<String, LetterError> {
    let own: Vec<&Row> = rows.iter().filter(|row| row.source.submission_id.as_deref() == Some(id)).collect();
    if own.is_empty() {
        let ids = rows.iter().filter_map(|row| row.source.submission_id.as_deref()).collect();
        return Err(LetterError::unknown("submission", id, &ids, rows.len()));
    }
    let (_, judged) = rows.iter().collect::<Gathered>().judge(policy);
    Ok(letter(&own, judged.submissions.iter().find(|submission| submission.id == id), language))
}

/// The letter about the photo at `path`, as it stands in the report, by itself; `rows` are judged.
///
/// # Errors
/// When the report has no such photo.
pub fn letter_for_photo(rows: &[Row], path: &str, language: Language) -> Result<String, LetterError> {
    let own: Vec<&Row> = rows.iter().filter(|row| row.source.path == path).collect();
    if own.is_empty() {
        let paths = rows.iter().map(|row| row.source.path.as_str()).collect();
        return Err(LetterError::unknown("photo", path, &paths, rows.len()));
    }
    Ok(letter(&own, None, language))
}

impl LetterError {
    fn unknown(what: &'static str, given: &str, known: &BTreeSet<&str>, photos: usize) -> Self {
        if known.is_empty() {
            return Self::NoSubmission { photos };
        }
        let meant = nearest(given, known.iter().copied(), ALIKE);
        let escaped = |name: &str| name.escape_debug().to_string();
        Self::Unknown { what, given: escaped(given), meant: meant.map(escaped), count: known.len() }
    }
}

fn guess(meant: Option<&String>) -> String {
    meant.map_or_else(String::new, |name| format!("did you mean `{name}`? "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::photo::FileFacts;
    use crate::record::Source;
    use crate::scene::DocumentType;
    use crate::verdict::Verdict;

    fn row(path: &str, submission: Option<&str>) -> Row {
        let (path, submission_id) = (path.to_owned(), submission.map(str::to_owned));
        let source =
            Source { path, submission_id, document_type: Some(DocumentType::IdCardFront), ..Source::default() };
        Row { verdict: Verdict::Accept, ..Row::blank(source, FileFacts::default()) }
    }

    #[test]
    fn the_side_that_is_missing_is_asked_for_though_the_photo_is_fine() {
        let rows = [row("1.jpg", Some("0042")), row("2.jpg", Some("0043"))];
        let told = letter_for(&rows, "0042", &Policy::default(), Language::En).unwrap();
        assert!(told.contains("send these photos: back of the identity card."), "{told}");
        assert!(told.contains("no need to send again: front of the identity card."), "{told}");
        let alone = letter_for_photo(&rows, "1.jpg", Language::En).unwrap();
        assert!(alone.contains("nothing more for you to do"), "{alone}");
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_nearest_one_and_a_count() {
        let rows = [row("1.jpg", Some("0042")), row("2.jpg", Some("0042")), row("3.jpg", Some("a\u{1b}[31m"))];
        let error = letter_for(&rows, "0024", &Policy::default(), Language::En).unwrap_err().to_string();
        assert_eq!(error, "the report has no submission `0024`; did you mean `0042`? it has 2 submissions");
        let error = letter_for(&rows, "a\u{1b}[32m", &Policy::default(), Language::En).unwrap_err().to_string();
        assert!(error.contains("`a\\u{1b}[31m`"), "{error}");
        let error = letter_for_photo(&rows, "photo", Language::En).unwrap_err().to_string();
        assert_eq!(error, "the report has no photo `photo`; it has 3 photos");
    }

    #[test]
    fn where_there_are_single_photos_only_the_error_says_so() {
        let error = letter_for(&[row("1.jpg", None)], "1", &Policy::default(), Language::En).unwrap_err();
        assert_eq!(error, LetterError::NoSubmission { photos: 1 });
    }
}
