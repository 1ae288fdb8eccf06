//! Every receipt and every stream that somebody may read, checked as `focalnet verify` would: with the public key
//! alone, and each party for itself.

use std::{collections::BTreeMap, sync::PoisonError};

use focalnet_contract::{
    catalogue,
    client::{
        Failure,
        proofs::{Note, Proofs},
        words,
    },
    proto::{
        ListCasesRequest, ListEventsRequest, ListEventsResponse, ListOrdersRequest, ListOrganizationsRequest,
        ListQuestionnairesRequest, ListResponsesRequest, ListSigningKeysRequest,
    },
    receipt::PublicKey,
};
use focalnet_domain::journal::{Hash, Stream};
use prost::Message as _;
use prost_reflect::DynamicMessage;
use tonic::Code;

use super::{cast::Who, person::Person, stage::Stage, views};

/// What was checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proof {
    /// Receipts, each held against its event.
    pub receipts: usize,
    /// Events.
    pub events: i64,
    /// Streams.
    pub streams: usize,
}

/// Checks them all.
pub(super) async fn check(stage: &mut Stage<'_>) -> Result<Proof, Failure> {
    stage.tell.chapter("The proofs");
    let admin = stage.person(Who::PlatformAdmin).await?;
    let listed =
        admin.journal().list_signing_keys(ListSigningKeysRequest {}).await?.into_inner().signing_keys;
    let keys: Result<Vec<PublicKey>, _> = listed.iter().map(|key| key.verifier_key.parse()).collect();
    let keys = keys.map_err(|error| Failure::unexpected(error.to_string()))?;

    let kept = stage.receipts.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let mut heads: BTreeMap<Stream, (i64, Hash)> = BTreeMap::new();
    let mut receipts = 0;
    for who in Who::ALL {
        let mut proofs = exported(&stage.person(*who).await?).await?;
        let own = kept.iter().filter(|(keeper, _)| keeper == who);
        proofs.notes = own
            .enumerate()
            .map(|(at, (_, note))| Note {
                place: format!("receipt {} of {}", at + 1, who.display_name()),
                text: note.clone(),
            })
            .collect();
        let done = proofs.verify(&keys).map_err(Failure::unexpected)?;
        if done.matched != done.receipts {
            return Err(Failure::unexpected(format!(
                "{} holds a receipt without its event",
                who.display_name()
            )));
        }
        receipts += done.receipts;
        for (stream, head) in done.heads {
            if heads.insert(stream, head).is_some_and(|other| other != head) {
                return Err(Failure::unexpected(format!(
                    "{stream}: two readers were told different histories"
                )));
            }
        }
    }
    let events = heads.values().map(|(last, _)| last).sum();
    let proof = Proof { receipts, events, streams: heads.len() };
    stage.tell.say(&format!(
        "Everybody exports what they may read and checks it with the server's public key alone. {receipts} receipts, \
         {events} events in {} streams: all fit. Whoever read the same stream was told the same history.",
        heads.len()
    ));
    Ok(proof)
}

/// All events that a person may read, through the same JSON as `focalnet journal list-events --json`.
async fn exported(person: &Person) -> Result<Proofs, Failure> {
    let mut proofs = Proofs::default();
    for parent in subjects(person).await? {
        let mut page_token = String::new();
        loop {
            let list = ListEventsRequest {
                parent: parent.clone(),
                page_size: 50,
                page_token,
                filter: String::new(),
            };
            let page = match person.journal().list_events(list).await {
                Ok(page) => page.into_inner(),
                // The person sees this resource, but only somebody else may read its journal.
                Err(status) if status.code() == Code::NotFound => break,
                Err(status) => return Err(status.into()),
            };
            if !page.events.is_empty() {
                proofs.read(&parent, &json(&page)?).map_err(Failure::unexpected)?;
            }
            page_token = page.next_page_token;
            if page_token.is_empty() {
                break;
            }
        }
    }
    Ok(proofs)
}

/// What a person knows of that has a journal.
async fn subjects(person: &Person) -> Result<Vec<String>, Failure> {
    let page_size = 200;
    let mut names: Vec<_> = views::seen(person).await?.into_iter().map(|request| request.name).collect();
    let cases = ListCasesRequest { page_size, ..ListCasesRequest::default() };
    names
        .extend(person.cases().list_cases(cases).await?.into_inner().cases.into_iter().map(|case| case.name));
    let orders = ListOrdersRequest { page_size, ..ListOrdersRequest::default() };
    names.extend(
        person.orders().list_orders(orders).await?.into_inner().orders.into_iter().map(|order| order.name),
    );
    let questionnaires = ListQuestionnairesRequest { page_size, ..ListQuestionnairesRequest::default() };
    let questionnaires = person.questionnaires().list_questionnaires(questionnaires).await?.into_inner();
    names.extend(questionnaires.questionnaires.into_iter().map(|questionnaire| questionnaire.name));
    let responses = ListResponsesRequest { page_size, ..ListResponsesRequest::default() };
    let responses = person.questionnaires().list_responses(responses).await?.into_inner().responses;
    names.extend(responses.into_iter().map(|response| response.name));
    let organizations = ListOrganizationsRequest { page_size, ..ListOrganizationsRequest::default() };
    let organizations =
        person.organizations().list_organizations(organizations).await?.into_inner().organizations;
    names.extend(organizations.into_iter().map(|organization| organization.name));
    Ok(names)
}

fn json(page: &ListEventsResponse) -> Result<String, Failure> {
    let descriptor = catalogue::method("ListEvents")?.output();
    let page = DynamicMessage::decode(descriptor, page.encode_to_vec().as_slice());
    words::json(&page.map_err(|error| Failure::unexpected(error.to_string()))?)
}
