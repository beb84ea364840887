//! Which document types what a photo shows allows.

use crate::geometry::Point;
use crate::identity::CardKind;
use crate::identity::Format;
use crate::scene::DocumentType;
use crate::scene::Focus;
use crate::scene::Pose;
use crate::scene::Scene;
use crate::scene::Shape;
use crate::scene::mrz::Row;
use crate::scene::mrz::rows;

/// Logarithm of the odds from which a document's shape counts as that of a card, or of a page of a passport: e^4 is one in 55.
const SURE_SHAPE: f64 = 4.0;
/// Confidence from which a document is a document whatever else the photo shows.
const SURE_DOCUMENT: f64 = 0.6;
/// Side of a face over the frame's width from which it is the photo's subject where there is no print: 0.31 to 0.7 on
/// selfies, 0.16 to 0.27 on documents that fill the frame (docs/accuracy.md).
const SUBJECT: f64 = 0.29;
/// The same whatever else there is.
const PORTRAIT: f64 = 0.4;
/// Lines of print that no person bears.
const PRINT: usize = 3;
/// Lines of print that no side of an identity document bears without a portrait: 20 at most of the backs at hand, 37 to 49 on
/// pages with a portrait, 50 to 171 on most receipts, forms and letters.
const PAGE_OF_PRINT: usize = 50;
/// Lines of print from which a zone would have been seen, were it there, and their capitals over a passport's shorter side: at most
/// a quarter larger than its own.
const SOME_PRINT: usize = 5;
const SMALLER: f64 = 0.035;
/// Share of the border that a hand may hide where it hides no zone.
const HIDDEN: f64 = 0.02;
/// Sharpness of the least sharp parts, 1/mm, from which print is seen as it is.
const SHARP: f64 = 2.3;
/// Height of the capitals of a zone over a passport's shorter side at least, as far as it is measured right: it is 2.5 mm of 88 mm.
const LEAST_CAPITALS: f64 = 0.02;
/// Length of a row of a zone over the longer side at least, some of it hidden: whole ones have 0.89.
const LEAST_ZONE: f64 = 0.45;
/// Distance from the frame's border, over its shorter side, from which on a side of the document is seen.
const MARGIN: f64 = 0.01;
/// Side of a face over the geometric mean of the document's sides from which it is the holder's: 0.20 and more; ghost images
/// on backs, 0.13.
const HOLDER: f64 = 0.17;
/// Misfit of scans that were cut to the document.
const EXACT: f64 = 0.1;
/// Misfit from which a document has neither shape although its corners may be off: twice as far off as those that still fit.
const NEITHER: f64 = 4.0;

/// A set of document types; an empty one means another document, or none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kinds {
    allowed: [bool; DocumentType::ALL.len()],
}

impl Kinds {
    /// All types: nothing is known.
    pub const ANY: Self = Self { allowed: [true; DocumentType::ALL.len()] };
    /// None of the types.
    pub const OTHER: Self = Self { allowed: [false; DocumentType::ALL.len()] };

    /// The set of `kinds`.
    #[must_use]
    pub fn of(kinds: &[DocumentType]) -> Self {
        Self { allowed: DocumentType::ALL.map(|kind| kinds.contains(&kind)) }
    }

    /// Whether `kind` is among them.
    #[must_use]
    pub fn allow(self, kind: DocumentType) -> bool {
        self.allowed[kind as usize]
    }

    /// The type, where only one is left.
    #[must_use]
    pub fn only(self) -> Option<DocumentType> {
        let mut left = DocumentType::ALL.into_iter().filter(|kind| self.allow(*kind));
        left.next().filter(|_| left.next().is_none())
    }

    /// Whether nothing is known.
    #[must_use]
    pub fn is_any(self) -> bool {
        self == Self::ANY
    }

    /// What `scene` allows. A zone or a barcode that was read decides; else a portrait and the shape of the document.
    pub(super) fn shown_by(scene: &Scene) -> Self {
        let selfie = || is_person(scene).then(|| Self::of(&[DocumentType::Selfie]));
        let may_be_selfie = scene.declared_type().is_none_or(|kind| kind == DocumentType::Selfie);
        let decided = may_be_selfie.then(selfie).flatten();
        let decided = decided.or_else(|| Self::of_zone(scene)).or_else(|| Self::of_barcode(scene));
        decided.or_else(|| Self::of_document(scene)).or_else(selfie).unwrap_or(Self::ANY)
    }

