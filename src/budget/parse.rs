use std::ops::Range;

use super::Bound;
use super::BudgetError;
use super::Condition;
use super::Operator;
use super::Quantity;
use super::Scope;
use crate::names::ALIKE;
use crate::names::nearest;

const KNOWN: &str = "known are photos, accept, review, reject, error, accept_rate, review_rate, reject_rate, error_rate, categories (glare), \
                     rejected_for.<category>, not_assessed.<check>, the same of a document type (passport.glare), and submissions, \
                     submissions.reject_rate, submissions.<rule>, captures.reject_rate; `kyclint checks` lists checks and categories";
const FORM: &str = "write it as `reject_rate <= 12%`, `error <= 0` or `glare <= +2pp vs baseline`";
const VS_BASELINE: [&str; 2] = ["vs", "baseline"];

impl Condition {
    /// Reads conditions that are separated by `;` or line ends.
    ///
    /// # Errors
    /// The first thing that is not understood, or that there is no condition.
    pub fn parse_all(text: &str) -> Result<Vec<Self>, BudgetError> {
        let mut conditions = Vec::new();
        let mut at = 0;
        for piece in text.split([';', '\n']) {
            let piece_at = at;
            at += piece.len() + 1;
            if let Some(part) = Part::trimmed(text, piece_at..piece_at + piece.len()) {
                conditions.push(condition(part)?);
            }
        }
        if conditions.is_empty() {
            return Err(BudgetError::new(0..text.len(), "the budget is empty", FORM));
        }
        Ok(conditions)
    }
}

/// A part of the text that is not blank.
#[derive(Clone, Copy)]
struct Part<'a> {
    whole: &'a str,
    at: usize,
    text: &'a str,
}

impl<'a> Part<'a> {
    /// What is left of the range without blanks around it; `None` where nothing is.
    fn trimmed(whole: &'a str, range: Range<usize>) -> Option<Self> {
        let text = &whole[range.clone()];
        let at = range.start + text.len() - text.trim_start().len();
        let text = text.trim();
        (!text.is_empty()).then_some(Self { whole, at, text })
    }

    fn span(self) -> Range<usize> {
        self.at..self.at + self.text.len()
    }

    /// The part from `from` to `to`, bytes of this one; where it is blank, an error that `what` is missing there.
    fn part(self, range: Range<usize>, what: &str) -> Result<Self, BudgetError> {
        let place = self.at + range.start..self.at + range.end;
        let missing = || BudgetError::new(place.clone(), format!("{what} is missing"), FORM);
        Self::trimmed(self.whole, place.clone()).ok_or_else(missing)
    }

    fn refuse(self, message: impl Into<String>, help: impl Into<String>) -> BudgetError {
        BudgetError::new(self.span(), message, help)
    }
}

fn condition(part: Part) -> Result<Condition, BudgetError> {
    let text = part.text;
    let Some(sign_at) = text.find(['<', '>', '=', '!']) else {
        return Err(part.refuse("there is no operator", format!("known are <=, <, >=, >; {FORM}")));
    };
    let quantity = quantity(part.part(0..sign_at, "what it is about")?)?;
    let rest = &text[sign_at..];
    let Some(operator) = Operator::ALL.into_iter().find(|operator| rest.starts_with(operator.sign())) else {
        let signs = rest.len() - rest.trim_start_matches(['<', '>', '=', '!']).len();
        let sign = Part { at: part.at + sign_at, text: &rest[..signs], ..part };
        return Err(sign.refuse(format!("unknown operator `{}`", sign.text), "known are <=, <, >=, >"));
    };
    let limit_at = sign_at + operator.sign().len();
    let bound = bound(part.part(limit_at..text.len(), "the number")?, quantity)?;
    Ok(Condition { quantity, operator, bound })
}

fn quantity(part: Part) -> Result<Quantity, BudgetError> {
    let of_type = part.text.split_once('.').and_then(|(kind, _)| Scope::named(kind));
    let quantities = Quantity::of_photos(of_type.unwrap_or(Scope::All));
    let known: Vec<_> = quantities.chain(Quantity::of_groups()).map(|one| (one.to_string(), one)).collect();
    if let Some((_, quantity)) = known.iter().find(|(name, _)| name == part.text) {
        return Ok(*quantity);
    }
    let meant = nearest(part.text, known.iter().map(|(name, _)| name.as_str()), ALIKE);
    let guess = meant.map_or_else(String::new, |name| format!("did you mean `{name}`? "));
    Err(part.refuse(format!("unknown quantity `{}`", part.text), format!("{guess}{KNOWN}")))
}

