use jiff::Span;
use jiff::civil::Date;

use super::Row;
use crate::checks;
use crate::checks::Unmeasured;
use crate::identity::is_in_reach;

impl Row {
    /// The row as if its documents had been judged on the day `to` instead of `from`; `None` where only the photo can tell.
    ///
    /// Of all that is measured only `days_to_expiry` knows the day. Within a year it moves with it; in another one, years of two
    /// digits may turn to another century.
    #[must_use]
    pub fn dated(mut self, from: Option<Date>, to: Option<Date>) -> Option<Self> {
        let (at, _) = checks::find("days_to_expiry")?;
        if from != to {
            self.outcomes[at] = match self.outcomes[at] {
                None => None,
                Some(Ok(days)) => Some(Ok(days_from(days, from?, to?)?)),
                Some(Err(Unmeasured::NothingRead)) if from.is_some() && to.is_some() => {
                    Some(Err(Unmeasured::NothingRead))
                }
                Some(Err(reason)) => (from?.year() == to?.year()).then_some(Some(Err(reason)))?,
            };
        }
        Some(self)
    }
}

/// Days from `to` to the date that lies `days` after `from`; `None` where years of two digits may mean another date.
fn days_from(days: f64, from: Date, to: Date) -> Option<f64> {
    let end = from.checked_add(Span::new().try_days(days as i64).ok()?).ok()?;
    let stands = from.year() == to.year() || is_in_reach(end, to);
    stands.then(|| f64::from((end - to).get_days()))
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;
    use jiff::civil::date;

    use super::*;
    use crate::photo::FileFacts;
    use crate::record::Source;
    use crate::verdict::Outcome;

    const ANEW: &str = "only the photo can tell";
    const TODAY: Date = date(2026, 12, 31);

    fn dated(outcome: Option<Outcome>, from: Option<Date>, to: Option<Date>) -> Result<Option<Outcome>, &'static str> {
        let (at, _) = checks::find("days_to_expiry").unwrap();
        let mut row = Row::blank(Source::default(), FileFacts::default());
        row.outcomes[at] = outcome;
        row.dated(from, to).map(|row| row.outcomes[at]).ok_or(ANEW)
    }

    #[test]
    fn days_to_expiry_move_with_the_day() {
        let moved = |days, to| dated(Some(Ok(days)), Some(TODAY), Some(to));
        assert_eq!(moved(1.0, date(2027, 1, 1)), Ok(Some(Ok(0.0))));
        assert_eq!(moved(-30.0, date(2026, 12, 1)), Ok(Some(Ok(0.0))));
        assert_eq!(moved(365.0, date(2024, 2, 28)), Ok(Some(Ok(1402.0))), "a leap day and all of 2025 and 2026");
    }

    #[test]
    fn a_date_that_two_digits_no_longer_reach_is_read_anew() {
        let end_of_1976 = f64::from((date(1976, 12, 31) - TODAY).get_days());
        assert!(dated(Some(Ok(end_of_1976)), Some(TODAY), Some(date(2026, 1, 1))).is_ok());
        assert_eq!(dated(Some(Ok(end_of_1976)), Some(TODAY), Some(date(2027, 1, 1))), Err(ANEW));
        let contradicts = Some(Err(Unmeasured::ExpiryContradicts));
        assert_eq!(dated(contradicts, Some(TODAY), Some(date(2027, 1, 1))), Err(ANEW));
        assert_eq!(dated(contradicts, Some(TODAY), Some(date(2026, 1, 1))), Ok(contradicts));
    }

    #[test]
    fn without_a_day_on_either_side_only_photos_without_expiry_stand() {
        assert_eq!(dated(Some(Err(Unmeasured::NoAsOf)), None, Some(TODAY)), Err(ANEW));
        assert_eq!(dated(Some(Ok(1.0)), Some(TODAY), None), Err(ANEW));
        assert_eq!(dated(Some(Err(Unmeasured::NothingRead)), Some(TODAY), None), Err(ANEW));
        assert_eq!(dated(None, None, Some(TODAY)), Ok(None));
        assert_eq!(dated(Some(Err(Unmeasured::NoAsOf)), None, None), Ok(Some(Err(Unmeasured::NoAsOf))));
    }

    #[test]
    fn where_nothing_was_read_no_day_changes_that() {
        let nothing = Some(Err(Unmeasured::NothingRead));
        assert_eq!(dated(nothing, Some(TODAY), Some(date(2090, 1, 1))), Ok(nothing));
    }
}
