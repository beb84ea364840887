//! What may stand in each cell, as a small automaton with probabilities: the shares below are rough counts over specimens,
//! and only break ties; what is impossible under ICAO Doc 9303 has none.

use super::format::Format;
use super::glyphs::A;
use super::glyphs::FILLER;
use super::glyphs::glyph;
use super::layout::Cell;
use super::layout::Text;

/// States of a field: nothing read yet, only fillers so far, in the text, after it. Names use the further ones.
pub(super) const OPEN: usize = 0;
const EMPTY: usize = 1;
const BODY: usize = 2;
const TAIL: usize = 3;
/// One filler after a word of the surname.
const GAP: usize = 4;
/// Two fillers after the surname.
const BREAK: usize = 5;
/// One filler after a given name.
const GIVEN_GAP: usize = 6;
/// A given name.
const GIVEN: usize = 1;
/// Number of states.
pub(super) const STATES: usize = 7;

/// Text that goes on after its fillers have begun, where that is not forbidden.
const RESUMED: f32 = 0.002;
/// Dates of birth of which the year, the month or the day is unknown.
const UNKNOWN_PART: f32 = 0.003;
/// Documents without an end.
const NO_EXPIRY: f32 = 0.01;
/// Optional fields that are empty.
const NO_OPTION: f32 = 0.6;
/// Digits among the characters of a number.
const DIGITS: f32 = 0.4;

/// The state after a filler (or another glyph) in `cell`, and how probable that is, out of `state`.
pub(super) fn step(cell: &Cell, state: usize, filler: bool) -> Option<(usize, f32)> {
    let state = if cell.at == 0 && !matches!(cell.text, Text::Digit(_)) { OPEN } else { state };
    let (next, share) = match cell.text {
        Text::Fixed(text) => (OPEN, sure(text.as_bytes().get(cell.at) == Some(&b'<'))),
        Text::Code(format) => (OPEN, if cell.at == 0 { 0.0 } else { plain_code(format) }),
        Text::State => (OPEN, 0.5),
        Text::Rest => (OPEN, 0.0),
        Text::Sex => (OPEN, 0.03),
        Text::Names => return names(state, filler),
        Text::Name => return name(state, filler),
        Text::Number => text(state, filler, 0.0005, 0.04),
        Text::Optional => text(state, filler, NO_OPTION, 0.12),
        Text::Birth => return birth(cell.at, state, filler),
        Text::Expiry => return expiry(cell.at, state, filler),
        Text::Digit(_) => (OPEN, if state == EMPTY { 0.5 } else { 0.0 }),
    };
    let share = if filler { share } else { 1.0 - share };
    let next = match (cell.text, filler) {
        (Text::Number | Text::Optional, false) => BODY,
        _ => next,
    };
    (share > 0.0).then_some((next, share))
}

const fn sure(holds: bool) -> f32 {
    if holds { 1.0 } else { 0.0 }
}

/// How often the second character of the document code is `<`.
const fn plain_code(format: Format) -> f32 {
    match format {
        Format::Td3 | Format::MrvA | Format::MrvB => 0.85,
        _ => 0.5,
    }
}

/// The share of fillers in text that is empty with probability `empty` and ends after each glyph with probability `end`.
fn text(state: usize, filler: bool, empty: f32, end: f32) -> (usize, f32) {
    match state {
        OPEN => (EMPTY, empty),
        EMPTY => (EMPTY, 1.0 - RESUMED * 10.0),
        BODY => (TAIL, end),
        _ => (if filler { TAIL } else { BODY }, 0.97),
    }
}

fn names(state: usize, filler: bool) -> Option<(usize, f32)> {
    let (after_filler, after_letter, share) = match state {
        OPEN => (EMPTY, BODY, 0.0),
        BODY => (GAP, BODY, 0.14),
        GAP => (BREAK, BODY, 0.75),
        BREAK => (TAIL, GIVEN, 0.04),
        GIVEN => (GIVEN_GAP, GIVEN, 0.17),
        GIVEN_GAP => (TAIL, GIVEN, 0.5),
        _ => (TAIL, GIVEN, 1.0 - RESUMED),
    };
    choose(after_filler, after_letter, share, filler)
}

