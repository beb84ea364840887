//! The shape of a file of messages: one struct a table.

use serde::Deserialize;

use super::page::PageWords;
use super::texts::Texts;
use crate::checks::Category;
use crate::scene::DocumentType;
use crate::verdict::Grade;
use crate::verdict::Prompt;
use crate::verdict::Rule;
use crate::verdict::Verdict;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Messages {
    pub verdict: Texts<Verdict, String>,
    pub grade: Texts<Grade, String>,
    pub document_type: Texts<DocumentType, String>,
    pub prompt: Texts<Prompt, String>,
    pub category: Texts<Category, Entry>,
    pub rule: Texts<Rule, Entry>,
    pub error: Entry,
    pub letter: Phrases,
    pub page: PageWords,
}

/// A fault in words.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What it is called: a label without a full stop.
    pub name: String,
    /// What the person with the camera should do: one or two sentences.
    pub advice: String,
}

/// The table `[letter]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Phrases {
    pub greeting: String,
    /// Where nothing is to be done.
    pub accepted: String,
    /// Where a person looks at it first.
    pub in_review: String,
    /// Where something is to be sent.
    pub not_yet: String,
    /// With `{photos}`.
    pub please_send: String,
    /// The line above the problems.
    pub problems: String,
    /// One problem: `{name}`, `{advice}`.
    pub problem: String,
    /// One problem: `{name}`, the photos or actions that it is `{of}`, `{advice}`.
    pub problem_of: String,
    /// With `{photos}`.
    pub looked_at: String,
    /// With `{photos}`.
    pub fine: String,
    /// A photo of which no type is known.
    pub other_photo: String,
    /// What is said instead of the name of `duplicate_photo`.
    pub new_photo: String,
    /// Between the items of a list.
    pub separator: String,
    /// The last line where something is to be sent.
    pub send_closing: String,
    /// The last line elsewhere.
    pub closing: String,
}
