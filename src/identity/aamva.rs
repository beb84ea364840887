//! The payload of barcodes on North American driving licences and identity cards.

use jiff::civil::Date;

use super::expiry::Expiry;
use super::expiry::NoExpiry;

/// What announces the payload: since 2000, and before.
const FILE_TYPES: [&str; 2] = ["ANSI ", "AAMVA"];
/// Characters before the file type at most: `@`, three separators, and what some issuers put twice.
const LONGEST_PREAMBLE: usize = 8;
/// Digits of the issuer identification number.
const IIN_DIGITS: usize = 6;
/// Years in which a licence may expire; they tell MMDDCCYY from CCYYMMDD, as no month is 19 or above.
const YEARS: std::ops::RangeInclusive<i16> = 1950..=2199;
/// The year that stands for "never".
const NEVER: i16 = 9999;
/// What stands in the expiry of a card that does not expire: the standard's word for what does not apply, and words met.
const NEVER_WORDS: [&str; 4] = ["NONE", "NONEXP", "NONEXPIR", "INDEF"];

/// What kyclint keeps of a payload of the American Association of Motor Vehicle Administrators (DL/ID Card Design Standard 2020,
/// annex D, and its predecessors). Names, numbers and the date of birth are not among it.
///
/// ```
/// use kyclint::identity::{Aamva, CardKind, Expiry};
///
/// let text = "@\n\x1e\rANSI 000000080001DL00310026DLDAQX1\nDBA12312030\nDCGUSA\r";
/// let card = Aamva::parse(text).unwrap();
/// assert_eq!((card.kind, card.country.as_deref()), (Some(CardKind::DriverLicence), Some("USA")));
/// assert!(matches!(card.expiry, Expiry::On(date) if date.to_string() == "2030-12-31"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aamva {
    /// Licence or identity card; `None` where the payload has neither subfile, or both.
    pub kind: Option<CardKind>,
    /// Three letters of the issuing country, as printed: `USA`, `CAN`, `MEX`. Payloads before 2005 do not tell.
    pub country: Option<String>,
    /// Issuer identification number, six digits: who issues licences of this state or province.
    pub iin: u32,
    /// When the card expires.
    pub expiry: Expiry,
}

/// What a card is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardKind {
    /// Allows to drive; enhanced licences too.
    DriverLicence,
    /// Does not.
    IdCard,
}

impl Aamva {
    /// Reads `payload`; `None` where it is none of AAMVA.
    ///
    /// Elements are sought by their names at the start of a line, not by the offsets of the header, which issuers get wrong; lines
    /// may end in any separator.
    #[must_use]
    pub fn parse(payload: &str) -> Option<Self> {
        let file = file(payload)?;
        let iin = file.get(..IIN_DIGITS).filter(|digits| is_digits(digits))?.parse().ok()?;
        let elements = elements(&file[IIN_DIGITS..]);
        Some(Self { kind: kind(&file[IIN_DIGITS..]), country: country(&elements), iin, expiry: expiry(&elements) })
    }
}

/// What follows the file type.
fn file(payload: &str) -> Option<&str> {
    FILE_TYPES.iter().find_map(|name| {
        let at = payload.find(name).filter(|&at| at <= LONGEST_PREAMBLE)?;
        Some(&payload[at + name.len()..])
    })
}

/// The kind that the subfiles before the first element and those after line ends name.
fn kind(file: &str) -> Option<CardKind> {
    let named = |name: &str| lines(file).any(|line| starts_subfile(line, name));
    match (named("DL") || named("EN"), named("ID")) {
        (true, false) => Some(CardKind::DriverLicence),
        (false, true) => Some(CardKind::IdCard),
        _ => None,
    }
}

/// Whether the subfile `name` starts in `line`: at its start, or where the header of designators before it ends.
fn starts_subfile(line: &str, name: &str) -> bool {
    line.match_indices(name).any(|(at, _)| is_header(&line[..at]) && element(&line[at + name.len()..]).is_some())
}

/// The elements, each with its name of three letters.
fn elements(file: &str) -> Vec<(&str, &str)> {
    lines(file).filter_map(|line| element(line).or_else(|| element_after_header(line))).collect()
}

