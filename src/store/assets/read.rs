//! Each fact of an asset as it is read from the row that it is kept in.

use std::str::FromStr;

use chrono::{DateTime, Utc};
use focalnet_domain::{
    asset::{
        Allocation, Asset, AssetShare, Claim, Cost, Description, Disposition, Encumbrance, Fact, Measure,
        NewMeasure, Ownership, Recorded, Valuation,
        claim::ClaimDecision,
        cost::{NewCost, Settlement},
        measure::MeasureChange,
    },
    money::Money,
    names::{
        AssetId, ClaimId, ClarificationId, EventId, FreezingRequestId, MeasureId, OrderId, OrganizationId,
    },
    series::Series,
    share::Share,
};
use rust_decimal::Decimal;
use uuid::Uuid;

use super::rows::{AssetRow, ClaimRow, CostRow, MeasureRow};
use crate::{
    error::{Error, Result},
    store::{
        entity::{allocation, asset_share, disposition, encumbrance, measure_change, ownership, valuation},
        json, word,
    },
};

const fn recorded(create_time: DateTime<Utc>, event: Uuid) -> Recorded {
    Recorded { create_time, event: EventId(event) }
}

fn money(currency_code: &str, amount: Decimal) -> Result<Money> {
    Money::new(currency_code, amount.normalize()).map_err(|error| Error::internal(error.to_string()))
}

/// A share from its two columns.
fn joined(numerator: Option<i32>, denominator: Option<i32>) -> Option<Share> {
    numerator.zip(denominator).map(|(numerator, denominator)| Share { numerator, denominator })
}

fn optional<T: FromStr>(
    table: &'static str,
    column: &'static str,
    text: Option<&String>,
) -> Result<Option<T>> {
    text.map(|text| word(table, column, text)).transpose()
}

fn all<R, T>(rows: Vec<R>, read: impl Fn(R) -> Result<T>) -> Result<Vec<T>> {
    rows.into_iter().map(read).collect()
}

/// Facts of which the newest are at hand. They are numbered from `first` without gaps, so the last tells how many there are.
fn series<R, T>(
    rows: Vec<R>,
    number: impl Fn(&R) -> i32,
    first: i32,
    read: impl Fn(R) -> Result<T>,
) -> Result<Series<T>> {
    let count = rows.last().map_or(0, |last| number(last) - first + 1);
    Ok(Series::of(usize::try_from(count).unwrap_or_default(), all(rows, read)?))
}

pub(super) fn valuation(row: valuation::Model) -> Result<Fact<Valuation>> {
    let facts = Valuation {
        value: money(&row.currency_code, row.amount)?,
        valuation_date: row.valuation_date,
        method: word("valuation", "method", &row.method)?,
        appraiser: row.appraiser,
        converted_from: row.converted_from.map(|from| json("valuation", from)).transpose()?,
    };
    Ok(Fact::new(facts, recorded(row.create_time, row.event_id)))
}

pub(super) fn cost(CostRow { own, request_id, settlement }: CostRow) -> Result<Cost> {
    let thread = |request: Uuid, id| ClarificationId { parent: FreezingRequestId(request), id };
    let facts = NewCost {
        kind: word("cost", "kind", &own.kind)?,
        amount: money(&own.currency_code, own.amount)?,
        due_date: own.due_date,
        extraordinary: own.extraordinary,
        bearer: optional("cost", "bearer", own.bearer.as_ref())?,
        agreed_in: request_id.zip(own.agreed_in_id).map(|(request, id)| thread(request, id)),
        paid_date: own.paid_date,
        description: own.description,
    };
    let settlement = settlement.map(|paid| {
        Fact::new(Settlement { paid_date: paid.paid_date }, recorded(paid.create_time, paid.event_id))
    });
    Ok(Cost { number: own.number, facts, settlement, recorded: recorded(own.create_time, own.event_id) })
}

pub(super) fn claim(ClaimRow { own, decisions }: ClaimRow) -> Result<Claim> {
    let decision = |row: crate::store::entity::claim_decision::Model| {
        let facts = ClaimDecision {
            state: word("claim_decision", "state", &row.state)?,
            decision_date: row.decision_date,
            reference: row.reference,
            upheld: joined(row.numerator, row.denominator),
        };
        Ok(Fact::new(facts, recorded(row.create_time, row.event_id)))
    };
    Ok(Claim {
        name: ClaimId { parent: AssetId(own.asset_id), id: own.id },
        facts: json("claim", own.facts)?,
        decisions: all(decisions, decision)?,
        recorded: recorded(own.create_time, own.event_id),
    })
}

