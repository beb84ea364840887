use std::fmt;

use super::Format;

/// Why a file is no photo that can be measured. Reads as a fragment after "failed to decode: ".
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PhotoError {
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// The content is of no known format.
    #[error("the content is no JPEG, PNG, WebP, TIFF, BMP, GIF, HEIF or AVIF")]
    NotAPhoto,
    /// A known format that this build cannot read.
    #[error("{} needs a build with `--features heif`", .0.name())]
    Unsupported(Format),
    /// A known format in a variant that no build reads.
    #[error("{} with {variant} is not supported", format.name())]
    UnsupportedVariant {
        /// The format.
        format: Format,
        /// What is special about the file, in words.
        variant: String,
    },
    /// Over one of the limits.
    #[error("{what} is {actual}, over `limits.{key}` = {limit}")]
    TooLarge {
        /// What is too large, in words.
        what: &'static str,
        /// The value in the file's header.
        actual: u64,
        /// The key of the limit in the configuration.
        key: &'static str,
        /// The limit.
        limit: u64,
    },
    /// The file breaks off or contradicts itself before there is anything to measure.
    #[error("the {} data is damaged: {reason}", format.name())]
    Damaged {
        /// The format.
        format: Format,
        /// What the decoder says.
        reason: String,
    },
}

impl PhotoError {
    pub(super) fn damaged(format: Format, reason: impl fmt::Display) -> Self {
        Self::Damaged { format, reason: reason.to_string() }
    }
}
