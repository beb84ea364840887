//! What every check must have, told by name where it is missing.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use kyclint::checks::Category;
use kyclint::checks::Check;
use kyclint::checks::REGISTRY;
use kyclint::checks::Side;

fn manifest_dir() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_check_lives_in_the_file_of_its_name() {
    for check in REGISTRY {
        let file = manifest_dir().join(format!("src/checks/{}.rs", check.id));
        let text = fs::read_to_string(&file).unwrap_or_else(|_| panic!("{} is missing", file.display()));
        assert!(text.contains(&format!("id: \"{}\"", check.id)), "{} declares another id", file.display());
    }
}

#[test]
fn every_file_that_declares_a_check_is_registered() {
    for entry in fs::read_dir(manifest_dir().join("src/checks")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            continue;
        }
        let declares = fs::read_to_string(&path).is_ok_and(|text| text.contains("\ncheck! {"));
        let id = path.file_stem().unwrap().to_str().unwrap();
        assert_eq!(declares, REGISTRY.iter().any(|check| check.id == id), "{}", path.display());
    }
}

#[test]
fn ids_are_unique() {
    let ids: BTreeSet<_> = REGISTRY.iter().map(|check| check.id).collect();
    assert_eq!(ids.len(), REGISTRY.len());
}

#[test]
fn every_check_has_its_three_headings_in_order() {
    for check in REGISTRY {
        let headings: Vec<_> = check.docs.lines().filter_map(|line| line.trim().strip_prefix("# ")).collect();
        assert_eq!(headings, ["What it measures", "Why it matters", "Method"], "{}", check.id);
        assert!(check.summary().len() > 20, "{} says nothing under the first heading", check.id);
    }
}

#[test]
fn every_band_is_in_order_and_each_limit_has_a_fault() {
    for check in REGISTRY {
        check.band.validate().unwrap_or_else(|error| panic!("{}: {error}", check.id));
        assert!(check.band.limits().count() > 0, "{} can never fail", check.id);
        for (limit, _) in check.band.limits() {
            assert!(check.faults.on(limit.side()).is_some(), "{} has {} without a fault", check.id, limit.key());
        }
    }
}

#[test]
fn every_side_with_a_fault_has_a_limit() {
    for check in REGISTRY {
        for side in [Side::Below, Side::Above] {
            let limited = check.band.limits().any(|(limit, _)| limit.side() == side);
            assert_eq!(check.faults.on(side).is_some(), limited, "{} {side:?}", check.id);
        }
    }
}

#[test]
fn advice_is_a_command_with_a_full_stop_and_messages_are_fragments() {
    for fault in REGISTRY.iter().flat_map(|check| check.faults.iter()) {
        assert!(fault.advice.ends_with('.'), "{:?}", fault.advice);
        assert!(fault.advice.starts_with(char::is_uppercase), "{:?}", fault.advice);
        assert!(!fault.message.ends_with('.') && fault.message.starts_with(char::is_lowercase), "{:?}", fault.message);
    }
}

#[test]
fn every_category_is_fed_by_a_check() {
    let fed: BTreeSet<_> = REGISTRY.iter().flat_map(|check| check.faults.iter()).map(|fault| fault.category).collect();
    let all: BTreeSet<_> = Category::ALL.into_iter().collect();
    assert_eq!(fed, all);
}

#[test]
fn every_check_is_measured_on_some_type() {
    let none: Vec<&Check> = REGISTRY.iter().filter(|check| check.applies_to.is_empty()).collect();
    assert!(none.is_empty(), "{none:?}");
}
