use super::strip::ROWS;
use super::strip::Station;
use super::strip::Strip;
use crate::pixels::Lab;

/// Below this many colours a side says nothing.
const LEAST: usize = 100;

/// A change of colour over two units (CIE 1976) that edges of objects have and grain of wood or stone mostly lacks.
const STRONG: f32 = 20.0;

/// The colour spread that alone gives 1 - 1/e, and the weight of the share of strong edges beside it.
const WEIGHTS: (f64, f64) = (20.0, 2.0);

/// How cluttered the surroundings of a document are, 0–1: 1 - exp(-(s/20 + 2e)), where s is the colour spread, the mean
/// distance (CIE 1976) from the median colour, on each side of the document for itself and averaged over all; and e the
/// share of places with a strong edge. `None` where the frame shows too little.
///
/// Sides stand for themselves, so that a table seen next to the opposite page of a passport is tidy. Grain, weave and
/// flecks have many edges, but weak ones in few colours. Of the cues that are usual for clutter (Rosenholtz, Li and Nakano
/// 2007, "Measuring visual clutter": colour, contrast, orientation), the entropy of edge orientations is left out: stone
/// has as much of it as strewn things.
pub(super) fn clutter(strip: &Strip) -> Option<f64> {
    let sides: Vec<Vec<Lab>> = (0..4).map(|side| ring(strip, side)).filter(|ring| ring.len() >= LEAST).collect();
    let colours: usize = sides.iter().map(Vec::len).sum();
    let spread = sides.iter().map(|side| deviation(side)).sum::<f64>() / colours as f64;
    (colours > 0).then(|| 1.0 - (-spread / WEIGHTS.0 - WEIGHTS.1 * strong_edges(strip)).exp())
}

fn ring(strip: &Strip, side: usize) -> Vec<Lab> {
    strip.seen().filter(|station| station.side == side).flat_map(|station| station.ring).flatten().collect()
}

/// Sum of the distances from the median colour.
fn deviation(colours: &[Lab]) -> f64 {
    let median = |part: fn(&Lab) -> f32| {
        let mut parts: Vec<f32> = colours.iter().map(part).collect();
        *parts.select_nth_unstable_by(colours.len() / 2, f32::total_cmp).1
    };
    let middle = Lab { l: median(|colour| colour.l), a: median(|colour| colour.a), b: median(|colour| colour.b) };
    colours.iter().map(|colour| f64::from(colour.distance(middle))).sum()
}

/// Share of the ring's inner places, 0–1, where colour changes strongly along or across the side.
fn strong_edges(strip: &Strip) -> f64 {
    let (mut strong, mut all) = (0_u32, 0_u32);
    for neighbours in strip.stations.windows(3) {
        let [Some(before), Some(here), Some(after)] = neighbours else { continue };
        if before.side == after.side {
            for change in (1..ROWS - 1).filter_map(|row| change([before, here, after], row)) {
                all += 1;
                strong += u32::from(change > STRONG);
            }
        }
    }
    f64::from(strong) / f64::from(all.max(1))
}

/// Change of colour over two units, both ways.
fn change([before, here, after]: [&Station; 3], row: usize) -> Option<f32> {
    let along = before.ring[row]?.distance(after.ring[row]?);
    Some(along.hypot(here.ring[row - 1]?.distance(here.ring[row + 1]?)))
}
