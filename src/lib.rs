//! kyclint measures photos of identity documents and selfies and says which would be rejected and why.

mod names;

pub mod audit;
pub mod checks;
pub mod config;
pub mod photo;
pub mod pixels;
pub mod record;
pub mod report;
pub mod scene;
#[cfg(feature = "synth")]
pub mod synth;
pub mod verdict;
