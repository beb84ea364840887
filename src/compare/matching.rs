//! Which photo of one report is which of the other.

use std::collections::BTreeMap;

use super::Report;
use crate::record::Row;

/// Why two reports cannot be compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CompareError {
    /// A report without rows.
    #[error("the {which} report {name} has no rows")]
    Empty {
        /// `old` or `new`.
        which: &'static str,
        /// Its name.
        name: String,
    },
    /// A path that two rows have.
    #[error("the {which} report {name} has two rows of `{path}`; photos are matched by path, so each must stand once")]
    Twice {
        /// `old` or `new`.
        which: &'static str,
        /// Its name.
        name: String,
        /// The path, control characters escaped.
        path: String,
    },
}

/// The photos of two reports, as places in their rows.
#[derive(Debug)]
pub(super) struct Matched {
    /// Photos that both have, by new path.
    pub pairs: Vec<Pair>,
    /// Photos that only the old one has, by path.
    pub removed: Vec<usize>,
    /// Photos that only the new one has, by path.
    pub added: Vec<usize>,
}

/// A photo that both have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Pair {
    pub old: usize,
    pub new: usize,
    /// Whether its path is another one now.
    pub is_moved: bool,
}

impl Matched {
    /// Matches photos by path, and those left over by the content of their files where no other left-over photo of its report has it.
    pub(super) fn of(old: &Report, new: &Report) -> Result<Self, CompareError> {
        let (olds, news) = (by_path(old, "old")?, by_path(new, "new")?);
        let mut pairs = Vec::new();
        let mut added = Vec::new();
        for (path, at) in &news {
            match olds.get(path) {
                Some(before) => pairs.push(Pair { old: *before, new: *at, is_moved: false }),
                None => added.push(*at),
            }
        }
        let removed = olds.iter().filter(|(path, _)| !news.contains_key(*path)).map(|(_, at)| *at).collect();
        let mut matched = Self { pairs, removed, added };
        matched.find_moved(&old.rows, &new.rows);
        Ok(matched)
    }

    fn find_moved(&mut self, olds: &[Row], news: &[Row]) {
        let (gone, come) = (by_content(&self.removed, olds), by_content(&self.added, news));
        let both = come.iter().filter_map(|(content, new)| Some(((*gone.get(content)?)?, (*new)?)));
        let moved: Vec<Pair> = both.map(|(old, new)| Pair { old, new, is_moved: true }).collect();
        if moved.is_empty() {
            return;
        }
        let mut is_moved = [vec![false; olds.len()], vec![false; news.len()]];
        for pair in &moved {
            is_moved[0][pair.old] = true;
            is_moved[1][pair.new] = true;
        }
        self.removed.retain(|at| !is_moved[0][*at]);
        self.added.retain(|at| !is_moved[1][*at]);
        self.pairs.extend(moved);
        self.pairs.sort_by(|one, other| news[one.new].source.path.cmp(&news[other.new].source.path));
    }
}

fn by_path<'a>(report: &'a Report, which: &'static str) -> Result<BTreeMap<&'a str, usize>, CompareError> {
    let name = || report.name.clone();
    if report.rows.is_empty() {
        return Err(CompareError::Empty { which, name: name() });
    }
    let mut places = BTreeMap::new();
    for (at, row) in report.rows.iter().enumerate() {
        if places.insert(row.source.path.as_str(), at).is_some() {
            let path = crate::visible::visible(&row.source.path);
            return Err(CompareError::Twice { which, name: name(), path });
        }
    }
    Ok(places)
}

/// The rows at `places` by BLAKE3; `None` where several have one.
fn by_content<'a>(places: &[usize], rows: &'a [Row]) -> BTreeMap<&'a str, Option<usize>> {
    let mut found = BTreeMap::new();
    for at in places {
        let content = rows[*at].facts.blake3.as_str();
        if !content.is_empty() {
            found.entry(content).and_modify(|only| *only = None).or_insert(Some(*at));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::CompareError;
    use super::Matched;
    use crate::compare::Report;
    use crate::photo::FileFacts;
    use crate::record::Row;
    use crate::record::Source;

    /// A report of photos of these paths and contents.
    fn report(photos: &[(&str, &str)]) -> Report {
        let row = |(path, blake3): &(&str, &str)| {
            let facts = FileFacts { blake3: (*blake3).to_owned(), ..FileFacts::default() };
            Row::blank(Source { path: (*path).to_owned(), ..Source::default() }, facts)
        };
        Report::new("r.csv", photos.iter().map(row).collect())
    }

    /// Pairs as `old>new`, then what was removed, then what was added.
    fn matched(old: &[(&str, &str)], new: &[(&str, &str)]) -> [String; 3] {
        let matched = Matched::of(&report(old), &report(new)).unwrap();
        let pair = |pair: &super::Pair| {
            assert_eq!(pair.is_moved, old[pair.old].0 != new[pair.new].0);
            format!("{}>{}", old[pair.old].0, new[pair.new].0)
        };
        let names = |places: &[usize], photos: &[(&str, &str)]| {
            places.iter().map(|at| photos[*at].0).collect::<Vec<_>>().join(" ")
        };
        let pairs = matched.pairs.iter().map(pair).collect::<Vec<_>>().join(" ");
        [pairs, names(&matched.removed, old), names(&matched.added, new)]
    }

    #[test]
    fn photos_are_matched_by_path_then_by_content() {
        let old = [("a", "1"), ("b", "2"), ("c", "3")];
        assert_eq!(matched(&old, &[("z", "3"), ("a", "9"), ("d", "4")]), ["a>a c>z", "b", "d"]);
    }

    #[test]
    fn content_that_several_photos_have_moves_none_of_them() {
        assert_eq!(matched(&[("a", "1"), ("b", "1")], &[("c", "1")]), ["", "a b", "c"]);
        assert_eq!(matched(&[("a", "1")], &[("b", "1"), ("c", "1")]), ["", "a", "b c"]);
        assert_eq!(matched(&[("a", "")], &[("b", "")]), ["", "a", "b"]);
    }

    #[test]
    fn a_copy_that_stays_does_not_hide_one_that_moves() {
        assert_eq!(matched(&[("a", "1"), ("b", "1")], &[("a", "1"), ("c", "1")]), ["a>a b>c", "", ""]);
    }

    #[test]
    fn a_report_that_is_empty_or_names_a_photo_twice_is_refused() {
        let one = || report(&[("a", "1")]);
        let error = Matched::of(&one(), &report(&[])).unwrap_err();
        assert_eq!(error.to_string(), "the new report r.csv has no rows");
        let error = Matched::of(&report(&[("a\n", "1"), ("b", "1"), ("a\n", "2")]), &one()).unwrap_err();
        assert!(matches!(&error, CompareError::Twice { which: "old", path, .. } if path == "a\\n"), "{error}");
    }
}
