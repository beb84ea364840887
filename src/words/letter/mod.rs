//! The message to one applicant: what is wrong with which photo, how to do it better, what need not be sent again.
//!
//! - What is to be sent anew is named by its document type, never by its file; nothing that was measured or read stands in it.
//! - A photo that waits for a person is not complained about: where nothing is rejected, the letter says that somebody looks at
//!   it and asks for nothing. Rules that only send to review are not told either.
//! - That a photo stands in another submission too is never told: where this rejects, a new photo is asked for.

mod contents;
mod find;

pub use find::LetterError;
pub use find::letter_for;
pub use find::letter_for_photo;

use std::collections::BTreeSet;

use self::contents::Contents;
use self::contents::Problem;
use self::contents::Subject;
use super::Entry;
use super::Language;
use super::fill;
use super::messages::Phrases;
use crate::record::Row;
use crate::verdict::Rule;
use crate::verdict::Submission;

/// The plain-text letter about `rows`: the judged photos of `submission`, or single photos without one.
///
/// Each fault and its advice stands there once, with the photos it is about. Without rows there is nothing to be done.
#[must_use]
pub fn letter(rows: &[&Row], submission: Option<&Submission>, language: Language) -> String {
    let contents = Contents::of(rows, submission);
    let paragraphs = Writer { language, phrases: &language.messages().letter }.paragraphs(&contents);
    paragraphs.join("\n\n") + "\n"
}

struct Writer {
    language: Language,
    phrases: &'static Phrases,
}

impl Writer {
    fn paragraphs(&self, contents: &Contents) -> Vec<String> {
        let phrases = self.phrases;
        let (news, closing) = if contents.asks {
            (&phrases.not_yet, &phrases.send_closing)
        } else if contents.awaits_review {
            (&phrases.in_review, &phrases.closing)
        } else {
            (&phrases.accepted, &phrases.closing)
        };
        let mut paragraphs = vec![phrases.greeting.clone(), news.clone()];
        if contents.asks {
            paragraphs.extend(self.naming(&phrases.please_send, &contents.send));
            paragraphs.extend(self.problems(contents));
            paragraphs.extend(self.naming(&phrases.looked_at, &contents.looked_at));
            paragraphs.extend(self.naming(&phrases.fine, &contents.fine));
        }
        paragraphs.push(closing.clone());
        paragraphs
    }

    /// The phrase with `photos` in it; none where there are no photos.
    fn naming(&self, phrase: &str, photos: &BTreeSet<Subject>) -> Option<String> {
        (!photos.is_empty()).then(|| fill(phrase, &[("photos", &self.list(photos))]))
    }

    fn problems(&self, contents: &Contents) -> Option<String> {
        let lines = contents.problems.iter().map(|(problem, subjects)| self.problem(*problem, subjects));
        let heading = std::iter::once(self.phrases.problems.clone());
        (!contents.problems.is_empty()).then(|| heading.chain(lines).collect::<Vec<_>>().join("\n"))
    }

    fn problem(&self, problem: Problem, subjects: &BTreeSet<Subject>) -> String {
        let phrase = if subjects.is_empty() { &self.phrases.problem } else { &self.phrases.problem_of };
        let (name, advice) = self.words(problem);
        fill(phrase, &[("name", name), ("of", &self.list(subjects)), ("advice", advice)])
    }

    fn words(&self, problem: Problem) -> (&'static str, &'static str) {
        let Entry { name, advice } = match problem {
            Problem::File => self.language.error(),
            Problem::Category(category) => self.language.category(category),
            Problem::Rule(rule) => self.language.rule(rule),
        };
        // The name of this rule would be an accusation.
        let name = if problem == Problem::Rule(Rule::DuplicatePhoto) { &self.phrases.new_photo } else { name };
        (name, advice)
    }

    fn list(&self, subjects: &BTreeSet<Subject>) -> String {
        let name = |subject: &Subject| match *subject {
            Subject::Shows(document_type) => self.language.document_type(document_type),
            Subject::Action(prompt) => self.language.prompt(prompt),
            Subject::Unknown => &self.phrases.other_photo,
        };
        subjects.iter().map(name).collect::<Vec<_>>().join(&self.phrases.separator)
    }
}
