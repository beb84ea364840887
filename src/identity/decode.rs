use super::arbitrary;
use super::format::Check;
use super::format::Format;
use super::glyphs::FILLER;
use super::glyphs::GLYPHS;
use super::glyphs::Scores;
use super::glyphs::check_digit;
use super::layout::Cell;
use super::layout::Layout;
use super::layout::Text;
use super::layout::usual;
use super::layout::with_long_number;
use super::reading::CheckDigit;
use super::reading::Line;
use super::reading::Reading;
use super::states;
use super::states::Odds;
use super::trellis;
use super::trellis::Digits;
use super::trellis::Seen;

/// Natural log of how much better a zone must explain the cells than other text does. The reader tries a few dozen groups of
/// lines a photo; what reaches furthest without a zone, two lines of a receipt, comes to 16.5, single lines of specimens to 21.9
/// and more.
pub const LEAST_EVIDENCE: f32 = 20.0;
/// The same of one line: below, the line is none of the zone's.
const LEAST_EVIDENCE_OF_LINE: f32 = 4.0;
/// How often a cell says nothing of what was printed (dirt, glare, a hole), however sure its scores are: classifiers are
/// overconfident on what they were not trained on.
const BLIND_CELL: f32 = 0.01;
/// A character is changed for the sake of check digits only where no other change, and no wrong digit, explains the zone
/// nearly as well: its posterior must reach this. Else it stays as seen, and the digit does not hold.
const SURE_CORRECTION: f32 = 0.9;

/// Reads the cells of `lines`, given top to bottom, as a machine-readable zone. The length of the lines says which formats are
/// possible; lines of the zone may be missing, and lines that are none may stand between. `None` where no zone explains the
/// cells much better than other text does.
#[must_use]
pub fn decode(lines: &[Vec<Scores>]) -> Option<Reading> {
    let odds: Vec<Vec<Odds>> = lines.iter().map(|line| line.iter().map(odds).collect()).collect();
    let against: Vec<f32> = odds.iter().map(|line| arbitrary::evidence(line)).collect();
    let zones = Format::ALL.into_iter().filter_map(|format| Zone::found(usual(format), &odds, &against));
    let zones = zones.flat_map(Zone::with_long_numbers);
    let best = zones.map(|zone| (zone.evidence(&against), zone)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    let (evidence, zone) = best;
    (evidence >= LEAST_EVIDENCE).then(|| zone.read(evidence))
}

/// Probabilities times 37 with the share of blind cells mixed in.
fn odds(scores: &Scores) -> Odds {
    let largest = scores.iter().copied().filter(|score| !score.is_nan()).fold(f32::NEG_INFINITY, f32::max);
    if !largest.is_finite() {
        return [1.0; GLYPHS.len()];
    }
    let shares = scores.map(|score| if score.is_nan() { 0.0 } else { (score - largest).exp() });
    let total: f32 = shares.iter().sum();
    shares.map(|share| (1.0 - BLIND_CELL) * share / total * GLYPHS.len() as f32 + BLIND_CELL)
}

/// A layout and the line that stands in each of its rows.
struct Zone<'a> {
    layout: Layout,
    odds: &'a [Vec<Odds>],
    rows: Vec<Option<usize>>,
}

impl<'a> Zone<'a> {
    /// The lines that fit the rows of `layout` best, in order.
    fn found(layout: Layout, odds: &'a [Vec<Odds>], against: &[f32]) -> Option<Self> {
        let mut zone = Self { rows: vec![None; layout.rows.len()], layout, odds };
        let fits = |row: usize, line: usize| zone.fit(row, line) - against[line] - LEAST_EVIDENCE_OF_LINE;
        let table: Vec<Vec<f32>> =
            (0..zone.rows.len()).map(|row| (0..odds.len()).map(|line| fits(row, line)).collect()).collect();
        zone.rows = best_rows(&table, 0).1;
        zone.rows.iter().any(Option::is_some).then_some(zone)
    }

    /// The evidence of `line` in the place of `row`, minus infinity where the length differs.
    fn fit(&self, row: usize, line: usize) -> f32 {
        if self.odds[line].len() != self.layout.format.length() {
            return f32::NEG_INFINITY;
        }
        let alone = Self { rows: vec![None; self.rows.len()], layout: self.layout.clone(), odds: self.odds };
        alone.with(row, line).raw_evidence(Digits::Ignored)
    }

    fn with(mut self, row: usize, line: usize) -> Self {
        self.rows[row] = Some(line);
        self
    }

    /// This zone, and where `<` may stand for the check digit of the number, those with each length of a long number.
    fn with_long_numbers(self) -> Vec<Self> {
        let (rows, odds) = (self.rows.clone(), self.odds);
        let long = if self.may_be_long() { with_long_number(self.layout.format) } else { Vec::new() };
        let long = long.into_iter().map(|layout| Zone { layout, odds, rows: rows.clone() });
        std::iter::once(self).chain(long).collect()
    }

    fn may_be_long(&self) -> bool {
        self.seen().any(|seen| seen.cell.digit() == Some(Check::DocumentNumber) && seen.odds[FILLER] > 1.0)
    }

