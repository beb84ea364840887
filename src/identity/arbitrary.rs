//! What stands against a machine-readable zone: text of any kind, and patterns that repeat one glyph.

use super::glyphs::GLYPHS;
use super::states::Odds;

/// How often arbitrary text passes into a run of one glyph (spaces, rules, hatching, the bars of a code).
const RUN_BEGINS: f32 = 0.05;
/// How often a run goes on.
const RUN_GOES_ON: f32 = 0.9;

/// The natural log of how much better arbitrary text with runs explains the line than glyphs drawn evenly do.
pub(super) fn evidence(line: &[Odds]) -> f32 {
    let count = GLYPHS.len() as f32;
    let mut runs = [0.0; GLYPHS.len()];
    let (mut text, mut evidence) = (1.0_f32, 0.0);
    for odds in line {
        let even = odds.iter().sum::<f32>() / count;
        let left: f32 = runs.iter().sum::<f32>() * (1.0 - RUN_GOES_ON);
        for (run, odd) in runs.iter_mut().zip(odds) {
            *run = odd * (*run * RUN_GOES_ON + text * RUN_BEGINS / count);
        }
        text = even * (text * (1.0 - RUN_BEGINS) + left);
        let total = text + runs.iter().sum::<f32>();
        text /= total;
        runs = runs.map(|run| run / total);
        evidence += total.ln();
    }
    evidence
}
