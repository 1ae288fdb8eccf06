//! Continuing a session.

use chrono::Duration;
use focalnet::testing::config::Config;
use focalnet_contract::proto::Tokens;
use tonic::Code;

use super::{refreshes, signed_in, who_am_i, with};
use crate::support::{
    refusals::{all_of, refused, why},
    server::Server,
    world::World,
};

fn not_signed_in() -> (Code, String) {
    (Code::Unauthenticated, "NOT_SIGNED_IN".into())
}

#[tokio::test]
async fn each_token_works_once() {
    let world = World::new().await;
    let channel = &world.server.channel;
    let mut tokens = signed_in(channel, &world.portugal().focal_point()).await;
    let mut seen = vec![tokens.refresh_token.clone()];
    for _ in 0..3 {
        let next = refreshes(channel, &tokens.refresh_token).await.unwrap();
        assert!(!seen.contains(&next.refresh_token));
        assert_eq!(next.session_expire_time, tokens.session_expire_time, "a session is not prolonged");
        seen.push(next.refresh_token.clone());
        who_am_i(&with(channel, &next)).await.unwrap();
        tokens = next;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_can_be_had_again() {
    let world = World::new().await;
    let channel = &world.server.channel;
    let first = signed_in(channel, &world.portugal().focal_point()).await;
    let again = |_| {
        let (channel, token) = (channel.clone(), first.refresh_token.clone());
        tokio::spawn(async move { refreshes(&channel, &token).await.unwrap().refresh_token })
    };
    let mut answers = Vec::new();
    for answer in (0..8).map(again).collect::<Vec<_>>() {
        answers.push(answer.await.unwrap());
    }
    answers.dedup();
    let [next] = &answers[..] else { unreachable!("all the same: {answers:?}") };
    refreshes(channel, next).await.unwrap();
}

/// Somebody uses a token again: the session ends for him and for whoever else holds it.
async fn ends(world: &World, used: &str, newest: &Tokens) {
    let channel = &world.server.channel;
    assert_eq!(refused(refreshes(channel, used).await), not_signed_in());
    assert_eq!(refused(refreshes(channel, &newest.refresh_token).await), not_signed_in());
    assert_eq!(refused(who_am_i(&with(channel, newest)).await), not_signed_in());
    let portugal = world.portugal();
    let [event] = &portugal.admin().events_of("end_session", portugal.name()).await[..] else {
        unreachable!("one event")
    };
    assert_eq!(event.subject, portugal.focal_point().name);
}

#[tokio::test]
async fn using_one_again_later_ends_the_session() {
    let world = World::new().await;
    let channel = &world.server.channel;
    let first = signed_in(channel, &world.portugal().focal_point()).await;
    let second = refreshes(channel, &first.refresh_token).await.unwrap();
    world.set_clock_ahead(Duration::seconds(11)).await;
    ends(&world, &first.refresh_token, &second).await;
    // Other sessions of the same person are others'.
    who_am_i(&world.portugal().focal_point()).await.unwrap();
}

#[tokio::test]
async fn using_one_again_after_its_successor_was_used_ends_the_session() {
    let world = World::new().await;
    let channel = &world.server.channel;
    let first = signed_in(channel, &world.portugal().focal_point()).await;
    let second = refreshes(channel, &first.refresh_token).await.unwrap();
    let third = refreshes(channel, &second.refresh_token).await.unwrap();
    ends(&world, &first.refresh_token, &third).await;
}

#[tokio::test]
async fn what_is_no_token_is_refused_alike() {
    let world = World::new().await;
    let channel = &world.server.channel;
    let tokens = signed_in(channel, &world.portugal().focal_point()).await;
    let (session, secret) = tokens.refresh_token.split_once('.').unwrap();
    let garbage = [
        "garbage".to_owned(),
        "a.b".into(),
        ".".into(),
        secret.into(),
        format!("{session}."),
        format!("{}.{secret}", crate::support::new_id()),
        format!("{secret}.{session}"),
        tokens.access_token.clone(),
        "ü".repeat(1000),
    ];
    // A text that is not the token of a living session ends no session.
    let mut told = Vec::new();
    for token in garbage {
        told.push((token.clone(), refreshes(channel, &token).await.unwrap_err()));
    }
    for (token, refused) in &told {
        assert_eq!(why(refused), not_signed_in(), "{token}");
        assert_eq!(all_of(refused), all_of(&told[0].1), "{token}");
    }
}

#[tokio::test]
async fn a_session_ends_by_its_time_however_often_it_was_continued() {
    let world = World::new().await;
    let base = world.base;
    let mut config: Config = base.config(&world.database);
    config.security.session_hours = 12;
    let server = Server::start(&config, &base.database(&world.database)).await;
    let channel = &server.channel;
    let mut tokens = signed_in(channel, &world.portugal().focal_point()).await;
    for hours in [4, 8, 11] {
        world.set_clock_ahead(Duration::hours(hours)).await;
        tokens = refreshes(channel, &tokens.refresh_token).await.unwrap();
        who_am_i(&with(channel, &tokens)).await.unwrap();
    }
    world.set_clock_ahead(Duration::hours(12) - Duration::minutes(2)).await;
    tokens = refreshes(channel, &tokens.refresh_token).await.unwrap();
    world.set_clock_ahead(Duration::hours(12)).await;
    assert_eq!(refused(who_am_i(&with(channel, &tokens)).await), not_signed_in());
    assert_eq!(refused(refreshes(channel, &tokens.refresh_token).await), not_signed_in());
}
