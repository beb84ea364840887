//! What a photo shows. What several checks need is derived here once and shared.

mod document;
mod document_type;

pub use document::Border;
pub use document::Colours;
pub use document::Contrast;
pub use document::Document;
pub use document::Hypothesis;
pub use document::Occlusion;
pub use document::Pose;
pub use document::Rectified;
pub use document::Signs;
pub use document::Size;
pub use document::TRAITS;
pub use document::Traits;
pub use document::hypotheses;
pub use document_type::DocumentType;
pub use document_type::UnknownDocumentType;

use std::cell::OnceCell;

use crate::photo::Photo;

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
        Self { photo, declared, document: OnceCell::new(), pose: OnceCell::new(), rectified: OnceCell::new() }
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
}
