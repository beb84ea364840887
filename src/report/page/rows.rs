use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::Deserialize;
use serde::Serialize;

use super::gallery::Picture;
use super::selection::Rank;
use crate::checks::Polygon;
use crate::checks::REGISTRY;
use crate::geometry::Quad;
use crate::photo::Format;
use crate::record::Row;
use crate::scene::DocumentType;
use crate::verdict::Grade;
use crate::verdict::Verdict;

/// A row as the page's script reads it. Checks, types and categories are places in the lists beside it.
#[derive(Clone, Debug, Serialize)]
pub(super) struct PageRow {
    path: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    submission: Option<String>,
    /// Place among the document types; after the last one where it is unknown.
    kind: usize,
    /// Whether the type was declared.
    declared: bool,
    verdict: &'static str,
    /// The primary one first.
    categories: Vec<&'static str>,
    /// How far the worst finding lies beyond its limit.
    depth: f64,
    /// One number a check, without those of the last checks that have none.
    numbers: Vec<Option<f64>>,
    /// One letter a check: `p`ass, re`v`iew, re`j`ect, `n`ot assessed, `-` where it does not apply.
    grades: String,
    /// Why a check has no number.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    reasons: BTreeMap<usize, &'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<(u32, u32)>,
    #[serde(skip_serializing_if = "Option::is_none")]
    format: Option<&'static str>,
    bytes: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    camera: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    quad: Option<Vec<i64>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    picture: Option<PagePicture>,
}

/// How a URL that holds a JPEG begins.
pub(super) const JPEG_URL: &str = "data:image/jpeg;base64,";

#[derive(Clone, Debug, Deserialize, Serialize)]
pub(super) struct PagePicture {
    /// As a URL that holds the bytes.
    pub source: String,
    pub size: [usize; 2],
    /// Corners `x, y, x, y …` of each region, by place of the check.
    pub evidence: BTreeMap<usize, Vec<Vec<i64>>>,
}

impl PageRow {
    pub(super) fn of(row: &Row, rank: &Rank) -> Self {
        let mut numbers: Vec<Option<f64>> = row.outcomes.iter().map(|outcome| outcome.and_then(Result::ok)).collect();
        let filled = numbers.iter().rposition(Option::is_some).map_or(0, |last| last + 1);
        numbers.truncate(filled);
        let reasons = row.outcomes.iter().enumerate();
        let camera = [&row.facts.exif.make, &row.facts.exif.model].into_iter().flatten().map(String::as_str);
        let camera = camera.collect::<Vec<_>>().join(" ");
        Self {
            path: row.source.path.clone(),
            submission: row.source.submission_id.clone(),
            kind: place_of(row.document_type()),
            declared: row.source.document_type.is_some(),
            verdict: row.verdict.id(),
            categories: row.categories.iter().map(|category| category.id()).collect(),
            depth: if row.verdict == Verdict::Accept { 0.0 } else { (rank.depth() * 100.0).round() / 100.0 },
            numbers,
            grades: row.grades.iter().map(|grade| letter(*grade)).collect(),
            reasons: reasons.filter_map(|(at, outcome)| Some((at, (*outcome)?.err()?.id()))).collect(),
            size: row.facts.size,
            format: row.facts.format.map(Format::id),
            bytes: row.facts.bytes,
            camera: (!camera.is_empty()).then_some(camera),
            quad: row.document_quad.as_ref().map(Quad::corners).map(|corners| whole(corners)),
            error: row.error.clone(),
            picture: None,
        }
    }

    pub(super) fn show(&mut self, picture: &Picture) {
        let evidence = REGISTRY.iter().enumerate().filter_map(|(at, check)| {
            let regions = picture.evidence.get(check.id)?;
            Some((at, regions.iter().map(|region: &Polygon| whole(region)).collect()))
        });
        self.picture = Some(PagePicture {
            source: format!("{JPEG_URL}{}", STANDARD.encode(&picture.jpeg)),
            size: picture.size,
            evidence: evidence.collect(),
        });
    }
}

/// Place of a type in the lists of the page.
pub(super) fn place_of(kind: Option<DocumentType>) -> usize {
    kind.map_or(DocumentType::ALL.len(), |kind| kind as usize)
}

fn letter(grade: Option<Grade>) -> char {
    match grade {
        Some(Grade::Pass) => 'p',
        Some(Grade::Review) => 'v',
        Some(Grade::Reject) => 'j',
        Some(Grade::NotAssessed) => 'n',
        None => '-',
    }
}

/// Corners as whole numbers, x and y in turn.
fn whole(corners: &[crate::geometry::Point]) -> Vec<i64> {
    corners.iter().flat_map(|corner| [corner.x.round() as i64, corner.y.round() as i64]).collect()
}
