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
            facets::times, ownership::Layer, standing::TOO_ODD,
        },
        money::Money,
        order::{PurposeAmount, PurposeKind, amount_for},
        share::Part,
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
    if too_early(asset, kind, disposition.disposition_date) {
        wrong("disposition_date", TOO_EARLY);
    }
    let standing = asset.standing_on(today);
    // What was released is still to be handed back; of the rest nothing that something else became of.
    let returned = kind == DispositionKind::Returned;
    let rest = if !returned || kind.row().is_some_and(|row| standing.allows_of_the_rest(row)) {
        standing.remaining
    } else {
        Part::ZERO
    };
    let there = if returned { rest + standing.released } else { rest };
    if returned && disposition.share.is_none() && rest < standing.remaining && there > Part::ZERO {
        wrong("share", &format!("is required: only what was released can be handed back, which is {there}"));
    }
    if let Some(share) = disposition.share {
        let shares = kind.row().is_some_and(|row| row.shares);
        match share.violation("share") {
            Some(violation) => wrong("share", &violation.description),
            None if !shares => {
                wrong("share", "cannot be said of this disposition: it concerns all that remains");
            }
            None if share.part() > there => {
                wrong("share", &format!("is more than what is still there, which is {there}"));
            }
            None if !asset.adds_exactly(share) => wrong("share", TOO_ODD),
            None => {}
        }
    }
    violations
}

const TOO_EARLY: &str = "is before what became of the asset last";

/// Whether a day is before that of an earlier disposition: what is known of a past day would then follow no table.
fn too_early(asset: &Asset, kind: DispositionKind, day: NaiveDate) -> bool {
    // The State must not learn from a refusal what the Court did with the money.
    let before = asset.dispositions.iter().map(|fact| &fact.facts);
    let before = before.filter(|facts| kind.is_of_money() || !facts.kind.is_of_money());
    before.map(|facts| facts.disposition_date).max().is_some_and(|last| day < last)
}

