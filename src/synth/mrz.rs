//! Machine-readable zones of ICAO Doc 9303: composition with 7-3-1 check digits.

use crate::identity::check_digit;
use crate::synth::person::Person;

/// Two lines of 44, for a passport.
pub(super) fn td3(person: &Person) -> Vec<String> {
    let number = filled(&person.number, 9);
    let personal = filled(&person.personal_number, 14);
    let head = format!("{number}{}UTO", check_digit(&number));
    let dates = format!(
        "{}{}{}{}{}",
        person.born,
        check_digit(&person.born),
        person.sex,
        person.expires,
        check_digit(&person.expires)
    );
    let tail = format!("{personal}{}", if person.personal_number.is_empty() { '<' } else { check_digit(&personal) });
    let composite = format!("{}{}{}{}", &head[..10], &dates[..7], &dates[8..], tail);
    let last = check_digit(&composite);
    vec![filled(&format!("P<UTO{}", names(person)), 44), format!("{head}{dates}{tail}{last}")]
}

/// Three lines of 30, for an identity card.
pub(super) fn td1(person: &Person) -> Vec<String> {
    let number = filled(&person.number, 9);
    let first = filled(&format!("I<UTO{number}{}{}", check_digit(&number), person.personal_number), 30);
    let born = format!("{}{}", person.born, check_digit(&person.born));
    let expires = format!("{}{}", person.expires, check_digit(&person.expires));
    let optional = filled("", 11);
    let last = check_digit(&format!("{}{born}{expires}{optional}", &first[5..]));
    vec![first, format!("{born}{}{expires}UTO{optional}{last}", person.sex), filled(&names(person), 30)]
}

fn names(person: &Person) -> String {
    format!("{}<<{}", person.surname.replace(' ', "<"), person.given.replace(' ', "<"))
}

fn filled(text: &str, length: usize) -> String {
    let mut line: String = text.chars().take(length).collect();
    line.extend(std::iter::repeat_n('<', length - line.len()));
    line
}

#[cfg(test)]
mod tests {
    use super::td1;
    use super::td3;
    use crate::synth::person::Person;

    fn specimen() -> Person {
        Person {
            surname: "ERIKSSON".into(),
            given: "ANNA MARIA".into(),
            sex: 'F',
            number: "L898902C3".into(),
            personal_number: "ZE184226B".into(),
            born: "740812".into(),
            expires: "120415".into(),
            ..Person::default()
        }
    }

    #[test]
    fn the_icao_passport_specimen_comes_out_letter_by_letter() {
        assert_eq!(
            td3(&specimen()),
            ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"]
        );
    }

    #[test]
    fn the_icao_card_specimen_comes_out_letter_by_letter() {
        let person = Person { number: "D23145890".into(), personal_number: String::new(), ..specimen() };
        assert_eq!(
            td1(&person),
            ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"]
        );
    }
}
