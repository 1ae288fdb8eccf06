//! What becomes of calls when connections to the database die, and of transactions when calls do.

use focalnet_contract::Rpc;
use serde_json::json;
use sqlx::Connection as _;
use tonic::Code;
use tonic_health::pb::{
    HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient,
};
use tonic_types::StatusExt as _;

use crate::support::{
    ledger::{run, texts},
    samples::{Things, sample},
    waiting::until,
    world::World,
};

/// The server's connections.
const OWN: &str = "SELECT pid::text FROM pg_stat_activity
    WHERE datname = current_database() AND usename = 'focalnet_app' ORDER BY 1";

/// Those of them that wait for somebody else.
const WAITING: &str = "SELECT pid::text FROM pg_stat_activity
    WHERE datname = current_database() AND usename = 'focalnet_app' AND wait_event_type = 'Lock'";

#[tokio::test]
async fn connections_that_died_while_nobody_used_them_are_replaced() {
    let world = World::new().await;
    let officer = world.registry().officer();
    officer.call(Rpc::GetSelf, json!({})).await.unwrap();
    let mut superuser = world.database_as("postgres").await;
    let died = texts(&mut superuser, OWN).await;
    assert!(!died.is_empty());
    texts(&mut superuser, &OWN.replace("pid::text", "pg_terminate_backend(pid, 5000)::text")).await;

    officer.call(Rpc::GetSelf, json!({})).await.unwrap();
    let present = texts(&mut superuser, OWN).await;
    assert!(present.iter().any(|connection| !died.contains(connection)), "{present:?} after {died:?}");
}

#[tokio::test]
async fn a_call_that_nobody_waits_for_any_more_holds_nothing_up() {
    let world = World::new().await;
    let portugal = world.portugal().focal_point();
    let name = world.transmitted(&world.portugal()).await;
    let request = portugal.reads(&name).await.unwrap();
    let question =
        || sample(Rpc::OpenClarification, &Things { request: request.clone(), ..Things::default() });

    let mut superuser = world.database_as("postgres").await;
    let mut held = superuser.begin().await.unwrap();
    texts(&mut held, "SELECT id::text FROM freezing_request FOR UPDATE").await;
    let (caller, message) = (portugal.clients.clone(), question());
    let left = tokio::spawn(async move { caller.call(Rpc::OpenClarification, message).await });
    let mut observer = world.database_as("postgres").await;
    until("a call that waits for the request", async || texts(&mut observer, WAITING).await.pop()).await;
    left.abort();
    held.rollback().await.unwrap();

    portugal.call(Rpc::OpenClarification, question()).await.unwrap();
}

/// Somebody at the database holds a request, and many want to write to it: they wait without a connection each, and everybody
/// else is served. None of what they wrote is lost.
#[tokio::test(flavor = "multi_thread")]
async fn those_who_wait_for_one_dossier_hold_up_nobody_else() {
    let world = World::new().await;
    let (portugal, officer) = (world.portugal().focal_point(), world.registry().officer());
    let name = world.transmitted(&world.portugal()).await;
    let request = portugal.reads(&name).await.unwrap();
    let question =
        || sample(Rpc::OpenClarification, &Things { request: request.clone(), ..Things::default() });

    let mut superuser = world.database_as("postgres").await;
    let mut held = superuser.begin().await.unwrap();
    texts(&mut held, "SELECT id::text FROM freezing_request FOR UPDATE").await;
    // More than the server has connections; the last ones send the first call again.
    let mut messages: Vec<_> = (0..24).map(|_| question()).collect();
    messages.extend(vec![messages[0].clone(); 4]);
    let calls = messages.into_iter().map(|message| {
        let caller = portugal.clients.clone();
        tokio::spawn(async move { caller.call(Rpc::OpenClarification, message).await })
    });
    let calls: Vec<_> = calls.collect();
    let mut observer = world.database_as("postgres").await;
    until("a call that waits for the request", async || texts(&mut observer, WAITING).await.pop()).await;

    for _ in 0..20 {
        officer.call(Rpc::ListCases, json!({})).await.unwrap();
        officer.call(Rpc::GetSelf, json!({})).await.unwrap();
    }
    assert!(texts(&mut observer, WAITING).await.len() <= 2, "one for the request, one for the same call");
    held.rollback().await.unwrap();
    let mut threads = std::collections::BTreeSet::new();
    for call in calls {
        let thread = call.await.unwrap().unwrap();
        threads.insert(thread.get_field_by_name("name").unwrap().as_str().unwrap().to_owned());
    }
    assert_eq!(threads.len(), 24, "each is done once");
}