pub(super) fn share(row: asset_share::Model) -> AssetShare {
    AssetShare {
        recipient: OrganizationId(row.recipient_id),
        purpose: row.purpose,
        revoke_reason: row.revoke_reason,
        revoke_time: row.revoke_time,
        recorded: recorded(row.create_time, row.event_id),
    }
}

pub(super) fn change(row: measure_change::Model) -> Result<Fact<MeasureChange>> {
    let facts = MeasureChange {
        kind: word("measure_change", "kind", &row.kind)?,
        end_date: row.end_date,
        reminder_date: row.reminder_date,
        national_reference: row.national_reference,
        reason: row.reason,
    };
    Ok(Fact::new(facts, recorded(row.create_time, row.event_id)))
}

fn measure(MeasureRow { own, changes }: MeasureRow) -> Result<Measure> {
    let facts = NewMeasure {
        kind: word("measure", "kind", &own.kind)?,
        national_reference: own.national_reference,
        authority: own.authority,
        start_date: own.start_date,
        end_date: own.end_date,
        share: joined(own.numerator, own.denominator),
        reminder_date: own.reminder_date,
    };
    Ok(Measure {
        name: MeasureId { parent: AssetId(own.asset_id), id: own.id },
        facts,
        changes: series(changes, |row| row.position, 0, change)?,
        recorded: recorded(own.create_time, own.event_id),
    })
}

fn ownership(row: ownership::Model) -> Result<Fact<Ownership>> {
    let facts = Ownership {
        layer: word("ownership", "layer", &row.layer)?,
        from_date: row.from_date,
        owners: json("ownership", row.owners)?,
    };
    Ok(Fact::new(facts, recorded(row.create_time, row.event_id)))
}

fn encumbrance(row: encumbrance::Model) -> Result<Fact<Encumbrance>> {
    Ok(Fact::new(json("encumbrance", row.facts)?, recorded(row.create_time, row.event_id)))
}

fn disposition(row: disposition::Model) -> Result<Fact<Disposition>> {
    let facts = Disposition {
        kind: word("disposition", "kind", &row.kind)?,
        disposition_date: row.disposition_date,
        reason: row.reason,
        national_reference: row.national_reference,
        share: joined(row.numerator, row.denominator),
        proceeds: row.proceeds.map(|proceeds| json("disposition", proceeds)).transpose()?,
    };
    Ok(Fact::new(facts, recorded(row.create_time, row.event_id)))
}

fn allocation(row: allocation::Model) -> Result<Fact<Allocation>> {
    let counts_as = row.counts_as_currency_code.zip(row.counts_as);
    let facts = Allocation {
        purpose: word("allocation", "purpose", &row.purpose)?,
        amount: money(&row.currency_code, row.amount)?,
        decision_date: row.decision_date,
        reference: row.reference,
        counts_as: counts_as.map(|(currency, amount)| money(&currency, amount)).transpose()?,
        rate_source: row.rate_source,
    };
    Ok(Fact::new(facts, recorded(row.create_time, row.event_id)))
}

impl AssetRow {
    pub(super) fn read(self) -> Result<Asset> {
        let own = self.own;
        Ok(Asset {
            name: AssetId(own.id),
            freezing_request: own.request_id.map(FreezingRequestId),
            order: own.order_id.map(OrderId),
            description: Description {
                kind: word("asset", "type", &own.r#type)?,
                jurisdiction: own.jurisdiction,
                description: own.description,
                location: own.location,
                identifiers: json("asset", own.identifiers)?,
                holder: own.holder,
                persons: own.persons,
            },
            value_substitute_for: own.value_substitute_for_id.map(AssetId),
            proceeds_of: own.proceeds_of_id.map(AssetId),
            measures: all(self.measures, measure)?,
            valuations: series(self.valuations, |row| row.position, 0, valuation)?,
            ownerships: all(self.ownerships, ownership)?,
            encumbrances: all(self.encumbrances, encumbrance)?,
            costs: series(self.costs, |row| row.own.number, 1, cost)?,
            claims: series(self.claims, |row| row.own.position, 0, claim)?,
            dispositions: all(self.dispositions, disposition)?,
            allocations: all(self.allocations, allocation)?,
            shares: series(self.shares, |row| row.position, 0, |row| Ok(share(row)))?,
            lead_only: own.lead_only,
            recorded: recorded(own.create_time, own.event_id),
        })
    }
}
