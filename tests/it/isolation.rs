//! Two worlds that differ only in what Belgium has: Portugal finds no difference.

use std::collections::HashMap;

use focalnet_contract::Rpc;
use focalnet_domain::freezing_request::ActKind;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::support::{
    actor::Actor,
    acts::Deed,
    new_id,
    refusals::all_of,
    samples::{Read, Things, sample},
    world::World,
};

/// What Portugal was answered, with everything that differs from run to run (ids, times, keyed and random bytes)
/// numbered in the order in which it first appeared.
#[derive(Default)]
struct Transcript {
    known: HashMap<String, String>,
    answers: Vec<Value>,
}

impl Transcript {
    async fn note(&mut self, who: &Actor, rpc: Rpc, message: Value) -> Value {
        let outcome = match who.call(rpc, message).await {
            Ok(answer) => serde_json::to_value(answer).unwrap(),
            Err(told) => json!(format!("{:?}", all_of(&told))),
        };
        let mapped = self.mapped("", outcome.clone());
        self.answers.push(json!({ format!("{rpc:?}"): mapped }));
        outcome
    }

    fn mapped(&mut self, field: &str, value: Value) -> Value {
        match value {
            Value::Object(map) => {
                map.into_iter().map(|(key, value)| (key.clone(), self.mapped(&key, value))).collect()
            }
            Value::Array(list) => list.into_iter().map(|value| self.mapped(field, value)).collect(),
            Value::String(text) => self.numbered(field, &text).into(),
            value => value,
        }
    }

    fn numbered(&mut self, field: &str, text: &str) -> String {
        const VARYING: [&str; 9] =
            ["etag", "note", "hash", "Salt", "Digest", "Token", "Time", "time", "persons"];
        if !text.is_empty() && VARYING.iter().any(|varying| field.ends_with(varying)) {
            return self.number("value", text);
        }
        let part = |part: &str| match Uuid::parse_str(part) {
            Ok(_) => self.number("id", part),
            Err(_) => part.to_owned(),
        };
        // Names stand alone and inside the JSON of events.
        text.split_inclusive(['/', '"', ' '])
            .map(|piece| {
                let (body, end) = piece.split_at(piece.len() - usize::from(piece.ends_with(['/', '"', ' '])));
                (body.to_owned(), end.to_owned())
            })
            .collect::<Vec<_>>()
            .into_iter()
            .map({
                let mut part = part;
                move |(body, end)| part(&body) + &end
            })
            .collect()
    }

    fn number(&mut self, kind: &str, text: &str) -> String {
        let next = format!("{kind} {}", self.known.len());
        self.known.entry(text.to_owned()).or_insert(next).clone()
    }
}

/// Belgium's own affairs, and the Court's with it, which go on beside the script.
struct Neighbour<'w> {
    world: &'w World,
    requests: Vec<String>,
}

impl Neighbour<'_> {
    /// Something happens over there.
    async fn stirs(&mut self, step: usize) {
        let (world, belgium) = (self.world, self.world.belgium());
        self.requests.push(world.transmitted(&belgium).await);
        world.draft_for(&belgium).await;
        let name = self.requests[0].clone();
        let deeds: [&[Deed]; 4] = [
            &[Deed::Plain(ActKind::Acknowledge)],
            &[Deed::Plain(ActKind::StartExecution), Deed::Plain(ActKind::OpenConsultation)],
            &[Deed::Report(focalnet_domain::freezing_request::State::Executed), Deed::Plain(ActKind::Amend)],
            &[Deed::Plain(ActKind::Transmit), Deed::Plain(ActKind::CloseConsultation)],
        ];
        if let Some(deeds) = deeds.get(step) {
            world.performed(&name, deeds).await;
        }
        belgium.focal_point().does(ActKind::Deny, &self.requests[step]).await.ok();
    }
}

/// One day of Portugal's focal point.
async fn script(world: &World, mut neighbour: Option<Neighbour<'_>>) -> Transcript {
    let mut transcript = Transcript::default();
    let portugal = world.portugal().focal_point();
    let mut names = Vec::new();
    for step in 0..2 {
        if let Some(neighbour) = &mut neighbour {
            neighbour.stirs(step).await;
        }
        names.push(world.transmitted(&world.portugal()).await);
    }
    // What there is next door, or is not.
    let strange = match &neighbour {
        Some(neighbour) => neighbour.requests[0].clone(),
        None => format!("freezingRequests/{}", new_id()),
    };

    let pages = [json!({ "page_size": 1 }), json!({}), json!({ "filter": "state = STATE_TRANSMITTED" })];
    for page in pages {
        let answer = transcript.note(&portugal, Rpc::ListFreezingRequests, page).await;
        if let Some(token) = answer["nextPageToken"].as_str().filter(|token| !token.is_empty()) {
            let next = json!({ "page_size": 1, "page_token": token });
            transcript.note(&portugal, Rpc::ListFreezingRequests, next).await;
        }
    }
    let acts = [
        Rpc::AcknowledgeFreezingRequest,
        Rpc::OpenClarification,
        Rpc::AssignAuthority,
        Rpc::OpenConsultation,
        Rpc::StartExecution,
        Rpc::ReportExecution,
        Rpc::CloseConsultation,
        Rpc::ReportExecution,
    ];
    for (step, rpc) in (2..).zip(acts) {
        if let Some(neighbour) = &mut neighbour {
            neighbour.stirs(step).await;
        }
        let request = portugal.reads(&names[0]).await.unwrap();
        let things = Things { request, ..Things::default() };
        transcript.note(&portugal, rpc, sample(rpc, &things)).await;
        transcript.note(&portugal, Rpc::ListClarifications, json!({ "parent": "freezingRequests/-" })).await;
        transcript.note(&portugal, Rpc::ListEvents, json!({ "parent": names[0] })).await;
        // A wrong guess, and a late one.
        let mut foreign = things.clone();
        foreign.request.name.clone_from(&strange);
        transcript.note(&portugal, rpc, sample(rpc, &foreign)).await;
        transcript.note(&portugal, rpc, sample(rpc, &things)).await;
    }
    let organization = Read { name: world.portugal().name().into(), ..Read::default() };
    let own = Things { organization, ..Things::default() };
    for rpc in [Rpc::GetOrganization, Rpc::ListUsers, Rpc::GetSelf, Rpc::ListSigningKeys, Rpc::ListApprovals]
    {
        let message = if rpc == Rpc::ListApprovals { json!({}) } else { sample(rpc, &own) };
        transcript.note(&portugal, rpc, message).await;
    }
    for name in names.iter().chain([&strange]) {
        for rpc in [Rpc::GetFreezingRequest, Rpc::ListVersions, Rpc::ListEvents, Rpc::ListClarifications] {
            let key = if rpc == Rpc::GetFreezingRequest { "name" } else { "parent" };
            transcript.note(&portugal, rpc, json!({ key: name })).await;
        }
    }
    transcript.note(&portugal, Rpc::ListOrganizations, json!({})).await;
    transcript
}

#[tokio::test]
async fn portugal_finds_no_difference() {
    let (alone, crowded) = (World::new().await, World::new().await);
    let neighbour = Neighbour { world: &crowded, requests: Vec::new() };
    let (without, with) = (script(&alone, None).await, script(&crowded, Some(neighbour)).await);
    assert!(without.answers.len() > 50, "the script does something");
    for (step, (without, with)) in without.answers.iter().zip(&with.answers).enumerate() {
        assert_eq!(without, with, "answer {step}");
    }
    assert_eq!(without.answers.len(), with.answers.len());
}
