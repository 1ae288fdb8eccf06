//! Changing the password.

use chrono::Duration;
use tonic::Code;

use super::{changes_password, refreshes, signed_in, signs_in, who_am_i, with};
use crate::{
    support::{
        cast::PASSWORD,
        refusals::{refused, why},
        world::World,
    },
    wire::fields,
};

const NEW: &str = "9 tepid gravel umbrellas";

#[tokio::test]
async fn it_ends_all_other_sessions() {
    let world = World::new().await;
    let channel = &world.server.channel;
    let focal_point = world.portugal().focal_point();
    let at_home = signed_in(channel, &focal_point).await;
    let at_work = signed_in(channel, &focal_point).await;
    let changed = changes_password(&with(channel, &at_work), PASSWORD, NEW).await.unwrap();

    for ended in [&at_home, &at_work] {
        assert_eq!(refused(who_am_i(&with(channel, ended)).await).1, "NOT_SIGNED_IN");
        assert_eq!(refused(refreshes(channel, &ended.refresh_token).await).1, "NOT_SIGNED_IN");
    }
    assert_eq!(refused(who_am_i(&focal_point).await).1, "NOT_SIGNED_IN", "the one of the cast, too");
    who_am_i(&with(channel, &changed)).await.unwrap();
    assert_eq!(refused(signs_in(channel, &focal_point.login, PASSWORD).await).1, "LOGIN_FAILED");
    signs_in(channel, &focal_point.login, NEW).await.unwrap();

    let events = world.portugal().admin().events_of("change_password", world.portugal().name()).await;
    let events = events.iter().filter(|event| event.subject == focal_point.name);
    assert_eq!(events.count(), 2, "the first one, by the code, and this one");
}

#[tokio::test]
async fn it_must_be_long_and_hard_to_guess() {
    let world = World::new().await;
    let channel = &world.server.channel;
    let focal_point = world.portugal().focal_point();
    let tokens = signed_in(channel, &focal_point).await;
    let clients = with(channel, &tokens);
    let long = "x9 tepid gravel umbrellas ".repeat(5);
    let cases = [
        ("14 characters", "9 tepid gravel"),
        ("129 characters", &long[..129]),
        ("one word of every list", "password1234567"),
        ("a row of keys", "qwertyuiopasdfgh"),
        ("the own login", "portugal.focal_point"),
        ("the program's name", "focalnet focalnet focalnet"),
        ("the one of now", PASSWORD),
    ];
    for (round, (what, password)) in (0..).zip(cases) {
        world.set_clock_ahead(Duration::seconds(10) * round).await;
        let told = changes_password(&clients, PASSWORD, password).await.unwrap_err();
        assert_eq!(why(&told), (Code::InvalidArgument, "INVALID_ARGUMENT".into()), "{what}");
        assert_eq!(fields(&told), ["new_password"], "{what}");
        assert!(!format!("{told:?}").contains(password), "{what}: the refusal repeats no password");
    }
    who_am_i(&clients).await.unwrap();
    world.set_clock_ahead(Duration::seconds(120)).await;
    changes_password(&clients, PASSWORD, &long[..128]).await.unwrap();
}

#[tokio::test]
async fn it_takes_the_present_one() {
    let world = World::new().await;
    let channel = &world.server.channel;
    let focal_point = world.portugal().focal_point();
    let told = changes_password(&focal_point, "quartz lantern 8 otters", NEW).await;
    assert_eq!(refused(told), (Code::Unauthenticated, "LOGIN_FAILED".into()));
    who_am_i(&focal_point).await.unwrap();
    signed_in(channel, &focal_point).await;
}

/// The same word, typed on two keyboards: composed and decomposed.
#[tokio::test]
async fn it_is_the_same_on_every_keyboard() {
    let world = World::new().await;
    let channel = &world.server.channel;
    let focal_point = world.portugal().focal_point();
    changes_password(&focal_point, PASSWORD, "nove guarda-chuvas t\u{e9}pidos").await.unwrap();
    signs_in(channel, &focal_point.login, "nove guarda-chuvas te\u{301}pidos").await.unwrap();
}
