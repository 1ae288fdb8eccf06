//! Sharing an asset, and its end.

use serde::{Deserialize, Serialize};

use super::{Change, Context, Payload, refused};
use crate::{
    asset::{Asset, Recorded, share::AssetShare},
    error::Result,
    error::{Reason, Violation},
    names::OrganizationId,
};

fn shared_with(asset: &Asset, recipient: OrganizationId) -> Option<usize> {
    asset.shares.iter().position(|share| share.recipient == recipient && share.revoke_time.is_none())
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
        if shared_with(asset, self.recipient).is_some() {
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
        match shared_with(asset, self.recipient) {
            Some(_) => Ok(()),
            None => Err(refused(asset, Reason::WrongState, "it is not shared with this organ")),
        }
    }

    fn perform(&self, asset: &mut Asset, _: &Context, recorded: Recorded) -> Vec<Change> {
        let Some(position) = shared_with(asset, self.recipient) else { return Vec::new() };
        asset.shares[position].revoke_reason = Some(self.reason.clone());
        asset.shares[position].revoke_time = Some(recorded.create_time);
        vec![Change::ShareRevoked(position)]
    }
}
