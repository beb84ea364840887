//! What a photo shows. What several checks need is derived here once and shared.

mod document_type;

pub use document_type::DocumentType;
pub use document_type::UnknownDocumentType;

use crate::photo::Photo;

/// A photo together with what is known of its content.
#[derive(Debug)]
pub struct Scene<'a> {
    photo: &'a Photo,
}

impl<'a> Scene<'a> {
    /// The scene in `photo`.
    #[must_use]
    pub fn new(photo: &'a Photo) -> Self {
        Self { photo }
    }

    /// The photo itself.
    #[must_use]
    pub fn photo(&self) -> &'a Photo {
        self.photo
    }
}
