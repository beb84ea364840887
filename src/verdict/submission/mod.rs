//! The second pass: what follows from the photos of a submission together, and from one photo in several. Pure, and over
//! recorded values only; a photo's own verdict stays what it is.
//!
//! - A submission is rejected where a photo or a rule rejects it. It is an error where a file of it could not be assessed and
//!   nothing rejects it: nobody can say yes or no before that file was looked at. Else it goes to review where a photo or a rule
//!   asks for it; else it is accepted.
//! - Where the type of a photo is not known, it may be the side that seems to be missing, or a second try: then
//!   `missing_side` and `same_side_twice` send to review at most.
//! - Copies of a photo within one submission are no `duplicate_photo`; where they are said to show different sides, they
//!   are `same_side_twice`.

mod duplicates;
mod links;
mod near;
mod photo;
mod policy;
mod rule;
mod sides;
#[cfg(test)]
mod tests;

pub use photo::SubmittedPhoto;
pub use policy::SubmissionPolicy;
pub use rule::Consequence;
pub use rule::Rule;
pub use rule::UnknownConsequence;
pub use rule::UnknownRule;

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::Capture;
use super::Verdict;
use crate::checks::Category;
use crate::scene::DocumentType;
use photo::Owner;
use sides::Twice;

/// Other submissions at most that [`Submission::duplicates`] names: a flood of one photo must not make a report that grows
/// with its square.
pub const MOST_DUPLICATES: usize = 10;

/// Everything that follows from the photos of one submission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submission {
    /// Its name.
    pub id: String,
    /// The verdict.
    pub verdict: Verdict,
    /// Rules that it breaks, with what this does to it: review or reject.
    pub broken: Vec<(Rule, Consequence)>,
    /// What is missing.
    pub missing: Vec<DocumentType>,
    /// Its photos.
    pub photos: usize,
    /// Its photos by verdict.
    pub verdicts: BTreeMap<Verdict, usize>,
    /// Categories of its photos' own findings.
    pub categories: BTreeSet<Category>,
    /// The first [`MOST_DUPLICATES`] other submissions that have one of its photos, and paths of photos without submission.
    pub duplicates: Vec<String>,
}

/// What the second pass found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SecondPass {
    /// The submissions, by name.
    pub submissions: Vec<Submission>,
    /// Photos that stand in several submissions or, without one, several times.
    pub duplicate_photos: usize,
}

/// Judges the submissions of `photos` and of `captures`, whatever their order.
#[must_use]
pub fn judge_submissions(photos: &[SubmittedPhoto], captures: &[Capture], policy: &SubmissionPolicy) -> SecondPass {
    let mut photos: Vec<&SubmittedPhoto> = photos.iter().collect();
    photos.sort_unstable();
    let duplicates = Duplicates::find(&photos, policy);
    let mut members: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, photo) in photos.iter().enumerate() {
        if let Some(id) = &photo.submission_id {
            members.entry(id).or_default().push(at);
        }
    }
    let mut captured: BTreeMap<&str, Verdict> = BTreeMap::new();
    for capture in captures {
        if let Some(id) = &capture.submission_id {
            let worst = captured.entry(id).or_insert(capture.verdict);
            *worst = capture.verdict.max(*worst);
        }
    }
    let submissions = members.into_iter().map(|(id, members)| {
        let others = duplicates.others(id, &members);
        let own: Vec<&SubmittedPhoto> = members.into_iter().map(|at| photos[at]).collect();
        let captured = captured.get(id).copied().unwrap_or(Verdict::Accept);
        Submission::judge(id, &own, others, captured, policy)
    });
    SecondPass { submissions: submissions.collect(), duplicate_photos: duplicates.groups.iter().flatten().count() }
}

/// Which photos several submissions have.
struct Duplicates<'a> {
    /// The group of each photo; `None` where no other owner has it.
    groups: Vec<Option<usize>>,
    /// The first owners of each group: one more than are named, for one of them may be the submission itself.
    owners: Vec<Vec<&'a str>>,
}

