//! What follows from what was retold, for a day: asset by asset, and in numbers.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use serde_json::{Value, json};

use super::{
    retold::Retold,
    thing::{Claim, Measure, Thing, WHOLE},
};

impl Measure {
    pub(super) fn holds_on(&self, day: NaiveDate) -> bool {
        self.start <= day && self.end.is_none_or(|end| day <= end)
    }
}

impl Claim {
    fn is_final_on(&self, day: NaiveDate) -> bool {
        self.steps.iter().any(|(state, when, _)| state == "final" && *when <= day)
    }

    fn is_pending_on(&self, day: NaiveDate) -> bool {
        let first = self.steps.first().map_or(self.known, |(_, when, _)| self.known.min(*when));
        self.lodged.unwrap_or(first) <= day && !self.is_final_on(day)
    }

    /// What it takes out of the thing.
    fn takes_by(&self, day: NaiveDate) -> i128 {
        let in_the_thing = ["ownership", "co_ownership", "spouse_share"].contains(&self.right.as_str());
        let decided = self.steps.iter().rev().find(|(state, ..)| state != "final");
        match decided {
            Some((state, _, part)) if in_the_thing && self.is_final_on(day) => match state.as_str() {
                "upheld" => self.part,
                "upheld_in_part" => part.unwrap(),
                _ => 0,
            },
            _ => 0,
        }
    }
}

/// Where the twelfths of a thing are.
#[derive(Default)]
struct Where {
    remaining: i128,
    /// Of how much it was that it was turned into money.
    realised: i128,
    /// What happened last to what remains, and to what has left.
    whole: Option<&'static str>,
    gone: Option<&'static str>,
}

/// What a disposition makes of an asset; of what is held or of what has left.
fn word(kind: &str) -> (bool, &'static str) {
    match kind {
        "continued_blocking" => (true, "BLOCKED"),
        "forfeiture_ordered" => (true, "FORFEITURE_ORDERED"),
        "applied_to_fine" | "applied_to_reparations" | "applied_to_legal_aid" => (true, "APPLIED"),
        "realised" => (true, "REALISED"),
        "released" => (false, "RELEASED"),
        "returned" => (false, "RETURNED"),
        "transferred" => (false, "TRANSFERRED"),
        "lost" => (false, "LOST"),
        "sold" => (false, "SOLD"),
        "allocated" => (false, "ALLOCATED"),
        "in_trust_fund" | "paid_to_victims" | "reimbursed_court" => (false, "PAID_OUT"),
        other => unreachable!("{other}"),
    }
}

impl Thing {
    fn stands_on(&self, day: NaiveDate) -> Where {
        let left = |gone: i128, day| {
            let taken: i128 = self.claims.iter().map(|claim| claim.takes_by(day)).sum();
            (WHOLE - taken.min(WHOLE) - gone).max(0)
        };
        let (mut at, mut gone, mut free) = (Where::default(), 0, 0);
        for (kind, when, part) in self.fates.iter().filter(|(_, when, _)| *when <= day) {
            let all = part.unwrap_or_else(|| left(gone, *when));
            match kind.as_str() {
                "released" => (free, gone) = (free + all, gone + all),
                "returned" => {
                    // First what was free already.
                    let of_free = part.unwrap_or(free).min(free);
                    free -= of_free;
                    gone += if part.is_some() { all - of_free } else { all };
                }
                "transferred" | "lost" | "sold" => gone += all,
                "realised" => at.realised = all,
                _ => {}
            }
            match word(kind) {
                (true, word) => at.whole = Some(word),
                (false, word) => at.gone = Some(word),
            }
        }
        at.remaining = left(gone, day);
        at
    }

    pub(super) fn remaining_on(&self, day: NaiveDate) -> i128 {
        self.stands_on(day).remaining
    }

    pub(super) fn in_force_on(&self, day: NaiveDate) -> BTreeSet<&str> {
        self.measures
            .iter()
            .filter(|measure| measure.holds_on(day))
            .map(|measure| measure.name.as_str())
            .collect()
    }

    pub(super) fn is_claimed_on(&self, day: NaiveDate) -> bool {
        self.claims.iter().any(|claim| claim.is_pending_on(day))
    }

    pub(super) fn state_on(&self, day: NaiveDate) -> &'static str {
        let at = self.stands_on(day);
        if let Some(word) = if at.remaining > 0 { at.whole } else { at.gone } {
            return word;
        }
        if at.remaining == 0 {
            return "EXCLUDED";
        }
        let holds = |kind: &str| self.measures.iter().any(|m| m.kind == kind && m.holds_on(day));
        let begun = self.measures.iter().filter(|m| m.kind != "management_order" && m.start <= day);
        match () {
            () if holds("management_order") => "UNDER_MANAGEMENT",
            () if holds("seizure") => "SEIZED",
            () if holds("freeze") => "FROZEN",
            // Of those that are over, what ended last says why.
            () => match begun.max_by_key(|measure| measure.end) {
                None => "REPORTED",
                Some(measure) if measure.lifted => "LIFTED",
                Some(_) => "EXPIRED",
            },
        }
    }

    pub(super) fn value_on(&self, day: NaiveDate) -> Option<&(NaiveDate, String, i128)> {
        self.values.iter().filter(|(when, ..)| *when <= day).max_by_key(|(when, ..)| *when)
    }
}

