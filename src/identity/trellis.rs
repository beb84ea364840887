//! All texts that the cells of a layout may hold, weighed at once: the forward–backward algorithm over the state of the
//! grammar, the sum of the field's check digit and the sum of the composite digit, both modulo 10. So every text counts
//! exactly, not only the best few, and a cell's posterior says how sure it is given the check digits.

use super::format::Check;
use super::glyphs::FILLER;
use super::glyphs::GLYPHS;
use super::glyphs::residue;
use super::grammar::OPEN;
use super::grammar::STATES;
use super::grammar::shares;
use super::grammar::step;
use super::layout::Cell;
use super::layout::Text;
use super::states::Odds;

/// Which check digits the texts are weighed by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Digits {
    /// None: what the cells and the grammar say alone.
    Ignored,
    /// Those of single fields; the composite's cells are not all seen.
    OfFields,
    /// All.
    All,
}

/// A cell with what is seen in it.
#[derive(Clone, Copy)]
pub(super) struct Seen<'a> {
    pub cell: &'a Cell,
    pub odds: &'a Odds,
}

/// How probable it is that a check digit is wrong though read right, or lies outside of what is modelled. Far above the rate
/// among honest documents: a forged or mocked-up one must stay invalid rather than be bent until its digits hold.
const WRONG_DIGIT: f32 = 0.15;
/// A digit that holds has one value instead of ten.
const HOLDS: f32 = 10.0 * (1.0 - WRONG_DIGIT);
/// A digit that does not hold has one of nine values.
const FAILS: f32 = 10.0 * WRONG_DIGIT / 9.0;

/// Values of a sum modulo 10.
const SUMS: usize = 10;
/// What a cell may add to a sum: a glyph's residue, or the filler, which adds nothing and has the last slot.
const SLOTS: usize = SUMS + 1;

/// Where the weight goes whose composite sum says nothing any more: what breaks a field's digit breaks the composite too, so
/// the two are not held against a text twice.
const BROKEN: usize = SUMS;

/// Weights by the sum of the composite digit, and last those whose composite is broken.
type Row = [f32; SUMS + 1];
/// Rows between two cells: one for each state of the grammar and each sum of the field's own digit.
const ROWS: usize = STATES * SUMS;

/// The weights between two cells.
struct Front {
    rows: Box<[Row; ROWS]>,
    /// The rows that bear weight, a bit each: most do not.
    active: u128,
}

/// What a cell adds.
struct Step {
    /// Where the filler and the other glyphs lead from each state of the grammar, and how probable that is.
    next: [[Option<(usize, f32)>; 2]; STATES],
    /// The odds of each slot.
    odds: [f32; SLOTS],
    /// What each slot adds to the field's sum and to the composite's.
    adds: [[usize; SLOTS]; 2],
    /// Which sums a check digit closes here.
    closes: [bool; 2],
    /// State codes are weighed elsewhere and pass.
    passes: bool,
}

/// The natural log of how much better the texts of the layout explain the cells than arbitrary glyphs do. State codes count 1.
pub(super) fn evidence(cells: &[Seen], digits: Digits) -> f32 {
    let mut front = Front::opening();
    let mut evidence = 0.0;
    for step in steps(cells, digits) {
        front = if step.passes { front } else { forward(&front, &step) };
        evidence += front.rescale().ln();
    }
    evidence + front.total().ln()
}

/// The posterior probability of each glyph in each cell; zeros for the cells of state codes.
pub(super) fn posteriors(cells: &[Seen], digits: Digits) -> Vec<Odds> {
    let steps: Vec<Step> = steps(cells, digits).collect();
    let fronts = fronts(&steps);
    let mut back = Front::end();
    let mut posteriors = vec![[0.0; GLYPHS.len()]; cells.len()];
    for at in (0..cells.len()).rev() {
        let mut through = [NO_WEIGHT; SLOTS];
        back = backward(&fronts[at], back, &steps[at], &mut through);
        back.rescale();
        posteriors[at] = spread(&cells[at], &steps[at], &through.map(|sums| sums.iter().sum()));
    }
    posteriors
}

