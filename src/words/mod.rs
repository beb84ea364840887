//! What is said to the person who submits, in their language: names, one advice a category, letters.
//!
//! The texts stand in `messages/<language>.toml`, are compiled in and read once. Numbers, units and ids of checks are no words of a language and
//! stand nowhere here.
//!
//! ```
//! use kyclint::checks::Category;
//! use kyclint::words::Language;
//!
//! assert_eq!(Language::Zh.category(Category::Glare).name, "反光");
//! ```

mod fill;
mod language;
mod letter;
mod messages;
mod page;
#[cfg(test)]
mod tests;
mod texts;

pub use fill::fill;
pub use language::Language;
pub use language::UnknownLanguage;
pub use letter::LetterError;
pub use letter::letter;
pub use letter::letter_for;
pub use letter::letter_for_photo;
pub use messages::Entry;
pub use page::PageWords;