    /// What a zone allows: its format where it was read, else how long its lines are.
    fn of_zone(scene: &Scene) -> Option<Self> {
        let zone = scene.zone();
        if zone.trusted().is_some_and(|reading| matches!(reading.format(), Format::MrvA | Format::MrvB)) {
            return Some(Self::OTHER);
        }
        let length = zone.length()?;
        Some(if length == Format::Td3.length() {
            Self::of(&[DocumentType::Passport])
        } else if length == Format::Td1.length() {
            Self::of(&[DocumentType::IdCardBack])
        } else if has_portrait(scene) {
            Self::of(&[DocumentType::IdCardFront])
        } else {
            Self::of(&[DocumentType::IdCardFront, DocumentType::IdCardBack])
        })
    }

    fn of_barcode(scene: &Scene) -> Option<Self> {
        Some(match scene.licence_barcode()?.aamva()?.kind {
            Some(CardKind::DriverLicence) => Self::of(&[DocumentType::DriverLicenseBack]),
            Some(CardKind::IdCard) => Self::of(&[DocumentType::IdCardBack]),
            None => Self::of(&[DocumentType::DriverLicenseBack, DocumentType::IdCardBack]),
        })
    }

    /// What the shape of the document and a portrait on it allow, `None` where there is hardly one. That no portrait was found
    /// says nothing but where it would be the only sign of an identity document.
    fn of_document(scene: &Scene) -> Option<Self> {
        scene.document().filter(|document| document.confidence >= SURE_DOCUMENT)?;
        let (portrait, shape) = (has_portrait(scene), shape(scene));
        let is_card = shape.is_some_and(Shape::is_card);
        // Modules of a barcode that is too blurred to be told from print are as many.
        let is_printed = || !is_card && lines_of_print(scene) >= PAGE_OF_PRINT;
        let is_other = || shape.is_some_and(|shape| shape.misfit > NEITHER) || is_printed();
        if !portrait && is_other() {
            return Some(Self::OTHER);
        }
        let mut excluded = Vec::new();
        if portrait {
            excluded.extend([DocumentType::IdCardBack, DocumentType::DriverLicenseBack]);
        }
        if is_card {
            excluded.push(DocumentType::Passport);
        }
        // Older identity cards have the shape of a page.
        let is_page = shape.is_some_and(Shape::is_page);
        if is_page {
            excluded.extend([DocumentType::DriverLicenseFront, DocumentType::DriverLicenseBack]);
        }
        if (is_page || is_cut_elsewhere(scene)) && lacks_zone(scene) {
            excluded.push(DocumentType::Passport);
        }
        if excluded.is_empty() {
            return Some(Self::ANY);
        }
        let left = DocumentType::DOCUMENTS.iter().filter(|kind| !excluded.contains(kind));
        Some(Self::of(&left.copied().collect::<Vec<_>>()))
    }
}

/// The shape of the document, where its own border was seen all around. A frame may cut a document to any shape, but hardly
/// to that of a card by chance.
fn shape(scene: &Scene) -> Option<Shape> {
    let (document, photo) = (scene.document()?, scene.photo());
    let shape = Pose::shape(&document.quad, photo.upright_size(), photo.facts().exif.focal_length_35mm)?;
    match document.at_frame {
        [false, false, false, false] => Some(shape),
        [true, true, true, true] => Some(shape).filter(|shape| shape.is_card() && shape.misfit <= EXACT),
        _ => None,
    }
}

impl Shape {
    fn is_card(self) -> bool {
        self.misfit <= 1.0 && self.card_over_page >= SURE_SHAPE
    }

    fn is_page(self) -> bool {
        self.misfit <= 1.0 && self.card_over_page <= -SURE_SHAPE
    }
}

