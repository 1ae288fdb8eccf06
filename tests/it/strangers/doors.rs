//! Without a good token no method is reached, and all of them say so with the same bytes.

use std::collections::BTreeSet;

use chrono::Duration;
use focalnet_contract::{Rpc, proto::LogoutRequest};
use http::uri::PathAndQuery;
use prost_reflect::DynamicMessage;
use serde_json::json;
use tonic::{Code, Request, Status, client::Grpc, service::Interceptor as _};
use tonic_prost::ProstCodec;

use crate::support::{
    actor::{Bearer, Clients},
    cast::login,
    content::CONTRACT,
    refusals::{all_of, why},
    samples::{Read, Things, sample},
    world::World,
};

/// The methods by which one gets a token.
fn is_free(rpc: Rpc) -> bool {
    matches!(rpc, Rpc::Login | Rpc::RefreshToken)
}

#[test]
fn no_method_of_the_contract_is_left_out() {
    let services = CONTRACT.services().filter(|service| service.package_name() == "focalnet.v1");
    let contract: BTreeSet<_> = services
        .flat_map(|service| service.methods().map(|method| method.full_name().to_owned()).collect::<Vec<_>>())
        .collect();
    let tried = Rpc::ALL.iter().map(|rpc| format!("{}.{}", rpc.names().0, rpc.names().1));
    assert_eq!(tried.collect::<BTreeSet<_>>(), contract);
}

/// Calls every method, with an empty message and with a good one, and expects the same refusal of all.
async fn turned_away(world: &World, bearer: &Bearer) {
    let clients = Clients { channel: world.server.channel.clone(), bearer: bearer.clone() };
    let told = unknown_method(&clients).await;
    assert_eq!(why(&told), (Code::Unauthenticated, "NOT_SIGNED_IN".into()));
    let things = Things::default();
    for rpc in Rpc::ALL.iter().filter(|rpc| !is_free(**rpc)) {
        for message in [json!({}), sample(*rpc, &things)] {
            let refusal = clients.call(*rpc, message).await.unwrap_err();
            assert_eq!(all_of(&refusal), all_of(&told), "{rpc:?}");
        }
    }
}

async fn unknown_method(clients: &Clients) -> Status {
    let mut grpc = Grpc::new(clients.channel.clone());
    grpc.ready().await.unwrap();
    let path = PathAndQuery::from_static("/focalnet.v1.CaseService/DropCase");
    let (metadata, extensions, ()) = clients.bearer.clone().call(Request::new(())).unwrap().into_parts();
    let request = Request::from_parts(metadata, extensions, LogoutRequest {});
    let codec = ProstCodec::<LogoutRequest, LogoutRequest>::default();
    grpc.unary(request, path, codec).await.unwrap_err()
}

#[tokio::test]
async fn without_a_token() {
    let world = World::new().await;
    turned_away(&world, &Bearer::none()).await;
}

#[tokio::test]
async fn with_garbage() {
    let world = World::new().await;
    let good = world.portugal().focal_point();
    let token = world.cast().member(good.org, good.role).token(&world.base.tokens, Duration::zero());
    let (signed, signature) = token.rsplit_once('.').unwrap();
    let other_signature = signature.chars().rev().collect::<String>();
    for garbage in ["x".into(), "a.b.c".into(), format!("{signed}."), format!("{signed}.{other_signature}")] {
        turned_away(&world, &Bearer::new(&garbage)).await;
    }
}

#[tokio::test]
async fn with_an_expired_token() {
    let world = World::new().await;
    let early = world.portugal().focal_point();
    world.set_clock_ahead(Duration::minutes(6)).await;
    turned_away(&world, &early.bearer).await;
    let renewed = world.portugal().focal_point();
    renewed.call(Rpc::GetSelf, json!({})).await.unwrap();
}

#[tokio::test]
async fn with_a_token_that_is_not_yet_good() {
    let world = World::new().await;
    world.set_clock_ahead(Duration::minutes(6)).await;
    let late = world.portugal().focal_point();
    world.set_clock_ahead(Duration::zero()).await;
    turned_away(&world, &late.bearer).await;
}

#[tokio::test]
async fn with_the_token_of_a_session_that_was_ended() {
    let world = World::new().await;
    let portugal = world.portugal().focal_point();
    portugal.auth().logout(LogoutRequest {}).await.unwrap();
    turned_away(&world, &portugal.bearer).await;
}

#[tokio::test]
async fn with_the_token_of_somebody_who_was_suspended() {
    let world = World::new().await;
    let (admin, deputy) = (world.portugal().admin(), world.portugal().deputy());
    let read: DynamicMessage = admin.call(Rpc::GetUser, json!({ "name": deputy.name })).await.unwrap();
    let etag = read.get_field_by_name("etag").unwrap().as_str().unwrap().to_owned();
    let things = Things { user: Read { name: deputy.name.clone(), etag }, ..Things::default() };
    admin.call(Rpc::SuspendUser, sample(Rpc::SuspendUser, &things)).await.unwrap();
    turned_away(&world, &deputy.bearer).await;
}

#[tokio::test]
async fn with_a_one_time_code_one_changes_the_password_and_nothing_else() {
    let world = World::new().await;
    let organization = Read { name: world.portugal().name().into(), ..Read::default() };
    let own = Things { organization, ..Things::default() };
    let new = world.portugal().admin().call(Rpc::CreateUser, sample(Rpc::CreateUser, &own)).await.unwrap();
    let field = |name| new.get_field_by_name(name).unwrap().as_str().unwrap().to_owned();
    let pair = login(&world.server.channel, &field("login"), &field("one_time_code")).await;
    assert!(pair.password_change_required);
    let restricted =
        Clients { channel: world.server.channel.clone(), bearer: Bearer::new(&pair.access_token) };
    let things = Things::nowhere();
    // Two more would end the session.
    let ends = |rpc: Rpc| matches!(rpc, Rpc::ChangePassword | Rpc::Logout);
    for rpc in Rpc::ALL.iter().filter(|rpc| !is_free(**rpc) && !ends(**rpc)) {
        let told = restricted.call(*rpc, sample(*rpc, &things)).await.map_err(|told| why(&told));
        match rpc {
            Rpc::GetSelf => assert!(told.is_ok()),
            _ => {
                assert_eq!(told, Err((Code::PermissionDenied, "PASSWORD_CHANGE_REQUIRED".into())), "{rpc:?}");
            }
        }
    }
}
