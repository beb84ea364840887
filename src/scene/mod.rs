//! What a photo shows. What several checks need is derived here once and shared.

mod barcode;
mod document;
mod document_type;
mod faces;
mod focus;
mod kinds;
mod mrz;
mod picture_hash;
mod screen;
mod surface;

pub use barcode::Barcode;
pub use document::Border;
pub use document::Colours;
pub use document::Contrast;
pub use document::Document;
pub use document::Hypothesis;
pub use document::Occlusion;
pub use document::Pose;
pub use document::Rectified;
pub use document::Shape;
pub use document::Signs;
pub use document::Size;
pub use document::TRAITS;
pub use document::Traits;
pub use document::hypotheses;
pub use document_type::DocumentType;
pub use document_type::UnknownDocumentType;
pub use faces::Aligned;
pub use faces::Face;
pub use faces::FaceDetector;
pub use faces::Faces;
pub use faces::Landmarks;
pub use faces::Patch;
pub use faces::Place;
pub use faces::Portrait;
pub use faces::Portraits;
pub use faces::SeetaFace;
pub use faces::Sides;
pub use faces::Sighting;
pub use faces::Sitter;
pub use faces::Skin;
pub use faces::Tone;
pub use focus::Blur;
pub use focus::Focus;
pub use focus::FocusTile;
pub use focus::frame_sharpness;
pub use kinds::Kinds;
pub use mrz::Cell;
pub use mrz::Mrz;
pub use mrz::Network;
pub use mrz::Strip;
pub use mrz::Window;
pub use mrz::Zone;
pub use mrz::classify;
pub use mrz::read_strip;
pub use picture_hash::NoPictureHash;
pub use picture_hash::PictureHash;
pub use screen::NoPattern;
pub use surface::Glare;
pub use surface::Paper;
pub use surface::Shade;
pub use surface::Spot;
pub use surface::Text;
pub use surface::TextLine;

use std::cell::OnceCell;

use jiff::civil::Date;

use crate::geometry::Point;
use crate::photo::Photo;
use crate::pixels::Plane;
use crate::pixels::reduce;

/// Below this confidence nothing is measured on a document: what was found is more likely something else.
const LEAST_CONFIDENCE: f64 = 0.15;

/// A photo together with what is known of its content. Each part is derived when it is first asked for.
#[derive(Debug)]
pub struct Scene<'a> {
    photo: &'a Photo,
    declared: Option<DocumentType>,
    document: OnceCell<Option<Document>>,
    pose: OnceCell<Option<Pose>>,
    rectified: OnceCell<Option<Rectified>>,
    chroma: OnceCell<Option<[Plane; 2]>>,
    text: OnceCell<Option<Text>>,
    paper: OnceCell<Option<Paper>>,
    glare: OnceCell<Option<Glare>>,
    focus: OnceCell<Option<Focus>>,
    frame_blur: OnceCell<Option<Blur>>,
    screen: OnceCell<Result<f64, NoPattern>>,
    barcode: OnceCell<Option<Barcode>>,
    zone: OnceCell<Zone>,
    kinds: OnceCell<Kinds>,
    as_of: Option<Date>,
    faces: OnceCell<Faces>,
    sitter: OnceCell<Option<Sitter>>,
    portraits: OnceCell<Option<Portraits>>,
}

impl<'a> Scene<'a> {
    /// The scene in `photo`, of which nothing is declared.
    #[must_use]
    pub fn new(photo: &'a Photo) -> Self {
        Self::declared(photo, None)
    }

    /// The scene in `photo`, which is declared to show a document of that type.
    #[must_use]
    pub fn declared(photo: &'a Photo, declared: Option<DocumentType>) -> Self {
        Self {
            photo,
            declared,
            document: OnceCell::new(),
            pose: OnceCell::new(),
            rectified: OnceCell::new(),
            chroma: OnceCell::new(),
            text: OnceCell::new(),
            paper: OnceCell::new(),
            glare: OnceCell::new(),
            focus: OnceCell::new(),
            frame_blur: OnceCell::new(),
            screen: OnceCell::new(),
            barcode: OnceCell::new(),
            zone: OnceCell::new(),
            kinds: OnceCell::new(),
            as_of: None,
            faces: OnceCell::new(),
            sitter: OnceCell::new(),
            portraits: OnceCell::new(),
        }
    }

