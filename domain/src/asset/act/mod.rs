//! All acts on an asset as one type: what is asked, checked, performed and journaled.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Asset, FreezeLimits, Recorded, disposition::Side};
use crate::{
    clock,
    error::{Obstacle, Reason, Refusal, Result, Violation},
    journal::Audience,
    names::{AssetId, ClaimId, FreezingRequestId, MeasureId, OrganizationId},
    order::{PurposeAmount, PurposeKind},
    words::words,
};

mod allocate;
mod claims;
mod describe;
mod dispose;
mod restrain;
mod share;
mod value;

pub use allocate::AllocateProceeds;
pub use claims::{DecideClaim, RecordClaim};
pub use describe::{RecordOwnership, Update, violations as asset_violations, warnings};
pub use dispose::{
    RecordDisposition, RecordSale, check as check_disposition, obstacle as disposition_obstacle,
};
pub use restrain::{LiftMeasure, RecordMeasure, RenewMeasure};
pub use share::{RevokeAssetShare, ShareAsset};
pub use value::{RecordCost, RecordEncumbrance, RecordValuation, SettleCost};

#[cfg(test)]
mod tests;

/// What an act needs to know beside the asset.
#[derive(Debug, Clone, Default)]
pub struct Context {
    /// The day of the act, in UTC.
    pub today: NaiveDate,
    /// The latest day anywhere on Earth: nothing that was recorded before is later.
    pub latest_day: NaiveDate,
    /// The request, if the asset was reported under one.
    pub request: Option<FreezingRequestId>,
    /// Whether the request is the Prosecutor's own.
    pub of_prosecutor: bool,
    /// Positions of the persons of the request or order.
    pub positions: Vec<i32>,
    /// Whether the obligation has ended for the asset.
    pub obligation_over: bool,
    /// The purposes that still hold for its persons.
    pub purposes: Vec<PurposeKind>,
    /// What the State has said of the end of a freeze.
    pub limits: FreezeLimits,
    /// What is left to recover under the order, where it states amounts.
    pub outstanding: Vec<PurposeAmount>,
    /// Of the assets in whose place a new one is reported, those on which there is an order.
    pub ordered: Vec<AssetId>,
}

/// What an act changed, for the store to save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// How it is described.
    Description,
    /// The last ownership is new.
    Ownership,
    /// The last measure is new.
    Measure,
    /// The last change of this measure is new.
    MeasureChange(MeasureId),
    /// The last valuation is new.
    Valuation,
    /// The last encumbrance is new.
    Encumbrance,
    /// The last entry of the ledger is new.
    Cost,
    /// This entry of the ledger was settled.
    Settlement(i32),
    /// The last claim is new.
    Claim,
    /// The last step of this claim is new.
    ClaimDecision(ClaimId),
    /// The last disposition is new.
    Disposition,
    /// This many allocations at the end are new.
    Allocations(usize),
    /// The last share is new.
    Share,
    /// The share with this organ has ended.
    ShareRevoked(OrganizationId),
    /// Another asset came of it.
    Proceeds(Box<Asset>),
}

/// What accompanies an act: what can be wrong with it, what stands against it, and what it does.
trait Payload {
    /// Whether the asset has what it names: a measure, a claim.
    fn is_known(&self, _asset: &Asset) -> bool {
        true
    }

    /// What is wrong with it, all at once.
    fn violations(&self, asset: &Asset, context: &Context) -> Vec<Violation>;

    /// What stands against it.
    fn obstacle(&self, _asset: &Asset, _context: &Context) -> Result<()> {
        Ok(())
    }

    /// Which side does it, where that depends on what accompanies it.
    fn side(&self, _asset: &Asset) -> Option<Side> {
        None
    }

    /// Does to the asset what the act means.
    fn perform(&self, asset: &mut Asset, context: &Context, recorded: Recorded) -> Vec<Change>;
}

