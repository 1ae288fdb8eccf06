//! What becomes of an asset: the sale before judgment, dispositions, and the allocation of what it brought in.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Change, Context, Payload, held, not_in_the_future, refused};
use crate::{
    domain::{
        asset::{
            Allocation, Asset, AssetType, Description, Disposition, DispositionKind, Fact, NewAsset,
            NewMeasure, Parent, Recorded, Valuation, ValuationMethod, cost::Bearer, disposition::Side,
            ownership::Layer,
        },
        money::Money,
        order::PurposeKind,
        share::{Part, Share},
    },
    error::{Reason, Result, Violation},
};

/// What is wrong with a disposition that is reported; `path` is that of the disposition.
#[must_use]
pub fn check(asset: &Asset, disposition: &Disposition, path: &str, today: NaiveDate) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut wrong =
        |field: &str, text: &str| violations.push(Violation::new(format!("{path}.{field}"), text));
    let kind = disposition.kind;
    if matches!(kind, DispositionKind::ContinuedBlocking | DispositionKind::Lost)
        && disposition.reason.is_none()
    {
        wrong("reason", "say why it stays blocked, or how it was lost");
    }
    if disposition.disposition_date > today {
        wrong("disposition_date", "is in the future");
    }
    match (kind == DispositionKind::Realised, &disposition.proceeds) {
        (true, None) => wrong("proceeds", "say what it brought in"),
        (false, Some(_)) => wrong("proceeds", "is for what was realised"),
        _ => {}
    }
    if let Some(share) = disposition.share {
        let remaining = asset.remaining_on(today);
        let shares = kind.row().is_some_and(|row| row.shares);
        match share.violation("share") {
            Some(violation) => wrong("share", &violation.description),
            None if !shares => {
                wrong("share", "cannot be said of this disposition: it concerns all that remains");
            }
            None if kind != DispositionKind::Returned && share.part() > remaining => {
                wrong("share", &format!("is more than what is still held, which is {remaining}"));
            }
            None => {}
        }
    }
    violations
}

/// What stands against a disposition: what happened before, a pending claim, or an obligation that still holds.
pub fn obstacle(asset: &Asset, kind: DispositionKind, context: &Context) -> Result<()> {
    let Some(row) = kind.row() else { return Ok(()) };
    let before = asset.disposition_on(context.today);
    let nothing_left = asset.remaining_on(context.today) == Part::ZERO;
    // Where all has left share by share, only what follows the last of them can be said.
    if !row.from.contains(&before) || (nothing_left && before.is_none()) {
        let state = asset.state_on(context.today);
        let from: Vec<_> = row.from.iter().map(|kind| kind.map_or("held", DispositionKind::as_str)).collect();
        let text = format!("the asset is {state}; {kind} follows {}", from.join(", "));
        return Err(refused(asset, Reason::WrongState, text));
    }
    if row.after_obligation && !context.obligation_over {
        let text = "the obligation still holds for this asset: the Court has not ended it";
        return Err(refused(asset, Reason::WrongState, text));
    }
    if row.held_by_claims && asset.disposal_hold_on(context.today) {
        return Err(refused(asset, Reason::DisposalHold, "a claim to the asset is pending"));
    }
    Ok(())
}

/// What became of an asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordDisposition {
    /// What.
    pub disposition: Disposition,
}

impl Payload for RecordDisposition {
    fn violations(&self, asset: &Asset, context: &Context) -> Vec<Violation> {
        let mut violations = check(asset, &self.disposition, "disposition", context.today);
        let by = self.disposition.kind.row().map_or("", |row| row.act);
        if !by.contains("RecordDisposition") {
            violations.push(Violation::new("disposition.kind", format!("is recorded by {by}")));
        }
        violations
    }

    fn obstacle(&self, asset: &Asset, context: &Context) -> Result<()> {
        obstacle(asset, self.disposition.kind, context)
    }

    fn side(&self, _: &Asset) -> Option<Side> {
        self.disposition.kind.row().map(|row| row.by)
    }

