//! What somebody finds out who has no account: nothing.

use focalnet::testing::{
    runtime, server,
    server::{Options, Reflection},
};
use focalnet_contract::Rpc;
use tokio::net::TcpListener;
use tonic::{Code, metadata::MetadataMap, transport::Channel};
use tonic_health::pb::{
    HealthCheckRequest, health_check_response::ServingStatus, health_client::HealthClient,
};
use tonic_reflection::pb::{v1, v1alpha};

use crate::{
    support::{
        actor::Clients,
        refusals::{all_of, why},
        server::connect,
        world::World,
    },
    wire::{authorized, fields, reason, send},
};

/// Bodies that are no message of any method.
const GARBAGE: [&[u8]; 4] = [b"", b"\xff\xff\xff", b"\x0a\xff\xff\xff\xff\x0f", b"{\"name\": \"users/1\"}"];

fn path(rpc: Rpc) -> String {
    let (service, method) = rpc.names();
    format!("/{service}/{method}")
}

const UNKNOWN: [&str; 8] = [
    "/focalnet.v1.CaseService/DropCase",
    "/focalnet.v1.AuthService/login",
    "/focalnet.v1.AuthService/Login/",
    "/focalnet.v2.AuthService/Login",
    "/grpc.channelz.v1.Channelz/GetTopChannels",
    "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
    "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo",
    "/favicon.ico",
];

#[tokio::test]
async fn without_a_token_all_doors_look_alike() {
    let world = World::new().await;
    let channel = &world.server.channel;
    let free = [Rpc::Login, Rpc::RefreshToken];
    let known = Rpc::ALL.iter().filter(|rpc| !free.contains(rpc)).map(|rpc| path(*rpc));
    let paths: Vec<_> = known.chain(UNKNOWN.map(str::to_owned)).collect();
    let first = send(channel, &paths[0], MetadataMap::new(), b"").await.unwrap_err();
    assert_eq!(why(&first), (Code::Unauthenticated, "NOT_SIGNED_IN".into()));
    for path in &paths {
        for metadata in [MetadataMap::new(), authorized("Bearer a.b.c")] {
            // A method that exists says that the caller is not known before it says that the message cannot
            // be read.
            let told = send(channel, path, metadata, b"").await.unwrap_err();
            assert_eq!(all_of(&told), all_of(&first), "{path}");
        }
        let told = send(channel, path, MetadataMap::new(), GARBAGE[1]).await.unwrap_err();
        assert_eq!(all_of(&told), all_of(&first), "{path}");
    }
}

#[tokio::test]
async fn the_health_service_answers_everybody() {
    let world = World::new().await;
    let check = HealthCheckRequest { service: String::new() };
    let health = HealthClient::new(world.server.channel.clone()).check(check).await.unwrap().into_inner();
    assert_eq!(health.status(), ServingStatus::Serving);
    let check = HealthCheckRequest { service: "focalnet.v1.CaseService".into() };
    let told = HealthClient::new(world.server.channel.clone()).check(check).await.unwrap_err();
    assert_eq!(told.code(), Code::NotFound, "there are no services to be counted");
}

/// A server that describes itself.
async fn describing(world: &World, reflection: Reflection) -> Channel {
    let config = world.base.config(&world.database);
    let app = runtime::app(&config, &world.base.database(&world.database), 2).await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let options = Options { reflection, ..Options::default() };
    tokio::spawn(server::serve(app, listener, options, std::future::pending()));
    connect(&address)
}

