//! The table `[submission]`.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::ConfigIssue;
use crate::verdict::Consequence;
use crate::verdict::Rule;
use crate::verdict::SubmissionPolicy;

/// What makes a submission fail beyond what makes its photos fail.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct SubmissionTable {
    #[schemars(with = "Option<String>")]
    missing_side: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    missing_selfie: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    same_side_twice: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    duplicate_photo: Option<Spanned<String>>,
    #[schemars(with = "Option<String>")]
    prompted_action: Option<Spanned<String>>,
    /// Flat documents whose hashes differ in at most so many of 256 bits show the same side, 0–128.
    #[schemars(with = "Option<u32>")]
    same_side_bits: Option<Spanned<u32>>,
    /// Frames whose hashes differ in at most so many of 256 bits are one photo, 0–23.
    #[schemars(with = "Option<u32>")]
    duplicate_bits: Option<Spanned<u32>>,
}

impl SubmissionTable {
    pub(super) fn apply(&self, policy: &mut SubmissionPolicy) -> Result<(), ConfigIssue> {
        for rule in Rule::ALL {
            if let Some(name) = self.of(rule) {
                policy.set(rule, consequence(name)?);
            }
        }
        if let Some(bits) = &self.same_side_bits {
            policy.same_side_bits = at_most(SubmissionPolicy::MOST_SAME_SIDE_BITS, "same_side_bits", bits)?;
        }
        if let Some(bits) = &self.duplicate_bits {
            policy.duplicate_bits = at_most(SubmissionPolicy::MOST_DUPLICATE_BITS, "duplicate_bits", bits)?;
        }
        Ok(())
    }

    fn of(&self, rule: Rule) -> Option<&Spanned<String>> {
        match rule {
            Rule::MissingSide => &self.missing_side,
            Rule::MissingSelfie => &self.missing_selfie,
            Rule::SameSideTwice => &self.same_side_twice,
            Rule::DuplicatePhoto => &self.duplicate_photo,
            Rule::PromptedAction => &self.prompted_action,
        }
        .as_ref()
    }
}

fn consequence(name: &Spanned<String>) -> Result<Consequence, ConfigIssue> {
    let known = Consequence::ALL.iter().map(|consequence| consequence.id());
    let unknown = |_| ConfigIssue::unknown(name.span(), "consequence", name.get_ref(), known);
    name.get_ref().parse().map_err(unknown)
}

fn at_most(most: u32, key: &str, bits: &Spanned<u32>) -> Result<u32, ConfigIssue> {
    if *bits.get_ref() <= most {
        return Ok(*bits.get_ref());
    }
    let message = format!("`submission.{key}` = {} is more than {most} bits", bits.get_ref());
    Err(ConfigIssue::new(bits.span(), message).with_help(format!("it is a number from 0 to {most}")))
}
