//! The four files of messages held against each other.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use super::Language;
use crate::checks::Category;
use crate::verdict::Rule;

/// Words that stand in Latin letters in every language.
const LATIN: [&str; 7] = ["JPEG", "PNG", "JavaScript", "report.csv", "CSV", "kyclint", "Enter"];

/// Whether a text is one of those on pages, which speak to people who work with the program in whole sentences too.
fn is_of_page(key: &str) -> bool {
    key.starts_with("page.")
}

/// Every text of a file by its key, as `category.glare.name`.
fn texts(language: Language) -> BTreeMap<String, String> {
    fn gather(key: &str, value: &toml::Value, texts: &mut BTreeMap<String, String>) {
        match value {
            toml::Value::Table(table) => table.iter().for_each(|(name, value)| {
                let key = if key.is_empty() { name.clone() } else { format!("{key}.{name}") };
                gather(&key, value, texts);
            }),
            value => assert!(texts.insert(key.to_owned(), value.as_str().unwrap().to_owned()).is_none()),
        }
    }
    let mut found = BTreeMap::new();
    gather("", &toml::from_str(language.file()).unwrap(), &mut found);
    found
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).map(|rest| rest.split('}').next().unwrap()).collect()
}

fn for_every_text(law: impl Fn(Language, &str, &str)) {
    for language in Language::ALL {
        for (key, text) in texts(language) {
            law(language, &key, &text);
        }
    }
}

#[test]
fn every_file_has_every_key_and_no_other() {
    let english = texts(Language::En);
    for language in Language::ALL {
        let _ = language.messages();
        assert!(texts(language).keys().eq(english.keys()), "{language}");
    }
}

#[test]
fn no_text_is_blank() {
    for_every_text(|language, key, text| {
        let is_trimmed = text.trim() == text || key == "letter.separator";
        assert!(!text.is_empty() && is_trimmed, "{language} {key}: {text:?}");
    });
}

#[test]
fn the_same_is_filled_in_in_every_language() {
    let english = texts(Language::En);
    for_every_text(|language, key, text| {
        assert_eq!(placeholders(text), placeholders(&english[key]), "{language} {key}: {text}");
    });
}

#[test]
fn advice_ends_in_a_full_stop_and_names_in_none() {
    for_every_text(|language, key, text| {
        let stop = if matches!(language, Language::Zh | Language::Ja) { '。' } else { '.' };
        let is_sentence = key.ends_with(".advice");
        let is_label = !is_sentence && !key.starts_with("letter.") && !is_of_page(key);
        assert!(!is_sentence || text.ends_with(stop), "{language} {key}: {text}");
        assert!(!is_label || !text.contains(stop), "{language} {key}: {text}");
    });
}

#[test]
fn advice_asks_politely() {
    for (language, asks) in [(Language::Zh, "请"), (Language::Ja, "ください。"), (Language::Ko, "주세요.")] {
        for (key, text) in texts(language).into_iter().filter(|(key, _)| key.ends_with(".advice")) {
            assert!(text.contains(asks), "{language} {key}: {text}");
        }
    }
}

#[test]
fn no_english_is_left_over() {
    for_every_text(|language, key, text| {
        let filled_in = placeholders(text).into_iter().map(|name| format!("{{{name}}}"));
        let words =
            filled_in.chain(LATIN.map(str::to_owned)).fold(text.to_owned(), |text, word| text.replace(&word, ""));
        let is_latin = words.contains(|letter: char| letter.is_ascii_alphabetic());
        assert!(language == Language::En || !is_latin, "{language} {key}: {text}");
    });
}

#[test]
fn chinese_and_japanese_have_marks_of_full_width() {
    for_every_text(|language, key, text| {
        let is_wide = matches!(language, Language::Zh | Language::Ja) && !is_of_page(key);
        assert!(!is_wide || !text.contains([',', '.', ':', ';', '!', '?', '(', ')']), "{language} {key}: {text}");
    });
}

#[test]
fn texts_are_short() {
    for_every_text(|language, key, text| {
        let (label, sentence) = if language == Language::En { (40, 120) } else { (20, 70) };
        let most = if key.ends_with(".advice") || key.starts_with("letter.") { sentence } else { label };
        assert!(is_of_page(key) || text.chars().count() <= most, "{language} {key}: {text}");
    });
}

#[test]
fn no_two_faults_have_one_name_or_the_advice_of_another_in_theirs() {
    for language in Language::ALL {
        let rules = Rule::ALL.map(|rule| language.rule(rule));
        let entries: Vec<_> = Category::ALL
            .map(|category| language.category(category))
            .into_iter()
            .chain(rules)
            .chain([language.error()])
            .collect();
        for (at, one) in entries.iter().enumerate() {
            for (other_at, other) in entries.iter().enumerate().filter(|(other_at, _)| *other_at != at) {
                assert!(one.name != other.name, "{language} {}", one.name);
                assert!(!one.advice.contains(&other.advice), "{language} {at} {other_at} {}", one.advice);
            }
        }
    }
}

#[test]
fn the_tag_for_html_names_the_script_where_there_are_two() {
    assert_eq!(Language::ALL.map(Language::bcp47), ["en", "zh-Hans", "ja", "ko"]);
    assert_eq!(Language::default(), Language::En);
}

#[test]
fn an_unknown_language_names_the_known_ones() {
    let error = "fr".parse::<Language>().unwrap_err().to_string();
    assert_eq!(error, "unknown language `fr`; known are en, zh, ja, ko");
}
