//! What ends with charges that are dropped or an acquittal, and what stays.

use focalnet::{
    authz::Rpc,
    domain::freezing_request::ActKind,
    grpc::proto::{Matter, asset::State, freezing_request},
};
use serde_json::{Value, json};
use tonic::Code;

use super::{BOTH, ceases, count, disposition, house, status, total};
use crate::support::{acts::Deed, refusals::refused, world::World};

fn of(position: i32, what: &str) -> Value {
    let mut asset = house("");
    asset["description"] = what.into();
    asset["persons"] = json!([position]);
    asset
}

/// Charges against one of two are dropped: his assets are to be released, the other's stay.
#[tokio::test]
async fn the_assets_of_one_of_two_are_free_and_those_of_the_other_are_not() {
    let world = World::new().await;
    let name = world.about_two().await;
    world.performed(&name, &[ActKind::Acknowledge.into(), ActKind::StartExecution.into()]).await;
    world.performed(&name, &[Deed::Report(focalnet::domain::freezing_request::State::Executed)]).await;
    let portugal = world.portugal().focal_point();
    let [his, hers] = [of(0, "His house"), of(1, "Her flat")];
    let his = portugal.reports_asset(&name, his).await.unwrap().name;
    let hers = portugal.reports_asset(&name, hers).await.unwrap().name;
    ceases(&world, &name, &[0], &BOTH, "STATUS_LAPSED").await;
    let read = portugal.reads(&name).await.unwrap();
    assert_eq!(read.state(), freezing_request::State::Executed, "for the other it holds");

    let officer = world.registry().officer();
    let of_case = status(&officer, &world, json!({})).await;
    let line = |asset: &str| of_case.assets.iter().find(|line| line.asset == asset).unwrap();
    assert!(line(&his).open().any(|matter| matter == Matter::ReleaseOutstanding));
    assert!(!line(&hers).open().any(|matter| matter == Matter::ReleaseOutstanding));
    assert_eq!(count(total(&of_case).outlived.as_ref()), 1, "a freeze without obligation");
    assert_eq!(of_case.persons.len(), 2);

    let released = disposition("KIND_RELEASED", "2018-09-01");
    let told = refused(portugal.does_to(&hers, Rpc::RecordDisposition, released.clone()).await);
    assert_eq!(told, (Code::FailedPrecondition, "WRONG_STATE".into()));
    let read = portugal.does_to(&his, Rpc::RecordDisposition, released).await.unwrap();
    assert_eq!(read.state(), State::Released);
    let after = status(&officer, &world, json!({})).await;
    assert_eq!(count(total(&after).releases_outstanding.as_ref()), 0);
    assert_eq!(officer.reads_asset(&hers).await.unwrap().state(), State::Frozen);
}

/// A third is the wife's; of the rest the State releases one half, hands it back, and then releases the other.
#[tokio::test]
async fn what_is_accounted_for_in_shares_is_not_asked_for_again() {
    let world = World::new().await;
    let name = world.in_state(focalnet::domain::freezing_request::State::Executed).await;
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
    for kind in ["RELEASED", "RETURNED", "RELEASED"] {
        assert!(asked().await, "before {kind}");
        let mut part = disposition(&format!("KIND_{kind}"), "2018-12-01");
        part["disposition"]["share"] = third.clone();
        portugal.does_to(&asset, Rpc::RecordDisposition, part).await.unwrap();
    }
    assert!(!asked().await, "three thirds are accounted for");
}

/// An acquittal ends forfeiture and reparations; the State decides on release, reports it in part, and the dossier stays open
/// until every asset is accounted for.
#[tokio::test]
async fn after_an_acquittal_the_state_decides_what_is_released() {
    let world = World::new().await;
    let name = world.in_state(focalnet::domain::freezing_request::State::Executed).await;
    let portugal = world.portugal().focal_point();
    let first = portugal.reads(&name).await.unwrap().assets[0].name.clone();
    let house = portugal.reports_asset(&name, house("")).await.unwrap().name;
    ceases(&world, &name, &[0], &BOTH, "STATUS_ACQUITTED").await;
    let officer = world.registry().officer();
    let unsettled = json!({ "parent": name, "filter": "unsettled = true" });
    let open = officer.lists(Rpc::ListAssets, unsettled.clone()).await.unwrap().len();
    assert!(open >= 2);
    assert_eq!(
        officer.reads_asset(&house).await.unwrap().state(),
        State::Frozen,
        "the duty ceases, the freeze does not"
    );

    let mut blocked = disposition("KIND_CONTINUED_BLOCKING", "2018-12-01");
    blocked["disposition"]["reason"] = "A tax debt".into();
    let read = portugal.does_to(&house, Rpc::RecordDisposition, blocked).await.unwrap();
    assert_eq!(read.state(), State::Blocked);
    portugal
        .does_to(&first, Rpc::RecordDisposition, disposition("KIND_RETURNED", "2018-12-01"))
        .await
        .unwrap();
    let told = refused(officer.does(ActKind::Close, &name).await);
    assert_eq!(told, (Code::FailedPrecondition, "ASSETS_OUTSTANDING".into()), "blocked is not settled");
}
