//! Values, costs, income, and what goes before.

use chrono::NaiveDate;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Change, Context, Payload, not_in_the_future, refused};
use crate::{
    asset::{
        Asset, AssetState, Cost, Encumbrance, Fact, Recorded, Valuation,
        cost::{Bearer, NewCost, Settlement},
    },
    clock,
    error::Result,
    error::{Reason, Violation},
    money,
    money::Money,
    share::Part,
};

/// What is wrong with a value.
pub(super) fn violations(valuation: &Valuation, path: &str, latest_day: NaiveDate) -> Vec<Violation> {
    let mut violations = Vec::new();
    let mut past = |field: &str, day| {
        let text = clock::not_yet(day, latest_day);
        violations.extend(text.map(|text| Violation::new(format!("{path}.{field}"), text)));
    };
    past("valuation_date", valuation.valuation_date);
    if let Some(from) = &valuation.converted_from {
        past("converted_from.rate_date", from.rate_date);
    }
    let Some(from) = &valuation.converted_from else { return violations };
    let path = format!("{path}.converted_from");
    if from.amount.currency_code() == valuation.value.currency_code() {
        violations.push(Violation::new(
            format!("{path}.amount"),
            "is in the currency of the value: nothing was converted",
        ));
    }
    let Some(rate) = money::rate(&from.rate) else {
        violations.push(Violation::new(
            format!("{path}.rate"),
            "must be a plain decimal number above zero, such as 655.957",
        ));
        return violations;
    };
    // Amount times rate must give the value, within one of the smallest coins; otherwise the conversion
    // explains nothing.
    let product = from.amount.times(Part::ONE) * rate;
    let converted = Money::rounded_down(valuation.value.currency_code(), &product);
    let coin = Decimal::new(1, valuation.value.amount().scale());
    if converted.is_none_or(|converted| (converted.amount() - valuation.value.amount()).abs() > coin) {
        violations.push(Violation::new(format!("{path}.rate"), "times the amount does not give the value"));
    }
    violations
}

/// A value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordValuation {
    /// The value.
    pub valuation: Valuation,
}

impl Payload for RecordValuation {
    fn violations(&self, _: &Asset, context: &Context) -> Vec<Violation> {
        violations(&self.valuation, "valuation", context.latest_day)
    }

    fn perform(&self, asset: &mut Asset, _: &Context, recorded: Recorded) -> Vec<Change> {
        asset.valuations.push(Fact::new(self.valuation.clone(), recorded));
        vec![Change::Valuation]
    }
}

/// A right of somebody else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordEncumbrance {
    /// The right.
    pub encumbrance: Encumbrance,
}

impl Payload for RecordEncumbrance {
    fn violations(&self, _: &Asset, _: &Context) -> Vec<Violation> {
        self.encumbrance.violations("encumbrance")
    }

    fn perform(&self, asset: &mut Asset, _: &Context, recorded: Recorded) -> Vec<Change> {
        asset.encumbrances.push(Fact::new(self.encumbrance.clone(), recorded));
        vec![Change::Encumbrance]
    }
}

/// A cost or an income.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordCost {
    /// The entry.
    pub cost: NewCost,
}

impl Payload for RecordCost {
    fn violations(&self, _: &Asset, context: &Context) -> Vec<Violation> {
        self.cost.violations("cost", context.request, context.latest_day)
    }

    fn obstacle(&self, asset: &Asset, context: &Context) -> Result<()> {
        let transferred = asset.standing_on(context.latest_day).transferred > Part::ZERO;
        let sold = asset.state_on(context.latest_day) == AssetState::Sold;
        // Otherwise more could be allocated in the end than is left after costs.
        if (transferred || sold) && self.cost.bearer == Some(Bearer::Asset) {
            let text = "the asset was sold or transferred and bears no more costs: what stands in its place, or somebody \
                        else, does";
            return Err(refused(asset, Reason::WrongState, text));
        }
        Ok(())
    }

    fn perform(&self, asset: &mut Asset, _: &Context, recorded: Recorded) -> Vec<Change> {
        let number = i32::try_from(asset.costs.count()).unwrap_or(i32::MAX).saturating_add(1);
        asset.costs.push(Cost { number, facts: self.cost.clone(), settlement: None, recorded });
        vec![Change::Cost]
    }
}

/// That a cost was paid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SettleCost {
    /// Its number.
    pub number: i32,
    /// The day.
    pub paid_date: NaiveDate,
}

impl SettleCost {
    fn find<'a>(&self, asset: &'a Asset) -> Option<&'a Cost> {
        asset.costs.iter().find(|cost| cost.number == self.number)
    }
}

impl Payload for SettleCost {
    fn violations(&self, asset: &Asset, context: &Context) -> Vec<Violation> {
        let unknown = match self.find(asset) {
            None => Some("is no entry of the ledger of this asset"),
            Some(cost) if cost.facts.kind.is_income() => Some("is an income"),
            Some(_) => None,
        };
        let unknown = unknown.map(|text| Violation::new("number", text));
        unknown.into_iter().chain(not_in_the_future(self.paid_date, "paid_date", context)).collect()
    }

    fn obstacle(&self, asset: &Asset, _: &Context) -> Result<()> {
        if self.find(asset).is_some_and(|cost| cost.paid_date().is_some()) {
            return Err(refused(asset, Reason::WrongState, "the cost is paid already"));
        }
        Ok(())
    }

    fn perform(&self, asset: &mut Asset, _: &Context, recorded: Recorded) -> Vec<Change> {
        if let Some(cost) = asset.costs.iter_mut().find(|cost| cost.number == self.number) {
            cost.settlement = Some(Fact::new(Settlement { paid_date: self.paid_date }, recorded));
        }
        vec![Change::Settlement(self.number)]
    }
}
