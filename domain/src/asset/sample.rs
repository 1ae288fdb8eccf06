//! An asset for tests, told fact by fact in a line of text.

use chrono::NaiveDate;
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    Asset, AssetType, Claim, Cost, Description, Disposition, DispositionKind, Encumbrance, Fact,
    FreezeLimits, Measure, MeasureKind, NewAsset, NewMeasure, Ownership, Parent, Recorded, Valuation,
    ValuationMethod,
    act::{AssetAct, Change, Context},
    claim::{ClaimDecision, ClaimState, Forum, NewClaim},
    cost::{Bearer, CostKind, EncumbranceKind, NewCost},
    measure::{ChangeKind, MeasureChange},
    ownership::{Layer, Owner},
};
use crate::{
    error::Reason,
    money::Money,
    names::{AssetId, ClaimId, EventId, FreezingRequestId, MeasureId},
    order::PurposeKind,
    series::Series,
    share::{Part, Share},
};

/// The request that the sample belongs to.
pub(crate) const REQUEST: FreezingRequestId = FreezingRequestId(Uuid::from_u128(1));

/// A day: `2026-01-31`, or `01-31` of that year.
pub(crate) fn day(text: &str) -> NaiveDate {
    if text.len() == 5 { format!("2026-{text}") } else { text.to_owned() }.parse().unwrap()
}

/// Recorded at noon of a day.
pub(crate) fn at(day: NaiveDate) -> Recorded {
    Recorded { create_time: day.and_hms_opt(12, 0, 0).unwrap().and_utc(), event: EventId(Uuid::nil()) }
}

pub(crate) fn share(text: &str) -> Share {
    let (numerator, denominator) = text.split_once('/').unwrap();
    Share { numerator: numerator.parse().unwrap(), denominator: denominator.parse().unwrap() }
}

pub(crate) fn part(text: &str) -> Part {
    let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
    Part::new(numerator.parse().unwrap(), denominator.parse().unwrap())
}

/// An amount: `100` euros, or `100USD`.
pub(crate) fn money(text: &str) -> Money {
    let digits = text.trim_end_matches(char::is_alphabetic);
    let code = &text[digits.len()..];
    Money::parse(if code.is_empty() { "EUR" } else { code }, digits).unwrap()
}

/// A flat in Portugal, as reported.
pub(crate) fn new_asset() -> NewAsset {
    NewAsset {
        description: Description {
            kind: AssetType::RealEstate,
            jurisdiction: "PT".to_owned(),
            description: "A flat".to_owned(),
            location: Some("Porto".to_owned()),
            identifiers: Vec::new(),
            holder: "A cousin".to_owned(),
            persons: vec![0],
        },
        measures: Vec::new(),
        valuations: Vec::new(),
        ownerships: Vec::new(),
        encumbrances: Vec::new(),
        value_substitute_for: None,
        lead_only: false,
    }
}

/// A measure as reported.
pub(crate) fn measure(kind: MeasureKind, start: &str, end: Option<&str>) -> NewMeasure {
    NewMeasure {
        kind,
        national_reference: "1/26".to_owned(),
        authority: None,
        start_date: day(start),
        end_date: end.map(day),
        share: None,
        reminder_date: None,
    }
}

/// Who owns what in a layer: `his 1/3, her 2/3`. What is `his` belongs to the person of the request.
pub(crate) fn ownership(layer: Layer, from: &str, owners: &str) -> Ownership {
    let owner = |text: &str| {
        let (name, owned) = text.split_once(' ').unwrap();
        Owner { display_name: name.to_owned(), position: (name == "his").then_some(0), share: share(owned) }
    };
    Ownership { layer, from_date: day(from), owners: owners.split(", ").map(owner).collect() }
}

/// A flat of which this is told, each fact recorded on its day:
///
/// `freeze 01-10 03-31; renewed 06-30; lifted 02-10` · `claim spouse_share 02-01 1/2; upheld 03-01; final 04-01`, `notice`
/// for a claim that is not lodged · `released 05-01 1/3; realised 06-01 100` · `value 01-10 100; mortgage 01-10 30USD` ·
/// `cost asset 01-10 5`
pub(crate) fn told(facts: &str) -> Asset {
    let mut asset = Asset::new(Parent::Request(REQUEST), &new_asset(), at(day("2025-06-01")));
    for fact in facts.split(';').map(str::trim).filter(|fact| !fact.is_empty()) {
        tell(&mut asset, fact);
    }
    asset
}

