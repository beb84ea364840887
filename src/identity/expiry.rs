//! The date to which a document is valid.

use jiff::civil::Date;
use thiserror::Error;

/// Years before the as-of date to which a year of two digits may point; it points less than 50 years ahead of it. Dates of
/// birth turn elsewhere.
const YEARS_BACK: i16 = 50;

/// When a document ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    /// On this day, which is still valid.
    On(Date),
    /// Never: the document says that it has no end.
    Never,
    /// Not known.
    Unreadable(NoExpiry),
}

/// Why no expiry is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum NoExpiry {
    /// Neither date nor fillers.
    #[error("the date of expiry could not be read")]
    Illegible,
    /// Such as 31 February.
    #[error("the date of expiry is none in the calendar")]
    NoDate,
    /// It was read, but a check digit says that it is wrong.
    #[error("the check digit of the date of expiry does not hold")]
    CheckDigit,
    /// Nothing on the document bears one.
    #[error("no date of expiry is stated")]
    NotStated,
    /// Several stand there, and they differ.
    #[error("different dates of expiry are stated")]
    Contradictory,
}

/// Two sources on one document state different ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("the document states two dates of expiry")]
pub struct Contradiction;

impl Expiry {
    /// Of six characters as in a machine-readable zone: YYMMDD, or `<<<<<<` for none. Years lie within 50 before and 49
    /// after the year of `as_of`.
    #[must_use]
    pub fn of_mrz(field: &str, as_of: Date) -> Self {
        if field == "<<<<<<" {
            return Self::Never;
        }
        let Some([year, month, day]) = digits(field) else { return Self::Unreadable(NoExpiry::Illegible) };
        match Date::new(full_year(year, as_of), month as i8, day as i8) {
            Ok(date) => Self::On(date),
            Err(_) => Self::Unreadable(NoExpiry::NoDate),
        }
    }

    /// Days from `as_of` to the last valid day, negative once it has passed; `None` where there is no end or none is known.
    #[must_use]
    pub fn days_to_expiry(&self, as_of: Date) -> Option<i32> {
        match self {
            Self::On(date) => (*date - as_of).get_days().into(),
            Self::Never | Self::Unreadable(_) => None,
        }
    }
}

/// Whether a year of two digits may mean that of `date` where documents are judged on `as_of`.
#[must_use]
pub fn is_in_reach(date: Date, as_of: Date) -> bool {
    full_year(date.year().rem_euclid(100), as_of) == date.year()
}

/// The end that all sources which could be read agree on.
///
/// # Errors
///
/// Two of them differ.
pub fn agreed(sources: &[Expiry]) -> Result<Expiry, Contradiction> {
    let mut read = sources.iter().filter(|source| !matches!(source, Expiry::Unreadable(_)));
    let Some(first) = read.next() else {
        return Ok(sources.first().copied().unwrap_or(Expiry::Unreadable(NoExpiry::NotStated)));
    };
    if read.all(|source| source == first) { Ok(*first) } else { Err(Contradiction) }
}

fn digits(field: &str) -> Option<[i16; 3]> {
    if field.len() != 6 || !field.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let two = |from: usize| field[from..from + 2].parse().ok();
    Some([two(0)?, two(2)?, two(4)?])
}

/// The year that ends in `two_digits` and lies within 50 before and 49 after `as_of`.
fn full_year(two_digits: i16, as_of: Date) -> i16 {
    let earliest = as_of.year() - YEARS_BACK;
    earliest + (two_digits - earliest).rem_euclid(100)
}

#[cfg(test)]
mod tests {
    use jiff::civil::Date;
    use jiff::civil::date;

    use super::Contradiction;
    use super::Expiry;
    use super::NoExpiry;
    use super::agreed;
    use super::is_in_reach;

    const AS_OF: Date = date(2026, 7, 1);

    #[test]
    fn two_digits_turn_half_a_century_around_the_as_of_date() {
        assert_eq!(Expiry::of_mrz("751231", AS_OF), Expiry::On(date(2075, 12, 31)));
        assert_eq!(Expiry::of_mrz("760101", AS_OF), Expiry::On(date(1976, 1, 1)));
        assert_eq!(Expiry::of_mrz("120415", AS_OF), Expiry::On(date(2012, 4, 15)));
        assert_eq!(Expiry::of_mrz("760101", date(1999, 1, 1)), Expiry::On(date(1976, 1, 1)));
        assert_eq!(Expiry::of_mrz("480101", date(1999, 1, 1)), Expiry::On(date(2048, 1, 1)));
    }

    #[test]
    fn a_century_around_the_as_of_date_is_in_reach() {
        let years = [1975, 1976, 2075, 2076].map(|year| is_in_reach(date(year, 6, 1), AS_OF));
        assert_eq!(years, [false, true, true, false]);
    }

    #[test]
    fn days_count_to_the_last_valid_day() {
        let days = |field| Expiry::of_mrz(field, AS_OF).days_to_expiry(AS_OF);
        assert_eq!([days("260701"), days("260702"), days("260630")], [Some(0), Some(1), Some(-1)]);
        assert_eq!(days("270701"), Some(365));
        assert_eq!([days("<<<<<<"), days("260231")], [None, None]);
    }

    #[test]
    fn what_is_no_date_is_unreadable() {
        assert_eq!(Expiry::of_mrz("260231", AS_OF), Expiry::Unreadable(NoExpiry::NoDate));
        assert_eq!(Expiry::of_mrz("261301", AS_OF), Expiry::Unreadable(NoExpiry::NoDate));
        for field in ["26<<<<", "", "2607011", "26O701", "é0701"] {
            assert_eq!(Expiry::of_mrz(field, AS_OF), Expiry::Unreadable(NoExpiry::Illegible), "{field}");
        }
    }

    #[test]
    fn leap_days_follow_the_year_they_turn_to() {
        assert_eq!(Expiry::of_mrz("280229", AS_OF), Expiry::On(date(2028, 2, 29)));
        assert_eq!(Expiry::of_mrz("270229", AS_OF), Expiry::Unreadable(NoExpiry::NoDate));
    }

    #[test]
    fn sources_agree_or_contradict_each_other() {
        let (one, other) = (Expiry::On(date(2030, 1, 1)), Expiry::On(date(2030, 1, 2)));
        let unread = Expiry::Unreadable(NoExpiry::CheckDigit);
        assert_eq!(agreed(&[one, unread, one]), Ok(one));
        assert_eq!(agreed(&[unread]), Ok(unread));
        assert_eq!(agreed(&[one, other]), Err(Contradiction));
        assert_eq!(agreed(&[one, Expiry::Never]), Err(Contradiction));
        assert_eq!(agreed(&[]), Ok(Expiry::Unreadable(NoExpiry::NotStated)));
    }
}
