//! The batch: find the photos, measure each on one worker, hand the rows over in order.
//!
//! [`collect`] lists what is to be audited, [`run`] audits it and tells an observer what happens. One photo never stops a
//! run: what cannot be read, decoded or measured is a row with the verdict `error`. [`resume`] measures only what an earlier run
//! did not.

mod assess;
mod entry;
mod fingerprint;
mod known;
mod last_change;
mod manifest;
mod run;
mod walk;

pub use assess::assess;
pub use assess::assess_showing;
pub use assess::audit_bytes;
pub use entry::Entry;
pub use entry::PathStyle;
pub use fingerprint::fingerprint;
pub use known::Known;
pub use known::SameBy;
pub use manifest::Manifest;
pub use manifest::ManifestError;
pub use run::Event;
pub use run::Options;
pub use run::WORKER;
pub use run::resume;
pub use run::run;
pub use walk::Collected;
pub use walk::Inputs;
pub use walk::WalkError;
pub use walk::Warning;
pub use walk::collect;
