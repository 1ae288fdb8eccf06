//! Whoever guesses has to wait, and learns nothing by it.

use std::time::Duration as Span;

use chrono::Duration;
use tonic::{Code, Status};
use tonic_types::StatusExt as _;

use super::{changes_password, signed_in, signs_in};
use crate::support::{
    cast::PASSWORD,
    ledger::{run, texts},
    refusals::{refused, why},
    world::World,
};

const WRONG: &str = "quartz lantern 8 otters";

fn failed() -> (Code, String) {
    (Code::Unauthenticated, "LOGIN_FAILED".into())
}

/// How long a refusal says to wait; none when the guess was looked at.
#[track_caller]
fn told_to_wait(status: &Status) -> Option<Span> {
    if why(status) == failed() {
        return None;
    }
    assert_eq!(why(status), (Code::ResourceExhausted, "THROTTLED".into()));
    status.get_error_details().retry_info().unwrap().retry_delay
}

/// Seconds to wait after so many guesses in a row.
fn wait_after(guesses: u64) -> u64 {
    match guesses {
        0..=3 => 0,
        4..=9 => 3,
        10..=25 => 5,
        _ => 10,
    }
}

#[tokio::test]
async fn the_more_guesses_the_longer_the_wait_for_known_and_unknown_logins() {
    let world = World::new().await;
    let channel = &world.server.channel;
    let known = world.portugal().focal_point().login;
    let mut ahead = Duration::zero();
    for guesses in 1..=28 {
        for login in [known.as_str(), "nobody.of.this.name"] {
            let told = signs_in(channel, login, WRONG).await.unwrap_err();
            assert_eq!(why(&told), failed(), "guess {guesses} of {login}");
        }
        let wait = Span::from_secs(wait_after(guesses));
        if wait.is_zero() {
            continue;
        }
        // The clock stands back: however slow this machine is, the wait has not begun to pass.
        world.set_clock_ahead(ahead - Duration::hours(1)).await;
        for login in [known.as_str(), "nobody.of.this.name"] {
            let told = signs_in(channel, login, WRONG).await.unwrap_err();
            assert_eq!(told_to_wait(&told), Some(wait), "after {guesses} guesses of {login}");
        }
        ahead += Duration::from_std(wait).unwrap();
        world.set_clock_ahead(ahead).await;
    }
}

#[tokio::test]
async fn a_wait_is_for_the_right_password_too_and_ends_with_it() {
    let world = World::new().await;
    let (channel, login) = (&world.server.channel, world.portugal().focal_point().login);
    for _ in 0..4 {
        assert_eq!(refused(signs_in(channel, &login, WRONG).await), failed());
    }
    // The clock stands back: however slow this machine is, the wait is not over.
    world.set_clock_ahead(-Duration::hours(1)).await;
    let told = signs_in(channel, &login, PASSWORD).await.unwrap_err();
    assert_eq!(told_to_wait(&told), Some(Span::from_secs(3)), "and never longer than that");
    // Others are not held back.
    signed_in(channel, &world.portugal().deputy()).await;

    world.set_clock_ahead(Duration::seconds(3)).await;
    signs_in(channel, &login, PASSWORD).await.unwrap();
    for _ in 0..4 {
        assert_eq!(refused(signs_in(channel, &login, WRONG).await), failed(), "a success begins anew");
    }
}

#[tokio::test]
async fn after_a_day_guesses_are_forgotten() {
    let world = World::new().await;
    let (channel, login) = (&world.server.channel, world.portugal().focal_point().login);
    for round in 0..2 {
        world.set_clock_ahead(Duration::days(2) * round).await;
        for _ in 0..4 {
            assert_eq!(refused(signs_in(channel, &login, WRONG).await), failed());
        }
    }
}

/// How many are looked at is a matter of time; that none is looked at without being counted is not.
#[tokio::test(flavor = "multi_thread")]
async fn guesses_side_by_side_all_count() {
    let world = World::new().await;
    let (channel, login) = (&world.server.channel, world.portugal().focal_point().login);
    // Then there is a count, at which all of them come to stand.
    signs_in(channel, &login, PASSWORD).await.unwrap();
    let mut database = world.database_as("postgres").await;
    run(&mut database, "BEGIN").await.unwrap();
    run(&mut database, "SELECT 1 FROM login_attempt FOR UPDATE").await.unwrap();
    let guess = |_| {
        let (channel, login) = (channel.clone(), login.clone());
        tokio::spawn(async move { signs_in(&channel, &login, WRONG).await.unwrap_err() })
    };
    // One less than the server has connections to the database.
    let guesses: Vec<_> = (0..7).map(guess).collect();
    world.has_waiting(guesses.len()).await;
    run(&mut database, "ROLLBACK").await.unwrap();
    let mut looked_at = 0;
    for guess in guesses {
        looked_at += u64::from(told_to_wait(&guess.await.unwrap()).is_none());
    }
    assert!(looked_at >= 4, "{looked_at} were looked at");
    let counted = texts(&mut database, "SELECT max(attempts)::text FROM login_attempt").await;
    assert_eq!(counted, [looked_at.to_string()]);
    world.set_clock_ahead(-Duration::hours(1)).await;
    let told = signs_in(channel, &login, WRONG).await.unwrap_err();
    assert_eq!(told_to_wait(&told), Some(Span::from_secs(wait_after(looked_at))));
}

#[tokio::test]
async fn a_stolen_session_guesses_the_password_no_faster() {
    let world = World::new().await;
    for _ in 0..4 {
        let stolen = world.portugal().focal_point();
        let told = changes_password(&stolen, WRONG, "9 tepid gravel umbrellas").await;
        assert_eq!(refused(told), failed());
    }
    // The clock stands back: however slow this machine is, the wait has not begun to pass.
    world.set_clock_ahead(-Duration::hours(1)).await;
    let stolen = world.portugal().focal_point();
    let told = changes_password(&stolen, WRONG, "9 tepid gravel umbrellas").await.unwrap_err();
    assert_eq!(told_to_wait(&told), Some(Span::from_secs(3)));
}