impl Front {
    fn nothing() -> Self {
        Self { rows: Box::new([NO_WEIGHT; ROWS]), active: 0 }
    }

    /// Before the first cell.
    fn opening() -> Self {
        let mut front = Self::nothing();
        front.touch(OPEN * SUMS)[0] = 1.0;
        front
    }

    /// Behind the last cell: it may end in any state.
    fn end() -> Self {
        Self { rows: Box::new([[1.0; SUMS + 1]; ROWS]), active: (1 << ROWS) - 1 }
    }

    fn touch(&mut self, row: usize) -> &mut Row {
        self.active |= 1 << row;
        &mut self.rows[row]
    }

    fn active_rows(&self) -> impl Iterator<Item = usize> + use<> {
        let mut left = self.active;
        std::iter::from_fn(move || {
            let row = left.trailing_zeros() as usize;
            left &= left.wrapping_sub(1);
            (row < ROWS).then_some(row)
        })
    }

    fn total(&self) -> f32 {
        self.rows.as_flattened().iter().sum()
    }

    /// Divides by the largest weight and returns it, so that long zones neither vanish nor overflow.
    fn rescale(&mut self) -> f32 {
        let largest = self.active_rows().fold(NO_WEIGHT, |largest, row| larger(&largest, &self.rows[row]));
        let largest = largest.into_iter().fold(f32::MIN_POSITIVE, f32::max);
        for row in self.active_rows() {
            self.rows[row] = self.rows[row].map(|weight| weight / largest);
        }
        largest
    }

    /// A sum that its check digit closes is 0 if the digit holds, and begins anew.
    fn close(&mut self, closes: [bool; 2]) {
        for state in self.rows.chunks_exact_mut(SUMS).filter(|_| closes[0]) {
            let failed: f32 = state[1..].as_flattened().iter().sum();
            state[0] = state[0].map(|weight| weight * HOLDS);
            state[0][BROKEN] += failed * FAILS;
            state[1..].fill(NO_WEIGHT);
        }
        for row in self.rows.iter_mut().filter(|_| closes[1]) {
            let kept = row[0] * HOLDS + row[1..SUMS].iter().sum::<f32>() * FAILS + row[BROKEN];
            *row = NO_WEIGHT;
            row[0] = kept;
        }
        if closes[0] {
            self.active = (0..STATES).fold(0, |bits, state| bits | 1 << (state * SUMS));
        }
    }

    /// The same seen from behind.
    fn reopen(&mut self, closes: [bool; 2]) {
        for state in self.rows.chunks_exact_mut(SUMS).filter(|_| closes[0]) {
            let failed = [state[0][BROKEN] * FAILS; SUMS + 1];
            state[0] = state[0].map(|weight| weight * HOLDS);
            state[1..].fill(failed);
        }
        for row in self.rows.iter_mut().filter(|_| closes[1]) {
            let kept = row[0];
            *row = [kept * FAILS; SUMS + 1];
            (row[0], row[BROKEN]) = (kept * HOLDS, kept);
        }
    }
}

const NO_WEIGHT: Row = [0.0; SUMS + 1];

fn larger(a: &Row, b: &Row) -> Row {
    std::array::from_fn(|at| a[at].max(b[at]))
}

fn steps(cells: &[Seen], digits: Digits) -> impl Iterator<Item = Step> {
    cells.iter().map(move |seen| Step::new(seen, digits))
}

