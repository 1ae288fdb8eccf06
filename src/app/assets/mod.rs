//! Assets from report to release: all acts go one way, whether a State reports them or the Court holds the asset itself.

use crate::app::Answer;
use focalnet_domain::{
    asset::{
        Asset, FreezeLimits, NewAsset, Parent,
        act::{AssetAct, AssetActKind, Change, Context, asset_violations},
    },
    error::{Reason, Violation},
    journal::Audience,
    names::AssetId,
};
use serde_json::{Value, json};

use super::{App, Call, Input, context::CallContext};
use crate::{
    authz::policy::Relation,
    error::{Error, Result},
    store::{AssetHeads, AssetSeen, Facts},
};

mod holding;
mod lists;
mod overview;
mod read;
mod recovery;

use holding::Holding;
#[cfg(test)]
pub use lists::KnownQuery;
#[cfg(test)]
pub use overview::OverviewQuery;
#[cfg(test)]
pub use read::AssetQuery;

impl App {
    /// Does an act on an asset.
    pub async fn act_on_asset(&self, call: &Call, input: Input<AssetAct>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name: AssetId = call.name()?;
        let (parent, own) = cx.tx.parent_of(&cx.scope, name).await?.ok_or(Error::NotFound("asset"))?;
        if !own {
            return Err(Error::PermissionDenied(
                Reason::WrongParty,
                "the asset is shared with you to be read",
            ));
        }
        let recovery = match input.known() {
            // Only for the Court. A State's call is refused anyway, and must not wait for what is recovered
            // in another State.
            Some(AssetAct::AllocateProceeds(_)) if cx.scope.is_court() => cx.tx.lock_recovery(parent).await?,
            _ => None,
        };
        let (holding, answered) = cx.lock_holding(parent).await?;
        let facts = Facts::Shown { day: cx.actor.now.date_naive(), unknown_from: None, act: input.known() };
        let AssetSeen { mut asset, heads, .. } =
            cx.tx.asset(&cx.scope, name, facts).await?.ok_or(Error::NotFound("asset"))?;
        if let Some(act) = input.known() {
            act.is_known(&asset).then_some(()).ok_or(Error::NotFound("asset"))?;
            cx.thread_of(act, &holding).await?;
            cx.recipient_of(act).await?;
        }
        if let Some(answered) = answered {
            return cx.same_answer(answered);
        }
        let (party, custody) = (holding.party(), holding.is_custody());
        let permit = cx.authorize(Relation::Asset { party, custody, side: None })?;
        let act = input.get()?;
        if let Some(side) = act.side(&asset) {
            cx.authorize(Relation::Asset { party, custody, side: Some(side) })?;
        }
        let limits = cx.limits(act.kind(), &holding).await?;
        let outstanding = recovery.as_ref().map(|(_, left)| left.clone()).unwrap_or_default();
        let context = Context { outstanding, ..holding.context(&cx, Some(&asset), limits) };
        let place = match act {
            AssetAct::RecordSale(_) => Some(holding.place(&cx).await?),
            _ => None,
        };
        Error::check(act.violations(&asset, &context))?;
        cx.check_etag(&cx.asset_etag(name, heads, party))?;
        let row = act.kind().row().ok_or_else(|| Error::internal("an act on an asset has no row"))?;
        holding.check_state(row, false)?;
        holding.check_recipient(act)?;
        // A refusal tells a State no more than it reads.
        act.obstacle(&asset.seen_by(party), &context)?;
        place.as_ref().map_or(Ok(()), |(count, _)| holding.check_room(*count))?;

        let changes = act.perform(&mut asset, &context, holding.recorded(cx.actor.now));
        let proceeds = changes.iter().find_map(|change| match change {
            Change::Proceeds(proceeds) => Some(proceeds.as_ref().clone()),
            _ => None,
        });
        let told = recorded(act, &asset, &changes)?;
        let audience = if custody { Audience::Court } else { act.audience() };
        let told = holding.tell(&permit, audience, (act.kind().as_str(), name, told))?;
        cx.tx.save_asset(&permit, &asset, &changes, (audience, told.hash)).await?;
        if let (Some(proceeds), Some(place)) = (&proceeds, place) {
            let new = std::slice::from_ref(proceeds);
            cx.tx.insert_assets(&permit, place, new, told.hash).await?;
        }
        cx.tx.decide_approvals(&permit, &told.decided).await?;
        let mut work_is_left = false;
        if let (AssetAct::AllocateProceeds(allocate), Some(recovery), Some(event)) =
            (act, &recovery, told.events.first())
        {
            work_is_left = cx.recover(&permit, recovery, event.name, allocate).await?;
        }
        let (shown, heads) = match proceeds {
            Some(proceeds) => (proceeds, AssetHeads { shared: told.hash, issuer: None }),
            None if audience == Audience::Issuer => (asset, AssetHeads { issuer: Some(told.hash), ..heads }),
            None => (asset, AssetHeads { shared: told.hash, ..heads }),
        };
        let receipt = told.events.first().map(|event| cx.receipt(event)).transpose()?;
        let etag = cx.asset_etag(shown.name, heads, party);
        let view = shown.seen_by(party).view(context.today);
        let answer = CallContext::seen(view, etag, receipt, Some(party.into()));
        let answer = cx.finish(&permit, told.events, &answer).await?;
        if work_is_left {
            self.doorbell.notify_one();
        }
        Ok(answer)
    }

