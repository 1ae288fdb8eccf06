//! Acts.

use std::{collections::HashMap, sync::Arc};

use focalnet_contract::proto::{
    Clarification, LocalizedText, OpenClarificationRequest, clarification,
    clarification_service_client::ClarificationServiceClient,
};
use focalnet_domain::ids;
use focalnet_load::Random;

use super::{bytes, nth, reads::requests, scene, with};
use crate::{
    drive::Scene,
    world::{Failed, World},
};

pub(super) async fn all(
    world: &mut World,
    random: &mut Random,
) -> Result<Vec<(&'static str, &'static str, Scene)>, Failed> {
    let channel = world.channel().await?;
    let mut names = requests(world).await?;
    random.shuffle(&mut names);
    let mut tokens = HashMap::new();
    for (_, login) in &names {
        if !tokens.contains_key(login) {
            tokens.insert(login.clone(), world.token(login).await?);
        }
    }
    let targets: Arc<[_]> = names.iter().map(|(name, login)| (name.clone(), tokens[login].clone())).collect();
    let ask = scene(move |number| {
        let mut client = ClarificationServiceClient::new(channel.clone());
        let (parent, token) = nth(&targets, number).clone();
        let message = OpenClarificationRequest {
            parent,
            clarification: Some(Clarification {
                topic: clarification::Topic::Costs.into(),
                ..Clarification::default()
            }),
            text: Some(LocalizedText {
                text: "Who bears the costs of storage of the vessel, and until when?".into(),
                language_code: "en".into(),
            }),
            request_id: ids::new().to_string(),
        };
        async move { bytes(client.open_clarification(with(message, &token)).await) }
    });
    Ok(vec![("ask", "open_clarification", ask)])
}
