//! What one State can find out of a sealed order that went to four.

use std::collections::HashMap;

use focalnet_contract::Rpc;
use focalnet_domain::freezing_request::{ActKind, State};
use serde_json::{Value, json};

use super::house;
use crate::support::{
    actor::Actor,
    acts::Deed,
    assets::{accompaniment, is_about_assets},
    cast::Org,
    content,
    dynamic::method,
    new_id,
    samples::{Read, Things, elsewhere, sample},
    world::World,
};

/// The three persons, as the case and as content knows them.
const PERSONS: [(&str, &str); 3] = [("Ngoma", "Jean Paul"), ("Mbala", "Aimé"), ("Kasai", "Marthe")];

/// A sealed order about three persons, and requests under it.
struct Sealed<'w> {
    world: &'w World,
    order: String,
    /// `cases/{uuid}/persons/{uuid}`, in their order.
    persons: Vec<String>,
}

fn name(made: &Value) -> String {
    made["name"].as_str().unwrap().to_owned()
}

impl<'w> Sealed<'w> {
    async fn ordered(world: &'w World) -> Self {
        let (cast, officer) = (world.cast(), world.registry().officer());
        let mut persons = vec![cast.person.clone()];
        for (family_name, given_names) in &PERSONS[1..] {
            let person = json!({ "family_name": family_name, "given_names": given_names, "warrant_date": "2008-05-23" });
            let add = json!({ "parent": cast.case, "person": person });
            persons.push(name(&officer.asks(Rpc::AddPerson, add).await.unwrap()));
        }
        let order = json!({ "order": {
            "case": cast.case, "document_number": "ICC-01/05-01/08-12-US-Exp", "decision_date": "2008-06-01",
            "chamber": cast.organization(Org::Chamber), "classification": "CLASSIFICATION_UNDER_SEAL", "measures": ["MEASURE_TRACE", "MEASURE_FREEZE"],
            "summary": "Three accused, four States.", "persons": persons,
            "purposes": ["PURPOSE_KIND_FORFEITURE", "PURPOSE_KIND_REPARATIONS"],
        }});
        let order = name(&world.chamber().legal_officer().asks(Rpc::RecordOrder, order).await.unwrap());
        Self { world, order, persons }
    }

    /// A request about some of them that was sent to a State.
    async fn sent(&self, state: &str, about: &[usize]) -> String {
        let mut content = content::json(&self.persons[0]);
        let first = content["persons"][0].clone();
        let person = |number: &usize| {
            let mut person = first.clone();
            person["person"] = self.persons[*number].as_str().into();
            person["natural"]["familyName"] = PERSONS[*number].0.into();
            person["natural"]["givenNames"] = PERSONS[*number].1.into();
            person
        };
        content["persons"] = about.iter().map(person).collect();
        let request = json!({ "freezing_request": {
            "origin": "ORIGIN_CHAMBER", "case": self.world.cast().case, "order": self.order, "requested_state": state,
            "measures": ["MEASURE_FREEZE"], "content": content,
        }});
        let request =
            name(&self.world.registry().officer().asks(Rpc::CreateFreezingRequest, request).await.unwrap());
        self.world.performed(&request, &[ActKind::MarkReady, ActKind::Transmit].map(Into::into)).await;
        request
    }

    async fn executed(&self, request: &str) {
        let way = [ActKind::Acknowledge, ActKind::StartExecution];
        self.world.performed(request, &way.map(Into::into)).await;
        self.world.performed(request, &[Deed::Report(State::Executed)]).await;
    }
}

/// Everything that a State can ask without an id, by kind, place, name, day, or about its own; with what it was answered.
async fn searched(who: &Actor, own: &str) -> HashMap<String, Vec<u8>> {
    let assets = [
        "",
        "type = ASSET_TYPE_REAL_ESTATE",
        "type = ASSET_TYPE_AIRCRAFT",
        "jurisdiction = PT",
        "jurisdiction = CD",
        "ends_by = 2100-01-01",
        "renew_by = 2100-01-01",
        "valued_before = 2100-01-01",
        "unpaid = true",
        "claimed = true",
        "unsettled = true",
    ];
    let mut asked: Vec<(Rpc, Value)> = Vec::new();
    for parent in ["freezingRequests/-", own] {
        asked.extend(assets.map(|filter| (Rpc::ListAssets, json!({ "parent": parent, "filter": filter }))));
    }
    for state in ["TRANSMITTED", "EXECUTED", "CEASED"] {
        asked.push((Rpc::ListFreezingRequests, json!({ "filter": format!("state = STATE_{state}") })));
    }
    for country in ["PT", "CD", "FR", "BE"] {
        asked.push((Rpc::ListOrganizations, json!({ "filter": format!("country_code = {country}") })));
    }
    for login in ["portugal.focal_point", "congo.focal_point"] {
        asked.push((Rpc::ListUsers, json!({ "filter": format!("login = {login}") })));
    }
    for number in ["ICC-01/05-01/08", "ICC-01/05-01/08-12-US-Exp"] {
        asked.push((Rpc::ListCases, json!({ "filter": format!("case_number = {number}") })));
        asked.push((Rpc::ListOrders, json!({ "filter": format!("document_number = {number}") })));
    }
    for rpc in [
        Rpc::ListFreezingRequests,
        Rpc::ListOrganizations,
        Rpc::ListUsers,
        Rpc::ListCases,
        Rpc::ListOrders,
        Rpc::ListApprovals,
        Rpc::ListResponses,
    ] {
        asked.push((rpc, json!({ "page_size": 200 })));
    }
    asked.push((Rpc::ListClarifications, json!({ "parent": "freezingRequests/-" })));
    asked.push((Rpc::ListEvents, json!({ "parent": own })));
    asked.push((Rpc::GetFreezingRequest, json!({ "name": own })));
    let mut answers = HashMap::new();
    for (rpc, message) in asked {
        answers.insert(format!("{rpc:?} {message}"), who.bytes_of(rpc, message).await);
    }
    answers
}

