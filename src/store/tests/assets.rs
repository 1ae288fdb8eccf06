//! Assets with all that is said of them over time.

use focalnet_domain::{
    asset::{Asset, AssetShare, Cost, Fact, NewAsset, Parent, act::Change, claim::Claim, cost::Settlement},
    journal::Audience,
    names::{AssetId, ClaimId, OrganizationId},
};

use super::{said::*, scene::*, *};
use crate::store::{AssetHeads, AssetSeen, Facts};

fn share() -> Value {
    json!({ "numerator": 2, "denominator": 3 })
}

/// What can be said of an asset when it is reported. What is given as a lead only is shared with nobody.
pub(super) fn reported(lead_only: bool) -> NewAsset {
    of(json!({
        "type": "vessel", "jurisdiction": "PT", "description": "A yacht", "location": "Lagos",
        "identifiers": [{ "kind": "imo", "value": "9074729" }], "holder": "The harbour", "persons": [1],
        "measures": [{
            "kind": "seizure", "national_reference": "12/08", "authority": "A court", "start_date": "2026-01-01",
            "end_date": "2026-06-01", "share": share(), "reminder_date": "2026-05-01",
        }],
        "valuations": [{
            "value": money("99999999999999999999.99"), "valuation_date": "2026-01-02", "method": "appraisal",
            "appraiser": "A valuer", "converted_from": {
                "amount": { "currency_code": "XAF", "amount": "655957" }, "rate": "0.0015", "rate_date": "2026-01-01",
                "source": "A bank",
            },
        }],
        "ownerships": [{
            "layer": "legal_owner", "from_date": "2020-01-01",
            "owners": [{ "display_name": "He", "position": 1, "share": { "numerator": 1, "denominator": 1 } }],
        }],
        "encumbrances": [{
            "kind": "mortgage", "creditor": "A bank", "amount": money("3.50"), "rank": 1, "from_date": "2020-01-01",
            "end_date": "2030-01-01",
        }],
        "value_substitute_for": AssetId::random(), "lead_only": lead_only,
    }))
}

/// What is said of it later, each with what the store is told.
fn later(asset: &mut Asset) -> Vec<Change> {
    let measure = asset.measures[0].name;
    let renewal = of(json!({
        "kind": "renewed", "end_date": "2027-06-01", "reminder_date": "2027-05-01", "national_reference": "13/08",
        "reason": "It goes on",
    }));
    asset.measures[0].changes.push(Fact::new(renewal, recorded(1)));
    let thread = asset
        .freezing_request
        .map(|request| format!("{request}/clarifications/{}", focalnet_domain::ids::new()));
    let cost = of(json!({
        "kind": "storage", "amount": money("7.25"), "due_date": "2026-01-03", "extraordinary": true, "bearer": "court",
        "agreed_in": thread, "paid_date": "2026-01-04", "description": "A month",
    }));
    let settlement = Some(Fact::new(Settlement { paid_date: day("2026-01-05") }, recorded(3)));
    asset.costs.push(Cost { number: 1, facts: cost, settlement, recorded: recorded(2) });
    let claim = ClaimId { parent: asset.name, id: focalnet_domain::ids::new() };
    let facts = of(json!({
        "claimant": "His wife", "right": "co_ownership", "share": share(), "amount": money("8.00"),
        "forum": "national", "lodged_date": "2026-01-06", "acquisition_date": "2025-01-01",
        "acquisition_price": money("9.00"), "evidence": "A deed",
    }));
    let decision = of(json!({
        "state": "upheld_in_part", "decision_date": "2026-01-07", "reference": "14/08", "upheld": share(),
    }));
    let decisions = vec![Fact::new(decision, recorded(5))];
    asset.claims.push(Claim { name: claim, facts, decisions, recorded: recorded(4) });
    let realised = of(json!({
        "kind": "realised", "disposition_date": "2026-01-08", "reason": "It was sold", "national_reference": "15/08",
        "share": share(), "proceeds": money("10.00"),
    }));
    asset.dispositions.push(Fact::new(realised, recorded(6)));
    let allocation = of(json!({
        "purpose": "reparations", "amount": money("5.00"), "decision_date": "2026-01-09", "reference": "ICC-Pres-1",
        "counts_as": { "currency_code": "USD", "amount": "6.00" }, "rate_source": "A bank",
    }));
    asset.allocations.push(Fact::new(allocation, recorded(7)));
    let mut changes = vec![
        Change::MeasureChange(measure),
        Change::Cost,
        Change::Settlement(1),
        Change::Claim,
        Change::ClaimDecision(claim),
        Change::Disposition,
        Change::Allocations(1),
    ];
    if !asset.lead_only {
        asset.shares.push(AssetShare {
            recipient: OrganizationId::random(),
            purpose: "To find more".to_owned(),
            revoke_reason: Some("Nothing was found".to_owned()),
            revoke_time: Some(recorded(9).create_time),
            recorded: recorded(8),
        });
        changes.push(Change::Share);
    }
    changes
}

