//! From TOML to [`Settings`]. Whatever is not understood is an error with file, line, caret and the known alternatives.
//!
//! Bands are inherited limit by limit: what `[<document type>.<check>]` does not set stands in `[default.<check>]`, and what this
//! does not set, in the registry. Of several files the later ones win, table by table: a later `[default.<check>]` leaves
//! an earlier `[passport.<check>]` as it is.

mod budget;
mod capture;
mod error;
mod file;
mod render;
mod schema;
mod submission;

pub use error::ConfigError;
pub use render::render;
pub use render::render_judging;
pub use schema::schema;

use error::ConfigIssue;

use jiff::civil::Date;

use crate::budget::Budget;
use crate::budget::Condition;
use crate::photo::Limits;
use crate::verdict::Policy;

/// The shipped preset that lets fewer photos pass.
pub const STRICT: &str = include_str!("../../configs/strict.toml");
/// The shipped preset that lets more photos pass.
pub const LENIENT: &str = include_str!("../../configs/lenient.toml");

/// Everything that can be configured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings {
    /// What makes a photo fail.
    pub policy: Policy,
    /// What a photo may claim before anything is allocated for it.
    pub limits: Limits,
    /// What a run is held to. It changes no judgement and is no part of the hash.
    pub budget: Budget,
    /// The day on which documents must be valid; without one no expiry is measured. No part of the configuration and its hash:
    /// the program sets it.
    pub as_of: Option<Date>,
}

impl Settings {
    /// Lays the TOML in `text`, called `name` in errors, over these settings.
    ///
    /// # Errors
    /// The first thing in the file that is not understood; the settings are then unchanged.
    pub fn overlay(&mut self, name: &str, text: &str) -> Result<(), ConfigError> {
        let located = |issue: ConfigIssue| ConfigError::new(name, text, issue);
        let file = file::parse(text).map_err(located)?;
        let settings = file.over(self, text).map_err(located)?;
        *self = settings;
        Ok(())
    }

    /// Adds the conditions in `text`, called `name` in errors, to the budget.
    ///
    /// # Errors
    /// The first thing that is not understood; the settings are then unchanged.
    pub fn add_budget(&mut self, name: &str, text: &str) -> Result<(), ConfigError> {
        let conditions = Condition::parse_all(text);
        let conditions = conditions.map_err(|error| ConfigError::new(name, text, budget::issue(&error, 0)))?;
        self.budget.conditions.extend(conditions);
        Ok(())
    }

