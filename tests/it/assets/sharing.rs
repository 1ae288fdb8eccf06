//! What the Prosecutor found he shares with the Registry one by one, for a purpose, and takes back.

use focalnet_contract::{
    Rpc,
    proto::{AssetOverview, asset::State as AssetState},
};
use focalnet_domain::freezing_request::{ActKind, State};
use serde_json::{Value, json};
use tonic::Code;

use super::{count, disposition, house, patrimony, status, total};
use crate::support::{
    actor::Actor,
    cast::Org,
    refusals::{all_of, refused},
    samples::elsewhere,
    world::World,
};

/// Five results of the Prosecutor's own tracing in Portugal.
async fn traced(world: &World) -> (String, Vec<String>) {
    let (otp, portugal) = (world.otp().investigator(), world.portugal());
    let name = otp.drafts_to(portugal.name()).await.unwrap().name;
    let way = [ActKind::MarkReady, ActKind::Transmit, ActKind::Acknowledge, ActKind::StartExecution];
    world.performed(&name, &way.map(Into::into)).await;
    let mut found = Vec::new();
    for number in 1..=5 {
        let mut asset = house("");
        asset["description"] = format!("House number {number}").into();
        asset["lead_only"] = (number == 5).into();
        found.push(portugal.focal_point().reports_asset(&name, asset).await.unwrap().name);
    }
    (name, found)
}

async fn shares(world: &World, who: &Actor, asset: &str, rpc: Rpc) -> Result<(), tonic::Status> {
    let mut with = json!({ "recipient": world.cast().organization(Org::Registry) });
    let because = if rpc == Rpc::ShareAsset { "purpose" } else { "reason" };
    with[because] = "Indigence inquiry".into();
    who.does_to(asset, rpc, with).await.map(|_| ())
}

async fn listed(who: &Actor) -> Vec<String> {
    let listed = who.lists(Rpc::ListAssets, json!({ "parent": "freezingRequests/-" })).await.unwrap();
    listed.iter().map(|asset| asset["name"].as_str().unwrap().to_owned()).collect()
}

/// Scenario 12. The Prosecutor shares two of five results of his tracing with the Registry; of three it learns nothing, in
/// lists, totals or by guessing.
#[tokio::test]
async fn two_of_five_are_shared_and_three_stay_invisible() {
    let world = World::new().await;
    let (name, found) = traced(&world).await;
    let (otp, officer, portugal) =
        (world.otp().investigator(), world.registry().officer(), world.portugal().focal_point());
    assert_eq!(total(&status(&officer, &world, json!({})).await).count, 0);
    let before = portugal.reads(&name).await.unwrap();
    for asset in &found[..2] {
        shares(&world, &otp, asset, Rpc::ShareAsset).await.unwrap();
    }

    let of_case = status(&officer, &world, json!({})).await;
    assert_eq!((total(&of_case).count, of_case.assets.len()), (2, 2), "in totals too");
    assert_eq!(count(total(&of_case).measures_in_force.as_ref()), 2);
    let mut seen = listed(&officer).await;
    seen.sort();
    let mut shared = found[..2].to_vec();
    shared.sort();
    assert_eq!(seen, shared);
    let of_otp = status(&otp, &world, json!({})).await;
    assert_eq!(total(&of_otp).count, 5, "the Prosecutor sees all of them");

    // What is shared is the asset, and nothing of its request.
    let read = officer.reads_asset(&found[0]).await.unwrap();
    assert_eq!((read.freezing_request.as_str(), read.shares.len()), ("", 0));
    assert_eq!(refused(officer.reads(&name).await).0, Code::NotFound);
    let told = officer.reads_asset(&found[2]).await.unwrap_err();
    assert_eq!(all_of(&told), all_of(&officer.reads_asset(&elsewhere(&found[2])).await.unwrap_err()));
    let cost = json!({ "cost": {
        "kind": "KIND_STORAGE", "amount": { "currency_code": "EUR", "amount": "1.00" }, "due_date": "2009-01-01",
        "bearer": "BEARER_OWNER",
    }});
    let told = refused(officer.does_to(&found[0], Rpc::RecordCost, cost).await);
    assert_eq!(told, (Code::PermissionDenied, "WRONG_PARTY".into()), "it is shared to be read");
    // The State learns nothing of it, not even another version.
    assert_eq!(portugal.reads(&name).await.unwrap(), before);
    assert_eq!(portugal.reads_asset(&found[0]).await.unwrap().shares, []);
    // Nor does the Chamber.
    assert_eq!(refused(world.chamber().judge().reads_asset(&found[0]).await).0, Code::NotFound);

    shares(&world, &otp, &found[0], Rpc::RevokeAssetShare).await.unwrap();
    let told = officer.reads_asset(&found[0]).await.unwrap_err();
    assert_eq!(all_of(&told), all_of(&officer.reads_asset(&elsewhere(&found[0])).await.unwrap_err()));
    assert_eq!(total(&status(&officer, &world, json!({})).await).count, 1);
    let read = otp.reads_asset(&found[0]).await.unwrap();
    assert_eq!(read.shares[0].revoke_reason, "Indigence inquiry", "that it was shared is kept");
}