/// What grows with time is also read as a list of its own.
async fn assert_lists(tx: &Tx, asset: &Asset) {
    let which = (None, &FIRST);
    let values = tx.valuations(asset.name, which).await.unwrap();
    assert_same(&oldest_first(values), &(0..).zip(asset.valuations.to_vec()).collect());
    let costs = tx.costs(asset.name, which).await.unwrap();
    assert_same(&oldest_first(costs), &(1..).zip(asset.costs.to_vec()).collect());
    let claims = tx.claims(asset.name, which).await.unwrap();
    assert_same(&oldest_first(claims), &(0..).zip(asset.claims.to_vec()).collect());
    let shares = tx.asset_shares(asset.name, which).await.unwrap();
    assert_same(&oldest_first(shares), &(0..).zip(asset.shares.to_vec()).collect());
    let changes = tx.measure_changes(asset.measures[0].name, which).await.unwrap().unwrap();
    assert_same(&oldest_first(changes), &(0..).zip(asset.measures[0].changes.to_vec()).collect());
}

#[tokio::test]
async fn an_asset_of_which_everything_is_said_is_read_as_it_was_saved() {
    let scene = Scene::new().await;
    let (tx, permit, court, case) = (&scene.tx, &scene.permit, &scene.court, scene.case.name);
    let order = scene.order().await;
    let request = scene.request(&order).await;
    for (parent, but_for) in [
        (Parent::Request(request.name), &[".asset.lead_only", ".asset.order"][..]),
        (
            Parent::Order(order.name),
            &[
                ".asset.costs.at_hand.facts.agreed_in",
                ".asset.freezing_request",
                ".asset.shares.at_hand",
                ".asset.shares.count",
            ],
        ),
    ] {
        let state = matches!(parent, Parent::Request(_)).then_some(request.requested_state);
        let mut asset = Asset::new(parent, &reported(matches!(parent, Parent::Order(_))), recorded(0));
        asset.proceeds_of = Some(AssetId::random());
        tx.insert_assets(permit, (0, state), std::slice::from_ref(&asset), head(7)).await.unwrap();
        let changes = later(&mut asset);
        tx.save_asset(permit, &asset, &changes, (Audience::Shared, head(8))).await.unwrap();
        tx.save_asset(permit, &asset, &[], (Audience::Issuer, head(9))).await.unwrap();
        assert_lists(tx, &asset).await;

        let heads = AssetHeads { shared: head(8), issuer: Some(head(9)) };
        let saved = AssetSeen { asset, heads, own: true };
        assert_said(&saved, but_for);
        let today = day("2026-01-10");
        for facts in [Facts::All, Facts::on(today)] {
            assert_same(&tx.asset(court, saved.asset.name, facts).await.unwrap(), &Some(saved.clone()));
            let page = tx.assets(court, Some(parent), (&[], today, facts), &FIRST).await.unwrap();
            assert_same(&page, &vec![saved.clone()]);
        }
        let of_case = tx.assets_of_case(court, case, None).await.unwrap();
        assert!(of_case.iter().any(|seen| seen.asset == saved.asset), "it is an asset of the case");
    }
}
