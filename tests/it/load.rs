//! What `focalnet-load` makes: rows that a server reads like its own.

use focalnet_contract::Rpc;
use focalnet_domain::journal::verify;
use focalnet_load::{Size, load};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, Row as _};

use crate::support::{
    base::Base,
    ledger::{as_json, text, texts},
    load::LoadedWorld,
    world::World,
};

const SIZE: Size = Size { requests: 60, assets_per_request: 4, cases: 4, states: 9, seed: 7 };

/// A digest of the rows of each table.
async fn rows(world: &World) -> Vec<String> {
    let mut superuser = world.database_as("postgres").await;
    let tables = "SELECT relname::text FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1";
    let mut found = Vec::new();
    for table in texts(&mut superuser, tables).await {
        let digest = format!(
            "SELECT count(*) || ' ' || md5(coalesce(string_agg(r::text, '' ORDER BY r::text), '')) FROM {table} r"
        );
        let row = sqlx::query(AssertSqlSafe(digest)).fetch_one(&mut superuser).await.unwrap();
        found.push(format!("{table} {}", row.get::<String, _>(0)));
    }
    found
}

#[tokio::test]
async fn the_same_seed_makes_the_same_rows() {
    let [one, same, other] = [SIZE, SIZE, Size { seed: 8, ..SIZE }]
        .map(|size| async move { rows(&LoadedWorld::new(&size).await.world).await });
    let one = one.await;
    assert_eq!(one, same.await);
    assert_ne!(one, other.await);
}

/// Every request and asset of a State, and the journal of each, is read as if the server had written it.
#[tokio::test]
async fn a_server_reads_what_was_loaded() {
    let many = LoadedWorld::new(&SIZE).await;
    let (mut requests, mut assets) = (0, 0);
    for login in ["load.officer", "load.otp"] {
        let who = many.somebody(login).await;
        let list = json!({ "page_size": 200 });
        let page = as_json(&who.call(Rpc::ListFreezingRequests, list).await.unwrap());
        for request in page["freezing_requests"].as_array().unwrap() {
            let name = request["name"].as_str().unwrap();
            let whole = as_json(&who.call(Rpc::GetFreezingRequest, json!({ "name": name })).await.unwrap());
            assert_eq!(whole["issuing_organization"], request["issuing_organization"]);
            verify(&who.exports(name).await.unwrap()).unwrap();
            if login == "load.officer" || whole["origin"] == "ORIGIN_PROSECUTOR" {
                requests += 1;
                let list = json!({ "parent": name, "page_size": 200 });
                let page = as_json(&who.call(Rpc::ListAssets, list).await.unwrap());
                assets += page["assets"].as_array().unwrap().len();
            }
        }
    }
    assert_eq!((requests, assets), (60, 240));
    many.world.assets_are_up_to_date().await;
    let officer = many.somebody("load.officer").await;
    for case in &many.loaded.cases {
        let status = officer.call(Rpc::GetCaseAssetStatus, json!({ "name": case.name.to_string() })).await;
        assert_eq!(text(&status.unwrap(), "name"), case.name.to_string());
        verify(&officer.exports(&case.name.to_string()).await.unwrap()).unwrap();
    }
}

#[tokio::test]
async fn a_database_with_requests_is_refused_and_members_must_exist() {
    let base = Base::get().await;
    let world = World::new().await;
    let owner_url = base.database(&world.database).owner_url;
    let mut owner = PgConnection::connect(&owner_url).await.unwrap();
    let before = rows(&world).await;
    let told = load(&mut owner, &SIZE, &["nobody".into()], &|_| {}).await.unwrap_err();
    assert_eq!(told.to_string(), "nobody signs in as nobody");
    assert_eq!(rows(&world).await, before);

    let officer = world.registry().officer();
    let loaded = load(&mut owner, &SIZE, std::slice::from_ref(&officer.login), &|_| {}).await.unwrap();
    let page = as_json(&officer.call(Rpc::ListCases, json!({})).await.unwrap());
    assert_eq!(page["cases"].as_array().unwrap().len(), loaded.cases.len() + 1, "with the one of the cast");

    let before = rows(&world).await;
    let told = load(&mut owner, &SIZE, &[], &|_| {}).await.unwrap_err();
    assert!(told.to_string().contains("holds requests already"), "{told}");
    assert_eq!(rows(&world).await, before);
}
