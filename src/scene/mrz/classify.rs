use std::sync::LazyLock;

use crate::identity::GLYPHS;
use crate::identity::Scores;
use crate::scene::mrz::network::Network;
use crate::scene::mrz::strip::Strip;

/// How well each glyph explains what a cell shows.
#[derive(Clone, Copy, PartialEq)]
pub struct Cell {
    /// Natural logarithms of the probabilities of [`GLYPHS`], given that the cell shows one: they sum to 1.
    pub scores: Scores,
    /// Natural logarithm of the probability that the cell shows no glyph: paper, the halves of two glyphs, other print.
    pub blank: f32,
}

/// Scores spell names and numbers, so they are not told.
impl std::fmt::Debug for Cell {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Cell").field("blank", &self.blank).finish_non_exhaustive()
    }
}

static NETWORK: LazyLock<Network> = LazyLock::new(|| Network::read(Network::SHIPPED));

/// Reads each cell of `strip` on its own, whatever its neighbours spell. All numbers are finite; there is a [`Cell`] for
/// each, or none at all where the plane is not as large as the strip's cells say.
#[must_use]
pub fn classify(strip: &Strip) -> Vec<Cell> {
    NETWORK.scores(&strip.windows()).iter().map(Cell::of_scores).collect()
}

impl Cell {
    fn of_scores(scores: &[f32; Network::CLASSES]) -> Self {
        let (glyphs, blank) = scores.split_at(GLYPHS.len());
        let (all, known) = (log_sum(scores), log_sum(glyphs));
        Self { scores: std::array::from_fn(|glyph| glyphs[glyph] - known), blank: blank[0] - all }
    }
}

/// The logarithm of the sum of the exponentials.
fn log_sum(scores: &[f32]) -> f32 {
    let most = scores.iter().copied().fold(f32::MIN, f32::max);
    most + scores.iter().map(|score| (score - most).exp()).sum::<f32>().ln()
}

#[cfg(test)]
mod tests {
    use super::classify;
    use crate::identity::GLYPHS;
    use crate::pixels::Plane;
    use crate::scene::mrz::Strip;

    fn strip(cells: usize, sample: impl FnMut(usize) -> u8) -> Strip {
        let (width, height) = ((cells + 2) * Strip::CELL, Strip::HEIGHT);
        Strip { luma: Plane::new(width, height, (0..width * height).map(sample).collect()), cells }
    }

    #[cfg(feature = "synth")]
    fn printed(text: &str) -> Strip {
        use crate::synth::Face;
        use crate::synth::print_cells;

        let size = [(text.len() + 2) * Strip::CELL, Strip::HEIGHT];
        let pitch = Strip::CELL as f32;
        let ink = print_cells(Face::OcrB, text, 0.0, size, |cell, [x, y]| {
            [pitch * (cell as f32 + 1.0 + x), Strip::FOOT + pitch * y]
        });
        strip(text.len(), |at| (230.0 - 200.0 * ink[at]) as u8)
    }

    #[cfg(feature = "synth")]
    #[test]
    fn a_clean_line_reads_right_and_surely() {
        for text in ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"] {
            let cells = classify(&printed(text));
            let best = |scores: &[f32; 37]| (0..37).max_by(|&a, &b| scores[a].total_cmp(&scores[b])).unwrap();
            let read: String = cells.iter().map(|cell| GLYPHS[best(&cell.scores)]).collect();
            assert_eq!(read, text);
            assert!(cells.iter().all(|cell| cell.blank < -2.0 && cell.scores[best(&cell.scores)] > -0.5));
        }
    }

    #[test]
    fn blank_paper_shows_no_glyph() {
        assert!(classify(&strip(5, |_| 200)).iter().all(|cell| cell.blank > -0.7));
    }

    #[test]
    fn hostile_strips_have_finite_scores_that_sum_to_one() {
        let noise = |at: usize| (at.wrapping_mul(2_654_435_761) >> 13) as u8;
        let hostile =
            [strip(1, |_| 0), strip(1, noise), strip(44, noise), strip(3, |at| if at % 2 == 0 { 0 } else { 255 })];
        for strip in hostile {
            let cells = classify(&strip);
            assert_eq!(cells.len(), strip.cells);
            for cell in cells {
                assert!(cell.blank.is_finite() && cell.blank <= 0.0);
                assert!(cell.scores.iter().all(|score| score.is_finite()));
                assert!((cell.scores.iter().map(|score| score.exp()).sum::<f32>() - 1.0).abs() < 1e-3);
            }
        }
    }

    #[test]
    fn what_a_cell_spells_is_not_told() {
        let cell = classify(&strip(1, |_| 0))[0];
        assert!(!format!("{cell:?}").contains("scores"));
    }
}
