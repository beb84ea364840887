use std::collections::BTreeMap;
use std::collections::BTreeSet;

use crate::checks::Category;
use crate::record::Row;
use crate::scene::DocumentType;
use crate::verdict::Consequence;
use crate::verdict::Prompt;
use crate::verdict::Rule;
use crate::verdict::Submission;
use crate::verdict::Verdict;

/// What a letter tells, whatever its language.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Contents {
    /// Photos to be taken and sent, again or at all.
    pub send: BTreeSet<Subject>,
    /// What was wrong, each once, with what it is about; nothing where it is about all.
    pub problems: BTreeMap<Problem, BTreeSet<Subject>>,
    /// Photos that a person looks at.
    pub looked_at: BTreeSet<Subject>,
    /// Photos that are fine.
    pub fine: BTreeSet<Subject>,
    /// Whether something is to be sent or done.
    pub asks: bool,
    /// Whether a person looks at a photo, or at the submission as a whole.
    pub awaits_review: bool,
}

/// Something to do better, in the order of the letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Problem {
    /// The file could not be opened.
    File,
    Category(Category),
    Rule(Rule),
}

/// What a problem is about, as the applicant knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Subject {
    Shows(DocumentType),
    Action(Prompt),
    /// A photo of which no type is known.
    Unknown,
}

impl Contents {
    pub(super) fn of(rows: &[&Row], submission: Option<&Submission>) -> Self {
        let mut contents = Self::default();
        for row in rows {
            contents.add(row);
        }
        if let Some(submission) = submission {
            contents.add_rules(rows, submission);
        }
        if rows.iter().all(|row| row.document_type().is_none()) {
            contents.forget_the_unknown();
        }
        contents.looked_at.retain(|photo| !contents.send.contains(photo));
        contents.fine.retain(|photo| !contents.send.contains(photo) && !contents.looked_at.contains(photo));
        contents
    }

    fn add(&mut self, row: &Row) {
        let photo = row.document_type().map_or(Subject::Unknown, Subject::Shows);
        let problems: Vec<Problem> = match row.verdict {
            Verdict::Accept => {
                self.fine.insert(photo);
                return;
            }
            Verdict::Review => {
                self.looked_at.insert(photo);
                self.awaits_review = true;
                return;
            }
            Verdict::Reject => row.categories.iter().copied().map(Problem::Category).collect(),
            Verdict::Error => vec![Problem::File],
        };
        self.asks = true;
        self.send.insert(photo);
        for problem in problems {
            self.problems.entry(problem).or_default().insert(photo);
        }
    }

    fn add_rules(&mut self, rows: &[&Row], submission: &Submission) {
        self.awaits_review |= !submission.broken.is_empty();
        for (rule, consequence) in &submission.broken {
            self.leave_open(*rule);
            if *consequence == Consequence::Reject {
                self.asks = true;
                let subjects = subjects(*rule, rows, submission);
                self.send.extend(subjects.iter().filter(|subject| matches!(subject, Subject::Shows(_))));
                self.problems.insert(Problem::Rule(*rule), subjects);
            }
        }
    }

    /// Names no photo of unknown type where there is no other from which to tell it.
    fn forget_the_unknown(&mut self) {
        for photos in self.problems.values_mut().chain([&mut self.send, &mut self.looked_at, &mut self.fine]) {
            photos.remove(&Subject::Unknown);
        }
    }

    /// Promises nothing of the photos that may be the ones that break `rule`: which they are is not recorded.
    fn leave_open(&mut self, rule: Rule) {
        match rule {
            Rule::MissingSide | Rule::MissingSelfie => {}
            Rule::SameSideTwice | Rule::DuplicatePhoto => {
                self.fine.clear();
                self.looked_at.clear();
            }
            Rule::PromptedAction => {
                let frame = Subject::Shows(DocumentType::Selfie);
                self.fine.remove(&frame);
                self.looked_at.remove(&frame);
            }
        }
    }
}

/// The sides that are missing, or the actions that were asked for.
fn subjects(rule: Rule, rows: &[&Row], submission: &Submission) -> BTreeSet<Subject> {
    let missing = |is_selfie: bool| {
        let missing = submission.missing.iter().filter(move |kind| (**kind == DocumentType::Selfie) == is_selfie);
        missing.copied().map(Subject::Shows).collect()
    };
    match rule {
        Rule::MissingSide => missing(false),
        Rule::MissingSelfie => missing(true),
        Rule::SameSideTwice | Rule::DuplicatePhoto => BTreeSet::new(),
        Rule::PromptedAction => {
            let prompts = rows.iter().filter_map(|row| row.source.prompt);
            prompts.filter(|prompt| *prompt != Prompt::Neutral).map(Subject::Action).collect()
        }
    }
}
