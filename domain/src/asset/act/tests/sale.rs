use AssetActKind::RecordSale;

use super::*;
use crate::{
    asset::{
        AssetState, AssetType, Fact, Restraint,
        ownership::Layer,
        sample::{at, ownership, share},
    },
    names::OrderId,
};

#[test]
fn what_is_held_under_a_measure_is_sold_once_and_not_during_a_claim() {
    let freeze = "freeze 01-10";
    check(
        RecordSale,
        &[
            (freeze, json!({}), "done"),
            ("seizure 01-10", json!({}), "done"),
            ("management_order 01-10", json!({}), "done"),
            (freeze, json!({ "sale_date": "2026-06-02" }), "sale_date"),
            ("freeze 01-10; released 05-02 1/2", json!({}), "sale_date"),
            ("freeze 01-10; released 05-01 1/2", json!({}), "done"),
            // A measure must be in force on the day of the sale.
            ("", json!({}), "WRONG_STATE"),
            ("freeze 01-10 04-30", json!({}), "WRONG_STATE"),
            ("freeze 01-10 05-01", json!({}), "done"),
            ("freeze 01-10; lifted 05-01", json!({}), "WRONG_STATE"),
            ("freeze 05-02", json!({}), "WRONG_STATE"),
            ("freeze 01-10; sold 04-01", json!({}), "WRONG_STATE"),
            ("freeze 01-10; released 04-01", json!({}), "WRONG_STATE"),
            ("freeze 01-10; forfeiture_ordered 04-01", json!({}), "WRONG_STATE"),
            ("freeze 01-10; claim lien 02-01", json!({}), "DISPOSAL_HOLD"),
            ("freeze 01-10; claim lien 02-01; rejected 03-01", json!({}), "DISPOSAL_HOLD"),
            ("freeze 01-10; claim lien 02-01; rejected 03-01; final 04-01", json!({}), "done"),
            ("freeze 01-10; claim ownership 02-01; upheld 03-01; final 04-01", json!({}), "WRONG_STATE"),
        ],
    );
}

const CLAIMED: &str = "; claim spouse_share 02-01 1/4; under_review 02-02; upheld 02-03; final 02-04";

fn sold(asset: &mut Asset) -> Asset {
    let sale = act("record_sale", &sound(RecordSale, asset));
    match &does(asset, &sale, &on("06-01")).unwrap()[..] {
        [Change::Disposition, Change::Proceeds(proceeds)] => proceeds.as_ref().clone(),
        changes => panic!("{changes:?}"),
    }
}

