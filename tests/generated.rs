//! Files that are generated from the code and committed. `UPDATE=1 cargo test` writes them anew.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::Path;

use kyclint::config::Settings;
use kyclint::config::render;
use kyclint::config::schema;

fn holds(file: &str, expected: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, expected).unwrap();
    }
    let actual = fs::read_to_string(&path).unwrap_or_default();
    assert!(actual == expected, "{file} is stale: run `UPDATE=1 cargo test --test generated`");
}

#[test]
fn the_default_configuration_is_that_of_the_registry() {
    holds("configs/default.toml", &render(&Settings::default()));
}

#[test]
fn the_schema_is_that_of_the_code() {
    holds("configs/schema.json", &format!("{:#}\n", schema()));
}

#[test]
fn the_default_configuration_reads_back_to_the_defaults() {
    let mut settings = Settings::default();
    settings.overlay("default.toml", &render(&Settings::default())).unwrap();
    assert_eq!(settings, Settings::default());
}
