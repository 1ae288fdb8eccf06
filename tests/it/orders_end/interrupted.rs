//! Servers end, work with others, and fail; what an order has left is done once.

use chrono::Duration;
use focalnet_contract::proto::{freezing_request::State as WireState, order_work::Outcome};

use super::done;
use crate::support::{
    ledger::{run, texts},
    process::Process,
    server::Server,
    waiting::until,
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

/// One server is killed in the middle of a piece, which is as if it had never been begun.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_server_was_at_when_it_was_killed_is_done_by_another() {
    let world = World::new().await;
    let names = [world.transmitted(&world.portugal()).await, world.transmitted(&world.belgium()).await];
    let killed = Process::serving(&world);
    let somebody = world.in_the_way().await;
    world.revokes().await;
    let mut somebody = world.holds_the_journal(somebody).await;
    // A server has one piece at a time: each of the two is at one.
    world.has_waiting(2).await;
    drop(killed);
    assert_eq!(world.count("order_work WHERE done_time IS NULL").await, 2);
    assert_eq!(world.count("journal_event WHERE act = 'cease'").await, 0);
    run(&mut somebody, "ROLLBACK").await.unwrap();
    assert!(world.all_ended().await.work.iter().all(|work| done(work).1 == Outcome::Ceased));
    for name in names {
        assert_eq!(world.registry().officer().events_of("cease", &name).await.len(), 1, "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn several_servers_do_each_piece_once() {
    let world = World::new().await;
    let others = [Process::serving(&world), Process::serving(&world)];
    let mut names = Vec::new();
    for _ in 0..12 {
        names.push(world.transmitted(&world.portugal()).await);
    }
    let somebody = world.in_the_way().await;
    world.revokes().await;
    let mut somebody = world.holds_the_journal(somebody).await;
    // Each has taken a piece before one is done.
    world.has_waiting(1 + others.len()).await;
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
    let is_over = async || officer.reads(&good).await.unwrap().state() == WireState::Ceased;
    until("the good one ends", async || is_over().await.then_some(())).await;
    let tried = format!("SELECT attempts::text FROM order_work WHERE request_id = '{id}'");
    until("the bad one is tried", async || (texts(&mut owner, &tried).await != ["0"]).then_some(())).await;
    assert_eq!(officer.reads(&bad).await.unwrap().state(), WireState::Transmitted);

    run(&mut owner, &spoil(r#"ending || '{"reason": "Mended"}'"#)).await.unwrap();
    world.set_clock_ahead(Duration::hours(1)).await;
    world.all_ended().await;
    assert_eq!(world.registry().officer().reads(&bad).await.unwrap().state(), WireState::Ceased);
}
