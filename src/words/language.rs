use std::fmt;
use std::sync::OnceLock;

use super::messages::Entry;
use super::messages::Messages;
use super::page::PageWords;
use crate::checks::Category;
use crate::names::named;
use crate::scene::DocumentType;
use crate::verdict::Grade;
use crate::verdict::Prompt;
use crate::verdict::Rule;
use crate::verdict::Verdict;

named! {
    /// A language of the people who submit.
    #[derive(Default)]
    pub enum Language (UnknownLanguage: "language") {
        /// English.
        #[default]
        En = "en",
        /// Chinese in simplified characters.
        Zh = "zh",
        /// Japanese.
        Ja = "ja",
        /// Korean.
        Ko = "ko",
    }
}

impl Language {
    /// The tag of BCP 47, as HTML's `lang` wants it.
    #[must_use]
    pub const fn bcp47(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Zh => "zh-Hans",
            Self::Ja => "ja",
            Self::Ko => "ko",
        }
    }

    /// What a category is called, and what to do about it.
    #[must_use]
    pub fn category(self, category: Category) -> &'static Entry {
        self.messages().category.of(category)
    }

    /// What a submission rule that is broken is called, and what to do about it.
    #[must_use]
    pub fn rule(self, rule: Rule) -> &'static Entry {
        self.messages().rule.of(rule)
    }

    /// What a file that could not be opened is called, and what to send instead.
    #[must_use]
    pub fn error(self) -> &'static Entry {
        &self.messages().error
    }

    /// A verdict, as a label.
    #[must_use]
    pub fn verdict(self, verdict: Verdict) -> &'static str {
        self.messages().verdict.of(verdict)
    }

    /// A grade, as a label.
    #[must_use]
    pub fn grade(self, grade: Grade) -> &'static str {
        self.messages().grade.of(grade)
    }

    /// A document type as it stands inside a sentence; in English in small letters.
    #[must_use]
    pub fn document_type(self, document_type: DocumentType) -> &'static str {
        self.messages().document_type.of(document_type)
    }

    /// What a person was asked to do, as it stands in a list; in English in small letters.
    #[must_use]
    pub fn prompt(self, prompt: Prompt) -> &'static str {
        self.messages().prompt.of(prompt)
    }

    /// What the page of a report says.
    #[must_use]
    pub fn page(self) -> &'static PageWords {
        &self.messages().page
    }

    pub(super) fn messages(self) -> &'static Messages {
        static READ: [OnceLock<Messages>; Language::ALL.len()] = [const { OnceLock::new() }; Language::ALL.len()];
        READ[self as usize].get_or_init(|| toml::from_str(self.file()).expect("tests read every file of messages"))
    }

    pub(super) const fn file(self) -> &'static str {
        match self {
            Self::En => include_str!("../../messages/en.toml"),
            Self::Zh => include_str!("../../messages/zh.toml"),
            Self::Ja => include_str!("../../messages/ja.toml"),
            Self::Ko => include_str!("../../messages/ko.toml"),
        }
    }
}

impl fmt::Display for Language {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}
