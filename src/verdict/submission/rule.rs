use std::fmt;

use crate::names::named;

named! {
    /// What the photos of a submission must be together.
    pub enum Rule (UnknownRule: "submission rule") {
        /// A front has its back, and a back its front.
        MissingSide = "missing_side",
        /// There is a selfie.
        MissingSelfie = "missing_selfie",
        /// Photos of different sides show different sides.
        SameSideTwice = "same_side_twice",
        /// No photo is that of another submission.
        DuplicatePhoto = "duplicate_photo",
        /// Prompted actions are followed, and not too fast.
        PromptedAction = "prompted_action",
    }
}

named! {
    /// What breaking a rule does to a submission.
    pub enum Consequence (UnknownConsequence: "consequence") {
        /// Nothing; the rule is not looked at.
        Off = "off",
        /// A person should look.
        Review = "review",
        /// The submission is rejected.
        Reject = "reject",
    }
}

impl Rule {
    /// What is wrong where the rule is broken.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::MissingSide => "One side of the document is missing.",
            Self::MissingSelfie => "The selfie is missing.",
            Self::SameSideTwice => "Two photos that should show different sides show the same one.",
            Self::DuplicatePhoto => "The photo was sent in with another submission too.",
            Self::PromptedAction => "What the person was asked to do was not done, or too fast.",
        }
    }

    /// What the person who submits should do.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::MissingSide => "Photograph both sides of the document and send both photos.",
            Self::MissingSelfie => "Take a photo of your face and send it with the document.",
            Self::SameSideTwice => "Turn the document over and photograph the other side.",
            Self::DuplicatePhoto => "Take a new photo of your own document.",
            Self::PromptedAction => "Do slowly what the app asks for, and keep your face in the frame.",
        }
    }

    /// What breaking the rule does where nothing else is configured.
    #[must_use]
    pub const fn default_consequence(self) -> Consequence {
        match self {
            Self::MissingSide | Self::SameSideTwice | Self::PromptedAction => Consequence::Reject,
            Self::MissingSelfie => Consequence::Off,
            // The same photo may come again in good faith, when a customer tries twice.
            Self::DuplicatePhoto => Consequence::Review,
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::Rule;

    #[test]
    fn words_are_sentences() {
        for rule in Rule::ALL {
            assert!(rule.message().ends_with('.') && rule.advice().ends_with('.'), "{rule}");
        }
    }
}
