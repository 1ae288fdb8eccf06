//! Where an asset belongs while an act is at work on it: its request, or the order under which the Court holds it.

use chrono::{DateTime, Utc};
use focalnet_domain::{
    asset::{
        Asset, FreezeLimits, Parent, Recorded,
        act::{AssetAct, Context},
    },
    clock,
    error::{Obstacle, Reason},
    freezing_request::{Party, execution::check_room},
    journal::{Audience, Event, Hash},
    names::{AssetId, OrganizationId},
    order::{Order, State as OrderState},
    organization::Kind,
};
use serde_json::Value;

use crate::{
    app::{context::CallContext, ledger::Ledger},
    authz::Permit,
    error::{Error, Result},
    store::{Answered, AssetHeads, Decided, Dossier},
};

/// The parent of an asset, locked and loaded.
pub(super) enum Holding {
    /// A request, with what the caller is to it.
    Request { dossier: Box<Dossier>, party: Party, ledger: Ledger },
    /// An order, with what the caller is to it.
    Order { order: Box<Order>, party: Party, ledger: Ledger },
}

/// What an act left in the journal.
pub(super) struct Told {
    pub(super) events: Vec<Event>,
    pub(super) hash: Hash,
    pub(super) decided: Vec<Decided>,
}

impl CallContext<'_> {
    /// Locks and loads the parent, and finds the answer to an earlier call with the same `request_id`.
    pub(super) async fn lock_holding(&self, parent: Parent) -> Result<(Holding, Option<Answered>)> {
        match parent {
            Parent::Request(name) => {
                let (dossier, answered) = self.lock_dossier(name).await?;
                let party = self.party(&dossier.request)?;
                let ledger = Ledger::of(&dossier);
                Ok((Holding::Request { dossier: Box::new(dossier), party, ledger }, answered))
            }
            Parent::Order(name) => {
                let (seen, ledger, answered) = self.lock_order(name).await?;
                let party = match self.actor.kind {
                    Kind::Registry => Party::Channel,
                    Kind::Chamber => Party::Chamber,
                    _ => Party::Applicant,
                };
                Ok((Holding::Order { order: Box::new(seen.order), party, ledger }, answered))
            }
        }
    }
}

impl Holding {
    pub(super) const fn party(&self) -> Party {
        match self {
            Self::Request { party, .. } | Self::Order { party, .. } => *party,
        }
    }

    /// Whether the Court holds it itself.
    pub(super) const fn is_custody(&self) -> bool {
        matches!(self, Self::Order { .. })
    }

    /// When and by which event the act will be recorded.
    pub(super) fn recorded(&self, now: DateTime<Utc>) -> Recorded {
        match self {
            Self::Request { ledger, .. } | Self::Order { ledger, .. } => ledger.recorded(now),
        }
    }

    /// What an act needs to know; of no asset in particular, where it is about a new one.
    pub(super) fn context(
        &self,
        cx: &CallContext<'_>,
        asset: Option<&Asset>,
        limits: FreezeLimits,
    ) -> Context {
        match self {
            Self::Request { dossier, .. } => {
                let request = &dossier.request;
                Context {
                    obligation_over: asset.is_some_and(|asset| request.obligation_over(asset)),
                    purposes: asset.map(|asset| request.purposes_of(asset)).unwrap_or_default(),
                    ..request.asset_context(cx.actor.now, limits)
                }
            }
            Self::Order { order, .. } => Context {
                today: cx.actor.now.date_naive(),
                latest_day: clock::latest_day(cx.actor.now),
                request: None,
                of_prosecutor: false,
                positions: order.named_persons.iter().map(|named| named.position).collect(),
                obligation_over: asset.is_some_and(|asset| order.obligation_over(asset)),
                purposes: asset.map(|asset| order.purposes_of(asset)).unwrap_or_default(),
                limits,
                outstanding: Vec::new(),
                ordered: Vec::new(),
            },
        }
    }

    /// Whether an act is allowed while the parent is as it is.
    pub(super) fn check_state(
        &self,
        row: &focalnet_domain::asset::lifecycle::Row,
        is_new: bool,
    ) -> Result<()> {
        let text = match self {
            Self::Request { dossier, .. } if !row.during.contains(&dossier.request.state) => {
                let states: Vec<_> = row.during.iter().map(|state| state.as_str()).collect();
                format!("the request is {}; allowed: {}", dossier.request.state, states.join(", "))
            }
            Self::Order { order, .. } if is_new && order.state == OrderState::Revoked => {
                "the order is revoked".to_owned()
            }
            _ => return Ok(()),
        };
        let title = format!("{} is not allowed now", row.act);
        Err(Error::Precondition(Reason::WrongState, title, vec![Obstacle::new("state", text)]))
    }

    /// What the Court holds itself is seen by whoever sees its order, and not shared beyond.
    pub(super) fn check_recipient(&self, act: &AssetAct) -> Result<()> {
        match (self, act) {
            (Self::Order { .. }, AssetAct::ShareAsset(_)) => Err(Error::invalid(
                "recipient",
                "cannot be given: whoever sees the order sees what the Court holds under it",
            )),
            _ => Ok(()),
        }
    }

    /// How many assets there are already, and who may know of a new one.
    pub(super) async fn place(&self, cx: &CallContext<'_>) -> Result<(usize, Option<OrganizationId>)> {
        match self {
            Self::Request { dossier, .. } => {
                let request = &dossier.request;
                Ok((request.asset_counts.total as usize, Some(request.requested_state)))
            }
            Self::Order { order, .. } => Ok((cx.tx.count_of_order(order.name).await?, None)),
        }
    }

    /// Whether there is room for one more asset, where there are so many already.
    pub(super) fn check_room(&self, count: usize) -> Result<()> {
        match self {
            Self::Request { dossier, .. } => check_room(&dossier.request.name, count, 1)?,
            Self::Order { order, .. } => check_room(&order.name, count, 1)?,
        }
        Ok(())
    }

    /// Records the act, and voids the proposals that it overtakes. An act on a thing that the Court holds
    /// changes nothing in the order, so it overtakes no proposal about the order.
    pub(super) fn tell(
        self,
        permit: &Permit,
        audience: Audience,
        (act, asset, content): (&str, AssetId, Value),
    ) -> Result<Told> {
        let (mut ledger, mut approvals) = match self {
            Self::Request { dossier, ledger, .. } => (ledger, dossier.approvals),
            Self::Order { ledger, .. } => (ledger, Vec::new()),
        };
        let hash = ledger.add(permit, audience, (act, asset.to_string(), content), None)?;
        let decided = ledger.overtake(permit, &mut approvals, audience, None)?;
        Ok(Told { events: ledger.into_events(), hash, decided })
    }
}

impl CallContext<'_> {
    /// The etag of an asset for a party. Events that the party does not read do not change it.
    pub(in crate::app) fn asset_etag(&self, name: AssetId, heads: AssetHeads, party: Party) -> String {
        let issuer = heads.issuer.filter(|_| party.is_issuer());
        self.app.keys.etag(&name.to_string(), std::iter::once(heads.shared).chain(issuer))
    }

    /// What the caller is to an asset that it only reads: the side decides what is shown.
    pub(super) const fn reading_party(&self) -> Party {
        match self.actor.kind {
            Kind::State => Party::State,
            Kind::Authority => Party::Authority,
            _ => Party::Channel,
        }
    }
}
