//! PDF417 symbols on the backs of driving licences: payloads in the format of AAMVA, of the fictitious country Utopia.

use rxing::pdf417::encoder::PDF417;

use crate::synth::canvas::Canvas;
use crate::synth::document::Holder;
use crate::synth::path::Path;
use crate::synth::path::Point;
use crate::synth::person::Person;

/// The design that has no barcode, as licences of the European Union have none.
const WITHOUT: usize = 2;
/// Issuer identification number that no issuer has: those of licences start with 6.
const IIN: &str = "000000";
/// Error correction levels from what AAMVA recommends down to the least that it allows.
const LEVELS: [u32; 3] = [5, 4, 3];
/// Widths of modules, mm: real licences have 0.17 to 0.38; wider ones have no room here.
const MODULES: [f32; 2] = [0.25, 0.30];
/// Heights of rows, modules.
const ROWS: [f32; 2] = [3.0, 4.0];
/// Width and height that the card has room for, mm.
const ROOM: [f32; 2] = [77.0, 17.2];
/// Modules of white around the symbol.
const QUIET: f32 = 2.5;

/// A symbol and what it says.
#[derive(Clone, Debug)]
pub(super) struct Barcode {
    pub(super) text: String,
    /// Whether each module is black, row by row from the top.
    rows: Vec<Vec<bool>>,
    /// Width of a module and height of a row, mm.
    pitch: [f32; 2],
}

impl Barcode {
    /// The symbol on the back of the holder's licence, `None` where its design has none.
    pub(super) fn of(holder: &Holder) -> Option<Self> {
        if holder.style.variant == WITHOUT {
            return None;
        }
        let mut random = holder.style.random("barcode");
        let (wanted, height) = (random.range(MODULES[0], MODULES[1]), random.range(ROWS[0], ROWS[1]));
        let text = payload(&holder.person);
        let (rows, module) =
            [wanted, MODULES[0]].into_iter().find_map(|module| Some((fitting(&text, module)?, module)))?;
        let height = (height * module).min(ROOM[1] / rows.len() as f32);
        Some(Self { text, rows, pitch: [module, height] })
    }

    /// Width and height, mm.
    pub(super) fn size(&self) -> Point {
        [self.rows[0].len() as f32 * self.pitch[0], self.rows.len() as f32 * self.pitch[1]]
    }

    /// Prints the symbol, its top left at `origin`, on a white panel.
    pub(super) fn draw(&self, canvas: &mut Canvas, origin: Point) {
        let ([x, y], [width, height]) = (origin, self.size());
        let quiet = QUIET * self.pitch[0];
        canvas.fill(
            &Path::rectangle(x - quiet, y - quiet, width + 2.0 * quiet, height + 2.0 * quiet),
            [248, 248, 246],
            1.0,
        );
        let bars = self.rows.iter().enumerate().flat_map(|(at, row)| self.bars(origin, at, row));
        canvas.fill(&Path { contours: bars.collect() }, [26, 25, 28], 0.97);
    }

    /// Outlines of the bars of row `at`.
    fn bars(&self, [x, y]: Point, at: usize, row: &[bool]) -> Vec<Vec<Point>> {
        let [module, height] = self.pitch;
        let top = y + at as f32 * height;
        let mut bars = Vec::new();
        let mut from = 0;
        for run in row.chunk_by(|one, other| one == other) {
            if run[0] {
                let [left, right] = [from, from + run.len()].map(|edge| x + edge as f32 * module);
                bars.push(vec![[left, top], [right, top], [right, top + height], [left, top + height]]);
            }
            from += run.len();
        }
        bars
    }
}

/// The rows of the symbol of `text` that has room with modules so wide, at the highest level of error correction.
fn fitting(text: &str, module: f32) -> Option<Vec<Vec<bool>>> {
    let columns = ((ROOM[0] / module - 1.0) / 17.0) as u32 - 4;
    let fits = |rows: &Vec<Vec<bool>>| rows.len() as f32 * ROWS[0] * module <= ROOM[1];
    LEVELS.iter().find_map(|&level| encode(text, columns, level).filter(fits))
}

