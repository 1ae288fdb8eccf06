//! An asset, as far as the events about it tell.

use chrono::NaiveDate;
use serde_json::Value;

/// Shares are counted in twelfths: random worlds have no others.
pub(super) const WHOLE: i128 = 12;

#[derive(Debug, Default)]
pub(super) struct Thing {
    pub(super) parent: String,
    pub(super) persons: Vec<usize>,
    pub(super) measures: Vec<Measure>,
    /// Day, currency, smallest coins.
    pub(super) values: Vec<(NaiveDate, String, i128)>,
    pub(super) claims: Vec<Claim>,
    pub(super) costs: Vec<Cost>,
    /// What became of it: kind, day, twelfths.
    pub(super) fates: Vec<(String, NaiveDate, Option<i128>)>,
    /// What it was turned into: day, currency, smallest coins.
    pub(super) realised: Vec<(NaiveDate, String, i128)>,
}

#[derive(Debug)]
pub(super) struct Measure {
    pub(super) name: String,
    pub(super) kind: String,
    pub(super) start: NaiveDate,
    /// Last day.
    pub(super) end: Option<NaiveDate>,
    pub(super) lifted: bool,
}

#[derive(Debug)]
pub(super) struct Claim {
    pub(super) name: String,
    pub(super) right: String,
    pub(super) part: i128,
    pub(super) lodged: Option<NaiveDate>,
    pub(super) known: NaiveDate,
    pub(super) steps: Vec<(String, NaiveDate, Option<i128>)>,
}

#[derive(Debug)]
pub(super) struct Cost {
    pub(super) is_income: bool,
    pub(super) currency: String,
    pub(super) coins: i128,
    pub(super) due: NaiveDate,
    pub(super) paid: Option<NaiveDate>,
}

/// A text of the events.
pub(super) fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| unreachable!("no text: {value}")).to_owned()
}

pub(super) fn day(value: &Value) -> Option<NaiveDate> {
    value.as_str().map(|text| text[..10].parse().unwrap())
}

pub(super) fn on(value: &Value) -> NaiveDate {
    day(value).unwrap()
}

pub(super) fn texts(value: &Value) -> Vec<String> {
    value.as_array().into_iter().flatten().map(text).collect()
}

pub(super) fn positions(value: &Value) -> Vec<usize> {
    value.as_array().into_iter().flatten().map(|n| usize::try_from(n.as_u64().unwrap()).unwrap()).collect()
}

/// A share in twelfths, where one is said.
pub(super) fn twelfths(share: &Value) -> Option<i128> {
    let number = |field: &str| share[field].as_i64().map(i128::from);
    let (above, below) = (number("numerator")?, number("denominator")?);
    assert_eq!(above * WHOLE % below, 0, "{share} is told in twelfths");
    Some(above * WHOLE / below)
}

/// An amount in smallest coins.
pub(super) fn coins(money: &Value) -> (String, i128) {
    (text(&money["currency_code"]), text(&money["amount"]).replace('.', "").parse().unwrap())
}

impl Thing {
    pub(super) fn is_held_by(&mut self, name: String, told: &Value) {
        let (kind, start, end) = (text(&told["kind"]), on(&told["start_date"]), day(&told["end_date"]));
        self.measures.push(Measure { name, kind, start, end, lifted: false });
    }

    pub(super) fn is_worth(&mut self, told: &Value) {
        let (currency, coins) = coins(&told["value"]);
        self.values.push((on(&told["valuation_date"]), currency, coins));
    }

    pub(super) fn ends(&mut self, told: &Value) {
        if told["proceeds"].is_object() {
            let (currency, coins) = coins(&told["proceeds"]);
            self.realised.push((on(&told["disposition_date"]), currency, coins));
        }
        self.fates.push((text(&told["kind"]), on(&told["disposition_date"]), twelfths(&told["share"])));
    }

    pub(super) fn hears(&mut self, act: &str, when: NaiveDate, told: &Value) {
        match act {
            "update_asset" => {
                if told["persons"].is_array() {
                    self.persons = positions(&told["persons"]);
                }
            }
            "record_measure" => self.is_held_by(text(&told["measure_name"]), &told["measure"]),
            "renew_measure" | "lift_measure" => {
                let measure =
                    self.measures.iter_mut().find(|measure| told["measure"] == measure.name.as_str());
                let measure = measure.unwrap();
                measure.lifted = act == "lift_measure";
                measure.end =
                    if measure.lifted { on(&told["lift_date"]).pred_opt() } else { day(&told["end_date"]) };
            }
            "record_valuation" => self.is_worth(&told["valuation"]),
            "record_cost" => {
                let cost = &told["cost"];
                let (currency, coins) = coins(&cost["amount"]);
                let (due, paid) = (on(&cost["due_date"]), day(&cost["paid_date"]));
                let is_income = cost["bearer"].is_null();
                self.costs.push(Cost { is_income, currency, coins, due, paid });
            }
            "settle_cost" => {
                let number = usize::try_from(told["number"].as_u64().unwrap()).unwrap();
                self.costs[number - 1].paid = day(&told["paid_date"]);
            }
            "record_claim" => {
                let claim = &told["claim"];
                self.claims.push(Claim {
                    name: text(&told["claim_name"]),
                    right: text(&claim["right"]),
                    part: twelfths(&claim["share"]).unwrap_or(WHOLE),
                    lodged: day(&claim["lodged_date"]),
                    known: when,
                    steps: Vec::new(),
                });
            }
            "decide_claim" => {
                let claim =
                    self.claims.iter_mut().find(|claim| told["claim"] == claim.name.as_str()).unwrap();
                claim.steps.push((
                    text(&told["state"]),
                    on(&told["decision_date"]),
                    twelfths(&told["upheld"]),
                ));
            }
            "record_disposition" => self.ends(&told["disposition"]),
            "allocate_proceeds" => {
                let decided =
                    told["allocations"].as_array().unwrap().iter().map(|part| on(&part["decision_date"]));
                let there = decided.chain(self.fates.iter().map(|(_, day, _)| *day)).max().unwrap();
                self.fates.push(("allocated".into(), there, None));
            }
            "share_asset" | "revoke_asset_share" | "record_ownership" | "record_encumbrance" => {}
            other => unreachable!("{other} is not told of an asset"),
        }
    }
}
