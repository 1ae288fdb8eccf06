//! How many assets a request has at most, and an order of what the Court holds: whichever way one more would come.

use focalnet_contract::{
    Rpc,
    proto::{Asset, asset::State},
};
use focalnet_domain::freezing_request::ActKind;
use serde_json::{Value, json};
use sqlx::Executor as _;

use super::{executed, status, total};
use crate::support::{
    actor::Actor,
    assets::{accompaniment, yacht},
    content,
    refusals::is_full,
    world::World,
};

const MOST: usize = 500;

#[tokio::test]
async fn no_way_leads_past_the_most_assets_of_a_request() {
    let world = World::new().await;
    let portugal = world.portugal().focal_point();
    let (name, sold) = executed(&world, yacht()).await;
    let kept = portugal.reports_asset(&name, yacht()).await.unwrap();
    // A call of 125 is almost as large as a call can be.
    let account = json!({
        "type": "ASSET_TYPE_BANK_ACCOUNT", "jurisdiction": "PT", "description": "𝔸".repeat(2000), "holder": "A bank",
    });
    let report = |count: usize| json!({ "outcome": "EXECUTION_OUTCOME_EXECUTED", "assets": vec![account.clone(); count] });
    let sale = || accompaniment(Rpc::RecordSale, "", "");

    // The name of the person stands in each line of an overview.
    let mut content = content::json(&world.cast().person);
    content["persons"][0]["natural"]["familyName"] = "𝔸".repeat(200).into();
    let amendment = json!({ "content": content, "reason": "A name" });
    world.registry().officer().acts(Rpc::AmendFreezingRequest, &name, amendment).await.unwrap();
    world.performs(ActKind::Transmit, &name).await;
    let known = portugal.holds(&name).await.len();
    for first in (known..MOST - 1).step_by(125) {
        let some = report(125.min(MOST - 1 - first));
        portugal.acts(Rpc::ReportExecution, &name, some).await.unwrap();
    }
    let told = portugal.acts(Rpc::ReportExecution, &name, report(2)).await.unwrap_err();
    assert!(is_full(&told, &name), "{told:?}");
    let cash = portugal.does_to(&sold.name, Rpc::RecordSale, sale()).await.unwrap();
    assert_eq!(cash.proceeds_of, sold.name, "the last for which there is room");

    for told in [
        portugal.does_to(&kept.name, Rpc::RecordSale, sale()).await.unwrap_err(),
        portugal.reports_asset(&name, account.clone()).await.unwrap_err(),
        portugal.acts(Rpc::ReportExecution, &name, report(1)).await.unwrap_err(),
    ] {
        assert!(is_full(&told, &name), "{told:?}");
    }
    assert_eq!(portugal.reads_asset(&kept.name).await.unwrap().state(), State::Seized, "nothing was sold");
    assert_eq!(portugal.holds(&name).await.len(), MOST);

    // Both sides still read it, list its assets, and can bring it to its end.
    let officer = world.registry().officer();
    assert_eq!(officer.holds(&name).await.len(), MOST);
    let overview = status(&officer, &world, json!({})).await;
    let told = overview.assets.len();
    assert!(told < MOST && !overview.assets.is_empty(), "as many lines as a client can take: {told}");
    assert_eq!((total(&overview).count, overview.left_out), (500, i32::try_from(MOST - told).unwrap()));
    world.performs(ActKind::Cease, &name).await;
    for release in releases_of(&portugal, &name).await.chunks(200) {
        portugal.acts(Rpc::ReportRelease, &name, json!({ "releases": release })).await.unwrap();
        let counts = officer.reads(&name).await.unwrap().asset_counts.unwrap();
        assert_eq!((counts.total, portugal.reads(&name).await.unwrap().asset_counts), (500, Some(counts)));
    }
    officer.does(ActKind::Close, &name).await.unwrap();
}

/// The release of every asset that is still there.
async fn releases_of(holder: &Actor, name: &str) -> Vec<Value> {
    let held = holder.holds(name).await;
    let left = held.iter().filter(|asset| asset.state() != State::Sold);
    let release = |asset: &Asset| json!({ "asset": asset.name, "disposition": { "kind": "KIND_RELEASED", "disposition_date": "2018-07-01" } });
    left.map(release).collect()
}

#[tokio::test]
async fn nor_of_what_the_court_holds_under_an_order() {
    let world = World::new().await;
    let (officer, order) = (world.registry().officer(), world.cast().order.clone());
    let sold = officer.reports_asset(&order, yacht()).await.unwrap();
    let kept = officer.reports_asset(&order, yacht()).await.unwrap();
    // As many calls would take longer than all that is tried here.
    let more = sqlx::AssertSqlSafe(format!(
        "INSERT INTO asset SELECT copy.* FROM asset, generate_series(2, {}) AS number, LATERAL jsonb_populate_record(asset,
            jsonb_build_object('id', gen_random_uuid(), 'position', number)) AS copy WHERE asset.position = 0
            AND asset.order_id IS NOT NULL",
        MOST - 2
    ));
    world.database_as("postgres").await.execute(more).await.unwrap();

    let sale = || accompaniment(Rpc::RecordSale, "", "");
    officer.does_to(&sold.name, Rpc::RecordSale, sale()).await.unwrap();
    let told = officer.does_to(&kept.name, Rpc::RecordSale, sale()).await.unwrap_err();
    assert!(is_full(&told, &order), "{told:?}");
    let told = officer.reports_asset(&order, yacht()).await.unwrap_err();
    assert!(is_full(&told, &order), "{told:?}");
    assert_eq!(officer.reads_asset(&kept.name).await.unwrap().state(), State::Seized, "nothing was sold");
}
