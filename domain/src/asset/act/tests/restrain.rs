use AssetActKind::{LiftMeasure, RecordMeasure, RenewMeasure};

use super::*;
use crate::{
    asset::{
        AssetState, Fact,
        ownership::Layer,
        sample::{at, ownership},
    },
    questionnaire::answer::{Period, Unit},
};

#[test]
fn a_measure_ends_after_it_begins() {
    check(
        RecordMeasure,
        &[
            ("", json!({}), "done"),
            ("", json!({ "measure": { "end_date": "2026-01-10" } }), "done"),
            ("", json!({ "measure": { "end_date": "2026-01-09" } }), "measure.end_date"),
            ("", json!({ "measure": { "end_date": null } }), "done"),
            ("", json!({ "measure": { "share": { "numerator": 1, "denominator": 3 } } }), "done"),
            ("", json!({ "measure": { "share": { "numerator": 4, "denominator": 3 } } }), "measure.share"),
            ("", json!({ "measure": { "share": { "numerator": 0, "denominator": 3 } } }), "measure.share"),
            ("released 05-01", json!({}), "WRONG_STATE"),
            ("released 05-01 1/2", json!({}), "done"),
        ],
    );
}

#[test]
fn a_frozen_share_is_no_more_than_is_owned() {
    // Who owns what, what is frozen, and whether that can be.
    let cases = [
        ("", (1, 1), true),
        ("his 1/3, her 2/3", (1, 3), true),
        ("his 1/3, her 2/3", (3, 9), true),
        ("his 1/3, her 2/3", (334, 1000), false),
        ("his 1/3, his 1/3", (2, 3), true),
        ("his 1/3, his 1/3", (3, 4), false),
        // Where only others are named, nothing is said of what is his.
        ("her 1/3", (1, 1), true),
    ];
    for (owners, (numerator, denominator), can_be) in cases {
        let mut asset = told("");
        if !owners.is_empty() {
            let layer = ownership(Layer::LegalOwner, "01-01", owners);
            asset.ownerships.push(Fact::new(layer, at(day("01-01"))));
        }
        let with = json!({ "measure": { "share": { "numerator": numerator, "denominator": denominator } } });
        let expected = if can_be { "done" } else { "measure.share" };
        assert_eq!(tried(RecordMeasure, &mut asset, &with, &on("06-01")), expected, "{owners}: {with}");
    }
}

#[test]
fn he_may_own_more_in_another_layer_or_by_now() {
    let mut asset = told("");
    let third = json!({ "measure": { "share": { "numerator": 1, "denominator": 3 } } });
    for (layer, from, owners, expected) in [
        (Layer::LegalOwner, "01-01", "his 1/4", "measure.share"),
        (Layer::BeneficialOwner, "01-01", "his 1/2", "done"),
        (Layer::BeneficialOwner, "02-01", "his 1/5", "measure.share"),
        (Layer::LegalOwner, "02-01", "his 1/3", "done"),
    ] {
        asset.ownerships.push(Fact::new(ownership(layer, from, owners), at(day(from))));
        let said = tried(RecordMeasure, &mut asset, &third, &on("06-01"));
        assert_eq!(said, expected, "{layer} {owners}");
    }
}

#[test]
fn a_renewal_makes_a_measure_in_force_longer() {
    let freeze = "freeze 01-10 06-01";
    check(
        RenewMeasure,
        &[
            (freeze, json!({ "end_date": "2026-06-02" }), "done"),
            (freeze, json!({ "end_date": "2026-06-01" }), "end_date"),
            (freeze, json!({ "end_date": "2026-05-01" }), "end_date"),
            (freeze, json!({ "end_date": null }), "done"),
            ("freeze 01-10 06-01; renewed 07-01", json!({ "end_date": "2026-06-15" }), "end_date"),
            ("freeze 01-10", json!({}), "end_date"),
            ("freeze 01-10", json!({ "end_date": null }), "end_date"),
            ("freeze 01-10 05-31", json!({}), "WRONG_STATE"),
            ("freeze 01-10 12-31; lifted 05-01", json!({}), "WRONG_STATE"),
            ("freeze 01-10 12-31; released 05-01", json!({}), "WRONG_STATE"),
            (
                freeze,
                json!({ "measure": format!("{}/measures/{}", elsewhere(), uuid::Uuid::nil()) }),
                "unknown",
            ),
        ],
    );
}

#[test]
fn a_measure_is_lifted_once_while_it_is_in_force() {
    let freeze = "freeze 01-10 05-31";
    check(
        LiftMeasure,
        &[
            (freeze, json!({}), "done"),
            (freeze, json!({ "lift_date": "2026-01-10" }), "done"),
            (freeze, json!({ "lift_date": "2026-01-09" }), "lift_date"),
            (freeze, json!({ "lift_date": "2026-06-02" }), "lift_date"),
            (freeze, json!({ "lift_date": "2026-05-31" }), "done"),
            (freeze, json!({ "lift_date": "2026-06-01" }), "WRONG_STATE"),
            ("freeze 01-10; lifted 04-01", json!({}), "WRONG_STATE"),
            ("freeze 01-10; released 05-01", json!({}), "done"),
            (
                freeze,
                json!({ "measure": format!("{}/measures/{}", elsewhere(), uuid::Uuid::nil()) }),
                "unknown",
            ),
        ],
    );
}

#[test]
fn what_was_renewed_and_lifted_holds_accordingly() {
    let mut asset = told("freeze 01-10 06-01");
    tried(RenewMeasure, &mut asset, &json!({ "end_date": "2026-12-31" }), &on("06-01"));
    assert_eq!(asset.measures[0].last_date(), Some(day("12-31")));
    assert_eq!(asset.state_on(day("12-31")), AssetState::Frozen);
    tried(LiftMeasure, &mut asset, &json!({ "lift_date": "2026-06-15" }), &on("07-01"));
    assert_eq!(asset.measures[0].last_date(), Some(day("06-14")));
    assert_eq!(asset.measures[0].reminder_date(), None);
    assert_eq!(asset.state_on(day("06-14")), AssetState::Frozen);
    assert_eq!(asset.state_on(day("06-15")), AssetState::Lifted);
}

#[test]
fn the_reminder_follows_the_end_and_what_the_state_has_said() {
    let days = |amount| Some(Period { amount, unit: Unit::Days });
    let cases = [
        (Some("2026-12-31"), FreezeLimits::default(), Some("12-01")),
        (Some("2026-12-31"), FreezeLimits { notice: days(10), length: None }, Some("12-21")),
        // Not before it begins.
        (Some("2026-01-20"), FreezeLimits::default(), Some("01-10")),
        (None, FreezeLimits::default(), None),
        (None, FreezeLimits { notice: None, length: days(60) }, Some("02-09")),
    ];
    for (end, limits, expected) in cases {
        let mut asset = told("");
        let context = Context { limits, ..on("06-01") };
        tried(RecordMeasure, &mut asset, &json!({ "measure": { "end_date": end } }), &context);
        assert_eq!(asset.measures[0].reminder_date(), expected.map(day), "{end:?} {limits:?}");
    }
    let mut asset = told("freeze 01-10 06-01");
    tried(RenewMeasure, &mut asset, &json!({ "end_date": "2026-12-31" }), &on("06-01"));
    assert_eq!(asset.measures[0].reminder_date(), Some(day("12-01")));
}
