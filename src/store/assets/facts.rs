//! Each fact of an asset as the row that is inserted for it, whoever reports it.

use chrono::NaiveDate;
use focalnet_domain::{
    asset::{
        Allocation, Asset, AssetShare, Disposition, Encumbrance, Fact, Measure, MeasureKind, Ownership,
        Valuation,
        claim::{Claim, ClaimDecision},
        cost::{Cost, Settlement},
        measure::MeasureChange,
    },
    money::Money,
    share::Share,
};
use sea_orm::{ActiveValue::Set, EntityTrait};
use uuid::Uuid;

use crate::{
    error::Result,
    store::{
        Tx,
        entity::{
            allocation, asset_share, claim, claim_decision, cost, cost_settlement, disposition, encumbrance,
            measure, measure_change, ownership, valuation,
        },
        to_json,
    },
};

pub(super) fn position(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// The share as its two columns.
fn split(share: Option<Share>) -> (Option<i32>, Option<i32>) {
    (share.map(|share| share.numerator), share.map(|share| share.denominator))
}

fn optional(value: Option<&impl serde::Serialize>) -> Result<Option<serde_json::Value>> {
    value.map(to_json).transpose()
}

pub(super) fn measure_row(number: usize, new: &Measure) -> measure::ActiveModel {
    let (numerator, denominator) = split(new.facts.share);
    measure::ActiveModel {
        id: Set(new.name.id),
        asset_id: Set(new.name.parent.0),
        position: Set(position(number)),
        kind: Set(new.facts.kind.to_string()),
        national_reference: Set(new.facts.national_reference.clone()),
        authority: Set(new.facts.authority.clone()),
        start_date: Set(new.facts.start_date),
        end_date: Set(new.facts.end_date),
        reminder_date: Set(new.facts.reminder_date),
        numerator: Set(numerator),
        denominator: Set(denominator),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
    }
}

pub(super) fn change_row(
    measure: Uuid,
    number: usize,
    new: &Fact<MeasureChange>,
) -> measure_change::ActiveModel {
    measure_change::ActiveModel {
        measure_id: Set(measure),
        position: Set(position(number)),
        kind: Set(new.facts.kind.to_string()),
        end_date: Set(new.facts.end_date),
        reminder_date: Set(new.facts.reminder_date),
        national_reference: Set(new.facts.national_reference.clone()),
        reason: Set(new.facts.reason.clone()),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
    }
}

pub(super) fn valuation_row(
    asset: Uuid,
    number: usize,
    new: &Fact<Valuation>,
) -> Result<valuation::ActiveModel> {
    Ok(valuation::ActiveModel {
        asset_id: Set(asset),
        position: Set(position(number)),
        amount: Set(new.facts.value.amount()),
        currency_code: Set(new.facts.value.currency_code().to_owned()),
        valuation_date: Set(new.facts.valuation_date),
        method: Set(new.facts.method.to_string()),
        appraiser: Set(new.facts.appraiser.clone()),
        create_time: Set(new.recorded.create_time),
        converted_from: Set(optional(new.facts.converted_from.as_ref())?),
        event_id: Set(new.recorded.event.0),
    })
}

pub(super) fn ownership_row(
    asset: Uuid,
    number: usize,
    new: &Fact<Ownership>,
) -> Result<ownership::ActiveModel> {
    Ok(ownership::ActiveModel {
        asset_id: Set(asset),
        position: Set(position(number)),
        layer: Set(new.facts.layer.to_string()),
        from_date: Set(new.facts.from_date),
        owners: Set(to_json(&new.facts.owners)?),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
    })
}

pub(super) fn encumbrance_row(
    asset: Uuid,
    number: usize,
    new: &Fact<Encumbrance>,
) -> Result<encumbrance::ActiveModel> {
    Ok(encumbrance::ActiveModel {
        asset_id: Set(asset),
        position: Set(position(number)),
        facts: Set(to_json(&new.facts)?),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
    })
}

pub(super) fn cost_row(asset: Uuid, new: &Cost) -> cost::ActiveModel {
    let facts = &new.facts;
    cost::ActiveModel {
        asset_id: Set(asset),
        number: Set(new.number),
        kind: Set(facts.kind.to_string()),
        amount: Set(facts.amount.amount()),
        currency_code: Set(facts.amount.currency_code().to_owned()),
        due_date: Set(facts.due_date),
        extraordinary: Set(facts.extraordinary),
        bearer: Set(facts.bearer.map(|bearer| bearer.to_string())),
        agreed_in_id: Set(facts.agreed_in.map(|thread| thread.id)),
        paid_date: Set(facts.paid_date),
        description: Set(facts.description.clone()),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
    }
}

pub(super) fn settlement_row(
    asset: Uuid,
    number: i32,
    new: &Fact<Settlement>,
) -> cost_settlement::ActiveModel {
    cost_settlement::ActiveModel {
        asset_id: Set(asset),
        number: Set(number),
        paid_date: Set(new.facts.paid_date),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
    }
}

pub(super) fn claim_row(number: usize, new: &Claim) -> Result<claim::ActiveModel> {
    Ok(claim::ActiveModel {
        id: Set(new.name.id),
        asset_id: Set(new.name.parent.0),
        position: Set(position(number)),
        facts: Set(to_json(&new.facts)?),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
    })
}

pub(super) fn decision_row(
    claim: Uuid,
    number: usize,
    new: &Fact<ClaimDecision>,
) -> claim_decision::ActiveModel {
    let (numerator, denominator) = split(new.facts.upheld);
    claim_decision::ActiveModel {
        claim_id: Set(claim),
        position: Set(position(number)),
        state: Set(new.facts.state.to_string()),
        decision_date: Set(new.facts.decision_date),
        reference: Set(new.facts.reference.clone()),
        numerator: Set(numerator),
        denominator: Set(denominator),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
    }
}

pub(super) fn disposition_row(
    asset: Uuid,
    number: usize,
    new: &Fact<Disposition>,
) -> Result<disposition::ActiveModel> {
    let (numerator, denominator) = split(new.facts.share);
    Ok(disposition::ActiveModel {
        asset_id: Set(asset),
        position: Set(position(number)),
        kind: Set(new.facts.kind.to_string()),
        disposition_date: Set(new.facts.disposition_date),
        reason: Set(new.facts.reason.clone()),
        national_reference: Set(new.facts.national_reference.clone()),
        create_time: Set(new.recorded.create_time),
        numerator: Set(numerator),
        denominator: Set(denominator),
        proceeds: Set(optional(new.facts.proceeds.as_ref())?),
        event_id: Set(new.recorded.event.0),
    })
}

/// The days on which measures of a kind hold, as PostgreSQL writes several ranges.
pub(super) fn days(asset: &Asset, kind: MeasureKind) -> String {
    let range = |(first, last): (NaiveDate, Option<NaiveDate>)| {
        format!("[{first},{}]", last.map(|last| last.to_string()).unwrap_or_default())
    };
    format!("{{{}}}", asset.days_of(kind).map(range).collect::<Vec<_>>().join(","))
}

pub(super) fn allocation_row(asset: Uuid, number: usize, new: &Fact<Allocation>) -> allocation::ActiveModel {
    allocation::ActiveModel {
        asset_id: Set(asset),
        position: Set(position(number)),
        purpose: Set(new.facts.purpose.to_string()),
        amount: Set(new.facts.amount.amount()),
        currency_code: Set(new.facts.amount.currency_code().to_owned()),
        decision_date: Set(new.facts.decision_date),
        reference: Set(new.facts.reference.clone()),
        counts_as: Set(new.facts.counts_as.as_ref().map(Money::amount)),
        counts_as_currency_code: Set(new
            .facts
            .counts_as
            .as_ref()
            .map(|money| money.currency_code().to_owned())),
        rate_source: Set(new.facts.rate_source.clone()),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
    }
}

pub(super) fn share_row(asset: Uuid, number: usize, new: &AssetShare) -> asset_share::ActiveModel {
    asset_share::ActiveModel {
        asset_id: Set(asset),
        position: Set(position(number)),
        recipient_id: Set(new.recipient.0),
        purpose: Set(new.purpose.clone()),
        create_time: Set(new.recorded.create_time),
        event_id: Set(new.recorded.event.0),
        revoke_reason: Set(new.revoke_reason.clone()),
        revoke_time: Set(new.revoke_time),
    }
}

impl Tx {
    /// Rows of one table, where there are any.
    pub(super) async fn insert<E, A>(&self, rows: Result<Vec<A>>) -> Result<()>
    where
        E: EntityTrait,
        A: sea_orm::ActiveModelTrait<Entity = E>,
    {
        let rows = rows?;
        if !rows.is_empty() {
            E::insert_many(rows).exec_without_returning(&self.link).await?;
        }
        Ok(())
    }
}
