//! What is read against what is printed.

use kyclint::identity::Reading;
use kyclint::photo::Photo;
use kyclint::scene::Mrz;
use kyclint::scene::Scene;

/// Pixels to a pitch of 2.54 mm at one dot per inch.
const PITCHES_PER_INCH: f64 = 10.0;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verdict {
    /// Every character of every line.
    Whole,
    /// Not all lines, but those rightly.
    Part,
    /// Some character wrong, and a digit that does not hold or a character that is not sure says so.
    Doubtful,
    /// Some character wrong, and nothing says so.
    Wrong,
    Nothing,
}

/// What became of one photo.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    pub(crate) verdict: Verdict,
    /// Lines that were read rightly.
    pub(crate) lines: usize,
    pub(crate) holds: bool,
    pub(crate) format: Option<&'static str>,
    /// Resolution by the pitch of the characters, dots per inch.
    pub(crate) dpi: Option<f64>,
    pub(crate) evidence: f32,
    pub(crate) least_confidence: f32,
}

impl Outcome {
    /// Of `photo`, which shows the lines `truth` as far as it shows any.
    pub(crate) fn of(photo: &Photo, truth: &[&str]) -> Self {
        let scene = Scene::declared(photo, None);
        scene.mrz().map_or_else(Self::nothing, |mrz| Self::judged(mrz, truth))
    }

    pub(crate) fn nothing() -> Self {
        Self {
            verdict: Verdict::Nothing,
            lines: 0,
            holds: false,
            format: None,
            dpi: None,
            evidence: 0.0,
            least_confidence: 0.0,
        }
    }

    fn judged(mrz: &Mrz, truth: &[&str]) -> Self {
        let reading = &mrz.reading;
        let lines = right_lines(reading, truth);
        let verdict = match lines == reading.lines().len() {
            true if lines == truth.len() && reading.is_whole() => Verdict::Whole,
            true if reading.lines_seen() < 1.0 => Verdict::Part,
            _ if reading.is_verified() => Verdict::Wrong,
            _ => Verdict::Doubtful,
        };
        Self {
            verdict,
            lines,
            holds: reading.all_digits_hold(),
            format: Some(reading.format().id()),
            dpi: dpi(mrz),
            evidence: reading.evidence(),
            least_confidence: reading.least_confidence(),
        }
    }
}

/// Lines of `reading` that say in their place what is printed there.
fn right_lines(reading: &Reading, truth: &[&str]) -> usize {
    let read = reading.lines().iter().zip(reading.reveal());
    read.filter(|(line, text)| truth.get(line.row) == Some(text)).count()
}

fn dpi(mrz: &Mrz) -> Option<f64> {
    let [from, to, ..] = mrz.lines.first()?.0;
    Some((to - from).length() / mrz.reading.format().length() as f64 * PITCHES_PER_INCH)
}

/// How many of `outcomes` have that verdict.
pub(crate) fn count(outcomes: &[Outcome], verdict: Verdict) -> usize {
    outcomes.iter().filter(|outcome| outcome.verdict == verdict).count()
}

/// Cells of a table: whole, share, part, not holding, wrong, nothing.
pub(crate) fn cells(outcomes: &[Outcome]) -> String {
    let [whole, part, doubtful, wrong, nothing] =
        [Verdict::Whole, Verdict::Part, Verdict::Doubtful, Verdict::Wrong, Verdict::Nothing]
            .map(|verdict| count(outcomes, verdict));
    let share = 100.0 * whole as f64 / outcomes.len().max(1) as f64;
    format!("{} | {whole} ({share:.0} %) | {part} | {doubtful} | {wrong} | {nothing}", outcomes.len())
}

/// The titles of [`cells`].
pub(crate) const TITLES: &str = "photos | whole, right | part, right | wrong, in doubt | wrong, in no doubt | none |\n|---|---|---|---|---|---|---|";
