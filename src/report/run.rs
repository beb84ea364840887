use serde_json::Value;
use serde_json::json;

use crate::budget::Amount;
use crate::budget::Held;
#[cfg(feature = "tables")]
use crate::budget::Scope;
use crate::config::Settings;
use crate::record::Digest;
use crate::share::Share;

/// What formats that sum a run up are rendered from.
#[derive(Clone, Copy, Debug)]
pub struct Run<'a> {
    /// What its rows come to.
    pub digest: &'a Digest,
    /// Under what they were judged.
    pub settings: &'a Settings,
    /// What it was held to, and what came of it.
    pub held: &'a [Held],
}

impl Run<'_> {
    /// The conditions that are about photos of `scope`; those about submissions and captures are about all.
    #[cfg(feature = "tables")]
    pub(super) fn held_in(&self, scope: Scope) -> impl Iterator<Item = &Held> {
        self.held.iter().filter(move |held| held.condition.quantity.scope().unwrap_or(Scope::All) == scope)
    }

    /// The conditions that are broken or could not be evaluated.
    pub(super) fn unmet(&self) -> impl Iterator<Item = &Held> {
        self.held.iter().filter(|held| !held.is_met())
    }
}

/// What is said of a condition in JSON: itself, what it comes to, and its limit; shares are 0–1.
pub(super) fn held_json(held: &Held) -> Value {
    let evaluated = held.evaluated.as_ref().ok();
    json!({
        "condition": held.condition.to_string(),
        "state": held.state(),
        "value": evaluated.map(|evaluated| amount_json(evaluated.amount)),
        "limit": evaluated.map(|evaluated| rounded(evaluated.limit)),
        "baseline": evaluated.and_then(|evaluated| evaluated.baseline).map(amount_json),
        "reason": held.evaluated.as_ref().err().map(ToString::to_string),
    })
}

/// A share in JSON: `count`, `of`, `share`, and the ends of its 95 % interval; null of nothing.
pub(super) fn share_json(part: usize, whole: usize) -> Value {
    let share = Share { part, whole };
    let (low, high) = share.interval().unzip();
    json!({
        "count": part,
        "of": whole,
        "share": share.value().map(rounded),
        "low": low.map(rounded),
        "high": high.map(rounded),
    })
}

fn amount_json(amount: Amount) -> Value {
    match amount {
        Amount::Count(count) => json!({ "count": count }),
        Amount::Share(Share { part, whole }) => share_json(part, whole),
    }
}

/// To six digits after the point.
fn rounded(number: f64) -> f64 {
    (number * 1e6).round() / 1e6
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::budget::NotEvaluable;
    use crate::checks::find;
    use crate::photo::FileFacts;
    use crate::record::Row;
    use crate::record::Source;
    use crate::scene::DocumentType;

    /// A name that is active wherever it is not made harmless.
    pub(in super::super) const HOSTILE: &str = "in/<script>&\"']]>|`a`\n::error::x\u{1b}[31m\u{202e}\u{ffff}%0A.jpg";

    /// Two passports, one of them of a hostile name with glare, a selfie of a small size and a file that is none, held to four conditions.
    pub(in super::super) struct Sample {
        settings: Settings,
        digest: Digest,
        held: Vec<Held>,
    }

    impl Sample {
        pub(in super::super) fn new() -> Self {
            let mut settings = Settings::default();
            settings
                .add_budget("budget", "error <= 0; passport.glare <= 60%; photos >= 4; glare <= +2pp vs baseline")
                .unwrap();
            let mut digest = Digest::default();
            for row in rows(&settings) {
                digest.count(&row, &settings.policy);
            }
            let held = settings.budget.hold(&digest, Err(&NotEvaluable::NoBaseline));
            Self { settings, digest, held }
        }

        pub(in super::super) fn run(&self) -> Run<'_> {
            Run { digest: &self.digest, settings: &self.settings, held: &self.held }
        }
    }

    pub(in super::super) fn rows(settings: &Settings) -> Vec<Row> {
        let photo = |path: &str, kind: DocumentType, check: &str, number: f64| {
            let source = Source { path: path.to_owned(), document_type: Some(kind), ..Source::default() };
            let mut row = Row::blank(source, FileFacts::default());
            row.outcomes[find(check).unwrap().0] = Some(Ok(number));
            row.judge(&settings.policy);
            row
        };
        let source = Source { path: "in/none.jpg".to_owned(), ..Source::default() };
        vec![
            photo(HOSTILE, DocumentType::Passport, "glare_area", 0.9),
            photo("in/2.jpg", DocumentType::Passport, "glare_area", 0.0),
            photo("in/3.jpg", DocumentType::Selfie, "resolution", 1.0),
            Row::failed(source, FileFacts::default(), "the file is empty".to_owned()),
        ]
    }

    #[test]
    fn a_share_of_nothing_is_null() {
        let json = share_json(0, 0).to_string();
        assert_eq!(json, r#"{"count":0,"of":0,"share":null,"low":null,"high":null}"#);
    }
}
