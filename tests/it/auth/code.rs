//! The one-time code of a new account: good for one thing, once, for a day.

use chrono::Duration;
use focalnet_contract::{
    Rpc,
    proto::{GetUserRequest, ListUsersRequest, LogoutRequest},
};
use tonic::Code;

use super::{changes_password, refreshes, signs_in, taken_in, who_am_i, with};
use crate::support::{
    cast::PASSWORD,
    refusals::{refused, why},
    samples::{Things, sample},
    world::World,
};

fn not_signed_in() -> (Code, String) {
    (Code::Unauthenticated, "NOT_SIGNED_IN".into())
}

#[tokio::test]
async fn it_opens_the_password_and_nothing_else() {
    let world = World::new().await;
    let channel = &world.server.channel;
    let (_, code) = taken_in(&world, "portugal.new").await;
    let tokens = signs_in(channel, "portugal.new", &code).await.unwrap();
    assert!(tokens.password_change_required);
    let clients = with(channel, &tokens);
    let things = Things::nowhere();
    for rpc in Rpc::ALL {
        let open = [Rpc::Login, Rpc::RefreshToken, Rpc::Logout, Rpc::ChangePassword, Rpc::GetSelf];
        if open.contains(rpc) {
            continue;
        }
        let told = clients.call(*rpc, sample(*rpc, &things)).await;
        assert_eq!(
            refused(told),
            (Code::PermissionDenied, "PASSWORD_CHANGE_REQUIRED".into()),
            "{rpc:?} with a code only"
        );
    }
    assert_eq!(who_am_i(&clients).await.unwrap().user.unwrap().login, "portugal.new");
    let continued = refreshes(channel, &tokens.refresh_token).await.unwrap();
    assert!(continued.password_change_required, "no way around it");

    let tokens = changes_password(&with(channel, &continued), &code, PASSWORD).await.unwrap();
    assert!(!tokens.password_change_required);
    let list = ListUsersRequest::default();
    let listed = with(channel, &tokens).users().list_users(list).await.unwrap().into_inner().users;
    assert_eq!(listed.len(), 1, "now there is something to see: the own account");
}

#[tokio::test]
async fn whoever_has_it_can_sign_out() {
    let world = World::new().await;
    let channel = &world.server.channel;
    let (_, code) = taken_in(&world, "portugal.new").await;
    let clients = with(channel, &signs_in(channel, "portugal.new", &code).await.unwrap());
    clients.auth().logout(LogoutRequest {}).await.unwrap();
    assert_eq!(refused(who_am_i(&clients).await), not_signed_in());
}

#[tokio::test]
async fn it_is_spent_by_the_password() {
    let world = World::new().await;
    let channel = &world.server.channel;
    let (_, code) = taken_in(&world, "portugal.new").await;
    let finder = signs_in(channel, "portugal.new", &code).await.unwrap();
    let typed = code.to_lowercase().replace('-', " ");
    let owner = signs_in(channel, "portugal.new", &typed).await.unwrap();
    changes_password(&with(channel, &owner), &code, PASSWORD).await.unwrap();

    assert_eq!(refused(signs_in(channel, "portugal.new", &code).await).1, "LOGIN_FAILED");
    assert_eq!(refused(who_am_i(&with(channel, &finder)).await), not_signed_in());
    assert_eq!(refused(refreshes(channel, &finder.refresh_token).await), not_signed_in());
    signs_in(channel, "portugal.new", PASSWORD).await.unwrap();
}

#[tokio::test]
async fn it_works_for_a_day() {
    let world = World::new().await;
    let channel = &world.server.channel;
    let (_, code) = taken_in(&world, "portugal.new").await;
    world.set_clock_ahead(Duration::hours(24) - Duration::minutes(5)).await;
    let tokens = signs_in(channel, "portugal.new", &code).await.unwrap();
    world.set_clock_ahead(Duration::hours(24)).await;
    assert_eq!(refused(signs_in(channel, "portugal.new", &code).await).1, "LOGIN_FAILED");
    // A session begun in time does not make it last longer.
    let tokens = refreshes(channel, &tokens.refresh_token).await.unwrap();
    let told = changes_password(&with(channel, &tokens), &code, PASSWORD).await.unwrap_err();
    assert_eq!(why(&told), (Code::Unauthenticated, "LOGIN_FAILED".into()));
}

#[tokio::test]
async fn nobody_but_its_maker_reads_it() {
    let world = World::new().await;
    let (user, code) = taken_in(&world, "portugal.new").await;
    assert!(!code.is_empty());
    let admin = world.portugal().admin();
    let get = GetUserRequest { name: user.name.clone() };
    assert_eq!(admin.users().get_user(get).await.unwrap().into_inner().one_time_code, "");
    let events = admin.events(world.portugal().name()).await.unwrap();
    assert!(events.iter().any(|event| event.subject == user.name));
    assert!(events.iter().all(|event| !event.content.contains(&code)));
}