    fn perform(&self, asset: &mut Asset, _: &Context, recorded: Recorded) -> Vec<Change> {
        asset.dispositions.push(Fact::new(self.disposition.clone(), recorded));
        vec![Change::Disposition]
    }
}

/// A sale before judgment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordSale {
    /// Day of the sale.
    pub sale_date: NaiveDate,
    /// What is left of the price.
    pub proceeds: Money,
    /// Number of the decision that authorized it.
    pub national_reference: String,
    /// Why it could not wait.
    pub reason: String,
    /// Who keeps the proceeds.
    pub holder: String,
    /// Where.
    pub location: Option<String>,
}

impl RecordSale {
    /// The asset that takes the place of the sold one: cash, with the same persons, owners, rights of others and measures.
    fn proceeds_of(&self, sold: &Asset, recorded: Recorded) -> Asset {
        let measures =
            sold.measures.iter().filter(|measure| measure.holds_on(self.sale_date)).map(|measure| {
                NewMeasure {
                    start_date: self.sale_date,
                    end_date: measure.last_date(),
                    reminder_date: measure.reminder_date(),
                    ..measure.facts.clone()
                }
            });
        let owners = Layer::ALL.iter().filter_map(|layer| sold.owners_on(*layer, self.sale_date).cloned());
        let rights =
            sold.encumbrances.iter().map(|fact| &fact.facts).filter(|right| right.stands_on(self.sale_date));
        let new = NewAsset {
            description: Description {
                kind: AssetType::Cash,
                description: format!("Proceeds of the sale of: {}", sold.description.description),
                location: self.location.clone(),
                identifiers: Vec::new(),
                holder: self.holder.clone(),
                ..sold.description.clone()
            },
            measures: measures.collect(),
            valuations: vec![Valuation {
                value: self.proceeds.clone(),
                valuation_date: self.sale_date,
                method: ValuationMethod::Market,
                appraiser: None,
                converted_from: None,
            }],
            ownerships: owners.collect(),
            encumbrances: rights.cloned().collect(),
            value_substitute_for: None,
            lead_only: sold.lead_only,
        };
        let parent = match (sold.freezing_request, sold.order) {
            (Some(request), _) => Parent::Request(request),
            (None, order) => Parent::Order(order.unwrap_or(crate::domain::names::OrderId(uuid::Uuid::nil()))),
        };
        Asset { proceeds_of: Some(sold.name), ..Asset::new(parent, &new, recorded) }
    }
}

impl Payload for RecordSale {
    fn violations(&self, _: &Asset, context: &Context) -> Vec<Violation> {
        not_in_the_future(self.sale_date, "sale_date", context).into_iter().collect()
    }

    fn obstacle(&self, asset: &Asset, context: &Context) -> Result<()> {
        held(asset, context)?;
        obstacle(asset, DispositionKind::Sold, context)?;
        if !asset.measures.iter().any(|measure| measure.holds_on(self.sale_date)) {
            let text = "no measure was in force on the day of the sale: there was nothing to sell under";
            return Err(refused(asset, Reason::WrongState, text));
        }
        Ok(())
    }

    fn perform(&self, asset: &mut Asset, _: &Context, recorded: Recorded) -> Vec<Change> {
        let proceeds = self.proceeds_of(asset, recorded);
        let sold = Disposition {
            kind: DispositionKind::Sold,
            disposition_date: self.sale_date,
            reason: Some(self.reason.clone()),
            national_reference: Some(self.national_reference.clone()),
            share: None,
            proceeds: None,
        };
        asset.dispositions.push(Fact::new(sold, recorded));
        vec![Change::Disposition, Change::Proceeds(Box::new(proceeds))]
    }
}