macro_rules! acts {
    ($($(#[$doc:meta])* $variant:ident($payload:ty) = $word:literal,)*) => {
        words! {
            /// The acts on an asset.
            pub enum AssetActKind {
                /// Report it.
                Report = "report_asset",
                $($(#[$doc])* $variant = $word,)*
            }
        }

        /// An act with what accompanies it.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
        pub enum AssetAct { $($(#[$doc])* #[serde(rename = $word)] $variant($payload),)* }

        impl AssetAct {
            /// Which act it is.
            #[must_use]
            pub const fn kind(&self) -> AssetActKind {
                match self { $(Self::$variant(_) => AssetActKind::$variant,)* }
            }

            /// Whether the asset has what it names: a measure, a claim.
            #[must_use]
            pub fn is_known(&self, asset: &Asset) -> bool {
                match self { $(Self::$variant(payload) => payload.is_known(asset),)* }
            }

            /// What is wrong with what accompanies it, all at once.
            #[must_use]
            pub fn violations(&self, asset: &Asset, context: &Context) -> Vec<Violation> {
                match self { $(Self::$variant(payload) => payload.violations(asset, context),)* }
            }

            /// What stands against it.
            pub fn obstacle(&self, asset: &Asset, context: &Context) -> Result<()> {
                match self { $(Self::$variant(payload) => payload.obstacle(asset, context),)* }
            }

            /// Which side does it, where that depends on what accompanies it.
            #[must_use]
            pub fn side(&self, asset: &Asset) -> Option<Side> {
                match self { $(Self::$variant(payload) => payload.side(asset),)* }
            }

            /// The journal stream of the request in which the event of the act stands.
            #[must_use]
            pub fn audience(&self) -> Audience {
                let private = match self {
                    Self::RecordDisposition(payload) => {
                        payload.disposition.kind.row().is_some_and(|row| !row.shared)
                    }
                    _ => false,
                };
                let of_act = self.kind().row().map_or(Audience::Issuer, |row| row.audience);
                if private { Audience::Issuer } else { of_act }
            }

            /// Performs it.
            pub fn perform(&self, asset: &mut Asset, context: &Context, recorded: Recorded) -> Vec<Change> {
                match self { $(Self::$variant(payload) => payload.perform(asset, context, recorded),)* }
            }
        }
    };
}

acts! {
    /// Correct how it is described.
    Update(Update) = "update_asset",
    /// Say who stands behind it.
    RecordOwnership(RecordOwnership) = "record_ownership",
    /// Record a measure.
    RecordMeasure(RecordMeasure) = "record_measure",
    /// Renew a measure.
    RenewMeasure(RenewMeasure) = "renew_measure",
    /// Lift a measure.
    LiftMeasure(LiftMeasure) = "lift_measure",
    /// Add a value.
    RecordValuation(RecordValuation) = "record_valuation",
    /// Record a right of somebody else.
    RecordEncumbrance(RecordEncumbrance) = "record_encumbrance",
    /// Record a cost or an income.
    RecordCost(RecordCost) = "record_cost",
    /// Record that a cost was paid.
    SettleCost(SettleCost) = "settle_cost",
    /// Record a claim.
    RecordClaim(RecordClaim) = "record_claim",
    /// Record the next step of a claim.
    DecideClaim(DecideClaim) = "decide_claim",
    /// Record a sale before judgment.
    RecordSale(RecordSale) = "record_sale",
    /// Record what became of it.
    RecordDisposition(RecordDisposition) = "record_disposition",
    /// Allocate its proceeds.
    AllocateProceeds(AllocateProceeds) = "allocate_proceeds",
    /// Share it with an organ that is no party.
    ShareAsset(ShareAsset) = "share_asset",
    /// End that.
    RevokeAssetShare(RevokeAssetShare) = "revoke_asset_share",
}

/// An obstacle to an act on an asset.
fn refused(asset: &Asset, reason: Reason, text: impl Into<String>) -> Refusal {
    let text = text.into();
    Refusal::new(reason, text.clone(), vec![Obstacle::new(asset.name.to_string(), text)])
}

/// Refuses to add anything to an asset of which nothing is held any more.
fn held(asset: &Asset, context: &Context) -> Result<()> {
    if asset.is_settled_on(context.latest_day) {
        let state = asset.state_on(context.latest_day);
        return Err(refused(
            asset,
            Reason::WrongState,
            format!("the asset is {state}: nothing of it is held any more"),
        ));
    }
    Ok(())
}

fn not_in_the_future(day: NaiveDate, path: &str, context: &Context) -> Option<Violation> {
    clock::not_yet(day, context.latest_day).map(|text| Violation::new(path, text))
}
