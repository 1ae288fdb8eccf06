//! One answer for every reason why somebody cannot sign in.

use chrono::Duration;
use focalnet_contract::proto::{GetUserRequest, SuspendUserRequest};
use tonic::Code;

use super::{signed_in, signs_in, taken_in, who_am_i, with};
use crate::{
    support::{
        cast::PASSWORD,
        new_id,
        refusals::{all_of, why},
        world::World,
    },
    wire::fields,
};

#[tokio::test]
async fn whoever_signs_in_is_known_from_then_on() {
    let world = World::new().await;
    let channel = &world.server.channel;
    let focal_point = world.portugal().focal_point();
    let tokens = signed_in(channel, &focal_point).await;
    assert!(!tokens.password_change_required);
    let known = who_am_i(&with(channel, &tokens)).await.unwrap();
    assert_eq!(known.user.unwrap().name, focal_point.name);
    assert_eq!(known.organization.unwrap().name, world.portugal().name());
}

#[tokio::test]
async fn every_failure_looks_the_same() {
    let world = World::new().await;
    let channel = &world.server.channel;
    let portugal = world.portugal();
    let (_, code) = taken_in(&world, "portugal.late").await;
    let deputy = portugal.deputy();
    let mut users = portugal.admin().users();
    let read = users.get_user(GetUserRequest { name: deputy.name.clone() }).await.unwrap().into_inner();
    let (name, etag, reason) = (read.name, read.etag, "On leave".into());
    users.suspend_user(SuspendUserRequest { name, etag, request_id: new_id(), reason }).await.unwrap();
    world.set_clock_ahead(Duration::hours(24)).await;

    let focal_point = portugal.focal_point();
    let attempts = [
        ("an unknown login", "nobody.of.this.name", PASSWORD),
        ("a login that cannot be one", "Nobody!", PASSWORD),
        ("a wrong password", &focal_point.login, "quartz lantern 8 otters"),
        ("a suspended account", &deputy.login, PASSWORD),
        ("a suspended account with a wrong password", &deputy.login, "quartz lantern 8 otters"),
        ("a code that has expired", "portugal.late", &code),
        ("an account without a password yet", "portugal.late", PASSWORD),
    ];
    let mut told = Vec::new();
    for (what, login, password) in attempts {
        let refused = signs_in(channel, login, password).await.unwrap_err();
        assert_eq!(why(&refused), (Code::Unauthenticated, "LOGIN_FAILED".into()), "{what}");
        told.push((what, all_of(&refused)));
    }
    for (what, refused) in &told {
        assert_eq!(refused, &told[0].1, "{what}");
    }
    signed_in(channel, &focal_point).await;
}

#[tokio::test]
async fn what_is_missing_is_told() {
    let world = World::new().await;
    let told = signs_in(&world.server.channel, "", "").await.unwrap_err();
    assert_eq!(why(&told), (Code::InvalidArgument, "INVALID_ARGUMENT".into()));
    assert_eq!(fields(&told), ["login", "password"]);
}
