//! Servers end, work with others, and fail; what an order has left is done once.

use chrono::Duration;
use focalnet_contract::proto::{freezing_request::State as WireState, order_work::Outcome};

use super::done;
use crate::support::{
    ledger::{run, texts},
    process::Process,
    server::Server,
    world::World,
};

#[tokio::test]
async fn what_a_server_has_not_done_before_its_end_is_done_by_the_next() {
    let mut world = World::new().await;
    let names = [world.transmitted(&world.portugal()).await, world.transmitted(&world.belgium()).await];
    let mut somebody = world.in_the_way().await;
    world.revokes().await;
    let next =
        Server::start(&world.base.config(&world.database), &world.base.database(&world.database)).await;
    std::mem::replace(&mut world.server, next).stop().await;
    assert_eq!(world.count("order_work WHERE done_time IS NULL").await, 2);
    run(&mut somebody, "ROLLBACK").await.unwrap();
    assert!(world.all_ended().await.work.iter().all(|work| done(work).1 == Outcome::Ceased));
    for name in names {
        assert_eq!(world.registry().officer().reads(&name).await.unwrap().state(), WireState::Ceased);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_servers_do_each_piece_once() {
    let world = World::new().await;
    let _others = [Process::serving(&world), Process::serving(&world)];
    let mut names = Vec::new();
    for _ in 0..12 {
        names.push(world.transmitted(&world.portugal()).await);
    }
    let mut somebody = world.in_the_way().await;
    world.revokes().await;
    run(&mut somebody, "ROLLBACK").await.unwrap();
    world.all_ended().await;
    for name in names {
        assert_eq!(world.portugal().focal_point().events_of("cease", &name).await.len(), 1, "{name}");
    }
}

#[tokio::test]
async fn what_fails_is_tried_again_and_holds_up_nothing() {
    let world = World::new().await;
    let [bad, good] = [world.transmitted(&world.belgium()).await, world.transmitted(&world.portugal()).await];
    let mut somebody = world.in_the_way().await;
    world.revokes().await;
    let id = bad.strip_prefix("freezingRequests/").unwrap();
    let mut owner = world.database_as("postgres").await;
    let spoil = |with: &str| format!("UPDATE order_work SET ending = {with} WHERE request_id = '{id}'");
    run(&mut owner, &spoil("ending - 'reason'")).await.unwrap();
    run(&mut somebody, "ROLLBACK").await.unwrap();

    let officer = world.registry().officer();
    while officer.reads(&good).await.unwrap().state() != WireState::Ceased {}
    let tried = format!("SELECT attempts::text FROM order_work WHERE request_id = '{id}'");
    while texts(&mut owner, &tried).await == ["0"] {}
    assert_eq!(officer.reads(&bad).await.unwrap().state(), WireState::Transmitted);

    run(&mut owner, &spoil(r#"ending || '{"reason": "Mended"}'"#)).await.unwrap();
    world.set_clock_ahead(Duration::hours(1)).await;
    world.all_ended().await;
    assert_eq!(world.registry().officer().reads(&bad).await.unwrap().state(), WireState::Ceased);
}
