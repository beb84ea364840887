//! The layers of the crate, as the crate doc draws them: each module names only modules it may.
#![expect(clippy::unwrap_used, reason = "a test may fail")]

use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// Every module of the library and what it may name.
const MAY_NAME: &[(&str, &[&str])] = &[
    ("csv_lines", &[]),
    ("geometry", &[]),
    ("html", &[]),
    ("names", &[]),
    ("random", &[]),
    ("share", &[]),
    ("visible", &[]),
    ("identity", &["names"]),
    ("pixels", &["geometry"]),
    ("photo", &["geometry", "names", "pixels"]),
    ("scene", &["geometry", "identity", "names", "photo", "pixels"]),
    ("checks", &["geometry", "identity", "names", "photo", "pixels", "scene"]),
    ("verdict", &["checks", "geometry", "names", "scene"]),
    ("budget", &["checks", "names", "scene", "share", "verdict"]),
    ("config", &["budget", "checks", "names", "photo", "scene", "verdict"]),
    ("record", &["budget", "checks", "geometry", "identity", "photo", "scene", "share", "verdict"]),
    ("words", &["checks", "names", "record", "scene", "verdict"]),
    ("audit", &["checks", "config", "csv_lines", "geometry", "photo", "record", "scene", "verdict"]),
    (
        "report",
        &[
            "budget", "checks", "config", "geometry", "html", "names", "photo", "pixels", "record", "scene", "share",
            "verdict", "visible", "words",
        ],
    ),
    ("tune", &["checks", "config", "csv_lines", "html", "photo", "random", "record", "scene", "share", "verdict"]),
    ("compare", &["checks", "html", "names", "record", "scene", "verdict", "visible"]),
    ("synth", &["geometry", "identity", "names", "photo", "pixels", "random", "scene"]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    if !folder.is_dir() {
        return vec![folder.with_extension("rs")];
    }
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// The modules that `text` names as `crate::<module>`; doc comments and tests may point anywhere.
fn named(text: &str) -> Vec<&str> {
    let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
    let paths = lines.flat_map(|line| line.split("crate::").skip(1));
    let ends = |path: &str| path.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(path.len());
    paths.map(|path| &path[..ends(path)]).collect()
}

#[test]
fn every_module_is_in_the_table() {
    let mut modules: Vec<String> = fs::read_dir(src())
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .filter(|name| name != "lib" && name != "bin")
        .collect();
    modules.sort();
    let mut table: Vec<&str> = MAY_NAME.iter().map(|(module, _)| *module).collect();
    table.sort_unstable();
    assert_eq!(modules, table);
}

#[test]
fn no_module_names_one_above_it() {
    let mut files = 0;
    for (module, allowed) in MAY_NAME {
        for file in sources(&src().join(module)) {
            files += 1;
            for name in named(&fs::read_to_string(&file).unwrap()) {
                let fine = name == *module || allowed.contains(&name);
                assert!(fine, "{} names `crate::{name}`, which `{module}` may not", file.display());
            }
        }
    }
    assert!(files > 30, "only {files} files were looked at");
}

#[test]
fn the_table_has_no_cycles() {
    for (at, (module, allowed)) in MAY_NAME.iter().enumerate() {
        for below in *allowed {
            let place = MAY_NAME.iter().position(|(name, _)| name == below).unwrap();
            assert!(place < at, "`{module}` names `{below}`, which is not below it");
        }
    }
}

#[test]
fn only_the_program_knows_the_command_line() {
    for (module, _) in MAY_NAME {
        for file in sources(&src().join(module)) {
            let text = fs::read_to_string(&file).unwrap();
            for program in ["clap", "anyhow", "indicatif", "anstream", "tracing", "ctrlc"] {
                assert!(!text.contains(&format!("{program}::")), "{} uses {program}", file.display());
            }
        }
    }
}

#[test]
fn files_are_short_before_their_tests() {
    for file in sources(&src()) {
        let text = fs::read_to_string(&file).unwrap();
        let lines = text.split("#[cfg(test)]\nmod tests {").next().unwrap().lines().count();
        assert!(lines <= 420, "{} has {lines} lines before its tests", file.display());
    }
}