    /// The cells of the rows that are seen.
    fn seen(&self) -> impl Iterator<Item = Seen<'_>> {
        let rows = self.layout.rows.iter().zip(&self.rows);
        let rows = rows.filter_map(|(cells, line)| Some((cells, &self.odds[(*line)?])));
        rows.flat_map(|(cells, odds)| cells.iter().zip(odds)).map(|(cell, odds)| Seen { cell, odds })
    }

    /// The check digits that can be reckoned with: the composite's only where all its cells are seen.
    fn digits(&self) -> Digits {
        let hidden = self.layout.rows.iter().zip(&self.rows).filter(|(_, line)| line.is_none());
        let bears_composite = |cells: &Vec<Cell>| cells.iter().any(|cell| cell.weights[1] > 0);
        if hidden.map(|(cells, _)| cells).any(bears_composite) { Digits::OfFields } else { Digits::All }
    }

    fn raw_evidence(&self, digits: Digits) -> f32 {
        let cells: Vec<Seen> = self.seen().collect();
        trellis::evidence(&cells, digits) + states::read(&state_codes(&cells)).0.ln()
    }

    fn evidence(&self, against: &[f32]) -> f32 {
        let other: f32 = self.rows.iter().flatten().map(|line| against[*line]).sum();
        self.raw_evidence(self.digits()) + self.layout.prior - other
    }

    fn read(&self, evidence: f32) -> Reading {
        let cells: Vec<Seen> = self.seen().collect();
        let (codes, digits) = (states::read(&state_codes(&cells)).1, self.digits());
        let checked = with_states(trellis::posteriors(&cells, digits), &cells, &codes);
        let as_seen = with_states(trellis::posteriors(&cells, Digits::Ignored), &cells, &codes);
        let mut characters = checked.iter().zip(&as_seen).map(|(checked, as_seen)| chosen(checked, as_seen));
        let lines = self.rows.iter().enumerate().filter_map(|(row, line)| Some((row, (*line)?)));
        let lines = lines.map(|(row, source)| {
            let (text, confidence) = characters.by_ref().take(self.layout.format.length()).unzip();
            Line { row, source, confidence, text }
        });
        let lines: Vec<Line> = lines.collect();
        let check_digits = self.check_digits(&lines);
        Reading { format: self.layout.format, lines, check_digits, evidence }
    }

    /// What the check digits say of the text as read.
    fn check_digits(&self, lines: &[Line]) -> Vec<CheckDigit> {
        let text: Vec<(&Cell, char)> =
            lines.iter().flat_map(|line| self.layout.rows[line.row].iter().zip(line.text.chars())).collect();
        let digits = text.iter().filter_map(|(cell, printed)| Some((cell.digit()?, *printed)));
        let digits = digits.filter(|(check, _)| *check != Check::Composite || self.digits() == Digits::All);
        digits.map(|(covers, printed)| CheckDigit { covers, holds: holds(&text, covers, printed) }).collect()
    }
}

fn holds(text: &[(&Cell, char)], covers: Check, printed: char) -> bool {
    let summed = |cell: &Cell| match covers {
        Check::Composite => cell.weights[1] > 0 && cell.digit() != Some(Check::Composite),
        _ => cell.sum == Some(covers),
    };
    let field: String = text.iter().filter(|(cell, _)| summed(cell)).map(|(_, character)| *character).collect();
    printed == check_digit(&field) || (printed == '<' && field.chars().all(|character| character == '<'))
}

/// The best assignment of lines to the rows from `row` on, and its evidence: `table[row][line]`, both in order.
fn best_rows(table: &[Vec<f32>], from: usize) -> (f32, Vec<Option<usize>>) {
    let Some((row, below)) = table.split_first() else { return (0.0, Vec::new()) };
    let (hidden, rows) = best_rows(below, from);
    let mut best = (hidden, [vec![None], rows].concat());
    for (line, fit) in row.iter().enumerate().skip(from).filter(|(_, fit)| **fit > 0.0) {
        let (evidence, rows) = best_rows(below, line + 1);
        if fit + evidence > best.0 {
            best = (fit + evidence, [vec![Some(line)], rows].concat());
        }
    }
    best
}

fn state_codes(cells: &[Seen]) -> Vec<[Odds; 3]> {
    let codes: Vec<Odds> = cells.iter().filter(|seen| seen.cell.text == Text::State).map(|seen| *seen.odds).collect();
    codes.as_chunks().0.to_vec()
}

fn with_states(mut posteriors: Vec<Odds>, cells: &[Seen], codes: &[states::Posterior]) -> Vec<Odds> {
    let places = posteriors.iter_mut().zip(cells).filter(|(_, seen)| seen.cell.text == Text::State);
    for ((posterior, _), code) in places.zip(codes.as_flattened()) {
        *posterior = *code;
    }
    posteriors
}

/// The character that the check digits ask for where that is sure, else the one seen; and its posterior.
fn chosen(checked: &Odds, as_seen: &Odds) -> (char, f32) {
    let (corrected, seen) = (best(checked), best(as_seen));
    let index = if checked[corrected] >= SURE_CORRECTION { corrected } else { seen };
    (GLYPHS[index], checked[index].clamp(0.0, 1.0))
}

fn best(posterior: &Odds) -> usize {
    (0..GLYPHS.len()).max_by(|a, b| posterior[*a].total_cmp(&posterior[*b])).unwrap_or(FILLER)
}
