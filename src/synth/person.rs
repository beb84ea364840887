//! Fictitious people of the fictitious country Utopia.

use crate::synth::random::Random;

/// What the documents of one submission say of their holder. Dates are `YYMMDD`.
#[derive(Clone, Debug, Default)]
pub(super) struct Person {
    pub(super) surname: String,
    pub(super) given: String,
    pub(super) sex: char,
    pub(super) number: String,
    pub(super) personal_number: String,
    pub(super) born: String,
    pub(super) issued: String,
    pub(super) expires: String,
    pub(super) town: String,
    pub(super) street: String,
}

const SURNAMES: [&str; 24] = [
    "ADLERMANN",
    "BORGSTROM",
    "CALDERWICK",
    "DRAVENHOLT",
    "ESKILDEN",
    "FARNOSI",
    "GULLIVAN",
    "HYTHLODAY",
    "IVERGAARD",
    "JASKOLEV",
    "KARANDEEP",
    "LUNDQUARRY",
    "MBEKAZI",
    "NAKASHIRO",
    "OKONJIRU",
    "PETROVANE",
    "QUILLARD",
    "RAMASWANI",
    "SANTORELLI",
    "TREVELOCK",
    "UCHENNARI",
    "VAN DER ZILL",
    "WEXELBAUM",
    "YILDIRAN",
];
const GIVEN: [&str; 24] = [
    "ADA",
    "BRAM",
    "CLARA MAE",
    "DARIO",
    "ELIN",
    "FINN",
    "GRETA",
    "HUGO JAN",
    "IMANI",
    "JONAS",
    "KAYA",
    "LEVI",
    "MIRA ZOE",
    "NILS",
    "OLGA",
    "PIA",
    "QUINN",
    "RAHUL",
    "SOFIA",
    "TARIQ",
    "UMA",
    "VERA LYNN",
    "WIM",
    "YUKI",
];
const TOWNS: [&str; 8] =
    ["AMAUROT", "NEW AMAUROT", "PORT ANYDER", "MACARIA", "TAPROBANE", "ACHORIA", "POLYLERIT", "NORTH ABRAXA"];
const STREETS: [&str; 6] = ["HARBOUR LANE", "MORE STREET", "ORCHARD ROW", "MILL ROAD", "LANTERN SQUARE", "RIVER WALK"];

impl Person {
    pub(super) fn draw(random: &mut Random) -> Self {
        let issued_year = 17 + random.below(8);
        let born_year = (50 + random.below(56)) % 100;
        Self {
            surname: random.pick(&SURNAMES).into(),
            given: random.pick(&GIVEN).into(),
            sex: random.pick(&['F', 'M']),
            number: serial(random, 9),
            personal_number: if random.chance(0.5) { serial(random, 10) } else { String::new() },
            born: date(random, born_year),
            issued: date(random, issued_year),
            expires: date(random, issued_year + 10),
            town: random.pick(&TOWNS).into(),
            street: format!("{} {}", 1 + random.below(180), random.pick(&STREETS)),
        }
    }
}

/// `YYMMDD` as the visual zone prints it: `DD.MM.YYYY`, born before this century above `pivot`.
pub(super) fn printed(date: &str, pivot: &str) -> String {
    let century = if &date[..2] > pivot { "19" } else { "20" };
    format!("{}.{}.{century}{}", &date[4..], &date[2..4], &date[..2])
}

fn date(random: &mut Random, year: usize) -> String {
    format!("{year:02}{:02}{:02}", 1 + random.below(12), 1 + random.below(28))
}

fn serial(random: &mut Random, length: usize) -> String {
    const LETTERS: [char; 20] =
        ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'R', 'T', 'V', 'X', 'Y', 'Z'];
    const DIGITS: [char; 10] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
    (0..length)
        .map(|i| if i < 2 || random.chance(0.1) { random.pick(&LETTERS) } else { random.pick(&DIGITS) })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::printed;

    #[test]
    fn two_digit_years_fall_into_their_century() {
        assert_eq!(printed("740812", "10"), "12.08.1974");
        assert_eq!(printed("051231", "10"), "31.12.2005");
        assert_eq!(printed("340102", "99"), "02.01.2034");
    }
}