#[test]
fn the_proceeds_stand_in_its_place() {
    let mut asset = told(
        "freeze 01-10 12-31; seizure 01-10 03-31; freeze 02-01; lifted 04-01; freeze 06-01; management_order 02-01; \
         mortgage 01-10 30; lien 01-10 5 04-30; value 01-10 100; cost requested_state 01-10 5",
    );
    for (layer, from, owners) in [
        (Layer::LegalOwner, "01-01", "his 1/1"),
        (Layer::LegalOwner, "02-01", "his 1/3, her 2/3"),
        (Layer::BeneficialOwner, "01-01", "his 1/1"),
    ] {
        asset.ownerships.push(Fact::new(ownership(layer, from, owners), at(day(from))));
    }
    let proceeds = sold(&mut asset);
    assert_eq!(asset.state_on(day("04-30")), AssetState::UnderManagement);
    assert_eq!(asset.state_on(day("05-01")), AssetState::Sold);
    assert_eq!(asset.dispositions[0].facts.national_reference.as_deref(), Some("3/26"));

    let described = &proceeds.description;
    assert_eq!((proceeds.proceeds_of, proceeds.freezing_request), (Some(asset.name), Some(REQUEST)));
    assert_eq!((described.kind, &described.persons), (AssetType::Cash, &asset.description.persons));
    assert_eq!((described.holder.as_str(), described.location.as_deref()), ("The treasury", Some("Lisbon")));
    assert_eq!(described.jurisdiction, asset.description.jurisdiction);
    // Only what was in force on the day goes on, from that day.
    let measures: Vec<_> =
        proceeds.measures.iter().map(|m| (m.facts.kind.as_str(), m.facts.end_date)).collect();
    assert_eq!(measures, [("freeze", Some(day("12-31"))), ("management_order", None)]);
    assert!(
        proceeds
            .measures
            .iter()
            .all(|m| m.facts.start_date == day("05-01") && m.name.parent == proceeds.name)
    );
    assert_eq!(proceeds.restraint_on(day("05-01")), Restraint::Frozen);
    let layers: Vec<_> = proceeds.ownerships.iter().map(|fact| fact.facts.clone()).collect();
    let expected = [
        ownership(Layer::LegalOwner, "02-01", "his 1/3, her 2/3"),
        ownership(Layer::BeneficialOwner, "01-01", "his 1/1"),
    ];
    assert_eq!(layers, expected);
    assert_eq!(
        proceeds.encumbrances,
        [asset.encumbrances[0].clone()].map(|fact| Fact::new(fact.facts, at(day("06-01"))))
    );
    assert_eq!(proceeds.value_on(day("05-01")).map(|fact| fact.facts.value.clone()), Some(money("80")));
    assert!(proceeds.costs.is_empty() && proceeds.claims.is_empty() && proceeds.dispositions.is_empty());
    // The sold asset cannot be sold again.
    assert_eq!(tried(RecordSale, &mut asset, &json!({}), &on("06-01")), "WRONG_STATE");
}

/// A quarter belongs to the wife: the price is for the other three quarters, and no part of the price is
/// hers.
#[test]
fn the_price_of_what_was_still_held_is_held_whole() {
    let facts = "freeze 01-10 12-31 3/4; value 01-10 100";
    for (claimed, held, layers) in [("", Some(share("3/4")), 1), (CLAIMED, None, 0)] {
        let mut asset = told(&format!("{facts}{claimed}"));
        let owners = ownership(Layer::LegalOwner, "01-01", "his 3/4, her 1/4");
        asset.ownerships.push(Fact::new(owners, at(day("01-01"))));
        let proceeds = sold(&mut asset);
        assert_eq!(
            (proceeds.measures[0].facts.share, proceeds.ownerships.len()),
            (held, layers),
            "{claimed}"
        );
    }
}

/// What was upheld of a claim that is paid out of the asset is paid out of the price.
#[test]
fn claims_upheld_go_along_as_rights_of_others() {
    let mut asset = told(
        "freeze 01-10; claim lien 02-01 10; under_review 02-02; upheld 02-03; final 02-04; claim creditor 02-01 7; \
         under_review 02-02; rejected 02-03; final 02-04; value 01-10 100",
    );
    let proceeds = sold(&mut asset);
    let rights: Vec<_> = proceeds.encumbrances.iter().map(|fact| fact.facts.amount.clone()).collect();
    assert_eq!(rights, [Some(money("10"))]);
    assert_eq!(proceeds.equity_on(day("05-02")), Some(money("70")));
}

#[test]
fn a_renewed_measure_goes_on_as_it_stands() {
    let mut asset = told("freeze 01-10 03-31; renewed 09-30");
    let proceeds = sold(&mut asset);
    assert_eq!(proceeds.measures[0].last_date(), Some(day("09-30")));
    assert!(proceeds.measures[0].changes.is_empty());
}

#[test]
fn what_the_court_holds_is_sold_under_its_order() {
    let order = OrderId::random();
    let mut asset = told("seizure 01-10");
    (asset.freezing_request, asset.order) = (None, Some(order));
    let proceeds = sold(&mut asset);
    assert_eq!((proceeds.freezing_request, proceeds.order), (None, Some(order)));
}
