//! Rows of a report and labels of photos brought together.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use polars::prelude as pl;
use polars::prelude::DataFrameJoinOps;

use super::labels::Key;
use super::labels::Label;
use super::labels::Labels;
use crate::checks::Category;
use crate::record::Row;
use crate::scene::DocumentType;

/// A photo of which numbers and labels are known.
#[derive(Clone, Copy, Debug)]
pub struct Case<'a> {
    /// What was recorded of it.
    pub row: &'a Row,
    /// What people say of it.
    pub label: &'a Label,
    /// Its document type: as labelled, else as declared or detected.
    pub kind: Option<DocumentType>,
    /// The submission it belongs to, as a number; a photo without submission is one of its own.
    pub group: u32,
}

/// The photos of which numbers and labels are known, in the order of the report, and what is left over on either side.
#[derive(Clone, Debug)]
pub struct Cases<'a> {
    /// The photos.
    pub cases: Vec<Case<'a>>,
    /// Categories that somebody looked for; the others are unknown on every photo.
    pub judged: BTreeSet<Category>,
    /// Paths in the report that no label names.
    pub unlabelled: Vec<&'a str>,
    /// Labels of photos that are not in the report.
    pub unmatched: Vec<&'a Label>,
}

impl Case<'_> {
    /// Whether it has `category`; `None` where nobody knows.
    #[must_use]
    pub fn truth(&self, category: Category) -> Option<bool> {
        self.label.truth(category)
    }

    /// Whether it has no fault at all; `None` where nobody knows.
    #[must_use]
    pub fn is_good(&self) -> Option<bool> {
        if self.label.faults.is_empty() { self.label.is_complete.then_some(true) } else { Some(false) }
    }
}

impl<'a> Cases<'a> {
    /// Brings `rows` and `labels` together: by path, by the content of the file, or by a path that is the end of the other's.
    ///
    /// # Errors
    /// When tables cannot be joined.
    pub fn join(rows: &'a [Row], labels: &'a Labels) -> Result<Self, pl::PolarsError> {
        let pairs = pairs(rows, labels)?;
        let mut matched = vec![false; labels.labels.len()];
        let mut groups = Groups::default();
        let mut cases = Vec::with_capacity(pairs.len());
        for (row, label) in &pairs {
            matched[*label] = true;
            let (row, label) = (&rows[*row], &labels.labels[*label]);
            let submission = label.submission_id.as_deref().or(row.source.submission_id.as_deref());
            let kind = label.document_type.or(row.document_type());
            cases.push(Case { row, label, kind, group: groups.number(submission, &row.source.path) });
        }
        let labelled: BTreeSet<usize> = pairs.keys().copied().collect();
        let is_unlabelled = |(at, row): (usize, &'a Row)| (!labelled.contains(&at)).then_some(row.source.path.as_str());
        Ok(Self {
            cases,
            judged: labels.judged.clone(),
            unlabelled: rows.iter().enumerate().filter_map(is_unlabelled).collect(),
            unmatched: labels
                .labels
                .iter()
                .zip(matched)
                .filter(|(_, matched)| !matched)
                .map(|(label, _)| label)
                .collect(),
        })
    }
}

/// Places of rows or of labels, each with a key.
type Keyed = Vec<(String, usize)>;

/// The label of each row that has one: of its path, else of its content, else of a path that ends as its own does.
fn pairs(rows: &[Row], labels: &Labels) -> Result<BTreeMap<usize, usize>, pl::PolarsError> {
    let keyed = |key: fn(&Row) -> String| rows.iter().enumerate().map(|(at, row)| (key(row), at)).collect::<Keyed>();
    let (mut paths, contents) =
        (keyed(|row| Key::path(&row.source.path).to_string()), keyed(|row| row.facts.blake3.clone()));
    let labelled = labels.labels.iter().enumerate().map(|(at, label)| (label.key.to_string(), at));
    let is_content = |(_, at): &(String, usize)| matches!(labels.labels[*at].key, Key::Content(_));
    let (hashes, mut names): (Keyed, Keyed) = labelled.partition(is_content);
    let mut pairs = one_each(rows, labels, &joined(&paths, &names)?);
    let taken: BTreeSet<usize> = pairs.values().copied().collect();
    paths.retain(|(_, row)| !pairs.contains_key(row));
    names.retain(|(_, label)| !taken.contains(label));
    let by_content = one_each(rows, labels, &joined(&contents, &hashes)?);
    for (row, label) in by_content.into_iter().chain(endings(&paths, &names)?) {
        pairs.entry(row).or_insert(label);
    }
    Ok(pairs)
}

/// Of photos that no whole path names: those one of whose paths, in the report or in the labels, is the end of the other. Labels name
/// photos from the folder of the labels, reports from where the program ran. What ends as several others do is left alone.
fn endings(rows: &Keyed, labels: &Keyed) -> Result<Vec<(usize, usize)>, pl::PolarsError> {
    let mut both = joined(&ends(rows), labels)?;
    both.extend(joined(rows, &ends(labels))?);
    let (mut of_row, mut of_label) = (BTreeMap::<_, usize>::new(), BTreeMap::<_, usize>::new());
    for (row, label) in &both {
        *of_row.entry(*row).or_default() += 1;
        *of_label.entry(*label).or_default() += 1;
    }
    both.retain(|(row, label)| of_row[row] == 1 && of_label[label] == 1);
    Ok(both)
}

/// What each path ends with, without the whole of it.
fn ends(paths: &Keyed) -> Keyed {
    let ends = |(path, at): &(String, usize)| -> Keyed {
        path.match_indices('/').map(|(slash, _)| (path[slash + 1..].to_owned(), *at)).collect()
    };
    paths.iter().flat_map(ends).filter(|(end, _)| !end.is_empty()).collect()
}

/// Places of rows and labels that have a key in common.
fn joined(rows: &Keyed, labels: &Keyed) -> Result<Vec<(usize, usize)>, pl::PolarsError> {
    let frame = |keyed: &Keyed, place: &str| {
        let (keys, places): (Vec<&str>, Vec<u32>) = keyed.iter().map(|(key, at)| (key.as_str(), *at as u32)).unzip();
        pl::df!("key" => keys, place => places)
    };
    let both = frame(rows, "row")?.inner_join(&frame(labels, "label")?, ["key"], ["key"])?;
    let column = |name: &str| -> Result<Vec<usize>, pl::PolarsError> {
        Ok(both.column(name)?.u32()?.into_no_null_iter().map(|at| at as usize).collect())
    };
    Ok(column("row")?.into_iter().zip(column("label")?).collect())
}

/// The label of each row, where a photo has several the one of the row's submission: one photo may be sent in with several.
fn one_each(rows: &[Row], labels: &Labels, pairs: &[(usize, usize)]) -> BTreeMap<usize, usize> {
    let is_of_submission =
        |(row, label): &&(usize, usize)| match (&rows[*row].source.submission_id, &labels.labels[*label].submission_id)
        {
            (Some(one), Some(other)) => one == other,
            _ => true,
        };
    pairs.iter().filter(is_of_submission).copied().collect()
}

/// Numbers of submissions.
#[derive(Default)]
struct Groups<'a>(BTreeMap<(bool, &'a str), u32>);

