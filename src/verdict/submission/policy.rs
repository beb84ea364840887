use super::Consequence;
use super::Rule;
use super::near::FARTHEST;
use crate::scene::PictureHash;

/// What makes a submission fail beyond what makes its photos fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubmissionPolicy {
    consequences: [Consequence; Rule::ALL.len()],
    /// Hashes of two flat documents that differ in at most so many bits show the same side, 0–128.
    pub same_side_bits: u32,
    /// Hashes of two frames that differ in at most so many bits are one photo, 0–23.
    pub duplicate_bits: u32,
}

impl SubmissionPolicy {
    /// The most bits that [`SubmissionPolicy::same_side_bits`] may be: those in which two pictures differ that have
    /// nothing in common.
    pub const MOST_SAME_SIDE_BITS: u32 = PictureHash::BITS / 2;
    /// The most bits that [`SubmissionPolicy::duplicate_bits`] may be: so far all pairs are found without comparing each
    /// photo with each.
    pub const MOST_DUPLICATE_BITS: u32 = FARTHEST;

    /// What breaking `rule` does.
    #[must_use]
    pub fn consequence(&self, rule: Rule) -> Consequence {
        self.consequences[rule as usize]
    }

    /// Sets what breaking `rule` does.
    pub fn set(&mut self, rule: Rule, consequence: Consequence) {
        self.consequences[rule as usize] = consequence;
    }
}

impl Default for SubmissionPolicy {
    /// The limits are measured: docs/accuracy.md.
    fn default() -> Self {
        Self { consequences: Rule::ALL.map(Rule::default_consequence), same_side_bits: 60, duplicate_bits: 12 }
    }
}