macro_rules! services {
    ($version:ident, $clients:expr) => {{
        let clients: &Clients = $clients;
        let list = $version::ServerReflectionRequest {
            host: String::new(),
            message_request: Some($version::server_reflection_request::MessageRequest::ListServices(
                String::new(),
            )),
        };
        let mut client = $version::server_reflection_client::ServerReflectionClient::with_interceptor(
            clients.channel.clone(),
            clients.bearer.clone(),
        );
        match client.server_reflection_info(tokio_stream::once(list)).await {
            Err(told) => Err(told),
            Ok(answers) => {
                let answer = answers.into_inner().message().await.unwrap().unwrap();
                let Some($version::server_reflection_response::MessageResponse::ListServicesResponse(list)) =
                    answer.message_response
                else {
                    unreachable!("no list")
                };
                Ok(list.service.into_iter().map(|service| service.name).collect::<Vec<_>>())
            }
        }
    }};
}

#[tokio::test]
async fn while_developing_the_server_describes_itself_to_everybody() {
    let world = World::new().await;
    let nobody = Clients::of_nobody(&describing(&world, Reflection::Open).await);
    for services in [services!(v1, &nobody).unwrap(), services!(v1alpha, &nobody).unwrap()] {
        for rpc in Rpc::ALL {
            assert!(services.contains(&rpc.names().0.to_owned()), "{rpc:?}");
        }
    }
}

#[tokio::test]
async fn elsewhere_to_who_is_signed_in_or_to_nobody() {
    let world = World::new().await;
    let channel = describing(&world, Reflection::SignedIn).await;
    let nobody = Clients::of_nobody(&channel);
    let somebody = Clients { channel, bearer: world.belgium().focal_point().bearer.clone() };
    for told in [services!(v1, &nobody), services!(v1alpha, &nobody)] {
        assert_eq!(why(&told.unwrap_err()), (Code::Unauthenticated, "NOT_SIGNED_IN".into()));
    }
    assert!(services!(v1, &somebody).is_ok() && services!(v1alpha, &somebody).is_ok());

    let somebody = world.belgium().focal_point().clients;
    for told in [services!(v1, &somebody), services!(v1alpha, &somebody)] {
        assert_eq!(told.unwrap_err().code(), Code::Unimplemented);
    }
}

#[tokio::test]
async fn what_is_no_message_is_told_so_and_does_no_harm() {
    let world = World::new().await;
    let focal_point = world.portugal().focal_point();
    let member = world.cast().member(focal_point.org, focal_point.role);
    let token = member.token(&world.base.tokens, chrono::Duration::zero());
    let metadata = authorized(&format!("Bearer {token}"));
    let channel = &world.server.channel;
    for rpc in Rpc::ALL {
        for garbage in &GARBAGE[1..3] {
            let told = send(channel, &path(*rpc), metadata.clone(), garbage).await.unwrap_err();
            assert_eq!(why(&told), (Code::InvalidArgument, "INVALID_ARGUMENT".into()), "{rpc:?}");
            reason(&told);
        }
    }
    let large = [b"\x0a\x80\x80\x80\x01".to_vec(), vec![b'x'; 2 << 20]].concat();
    for rpc in [Rpc::GetUser, Rpc::CreateFreezingRequest, Rpc::Login] {
        let told = send(channel, &path(rpc), metadata.clone(), &large).await.unwrap_err();
        assert_eq!(why(&told), (Code::InvalidArgument, "INVALID_ARGUMENT".into()), "{rpc:?}");
    }
    // Deeper than anything that is meant: 200 messages, one in the other.
    let mut deep = Vec::new();
    for _ in 0..200 {
        let mut outer = vec![0x0a];
        prost::encoding::encode_varint(deep.len() as u64, &mut outer);
        outer.append(&mut deep);
        deep = outer;
    }
    let told = send(channel, &path(Rpc::CreateFreezingRequest), metadata.clone(), &deep).await.unwrap_err();
    assert_eq!(told.code(), Code::InvalidArgument);
    assert_eq!(fields(&told).len(), 1);

    focal_point.auth().get_self(focalnet_contract::proto::GetSelfRequest {}).await.unwrap();
    let told = send(channel, "/focalnet.v1.CaseService/DropCase", metadata, b"").await.unwrap_err();
    assert_eq!(told.code(), Code::Unimplemented, "and who is signed in learns what there is");
}
