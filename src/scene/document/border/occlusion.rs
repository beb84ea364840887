use super::strip::Station;
use super::strip::Strip;
use super::usual::Crossing;
use super::usual::Usual;
use crate::geometry::Point;

/// Shortest stretch that counts, units: two thirds of a little finger on a card.
const SHORTEST: f64 = 5.0;

/// What hides the border of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Occlusion {
    /// Share of the border within the frame that is hidden, 0–1.
    pub share: f64,
    /// What hides it, cut off two units inside and outside the border, px; a unit is 1/54 of the document's short side.
    pub bodies: Vec<Vec<Point>>,
}

impl Occlusion {
    /// The occlusion by these stretches of `strip`.
    pub(super) fn of(strip: &Strip, hidden: &[Vec<usize>]) -> Self {
        let count = hidden.iter().flatten().filter(|&&at| strip.stations[at].is_some()).count();
        let share = count as f64 / strip.seen().count().max(1) as f64;
        Self { share, bodies: hidden.iter().map(|stretch| outline(strip, stretch)).collect() }
    }
}

/// The stretches of stations that something hides.
///
/// A finger tears a gap into the border's edge, and what lies there is one body on both sides of the line: unlike the
/// document's border elsewhere and unlike its surroundings elsewhere. The gap alone would be torn by paper of the
/// document's own colour, too; the colours alone change with print, screens and things that end at the border. No colour
/// is known beforehand, so that skin of all tones and gloves are found alike.
pub(super) fn hidden(strip: &Strip) -> Vec<Vec<usize>> {
    let Some(usual) = Usual::of(strip) else { return Vec::new() };
    let crossings: Vec<Option<Crossing>> =
        strip.stations.iter().map(|station| usual.crossing(station.as_ref()?)).collect();
    let disturbed: Vec<bool> =
        crossings.iter().map(|crossing| crossing.is_some_and(|crossing| usual.is_disturbed(&crossing))).collect();
    let mut stretches = stretches(&filled(&disturbed));
    stretches.retain(|stretch| {
        let crossings: Vec<Crossing> = stretch.iter().filter_map(|&at| crossings[at]).collect();
        stretch.len() as f64 * strip.step >= SHORTEST && usual.is_body(&crossings)
    });
    stretches
}

/// The flags of a cycle, holes of one filled.
fn filled(flags: &[bool]) -> Vec<bool> {
    let count = flags.len();
    (0..count).map(|at| flags[at] || (flags[(at + 1) % count] && flags[(at + count - 1) % count])).collect()
}

/// The stretches of a cycle that are flagged.
fn stretches(flags: &[bool]) -> Vec<Vec<usize>> {
    let start = flags.iter().position(|flag| !flag).unwrap_or(0);
    let cycle: Vec<usize> = (start..flags.len()).chain(0..start).collect();
    cycle.chunk_by(|&one, &next| flags[one] == flags[next]).filter(|run| flags[run[0]]).map(<[_]>::to_vec).collect()
}

/// The stretch of border, two units to either side.
fn outline(strip: &Strip, stretch: &[usize]) -> Vec<Point> {
    let stations: Vec<&Station> = stretch.iter().filter_map(|&at| strip.stations[at].as_ref()).collect();
    let edge = |depth: f64| stations.iter().map(move |station| station.at + station.inwards * depth);
    edge(-2.0).chain(edge(2.0).rev()).collect()
}

#[cfg(test)]
mod tests {
    use super::filled;
    use super::stretches;

    #[test]
    fn stretches_run_across_the_first_station() {
        assert_eq!(stretches(&[true, false, true, true, false, true]), [vec![2, 3], vec![5, 0]]);
        assert_eq!(stretches(&[true, true]), [[0, 1]]);
        assert_eq!(stretches(&[]), Vec::<Vec<usize>>::new());
    }

    #[test]
    fn holes_of_one_are_filled_and_wider_ones_stay() {
        assert_eq!(filled(&[true, false, true, false, false]), [true, true, true, false, false]);
    }
}
