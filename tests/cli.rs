//! The command line as data: `tests/cmd/*.toml`. `TRYCMD=overwrite cargo test --test cli` writes what is printed now.

#[test]
fn every_case_prints_and_ends_as_written() {
    trycmd::TestCases::new().case("tests/cmd/*.toml");
}
