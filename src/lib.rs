//! kyclint measures photos of identity documents and selfies, says which would be rejected and why, offline and by the
//! million.
//!
//! # Architecture
//!
//! Each layer names only layers above it in this table; `tests/architecture.rs` holds the code against it.
//!
//! | layer | module | is |
//! |---|---|---|
//! | L0 | [`geometry`] | points, quadrilaterals, projective maps: no pixels |
//! | L0 | [`pixels`] | planes and kernels: no I/O, no policy |
//! | L0 | [`photo`] | bytes → [`photo::Photo`]: sniff, limits, EXIF, JPEG structure, decode, upright planes |
//! | L0 | [`identity`] | what a document says as text: machine-readable zone, barcode, expiry; no pixels |
//! | L0 | [`share`] | how many of how many, and how sure that is |
//! | L1 | [`scene`] | what the photo shows, derived once and shared by the checks |
//! | L2 | [`checks`] | the registry: one file a check; its words, unit, default band, measure |
//! | L3 | [`verdict`] | numbers → grades → findings → verdict under a [`verdict::Policy`]; sees no pixel |
//! | L3 | [`budget`] | what a run is held to: the language of conditions, and whether they are met |
//! | L3 | [`config`] | TOML → [`config::Settings`]; errors name file, line, key and alternatives |
//! | L4 | [`record`] | [`record::Row`] and the one column list, made from the registry |
//! | L4 | [`words`] | names, advice and letters in the language of the person who submits |
//! | L5 | [`audit`] | the batch: walk, manifest, workers, isolation of panics, rows in order, rows of earlier runs |
//! | L5 | [`report`] | rows → bytes and back, one file a format; one photo with its findings drawn on it |
//! | L5 | `tune` | people's labels beside recorded numbers: how well bands judge, and bands that judge better |
//! | L5 | `compare` | two reports → what changed, and how far distributions have drifted |
//! | L5 | `synth` | the capture simulator: draws documents, photographs them with known faults |
//! | L6 | `bin/kyclint` | arguments, progress, exit codes: the only `clap`, `anyhow`, `indicatif` and standard output |
//!
//! # The way of one photo
//!
//! ```text
//! walk, list or manifest → bytes → sniff, limits, EXIF, JPEG structure → decode (luma and chroma planes, upright)
//!   → scene → every check that applies to the document type → numbers → bands → grades → findings → verdict → row
//! ```
//!
//! A check sees no limit, a grade sees no photo, a table sees neither: so recorded numbers can be judged again without
//! opening a photo. A verdict never depends on the other photos of a folder, and one bad photo never stops a run.
//!
//! # As a library
//!
//! With `default-features = false` the library measures and judges without polars and without the program's dependencies.
//!
//! ```
//! use kyclint::audit::audit_bytes;
//! use kyclint::config::Settings;
//! use kyclint::verdict::Verdict;
//!
//! let row = audit_bytes("upload-42", b"only words", None, &Settings::default());
//! assert_eq!(row.verdict, Verdict::Error);
//! assert!(row.error.is_some_and(|error| error.contains("JPEG")));
//! ```

mod csv_lines;
#[cfg(feature = "tables")]
mod html;
mod names;
#[cfg(any(feature = "synth", feature = "tables"))]
mod random;

pub mod audit;
pub mod budget;
pub mod checks;
#[cfg(feature = "tables")]
pub mod compare;
pub mod config;
pub mod geometry;
pub mod identity;
pub mod photo;
pub mod pixels;
pub mod record;
pub mod report;
pub mod scene;
pub mod share;
#[cfg(feature = "synth")]
pub mod synth;
#[cfg(feature = "tables")]
pub mod tune;
pub mod verdict;
mod visible;
pub mod words;