/// What stands against a disposition: what happened before, a pending claim, or an obligation that still holds.
pub fn obstacle(asset: &Asset, kind: DispositionKind, context: &Context) -> Result<()> {
    let Some(row) = kind.row() else { return Ok(()) };
    if !asset.standing_on(context.today).allows(row) {
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
        let kind = self.disposition.kind;
        let purpose = kind.row().and_then(|row| row.purpose);
        if let Some(purpose) = purpose.filter(|purpose| !context.purposes.contains(purpose)) {
            let text = format!("{purpose} is no purpose that holds for this asset");
            return Err(refused(asset, Reason::WrongState, text));
        }
        obstacle(asset, kind, context)
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
    /// The asset that takes the place of the sold one: cash, with the same persons, rights of others and measures, and with
    /// the same owners, where it was held whole.
    fn proceeds_of(&self, sold: &Asset, recorded: Recorded) -> Asset {
        // The price is that of the share that was still held: of what had left, or was another's, it holds nothing.
        let whole = sold.remaining_on(self.sale_date) == Part::ONE;
        let measures =
            sold.measures.iter().filter(|measure| measure.holds_on(self.sale_date)).map(|measure| {
                NewMeasure {
                    share: measure.facts.share.filter(|_| whole),
                    start_date: self.sale_date,
                    end_date: measure.last_date(),
                    reminder_date: measure.reminder_date(),
                    ..measure.facts.clone()
                }
            });
        let owners = Layer::ALL
            .iter()
            .filter(|_| whole)
            .filter_map(|layer| sold.owners_on(*layer, self.sale_date).cloned());
        let rights =
            sold.encumbrances.iter().map(|fact| &fact.facts).filter(|right| right.stands_on(self.sale_date));
        let upheld = sold.claims.iter().filter_map(|claim| claim.as_right_on(self.sale_date));
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
            encumbrances: rights.cloned().chain(upheld).collect(),
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
    fn violations(&self, asset: &Asset, context: &Context) -> Vec<Violation> {
        let late = not_in_the_future(self.sale_date, "sale_date", context);
        let early = too_early(asset, DispositionKind::Sold, self.sale_date);
        late.into_iter().chain(early.then(|| Violation::new("sale_date", TOO_EARLY))).collect()
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
    /// What there is to allocate: of what it was realised for, or else of its newest value, the share that was transferred,
    /// less the costs that the asset itself bears. None when nothing was, or that is not all in one currency.
    #[must_use]
    pub fn allocatable_on(&self, day: NaiveDate) -> Option<Money> {
        let standing = self.standing_on(day);
        let mut amounts = Vec::new();
        if standing.in_kind > Part::ZERO {
            amounts.push((&self.value_on(day)?.facts.value, standing.in_kind));
        }
        if let Some((proceeds, part)) = standing.realised.filter(|_| standing.in_money > Part::ZERO) {
            // What it brought in stands for all that was held then.
            amounts.push((proceeds, standing.in_money / part));
        }
        let currency = amounts.first()?.0.currency_code();
        let mut left = Decimal::ZERO;
        for (amount, part) in amounts {
            let amount = Some(amount).filter(|amount| amount.currency_code() == currency)?;
            left = left.checked_add(times(amount.amount(), part)?)?;
        }
        for cost in self.costs.iter().filter(|cost| cost.facts.bearer == Some(Bearer::Asset)) {
            let amount = Some(&cost.facts.amount).filter(|amount| amount.currency_code() == currency)?;
            left = left.checked_sub(amount.amount())?;
        }
        Money::rounded_down(currency, left.max(Decimal::ZERO))
    }
}

/// What of the proceeds goes to which purposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllocateProceeds {
    /// The allocations.
    pub allocations: Vec<Allocation>,
}

impl AllocateProceeds {
    /// What it recovers for a purpose, as the order counts.
    #[must_use]
    pub fn counted(&self, purpose: PurposeKind) -> Decimal {
        let of_purpose = self.allocations.iter().filter(|allocation| allocation.purpose == purpose);
        of_purpose.fold(Decimal::ZERO, |sum, allocation| sum.saturating_add(allocation.counted().amount()))
    }

    /// The purposes of which nothing is left to recover after it.
    #[must_use]
    pub fn recovers_in_full(&self, outstanding: &[PurposeAmount]) -> Vec<PurposeKind> {
        let is_last = |left: &&PurposeAmount| {
            !left.amount.amount().is_zero() && self.counted(left.purpose) >= left.amount.amount()
        };
        outstanding.iter().filter(is_last).map(|left| left.purpose).collect()
    }

    /// No more is recovered than an order asks for, whichever States recover it.
    fn beyond_the_order(&self, outstanding: &[PurposeAmount]) -> Vec<Violation> {
        let mut violations = Vec::new();
        for (number, allocation) in self.allocations.iter().enumerate() {
            let mut wrong = |of: &str, text: String| {
                violations.push(Violation::new(format!("allocations[{number}].{of}"), text));
            };
            let left = amount_for(outstanding, allocation.purpose);
            let other = left.filter(|left| left.currency_code() != allocation.amount.currency_code());
            match (other, &allocation.counts_as) {
                (None, Some(_)) => {
                    wrong("counts_as", "is for amounts in another currency than the order's".to_owned());
                }
                (Some(left), None) => {
                    let text =
                        format!("is required: the order asks for this purpose in {}", left.currency_code());
                    wrong("counts_as", text);
                }
                (Some(left), Some(counts)) if counts.currency_code() != left.currency_code() => {
                    wrong("counts_as", format!("must be in {}, as the order's amount", left.currency_code()));
                }
                _ => {}
            }
            if allocation.counts_as.is_some() != allocation.rate_source.is_some() {
                wrong("rate_source", "says by which rate, where `counts_as` is given".to_owned());
            }
            let comparable = left.filter(|left| left.currency_code() == allocation.counted().currency_code());
            if let Some(left) = comparable.filter(|left| self.counted(allocation.purpose) > left.amount()) {
                wrong(
                    "amount",
                    format!("is more than is left to recover under the order for this purpose: {left}"),
                );
            }
        }
        violations
    }
}

impl Payload for AllocateProceeds {
    fn violations(&self, asset: &Asset, context: &Context) -> Vec<Violation> {
        let mut violations = Vec::new();
        let left = asset.allocatable_on(context.today);
        let before = asset.allocations.iter().map(|fact| &fact.facts);
        let mut sum = Decimal::ZERO;
        let other = |left: &Money| {
            before.clone().any(|earlier| earlier.amount.currency_code() != left.currency_code())
        };
        if left.as_ref().is_some_and(other) {
            let text = "cannot be added to earlier ones, which are in another currency";
            violations.push(Violation::new("allocations", text));
        }
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
            // Fines and forfeitures may go to the victims, whatever was asked for (RS 79(2)).
            let holds = context.purposes.contains(&allocation.purpose);
            if !holds && allocation.purpose != PurposeKind::Reparations {
                let text = "is no purpose that holds for this asset";
                violations.push(Violation::new(format!("{path}.purpose"), text));
            }
            if left.as_ref().is_some_and(|left| left.currency_code() != allocation.amount.currency_code()) {
                violations
                    .push(Violation::new(format!("{path}.amount"), "is not in the currency of the proceeds"));
            }
        }
        if let Some(left) = left.filter(|left| violations.is_empty() && sum > left.amount()) {
            violations
                .push(Violation::new("allocations", format!("are more than there is to allocate: {left}")));
        }
        violations.extend(self.beyond_the_order(&context.outstanding));
        // As long as victims are owed something, nothing goes past them (RPE 221(2)).
        let served = before.clone().chain(&self.allocations).any(|allocation| {
            allocation.purpose == PurposeKind::Reparations && allocation.amount.amount() > Decimal::ZERO
        });
        let recovered = amount_for(&context.outstanding, PurposeKind::Reparations)
            .is_some_and(|left| left.amount().is_zero());
        let owed = context.purposes.contains(&PurposeKind::Reparations) && !recovered;
        if owed && !served {
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
        // A decision may come before the money: allocated it is once both are there.
        let decided = self.allocations.iter().map(|allocation| allocation.decision_date);
        let before = asset.dispositions.iter().map(|fact| fact.facts.disposition_date);
        let there = decided.chain(before).max();
        let facts = self.allocations.iter().map(|allocation| Fact::new(allocation.clone(), recorded));
        asset.allocations.extend(facts);
        let allocated = Disposition {
            kind: DispositionKind::Allocated,
            disposition_date: there.unwrap_or(context.today),
            reason: None,
            national_reference: self.allocations.first().map(|allocation| allocation.reference.clone()),
            share: None,
            proceeds: None,
        };
        asset.dispositions.push(Fact::new(allocated, recorded));
        vec![Change::Allocations(self.allocations.len()), Change::Disposition]
    }
}
