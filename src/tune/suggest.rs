//! Which photos to label next.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::CheckSide;
use crate::checks::Category;
use crate::record::Row;
use crate::scene::DocumentType;
use crate::verdict::Policy;
use crate::verdict::Verdict;

/// Depths in a band within which a number is near its limit of reject, which lies at 1.
const NEAR: f64 = 1.0;
/// What a disagreement of two checks of one category is worth, against a number on its limit.
const DISAGREEMENT: f64 = 0.8;

/// A photo whose label would help.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion<'a> {
    /// The photo.
    pub row: &'a Row,
    /// How much it would help, above 0: no unit, larger is more.
    pub score: f64,
    /// The category about which there is doubt.
    pub category: Category,
    /// Why, in words.
    pub reason: String,
}

/// The `most` photos whose labels would help most: those with numbers near limits or checks that disagree, more of rare types, spread
/// over categories and types, at most one a submission.
#[must_use]
pub fn suggest<'a>(
    rows: &'a [Row],
    is_labelled: impl Fn(&Row) -> bool,
    policy: &Policy,
    most: usize,
) -> Vec<Suggestion<'a>> {
    let open: Vec<&Row> = rows.iter().filter(|row| row.verdict != Verdict::Error && !is_labelled(row)).collect();
    let mut of_kind: BTreeMap<Option<DocumentType>, usize> = BTreeMap::new();
    for row in &open {
        *of_kind.entry(row.document_type()).or_default() += 1;
    }
    let sides: Vec<CheckSide> = CheckSide::all().filter(CheckSide::is_tunable).collect();
    let rarity = |row: &Row| (open.len() as f64 / of_kind[&row.document_type()] as f64).powf(0.25);
    let mut doubts: Vec<Suggestion> = open
        .iter()
        .flat_map(|row| doubts(row, &sides, policy))
        .map(|doubt| Suggestion { score: doubt.score * rarity(doubt.row), ..doubt })
        .collect();
    doubts.sort_by(|one, other| {
        other.score.total_cmp(&one.score).then_with(|| one.row.source.path.cmp(&other.row.source.path))
    });
    spread(doubts, most)
}

/// Picks the best of each type and category in turn.
fn spread(doubts: Vec<Suggestion>, most: usize) -> Vec<Suggestion> {
    let mut queues: BTreeMap<(Option<DocumentType>, Category), std::vec::IntoIter<Suggestion>> = BTreeMap::new();
    let mut by_topic: BTreeMap<_, Vec<Suggestion>> = BTreeMap::new();
    for doubt in doubts {
        by_topic.entry((doubt.row.document_type(), doubt.category)).or_default().push(doubt);
    }
    for (topic, doubts) in by_topic {
        queues.insert(topic, doubts.into_iter());
    }
    let (mut picked, mut owners) = (Vec::new(), BTreeSet::new());
    while picked.len() < most && !queues.is_empty() {
        queues.retain(|_, queue| {
            let next = queue.find(|doubt| owners.insert(owner(doubt.row).to_owned()));
            let is_wanted = picked.len() < most;
            match next {
                Some(doubt) if is_wanted => picked.push(doubt),
                _ => return false,
            }
            true
        });
    }
    picked.sort_by(|one: &Suggestion, other| other.score.total_cmp(&one.score));
    picked
}

fn owner(row: &Row) -> &str {
    row.source.submission_id.as_deref().unwrap_or(&row.source.path)
}

/// What is doubtful about a photo: a doubt a category at most.
fn doubts<'a>(row: &'a Row, sides: &[CheckSide], policy: &Policy) -> Vec<Suggestion<'a>> {
    let kind = row.document_type();
    let mut by_category: BTreeMap<Category, Vec<(f64, f64, &CheckSide)>> = BTreeMap::new();
    for side in sides {
        let band = policy.band(side.index, kind);
        let has_limit = band.limit(side.reject()).is_some();
        if let Some(Ok(number)) = row.outcomes[side.index].filter(|_| has_limit) {
            by_category.entry(side.category()).or_default().push((side.depth(number, &band), number, side));
        }
    }
    by_category.into_iter().filter_map(|(category, placed)| doubt(row, category, &placed, policy)).collect()
}