/// A stranger does not learn from waiting that there is something to wait for.
#[tokio::test]
async fn nobody_waits_for_what_is_hidden_from_them() {
    let world = World::new().await;
    let name = world.transmitted(&world.portugal()).await;
    let request = world.portugal().focal_point().reads(&name).await.unwrap();
    let question = sample(Rpc::OpenClarification, &Things { request, ..Things::default() });
    let mut superuser = world.database_as("postgres").await;
    let mut held = superuser.begin().await.unwrap();
    texts(&mut held, "SELECT id::text FROM freezing_request FOR UPDATE").await;
    let belgium = world.belgium().focal_point();
    let told = belgium.call(Rpc::OpenClarification, question).await.unwrap_err();
    assert_eq!(told.code(), Code::NotFound);
    held.rollback().await.unwrap();
}

/// What the health service says, once it says this.
async fn says(world: &World, status: ServingStatus) {
    let mut health = HealthClient::new(world.server.channel.clone());
    until("the health service", async || {
        let check = HealthCheckRequest { service: String::new() };
        let answer = health.check(check).await.unwrap().into_inner();
        (answer.status() == status).then_some(())
    })
    .await;
}

/// A disk that is full takes no new rows; what the probe writes may still find room.
#[tokio::test]
async fn a_database_without_room_serves_no_acts_and_is_not_called_healthy() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let case = || json!({ "case": sample(Rpc::CreateCase, &Things::default())["case"].clone() });
    says(&world, ServingStatus::Serving).await;
    let mut superuser = world.database_as("postgres").await;
    for sql in [
        "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS
            $$BEGIN RAISE EXCEPTION 'No space left on device' USING ERRCODE = 'disk_full'; END$$",
        "CREATE TRIGGER full_disk BEFORE INSERT ON journal_event EXECUTE FUNCTION full_disk()",
    ] {
        run(&mut superuser, sql).await.unwrap();
    }
    let told = officer.asks(Rpc::CreateCase, case()).await.unwrap_err();
    assert_eq!(told.code(), Code::Unavailable, "{told:?}");
    assert!(told.get_error_details().retry_info().is_some(), "{told:?}");
    says(&world, ServingStatus::NotServing).await;
    officer.call(Rpc::ListCases, json!({})).await.unwrap();

    run(&mut superuser, "DROP TRIGGER full_disk ON journal_event").await.unwrap();
    officer.asks(Rpc::CreateCase, case()).await.unwrap();
    says(&world, ServingStatus::Serving).await;
}

/// A primary that was demoted takes no writes and still answers reads.
#[tokio::test]
async fn a_database_that_only_reads_serves_no_acts_and_is_not_called_healthy() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let case = || json!({ "case": sample(Rpc::CreateCase, &Things::default())["case"].clone() });
    says(&world, ServingStatus::Serving).await;
    let mut superuser = world.database_as("postgres").await;
    let database = world.database.clone();
    let read_only =
        |on: &str| format!("ALTER DATABASE \"{database}\" SET default_transaction_read_only = {on}");
    let renewed = OWN.replace("pid::text", "pg_terminate_backend(pid, 5000)::text");
    run(&mut superuser, &read_only("on")).await.unwrap();
    texts(&mut superuser, &renewed).await;

    says(&world, ServingStatus::NotServing).await;
    officer.call(Rpc::ListCases, json!({})).await.unwrap();
    let told = officer.asks(Rpc::CreateCase, case()).await.unwrap_err();
    assert_eq!(told.code(), Code::Unavailable, "{told:?}");
    assert!(told.get_error_details().retry_info().is_some(), "{told:?}");

    run(&mut superuser, &read_only("off")).await.unwrap();
    texts(&mut superuser, &renewed).await;
    says(&world, ServingStatus::Serving).await;
    officer.asks(Rpc::CreateCase, case()).await.unwrap();
}
