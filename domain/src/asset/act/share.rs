//! Sharing an asset, and its end.

use serde::{Deserialize, Serialize};

use super::{Change, Context, Payload, refused};
use crate::{
    asset::{Asset, Recorded, share::AssetShare},
    error::Result,
    error::{Reason, Violation},
    names::OrganizationId,
};

fn is_shared_with(asset: &Asset, recipient: OrganizationId) -> bool {
    asset.shares.iter().any(|share| share.is_with(recipient))
}

/// That an asset is shared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ShareAsset {
    /// With whom.
    pub recipient: OrganizationId,
    /// For what.
    pub purpose: String,
}

impl Payload for ShareAsset {
    fn violations(&self, _: &Asset, _: &Context) -> Vec<Violation> {
        Vec::new()
    }

    fn obstacle(&self, asset: &Asset, _: &Context) -> Result<()> {
        if asset.lead_only {
            let text = "the State gave it only to generate new evidence (RS 93(8)(b))";
            return Err(refused(asset, Reason::LeadOnly, text));
        }
        if is_shared_with(asset, self.recipient) {
            return Err(refused(asset, Reason::WrongState, "it is shared with this organ already"));
        }
        Ok(())
    }

    fn perform(&self, asset: &mut Asset, _: &Context, recorded: Recorded) -> Vec<Change> {
        asset.shares.push(AssetShare {
            recipient: self.recipient,
            purpose: self.purpose.clone(),
            revoke_reason: None,
            revoke_time: None,
            recorded,
        });
        vec![Change::Share]
    }
}

/// That an asset is shared no more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RevokeAssetShare {
    /// With whom.
    pub recipient: OrganizationId,
    /// Why.
    pub reason: String,
}

impl Payload for RevokeAssetShare {
    fn violations(&self, _: &Asset, _: &Context) -> Vec<Violation> {
        Vec::new()
    }

    fn obstacle(&self, asset: &Asset, _: &Context) -> Result<()> {
        if is_shared_with(asset, self.recipient) {
            return Ok(());
        }
        Err(refused(asset, Reason::WrongState, "it is not shared with this organ"))
    }

    fn perform(&self, asset: &mut Asset, _: &Context, recorded: Recorded) -> Vec<Change> {
        for share in asset.shares.iter_mut().filter(|share| share.is_with(self.recipient)) {
            share.revoke_reason = Some(self.reason.clone());
            share.revoke_time = Some(recorded.create_time);
        }
        vec![Change::ShareRevoked(self.recipient)]
    }
}
