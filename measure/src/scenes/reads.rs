//! Reads.

use std::sync::Arc;

use focalnet_contract::proto::{
    GetFreezingRequestRequest, GetSelfRequest, ListFreezingRequestsRequest,
    auth_service_client::AuthServiceClient, freezing_request_service_client::FreezingRequestServiceClient,
};
use focalnet_load::Random;

use super::{bytes, nth, scene, with};
use crate::{
    drive::Scene,
    world::{Failed, World},
};

/// The requests of chosen cases, in a random order.
pub(super) async fn requests(world: &mut World) -> Result<Vec<(String, String)>, Failed> {
    let rows: Vec<(String, String)> = sqlx::query_as(
        "SELECT 'freezingRequests/' || r.id, 'load.state.' || lower(o.country_code)
         FROM freezing_request r JOIN organization o ON o.id = r.requested_state_id WHERE r.origin <> 'prosecutor'
         ORDER BY r.id LIMIT 20000",
    )
    .fetch_all(&mut world.owner)
    .await?;
    Ok(rows)
}

pub(super) async fn all(
    world: &mut World,
    random: &mut Random,
) -> Result<Vec<(&'static str, Scene)>, Failed> {
    let channel = world.channel().await?;
    let officer = world.token("load.officer").await?;
    let mut names = requests(world).await?;
    random.shuffle(&mut names);
    let names: Arc<[String]> = names.into_iter().map(|(name, _)| name).collect();

    let itself = {
        let (client, token) = (AuthServiceClient::new(channel.clone()), officer.clone());
        scene(move |_| {
            let (mut client, token) = (client.clone(), token.clone());
            async move { bytes(client.get_self(with(GetSelfRequest {}, &token)).await) }
        })
    };
    let read = {
        let (client, token) = (FreezingRequestServiceClient::new(channel.clone()), officer.clone());
        scene(move |number| {
            let (mut client, token) = (client.clone(), token.clone());
            let message =
                GetFreezingRequestRequest { name: nth(&names, number).clone(), ..Default::default() };
            async move { bytes(client.get_freezing_request(with(message, &token)).await) }
        })
    };
    let mut scenes = vec![("get_self", itself), ("read_request", read)];
    for (name, login) in [
        ("list_requests_court", "load.officer"),
        ("list_requests_newcomer", "load.newcomer"),
        ("list_requests_state", "load.state.af"),
    ] {
        let (client, token) = (FreezingRequestServiceClient::new(channel.clone()), world.token(login).await?);
        scenes.push((
            name,
            scene(move |_| {
                let (mut client, token) = (client.clone(), token.clone());
                let message = ListFreezingRequestsRequest::default();
                async move { bytes(client.list_freezing_requests(with(message, &token)).await) }
            }),
        ));
    }
    Ok(scenes)
}
