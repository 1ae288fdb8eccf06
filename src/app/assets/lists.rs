//! What grows with time in an asset, page by page: values, costs, claims, shares, and the changes of a
//! measure.

use chrono::{DateTime, NaiveDate, Utc};
use focalnet_domain::{
    asset::{AssetShare, Claim, Cost, Fact},
    freezing_request::Party,
    names::{AssetId, MeasureId},
};
use serde::{Deserialize, Serialize};

use super::read::{last_known, reader, unknown_from};
use crate::{
    app::{Answer, App, Call, Input, call::Part, context::CallContext, lists::Query},
    error::{Error, Result},
    store::Numbered,
};

/// What was known by then.
#[derive(Debug, Clone, Copy, Deserialize, Serialize)]
pub struct KnownQuery {
    /// Leaves out what was reported after the end of this day.
    pub known_date: Option<NaiveDate>,
}

/// A page of an asset that the caller sees, as it was known.
struct Asked {
    query: Query,
    unknown_from: Option<DateTime<Utc>>,
    party: Party,
    own: bool,
}

impl CallContext<'_> {
    async fn entries_of(&self, asset: AssetId, input: &Input<KnownQuery>) -> Result<Asked> {
        let (_, own) = self.tx.parent_of(&self.scope, asset).await?.ok_or(Error::NotFound("asset"))?;
        let query = self.query(&[])?;
        let party = if own { self.reading_party() } else { Party::State };
        Ok(Asked { query, unknown_from: unknown_from(input.get()?.known_date), party, own })
    }

    async fn leave_entries<T, V: Serialize>(
        self,
        asked: Asked,
        rows: Vec<Numbered<T>>,
        view: impl Fn(T, DateTime<Utc>) -> V,
    ) -> Result<Answer> {
        let reader = reader(asked.party, asked.own);
        let known = last_known(asked.unknown_from);
        let answer =
            self.page(&asked.query, rows, Numbered::place, |row| Ok(Part(view(row.entry, known), reader)))?;
        self.leave(answer).await
    }
}

impl App {
    /// Lists the values of an asset.
    pub async fn list_valuations(&self, call: &Call, input: Input<KnownQuery>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let asset = call.parent()?;
        let asked = cx.entries_of(asset, &input).await?;
        let rows = cx.tx.valuations(asset, (asked.unknown_from, &asked.query.page)).await?;
        cx.leave_entries(asked, rows, |value, _| value).await
    }

    /// Lists what it cost and brought in.
    pub async fn list_costs(&self, call: &Call, input: Input<KnownQuery>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let asset = call.parent()?;
        let asked = cx.entries_of(asset, &input).await?;
        let rows = cx.tx.costs(asset, (asked.unknown_from, &asked.query.page)).await?;
        let view = |mut cost: Cost, known| {
            cost.forget_after(known);
            cost.view()
        };
        cx.leave_entries(asked, rows, view).await
    }

    /// Lists the claims of third parties.
    pub async fn list_claims(&self, call: &Call, input: Input<KnownQuery>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let asset = call.parent()?;
        let asked = cx.entries_of(asset, &input).await?;
        let rows = cx.tx.claims(asset, (asked.unknown_from, &asked.query.page)).await?;
        let view = |mut claim: Claim, known| {
            claim.forget_after(known);
            claim.view()
        };
        cx.leave_entries(asked, rows, view).await
    }

    /// Lists with which organs it is or was shared; for whoever is not of the issuing side it is shared with nobody.
    pub async fn list_asset_shares(&self, call: &Call, input: Input<KnownQuery>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let asset = call.parent()?;
        let asked = cx.entries_of(asset, &input).await?;
        let rows = if asked.party.is_issuer() {
            cx.tx.asset_shares(asset, (asked.unknown_from, &asked.query.page)).await?
        } else {
            Vec::new()
        };
        let view = |mut share: AssetShare, known| {
            share.forget_after(known);
            share
        };
        cx.leave_entries(asked, rows, view).await
    }

    /// Lists the renewals and the lifting of a measure.
    pub async fn list_measure_changes(&self, call: &Call, input: Input<KnownQuery>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let measure: MeasureId = call.parent()?;
        let asked = cx.entries_of(measure.parent, &input).await?;
        let rows = cx.tx.measure_changes(measure, (asked.unknown_from, &asked.query.page)).await?;
        let rows = rows.ok_or(Error::NotFound("measure"))?;
        cx.leave_entries(asked, rows, |change, _| Fact::new(change.facts.view(), change.recorded)).await
    }
}