/// What the owner of a request does with the money is the owner's: a recipient reads, in the totals of the case too, what
/// the State would read.
#[tokio::test]
async fn the_totals_of_a_recipient_do_not_tell_what_became_of_the_money() {
    let world = World::new().await;
    let (_, found) = traced(&world).await;
    let (otp, officer, house) = (world.otp().investigator(), world.registry().officer(), &found[0]);
    let transferred = disposition("KIND_TRANSFERRED", "2018-12-03");
    world.portugal().focal_point().does_to(house, Rpc::RecordDisposition, transferred).await.unwrap();
    let allocate = json!({ "allocations": [{
        "purpose": "PURPOSE_KIND_REPARATIONS", "amount": { "currency_code": "EUR", "amount": "10.00" },
        "decision_date": "2019-01-01", "reference": "ICC-Pres-1",
    }]});
    otp.does_to(house, Rpc::AllocateProceeds, allocate).await.unwrap();
    shares(&world, &otp, house, Rpc::ShareAsset).await.unwrap();
    assert_eq!(officer.reads_asset(house).await.unwrap().state(), AssetState::Transferred);
    let seen =
        |overview: AssetOverview| overview.assets.iter().find(|line| line.asset == *house).unwrap().state();
    for (who, told) in [(&otp, AssetState::Allocated), (&officer, AssetState::Transferred)] {
        assert_eq!(seen(status(who, &world, json!({})).await), told);
        assert_eq!(seen(patrimony(who, &world.cast().person).await), told);
    }
}

#[tokio::test]
async fn what_the_court_holds_goes_with_its_order() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let cash = json!({
        "type": "ASSET_TYPE_CASH", "jurisdiction": "NL", "description": "Found at the arrest", "holder": "The Registry",
    });
    let cash = officer.reports_asset(&world.cast().order, cash).await.unwrap();
    let with = json!({ "recipient": world.cast().organization(Org::Otp), "purpose": "To know" });
    let told = officer.does_to(&cash.name, Rpc::ShareAsset, with).await.unwrap_err();
    assert_eq!(crate::wire::fields(&told), ["recipient"]);
}

/// What else the Prosecutor does with an asset does not show to the Registry, not even as a version.
#[tokio::test]
async fn whom_it_is_shared_with_does_not_see_with_whom_else() {
    let world = World::new().await;
    let (_, found) = traced(&world).await;
    let (otp, officer) = (world.otp().investigator(), world.registry().officer());
    shares(&world, &otp, &found[0], Rpc::ShareAsset).await.unwrap();
    let before = officer.reads_asset(&found[0]).await.unwrap();
    let with = json!({ "recipient": world.cast().organization(Org::Chamber), "purpose": "To decide" });
    otp.does_to(&found[0], Rpc::ShareAsset, with).await.unwrap();
    world.chamber().judge().reads_asset(&found[0]).await.unwrap();
    assert_eq!(officer.reads_asset(&found[0]).await.unwrap(), before);
}

#[tokio::test]
async fn what_the_state_gives_as_a_lead_is_shared_with_nobody_until_it_consents() {
    let world = World::new().await;
    let (_, found) = traced(&world).await;
    let (otp, portugal) = (world.otp().investigator(), world.portugal().focal_point());
    let lead = &found[4];
    assert!(otp.reads_asset(lead).await.unwrap().lead_only);
    let told = refused(shares(&world, &otp, lead, Rpc::ShareAsset).await);
    assert_eq!(told, (Code::FailedPrecondition, "LEAD_ONLY".into()));

    let clear = |etag: String| -> Value {
        json!({ "asset": { "name": lead, "lead_only": false }, "update_mask": "leadOnly", "etag": etag, "request_id": crate::support::new_id() })
    };
    let etag = portugal.reads_asset(lead).await.unwrap().etag;
    portugal.call(Rpc::UpdateAsset, clear(etag)).await.unwrap();
    shares(&world, &otp, lead, Rpc::ShareAsset).await.unwrap();
    world.registry().officer().reads_asset(lead).await.unwrap();
}

#[tokio::test]
async fn a_lead_is_for_requests_of_the_prosecutor() {
    let world = World::new().await;
    let name = world.in_state(State::Executed).await;
    let mut asset = house("");
    asset["lead_only"] = true.into();
    let told = world.portugal().focal_point().reports_asset(&name, asset).await.unwrap_err();
    assert_eq!(crate::wire::fields(&told), ["asset.lead_only"]);
}