fn tell(asset: &mut Asset, fact: &str) {
    let words: Vec<_> = fact.split_whitespace().collect();
    let word = |number: usize| words.get(number).copied();
    let shared = words.iter().find(|word| word.contains('/')).map(|text| share(text));
    let on = |number: usize| day(words[number]);
    let recorded = |number: usize| at(on(number));
    if let Ok(kind) = words[0].parse::<MeasureKind>() {
        let name = MeasureId { parent: asset.name, id: crate::ids::new() };
        let facts = NewMeasure { share: shared, ..measure(kind, words[1], word(2)) };
        asset.measures.push(Measure { name, facts, changes: Series::default(), recorded: recorded(1) });
    } else if let Ok(kind) = words[0].parse::<ChangeKind>() {
        let lifted = kind == ChangeKind::Lifted;
        let changed = asset.measures.last_mut().unwrap();
        let end_date = word(1).map(day).map(|day| if lifted { day.pred_opt().unwrap() } else { day });
        let recorded = if lifted { recorded(1) } else { changed.recorded };
        let change = MeasureChange {
            kind,
            end_date,
            reminder_date: None,
            national_reference: None,
            reason: lifted.then(|| "No longer needed".to_owned()),
        };
        changed.changes.push(Fact::new(change, recorded));
    } else if ["claim", "notice"].contains(&words[0]) {
        let facts = NewClaim {
            lodged_date: (words[0] == "claim").then(|| on(2)),
            share: shared,
            amount: word(3).filter(|text| !text.contains('/')).map(money),
            ..claim(words[1])
        };
        let name = ClaimId { parent: asset.name, id: crate::ids::new() };
        asset.claims.push(Claim { name, facts, decisions: Vec::new(), recorded: recorded(2) });
    } else if let Ok(state) = words[0].parse::<ClaimState>() {
        let step = ClaimDecision { state, decision_date: on(1), reference: None, upheld: shared };
        asset.claims.last_mut().unwrap().decisions.push(Fact::new(step, recorded(1)));
    } else if let Ok(kind) = words[0].parse::<DispositionKind>() {
        let proceeds = word(2).filter(|text| !text.contains('/')).map(money);
        asset.dispositions.push(Fact::new(
            Disposition {
                kind,
                disposition_date: on(1),
                reason: None,
                national_reference: None,
                share: shared,
                proceeds,
            },
            recorded(1),
        ));
    } else if words[0] == "value" {
        asset.valuations.push(Fact::new(value(words[1], words[2]), recorded(1)));
    } else if let Ok(kind) = words[0].parse::<EncumbranceKind>() {
        let right = Encumbrance {
            kind,
            creditor: "A bank".to_owned(),
            amount: word(2).map(money),
            rank: None,
            from_date: on(1),
            end_date: word(3).map(day),
        };
        asset.encumbrances.push(Fact::new(right, recorded(1)));
    } else {
        assert_eq!(words[0], "cost", "{fact}");
        let number = asset.costs.last().map_or(1, |cost| cost.number + 1);
        let facts = NewCost { due_date: on(2), ..cost(words[1].parse().ok(), words[3]) };
        asset.costs.push(Cost { number, facts, settlement: None, recorded: recorded(2) });
    }
}

/// A claim by a right.
pub(crate) fn claim(right: &str) -> NewClaim {
    NewClaim {
        claimant: "His wife".to_owned(),
        right: right.parse().unwrap(),
        share: None,
        amount: None,
        forum: Forum::National,
        lodged_date: None,
        acquisition_date: None,
        acquisition_price: None,
        evidence: None,
    }
}

/// A value on a day.
pub(crate) fn value(on: &str, amount: &str) -> Valuation {
    Valuation {
        value: money(amount),
        valuation_date: day(on),
        method: ValuationMethod::Market,
        appraiser: None,
        converted_from: None,
    }
}

/// A cost and who bears it; without a bearer an income.
pub(crate) fn cost(bearer: Option<Bearer>, amount: &str) -> NewCost {
    NewCost {
        kind: if bearer.is_some() { CostKind::Storage } else { CostKind::Rent },
        amount: money(amount),
        due_date: day("01-10"),
        extraordinary: false,
        bearer,
        agreed_in: None,
        paid_date: None,
        description: None,
    }
}

/// What an act knows on a day: nothing is owed to victims, and the obligation is taken to have ended.
pub(crate) fn on(today: &str) -> Context {
    Context {
        today: day(today),
        latest_day: day(today),
        request: Some(REQUEST),
        of_prosecutor: false,
        positions: vec![0, 1],
        obligation_over: true,
        purposes: vec![PurposeKind::Fine, PurposeKind::Forfeiture, PurposeKind::LegalAid],
        limits: FreezeLimits::default(),
        outstanding: Vec::new(),
        ordered: Vec::new(),
    }
}

/// An act from its word and what accompanies it, as it stands in the journal.
pub(crate) fn act(word: &str, payload: &Value) -> AssetAct {
    serde_json::from_value(json!({ word: payload })).unwrap()
}

/// Lays the fields of one object over those of another, at any depth.
pub(crate) fn over(mut below: Value, above: &Value) -> Value {
    match (below.as_object_mut(), above.as_object()) {
        (Some(fields), Some(others)) => {
            for (key, other) in others {
                let field = fields.remove(key).unwrap_or_default();
                fields.insert(key.clone(), over(field, other));
            }
            below
        }
        _ => above.clone(),
    }
}

/// Why an act was not done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Not {
    /// The asset does not have what it names.
    Known,
    /// These fields are wrong.
    Valid(Vec<String>),
    /// Something stands against it.
    Possible(Reason),
}

/// Does an act in the order in which the server does.
pub(crate) fn does(asset: &mut Asset, act: &AssetAct, context: &Context) -> Result<Vec<Change>, Not> {
    if !act.is_known(asset) {
        return Err(Not::Known);
    }
    let wrong = act.violations(asset, context);
    if !wrong.is_empty() {
        return Err(Not::Valid(wrong.into_iter().map(|violation| violation.field).collect()));
    }
    match act.obstacle(asset, context) {
        Ok(()) => Ok(act.perform(asset, context, at(context.today))),
        Err(refusal) => Err(Not::Possible(refusal.reason)),
    }
}

/// Another asset than the sample.
pub(crate) fn elsewhere() -> AssetId {
    AssetId(Uuid::from_u128(2))
}
