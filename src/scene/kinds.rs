//! Which document types what a photo shows allows.

use crate::identity::CardKind;
use crate::identity::Format;
use crate::scene::DocumentType;
use crate::scene::Pose;
use crate::scene::Scene;
use crate::scene::Shape;

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

    fn of_zone(scene: &Scene) -> Option<Self> {
        let reading = &scene.mrz()?.reading;
        if reading.is_contradicted() {
            return None;
        }
        Some(match reading.format() {
            Format::Td3 => Self::of(&[DocumentType::Passport]),
            Format::Td1 => Self::of(&[DocumentType::IdCardBack]),
            Format::Td2 | Format::FrenchCard if has_portrait(scene) => Self::of(&[DocumentType::IdCardFront]),
            Format::Td2 | Format::FrenchCard => Self::of(&[DocumentType::IdCardFront, DocumentType::IdCardBack]),
            Format::MrvA | Format::MrvB => Self::OTHER,
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
        let is_other = || shape.is_some_and(|shape| shape.misfit > NEITHER) || lines_of_print(scene) >= PAGE_OF_PRINT;
        if !portrait && is_other() {
            return Some(Self::OTHER);
        }
        let mut excluded = Vec::new();
        if portrait {
            excluded.extend([DocumentType::IdCardBack, DocumentType::DriverLicenseBack]);
        }
        if shape.is_some_and(Shape::is_card) {
            excluded.push(DocumentType::Passport);
        }
        // Older identity cards have the shape of a page.
        if shape.is_some_and(Shape::is_page) {
            excluded.extend([DocumentType::DriverLicenseFront, DocumentType::DriverLicenseBack]);
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

/// Whether a face is the subject of the photo rather than a document that bears one.
fn is_person(scene: &Scene) -> bool {
    let share = face_share(scene);
    share >= PORTRAIT || share >= SUBJECT && lines_of_print(scene) < PRINT
}

/// Lines of print on what may be a document.
fn lines_of_print(scene: &Scene) -> usize {
    scene.text().map_or(0, |text| text.lines.len())
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
