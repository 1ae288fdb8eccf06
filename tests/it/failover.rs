//! A database with a standby, and a pooler between.

use std::net::TcpListener;

use focalnet::testing::{runtime, runtime::Database, store::provision::APP};
use focalnet_contract::Rpc;
use focalnet_domain::organization::Role;
use prost_reflect::DynamicMessage;
use serde_json::json;
use tonic::Code;

use crate::support::{
    base::Base,
    cast::{Cast, Org},
    pooler::{Mode, Pooler},
    samples::{Things, sample},
    server::Server,
    standby::Pair,
    waiting::until,
    world::World,
};

/// How a primary ceases to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum End {
    /// It is gone.
    Lost,
    /// It is there, and only reads.
    Demoted,
}

/// The server finds the new primary by itself; until then it reads. Nothing that was acknowledged is lost.
async fn a_promotion_after(end: End) {
    let base = Base::get().await;
    let mut pair = Pair::new().await;
    let database = pair.database();
    let server = Server::start(&base.config("focalnet"), &database).await;
    let people = Cast::assemble(&server, &base.tokens).await;
    let officer = people.member(Org::Registry, Role::RegistryCooperationOfficer).clients(
        &server.channel,
        &base.tokens,
        chrono::Duration::zero(),
    );
    let before = officer.call(Rpc::CreateCase, sample(Rpc::CreateCase, &Things::default())).await.unwrap();
    let read = async |case: &DynamicMessage| {
        let name = case.get_field_by_name("name").unwrap().as_str().unwrap().to_owned();
        officer.call(Rpc::GetCase, json!({ "name": name })).await
    };
    match end {
        End::Lost => pair.loses_its_primary().await,
        End::Demoted => pair.demotes().await,
    }
    until("a read", async || read(&before).await.ok()).await;

    let mut after = sample(Rpc::CreateCase, &Things::default());
    let situation = after["case"]["situation_number"].as_str().unwrap();
    after["case"]["case_number"] = format!("{situation}-07/72").into();
    let refused = officer.call(Rpc::CreateCase, after.clone()).await.unwrap_err();
    assert_eq!(refused.code(), Code::Unavailable, "{refused}");
    pair.promotes().await;
    let made = until("the new primary", async || match officer.call(Rpc::CreateCase, after.clone()).await {
        Ok(case) => Some(case),
        Err(status) => {
            assert_eq!(status.code(), Code::Unavailable, "{status}");
            None
        }
    })
    .await;
    for case in [before, made] {
        read(&case).await.unwrap();
    }
    server.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_primary_is_lost_the_server_goes_on_with_the_next_one() {
    a_promotion_after(End::Lost).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_primary_only_reads_the_server_goes_on_with_the_next_one() {
    a_promotion_after(End::Demoted).await;
}

/// A host that is gone without a word does not keep the server from the next one.
#[tokio::test]
async fn a_host_that_does_not_answer_is_passed_over() {
    let world = World::new().await;
    // It takes connections and never says anything.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = world.base.url(APP, &world.database);
    let socket = url.split_once("?host=").unwrap().1;
    let url = format!("postgres://{APP}@{},{socket}/{}", silent.local_addr().unwrap(), world.database);
    let database = Database { cluster: None, url, owner_url: String::new() };
    let server = Server::start(&world.base.config(&world.database), &database).await;
    let member = world.cast().member(Org::Registry, Role::RegistryCooperationOfficer);
    let officer = member.clients(&server.channel, &world.base.tokens, chrono::Duration::zero());
    officer.call(Rpc::CreateCase, sample(Rpc::CreateCase, &Things::default())).await.unwrap();
    server.stop().await;
}

#[tokio::test]
async fn a_pooler_that_keeps_sessions_may_be_between() {
    let world = World::new().await;
    let pooler = Pooler::start(&world, Mode::Session);
    let server = Server::start(&world.base.config(&world.database), &pooler.database()).await;
    let member = world.cast().member(Org::Registry, Role::RegistryCooperationOfficer);
    let officer = member.clients(&server.channel, &world.base.tokens, chrono::Duration::zero());
    officer.call(Rpc::CreateCase, sample(Rpc::CreateCase, &Things::default())).await.unwrap();
    officer.call(Rpc::ListCases, json!({})).await.unwrap();
    server.stop().await;
}

#[tokio::test]
async fn a_pooler_that_shares_connections_is_refused_at_the_start() {
    let world = World::new().await;
    let pooler = Pooler::start(&world, Mode::Transaction);
    let started = runtime::app(&world.base.config(&world.database), &pooler.database(), 4).await;
    let told = started.map(|_| ()).unwrap_err().to_string();
    assert_eq!(told, "database.url: a pooler in transaction mode is between; use its session mode");
}