    /// BLAKE3 of what judges, 64 hexadecimal digits: equal hashes judge alike.
    #[must_use]
    pub fn hash(&self) -> String {
        blake3::hash(render_judging(self).as_bytes()).to_hex().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks;
    use crate::checks::Band;
    use crate::scene::DocumentType;
    use crate::verdict::Consequence;
    use crate::verdict::Rule;

    fn band(settings: &Settings, id: &str, kind: Option<DocumentType>) -> Band {
        settings.policy.band(checks::find(id).unwrap().0, kind)
    }

    fn overlaid(text: &str) -> Settings {
        let mut settings = Settings::default();
        settings.overlay("own.toml", text).unwrap();
        settings
    }

    /// The error as one line: where, what, and what would be right.
    fn refused(text: &str) -> String {
        let mut settings = Settings::default();
        let error = settings.overlay("own.toml", text).unwrap_err();
        assert_eq!(settings, Settings::default(), "a refused file changes nothing");
        error.to_string()
    }

    #[test]
    fn a_type_inherits_what_it_does_not_set() {
        let text =
            "[default.resolution]\nreview_below = 900\nreject_below = 500\n[passport.resolution]\nreject_below = 700.5";
        let settings = overlaid(text);
        assert_eq!(band(&settings, "resolution", None), Band::at_least(900.0, 500.0));
        assert_eq!(band(&settings, "resolution", Some(DocumentType::Selfie)), Band::at_least(900.0, 500.0));
        assert_eq!(band(&settings, "resolution", Some(DocumentType::Passport)), Band::at_least(900.0, 700.5));
    }

    #[test]
    fn a_later_file_lies_over_an_earlier_one() {
        let mut settings = overlaid("[default.resolution]\nreview_below = 900");
        settings.overlay("second.toml", "[default.resolution]\nreject_below = 100").unwrap();
        assert_eq!(band(&settings, "resolution", None), Band::at_least(900.0, 100.0));
    }

    #[test]
    fn a_later_default_leaves_an_earlier_type_as_it_is() {
        let mut settings = overlaid("[passport.resolution]\nreject_below = 400");
        settings.overlay("second.toml", "[default.resolution]\nreject_below = 100").unwrap();
        assert_eq!(band(&settings, "resolution", Some(DocumentType::Passport)).reject_below, Some(400.0));
        assert_eq!(band(&settings, "resolution", Some(DocumentType::Selfie)).reject_below, Some(100.0));
    }

    #[test]
    fn a_default_that_crosses_the_limits_of_a_type_is_an_error() {
        let error = refused("[default.resolution]\nreject_below = 470\n[selfie.resolution]\nreview_below = 450");
        assert!(
            error.starts_with("own.toml:1:1: `selfie.resolution`: reject_below = 470 must not be above"),
            "{error}"
        );
    }

    #[test]
    fn an_empty_file_changes_nothing() {
        assert_eq!(overlaid(""), Settings::default());
    }

    #[test]
    fn every_rule_of_submissions_has_its_key() {
        for rule in Rule::ALL {
            for consequence in Consequence::ALL {
                let settings = overlaid(&format!("[submission]\n{rule} = \"{}\"", consequence.id()));
                assert_eq!(settings.policy.submission.consequence(rule), consequence);
            }
        }
    }

    #[test]
    fn rendered_settings_read_back() {
        let text = "[limits]\nmax_side = 9000\n[submission]\nduplicate_photo = \"off\"\nsame_side_bits = 9\n[verdict]\nreject_on = [\"damaged_file\"]\n[verdict.required]\nselfie = []\n\
                    [budget]\nlimits = [\"error <= 0; glare <= +2pp vs baseline\"]\nfail_on = \"reject\"\n[selfie.resolution]\nreview_below = 1000";
        let settings = overlaid(text);
        assert_eq!(overlaid(&render(&settings)), settings);
    }

    #[test]
    fn the_hash_follows_the_bands_not_the_file() {
        let base = Settings::default();
        assert_eq!(overlaid(&render(&base)).hash(), base.hash());
        assert_ne!(overlaid("[default.resolution]\nreview_below = 900").hash(), base.hash());
    }

    #[test]
    fn a_budget_changes_no_hash_and_later_limits_replace_earlier_ones() {
        let mut settings = overlaid("[budget]\nlimits = [\"error <= 0\"]\nfail_on = \"reject\"");
        assert_eq!(settings.hash(), Settings::default().hash());
        settings.overlay("second.toml", "[budget]\nlimits = [\"photos >= 10\"]\nfail_on = \"off\"").unwrap();
        settings.add_budget("--budget", "reject_rate <= 12%").unwrap();
        let texts: Vec<_> = settings.budget.conditions.iter().map(ToString::to_string).collect();
        assert_eq!((texts.join("; ").as_str(), settings.budget.fail_on), ("photos >= 10; reject_rate <= 12%", None));
        let error = settings.add_budget("--budget", "error<=0;\nglar<=1%").unwrap_err().to_string();
        assert!(error.starts_with("--budget:2:1: unknown quantity `glar`; did you mean `glare`? "), "{error}");
    }

    #[test]
    fn the_presets_read() {
        assert_ne!(overlaid(STRICT), Settings::default());
        assert_ne!(overlaid(LENIENT), Settings::default());
    }

    #[test]
    fn every_mistake_names_its_place_and_the_alternatives() {
        let starts = [
            (
                "[pasport.resolution]",
                "own.toml:1:2: unknown field `pasport`; expected one of `limits`, `verdict`, `submission`, `capture`, `budget`, `default`",
            ),
            (
                "\n[default.resolutoin]",
                "own.toml:2:10: unknown check `resolutoin`; did you mean `resolution`? known are ",
            ),
            (
                "[default.resolution]\nreview_bellow = 1",
                "own.toml:2:1: unknown field `review_bellow`; expected one of `reject_below`",
            ),
            ("[default.resolution]\nreview_below = \"1\"", "own.toml:2:16: invalid type: string \"1\""),
            (
                "[default.resolution]\nreview_above = 1",
                "own.toml:1:1: `resolution` has no `review_above`: a large number is no fault; its limits are reject_below, review_below",
            ),
            (
                "[default.resolution]\nreject_below = 9999",
                "own.toml:1:1: `default.resolution`: reject_below = 9999 must not be above review_below = ",
            ),
            (
                "[default.resolution]\nreject_below = nan",
                "own.toml:1:1: `default.resolution`: reject_below = NaN is not a finite number",
            ),
            ("[verdict]\nreject_on = [\"damaged\"]", "own.toml:2:14: unknown category `damaged`; "),
            ("[verdict.required]\nselfie = [\"sharp\"]", "own.toml:2:11: unknown check `sharp`; known are "),
            (
                "[submission]\nmissing_side = \"rejct\"",
                "own.toml:2:16: unknown consequence `rejct`; did you mean `reject`? known are off, review, reject",
            ),
            ("[submission]\nmissing_back = \"off\"", "own.toml:2:1: unknown field `missing_back`; expected one of "),
            (
                "[submission]\nduplicate_bits = 24",
                "own.toml:2:18: `submission.duplicate_bits` = 24 is more than 23 bits; it is a number from 0 to 23",
            ),
            (
                "[budget]\nlimits = [\"error <= 0; reject_rat <= 1\"]",
                "own.toml:2:24: unknown quantity `reject_rat`; did you mean `reject_rate`? known are photos, ",
            ),
            ("[budget]\nlimits = [\"\"]", "own.toml:2:11: the budget is empty; write it as "),
            ("[budget]\nlimits = [\"\\u0065rror = 0\"]", "own.toml:2:11: unknown operator `=`; known are <=, "),
            (
                "[budget]\nfail_on = \"accept\"",
                "own.toml:2:11: unknown verdict to fail on `accept`; known are off, review, reject, error",
            ),
            ("[limits]\nmax_pixels = -1", "own.toml:2:14: invalid value: integer `-1`"),
            ("[default.resolution\n", "own.toml:1:20: "),
            ("x = 1", "own.toml:1:1: unknown field `x`; expected one of "),
        ];
        for (text, start) in starts {
            let refusal = refused(text);
            assert!(refusal.starts_with(start), "for {text:?}\n     got {refusal}\nexpected {start}");
        }
    }
}
