//! Assets from report to release: the stories of the people who have to do with them.

mod accounted;
mod acquittal;
mod aircraft;
mod claims;
mod constraints;
mod custody;
mod dropped;
mod expiry;
mod facts;
mod growing;
mod isolation;
mod known;
mod limit;
mod replay;
mod sealed;
mod sharing;
mod status;

use focalnet_contract::{
    Rpc,
    proto::{Asset, AssetGroup, AssetOverview, Money, Tally},
};
use focalnet_domain::freezing_request::{ActKind, State};
use serde_json::{Value, json};

use crate::support::{actor::Actor, assets::yacht, world::World};

/// An executed request to Portugal with a house under it.
async fn executed(world: &World, house: Value) -> (String, Asset) {
    let name = world.in_state(State::Executed).await;
    let asset = world.portugal().focal_point().reports_asset(&name, house).await.unwrap();
    (name, asset)
}

/// A house with a freeze that ends on a day, or has no end.
fn house(end_date: &str) -> Value {
    let mut house = json!({
        "type": "ASSET_TYPE_REAL_ESTATE", "jurisdiction": "PT", "description": "A house at Quinta do Lago",
        "holder": "He", "persons": [0],
        "measures": [{ "kind": "KIND_FREEZE", "national_reference": "118/08", "start_date": "2008-06-02" }],
        "valuations": [value("2008-06-02", "400000.00")],
    });
    if !end_date.is_empty() {
        house["measures"][0]["end_date"] = end_date.into();
    }
    house
}

fn value(day: &str, euros: &str) -> Value {
    json!({ "value": { "currency_code": "EUR", "amount": euros }, "valuation_date": day, "method": "METHOD_APPRAISAL" })
}

fn half() -> Value {
    json!({ "numerator": 1, "denominator": 2 })
}

fn disposition(kind: &str, day: &str) -> Value {
    json!({ "disposition": { "kind": kind, "disposition_date": day } })
}

/// What is frozen in the case, as somebody sees it.
async fn status(who: &Actor, world: &World, with: Value) -> AssetOverview {
    let mut message = with;
    message["name"] = world.cast().case.clone().into();
    who.call(Rpc::GetCaseAssetStatus, message).await.unwrap().transcode_to().unwrap()
}

/// What is known of what a person has, as somebody sees it.
async fn patrimony(who: &Actor, person: &str) -> AssetOverview {
    who.call(Rpc::GetPatrimony, json!({ "name": person })).await.unwrap().transcode_to().unwrap()
}

fn total(overview: &AssetOverview) -> &AssetGroup {
    overview.total.as_ref().unwrap()
}

fn count(tally: Option<&Tally>) -> i32 {
    tally.unwrap().count
}

fn euros(amount: &str) -> Money {
    Money { currency_code: "EUR".into(), amount: amount.into() }
}

/// The Registry ceases a request for a person, and the approver agrees.
async fn ceases(world: &World, name: &str, persons: &[i32], purposes: &[&str], status: &str) {
    let with = json!({
        "persons": persons, "purposes": purposes, "status": status, "effective_date": "2018-06-08",
        "reason": "Judgment of 8 June 2018",
    });
    world.registry().officer().acts(Rpc::CeaseFreezingRequest, name, with).await.unwrap();
    world.registry().approver().approves(name).await.unwrap();
}

/// All that the sample requests are for.
const BOTH: [&str; 2] = ["PURPOSE_KIND_FORFEITURE", "PURPOSE_KIND_REPARATIONS"];

/// Nothing more was said of an asset than that it is there.
#[tokio::test]
async fn an_asset_is_reported_beside_the_report_of_execution() {
    let world = World::new().await;
    let (name, asset) = executed(&world, yacht()).await;
    let officer = world.registry().officer();
    let read = officer.reads_asset(&asset.name).await.unwrap();
    assert_eq!(read.freezing_request, name);
    assert_eq!(read.state(), focalnet_contract::proto::asset::State::Seized);
    let in_request = officer.holds(&name).await;
    let same = in_request.iter().find(|other| other.name == asset.name).unwrap();
    assert_eq!((same.state, &same.etag), (read.state, &read.etag), "its request shows the same");
    world.performs(ActKind::Cease, &name).await;
}