impl Step {
    fn new(seen: &Seen, digits: Digits) -> Self {
        let mut odds = [0.0; SLOTS];
        odds[SUMS] = seen.odds[FILLER];
        for (index, share) in shares(seen.cell).into_iter().enumerate() {
            odds[residue(index)] += share * seen.odds[index];
        }
        let used = [digits != Digits::Ignored, digits == Digits::All];
        let weights = [0, 1].map(|sum| if used[sum] { usize::from(seen.cell.weights[sum]) } else { 0 });
        let closed = seen.cell.digit().map(|check| usize::from(check == Check::Composite));
        Self {
            next: std::array::from_fn(|state| [true, false].map(|filler| step(seen.cell, state, filler))),
            odds,
            adds: weights.map(|weight| std::array::from_fn(|slot| weight * slot % SUMS)),
            closes: [0, 1].map(|sum| closed == Some(sum) && weights[sum] > 0),
            passes: seen.cell.text == Text::State,
        }
    }

    /// The slots that may follow `row`: the row to which each leads, and its weight.
    fn ways(&self, row: usize) -> impl Iterator<Item = (usize, usize, f32)> {
        let (state, own) = (row / SUMS, row % SUMS);
        let [filler, other] = self.next[state];
        let ways = self.odds.iter().enumerate().filter_map(move |(slot, odds)| {
            let (next, share) = if slot == SUMS { filler } else { other }?;
            Some((slot, next * SUMS + (own + self.adds[0][slot]) % SUMS, share * odds))
        });
        ways.filter(|(.., weight)| *weight > 0.0)
    }
}

fn forward(front: &Front, step: &Step) -> Front {
    if step.passes {
        return Front { rows: front.rows.clone(), active: front.active };
    }
    let mut next = Front::nothing();
    for row in front.active_rows() {
        let twice = twice(&front.rows[row]);
        for (slot, to, weight) in step.ways(row) {
            let turned = &twice[SUMS - step.adds[1][slot]..][..SUMS];
            let target = next.touch(to);
            target.iter_mut().zip(turned).for_each(|(sum, behind)| *sum += weight * behind);
            target[BROKEN] += weight * front.rows[row][BROKEN];
        }
    }
    next.close(step.closes);
    next
}

/// The row twice, so that any turn of it is a slice.
fn twice(row: &Row) -> [f32; 2 * SUMS] {
    std::array::from_fn(|at| row[at % SUMS])
}

/// The weights before each cell.
fn fronts(steps: &[Step]) -> Vec<Front> {
    let mut fronts = vec![Front::opening()];
    for step in &steps[..steps.len().saturating_sub(1)] {
        let mut next = forward(&fronts[fronts.len() - 1], step);
        next.rescale();
        fronts.push(next);
    }
    fronts
}

/// The weights behind the cell seen from before it; `through` takes up what goes through each slot.
fn backward(front: &Front, mut back: Front, step: &Step, through: &mut [Row; SLOTS]) -> Front {
    if step.passes {
        return back;
    }
    back.reopen(step.closes);
    let mut before = Front::nothing();
    for row in front.active_rows() {
        let mut target = NO_WEIGHT;
        for (slot, to, weight) in step.ways(row) {
            let twice = twice(&back.rows[to]);
            let turned = &twice[step.adds[1][slot]..][..SUMS];
            for at in 0..SUMS {
                let behind = weight * turned[at];
                target[at] += behind;
                through[slot][at] += behind * front.rows[row][at];
            }
            let broken = weight * back.rows[to][BROKEN];
            target[BROKEN] += broken;
            through[slot][BROKEN] += broken * front.rows[row][BROKEN];
        }
        *before.touch(row) = target;
    }
    before
}

/// Shares the weight of each slot among the glyphs that add it.
fn spread(seen: &Seen, step: &Step, through: &[f32; SLOTS]) -> Odds {
    let mut posterior = [0.0; GLYPHS.len()];
    let total: f32 = through.iter().sum();
    if step.passes || total <= 0.0 {
        return posterior;
    }
    for (index, share) in shares(seen.cell).into_iter().enumerate().filter(|(_, share)| *share > 0.0) {
        let slot = residue(index);
        posterior[index] = through[slot] / total * share * seen.odds[index] / step.odds[slot];
    }
    posterior[FILLER] = through[SUMS] / total;
    posterior
}
