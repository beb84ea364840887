//! The table `[capture]`.

use schemars::JsonSchema;
use serde::Deserialize;
use toml::Spanned;

use super::ConfigIssue;
use super::file::BandTable;
use crate::checks::Band;
use crate::checks::Limit;
use crate::checks::Side;
use crate::verdict::CapturePolicy;

/// What makes a capture fail beyond what makes its frames fail.
#[derive(Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub(super) struct CaptureTable {
    /// Limits of how much of what was asked is seen, 0–1.
    #[schemars(with = "BandTable")]
    prompt_followed: Option<Spanned<BandTable>>,
    /// Limits of the movement of the face from frame to frame, distances between the eyes.
    #[schemars(with = "BandTable")]
    movement_speed: Option<Spanned<BandTable>>,
    /// Whether frames are mirrored, as previews of front cameras are.
    mirrored: Option<bool>,
}

impl CaptureTable {
    pub(super) fn apply(&self, policy: &mut CapturePolicy) -> Result<(), ConfigIssue> {
        lay("prompt_followed", Side::Below, self.prompt_followed.as_ref(), &mut policy.prompt_followed)?;
        lay("movement_speed", Side::Above, self.movement_speed.as_ref(), &mut policy.movement_speed)?;
        policy.is_mirrored = self.mirrored.unwrap_or(policy.is_mirrored);
        Ok(())
    }
}

/// Lays `table` over `band`, of which only the limits on `side` are faults.
fn lay(key: &str, side: Side, table: Option<&Spanned<BandTable>>, band: &mut Band) -> Result<(), ConfigIssue> {
    let Some(table) = table else { return Ok(()) };
    let own = Band::from(*table.get_ref());
    if let Some((limit, _)) = own.limits().find(|(limit, _)| limit.side() != side) {
        let known: Vec<_> = Limit::ALL.iter().filter(|limit| limit.side() == side).map(|limit| limit.key()).collect();
        let issue = ConfigIssue::new(table.span(), format!("`capture.{key}` has no `{}`", limit.key()));
        return Err(issue.with_help(format!("its limits are {}", known.join(", "))));
    }
    let laid = own.or(*band);
    laid.validate().map_err(|error| ConfigIssue::new(table.span(), format!("`capture.{key}`: {error}")))?;
    *band = laid;
    Ok(())
}
