//! What each party sees at the end, asked for by its own people.

use focalnet_contract::{
    client::Failure,
    proto::{
        Asset, FreezingRequest, ListClarificationsRequest, ListFreezingRequestsRequest,
        ListOrganizationsRequest, request_purpose::Status,
    },
};

use super::{cast::Who, output::table, person::Person, stage::Stage};

/// Whose views are shown.
const VIEWERS: [Who; 5] = [
    Who::PortugalFocalPoint,
    Who::BelgiumFocalPoint,
    Who::CongoFocalPoint,
    Who::RegistryOfficer,
    Who::Investigator,
];

/// Shows them all.
pub(super) async fn show(stage: &mut Stage<'_>) -> Result<(), Failure> {
    stage.tell.chapter("What each party sees");
    for who in VIEWERS {
        let person = stage.person(who).await?;
        let requests = seen(&person).await?;
        let inner = |request: &FreezingRequest| !request.case.is_empty() || !request.order.is_empty();
        if !who.place().is_court() && requests.iter().any(inner) {
            return Err(Failure::unexpected("a State was told the Court's own names"));
        }
        stage.tell.say(&format!("{} sees {}:", who.place().display_name(), counted(requests.len())));
        stage.tell.show(&overview(&person, &requests).await?);
        let mut held = Vec::new();
        for request in &requests {
            held.extend(person.holdings(&request.name).await?);
        }
        if !held.is_empty() {
            stage.tell.show("");
            stage.tell.show(&holdings(&held));
        }
        let threads = threads(&person).await?;
        if !threads.is_empty() {
            stage.tell.show("");
            stage.tell.show(&table(["question", "asked by", "answered by", "state", "entries"], threads));
        }
    }
    Ok(())
}

fn counted(requests: usize) -> String {
    if requests == 1 { "one request".to_owned() } else { format!("{requests} requests") }
}

/// The requests a person sees, whole.
pub(super) async fn seen(person: &Person) -> Result<Vec<FreezingRequest>, Failure> {
    let list = ListFreezingRequestsRequest { page_size: 200, ..ListFreezingRequestsRequest::default() };
    let list = person.requests().list_freezing_requests(list).await?.into_inner().freezing_requests;
    let mut requests = Vec::new();
    for request in list {
        requests.push(person.request(&request.name).await?);
    }
    Ok(requests)
}

async fn overview(person: &Person, requests: &[FreezingRequest]) -> Result<String, Failure> {
    let list = ListOrganizationsRequest { page_size: 200, ..ListOrganizationsRequest::default() };
    let organizations = person.organizations().list_organizations(list).await?.into_inner().organizations;
    let named = |name: &str| {
        let found = organizations.iter().find(|organization| organization.name == name);
        found.map_or_else(|| "?".to_owned(), |organization| organization.display_name.clone())
    };
    let is_court = person.who.place().is_court();
    let rows = requests.iter().map(|request| {
        let other = if is_court { &request.requested_state } else { &request.issuing_organization };
        [
            request.transmission.as_ref().map(|sent| sent.reference.clone()).unwrap_or_default(),
            named(other),
            word(request.state().as_str_name(), "STATE_"),
            purposes(request),
            request.authority_display_name.clone(),
        ]
    });
    let other = if is_court { "to" } else { "from" };
    Ok(table(["note", other, "state", "purposes", "executed by"], rows))
}

/// The purposes, and since when they have ended, if all of them have.
fn purposes(request: &FreezingRequest) -> String {
    let words = request.purposes.iter().map(|purpose| word(purpose.purpose().as_str_name(), "PURPOSE_KIND_"));
    let words = words.collect::<Vec<_>>().join(", ");
    match request.purposes.first() {
        Some(first) if request.purposes.iter().all(|purpose| purpose.status() == Status::Ceased) => {
            format!("{words}: ended {}", first.end_date)
        }
        _ => words,
    }
}

/// Assets with their measures, and when to think of renewing these.
pub(super) fn holdings<'a>(assets: impl IntoIterator<Item = &'a Asset>) -> String {
    let rows = assets.into_iter().map(|asset| {
        let measures = asset.measures.iter().map(|measure| {
            let kind = word(measure.kind().as_str_name(), "KIND_");
            format!("{kind} {}", measure.start_date)
        });
        let reminders = asset.measures.iter().map(|measure| measure.reminder_date.as_str());
        let value = asset.valuations.last().and_then(|valuation| valuation.value.as_ref());
        [
            asset.description.clone(),
            measures.collect::<Vec<_>>().join(", "),
            reminders.filter(|day| !day.is_empty()).collect::<Vec<_>>().join(", "),
            value.map(|value| format!("{} {}", value.currency_code, value.amount)).unwrap_or_default(),
            word(asset.state().as_str_name(), "STATE_"),
        ]
    });
    table(["asset", "measure", "renewal", "value", "state"], rows)
}

async fn threads(person: &Person) -> Result<Vec<[String; 5]>, Failure> {
    let parent = "freezingRequests/-".to_owned();
    let list = ListClarificationsRequest { parent, ..ListClarificationsRequest::default() };
    let list = person.clarifications().list_clarifications(list).await?.into_inner().clarifications;
    let row = |thread: focalnet_contract::proto::Clarification| {
        [
            word(thread.topic().as_str_name(), "TOPIC_"),
            word(thread.opener().as_str_name(), "KIND_"),
            word(thread.addressee().as_str_name(), "KIND_"),
            word(thread.state().as_str_name(), "STATE_"),
            thread.message_count.to_string(),
        ]
    };
    Ok(list.into_iter().map(row).collect())
}

/// A word of the contract as people write it.
pub(super) fn word(name: &str, prefix: &str) -> String {
    name.trim_start_matches(prefix).to_lowercase().replace('_', " ")
}