fn lines(file: &str) -> impl Iterator<Item = &str> {
    file.split(['\n', '\r', '\x1c', '\x1d', '\x1e']).map(str::trim).filter(|line| !line.is_empty())
}

/// `line` as an element: its names start with D.
fn element(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_at_checked(3)?;
    let is_name = name.starts_with('D') && name.bytes().all(|byte| byte.is_ascii_uppercase());
    (is_name && !name.starts_with("DLD")).then_some((name, value.trim()))
}

/// The element that follows the name of its subfile, and that the header of the file, on one line.
fn element_after_header(line: &str) -> Option<(&str, &str)> {
    ["DL", "ID", "EN"].iter().find_map(|name| {
        let mut places = line.match_indices(name).map(|(at, _)| at);
        let at = places.find(|&at| is_header(&line[..at]) && element(&line[at + 2..]).is_some())?;
        element(&line[at + 2..])
    })
}

/// Whether `text` is what stands before the first subfile: nothing, or versions and designators.
fn is_header(text: &str) -> bool {
    let is_header = |byte: u8| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b' ';
    text.is_empty() || text.as_bytes()[0].is_ascii_digit() && text.bytes().all(is_header)
}

fn country(elements: &[(&str, &str)]) -> Option<String> {
    let stated = elements.iter().find(|(name, _)| *name == "DCG").map(|(_, value)| *value)?;
    (stated.len() == 3 && stated.bytes().all(|byte| byte.is_ascii_uppercase())).then(|| stated.to_owned())
}

fn expiry(elements: &[(&str, &str)]) -> Expiry {
    let stated = elements.iter().filter(|(name, value)| *name == "DBA" && !is_blank(value));
    let mut read = stated.map(|(_, value)| valid_until(value));
    let Some(first) = read.next() else { return Expiry::Unreadable(NoExpiry::NotStated) };
    if read.all(|other| other == first) { first } else { Expiry::Unreadable(NoExpiry::Contradictory) }
}

/// Whether nothing is stated: `00000000`, or the standard's word for what is not known.
fn is_blank(value: &str) -> bool {
    value.bytes().all(|byte| byte == b'0') || value.eq_ignore_ascii_case("unavl")
}

/// The day `value` in either order, MMDDCCYY (United States) or CCYYMMDD (Canada, and the standard of 2000); never both, by
/// [`YEARS`].
fn valid_until(value: &str) -> Expiry {
    let value: String = value.chars().filter(|c| !['/', '-', '.', ' '].contains(c)).collect();
    if NEVER_WORDS.iter().any(|word| value.eq_ignore_ascii_case(word)) {
        return Expiry::Never;
    }
    if value.len() != 8 || !is_digits(&value) {
        return Expiry::Unreadable(NoExpiry::NoDate);
    }
    let part = |from: usize, to: usize| value[from..to].parse::<i16>().unwrap_or_default();
    let orders = [[part(4, 8), part(0, 2), part(2, 4)], [part(0, 4), part(4, 6), part(6, 8)]];
    orders.into_iter().find_map(day).unwrap_or(Expiry::Unreadable(NoExpiry::NoDate))
}

