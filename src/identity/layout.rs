//! The fields of each format, and what each cell adds to which check sum.

use super::format::Check;
use super::format::Format;
use super::glyphs::WEIGHTS;

/// What kind of text a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// Exactly these characters.
    Fixed(&'static str),
    /// The two characters that name the kind of document.
    Code(Format),
    /// The issuing state or the nationality.
    State,
    /// Surname, `<<`, given names.
    Names,
    /// A surname or given names alone.
    Name,
    /// A document number, filled up with `<`.
    Number,
    /// The end of a long document number, without fillers.
    Rest,
    /// Optional data; often empty.
    Optional,
    /// A date as YYMMDD in which year, month or day may be `<<`.
    Birth,
    /// A date as YYMMDD, or `<<<<<<` for none.
    Expiry,
    /// M, F, X or `<`.
    Sex,
    /// The check digit of a field.
    Digit(Check),
}

/// Neighbouring cells with one meaning.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field {
    pub text: Text,
    pub length: usize,
    /// The check digit whose sum these cells enter, besides the composite's.
    pub sum: Option<Check>,
    /// Whether these cells enter the composite's sum.
    pub composite: bool,
}

/// One cell of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cell {
    pub text: Text,
    /// Place within the field.
    pub at: usize,
    pub sum: Option<Check>,
    /// Weight in the field's own sum and in the composite's, modulo 10; a check digit weighs 9, that is −1.
    pub weights: [u8; 2],
}

impl Cell {
    /// The check digit that this cell is.
    pub(super) fn digit(&self) -> Option<Check> {
        digit_of(self.text)
    }
}

/// The cells of a format's lines.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    pub format: Format,
    pub rows: Vec<Vec<Cell>>,
    /// Natural log of how probable this layout is among all that are read.
    pub prior: f32,
}

/// −1 modulo 10.
const MINUS_ONE: u8 = 9;
/// The shares of the formats among documents, only to decide where nothing else does: a line of dates and numbers alone fits
/// a visa nearly as well as a passport. A visa has no composite digit, so a large share would excuse a wrong one.
const SHARES: [(Format, f32); 6] = [
    (Format::Td1, 0.40),
    (Format::Td2, 0.08),
    (Format::Td3, 0.48),
    (Format::MrvA, 0.01),
    (Format::MrvB, 0.005),
    (Format::FrenchCard, 0.025),
];
/// The share of documents whose number does not fit into nine characters (ICAO Doc 9303-5, section 4.2.2, note j).
const LONG_NUMBERS: f32 = 0.02;

const fn field(text: Text, length: usize) -> Field {
    Field { text, length, sum: None, composite: false }
}

impl Field {
    const fn of(self, check: Check) -> Self {
        Self { sum: Some(check), ..self }
    }

    const fn composite(self) -> Self {
        Self { composite: true, ..self }
    }
}

const STATE: Field = field(Text::State, 3);
const NUMBER: Field = field(Text::Number, 9).of(Check::DocumentNumber).composite();
const NUMBER_DIGIT: Field = field(Text::Digit(Check::DocumentNumber), 1).composite();
const BIRTH: Field = field(Text::Birth, 6).of(Check::BirthDate).composite();
const BIRTH_DIGIT: Field = field(Text::Digit(Check::BirthDate), 1).composite();
const SEX: Field = field(Text::Sex, 1);
const EXPIRY: Field = field(Text::Expiry, 6).of(Check::ExpiryDate).composite();
const EXPIRY_DIGIT: Field = field(Text::Digit(Check::ExpiryDate), 1).composite();
const COMPOSITE: Field = field(Text::Digit(Check::Composite), 1);
const FILLER: Field = field(Text::Fixed("<"), 1).composite();
const REST: Field = field(Text::Rest, 0).of(Check::DocumentNumber).composite();

/// The usual layout of `format`.
pub(super) fn usual(format: Format) -> Layout {
    let prior = SHARES.iter().find(|(one, _)| *one == format).map_or(f32::NEG_INFINITY, |(_, share)| share.ln());
    layout(format, &fields(format, None), prior)
}

/// The layouts of `format` for numbers longer than nine characters: `<` stands in the place of the check digit, the rest of
/// the number, its check digit and a filler open the optional field.
pub(super) fn with_long_number(format: Format) -> Vec<Layout> {
    let room = match format {
        Format::Td1 => 15,
        Format::Td2 => 7,
        _ => return Vec::new(),
    };
    let longest = room - 2;
    let prior = usual(format).prior + (LONG_NUMBERS / longest as f32).ln();
    (1..=longest).map(|rest| layout(format, &fields(format, Some(rest)), prior)).collect()
}