/// The modules of `text` in a symbol of `columns` data columns, row by row.
fn encode(text: &str, columns: u32, level: u32) -> Option<Vec<Vec<bool>>> {
    let mut encoder = PDF417::new();
    encoder.setDimensions(columns, columns, 90, 3);
    encoder.generateBarcodeLogic(text, level).ok()?;
    // The encoder has the lowest row first.
    let rows = encoder.getBarcodeMatrix().as_ref()?.getMatrix().into_iter().rev();
    Some(rows.map(|row| row.into_iter().map(|module| module == 1).collect()).collect())
}

/// The elements that the DL/ID Card Design Standard of 2020 calls mandatory.
fn payload(person: &Person) -> String {
    let elements = [
        ("DAQ", person.number.clone()),
        ("DCS", person.surname.clone()),
        ("DDE", "N".into()),
        ("DAC", person.given.clone()),
        ("DDF", "N".into()),
        ("DDG", "N".into()),
        ("DCA", "B".into()),
        ("DCB", "NONE".into()),
        ("DCD", "NONE".into()),
        ("DBD", month_first(&person.issued, "99")),
        ("DBB", month_first(&person.born, "10")),
        ("DBA", month_first(&person.expires, "99")),
        ("DBC", if person.sex == 'F' { "2" } else { "1" }.into()),
        ("DAU", "174 cm".into()),
        ("DAY", "BRO".into()),
        ("DAG", person.street.clone()),
        ("DAI", person.town.clone()),
        ("DAJ", "UT".into()),
        ("DAK", "000000000  ".into()),
        ("DCF", format!("{}00", person.number)),
        ("DCG", "UTO".into()),
    ];
    let lines: Vec<String> = elements.iter().map(|(name, value)| format!("{name}{value}")).collect();
    let subfile = format!("DL{}\r", lines.join("\n"));
    // 21 characters of header and 10 of the only designator come before the subfile.
    format!("@\n\x1e\rANSI {IIN}100001DL0031{:04}{subfile}", subfile.len())
}

/// `YYMMDD` as MMDDCCYY, born before this century above `pivot`.
fn month_first(date: &str, pivot: &str) -> String {
    let century = if &date[..2] > pivot { "19" } else { "20" };
    format!("{}{century}{}", &date[2..], &date[..2])
}

#[cfg(test)]
mod tests {
    use super::Barcode;
    use super::ROOM;
    use super::WITHOUT;
    use super::month_first;
    use super::payload;
    use crate::identity::Aamva;
    use crate::identity::CardKind;
    use crate::synth::document::Holder;
    use crate::synth::random::Random;

    #[test]
    fn payloads_are_those_of_a_licence_that_nobody_issues() {
        let person = Holder::draw(&mut Random::new(3)).person;
        let card = Aamva::parse(&payload(&person)).unwrap();
        assert_eq!((card.kind, card.country.as_deref(), card.iin), (Some(CardKind::DriverLicence), Some("UTO"), 0));
        assert!(matches!(card.expiry, crate::identity::Expiry::On(_)));
    }

    #[test]
    fn dates_are_written_month_first() {
        assert_eq!(month_first("740812", "10"), "08121974");
        assert_eq!(month_first("340102", "99"), "01022034");
    }

    #[test]
    fn symbols_fit_on_the_card() {
        for seed in 0..40 {
            let holder = Holder::draw(&mut Random::new(seed));
            let Some(barcode) = Barcode::of(&holder) else {
                assert_eq!(holder.style.variant, WITHOUT);
                continue;
            };
            let ([width, height], [module, row]) = (barcode.size(), barcode.pitch);
            assert!(width <= ROOM[0] + 1e-3 && height <= ROOM[1] + 1e-3, "{width} x {height}");
            assert!(width > 60.0 && (0.249..0.301).contains(&module) && row >= 2.9 * module, "{width} {module} {row}");
        }
    }
}
