use serde_json::{Value, json};

use super::*;
use crate::{
    asset::sample::{Not, REQUEST, act, day, does, elsewhere, money, new_asset, on, over, told},
    names::ClarificationId,
};

mod allocation;
mod claims;
mod describe;
mod dispose;
mod properties;
mod restrain;
mod sale;
mod value;

/// What accompanies a valid act on 1 June, if the asset has what the act names.
fn sound(word: AssetActKind, asset: &Asset) -> Value {
    use AssetActKind as Kind;
    let measure = asset.measures.first().map(|measure| measure.name);
    let claim = asset.claims.first().map(|claim| claim.name);
    let euros = |amount: &str| json!({ "currency_code": "EUR", "amount": amount });
    match word {
        Kind::Report => Value::Null,
        Kind::Update => json!({ "description": "A flat with a view" }),
        Kind::RecordOwnership => json!({ "ownership": {
            "layer": "legal_owner", "from_date": "2026-01-01",
            "owners": [{ "display_name": "He", "position": 0, "share": { "numerator": 1, "denominator": 1 } }],
        }}),
        Kind::RecordMeasure => json!({ "measure": {
            "kind": "freeze", "national_reference": "1/26", "start_date": "2026-01-10", "end_date": "2026-12-31",
        }}),
        Kind::RenewMeasure => json!({
            "measure": measure, "end_date": "2027-06-30", "national_reference": "2/26",
        }),
        Kind::LiftMeasure => {
            json!({ "measure": measure, "lift_date": "2026-05-01", "reason": "No longer needed" })
        }
        Kind::RecordValuation => json!({ "valuation": {
            "value": euros("100.00"), "valuation_date": "2026-05-01", "method": "market",
        }}),
        Kind::RecordEncumbrance => json!({ "encumbrance": {
            "kind": "mortgage", "creditor": "A bank", "amount": euros("30.00"), "rank": 1, "from_date": "2020-01-01",
        }}),
        Kind::RecordCost => json!({ "cost": {
            "kind": "storage", "amount": euros("5.00"), "due_date": "2026-05-01", "bearer": "requested_state",
        }}),
        Kind::SettleCost => json!({ "number": 1, "paid_date": "2026-05-10" }),
        Kind::RecordClaim => json!({ "claim": {
            "claimant": "His wife", "right": "spouse_share", "share": { "numerator": 1, "denominator": 2 },
            "forum": "national", "lodged_date": "2026-02-01",
        }}),
        Kind::DecideClaim => {
            json!({ "claim": claim, "state": "under_review", "decision_date": "2026-05-01" })
        }
        Kind::RecordSale => json!({
            "sale_date": "2026-05-01", "proceeds": euros("80.00"), "national_reference": "3/26",
            "reason": "It falls down", "holder": "The treasury", "location": "Lisbon",
        }),
        Kind::RecordDisposition => json!({ "disposition": {
            "kind": "released", "disposition_date": "2026-05-01",
        }}),
        Kind::ShareAsset => json!({
            "recipient": "organizations/6c1d3f5a-0000-4000-8000-000000000001", "purpose": "Indigence inquiry",
        }),
        Kind::RevokeAssetShare => json!({
            "recipient": "organizations/6c1d3f5a-0000-4000-8000-000000000001", "reason": "It has ended",
        }),
        Kind::AllocateProceeds => json!({ "allocations": [{
            "purpose": "reparations", "amount": euros("60.00"), "decision_date": "2026-05-20",
            "reference": "ICC-Pres-1",
        }]}),
    }
}

/// Does an act on 1 June on an asset, with a change to what accompanies the valid act; gives the result in a
/// word.
fn tried(word: AssetActKind, asset: &mut Asset, with: &Value, context: &Context) -> String {
    let payload = over(sound(word, asset), with);
    match does(asset, &act(word.as_str(), &payload), context) {
        Ok(_) => "done".to_owned(),
        Err(Not::Known) => "unknown".to_owned(),
        Err(Not::Valid(fields)) => fields.join(", "),
        Err(Not::Possible(reason)) => reason.as_str().to_owned(),
    }
}

/// Each row has the facts before the act, the change to what accompanies the valid act, and the result.
fn check(word: AssetActKind, cases: &[(&str, Value, &str)]) {
    for (facts, with, expected) in cases {
        let said = tried(word, &mut told(facts), with, &on("06-01"));
        assert_eq!(said, *expected, "{word} with {with} after {facts}");
    }
}

/// Facts after which every act is possible, but for the allocation.
const READY: &str = "freeze 01-10 12-31; cost requested_state 01-10 5; claim lien 02-01";

#[test]
fn each_act_can_be_done_and_says_what_it_changed() {
    for word in AssetActKind::ALL.iter().filter(|word| **word != AssetActKind::Report) {
        let mut asset = told(match word {
            AssetActKind::RecordSale => "freeze 01-10",
            AssetActKind::AllocateProceeds => "value 01-10 100; transferred 05-01",
            _ => READY,
        });
        if *word == AssetActKind::RevokeAssetShare {
            tried(AssetActKind::ShareAsset, &mut asset, &json!({}), &on("06-01"));
        }
        let before = asset.clone();
        let act = act(word.as_str(), &sound(*word, &asset));
        assert_eq!(act.kind(), *word);
        let changes = does(&mut asset, &act, &on("06-01")).unwrap();
        assert!(!changes.is_empty(), "{word}");
        assert_ne!(asset, before, "{word}");
        let again: AssetAct = serde_json::from_value(serde_json::to_value(&act).unwrap()).unwrap();
        assert_eq!(again, act, "{word} reads itself");
    }
}

#[test]
fn nothing_is_added_to_what_nobody_holds() {
    use AssetActKind as Kind;
    for word in Kind::ALL.iter().filter(|word| **word != Kind::Report) {
        let mut asset = told(&format!("{READY}; cost asset 01-10 5; lost 05-01"));
        let said = tried(*word, &mut asset, &json!({}), &on("06-01"));
        let still = match word {
            // Corrections, evidence, bills and courts go on.
            Kind::Update
            | Kind::LiftMeasure
            | Kind::RecordValuation
            | Kind::RecordEncumbrance
            | Kind::RecordCost
            | Kind::SettleCost
            | Kind::DecideClaim
            | Kind::ShareAsset => "done",
            _ => "WRONG_STATE",
        };
        assert_eq!(said, still, "{word}");
    }
}

#[test]
fn what_happens_to_the_money_stands_in_the_stream_of_the_court() {
    for kind in crate::asset::DispositionKind::ALL {
        let asset = told("");
        let payload =
            over(sound(AssetActKind::RecordDisposition, &asset), &json!({ "disposition": { "kind": kind } }));
        let act = act("record_disposition", &payload);
        let expected = if kind.is_of_money() { Audience::Issuer } else { Audience::Shared };
        assert_eq!(act.audience(), expected, "{kind}");
        assert_eq!(act.side(&asset), kind.row().map(|row| row.by), "{kind}");
    }
    let allocation = act("allocate_proceeds", &sound(AssetActKind::AllocateProceeds, &told("")));
    assert_eq!(allocation.audience(), Audience::Issuer);
}
