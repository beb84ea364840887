//! What the machine-readable parts of documents say: the barcodes of North American licences ([`Aamva`]) and the
//! machine-readable zone as text (ICAO Doc 9303, parts 3 to 7): which formats there are, what may stand where, what the
//! check digits say, and when the document ends. No pixel is seen here.
//!
//! [`decode`] weighs all texts that a layout allows by the scores of the cells, the grammar and the check digits together, and
//! exactly. Two dangers are held apart from each other: a misread character is corrected only where one correction explains
//! the digits clearly better than any other and than a wrongly printed digit; and nothing is read where ordinary text, or a
//! pattern, explains the cells as well as a zone does.

mod aamva;
mod arbitrary;
mod decode;
mod expiry;
mod format;
mod glyphs;
mod grammar;
mod layout;
mod reading;
mod states;
mod trellis;

#[cfg(test)]
mod noise;
#[cfg(test)]
mod tests;

pub use aamva::Aamva;
pub use aamva::CardKind;
pub use decode::LEAST_EVIDENCE;
pub use decode::decode;
pub use expiry::Contradiction;
pub use expiry::Expiry;
pub use expiry::NoExpiry;
pub use expiry::agreed;
pub use expiry::is_in_reach;
pub use format::Check;
pub use format::Format;
pub use format::UnknownCheck;
pub use format::UnknownFormat;
pub use glyphs::FILLER;
pub use glyphs::GLYPHS;
pub use glyphs::Scores;
pub use glyphs::check_digit;
pub use glyphs::glyph;
pub use reading::CheckDigit;
pub use reading::Line;
pub use reading::Reading;
pub use reading::SURE;