impl<'a> Duplicates<'a> {
    fn find(photos: &[&'a SubmittedPhoto], policy: &SubmissionPolicy) -> Self {
        let mut found = Self { groups: vec![None; photos.len()], owners: Vec::new() };
        if policy.consequence(Rule::DuplicatePhoto) == Consequence::Off {
            return found;
        }
        for group in duplicates::groups(photos, policy.duplicate_bits) {
            let owners: BTreeSet<Owner> = group.iter().map(|at| photos[*at].owner()).collect();
            if owners.len() > 1 {
                for at in group {
                    found.groups[at] = Some(found.owners.len());
                }
                found.owners.push(owners.into_iter().take(MOST_DUPLICATES + 1).map(Owner::name).collect());
            }
        }
        found
    }

    /// Who else has one of the photos at `members`; `None` where nobody has.
    fn others(&self, id: &str, members: &[usize]) -> Option<Vec<String>> {
        let groups: BTreeSet<usize> = members.iter().filter_map(|at| self.groups[*at]).collect();
        let owners: BTreeSet<&str> = groups.iter().flat_map(|group| &self.owners[*group]).copied().collect();
        let others = owners.into_iter().filter(|owner| *owner != id).take(MOST_DUPLICATES);
        (!groups.is_empty()).then(|| others.map(str::to_owned).collect())
    }
}

impl Submission {
    /// Judges the submission `id` of `photos`, of which `others` have some too; the worst of its captures is `captured`.
    fn judge(
        id: &str,
        photos: &[&SubmittedPhoto],
        others: Option<Vec<String>>,
        captured: Verdict,
        policy: &SubmissionPolicy,
    ) -> Self {
        let mut submission = Self {
            id: id.to_owned(),
            verdict: Verdict::Accept,
            broken: Vec::new(),
            missing: Vec::new(),
            photos: photos.len(),
            verdicts: BTreeMap::new(),
            categories: photos.iter().flat_map(|photo| &photo.categories).copied().collect(),
            duplicates: Vec::new(),
        };
        for photo in photos {
            *submission.verdicts.entry(photo.verdict).or_default() += 1;
        }
        submission.look_for_missing(photos, policy);
        if let Some(twice) = sides::same_side_twice(photos, policy.same_side_bits) {
            submission.break_rule(Rule::SameSideTwice, twice == Twice::Surely, policy);
        }
        if let Some(others) = others {
            submission.break_rule(Rule::DuplicatePhoto, true, policy);
            submission.duplicates = others;
        }
        if captured != Verdict::Accept {
            submission.break_rule(Rule::PromptedAction, captured == Verdict::Reject, policy);
        }
        submission.verdict = submission.conclusion();
        submission
    }

    /// How many of its photos have this verdict.
    #[must_use]
    pub fn of(&self, verdict: Verdict) -> usize {
        self.verdicts.get(&verdict).copied().unwrap_or_default()
    }

    fn look_for_missing(&mut self, photos: &[&SubmittedPhoto], policy: &SubmissionPolicy) {
        let is_sure = photos.iter().all(|photo| photo.document_type.is_some());
        let has_selfie = photos.iter().any(|photo| photo.document_type == Some(DocumentType::Selfie));
        let selfie = if has_selfie { Vec::new() } else { vec![DocumentType::Selfie] };
        for (rule, missing) in [(Rule::MissingSide, sides::missing(photos)), (Rule::MissingSelfie, selfie)] {
            if !missing.is_empty() && self.break_rule(rule, is_sure, policy) {
                self.missing.extend(missing);
            }
        }
    }

    /// Notes that `rule` is broken, and says whether it is looked at; what is not sure is for a person to look at.
    fn break_rule(&mut self, rule: Rule, is_sure: bool, policy: &SubmissionPolicy) -> bool {
        let consequence = match policy.consequence(rule) {
            Consequence::Reject if !is_sure => Consequence::Review,
            consequence => consequence,
        };
        if consequence != Consequence::Off {
            self.broken.push((rule, consequence));
        }
        consequence != Consequence::Off
    }

    fn conclusion(&self) -> Verdict {
        let rule = |wanted| self.broken.iter().any(|(_, consequence)| *consequence == wanted);
        let photo = |wanted| self.of(wanted) > 0;
        if rule(Consequence::Reject) || photo(Verdict::Reject) {
            Verdict::Reject
        } else if photo(Verdict::Error) {
            Verdict::Error
        } else if rule(Consequence::Review) || photo(Verdict::Review) {
            Verdict::Review
        } else {
            Verdict::Accept
        }
    }
}
