//! Allocation: which parts of what an asset brought in go to which purposes.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Change, Context, Payload, dispose::obstacle, not_in_the_future, refused};
use crate::{
    asset::{Allocation, Asset, Disposition, DispositionKind, Fact, Recorded, cost::Bearer},
    error::Result,
    error::{Reason, Violation},
    money::{Exact, Money},
    order::{PurposeAmount, PurposeKind, amount_for},
    share::Part,
};

impl Asset {
    /// What there is to allocate: the transferred share of the money that the asset was turned into, or of
    /// its newest value if the thing itself was transferred, less the costs that the asset itself bears. None
    /// when nothing was transferred, or when these amounts are not all in one currency.
    #[must_use]
    pub fn allocatable_on(&self, day: NaiveDate) -> Option<Money> {
        let standing = self.standing_on(day);
        let mut amounts = Vec::new();
        if standing.in_kind > Part::ZERO {
            amounts.push((&self.value_on(day)?.facts.value, standing.in_kind));
        }
        if let Some((proceeds, part)) = standing.realised.filter(|_| standing.in_money > Part::ZERO) {
            // The proceeds were paid for all that was held at that time, which was `part` of the asset.
            amounts.push((proceeds, standing.in_money / part));
        }
        let currency = amounts.first()?.0.currency_code();
        let mut left = Exact::default();
        for (amount, part) in amounts {
            let amount = Some(amount).filter(|amount| amount.currency_code() == currency)?;
            left += amount.times(part);
        }
        for cost in self.costs.iter().filter(|cost| cost.facts.bearer == Some(Bearer::Asset)) {
            let amount = Some(&cost.facts.amount).filter(|amount| amount.currency_code() == currency)?;
            left -= amount.times(Part::ONE);
        }
        Money::rounded_down(currency, &left)
    }
}

/// A decision on which parts of the proceeds go to which purposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AllocateProceeds {
    /// The allocations.
    pub allocations: Vec<Allocation>,
}

impl AllocateProceeds {
    /// How much the decision recovers for a purpose, in the currency in which the order counts.
    #[must_use]
    pub fn counted(&self, purpose: PurposeKind) -> Decimal {
        let of_purpose = self.allocations.iter().filter(|allocation| allocation.purpose == purpose);
        of_purpose.fold(Decimal::ZERO, |sum, allocation| sum.saturating_add(allocation.counted().amount()))
    }

    /// The purposes for which nothing is left to recover after the decision.
    #[must_use]
    pub fn recovers_in_full(&self, outstanding: &[PurposeAmount]) -> Vec<PurposeKind> {
        let is_last = |left: &&PurposeAmount| {
            !left.amount.amount().is_zero() && self.counted(left.purpose) >= left.amount.amount()
        };
        outstanding.iter().filter(is_last).map(|left| left.purpose).collect()
    }

    /// Checks that no more is recovered than the order asks for, whichever States recover it.
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
        let left = asset.allocatable_on(context.latest_day);
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
        // As long as reparations are owed, some of the money must go to them (RPE 221(2)).
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
        obstacle(asset, DispositionKind::Allocated, None, context)?;
        if asset.allocatable_on(context.latest_day).is_none() {
            let text = "there is nothing to allocate: no value is known, or costs are in another currency";
            return Err(refused(asset, Reason::WrongState, text));
        }
        Ok(())
    }

    fn perform(&self, asset: &mut Asset, context: &Context, recorded: Recorded) -> Vec<Change> {
        // The decision may come before the money: the asset is allocated from the day on which both are
        // there.
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
