//! The colour of the light on the document: what changes smoothly from one end to the other.

/// Terms of a polynomial of degree two in two variables.
const TERMS: usize = 6;
/// Rounds of reweighting.
const ROUNDS: usize = 4;
/// Difference of logarithms from the light at which a cell counts half.
const HALF: f64 = 0.04;

/// A cell's place, -1 to 1 along both sides of the document, its logarithms of red and blue over green, and how much it
/// says.
pub(super) struct Hue {
    pub(super) place: [f32; 2],
    pub(super) ratios: [f32; 2],
    pub(super) weight: f32,
}

/// A smooth field of [`Hue::ratios`].
#[derive(Debug)]
pub(super) struct Light([[f64; TERMS]; 2]);

impl Light {
    /// The field that most of `hues` agree on: a polynomial of degree two by reweighted least squares with Cauchy's
    /// weights, which cells of another colour hardly move.
    pub(super) fn over(hues: &[Hue]) -> Self {
        let mut light = Self([[0.0; TERMS]; 2]);
        for round in 0..=ROUNDS {
            let mut equations = Equations::default();
            for hue in hues {
                let distance = if round == 0 { 0.0 } else { light.distance(hue) / HALF };
                equations.add(hue, f64::from(hue.weight) / (1.0 + distance * distance));
            }
            light = Self(equations.solved());
        }
        light
    }

    /// The logarithms of red and blue over green at `place`.
    pub(super) fn at(&self, place: [f32; 2]) -> [f64; 2] {
        let terms = terms(place);
        self.0.map(|weights| weights.iter().zip(&terms).map(|(weight, term)| weight * term).sum())
    }

    fn distance(&self, hue: &Hue) -> f64 {
        let [red, blue] = self.at(hue.place);
        (f64::from(hue.ratios[0]) - red).hypot(f64::from(hue.ratios[1]) - blue)
    }
}

fn terms([x, y]: [f32; 2]) -> [f64; TERMS] {
    let (x, y) = (f64::from(x), f64::from(y));
    [1.0, x, y, x * x, x * y, y * y]
}

/// Normal equations with two right-hand sides.
#[derive(Default)]
struct Equations {
    left: [[f64; TERMS]; TERMS],
    right: [[f64; 2]; TERMS],
}

impl Equations {
    fn add(&mut self, hue: &Hue, weight: f64) {
        let terms = terms(hue.place);
        for ((left, right), term) in self.left.iter_mut().zip(&mut self.right).zip(&terms) {
            let share = weight * term;
            for (sum, other) in left.iter_mut().zip(&terms) {
                *sum += share * other;
            }
            for (sum, ratio) in right.iter_mut().zip(&hue.ratios) {
                *sum += share * f64::from(*ratio);
            }
        }
    }

    /// Gaussian elimination; what the cells do not determine stays small.
    fn solved(mut self) -> [[f64; TERMS]; 2] {
        for (k, row) in self.left.iter_mut().enumerate() {
            row[k] += 1e-6;
        }
        for k in 0..TERMS {
            let (pivot, right) = (self.left[k], self.right[k]);
            for row in (0..TERMS).filter(|&row| row != k) {
                let factor = self.left[row][k] / pivot[k];
                for (value, above) in self.left[row].iter_mut().zip(&pivot) {
                    *value -= factor * above;
                }
                for (value, above) in self.right[row].iter_mut().zip(&right) {
                    *value -= factor * above;
                }
            }
        }
        [0, 1].map(|side| std::array::from_fn(|k| self.right[k][side] / self.left[k][k]))
    }
}

#[cfg(test)]
mod tests {
    use super::Hue;
    use super::Light;

    #[test]
    fn the_light_is_what_most_cells_agree_on() {
        let field = |x: f32, y: f32| [0.3 + 0.1 * x - 0.05 * y * y, -0.2 + 0.07 * x * y];
        let hue = |at: u8| {
            let (x, y) = (f32::from(at % 20) / 10.0 - 0.95, f32::from(at / 20) / 5.0 - 0.9);
            // Every fourth cell is printed red.
            let [red, blue] = field(x, y);
            Hue { place: [x, y], ratios: [if at % 4 == 1 { red + 0.9 } else { red }, blue], weight: 1.0 }
        };
        let light = Light::over(&(0..200).map(hue).collect::<Vec<_>>());
        for (x, y) in [(0.0, 0.0), (0.8, -0.7), (-0.9, 0.5)] {
            let (found, truth) = (light.at([x, y]), field(x, y));
            assert!((0..2).all(|side| (found[side] - f64::from(truth[side])).abs() < 0.01), "{found:?} {truth:?}");
        }
    }
}