fn doubt<'a>(
    row: &'a Row,
    category: Category,
    placed: &[(f64, f64, &CheckSide)],
    policy: &Policy,
) -> Option<Suggestion<'a>> {
    let nearest = placed.iter().min_by(|one, other| (one.0 - 1.0).abs().total_cmp(&(other.0 - 1.0).abs()))?;
    let deepest = placed.iter().max_by(|one, other| one.0.total_cmp(&other.0))?;
    let shallowest = placed.iter().min_by(|one, other| one.0.total_cmp(&other.0))?;
    let near = 1.0 - (nearest.0 - 1.0).abs() / NEAR;
    let disagree =
        deepest.0 > 1.0 && shallowest.0 < 0.0 && deepest.2 != shallowest.2 && deepest.2.index != shallowest.2.index;
    if disagree && near < DISAGREEMENT {
        let reason = format!("{} rejects, {} passes", deepest.2.check.id, shallowest.2.check.id);
        return Some(Suggestion { row, score: DISAGREEMENT, category, reason });
    }
    (near > 0.0).then(|| {
        let (_, number, side) = nearest;
        let limit = policy.band(side.index, row.document_type()).limit(side.reject()).unwrap_or(f64::NAN);
        let reason = format!("{} {number} is near its limit {limit}", side.check.id);
        Suggestion { row, score: near, category, reason }
    })
}

#[cfg(test)]
mod tests {
    use super::suggest;
    use crate::checks;
    use crate::photo::FileFacts;
    use crate::record::Row;
    use crate::record::Source;
    use crate::scene::DocumentType;
    use crate::verdict::Policy;

    fn row(path: &str, submission: &str, id: &str, number: f64) -> Row {
        let source = Source {
            path: path.to_owned(),
            submission_id: Some(submission.to_owned()),
            document_type: Some(DocumentType::Passport),
            ..Source::default()
        };
        let mut row = Row::blank(source, FileFacts::default());
        row.outcomes[checks::find(id).unwrap().0] = Some(Ok(number));
        row.judge(&Policy::default());
        row
    }

    fn paths(rows: &[Row], most: usize) -> Vec<String> {
        let found = suggest(rows, |row| row.source.path == "labelled.jpg", &Policy::default(), most);
        found.iter().map(|one| one.row.source.path.clone()).collect()
    }

    #[test]
    fn photos_near_a_limit_come_first_and_clear_ones_not_at_all() {
        let limit = checks::REGISTRY[checks::find("sharpness").unwrap().0].band.reject_below.unwrap();
        let rows = [
            row("clear.jpg", "1", "sharpness", 100.0),
            row("near.jpg", "2", "sharpness", limit * 1.2),
            row("at.jpg", "3", "sharpness", limit),
            row("labelled.jpg", "4", "sharpness", limit),
        ];
        assert_eq!(paths(&rows, 10), ["at.jpg", "near.jpg"]);
    }

    #[test]
    fn a_submission_is_asked_for_once() {
        let limit = checks::REGISTRY[checks::find("sharpness").unwrap().0].band.reject_below.unwrap();
        let rows = ["a.jpg", "b.jpg"].map(|path| row(path, "same", "sharpness", limit));
        assert_eq!(paths(&rows, 10), ["a.jpg"]);
    }

    #[test]
    fn categories_take_turns() {
        let band = |id: &str| checks::REGISTRY[checks::find(id).unwrap().0].band;
        let sharp = band("sharpness").reject_below.unwrap();
        let glare = band("glare_area").reject_above.unwrap();
        let mut rows: Vec<Row> =
            (0..5).map(|at| row(&format!("blurry{at}.jpg"), &at.to_string(), "sharpness", sharp)).collect();
        rows.push(row("glare.jpg", "g", "glare_area", glare * 0.9));
        assert!(paths(&rows, 2).contains(&"glare.jpg".to_owned()));
    }
}