/// Scenario 1. A sealed order about three persons goes to four States. Belgium, which was asked about one of them, searches
/// by ids, counts and names, and finds nothing of what the other three have.
#[tokio::test]
async fn belgium_finds_nothing_of_three_persons_and_three_other_states() {
    let world = World::new().await;
    let sealed = Sealed::ordered(&world).await;
    let france =
        json!({ "organization": { "kind": "KIND_STATE", "display_name": "France", "country_code": "FR" } });
    let france = name(&world.registry().admin().asks(Rpc::CreateOrganization, france).await.unwrap());
    let own = sealed.sent(world.belgium().name(), &[2]).await;
    sealed.executed(&own).await;
    let searchers = [world.belgium().focal_point(), world.belgium().deputy(), world.belgium().admin()];
    let mut before = Vec::new();
    for who in &searchers {
        before.push(searched(who, &own).await);
    }

    // Portugal has a house of the first, with a claim and a cost; Congo a house of the second; France has only been asked.
    let in_portugal = sealed.sent(world.portugal().name(), &[0, 1, 2]).await;
    let in_congo = sealed.sent(world.congo().name(), &[1]).await;
    let in_france = sealed.sent(&france, &[0]).await;
    sealed.executed(&in_portugal).await;
    sealed.executed(&in_congo).await;
    let portugal = world.portugal().focal_point();
    let house = portugal.reports_asset(&in_portugal, house("2027-06-30")).await.unwrap();
    for rpc in [Rpc::RecordClaim, Rpc::RecordCost] {
        portugal.does_to(&house.name, rpc, accompaniment(rpc, "", "")).await.unwrap();
    }
    let house = portugal.reads_asset(&house.name).await.unwrap();
    let officer = world.registry().officer();
    let all = officer.asks(Rpc::GetCaseAssetStatus, json!({ "name": world.cast().case })).await.unwrap();
    assert_eq!(all["total"]["count"], 4, "the Registry sees what there is");

    for (who, before) in searchers.iter().zip(before) {
        // Counts and names: the same answers as when there was nothing, byte by byte.
        let after = searched(who, &own).await;
        assert_eq!(after.len(), before.len());
        let finds = |answer: &&Vec<u8>| String::from_utf8_lossy(answer).contains(&own);
        let found = after.values().filter(finds).count();
        assert_eq!(found > 10, who.role.sees_content(), "{} finds its own {found} times", who.login);
        for (question, answer) in &after {
            assert_eq!(before.get(question), Some(answer), "{question} by {}", who.login);
            let text = String::from_utf8_lossy(answer);
            let hidden =
                [&in_portugal, &in_congo, &in_france, &house.name, &sealed.order].map(String::as_str);
            for hidden in hidden.into_iter().chain(["Ngoma", "Mbala", "Quinta do Lago", "Three accused"]) {
                assert!(!text.contains(hidden), "{hidden} in the answer to {question} by {}", who.login);
            }
        }

        // Ids: every method, about what is hidden and about what is not there.
        for request in [&in_portugal, &in_congo, &in_france] {
            let (seen, held) = (officer.reads(request).await.unwrap(), officer.holds(request).await);
            let etag = house.etag.clone();
            let read = |name: &str| Read { name: name.into(), etag: etag.clone() };
            let there = Things {
                case: read(&world.cast().case),
                person: read(&sealed.persons[1]),
                order: read(&sealed.order),
                event: house.event.clone(),
                asset: read(held.last().map_or(&house.name, |asset| &asset.name)),
                measure: house.measures[0].name.clone(),
                claim: house.claims[0].name.clone(),
                request: seen,
                ..Things::default()
            };
            finds_no_difference(who, &there).await;
        }
        let own_asset = |value: &str| {
            json!({ "parent": own, "asset": {
                "type": "ASSET_TYPE_CASH", "jurisdiction": "BE", "description": "Banknotes", "holder": "A bank",
                "value_substitute_for": value,
            }})
        };
        let absent = elsewhere(&house.name);
        let told = [
            who.bytes_of(Rpc::ReportAsset, own_asset(&house.name)).await,
            who.bytes_of(Rpc::ReportAsset, own_asset(&absent)).await,
        ];
        assert_eq!(told[0], told[1], "nor by what it refers to");
    }
}

/// Calls every method that can be about what is there, and about what is not.
async fn finds_no_difference(who: &Actor, there: &Things) {
    let nowhere = there.absent();
    let mut asked = Vec::new();
    for rpc in Rpc::ALL {
        let (mut hidden, mut absent) = (sample(*rpc, there), sample(*rpc, &nowhere));
        for message in [&mut hidden, &mut absent] {
            message.as_object_mut().unwrap().remove("request_id");
        }
        if hidden == absent {
            continue;
        }
        for message in [&mut hidden, &mut absent] {
            if method(*rpc).input().get_field_by_name("request_id").is_some() {
                message["request_id"] = new_id().into();
            }
        }
        asked.push(*rpc);
        assert_eq!(
            who.bytes_of(*rpc, hidden).await,
            who.bytes_of(*rpc, absent).await,
            "{rpc:?} by {}",
            who.login
        );
    }
    let of_assets = Rpc::ALL.iter().filter(|rpc| is_about_assets(**rpc));
    for rpc in of_assets {
        assert!(asked.contains(rpc), "{rpc:?} was not tried");
    }
}
