//! From numbers to grades, findings and the verdict on one photo, and from photos to the verdict on a submission. Pure: it opens no
//! file and sees no pixel.
//!
//! - A number outside its band is a finding: a `review` or a `reject`, with the category of the side it lies on.
//! - The verdict is `reject` where a finding is graded `reject` and its category is one of the policy's `reject_on`; else
//!   `review` where there is any finding, or where a required check was not assessed; else `accept`.
//! - Categories stand with the rejecting ones first, each group in the order of [`Category`]; the first is the primary one.

mod capture;
mod grade;
mod policy;
mod submission;

pub use capture::Capture;
pub use capture::CapturePolicy;
pub use capture::CapturedFrame;
pub use capture::Prompt;
pub use capture::UnknownPrompt;
pub use capture::judge_captures;
pub use grade::Grade;
pub use grade::UnknownGrade;
pub use grade::UnknownVerdict;
pub use grade::Verdict;
pub use policy::Policy;
pub use submission::Consequence;
pub use submission::MOST_DUPLICATES;
pub use submission::Rule;
pub use submission::SecondPass;
pub use submission::Submission;
pub use submission::SubmissionPolicy;
pub use submission::SubmittedPhoto;
pub use submission::UnknownConsequence;
pub use submission::UnknownRule;
pub use submission::judge_submissions;

use crate::checks::Band;
use crate::checks::Category;
use crate::checks::Check;
use crate::checks::Fault;
use crate::checks::Placement;
use crate::checks::REGISTRY;
use crate::checks::Unmeasured;
use crate::scene::DocumentType;

/// What a check gave: a finite number, or the reason why there is none.
pub type Outcome = Result<f64, Unmeasured>;

/// A check whose number lies outside its band.
#[derive(Clone, Copy, Debug)]
pub struct Finding {
    /// The check.
    pub check: &'static Check,
    /// Its number.
    pub number: f64,
    /// The band in force.
    pub band: Band,
    /// `Review` or `Reject`.
    pub grade: Grade,
    /// What the number means on this side.
    pub fault: &'static Fault,
}

/// Everything that follows from the numbers of one photo under one policy.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// One grade a check of [`REGISTRY`]; `None` where the check does not apply to the document type.
    pub grades: Vec<Option<Grade>>,
    /// The findings, in the order of [`REGISTRY`].
    pub findings: Vec<Finding>,
    /// The verdict.
    pub verdict: Verdict,
    /// Categories of the findings, each once, the primary one first.
    pub categories: Vec<Category>,
}

/// Judges `outcomes`, one a check of [`REGISTRY`], `None` where the check does not apply.
#[must_use]
pub fn judge(outcomes: &[Option<Outcome>], document_type: Option<DocumentType>, policy: &Policy) -> Judgement {
    let mut grades = Vec::with_capacity(REGISTRY.len());
    let mut findings = Vec::new();
    for (index, (check, outcome)) in REGISTRY.iter().zip(outcomes).enumerate() {
        let band = policy.band(index, document_type);
        grades.push(outcome.map(|outcome| match outcome {
            Ok(number) => grade(check, number, band, &mut findings),
            Err(_) => Grade::NotAssessed,
        }));
    }
    let lacking = policy.required(document_type).any(|index| grades[index] == Some(Grade::NotAssessed));
    let rejects = |finding: &Finding| finding.grade == Grade::Reject && policy.rejects_on(finding.fault.category);
    let verdict = if findings.iter().any(rejects) {
        Verdict::Reject
    } else if lacking || !findings.is_empty() {
        Verdict::Review
    } else {
        Verdict::Accept
    };
    Judgement { grades, verdict, categories: categories(&findings, rejects), findings }
}

fn grade(check: &'static Check, number: f64, band: Band, findings: &mut Vec<Finding>) -> Grade {
    let (grade, side) = match band.place(number) {
        Placement::Inside => return Grade::Pass,
        Placement::Review(side) => (Grade::Review, side),
        Placement::Reject(side) => (Grade::Reject, side),
    };
    if let Some(fault) = check.faults.on(side) {
        findings.push(Finding { check, number, band, grade, fault });
    }
    grade
}

fn categories(findings: &[Finding], rejects: impl Fn(&Finding) -> bool) -> Vec<Category> {
    let mut ranked: Vec<_> = findings.iter().map(|finding| (!rejects(finding), finding.fault.category)).collect();
    ranked.sort_unstable();
    let mut categories: Vec<Category> = Vec::new();
    for (_, category) in ranked {
        if !categories.contains(&category) {
            categories.push(category);
        }
    }
    categories
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks;

    fn outcomes(numbers: &[(&str, Outcome)]) -> Vec<Option<Outcome>> {
        let mut outcomes = vec![Some(Ok(f64::NAN)); REGISTRY.len()];
        for (index, check) in REGISTRY.iter().enumerate() {
            let named = numbers.iter().find(|(id, _)| *id == check.id);
            outcomes[index] = named.map(|(_, outcome)| *outcome);
        }
        outcomes
    }

    fn verdict_of(numbers: &[(&str, Outcome)], policy: &Policy) -> Verdict {
        judge(&outcomes(numbers), Some(DocumentType::Passport), policy).verdict
    }

    #[test]
    fn numbers_inside_their_bands_are_accepted() {
        let judgement = judge(&outcomes(&[("resolution", Ok(3000.0))]), None, &Policy::default());
        assert_eq!(judgement.verdict, Verdict::Accept);
        assert!(judgement.findings.is_empty() && judgement.categories.is_empty());
    }

    #[test]
    fn a_rejected_number_rejects_only_where_its_category_may() {
        let mut policy = Policy::default();
        assert_eq!(verdict_of(&[("resolution", Ok(10.0))], &policy), Verdict::Reject);
        policy.reject_on.clear();
        assert_eq!(verdict_of(&[("resolution", Ok(10.0))], &policy), Verdict::Review);
    }

    #[test]
    fn a_required_check_without_a_number_is_at_best_a_review() {
        let mut policy = Policy::default();
        let (index, _) = checks::find("resolution").unwrap();
        policy.require(Some(DocumentType::Passport), [index]);
        assert_eq!(verdict_of(&[("resolution", Err(Unmeasured::NotFinite))], &policy), Verdict::Review);
        policy.require(Some(DocumentType::Passport), []);
        assert_eq!(verdict_of(&[("resolution", Err(Unmeasured::NotFinite))], &policy), Verdict::Accept);
    }

    #[test]
    fn the_primary_category_is_the_first_of_those_that_reject() {
        let numbers = outcomes(&[("file_integrity", Ok(0.5)), ("resolution", Ok(10.0))]);
        let mut policy = Policy::default();
        let both = judge(&numbers, None, &policy).categories;
        assert_eq!(both, [Category::DamagedFile, Category::LowResolution]);
        policy.reject_on.remove(&Category::DamagedFile);
        let one = judge(&numbers, None, &policy).categories;
        assert_eq!(one, [Category::LowResolution, Category::DamagedFile]);
    }
}