fn fields(format: Format, rest: Option<usize>) -> Vec<Vec<Field>> {
    let code = field(Text::Code(format), 2);
    let names = |length| vec![code, STATE, field(Text::Names, length)];
    match format {
        Format::Td1 => {
            let second = [dates().as_slice(), &[STATE, field(Text::Optional, 11).composite(), COMPOSITE]].concat();
            vec![[&[code, STATE], number(rest, 15, &[]).as_slice()].concat(), second, vec![field(Text::Names, 30)]]
        }
        Format::Td2 => {
            let between = [&[STATE], dates().as_slice()].concat();
            vec![names(31), [number(rest, 7, &between).as_slice(), &[COMPOSITE]].concat()]
        }
        Format::Td3 => {
            let optional = field(Text::Optional, 14).of(Check::OptionalData).composite();
            let digits = [optional, field(Text::Digit(Check::OptionalData), 1).composite(), COMPOSITE];
            vec![names(39), [head().as_slice(), &digits].concat()]
        }
        Format::MrvA => vec![names(39), [head().as_slice(), &[field(Text::Optional, 16)]].concat()],
        Format::MrvB => vec![names(31), [head().as_slice(), &[field(Text::Optional, 8)]].concat()],
        Format::FrenchCard => french(),
    }
}

fn dates() -> [Field; 5] {
    [BIRTH, BIRTH_DIGIT, SEX, EXPIRY, EXPIRY_DIGIT]
}

fn head() -> Vec<Field> {
    [[NUMBER, NUMBER_DIGIT, STATE].as_slice(), &dates()].concat()
}

/// The number and the optional field of `room` characters, in which a long number ends; `between` stands between them.
fn number(rest: Option<usize>, room: usize, between: &[Field]) -> Vec<Field> {
    let optional = |length| field(Text::Optional, length).composite();
    match rest {
        None => [&[NUMBER, NUMBER_DIGIT], between, &[optional(room)]].concat(),
        Some(rest) => {
            let end = [Field { length: rest, ..REST }, NUMBER_DIGIT, FILLER, optional(room - rest - 2)];
            [&[NUMBER, FILLER], between, &end].concat()
        }
    }
}

/// `IDFRA`, surname and office; number, given names and date of birth. The last digit covers all before it.
fn french() -> Vec<Vec<Field>> {
    let number = Field { length: 12, ..NUMBER };
    let name = |length| field(Text::Name, length).composite();
    let office = field(Text::Optional, 6).composite();
    let first = vec![field(Text::Fixed("IDFRA"), 5).composite(), name(25), office];
    vec![first, vec![number, NUMBER_DIGIT, name(14), BIRTH, BIRTH_DIGIT, SEX.composite(), COMPOSITE]]
}

fn layout(format: Format, fields: &[Vec<Field>], prior: f32) -> Layout {
    let mut composite = 0;
    let rows = fields.iter().map(|row| cells(row, &mut composite)).collect();
    Layout { format, rows, prior }
}

fn cells(row: &[Field], composite: &mut usize) -> Vec<Cell> {
    let mut cells = Vec::new();
    let (mut open, mut summed) = (None, 0);
    for field in row {
        if field.sum.is_some() && field.sum != open {
            (open, summed) = (field.sum, 0);
        }
        let weighs = is_contiguous(row, field.sum.or(digit_of(field.text)));
        for at in 0..field.length {
            let own = if weighs { own_weight(field, summed + at) } else { 0 };
            cells.push(Cell {
                text: field.text,
                at,
                sum: field.sum,
                weights: [own, composite_weight(field, composite)],
            });
        }
        summed += if field.sum.is_some() { field.length } else { 0 };
    }
    cells
}

fn digit_of(text: Text) -> Option<Check> {
    match text {
        Text::Digit(check) => Some(check),
        _ => None,
    }
}

/// Whether nothing of another sum stands between the cells of `check` and its digit. Where something does (long numbers of
/// TD2), the digit is looked at after reading only.
fn is_contiguous(row: &[Field], check: Option<Check>) -> bool {
    let Some(check) = check else { return false };
    let first = row.iter().position(|field| field.sum == Some(check));
    let last = row.iter().position(|field| digit_of(field.text) == Some(check));
    let (Some(first), Some(last)) = (first, last) else { return false };
    row[first..last].iter().all(|field| field.sum.is_none_or(|sum| sum == check))
}

fn own_weight(field: &Field, index: usize) -> u8 {
    match (digit_of(field.text), field.sum) {
        (Some(_), _) => MINUS_ONE,
        (None, Some(_)) => WEIGHTS[index % WEIGHTS.len()],
        (None, None) => 0,
    }
}

fn composite_weight(field: &Field, before: &mut usize) -> u8 {
    if field.text == Text::Digit(Check::Composite) {
        return MINUS_ONE;
    }
    if !field.composite {
        return 0;
    }
    *before += 1;
    WEIGHTS[(*before - 1) % WEIGHTS.len()]
}
