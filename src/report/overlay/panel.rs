//! The words beside the photo.

use image::Rgb;
use image::RgbImage;

use super::ACCEPT;
use super::BACKDROP;
use super::DOCUMENT;
use super::FACE;
use super::OTHER;
use super::REJECT;
use super::REVIEW;
use super::colour;
use super::evidence;
use super::lettering::Hand;
use super::lettering::wrapped;
use super::marks::badge;
use super::marks::badge_width;
use crate::checks::REGISTRY;
use crate::geometry::Point;
use crate::record::Row;
use crate::scene::DocumentType;
use crate::verdict::Finding;
use crate::verdict::Verdict;

const WHITE: Rgb<u8> = Rgb([245, 246, 248]);
const QUIET: Rgb<u8> = Rgb([160, 166, 176]);

/// Pixels around the words, between lines and above a new part.
const MARGIN: u32 = 28;
const LEADING: u32 = 6;
const PART: u32 = 18;
/// Pixels between a badge of one letter and the words of a finding, from the margin.
const INDENT: u32 = 54;

/// What the panel tells.
pub(super) struct Panel<'a> {
    pub row: &'a Row,
    pub findings: &'a [Finding],
    /// Documents beside the one that the row is about.
    pub others: usize,
    /// Whether a person's face is drawn.
    pub has_sitter: bool,
}

/// Words in one hand, `indent` pixels from the margin and `above` below what is above, with a badge before them.
struct Line {
    badge: Option<(String, Rgb<u8>)>,
    indent: u32,
    text: String,
    hand: Hand,
    above: u32,
}

impl Panel<'_> {
    /// The panel, `width` pixels wide and as high as its words need.
    pub(super) fn draw(&self, width: u32) -> RgbImage {
        let lines: Vec<Line> = self.lines().into_iter().flat_map(|line| line.broken(width)).collect();
        let height = lines.iter().map(Line::height).sum::<u32>() + 2 * MARGIN;
        let mut panel = RgbImage::from_pixel(width, height, BACKDROP);
        let mut top = MARGIN;
        for line in &lines {
            line.draw(&mut panel, top + line.above);
            top += line.height();
        }
        panel
    }

    fn lines(&self) -> Vec<Line> {
        let mut lines = vec![self.verdict(), Line::of(self.photo(), Hand::regular(QUIET)).after(2 * LEADING)];
        lines.extend(self.documents());
        if self.findings.is_empty() {
            lines.push(Line::of("every number lies inside its band".to_owned(), Hand::bold(WHITE)).after(PART));
        }
        for (number, finding) in (1..).zip(self.findings) {
            lines.extend(self.finding(number, finding));
        }
        lines.extend(self.not_assessed());
        lines
    }

    fn verdict(&self) -> Line {
        let verdict = self.row.verdict;
        let colour = match verdict {
            Verdict::Accept => ACCEPT,
            Verdict::Review => REVIEW,
            Verdict::Reject | Verdict::Error => REJECT,
        };
        let name = self.row.source.path.rsplit('/').next().unwrap_or_default();
        Line::of(name.to_owned(), Hand::large(WHITE)).badged(verdict.id().to_uppercase(), colour)
    }

    fn photo(&self) -> String {
        let facts = &self.row.facts;
        let (width, height) = facts.size.unwrap_or_default();
        let kind = self.row.source.document_type.map_or("document type unknown", DocumentType::id);
        let format = facts.format.map_or("", |format| format.id());
        format!("{kind}, {width} x {height}, {format}, {} bytes", facts.bytes)
    }

    fn documents(&self) -> Vec<Line> {
        let quiet = |text: &str| Line::of(text.to_owned(), Hand::regular(QUIET)).after(PART);
        let key = |colour, text: &str| quiet(text).badged(" ".to_owned(), colour);
        if self.has_sitter {
            return vec![key(FACE, "face, eyes, nose, mouth and the cheeks whose light is compared")];
        }
        if self.row.source.document_type == Some(DocumentType::Selfie) {
            return vec![quiet("no face was found")];
        }
        if self.row.document_quad.is_none() {
            return vec![quiet("no document was found")];
        }
        let mut lines = vec![key(DOCUMENT, "document, corners from its top left (TL) clockwise")];
        if self.others > 0 {
            lines.push(key(OTHER, &format!("other documents: {}", self.others)).after(LEADING));
        }
        lines
    }

    fn finding(&self, number: usize, finding: &Finding) -> [Line; 2] {
        let Finding { fault, check, grade, .. } = finding;
        let said = format!("{}: {}, {}", grade.id(), fault.category, fault.message);
        let place = if evidence(self.row, finding).is_empty() { "; on the whole photo" } else { "" };
        let measured = format!("{} = {} ({}; {}){place}", check.id, finding.number, check.unit, finding.band);
        [
            Line::of(said, Hand::bold(WHITE)).after(PART).badged(number.to_string(), colour(*grade)),
            Line { indent: INDENT, ..Line::of(measured, Hand::regular(QUIET)) },
        ]
    }

    fn not_assessed(&self) -> Option<Line> {
        let reasons = REGISTRY.iter().zip(&self.row.outcomes).filter_map(|(check, outcome)| match outcome {
            Some(Err(reason)) => Some(format!("{} ({reason})", check.id)),
            _ => None,
        });
        let reasons: Vec<_> = reasons.collect();
        let text = format!("not assessed: {}", reasons.join(", "));
        (!reasons.is_empty()).then(|| Line::of(text, Hand::regular(QUIET)).after(PART))
    }
}