fn bound(part: Part, quantity: Quantity) -> Result<Bound, BudgetError> {
    let end = part.text.find(|c: char| !matches!(c, '0'..='9' | '+' | '-' | '.')).unwrap_or(part.text.len());
    let number: f64 = match part.text[..end].parse() {
        Ok(number) => number,
        Err(_) => return Err(part.refuse(format!("`{}` does not start with a number", part.text), FORM)),
    };
    let rest = &part.text[end..];
    let unit = ["%", "pp"].into_iter().find(|unit| rest.trim_start().starts_with(unit)).unwrap_or_default();
    let words: Vec<&str> = rest.trim_start()[unit.len()..].split_whitespace().collect();
    let is_relative = match words.as_slice() {
        [] => false,
        words if *words == VS_BASELINE => true,
        _ => return Err(part.refuse(format!("`{}` is no limit", part.text), FORM)),
    };
    if is_relative { relative(part, number, unit, quantity) } else { absolute(part, number, unit, quantity) }
}

fn absolute(part: Part, number: f64, unit: &str, quantity: Quantity) -> Result<Bound, BudgetError> {
    let value = match unit {
        "pp" => return Err(part.refuse("percentage points are differences", "add `vs baseline`, or write `%`")),
        "%" if !quantity.is_share() => {
            return Err(part.refuse(
                format!("`{quantity}` is a count"),
                "write a plain number, or the share, as `reject_rate` for `reject`",
            ));
        }
        "%" => number / 100.0,
        _ => number,
    };
    if quantity.is_share() && !(0.0..=1.0).contains(&value) {
        let help = if unit.is_empty() { format!("did you mean `{number}%`?") } else { "it is 0% to 100%".to_owned() };
        return Err(part.refuse(format!("`{quantity}` is a share, which is 0 to 1"), help));
    }
    Ok(Bound::Value(value))
}