    /// Reports an asset under a request, or one that the Court holds itself under an order.
    pub async fn report_asset(&self, call: &Call, input: Input<NewAsset>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let parent = parent(call)?;
        let (mut holding, answered) = cx.lock_holding(parent).await?;
        if let (Some(name), Holding::Request { dossier, .. }) =
            (input.known().and_then(|new| new.value_substitute_for), &mut holding)
        {
            let today = cx.actor.now.date_naive();
            dossier.request.touched = cx.tx.assets_named(dossier.request.name, &[name], today).await?;
            if dossier.request.touched.is_empty() {
                return Err(Error::NotFound("value_substitute_for"));
            }
        }
        if let Some(answered) = answered {
            return cx.same_answer(answered);
        }
        let (party, custody) = (holding.party(), holding.is_custody());
        let permit = cx.authorize(Relation::Asset { party, custody, side: None })?;
        let mut new = input.get()?.clone();
        let limits = cx.limits(AssetActKind::Report, &holding).await?;
        let context = holding.context(&cx, None, limits);
        let mut violations = asset_violations(&new, "asset.", &context);
        if custody && new.value_substitute_for.is_some() {
            let text = "is for assets of the same request";
            violations.push(Violation::new("asset.value_substitute_for", text));
        }
        let place = holding.place(&cx).await?;
        Error::check(violations)?;
        let row =
            AssetActKind::Report.row().ok_or_else(|| Error::internal("reporting an asset has no row"))?;
        holding.check_state(row, true)?;
        holding.check_room(place.0)?;

        for measure in &mut new.measures {
            measure.reminder_date = measure.reminder(limits);
        }
        let asset = Asset::new(parent, &new, holding.recorded(cx.actor.now));
        let journal = if custody { Audience::Court } else { Audience::Shared };
        let act = AssetActKind::Report.as_str();
        let mut told = serde_json::to_value(&new).map_err(|error| Error::Internal(error.into()))?;
        told["measure_names"] = json!(asset.measure_names());
        let told = holding.tell(&permit, journal, (act, asset.name, json!({ act: told })))?;
        let assets = std::slice::from_ref(&asset);
        cx.tx.insert_assets(&permit, place, assets, told.hash).await?;
        cx.tx.decide_approvals(&permit, &told.decided).await?;
        let receipt = told.events.first().map(|event| cx.receipt(event)).transpose()?;
        let heads = AssetHeads { shared: told.hash, issuer: None };
        let etag = cx.asset_etag(asset.name, heads, party);
        let answer = CallContext::seen(asset.view(context.today), etag, receipt, Some(party.into()));
        cx.finish(&permit, told.events, &answer).await
    }
}