impl<'a> Groups<'a> {
    fn number(&mut self, submission: Option<&'a str>, path: &'a str) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry((submission.is_some(), submission.unwrap_or(path))).or_insert(next)
    }
}

#[cfg(test)]
mod tests {
    use super::Cases;
    use crate::photo::FileFacts;
    use crate::record::Row;
    use crate::record::Source;
    use crate::tune::Key;
    use crate::tune::Label;
    use crate::tune::Labels;

    fn row(path: &str, submission: Option<&str>) -> Row {
        let (path, submission_id) = (path.to_owned(), submission.map(str::to_owned));
        let facts = FileFacts { blake3: blake3::hash(path.as_bytes()).to_string(), ..FileFacts::default() };
        Row::blank(Source { path, submission_id, ..Source::default() }, facts)
    }

    fn labels(keys: &[Key]) -> Labels {
        let label = |(at, key): (usize, &Key)| Label::new(key.clone(), format!("line {at}"));
        let labels = keys.iter().enumerate().map(label).collect();
        Labels { labels, judged: [].into(), unlabelled: Vec::new(), hash: String::new() }
    }

    /// Which row has which label, what has none, and which labels have no row.
    fn joined(rows: &[Row], labels: &Labels) -> (Vec<String>, Vec<String>, Vec<String>) {
        let cases = Cases::join(rows, labels).unwrap();
        let pair = |case: &super::Case| format!("{} {}", case.row.source.path, case.label.place);
        let unmatched = cases.unmatched.iter().map(|label| label.place.clone()).collect();
        (cases.cases.iter().map(pair).collect(), cases.unlabelled.iter().map(ToString::to_string).collect(), unmatched)
    }

    #[test]
    fn photos_are_known_by_path_by_content_and_by_the_end_of_a_path() {
        let rows = [row("in/a/1.jpg", None), row("in/b/2.jpg", None), row("3.jpg", None), row("in/c/4.jpg", None)];
        let content = Key::Content(blake3::hash(b"in/b/2.jpg").to_string());
        let keys = [Key::path("a/1.jpg"), content, Key::path("photos/3.jpg"), Key::path("gone.jpg")];
        let (pairs, unlabelled, unmatched) = joined(&rows, &labels(&keys));
        assert_eq!(pairs, ["in/a/1.jpg line 0", "in/b/2.jpg line 1", "3.jpg line 2"]);
        assert_eq!((unlabelled, unmatched), (vec!["in/c/4.jpg".to_owned()], vec!["line 3".to_owned()]));
    }

    #[test]
    fn an_end_that_several_paths_have_names_none() {
        let rows = [row("a/1.jpg", None), row("b/1.jpg", None)];
        assert!(joined(&rows, &labels(&[Key::path("1.jpg")])).0.is_empty());
        let whole = joined(&rows, &labels(&[Key::path("1.jpg"), Key::path("a/1.jpg")])).0;
        assert_eq!(whole, ["a/1.jpg line 1", "b/1.jpg line 0"]);
    }

    #[test]
    fn one_photo_in_two_submissions_has_the_label_of_each() {
        let rows = [row("a/1.jpg", Some("s1")), row("a/2.jpg", Some("s1"))];
        let mut both = labels(&[Key::path("a/1.jpg"), Key::path("a/1.jpg"), Key::path("a/2.jpg")]);
        both.labels[0].submission_id = Some("s2".to_owned());
        both.labels[1].submission_id = Some("s1".to_owned());
        let (pairs, _, unmatched) = joined(&rows, &both);
        assert_eq!(
            (pairs, unmatched),
            (vec!["a/1.jpg line 1".to_owned(), "a/2.jpg line 2".to_owned()], vec!["line 0".to_owned()])
        );
    }

    #[test]
    fn photos_of_one_submission_are_one_group() {
        let rows = [row("1.jpg", Some("s")), row("2.jpg", Some("s")), row("s", None)];
        let keys = ["1.jpg", "2.jpg", "s"].map(Key::path);
        let labels = labels(&keys);
        let cases = Cases::join(&rows, &labels).unwrap();
        let groups: Vec<u32> = cases.cases.iter().map(|case| case.group).collect();
        assert_eq!(groups, [0, 0, 1]);
    }
}