fn day([year, month, day]: [i16; 3]) -> Option<Expiry> {
    let date = Date::new(year, month as i8, day as i8).ok()?;
    match year {
        NEVER => Some(Expiry::Never),
        _ => YEARS.contains(&year).then_some(Expiry::On(date)),
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::Aamva;
    use super::CardKind;
    use crate::identity::Expiry;
    use crate::identity::NoExpiry;
    use jiff::civil::date;

    fn of_2020(elements: &str) -> Aamva {
        Aamva::parse(&format!("@\n\x1e\rANSI 000000100102DL00410278ZV03190008{elements}\rZVZVA01\r")).unwrap()
    }

    fn expiry(value: &str) -> Expiry {
        of_2020(&format!("DLDAQX1\nDBA{value}\nDCGUSA")).expiry
    }

    #[test]
    fn a_payload_of_2020_is_read() {
        let card = of_2020("DLDAQT64235789\nDCSSAMPLE\nDBB06061986\nDBA12102024\nDCGUSA");
        assert_eq!(card.kind, Some(CardKind::DriverLicence));
        assert_eq!((card.country.as_deref(), card.iin), (Some("USA"), 0));
        assert_eq!(card.expiry, Expiry::On(date(2024, 12, 10)));
    }

    #[test]
    fn the_first_element_may_be_the_expiry() {
        assert_eq!(of_2020("DLDBA12102024\nDAQX1").expiry, Expiry::On(date(2024, 12, 10)));
    }

    #[test]
    fn payloads_before_2000_and_with_other_separators_are_read() {
        let old = "@\n\x1c\rAAMVA999999010 2DL00390187ID00300010\nDLDAQX1\nDBA20101231\nDBB19600101\n";
        assert_eq!(
            Aamva::parse(old).map(|card| (card.iin, card.expiry)),
            Some((999_999, Expiry::On(date(2010, 12, 31))))
        );
        for separators in ["@\n\x1eANSI ", "@\r\n\x1e\r\nANSI ", "ANSI "] {
            let card = Aamva::parse(&format!("{separators}999999030001DL00310020DLDAQX1\r\nDBA01022033\r\n")).unwrap();
            assert_eq!((card.kind, card.expiry), (Some(CardKind::DriverLicence), Expiry::On(date(2033, 1, 2))));
        }
    }

    #[test]
    fn identity_cards_and_enhanced_licences_are_told_apart() {
        let kind =
            |name: &str| Aamva::parse(&format!("@\n\x1e\rANSI 999999080001{name}00310020{name}DAQX1\r")).unwrap().kind;
        assert_eq!(kind("ID"), Some(CardKind::IdCard));
        assert_eq!(kind("EN"), Some(CardKind::DriverLicence));
        assert_eq!(kind("ZZ"), None);
    }

    #[test]
    fn both_orders_of_a_date_are_read() {
        for value in ["12312030", "20301231", "12/31/2030", "2030-12-31"] {
            assert_eq!(expiry(value), Expiry::On(date(2030, 12, 31)), "{value}");
        }
        assert_eq!(expiry("20122030"), Expiry::Unreadable(NoExpiry::NoDate));
        assert_eq!(expiry("02292028"), Expiry::On(date(2028, 2, 29)));
        assert_eq!(expiry("20202020"), Expiry::Unreadable(NoExpiry::NoDate));
    }

    #[test]
    fn what_is_no_date_is_none_with_its_reason() {
        for (value, why) in [
            ("00000000", NoExpiry::NotStated),
            ("", NoExpiry::NotStated),
            ("unavl", NoExpiry::NotStated),
            ("02302030", NoExpiry::NoDate),
            ("123130", NoExpiry::NoDate),
            ("1231203O", NoExpiry::NoDate),
            ("12312030\nDBA12312031", NoExpiry::Contradictory),
        ] {
            assert_eq!(expiry(value), Expiry::Unreadable(why), "{value}");
        }
        assert_eq!(of_2020("DLDAQX1").expiry, Expiry::Unreadable(NoExpiry::NotStated));
        assert_eq!(expiry("12312030\nDBA20301231"), Expiry::On(date(2030, 12, 31)));
    }

    #[test]
    fn some_cards_never_expire() {
        assert_eq!([expiry("NONE"), expiry("12319999"), expiry("99991231")], [Expiry::Never; 3]);
    }

    #[test]
    fn an_element_within_a_value_is_none() {
        assert_eq!(of_2020("DLDCSDBA12312030\nDACDCGUSA").expiry, Expiry::Unreadable(NoExpiry::NotStated));
        assert_eq!(of_2020("DLDCSDBA12312030\nDACDCGUSA").country, None);
        assert_eq!(of_2020("DLDAQX1\nDCSHIDDAVE").kind, Some(CardKind::DriverLicence));
    }

    #[test]
    fn other_texts_are_none_of_aamva() {
        for text in [
            "",
            "This is PDF417",
            "@\n\x1e\rANSI 12AB56",
            "ANSI",
            "a text that names ANSI 636000100102DL",
            "äöüANSI 1é",
        ] {
            assert_eq!(Aamva::parse(text), None, "{text}");
        }
    }

    #[test]
    fn neither_names_nor_numbers_are_kept() {
        let card = of_2020("DLDAQT64235789\nDCSSAMPLE\nDBB06061986\nDBA12102024\nDCGUSA");
        let told = format!("{card:?}");
        assert!(["T64235789", "SAMPLE", "1986"].iter().all(|secret| !told.contains(secret)), "{told}");
    }
}
