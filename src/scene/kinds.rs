//! Which document types what a photo shows allows.

use crate::identity::CardKind;
use crate::identity::Format;
use crate::scene::DocumentType;
use crate::scene::Pose;
use crate::scene::Scene;

/// Logarithm of the odds from which a document's shape counts as that of a card, or of a page of a passport: e^4 is one in 55.
const SURE_SHAPE: f64 = 4.0;
/// Confidence from which a document is a document whatever else the photo shows.
const SURE_DOCUMENT: f64 = 0.6;
/// Side of a face over the frame's short side from which it is the photo's subject.
const SUBJECT: f64 = 0.2;

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
    #[must_use]
    pub(super) fn shown_by(scene: &Scene) -> Self {
        if let Some(decided) = Self::read_from(scene) {
            return decided;
        }
        let document = scene.document().filter(|document| document.confidence >= SURE_DOCUMENT);
        match document {
            Some(_) => Self::of_document(scene),
            None if shows_one_person(scene) => Self::of(&[DocumentType::Selfie]),
            None => Self::ANY,
        }
    }

    fn read_from(scene: &Scene) -> Option<Self> {
        if scene.declared_type() == Some(DocumentType::Selfie) {
            return None;
        }
        if let Some(mrz) = scene.mrz() {
            return Some(match mrz.reading.format() {
                Format::Td3 => Self::of(&[DocumentType::Passport]),
                Format::Td1 => Self::of(&[DocumentType::IdCardBack]),
                Format::Td2 | Format::FrenchCard if has_portrait(scene) => Self::of(&[DocumentType::IdCardFront]),
                Format::Td2 | Format::FrenchCard => Self::of(&[DocumentType::IdCardFront, DocumentType::IdCardBack]),
                Format::MrvA | Format::MrvB => Self::OTHER,
            });
        }
        let card = scene.barcode().and_then(|barcode| barcode.aamva())?;
        Some(match card.kind {
            Some(CardKind::DriverLicence) => Self::of(&[DocumentType::DriverLicenseBack]),
            Some(CardKind::IdCard) => Self::of(&[DocumentType::IdCardBack]),
            None => Self::of(&[DocumentType::DriverLicenseBack, DocumentType::IdCardBack]),
        })
    }

    /// What the shape of the document and a portrait on it allow. No portrait says nothing: it may have been missed.
    fn of_document(scene: &Scene) -> Self {
        let is_card = shape(scene);
        let mut allowed = Self::ANY;
        allowed.allowed[DocumentType::Selfie as usize] = false;
        if has_portrait(scene) {
            allowed.allowed[DocumentType::IdCardBack as usize] = false;
            allowed.allowed[DocumentType::DriverLicenseBack as usize] = false;
        }
        match is_card {
            Some(odds) if odds >= SURE_SHAPE => allowed.allowed[DocumentType::Passport as usize] = false,
            // Older identity cards have the shape of a page.
            Some(odds) if odds <= -SURE_SHAPE => {
                allowed.allowed[DocumentType::DriverLicenseFront as usize] = false;
                allowed.allowed[DocumentType::DriverLicenseBack as usize] = false;
            }
            Some(_) => {}
            None => return Self::ANY,
        }
        allowed
    }
}

/// Logarithm of the odds of a card against a page, where all corners lie in the frame.
fn shape(scene: &Scene) -> Option<f64> {
    let document = scene.document()?;
    if document.at_frame != [false; 4] {
        return None;
    }
    let photo = scene.photo();
    Pose::card_over_page(&document.quad, photo.upright_size(), photo.facts().exif.focal_length_35mm)
}

fn has_portrait(scene: &Scene) -> bool {
    scene.portraits().is_some_and(|portraits| portraits.main().is_some())
}

/// Whether the largest face is the subject of the photo.
fn shows_one_person(scene: &Scene) -> bool {
    let (width, height) = scene.size();
    let side = scene.faces().largest().map_or(0.0, |face| face.quad.area().sqrt());
    side >= SUBJECT * width.min(height)
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
        assert!(fronts.only().is_none() && fronts.allow(DocumentType::IdCardFront) && !fronts.allow(DocumentType::Selfie));
    }
}