/// The parent of a call, of either kind.
fn parent(call: &Call) -> Result<Parent> {
    if call.parent.starts_with("orders/") {
        return call.parent().map(Parent::Order);
    }
    let request = call.parent().map(Parent::Request);
    request.map_err(|_| Error::invalid("parent", "must be `freezingRequests/{uuid}` or `orders/{uuid}`"))
}

/// What the journal keeps: what accompanied the act, and what came of it: names that later acts refer to, and days that
/// follow from what the State has said.
fn recorded(act: &AssetAct, asset: &Asset, changes: &[Change]) -> Result<Value> {
    let mut content = serde_json::to_value(act).map_err(|error| Error::Internal(error.into()))?;
    let payload = content.get_mut(act.kind().as_str()).and_then(Value::as_object_mut);
    let payload = payload.ok_or_else(|| Error::internal("an act is not written under its kind"))?;
    let mut tell = |field: &str, value: Value| payload.insert(field.into(), value);
    for change in changes {
        match change {
            Change::Measure => {
                if let Some(measure) = asset.measures.last() {
                    tell("measure_name", json!(measure.name));
                    tell("reminder_date", json!(measure.reminder_date()));
                }
            }
            Change::MeasureChange(name) => {
                if let Some(measure) = asset.measures.iter().find(|measure| measure.name == *name) {
                    tell("reminder_date", json!(measure.reminder_date()));
                }
            }
            Change::Claim => {
                if let Some(claim) = asset.claims.last() {
                    tell("claim_name", json!(claim.name));
                }
            }
            Change::Proceeds(proceeds) => {
                tell("proceeds_asset", json!(proceeds.name));
                tell("measure_names", json!(proceeds.measure_names()));
            }
            _ => {}
        }
    }
    Ok(content)
}

impl CallContext<'_> {
    /// The clarification that a cost refers to; what the caller may not see is `NOT_FOUND`.
    async fn thread_of(&self, act: &AssetAct, holding: &Holding) -> Result<()> {
        let AssetAct::RecordCost(record) = act else { return Ok(()) };
        let Some(thread) = record.cost.agreed_in else { return Ok(()) };
        let own =
            matches!(holding, Holding::Request { dossier, .. } if dossier.request.name == thread.parent);
        let found = if own { self.tx.clarification(&self.scope, thread).await? } else { None };
        found.map(|_| ()).ok_or(Error::NotFound("agreed_in"))
    }

    /// The organ with which an act shares: any other of the Court that reads dossiers.
    async fn recipient_of(&self, act: &AssetAct) -> Result<()> {
        let recipient = match act {
            AssetAct::ShareAsset(share) => share.recipient,
            AssetAct::RevokeAssetShare(revoke) => revoke.recipient,
            _ => return Ok(()),
        };
        let (organ, _) =
            self.tx.organization(&self.scope, recipient).await?.ok_or(Error::NotFound("organization"))?;
        let other = organ.kind.is_court() && recipient != self.actor.organization;
        other.then_some(()).ok_or(Error::NotFound("recipient"))
    }

    /// What the State has said of the end of a freeze, for acts that set one.
    async fn limits(&self, act: AssetActKind, holding: &Holding) -> Result<FreezeLimits> {
        let sets =
            matches!(act, AssetActKind::Report | AssetActKind::RecordMeasure | AssetActKind::RenewMeasure);
        match holding {
            Holding::Request { dossier, .. } if sets => {
                Ok(self.national(&dossier.request).await?.freeze_limits())
            }
            _ => Ok(FreezeLimits::default()),
        }
    }
}