/// Whether a face is the subject of the photo rather than a document that bears one. Where a selfie is declared no print is looked
/// for: the search for a document takes as long as that for the face.
fn is_person(scene: &Scene) -> bool {
    let (share, is_declared) = (face_share(scene), scene.declared_type() == Some(DocumentType::Selfie));
    share >= PORTRAIT || share >= SUBJECT && (is_declared || lines_of_print(scene) < PRINT)
}

/// Lines of print on what may be a document.
fn lines_of_print(scene: &Scene) -> usize {
    scene.text().map_or(0, |text| text.lines.len())
}

/// Whether the frame cuts the document, but not at the lower side, where a passport has its zone: it is known by the portrait.
fn is_cut_elsewhere(scene: &Scene) -> bool {
    let is_cut = scene.document().is_some_and(|document| document.at_frame.contains(&true));
    let lower = || {
        let (rectified, portraits) = scene.rectified().zip(scene.portraits())?;
        let size = (rectified.luma.width() as u32, rectified.luma.height() as u32);
        let (width, height) = portraits.turn.upright_size(size);
        let middle = Point::new(f64::from(width) / 2.0, f64::from(height));
        Some(rectified.to_photo.apply(portraits.turn.to_stored(middle, size)))
    };
    is_cut && has_portrait(scene) && lower().is_some_and(|middle| is_inside(scene, middle))
}

/// Whether `point` lies in the frame, clearly off its border.
fn is_inside(scene: &Scene, point: Point) -> bool {
    let (width, height) = scene.size();
    let margin = MARGIN * width.min(height);
    (margin..=width - margin).contains(&point.x) && (margin..=height - margin).contains(&point.y)
}

/// Whether a sharp page that nothing hides bears print about as small as that of a passport's zone, but no row as high and as long as
/// half a line of one.
fn lacks_zone(scene: &Scene) -> bool {
    let Some((text, rectified)) = scene.text().zip(scene.rectified()) else { return false };
    let sides = [rectified.luma.width() as f64, rectified.luma.height() as f64];
    let [short, long] = [sides[0].min(sides[1]), sides[0].max(sides[1])];
    let may_be_zone = |row: &Row| row.height >= LEAST_CAPITALS * short && row.length() >= LEAST_ZONE * long;
    let smaller = text.lines.iter().filter(|line| line.cap_height < SMALLER * short).count();
    smaller >= SOME_PRINT && !rows(text).iter().any(may_be_zone) && is_plain(scene)
}

/// Whether the document is sharp everywhere and no hand lies on its border.
fn is_plain(scene: &Scene) -> bool {
    let border = scene.document().and_then(|document| document.border.as_ref());
    let worst = scene.focus().and_then(Focus::worst_decile);
    let sharpness = worst.and_then(|worst| worst.last().map(|tile| tile.sharpness));
    border.is_none_or(|border| border.occlusion.share <= HIDDEN) && sharpness.is_some_and(|worst| worst >= SHARP)
}

/// Whether the document bears a portrait of its holder.
fn has_portrait(scene: &Scene) -> bool {
    let holder = || {
        let [width, height] = scene.pose()?.size.millimetres();
        Some(scene.portraits()?.main()?.millimetres.area() >= HOLDER * HOLDER * width * height)
    };
    holder().unwrap_or(false)
}

/// Side of the largest face over the frame's width; 0 where there is none.
fn face_share(scene: &Scene) -> f64 {
    let (width, _) = scene.size();
    scene.faces().largest().map_or(0.0, |face| face.quad.area().sqrt() / width)
}

#[cfg(test)]
mod tests {
    use super::Kinds;
    use crate::scene::DocumentType;

    #[test]
    fn a_set_of_one_type_is_that_type() {
        assert_eq!(Kinds::of(&[DocumentType::Passport]).only(), Some(DocumentType::Passport));
        assert_eq!(Kinds::ANY.only(), None);
        assert_eq!(Kinds::OTHER.only(), None);
        let fronts = Kinds::of(&[DocumentType::IdCardFront, DocumentType::DriverLicenseFront]);
        assert!(
            fronts.only().is_none() && fronts.allow(DocumentType::IdCardFront) && !fronts.allow(DocumentType::Selfie)
        );
    }
}