fn relative(part: Part, number: f64, unit: &str, quantity: Quantity) -> Result<Bound, BudgetError> {
    match (unit, quantity.is_share()) {
        ("%", _) => Ok(Bound::Growth(number / 100.0)),
        ("pp", true) => Ok(Bound::Change(number / 100.0)),
        ("", false) => Ok(Bound::Change(number)),
        ("", true) => Err(part.refuse(
            format!("it is not clear what {number} more is"),
            format!("write `{number:+}pp` for percentage points, or `{number:+}%` for a share of the baseline"),
        )),
        _ => Err(part.refuse(format!("`{quantity}` is a count"), "write a plain number, or `%` of the baseline")),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::checks::Category;
    use crate::scene::DocumentType;
    use crate::verdict::Verdict;

    fn one(text: &str) -> Condition {
        let conditions = Condition::parse_all(text).unwrap();
        assert_eq!(conditions.len(), 1);
        conditions[0]
    }

    #[test]
    fn conditions_are_separated_by_semicolons_and_line_ends() {
        let conditions = Condition::parse_all(" reject_rate<=0.12;glare <= +2pp vs baseline ;\n\nerror<=0\n").unwrap();
        let texts: Vec<_> = conditions.iter().map(ToString::to_string).collect();
        assert_eq!(texts, ["reject_rate <= 12%", "glare <= +2pp vs baseline", "error <= 0"]);
    }

    #[test]
    fn a_document_type_stands_before_what_is_counted() {
        let condition = one("passport.glare < 7%");
        let quantity = Quantity::Category(Scope::Type(Some(DocumentType::Passport)), Category::Glare);
        let expected = Condition { quantity, operator: Operator::Below, bound: Bound::Value(0.07) };
        assert_eq!(condition, expected);
        assert_eq!(one("unknown.photos<=10").to_string(), "unknown.photos <= 10");
    }

    #[test]
    fn differences_are_points_shares_or_counts() {
        assert_eq!(one("reject_rate <= +2 pp vs  baseline").bound, Bound::Change(0.02));
        assert_eq!(one("reject_rate <= +10% vs baseline").bound, Bound::Growth(0.1));
        assert_eq!(one("submissions.reject <= 5 vs baseline").bound, Bound::Change(5.0));
        assert_eq!(one("photos >= -20% vs baseline").bound, Bound::Growth(-0.2));
    }

    #[test]
    fn every_mistake_names_its_place_and_what_would_be_right() {
        let mistakes = [
            ("", "", "the budget is empty; write it as `reject_rate <= 12%`"),
            (" ; \n", " ; \n", "the budget is empty"),
            (
                "error<=0; reject_rat<=1",
                "reject_rat",
                "unknown quantity `reject_rat`; did you mean `reject_rate`? known are",
            ),
            (
                "passport.glair<=1",
                "passport.glair",
                "unknown quantity `passport.glair`; did you mean `passport.glare`?",
            ),
            ("passport.submissions.reject<=0", "passport.submissions.reject", "unknown quantity"),
            ("reject", "reject", "there is no operator; known are <=, <, >=, >"),
            ("<=0", "", "what it is about is missing"),
            ("error ==0", "==", "unknown operator `==`; known are <=, <, >=, >"),
            ("error=0", "=", "unknown operator `=`"),
            ("error<=", "", "the number is missing"),
            ("error<= none", "none", "`none` does not start with a number"),
            ("error<=1.2.3", "1.2.3", "`1.2.3` does not start with a number"),
            ("error<=nan", "nan", "`nan` does not start with a number"),
            ("error<=0 vs last", "0 vs last", "`0 vs last` is no limit"),
            ("reject_rate<=12", "12", "`reject_rate` is a share, which is 0 to 1; did you mean `12%`?"),
            ("reject_rate<=120%", "120%", "`reject_rate` is a share, which is 0 to 1; it is 0% to 100%"),
            ("reject_rate<=2pp", "2pp", "percentage points are differences; add `vs baseline`"),
            ("reject<=2%", "2%", "`reject` is a count; write a plain number, or the share"),
            ("reject<=+2pp vs baseline", "+2pp vs baseline", "`reject` is a count; write a plain number, or `%`"),
            ("glare<=+2 vs baseline", "+2 vs baseline", "it is not clear what 2 more is; write `+2pp`"),
        ];
        for (text, place, message) in mistakes {
            let error = Condition::parse_all(text).unwrap_err();
            assert!(error.to_string().starts_with(message), "{text:?}: {error}");
            assert_eq!(&text[error.span], place, "{text:?}");
        }
    }

    #[test]
    fn a_name_that_is_no_ascii_is_refused_with_its_place() {
        let error = Condition::parse_all("фото<=1; é").unwrap_err();
        assert_eq!(error.span, 0..8);
    }

    fn every_quantity() -> Vec<Quantity> {
        let types = DocumentType::ALL.into_iter().flat_map(|kind| Quantity::of_photos(Scope::Type(Some(kind))));
        Quantity::of_photos(Scope::All).chain(types).chain(Quantity::of_groups()).collect()
    }

    proptest! {
        #[test]
        fn a_condition_reads_back(at in 0..10_000_usize, sign in 0..4_usize, number in -99_999..99_999_i32, bound in 0..3) {
            let quantities = every_quantity();
            let quantity = quantities[at % quantities.len()];
            let number = f64::from(number) / 1000.0;
            let bound = match (bound, quantity.is_share()) {
                (0, true) => Bound::Value(number.abs() / 100.0),
                (0, false) => Bound::Value(number),
                (1, true) => Bound::Change(number / 100.0),
                (1, false) => Bound::Change(number),
                _ => Bound::Growth(number / 100.0),
            };
            let condition = Condition { quantity, operator: Operator::ALL[sign], bound };
            prop_assert_eq!(one(&condition.to_string()), condition);
        }

        #[test]
        fn no_text_makes_the_reader_panic(text in "\\PC*|[a-z_.]{0,12}[<>=!]{0,3}[-+0-9.%p ]{0,8}(vs baseline)?") {
            if let Err(error) = Condition::parse_all(&text) {
                prop_assert!(text.get(error.span).is_some());
            }
        }
    }

    #[test]
    fn counts_of_verdicts_are_their_bare_names() {
        let quantity = Quantity::Verdict(super::super::Group::Photos(Scope::All), Verdict::Error);
        assert_eq!(one("error<=0").quantity, quantity);
    }
}