impl Asset {
    /// What there is to allocate: what it was realised for, or else its newest value, in the share that was transferred,
    /// less the costs that the asset itself bears. None when that is not all in one currency.
    #[must_use]
    pub fn allocatable_on(&self, day: NaiveDate) -> Option<Money> {
        let realised = self.dispositions.iter().rev().find_map(|fact| fact.facts.proceeds.as_ref());
        let whole = realised.or_else(|| self.value_on(day).map(|fact| &fact.facts.value))?;
        let transferred = self.dispositions.iter().map(|fact| &fact.facts);
        let transferred = transferred.rev().find(|facts| facts.kind == DispositionKind::Transferred)?;
        let part = transferred.share.map_or_else(|| Part::ONE - self.excluded_on(day), Share::part);
        let number = |number: &i128| Decimal::try_from_i128_with_scale(*number, 0).ok();
        let mut left =
            whole.amount().checked_mul(number(part.numer())?)?.checked_div(number(part.denom())?)?;
        for cost in self.costs.iter().filter(|cost| cost.facts.bearer == Some(Bearer::Asset)) {
            if cost.facts.amount.currency_code() != whole.currency_code() {
                return None;
            }
            left = left.checked_sub(cost.facts.amount.amount())?;
        }
        Money::rounded_down(whole.currency_code(), left.max(Decimal::ZERO))
    }
}

/// What of the proceeds goes to which purposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllocateProceeds {
    /// The allocations.
    pub allocations: Vec<Allocation>,
}

impl Payload for AllocateProceeds {
    fn violations(&self, asset: &Asset, context: &Context) -> Vec<Violation> {
        let mut violations = Vec::new();
        let left = asset.allocatable_on(context.today);
        let before = asset.allocations.iter().map(|fact| &fact.facts);
        let mut sum = Decimal::ZERO;
        for amount in before.clone().chain(&self.allocations).map(|allocation| &allocation.amount) {
            sum = sum.saturating_add(amount.amount());
        }
        for (number, allocation) in self.allocations.iter().enumerate() {
            let path = format!("allocations[{number}]");
            violations.extend(not_in_the_future(
                allocation.decision_date,
                &format!("{path}.decision_date"),
                context,
            ));
            if left.as_ref().is_some_and(|left| left.currency_code() != allocation.amount.currency_code()) {
                violations
                    .push(Violation::new(format!("{path}.amount"), "is not in the currency of the proceeds"));
            }
        }
        if let Some(left) = left.filter(|left| violations.is_empty() && sum > left.amount()) {
            violations
                .push(Violation::new("allocations", format!("are more than there is to allocate: {left}")));
        }
        // As long as victims are owed something, nothing goes past them (RPE 221(2)).
        let named =
            |purpose| before.clone().chain(&self.allocations).any(|allocation| allocation.purpose == purpose);
        let owed = context.purposes.contains(&PurposeKind::Reparations);
        if owed && !named(PurposeKind::Reparations) {
            violations.push(Violation::new(
                "allocations",
                "reparations come first (RPE 221(2)): allocate to them as well",
            ));
        }
        violations
    }

    fn obstacle(&self, asset: &Asset, context: &Context) -> Result<()> {
        obstacle(asset, DispositionKind::Allocated, context)?;
        if asset.allocatable_on(context.today).is_none() {
            let text = "there is nothing to allocate: no value is known, or costs are in another currency";
            return Err(refused(asset, Reason::WrongState, text));
        }
        Ok(())
    }

    fn perform(&self, asset: &mut Asset, context: &Context, recorded: Recorded) -> Vec<Change> {
        let decided = self.allocations.iter().map(|allocation| allocation.decision_date).max();
        let facts = self.allocations.iter().map(|allocation| Fact::new(allocation.clone(), recorded));
        asset.allocations.extend(facts);
        let allocated = Disposition {
            kind: DispositionKind::Allocated,
            disposition_date: decided.unwrap_or(context.today),
            reason: None,
            national_reference: self.allocations.first().map(|allocation| allocation.reference.clone()),
            share: None,
            proceeds: None,
        };
        asset.dispositions.push(Fact::new(allocated, recorded));
        vec![Change::Allocations(self.allocations.len()), Change::Disposition]
    }
}