    /// The scene with `document` as what is known to lie there, instead of what a search would find.
    #[must_use]
    pub fn with_document(self, document: Document) -> Self {
        Self { document: OnceCell::from(Some(document)), ..self }
    }

    /// The scene as it is judged on that day.
    #[must_use]
    pub fn as_of(self, day: Option<Date>) -> Self {
        Self { as_of: day, ..self }
    }

    /// The day on which it is judged.
    #[must_use]
    pub fn judged_on(&self) -> Option<Date> {
        self.as_of
    }

    /// The document type that the photo is declared to show.
    #[must_use]
    pub fn declared_type(&self) -> Option<DocumentType> {
        self.declared
    }

    /// The photo itself.
    #[must_use]
    pub fn photo(&self) -> &'a Photo {
        self.photo
    }

    /// Width and height of the upright photo, pixels.
    #[must_use]
    pub fn size(&self) -> (f64, f64) {
        let (width, height) = self.photo.upright_size();
        (f64::from(width), f64::from(height))
    }

    /// The document, or `None` where it is not likely enough that there is one.
    #[must_use]
    pub fn document(&self) -> Option<&Document> {
        self.likeliest_document().filter(|document| document.confidence >= LEAST_CONFIDENCE)
    }

    /// Whether the photo is about a document: one is declared, or nothing is declared and one is seen. Of other photos the whole
    /// frame is looked at; a selfie is not searched for a document.
    #[must_use]
    pub fn is_of_document(&self) -> bool {
        self.declared.map_or_else(|| self.document().is_some(), |declared| declared != DocumentType::Selfie)
    }

    /// What looks most like a document, however unlikely; `None` where not even a quad was found.
    #[must_use]
    pub fn likeliest_document(&self) -> Option<&Document> {
        self.document.get_or_init(|| Document::locate(self.photo, self.declared)).as_ref()
    }

    /// How the document lies before the camera, and its size.
    #[must_use]
    pub fn pose(&self) -> Option<&Pose> {
        let estimate = || {
            let focal = self.photo.facts().exif.focal_length_35mm;
            Pose::estimate(&self.document()?.quad, self.photo.upright_size(), focal, self.declared)
        };
        self.pose.get_or_init(estimate).as_ref()
    }

    /// The document as if it had lain under a scanner.
    #[must_use]
    pub fn rectified(&self) -> Option<&Rectified> {
        self.rectified.get_or_init(|| Rectified::new(self.photo, self.pose()?)).as_ref()
    }

    /// Cb and Cr of the rectified document at half the density of its luma; `None` where the photo is grey.
    #[must_use]
    pub fn rectified_chroma(&self) -> Option<&[Plane; 2]> {
        self.chroma.get_or_init(|| self.rectified()?.chroma(self.photo)).as_ref()
    }

    /// The lines of print on the rectified document.
    #[must_use]
    pub fn text(&self) -> Option<&Text> {
        let barcode = || self.licence_barcode().map(|barcode| &barcode.quad);
        self.text.get_or_init(|| self.rectified().map(|rectified| Text::outside(rectified, barcode()))).as_ref()
    }

    /// How bright the blank document is, place by place.
    #[must_use]
    pub fn paper(&self) -> Option<&Paper> {
        self.paper.get_or_init(|| Paper::of(self.rectified()?)).as_ref()
    }

    /// The lamps mirrored in the document.
    #[must_use]
    pub fn glare(&self) -> Option<&Glare> {
        self.glare.get_or_init(|| Glare::find(self.rectified()?, self.rectified_chroma())).as_ref()
    }

    /// The blur of the sharp parts of the largest face, pixels of the stored photo; `None` where there is no face or no edge.
    #[must_use]
    pub fn face_blur(&self) -> Option<Blur> {
        let stored = self.photo.stored_luma();
        let corners = self.faces().largest()?.quad.map(|corner| self.photo.to_stored(corner)).0;
        let span = |along: fn(&Point) -> f64, length: usize| {
            let inside = corners.iter().map(|corner| along(corner).clamp(0.0, length as f64) as usize);
            Some(inside.clone().min()?..inside.max()?)
        };
        let (columns, rows) = (span(|corner| corner.x, stored.width())?, span(|corner| corner.y, stored.height())?);
        focus::frame_blur(&reduce(stored, columns, rows, 1))
    }

    /// How sharp the document is; `None` where there is none or the photo is too sparse.
    #[must_use]
    pub fn focus(&self) -> Option<&Focus> {
        self.focus.get_or_init(|| Focus::of(self.photo, self.rectified()?, self.pose()?.size)).as_ref()
    }

    /// The blur of the sharp parts of the whole frame, pixels of the stored photo; `None` where there are no edges. Its
    /// reciprocal is [`frame_sharpness`].
    #[must_use]
    pub fn frame_blur(&self) -> Option<&Blur> {
        self.frame_blur.get_or_init(|| focus::frame_blur(self.photo.stored_luma())).as_ref()
    }

    /// Evidence, 0–1, that the photo shows a screen: a pattern of one frequency on the document and around it.
    ///
    /// # Errors
    /// Why it cannot be told.
    pub fn screen(&self) -> Result<f64, NoPattern> {
        let document = || self.is_of_document().then(|| self.document()).flatten();
        *self.screen.get_or_init(|| screen::evidence(self.photo, document().map(|document| &document.quad)))
    }

    /// The machine-readable zone; `None` where there is none to read.
    #[must_use]
    pub fn mrz(&self) -> Option<&Mrz> {
        self.zone().mrz.as_ref()
    }

    /// What was found of a machine-readable zone: in the print on the document, and where that shows no whole one and the declared
    /// type may have one, in the whole frame; nothing in selfies.
    #[must_use]
    pub fn zone(&self) -> &Zone {
        self.zone.get_or_init(|| self.find_zone())
    }

    fn find_zone(&self) -> Zone {
        let on_document = || Some(Zone::on_document(self.photo, self.rectified()?, self.text()?));
        let found = self.is_of_document().then(on_document).flatten().unwrap_or_default();
        let may_have_one = matches!(self.declared, None | Some(DocumentType::Passport | DocumentType::IdCardBack));
        if found.is_whole() || !may_have_one { found } else { found.or(Zone::in_frame(self.photo)) }
    }

    /// The document types that what the photo shows allows.
    #[must_use]
    pub fn kinds(&self) -> Kinds {
        *self.kinds.get_or_init(|| Kinds::shown_by(self))
    }

    /// The PDF417 barcode on the document, or anywhere in the frame where the document shows none.
    #[must_use]
    pub fn barcode(&self) -> Option<&Barcode> {
        self.barcode.get_or_init(|| Barcode::find(self.photo, self.rectified())).as_ref()
    }

    /// The barcode, where the declared type may bear that of a licence.
    #[must_use]
    pub fn licence_barcode(&self) -> Option<&Barcode> {
        let may_bear_one = |kind| matches!(kind, DocumentType::DriverLicenseBack | DocumentType::IdCardBack);
        self.declared.is_none_or(may_bear_one).then(|| self.barcode()).flatten()
    }

    /// The faces in the whole photo, those printed on a document among them where they are large enough.
    #[must_use]
    pub fn faces(&self) -> &Faces {
        self.faces.get_or_init(|| Faces::of(self.photo))
    }

    /// The person with the largest face; `None` where there is no face.
    #[must_use]
    pub fn sitter(&self) -> Option<&Sitter> {
        self.sitter.get_or_init(|| Sitter::of(self.photo, *self.faces().largest()?)).as_ref()
    }

    /// The faces printed on the document; `None` where there is none.
    #[must_use]
    pub fn portraits(&self) -> Option<&Portraits> {
        self.portraits.get_or_init(|| self.rectified().map(Portraits::of)).as_ref()
    }

    /// The hash of the flat document; `None` where there is none or it is blank.
    #[must_use]
    pub fn document_hash(&self) -> Option<PictureHash> {
        self.is_of_document().then(|| PictureHash::of(&self.rectified()?.luma)).flatten()
    }

    /// The hash of the whole upright frame; `None` where it is blank.
    #[must_use]
    pub fn frame_hash(&self) -> Option<PictureHash> {
        Some(PictureHash::of(self.photo.stored_luma())?.upright(self.photo.facts().exif.orientation))
    }
}
