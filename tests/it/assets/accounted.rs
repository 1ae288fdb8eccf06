//! What left an asset in shares.

use focalnet_contract::Rpc;
use focalnet_domain::freezing_request::State;
use serde_json::json;

use super::{BOTH, ceases, disposition, house};
use crate::support::world::World;

/// Of the rest the State releases one half, hands it back, and then releases the other.
#[tokio::test]
async fn what_is_accounted_for_in_shares_is_not_asked_for_again() {
    account_for(&["RELEASED", "RETURNED", "RELEASED"]).await;
}

/// It hands back one half at once: what it releases then is the other.
#[tokio::test]
async fn what_was_handed_back_is_not_released_again() {
    account_for(&["RETURNED", "RELEASED"]).await;
}

/// A third is the wife's; of the rest the State reports these in turn, a third each.
async fn account_for(kinds: &[&str]) {
    let world = World::new().await;
    let name = world.in_state(State::Executed).await;
    let portugal = world.portugal().focal_point();
    let asset = portugal.reports_asset(&name, house("")).await.unwrap().name;
    let claim = json!({ "claim": { "claimant": "His wife", "right": "RIGHT_SPOUSE_SHARE", "forum": "FORUM_NATIONAL",
        "lodged_date": "2008-07-01" } });
    let claim = portugal.does_to(&asset, Rpc::RecordClaim, claim).await.unwrap().claims[0].name.clone();
    let third = json!({ "numerator": 1, "denominator": 3 });
    for (state, upheld) in [("UNDER_REVIEW", None), ("UPHELD_IN_PART", Some(&third)), ("FINAL", None)] {
        let decide = json!({ "claim": claim, "state": format!("STATE_{state}"), "decision_date": "2008-08-01",
            "upheld": upheld });
        portugal.does_to(&asset, Rpc::DecideClaim, decide).await.unwrap();
    }
    let officer = world.registry().officer();
    let asked = async || {
        let unsettled = json!({ "parent": name, "filter": "unsettled = true" });
        let found = officer.lists(Rpc::ListAssets, unsettled).await.unwrap();
        found.iter().any(|found| found["name"] == asset.as_str())
    };
    assert!(!asked().await, "the obligation holds");
    ceases(&world, &name, &[0], &BOTH, "STATUS_ACQUITTED").await;
    for kind in kinds {
        assert!(asked().await, "before {kind}");
        let mut part = disposition(&format!("KIND_{kind}"), "2018-12-01");
        part["disposition"]["share"] = third.clone();
        portugal.does_to(&asset, Rpc::RecordDisposition, part).await.unwrap();
    }
    assert!(!asked().await, "three thirds are accounted for");
    world.assets_are_up_to_date().await;
}
