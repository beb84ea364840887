use crate::checks::Category;
use crate::scene::DocumentType;
use crate::scene::PictureHash;
use crate::verdict::Verdict;

/// What the second pass knows of a photo: about 200 bytes, whatever the photo's size.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct SubmittedPhoto {
    /// The submission it belongs to.
    pub submission_id: Option<Box<str>>,
    /// The path as it stands in reports.
    pub path: Box<str>,
    /// The side it is said to show.
    pub document_type: Option<DocumentType>,
    /// Its own verdict.
    pub verdict: Verdict,
    /// The categories of its own findings.
    pub categories: Box<[Category]>,
    /// BLAKE3 of the file.
    pub content: Option<[u8; 32]>,
    /// What the flat document looks like.
    pub document_hash: Option<PictureHash>,
    /// What the whole frame looks like.
    pub frame_hash: Option<PictureHash>,
}

/// Whose photo it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Owner<'a> {
    /// A submission's, by its name.
    Submission(&'a str),
    /// Nobody else's: a photo without submission, by its path.
    Nobody(&'a str),
}

impl<'a> Owner<'a> {
    /// How the owner stands in reports.
    pub(super) fn name(self) -> &'a str {
        match self {
            Self::Submission(name) | Self::Nobody(name) => name,
        }
    }
}

impl SubmittedPhoto {
    pub(super) fn owner(&self) -> Owner<'_> {
        self.submission_id.as_deref().map_or(Owner::Nobody(&self.path), Owner::Submission)
    }

    /// Whether the file could be assessed.
    pub(super) fn is_photo(&self) -> bool {
        self.verdict != Verdict::Error
    }
}