fn name(state: usize, filler: bool) -> Option<(usize, f32)> {
    let (after_filler, after_letter, share) = match state {
        OPEN => (EMPTY, BODY, 0.0),
        BODY => (GAP, BODY, 0.15),
        GAP => (BREAK, BODY, 0.7),
        BREAK => (TAIL, BODY, 0.8),
        _ => (TAIL, BODY, 1.0 - RESUMED),
    };
    choose(after_filler, after_letter, share, filler)
}

fn choose(after_filler: usize, after_letter: usize, share: f32, filler: bool) -> Option<(usize, f32)> {
    let (next, share) = if filler { (after_filler, share) } else { (after_letter, 1.0 - share) };
    (share > 0.0).then_some((next, share))
}

/// Year, month and day are two digits each, or `<<`.
fn birth(at: usize, state: usize, filler: bool) -> Option<(usize, f32)> {
    if at.is_multiple_of(2) {
        return choose(EMPTY, OPEN, UNKNOWN_PART, filler);
    }
    (filler == (state == EMPTY)).then_some((OPEN, 1.0))
}

/// Six digits or six fillers.
fn expiry(at: usize, state: usize, filler: bool) -> Option<(usize, f32)> {
    if at == 0 {
        return choose(EMPTY, OPEN, NO_EXPIRY, filler);
    }
    (filler == (state == EMPTY)).then_some((state, 1.0))
}

/// How the glyphs other than `<` share their part in `cell`; sums to 1.
pub(super) fn shares(cell: &Cell) -> [f32; FILLER] {
    match cell.text {
        Text::Fixed(text) => mostly(&text[cell.at..=cell.at], 0.0, A..FILLER),
        Text::Code(format) if cell.at == 0 => first_letters(format),
        Text::Code(_) => mostly("DPCRVSMTO", 0.2, A..FILLER),
        Text::State | Text::Names | Text::Name => mostly("", 1.0, A..FILLER),
        Text::Sex => mostly("MF", 0.01, glyph('X').map_or(A..FILLER, |x| x..x + 1)),
        Text::Birth | Text::Expiry => digits_of_date(cell.at),
        Text::Digit(_) => mostly("", 1.0, 0..A),
        Text::Number | Text::Rest | Text::Optional => number(),
    }
}

fn first_letters(format: Format) -> [f32; FILLER] {
    match format {
        Format::Td3 => mostly("P", 0.01, A..FILLER),
        Format::MrvA | Format::MrvB => mostly("V", 0.0, A..FILLER),
        _ => mostly("IAC", 0.03, A..FILLER),
    }
}

/// A month begins with 0 or 1, a day with 0 to 3; a wrongly printed date may break this, and is then reported so.
fn digits_of_date(at: usize) -> [f32; FILLER] {
    match at {
        2 => mostly("01", 0.02, 0..A),
        4 => mostly("0123", 0.02, 0..A),
        _ => mostly("", 1.0, 0..A),
    }
}

/// Digits are more frequent in numbers than letters, but states differ too much for more than a nudge.
fn number() -> [f32; FILLER] {
    std::array::from_fn(|index| if index < A { DIGITS / A as f32 } else { (1.0 - DIGITS) / (FILLER - A) as f32 })
}

/// The characters of `usual` share all but `others`, which the glyphs in `range` share.
fn mostly(usual: &str, others: f32, range: std::ops::Range<usize>) -> [f32; FILLER] {
    let mut shares = [0.0; FILLER];
    let count = usual.len() as f32;
    for place in usual.chars().filter_map(glyph).filter(|place| *place != FILLER) {
        shares[place] += (1.0 - others) / count;
    }
    let count = range.len() as f32;
    for share in &mut shares[range] {
        *share += others / count;
    }
    shares
}
