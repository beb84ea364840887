use super::strip::Station;
use super::strip::Strip;
use crate::pixels::Lab;
use crate::pixels::quantile;

/// The quantile of the differences across the border that counts as the document's contrast: two sides of four may be
/// disturbed.
const CONTRAST: f64 = 0.6;

/// Share of the contrast from which a station counts as undisturbed.
const UNDISTURBED: f32 = 0.6;

/// At most so many undisturbed stations are compared with.
const COMPARED: usize = 64;

/// Share of the contrast below which both sides of the line look alike, one unit and two units from it.
const ALIKE: [f32; 2] = [0.12, 0.5];

/// Least difference of a strange colour from the usual ones (CIE 1976), and how many times their own noise.
const STRANGE: (f32, f32) = (4.0, 1.5);

/// What the border looks like where nothing disturbs it.
pub(super) struct Usual {
    contrast: f32,
    inside: Colours,
    outside: Colours,
}

/// A station against what is usual: differences by CIE 1976.
#[derive(Clone, Copy)]
pub(super) struct Crossing {
    /// Between the two sides of the line.
    across: f32,
    /// Whether there is no edge at the line.
    is_gap: bool,
    /// Of the inside from the document's border elsewhere.
    inside: f32,
    /// Of the outside from the surroundings elsewhere.
    outside: f32,
}

impl Usual {
    /// What is usual along `strip`, or `None` where nothing is seen.
    pub(super) fn of(strip: &Strip) -> Option<Self> {
        let contrast = quantile(strip.seen().map(across).collect(), CONTRAST, f32::total_cmp)?;
        let undisturbed: Vec<&Station> = strip.seen().filter(|s| across(s) >= UNDISTURBED * contrast).collect();
        let some = || undisturbed.iter().step_by(undisturbed.len() / COMPARED + 1);
        let inside = Colours::new(some().map(|station| station.inside[0]).collect())?;
        let outside = Colours::new(some().map(|station| station.outside[0]).collect())?;
        Some(Self { contrast, inside, outside })
    }

    /// How `station` compares, or `None` where its edge is undisturbed: shade beside a finger leaves it as strong as ever.
    pub(super) fn crossing(&self, station: &Station) -> Option<Crossing> {
        let differences = [0, 1].map(|depth| station.inside[depth].distance(station.outside[depth]));
        (differences[0] < UNDISTURBED * self.contrast).then(|| Crossing {
            across: differences[0],
            is_gap: [0, 1].iter().all(|&depth| differences[depth] < ALIKE[depth] * self.contrast),
            inside: self.inside.strangeness(station.inside[0]),
            outside: self.outside.strangeness(station.outside[0]),
        })
    }

    /// Whether there is no edge at the line, or neither side of it looks as usual.
    pub(super) fn is_disturbed(&self, crossing: &Crossing) -> bool {
        let least = |usual: &Colours| STRANGE.0.max(STRANGE.1 * usual.noise);
        let strange = crossing.inside > least(&self.inside) && crossing.outside > least(&self.outside);
        strange || crossing.is_gap
    }

    /// Whether one body lies over the border along all of `stretch`: somewhere without an edge at the line, there with
    /// sides more like each other than like the document and the surroundings, and nowhere only the document itself.
    pub(super) fn is_body(&self, stretch: &[Crossing]) -> bool {
        let gaps: Vec<f32> =
            stretch.iter().filter(|crossing| crossing.is_gap).map(|crossing| crossing.across).collect();
        let bridged = gaps.len() as f64 > 0.15 * stretch.len() as f64;
        let at = |of: fn(&Crossing) -> f32, share| {
            quantile(stretch.iter().map(of).collect(), share, f32::total_cmp).unwrap_or(0.0)
        };
        let (inside, outside) = (at(|crossing| crossing.inside, 0.8), at(|crossing| crossing.outside, 0.8));
        let alike = quantile(gaps, 0.5, f32::total_cmp).unwrap_or(f32::INFINITY);
        bridged
            && inside.min(outside) > 1.6 * alike
            && inside.max(outside) > 0.2 * self.contrast
            && inside > STRANGE.0
            && at(|crossing| crossing.inside, 0.5) > 2.0 * self.inside.noise
            && outside > self.outside.noise.max(1.5)
    }
}

/// Colours that are usual, and how far each lies from the others.
struct Colours {
    seen: Vec<Lab>,
    noise: f32,
}

impl Colours {
    fn new(seen: Vec<Lab>) -> Option<Self> {
        let usual = Self { seen, noise: 0.0 };
        let noise = quantile(
            usual.seen.iter().step_by(3).map(|&colour| usual.strangeness(colour)).collect(),
            0.8,
            f32::total_cmp,
        )?;
        Some(Self { noise, ..usual })
    }

    /// How far `colour` lies from the usual ones: the third smallest difference.
    fn strangeness(&self, colour: Lab) -> f32 {
        let mut nearest = [f32::INFINITY; 3];
        for seen in &self.seen {
            let distance = colour.distance(*seen);
            if distance < nearest[2] {
                nearest[2] = distance;
                nearest.sort_unstable_by(f32::total_cmp);
            }
        }
        nearest[2]
    }
}

fn across(station: &Station) -> f32 {
    station.inside[0].distance(station.outside[0])
}

#[cfg(test)]
mod tests {
    use super::Colours;
    use crate::pixels::Lab;

    #[test]
    fn a_colour_seen_thrice_is_usual() {
        let grey = |l: f32| Lab { l, a: 0.0, b: 0.0 };
        let usual = Colours { seen: vec![grey(10.0), grey(10.0), grey(10.0), grey(80.0)], noise: 0.0 };
        assert!(usual.strangeness(grey(10.0)) < 1e-6 && usual.strangeness(grey(80.0)) > 69.0);
    }
}
