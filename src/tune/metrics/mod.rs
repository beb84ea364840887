//! The statistics of decisions and scores against the truth. Pure numbers: no file, no photo, no check.
//!
//! - A photo is *bad* where it has the fault that is looked for; the larger its score, the worse it looks. Bad photos are the
//!   positives.
//! - A photo counts by its weight: weight 2 is the photo twice.
//! - Photos of one submission are alike, so intervals and folds go by group: a submission is one group.
//! - What is not defined, as the precision of no finds, is `None`.
//!
//! | question | answer |
//! |---|---|
//! | how good are the decisions? | [`Confusion`] |
//! | how good is a score, at every threshold? | [`Curve`] |
//! | how sure is the area under its ROC curve? | [`auc_with_interval`] |
//! | how sure is any ratio of counts? | [`Bootstrap`] over groups, [`wilson`] for independent trials |
//! | does a score throw out the photos that fail later? | [`error_versus_discard`] |
//! | which photos to tune on, which to test on? | [`folds`] |

mod auc;
mod binomial;
mod bootstrap;
mod confusion;
mod curve;
mod discard;
mod estimate;
mod folds;
mod groups;
mod thin;

pub use auc::auc_with_interval;
pub use auc::curve_with_interval;
pub use bootstrap::Bootstrap;
pub use confusion::Confusion;
pub use curve::Curve;
pub use curve::CurvePoint;
pub use curve::Scored;
pub use discard::AREA_UP_TO;
pub use discard::Attempt;
pub use discard::Edc;
pub use discard::error_versus_discard;
pub use estimate::Estimate;
pub use folds::folds;
pub use groups::sum_by_group;
pub use groups::total;
pub use thin::thin;

pub use crate::share::wilson;
