use std::fmt;

use jiff::civil::Date;

use super::expiry::Expiry;
use super::expiry::NoExpiry;
use super::format::Check;
use super::format::Format;
use super::layout::Text;
use super::layout::usual;
use super::states::known;

/// Characters of the first line that say what the document is and who issued it, but not to whom.
const PUBLIC: usize = 5;

/// Confidence from which a character is sure. Of 580 zones read right as a whole 19 have one below, of 27 read wrong though all
/// check digits hold 24.
pub const SURE: f32 = 0.8;

/// A machine-readable zone as read. The text stays inside: `Debug` and [`Reading::masked`] show the kind of document and the
/// issuing state only.
#[derive(Clone, PartialEq)]
pub struct Reading {
    pub(super) format: Format,
    pub(super) lines: Vec<Line>,
    pub(super) check_digits: Vec<CheckDigit>,
    pub(super) evidence: f32,
}

/// A line of the zone that was seen.
#[derive(Clone, PartialEq)]
pub struct Line {
    /// Which of the format's lines it is, from 0.
    pub row: usize,
    /// Which of the lines that were handed in it was.
    pub source: usize,
    /// The posterior probability of each character given the grammar and the check digits, 0–1.
    pub confidence: Vec<f32>,
    pub(super) text: String,
}

/// A check digit whose cells were all seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CheckDigit {
    /// What it covers.
    pub covers: Check,
    /// Whether it is the one that the characters as read ask for.
    pub holds: bool,
}

impl Reading {
    /// The layout of the zone.
    #[must_use]
    pub const fn format(&self) -> Format {
        self.format
    }

    /// The lines that were seen, top to bottom; [`Format::lines`] says how many there should be.
    #[must_use]
    pub fn lines(&self) -> &[Line] {
        &self.lines
    }

    /// Lines seen / lines of the format, 0–1.
    #[must_use]
    pub fn lines_seen(&self) -> f64 {
        self.lines.len() as f64 / self.format.lines() as f64
    }

    /// Whether every line of the format was seen.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.lines.len() == self.format.lines()
    }

    /// The check digits whose cells were all seen, in the order of the zone.
    #[must_use]
    pub fn check_digits(&self) -> &[CheckDigit] {
        &self.check_digits
    }

    /// Whether there are check digits and each holds.
    #[must_use]
    pub fn all_digits_hold(&self) -> bool {
        !self.check_digits.is_empty() && self.check_digits.iter().all(|digit| digit.holds)
    }

    /// Whether more check digits fail than one misprint explains: half of them or more. Such cells were read, but hardly in the
    /// right format.
    #[must_use]
    pub fn is_contradicted(&self) -> bool {
        let failing = self.check_digits.iter().filter(|digit| !digit.holds).count();
        failing > 0 && 2 * failing >= self.check_digits.len()
    }

    /// Natural log of how much better a zone of this format explains the cells than other text and patterns do. Readings
    /// below [`super::LEAST_EVIDENCE`] are refused; clear specimens in full reach 59 to 92, single lines 22 to 55.
    #[must_use]
    pub const fn evidence(&self) -> f32 {
        self.evidence
    }

    /// The confidence of the character that is least sure, 0–1. Names and state codes have no check digit, and O and 0, 8 and
    /// S, 5 and Z, 6 and G may have the same weight: digits that hold say nothing about these, the confidence does.
    #[must_use]
    pub fn least_confidence(&self) -> f32 {
        self.lines.iter().flat_map(|line| &line.confidence).copied().fold(1.0, f32::min)
    }

    /// Whether every character is sure: at least [`SURE`].
    #[must_use]
    pub fn is_sure(&self) -> bool {
        self.least_confidence() >= SURE
    }

    /// Whether nothing speaks against the text: all check digits hold, and every character is sure.
    #[must_use]
    pub fn is_verified(&self) -> bool {
        self.all_digits_hold() && self.is_sure()
    }

    /// The first letter of the document code: P, I, A, C or V; `None` where the first line was not seen.
    #[must_use]
    pub fn document_code(&self) -> Option<char> {
        self.row(0)?.chars().next().filter(char::is_ascii_uppercase)
    }

    /// The code of the issuing state as ICAO Doc 9303-3 writes it without fillers (`UTO`, `D`); `None` where the first line
    /// was not seen or the code is none.
    #[must_use]
    pub fn issuing_state(&self) -> Option<&'static str> {
        known(self.row(0)?.get(2..PUBLIC)?)
    }

    /// The end of the document. Years of two digits are taken within 50 before and 49 after `as_of`.
    #[must_use]
    pub fn expiry(&self, as_of: Date) -> Expiry {
        let Some((row, from)) = place_of_expiry(self.format) else { return Expiry::Unreadable(NoExpiry::NotStated) };
        let Some(field) = self.row(row).and_then(|line| line.get(from..from + 6)) else {
            return Expiry::Unreadable(NoExpiry::Illegible);
        };
        let fails = |digit: &CheckDigit| digit.covers == Check::ExpiryDate && !digit.holds;
        if self.is_contradicted() || self.check_digits.iter().any(fails) {
            return Expiry::Unreadable(NoExpiry::CheckDigit);
        }
        Expiry::of_mrz(field, as_of)
    }

    /// The lines with all characters but the kind of document and the issuing state hidden: `P<UTO*****…`.
    #[must_use]
    pub fn masked(&self) -> Vec<String> {
        self.lines.iter().map(Line::masked).collect()
    }

    /// The lines in full: names, numbers and dates of birth. Only for the person at the terminal, who asks for it.
    #[must_use]
    pub fn reveal(&self) -> Vec<&str> {
        self.lines.iter().map(|line| line.text.as_str()).collect()
    }

    fn row(&self, row: usize) -> Option<&str> {
        self.lines.iter().find(|line| line.row == row).map(|line| line.text.as_str())
    }
}

impl Line {
    fn masked(&self) -> String {
        let shown = if self.row == 0 { PUBLIC } else { 0 };
        let hide = |(at, character)| if at < shown { character } else { '*' };
        self.text.chars().enumerate().map(hide).collect()
    }
}

impl fmt::Debug for Reading {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reading")
            .field("format", &self.format)
            .field("lines", &self.masked())
            .field("check_digits", &self.check_digits)
            .field("evidence", &self.evidence)
            .finish()
    }
}

impl fmt::Debug for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { row, source, confidence, .. } = self;
        let mut line = f.debug_struct("Line");
        line.field("row", row).field("source", source).field("confidence", confidence);
        line.field("text", &self.masked()).finish()
    }
}

/// The line and the first cell of the date of expiry.
fn place_of_expiry(format: Format) -> Option<(usize, usize)> {
    let rows = usual(format).rows;
    rows.iter().enumerate().find_map(|(row, cells)| {
        let from = cells.iter().position(|cell| cell.text == Text::Expiry)?;
        Some((row, from))
    })
}
