use super::strip::Station;
use super::strip::Strip;
use crate::geometry::Point;
use crate::pixels::ciede2000;

/// Below this colour difference (CIEDE2000) an edge is hard to see.
const FLOOR: f64 = 6.0;

/// How a document stands out from what lies around it.
#[derive(Clone, Debug, PartialEq)]
pub struct Contrast {
    /// Median colour difference (CIEDE2000) between one unit inside and one outside, a unit being 1/54 of the short side:
    /// a millimetre on a card. 0–100 and little more.
    pub median: f64,
    /// Share of the border with a difference below 6, 0–1.
    pub low_share: f64,
    /// The stretches of low difference, each along one side, from and to, px.
    pub low: Vec<[Point; 2]>,
}

impl Contrast {
    /// The contrast along `strip`.
    pub(super) fn of(strip: &Strip) -> Self {
        let across = |station: &Station| ciede2000(station.inside[0], station.outside[0]);
        let low: Vec<Option<&Station>> =
            strip.stations.iter().map(|station| station.as_ref().filter(|station| across(station) < FLOOR)).collect();
        let mut differences: Vec<f64> = strip.seen().map(across).collect();
        differences.sort_unstable_by(f64::total_cmp);
        Self {
            median: differences.get(differences.len() / 2).copied().unwrap_or(0.0),
            low_share: low.iter().flatten().count() as f64 / differences.len().max(1) as f64,
            low: stretches(&low),
        }
    }
}

/// Where neighbours on one side follow each other, from and to.
fn stretches(stations: &[Option<&Station>]) -> Vec<[Point; 2]> {
    let ends = |run: &[Option<&Station>]| {
        let (first, last) = (run.first().copied().flatten()?, run.last().copied().flatten()?);
        Some([first.at - first.half_step, last.at + last.half_step])
    };
    stations.chunk_by(|one, next| one.map(|s| s.side) == next.map(|s| s.side)).filter_map(ends).collect()
}
