//! Decoding of public specimens (fictitious persons), clean, confused and noisy.

use std::time::Instant;

use jiff::civil::date;

use super::Check;
use super::Expiry;
use super::Format;
use super::NoExpiry;
use super::Reading;
use super::Scores;
use super::check_digit;
use super::decode;
use super::glyph;

const TD3: [&str; 2] = ["P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10"];
const TD1: [&str; 3] =
    ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6", "ERIKSSON<<ANNA<MARIA<<<<<<<<<<"];
const TD2: [&str; 2] = ["I<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "D231458907UTO7408122F1204159<<<<<<<6"];
const MRV_A: [&str; 2] =
    ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L8988901C4XXX4009078F96121096ZE184226B<<<<<<"];
const MRV_B: [&str; 2] = ["V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<", "L8988901C4XXX4009078F9612109<<<<<<<<"];
const FRENCH: [&str; 2] = ["IDFRABERTHIER<<<<<<<<<<<<<<<<<<<<<<<", "9409923102854CORINNE<<<<<<<6512068F4"];
const GERMAN: [&str; 3] =
    ["IDD<<T220001293<<<<<<<<<<<<<<<", "6408125<2010315D<<<<<<<<<<<<<4", "MUSTERMANN<<ERIKA<<<<<<<<<<<<<"];
const SWISS: [&str; 3] =
    ["IDCHES0002068<8<<<<<<<<<<<<<<<", "8102287F1301014CHE<<<<<<<<<<<4", "VADIS<<QUO<<<<<<<<<<<<<<<<<<<<"];
/// The specimen of ICAO Doc 9303-5 with a document number of twelve characters.
const LONG: [&str; 3] =
    ["I<UTOD23145890<7349<<<<<<<<<<<", "3407127M9507122UTO<<<<<<<<<<<2", "STEVENSON<<PETER<JOHN<<<<<<<<<"];
const CANADIAN: [&str; 2] =
    ["P<CANAMAN<<RITA<TANIA<<<<<<<<<<<<<<<<<<<<<<<", "ERE82721<9CAN8412070M2405252<<<<<<<<<<<<<<08"];
const AS_OF: jiff::civil::Date = date(2026, 7, 1);

/// Cells in which `text` is seen without doubt.
fn clear(text: &str) -> Vec<Scores> {
    text.chars().map(|character| seen(&[(character, 0.999)])).collect()
}

/// A cell that may be one of some characters; the others share the rest.
fn seen(characters: &[(char, f32)]) -> Scores {
    let rest = 1.0 - characters.iter().map(|(_, share)| share).sum::<f32>();
    let mut scores = [(rest / 37.0).ln(); 37];
    for (character, share) in characters {
        scores[glyph(*character).unwrap()] = share.ln();
    }
    scores
}

fn read(lines: &[&str]) -> Option<Reading> {
    decode(&lines.iter().map(|line| clear(line)).collect::<Vec<_>>())
}

#[track_caller]
fn assert_reads(lines: &[&str], format: Format) -> Reading {
    let reading = read(lines).expect("a zone");
    assert_eq!((reading.format(), reading.reveal().as_slice()), (format, lines));
    assert!(reading.all_digits_hold(), "{reading:?}");
    assert!(reading.least_confidence() > 0.9, "{lines:?} {}", reading.least_confidence());
    reading
}

/// `text` with the characters at some places looking more like others.
fn confused(text: &str, changes: &[(usize, char, f32)]) -> Vec<Scores> {
    let mut cells = clear(text);
    for (at, other, share) in changes {
        let character = text.chars().nth(*at).unwrap();
        cells[*at] = seen(&[(character, 0.99 - share), (*other, *share)]);
    }
    cells
}

#[test]
fn specimens_of_each_format_come_out_letter_by_letter() {
    assert_eq!(assert_reads(&TD1, Format::Td1).check_digits().len(), 4);
    assert_eq!(assert_reads(&TD2, Format::Td2).check_digits().len(), 4);
    assert_eq!(assert_reads(&TD3, Format::Td3).check_digits().len(), 5);
    assert_eq!(assert_reads(&CANADIAN, Format::Td3).check_digits().len(), 5);
    assert_eq!(assert_reads(&MRV_A, Format::MrvA).check_digits().len(), 3);
    assert_eq!(assert_reads(&MRV_B, Format::MrvB).check_digits().len(), 3);
    assert_eq!(assert_reads(&FRENCH, Format::FrenchCard).check_digits().len(), 3);
    assert_reads(&GERMAN, Format::Td1);
    assert_reads(&SWISS, Format::Td1);
}

#[test]
fn state_and_code_are_told_apart_from_what_is_private() {
    let public = |lines: &[&str]| read(lines).map(|reading| (reading.document_code(), reading.issuing_state()));
    assert_eq!(public(&TD3), Some((Some('P'), Some("UTO"))));
    assert_eq!(public(&GERMAN), Some((Some('I'), Some("D"))));
    assert_eq!(public(&FRENCH), Some((Some('I'), Some("FRA"))));
    assert_eq!(public(&TD3[1..]), Some((None, None)));
}

#[test]
fn a_code_outside_the_table_is_read_but_not_named() {
    let reading = read(&["P<QQZERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", TD3[1]]).unwrap();
    assert_eq!((&reading.reveal()[0][..5], reading.issuing_state()), ("P<QQZ", None));
}

#[test]
fn a_long_number_goes_on_in_the_optional_field() {
    let reading = assert_reads(&LONG, Format::Td1);
    assert_eq!(reading.check_digits().len(), 4);
}

#[test]
fn a_long_number_of_the_larger_card_is_checked_too() {
    let mut second = "D23145890<UTO7408122F1204159349<<<<".to_owned();
    let number = check_digit("D2314589034");
    second.replace_range(30..31, &number.to_string());
    let composite = check_digit(&format!("{}{}{}", &second[..10], &second[13..20], &second[21..35]));
    second.push(composite);
    assert_reads(&[TD2[0], &second], Format::Td2);
    let wrong = second.replacen("D23", "D24", 1);
    let reading = read(&[TD2[0], &wrong]).unwrap();
    let holding: Vec<bool> = reading.check_digits().iter().map(|digit| digit.holds).collect();
    assert_eq!((reading.reveal()[1], holding), (wrong.as_str(), vec![true, true, false, false]));
}

#[test]
fn an_empty_personal_number_may_have_a_filler_or_a_zero_as_digit() {
    let zero = format!("{}{}", &CANADIAN[1][..42], "08");
    let filler = format!("{}{}", &CANADIAN[1][..42], "<8");
    for line in [zero, filler] {
        assert_reads(&[CANADIAN[0], &line], Format::Td3);
    }
}

#[test]
fn confused_glyphs_are_healed_by_the_grammar() {
    let first = confused(TD3[0], &[(10, '5', 0.8), (7, '1', 0.8)]);
    let second = confused(TD3[1], &[(13, 'T', 0.7), (14, 'A', 0.6), (20, '8', 0.9), (24, 'O', 0.9), (27, 'G', 0.8)]);
    let reading = decode(&[first, second]).unwrap();
    assert_eq!(reading.reveal(), TD3);
    assert!(reading.all_digits_hold());
}

#[test]
fn confused_glyphs_are_healed_by_check_digits() {
    for (at, other) in [(1, 'B'), (4, '0'), (5, 'Z'), (7, 'G'), (13, '1'), (21, '7'), (29, 'F'), (31, 'B')] {
        let reading = decode(&[clear(TD3[0]), confused(TD3[1], &[(at, other, 0.85)])]).unwrap();
        assert_eq!(reading.reveal(), TD3, "{other} at {at}");
        assert!(reading.all_digits_hold());
    }
}

#[test]
fn letters_read_among_fillers_are_healed_by_the_form_of_names() {
    let first = confused(TD3[0], &[(30, 'K', 0.9), (38, 'K', 0.9), (13, 'K', 0.6), (19, 'K', 0.5)]);
    let reading = decode(&[first, clear(TD3[1])]).unwrap();
    assert_eq!(reading.reveal(), TD3);
}

#[test]
fn wrongly_printed_digits_stay_as_printed_and_do_not_hold() {
    for (at, check) in
        [(9, Check::DocumentNumber), (19, Check::BirthDate), (27, Check::ExpiryDate), (43, Check::Composite)]
    {
        let mut wrong = TD3[1].to_owned();
        let digit = (wrong.as_bytes()[at] - b'0' + 3) % 10;
        wrong.replace_range(at..=at, &digit.to_string());
        let reading = read(&[TD3[0], &wrong]).unwrap();
        assert_eq!(reading.reveal(), [TD3[0], &wrong]);
        assert!(!reading.all_digits_hold());
        assert!(reading.check_digits().iter().any(|digit| digit.covers == check && !digit.holds));
    }
}

#[test]
fn a_zone_that_several_changes_explain_alike_is_not_bent() {
    let wrong = TD3[1].replacen("L898902C3", "L898902C4", 1);
    let alike: Vec<(usize, char, f32)> = vec![(8, '3', 0.02), (1, '1', 0.02), (2, '8', 0.02), (4, '3', 0.02)];
    let reading = decode(&[clear(TD3[0]), confused(&wrong, &alike)]).unwrap();
    assert_eq!(reading.reveal()[1], wrong);
    assert!(!reading.all_digits_hold());
}

#[test]
fn a_number_without_end_never_expires() {
    let mut second = TD3[1].replacen("1204159", "<<<<<<0", 1);
    second.pop();
    let composite = check_digit(&format!("{}{}{}", &second[..10], &second[13..20], &second[21..43]));
    second.push(composite);
    let reading = assert_reads(&[TD3[0], &second], Format::Td3);
    assert_eq!(reading.expiry(AS_OF), Expiry::Never);
}

#[test]
fn expiry_is_where_the_format_has_it() {
    let expiry = |lines: &[&str]| read(lines).unwrap().expiry(AS_OF);
    for lines in [TD1.as_slice(), &TD2, &TD3, &TD1[..2]] {
        assert_eq!(expiry(lines), Expiry::On(date(2012, 4, 15)));
    }
    assert_eq!(expiry(&FRENCH), Expiry::Unreadable(NoExpiry::NotStated));
    assert_eq!(expiry(&TD3[..1]), Expiry::Unreadable(NoExpiry::Illegible));
    let wrong = TD3[1].replacen("1204159", "1204150", 1);
    assert_eq!(expiry(&[TD3[0], &wrong]), Expiry::Unreadable(NoExpiry::CheckDigit));
}

#[test]
fn unknown_parts_of_a_birth_date_are_read() {
    let born = format!("7408<<{}", check_digit("7408<<"));
    let mut second = TD3[1].replacen("7408122", &born, 1);
    second.pop();
    second.push(check_digit(&format!("{}{}{}", &second[..10], &second[13..20], &second[21..43])));
    assert_reads(&[TD3[0], &second], Format::Td3);
}

#[test]
fn a_card_whose_third_line_is_hidden_is_still_one() {
    let reading = read(&TD1[..2]).unwrap();
    assert_eq!((reading.format(), reading.lines().len()), (Format::Td1, 2));
    assert!((reading.lines_seen() - 2.0 / 3.0).abs() < 1e-9 && reading.all_digits_hold());
    let rest = read(&TD1[1..]).unwrap();
    assert_eq!(rest.lines().iter().map(|line| line.row).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(
        rest.check_digits().iter().map(|digit| digit.covers).collect::<Vec<_>>(),
        [Check::BirthDate, Check::ExpiryDate]
    );
}

#[test]
fn a_single_line_says_which_it_is() {
    let row = |line: &str| read(&[line]).map(|reading| (reading.format(), reading.lines()[0].row));
    assert_eq!(row(TD3[0]), Some((Format::Td3, 0)));
    assert_eq!(row(TD3[1]), Some((Format::Td3, 1)));
    assert_eq!(row(TD2[1]), Some((Format::Td2, 1)));
    assert_eq!(row(FRENCH[1]), Some((Format::FrenchCard, 1)));
    assert_eq!(row(TD1[0]), Some((Format::Td1, 0)));
    assert_eq!(row(TD1[1]), Some((Format::Td1, 1)));
}

#[test]
fn a_visa_does_not_excuse_a_wrong_composite_digit() {
    let wrong = format!("{}7", &TD3[1][..43]);
    assert_eq!(read(&[&wrong]).unwrap().format(), Format::Td3);
}

#[test]
fn other_lines_around_the_zone_are_left_out() {
    let reading = read(&["GIVEN<NAMES", TD3[0], "SOME<OTHER<LINE", TD3[1], "12345"]).unwrap();
    assert_eq!(reading.reveal(), TD3);
    assert_eq!(reading.lines().iter().map(|line| line.source).collect::<Vec<_>>(), [1, 3]);
    let text: String = "THE<QUICK<BROWN<FOX<JUMPS<OVER<THE<LAZY<DOG<".to_owned();
    let reading = read(&[&text, TD3[0], TD3[1]]).unwrap();
    assert_eq!(reading.lines().iter().map(|line| line.source).collect::<Vec<_>>(), [1, 2]);
}

#[test]
fn lines_in_the_wrong_order_are_no_zone_in_full() {
    let reading = read(&[TD3[1], TD3[0]]).unwrap();
    assert_eq!(reading.lines().len(), 1);
}

#[test]
fn other_text_is_no_zone() {
    let texts = [
        "THE<QUICK<BROWN<FOX<JUMPS<OVER<THE<LAZY<DOG<",
        "PLACE<OF<BIRTH<MUNICH<DATE<OF<ISSUE<12<04<15",
        "PASSPORT<NUMBER<L898902C3<AND<DATE<OF<BIRTH<",
        "1234567890123456789012345678901234567890123<",
        "IDENTITY<CARD<OF<UTOPIA<<<<<<<",
        "RESIDENCE<PERMIT<OF<UTOPIA<<<<<<<<<<",
        "12<MAIN<STREET<SPRINGFIELD<IL<62704<",
        "IIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIIII",
        "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
        "<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
        "P<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<",
        "11111111111111111<<<<<<<<<<<<<<<<<<<<<<<<<<<",
        "1I1I1I1I1I1I1I1I1I1I1I1I1I1I1I1I1I1I1I1I1I1I",
    ];
    for text in texts {
        assert_eq!(read(&[text]), None, "{text}");
        assert_eq!(read(&[text, text]), None, "{text}");
        assert_eq!(read(&[text, text, text]), None, "{text}");
    }
}

#[test]
fn nothing_is_no_zone() {
    assert_eq!(decode(&[]), None);
    assert_eq!(decode(&[Vec::new(), vec![[0.0; 37]; 44], vec![[f32::NAN; 37]; 44]]), None);
    assert_eq!(decode(&[vec![[f32::NEG_INFINITY; 37]; 44], vec![[-3.6; 37]; 44]]), None);
}

#[test]
fn what_is_private_stays_hidden() {
    let reading = read(&TD3).unwrap();
    assert_eq!(reading.masked()[0], format!("P<UTO{}", "*".repeat(39)));
    assert_eq!(reading.masked()[1], "*".repeat(44));
    let shown = format!("{reading:?} {:?}", reading.lines());
    for private in ["ERIKSSON", "ANNA", "L898902C3", "740812", "ZE184226B"] {
        assert!(!shown.contains(private), "{shown}");
    }
}

#[test]
#[ignore = "a measurement: cargo test --release --lib identity -- --ignored --nocapture"]
#[expect(clippy::print_stdout, reason = "a measurement for people")]
fn time_of_a_zone() {
    for lines in
        [TD3.as_slice(), &TD1, &LONG, &TD2, &MRV_A, &MRV_B, &FRENCH, &TD3[..1], &TD3[1..], &TD1[..2], &TD1[..1]]
    {
        let cells: Vec<Vec<Scores>> = lines.iter().map(|line| clear(line)).collect();
        let times = (0..200).map(|_| {
            let start = Instant::now();
            assert!(decode(&cells).is_some());
            start.elapsed()
        });
        let evidence = read(lines).unwrap().evidence();
        println!("{:?} at best, evidence {evidence:.0}: {}", times.min().unwrap(), &lines[0][..5]);
    }
}
