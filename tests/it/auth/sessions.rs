//! What ends, ends at once, at every server on the database.

use focalnet_contract::proto::{
    GetUserRequest, LogoutRequest, RevokeMandateRequest, SuspendUserRequest, User,
};
use tonic::{Code, transport::Channel};

use super::{refreshes, signed_in, who_am_i, with};
use crate::support::{
    actor::{Actor, Clients},
    cast::wire,
    new_id,
    refusals::refused,
    server::Server,
    world::World,
};

fn not_signed_in() -> (Code, String) {
    (Code::Unauthenticated, "NOT_SIGNED_IN".into())
}

async fn second_server(world: &World) -> Server {
    Server::start(&world.base.config(&world.database), &world.base.database(&world.database)).await
}

fn at(channel: &Channel, who: &Clients) -> Clients {
    Clients { channel: channel.clone(), bearer: who.bearer.clone() }
}

async fn as_read_by(admin: &Actor, who: &Actor) -> User {
    admin.users().get_user(GetUserRequest { name: who.name.clone() }).await.unwrap().into_inner()
}

#[tokio::test]
async fn signing_out() {
    let world = World::new().await;
    let second = second_server(&world).await;
    let (here, there) = (&world.server.channel, &second.channel);
    let focal_point = world.portugal().focal_point();
    let other = signed_in(there, &focal_point).await;
    for (out_at, still_at) in [(here, there), (there, here)] {
        let tokens = signed_in(out_at, &focal_point).await;
        let clients = with(still_at, &tokens);
        who_am_i(&clients).await.unwrap();
        with(out_at, &tokens).auth().logout(LogoutRequest {}).await.unwrap();
        assert_eq!(refused(who_am_i(&clients).await), not_signed_in());
        assert_eq!(refused(refreshes(still_at, &tokens.refresh_token).await), not_signed_in());
    }
    who_am_i(&with(here, &other)).await.unwrap();
}

#[tokio::test]
async fn suspending_an_account() {
    let world = World::new().await;
    let second = second_server(&world).await;
    let (here, there) = (&world.server.channel, &second.channel);
    let portugal = world.portugal();
    let focal_point = portugal.focal_point();
    let tokens = signed_in(there, &focal_point).await;
    let User { name, etag, .. } = as_read_by(&portugal.admin(), &focal_point).await;
    let suspend = SuspendUserRequest { name, etag, request_id: new_id(), reason: "Lost laptop".into() };
    portugal.admin().users().suspend_user(suspend).await.unwrap();
    for channel in [here, there] {
        assert_eq!(refused(who_am_i(&with(channel, &tokens)).await), not_signed_in());
        assert_eq!(refused(who_am_i(&at(channel, &focal_point)).await), not_signed_in());
        assert_eq!(refused(refreshes(channel, &tokens.refresh_token).await), not_signed_in());
    }
}

#[tokio::test]
async fn revoking_a_mandate() {
    let world = World::new().await;
    let second = second_server(&world).await;
    let name = world.transmitted(&world.portugal()).await;
    let portugal = world.portugal();
    let mut focal_point = portugal.focal_point();
    let User { name: user, etag, .. } = as_read_by(&portugal.admin(), &focal_point).await;
    let revoke = RevokeMandateRequest {
        name: user,
        etag,
        request_id: new_id(),
        role: wire(focal_point.role),
        reason: "Moved on".into(),
    };
    focal_point.reads(&name).await.unwrap();
    portugal.admin().users().revoke_mandate(revoke).await.unwrap();
    for channel in [&world.server.channel, &second.channel] {
        focal_point.clients = at(channel, &focal_point);
        assert_eq!(refused(focal_point.reads(&name).await), (Code::NotFound, "NOT_FOUND".into()));
        assert!(who_am_i(&focal_point).await.unwrap().roles.is_empty(), "but is still somebody");
    }
}