impl Line {
    fn of(text: String, hand: Hand) -> Self {
        Self { badge: None, indent: 0, text, hand, above: LEADING }
    }

    fn after(self, above: u32) -> Self {
        Self { above, ..self }
    }

    fn badged(self, label: String, colour: Rgb<u8>) -> Self {
        let indent = INDENT.max(badge_width(&label) + 16);
        Self { badge: Some((label, colour)), indent, ..self }
    }

    fn height(&self) -> u32 {
        self.above + self.hand.size()
    }

    /// The lines that this one takes in a panel of that width.
    fn broken(self, width: u32) -> Vec<Self> {
        let columns = width.saturating_sub(2 * MARGIN + self.indent) / self.hand.pitch();
        let mut parts = wrapped(&self.text, columns as usize).into_iter();
        let (indent, hand) = (self.indent, self.hand);
        let first = Self { text: parts.next().unwrap_or_default(), ..self };
        let rest = parts.map(|text| Self { indent, ..Self::of(text, hand) });
        std::iter::once(first).chain(rest).collect()
    }

    fn draw(&self, panel: &mut RgbImage, top: u32) {
        if let Some((label, colour)) = &self.badge {
            let x = f64::from(MARGIN) + f64::from(badge_width(label)) / 2.0;
            let y = f64::from(top) + f64::from(self.hand.size()) / 2.0;
            badge(panel, label, Point::new(x, y), *colour);
        }
        self.hand.write(panel, &self.text, (MARGIN + self.indent, top));
    }
}

#[cfg(test)]
mod tests {
    use super::Panel;
    use crate::checks::Measurement;
    use crate::checks::REGISTRY;
    use crate::checks::Unmeasured;
    use crate::geometry::Quad;
    use crate::photo::FileFacts;
    use crate::record::Row;
    use crate::record::Source;
    use crate::scene::DocumentType;
    use crate::verdict::Policy;

    fn row(document_type: DocumentType, numbers: &[Result<f64, Unmeasured>]) -> Row {
        let source = Source { path: "a/b/c.jpg".to_owned(), document_type: Some(document_type), ..Source::default() };
        let mut measurements: Vec<_> = numbers.iter().map(|n| Some(n.map(Measurement::of_photo))).collect();
        measurements.resize(REGISTRY.len(), None);
        let mut row = Row::measured(source, FileFacts::default(), measurements);
        row.judge(&Policy::default());
        row
    }

    fn words(row: &Row, others: usize) -> Vec<String> {
        let findings = row.judgement(&Policy::default()).findings;
        let lines = Panel { row, findings: &findings, others, has_sitter: false }.lines();
        let badge = |badge: Option<(String, _)>| badge.map_or(String::new(), |(label, _)| format!("[{label}] "));
        lines.into_iter().map(|line| format!("{}{}", badge(line.badge), line.text)).collect()
    }

    #[test]
    fn a_panel_tells_verdict_and_findings() {
        let words = words(&row(DocumentType::Passport, &[Ok(100.0), Err(Unmeasured::TooSmall)]), 0);
        let expected = [
            "[REJECT] c.jpg",
            "passport, 0 x 0, , 0 bytes",
            "no document was found",
            "[1] reject: low_resolution, the photo has too few pixels",
            "resolution = 100 (px, short side; reject_below = 320, review_below = 480); on the whole photo",
            "not assessed: effective_resolution (the photo has too few pixels)",
        ];
        assert_eq!(words, expected);
    }

    #[test]
    fn a_panel_explains_the_colours_of_documents() {
        let row = row(DocumentType::Passport, &[Ok(2000.0)]).with_document(Some(Quad::rectangle(9.0, 5.0)));
        let words = words(&row, 2);
        let documents = ["[ ] document, corners from its top left (TL) clockwise", "[ ] other documents: 2"];
        assert_eq!(words[2..4], documents);
        assert_eq!(words[4], "every number lies inside its band");
    }

    #[test]
    fn a_selfie_has_a_face_or_none() {
        let row = row(DocumentType::Selfie, &[Ok(2000.0)]);
        assert_eq!(words(&row, 0)[2], "no face was found");
        let panel = Panel { row: &row, findings: &[], others: 0, has_sitter: true };
        assert_eq!(panel.lines()[2].text, "face, eyes, nose, mouth and the cheeks whose light is compared");
    }
}