/// Every share of what is held, and of what was turned into money, is a whole number of these parts of a coin.
const FINE: i128 = 27_720;

impl Thing {
    /// What is still held is worth, in fine parts of the smallest coin.
    fn worth_on(&self, day: NaiveDate) -> Option<(&str, i128)> {
        let at = self.stands_on(day);
        match self.realised.iter().rfind(|(when, ..)| *when <= day) {
            Some((_, currency, coins)) => Some((currency, coins * at.remaining * (FINE / at.realised))),
            None => self
                .value_on(day)
                .map(|(_, currency, coins)| (&**currency, coins * at.remaining * (FINE / WHOLE))),
        }
    }
}

impl Retold {
    /// What a State still owes an account of, and what is held without a legal basis.
    pub(super) fn owed(&self, day: NaiveDate) -> [BTreeSet<&str>; 2] {
        let over = self
            .things
            .iter()
            .filter(|(_, thing)| thing.remaining_on(day) > 0 && self.purposes_of(thing, day).is_empty());
        let held = over.clone().filter(|(_, thing)| !thing.in_force_on(day).is_empty());
        [over.map(|(name, _)| name.as_str()).collect(), held.map(|(name, _)| name.as_str()).collect()]
    }

    /// Purposes that hold for a thing on a day.
    fn purposes_of(&self, thing: &Thing, day: NaiveDate) -> BTreeSet<&str> {
        let whose = |at: &usize| thing.persons.is_empty() || thing.persons.contains(at);
        let all = self.parents[&thing.parent].purposes.iter();
        let hold = all.filter(|(at, _, end)| whose(at) && end.is_none_or(|end| day < end));
        hold.map(|(_, purpose, _)| purpose.as_str()).collect()
    }

    /// Whose a thing is: those it names, or the only one there is.
    fn persons_of(&self, thing: &Thing) -> Vec<&str> {
        let all = &self.parents[&thing.parent].persons;
        let named = thing.persons.iter().map(|at| all[*at].as_str()).collect();
        if let ([only], true) = (all.as_slice(), thing.persons.is_empty()) { vec![only] } else { named }
    }

    /// All numbers of the status, by what they are of.
    pub(super) fn numbers(&self, day: NaiveDate) -> BTreeMap<String, Value> {
        let mut groups: BTreeMap<String, Vec<&Thing>> = BTreeMap::from([("total".to_owned(), Vec::new())]);
        for thing in self.things.values() {
            let mut of = vec!["total".to_owned(), format!("state {}", self.parents[&thing.parent].state)];
            of.extend(self.persons_of(thing).iter().map(|person| format!("person {person}")));
            of.extend(self.purposes_of(thing, day).iter().map(|purpose| format!("purpose {purpose}")));
            for key in of {
                groups.entry(key).or_default().push(thing);
            }
        }
        groups.into_iter().map(|(key, things)| (key, self.number(&things, day))).collect()
    }

    fn number(&self, things: &[&Thing], day: NaiveDate) -> Value {
        let soon = day + Days::new(30);
        let mut states: BTreeMap<&str, usize> = BTreeMap::new();
        let mut values: BTreeMap<&str, (i128, usize)> = BTreeMap::new();
        let mut unpaid: BTreeMap<&str, i128> = BTreeMap::new();
        let [mut in_force, mut expiring, mut outlived, mut claims, mut outstanding] = [0_usize; 5];
        for thing in things {
            let (left, over) = (thing.remaining_on(day), self.purposes_of(thing, day).is_empty());
            *states.entry(thing.state_on(day)).or_default() += 1;
            claims += thing.claims.iter().filter(|claim| claim.is_pending_on(day)).count();
            for cost in &thing.costs {
                if !cost.is_income && cost.due <= day && cost.paid.is_none_or(|paid| day < paid) {
                    *unpaid.entry(&cost.currency).or_default() += cost.coins;
                }
            }
            if left == 0 {
                continue;
            }
            let holding: Vec<_> = thing.measures.iter().filter(|measure| measure.holds_on(day)).collect();
            in_force += holding.len();
            expiring += holding.iter().filter(|measure| measure.end.is_some_and(|end| end <= soon)).count();
            outlived += if over { holding.len() } else { 0 };
            outstanding += usize::from(over);
            if let Some((currency, parts)) = thing.worth_on(day) {
                let sum = values.entry(currency).or_default();
                *sum = (sum.0 + parts, sum.1 + 1);
            }
        }
        // Rounded down, once.
        let values: BTreeMap<_, _> =
            values.into_iter().map(|(code, (sum, count))| (code, json!([coin(sum / FINE), count]))).collect();
        let unpaid: BTreeMap<_, _> = unpaid.into_iter().map(|(code, sum)| (code, coin(sum))).collect();
        json!({
            "count": things.len(), "states": states, "values": values, "unpaid": unpaid, "in_force": in_force,
            "expiring": expiring, "outlived": outlived, "claims": claims, "outstanding": outstanding,
        })
    }
}

fn coin(coins: i128) -> u64 {
    coins.try_into().unwrap()
}
