//! Enough of everything to fill pages.

use focalnet_contract::{
    Rpc,
    proto::{Clarification, clarification::Topic},
};
use focalnet_domain::freezing_request::ActKind;
use serde_json::{Value, json};

use super::{asked, takes};
use crate::support::{
    actor::Actor,
    assets::{accompaniment, yacht},
    ledger::text,
    new_id, questionnaires,
    samples::{Read, Things, sample},
    world::World,
};

/// A list with who reads it, somebody else who may, and a filter, if it takes any.
pub(super) struct List {
    pub(super) rpc: Rpc,
    pub(super) reader: Actor,
    pub(super) other: Actor,
    pub(super) parent: String,
    pub(super) filter: String,
    /// The time that it is sorted by; of persons none is shown.
    pub(super) time: Option<&'static str>,
}

impl List {
    /// Whether it can be asked for some of its entries only.
    pub(super) fn takes_filters(&self) -> bool {
        takes(self.rpc, "filter")
    }

    /// The call for a page.
    pub(super) fn page(&self, size: i32, token: &str) -> Value {
        let mut message = json!({ "page_size": size, "page_token": token });
        if !self.parent.is_empty() {
            message["parent"] = self.parent.as_str().into();
        }
        message
    }
}

/// At least four of everything, and all lists of the contract.
pub(super) async fn crowd(world: &World) -> Vec<List> {
    let (officer, portugal) = (world.registry().officer(), world.portugal());
    let (focal_point, cast) = (portugal.focal_point(), world.cast());
    for number in 1..=4 {
        let new = json!({
            "situation_number": "ICC-01/04", "case_number": format!("ICC-01/04-01/0{number}"), "display_name": "One",
        });
        officer.call(Rpc::CreateCase, json!({ "case": new, "request_id": new_id() })).await.unwrap();
        let person = json!({ "family_name": format!("Mbala {number}") });
        let add = json!({ "parent": cast.case, "person": person, "request_id": new_id() });
        officer.call(Rpc::AddPerson, add).await.unwrap();
        let order = json!({
            "case": cast.case, "document_number": format!("ICC-01/05-01/08-2{number}"),
            "chamber": cast.organization(crate::support::cast::Org::Chamber), "decision_date": "2008-06-10",
            "classification": "CLASSIFICATION_CONFIDENTIAL", "measures": ["MEASURE_TRACE", "MEASURE_FREEZE"], "summary": "More of it.",
            "purposes": ["PURPOSE_KIND_FINE"], "persons": [cast.person],
        });
        officer.call(Rpc::RecordOrder, json!({ "order": order, "request_id": new_id() })).await.unwrap();
        let number = format!("ICC-01/05-01/08-3{number}");
        let decision = json!({ "document_number": number, "summary": "The same, in other words." });
        world.decides(Rpc::ModifyOrder, decision).await.unwrap();
        for rpc in [Rpc::DesignateFocalPoint, Rpc::SetChannel] {
            let organization = Read { name: portugal.name().into(), ..Read::default() };
            let message = sample(rpc, &Things { organization, ..Things::default() });
            officer.call(rpc, message).await.unwrap();
        }
        world.transmitted(&portugal).await;
    }
    let state = json!({ "kind": "KIND_STATE", "display_name": "France", "country_code": "FR" });
    let create = json!({ "organization": state, "request_id": new_id() });
    world.registry().admin().call(Rpc::CreateOrganization, create).await.unwrap();
    for _ in 0..2 {
        let questionnaire = world.published(questionnaires::document()).await;
        for state in [world.portugal(), world.belgium()] {
            let response = world.circulated(&questionnaire.name, &[state.name()]).await.remove(0);
            let response = world.response(&state, &response).await;
            world.attested(&state, &response).await;
            world.drafted_questionnaire().await;
        }
    }
    let name = world.transmitted(&portugal).await;
    for topic in [Topic::Costs, Topic::Notify, Topic::Ident] {
        asked(&focal_point, &name, topic).await;
    }
    let thread = asked(&focal_point, &name, Topic::Value).await;
    talks(&[&officer, &focal_point, &officer], &thread).await;
    for act in [ActKind::Amend, ActKind::Transmit].repeat(3) {
        world.performs(act, &name).await;
    }
    focal_point.does(ActKind::Acknowledge, &name).await.unwrap();
    focal_point.does(ActKind::StartExecution, &name).await.unwrap();
    for _ in 0..4 {
        focal_point.reports_asset(&name, yacht()).await.unwrap();
    }
    let [asset, measure] = years_pass(&officer, &focal_point, &name).await;
    let mut lists = lists(world, &name, &thread.name);
    for rpc in [Rpc::ListValuations, Rpc::ListCosts, Rpc::ListClaims] {
        lists.push(of_asset(rpc, (&focal_point, &portugal.deputy()), &asset, Some("create_time")));
    }
    lists.push(of_asset(Rpc::ListMeasureChanges, (&focal_point, &officer), &measure, Some("create_time")));
    let approver = world.registry().approver();
    lists.push(of_asset(Rpc::ListAssetShares, (&officer, &approver), &asset, Some("create_time")));
    // In each of the requests.
    let ends = json!({ "summary": "No proceeds", "ended_purposes": ["PURPOSE_KIND_FORFEITURE"], "end_reason": "None." });
    world.decides(Rpc::ModifyOrder, ends).await.unwrap();
    world.all_ended().await;
    lists
}

/// An asset with a measure on which everything that grows has grown.
async fn years_pass(officer: &Actor, state: &Actor, request: &str) -> [String; 2] {
    let asset = state.reports_asset(request, yacht()).await.unwrap();
    let measure = asset.measures[0].name.clone();
    for year in 0..4 {
        let mut renewal = accompaniment(Rpc::RenewMeasure, &measure, "");
        renewal["end_date"] = format!("{}-06-01", 2100 + year).into();
        state.does_to(&asset.name, Rpc::RenewMeasure, renewal).await.unwrap();
        for rpc in [Rpc::RecordValuation, Rpc::RecordCost, Rpc::RecordClaim] {
            state.does_to(&asset.name, rpc, accompaniment(rpc, &measure, "")).await.unwrap();
        }
        for rpc in [Rpc::ShareAsset, Rpc::RevokeAssetShare] {
            officer.does_to(&asset.name, rpc, accompaniment(rpc, &measure, "")).await.unwrap();
        }
    }
    [asset.name, measure]
}

fn of_asset(rpc: Rpc, (reader, other): (&Actor, &Actor), parent: &str, time: Option<&'static str>) -> List {
    List {
        rpc,
        reader: reader.clone(),
        other: other.clone(),
        parent: parent.into(),
        filter: String::new(),
        time,
    }
}

/// Replies, one after the other.
async fn talks(speakers: &[&Actor], thread: &Clarification) {
    for speaker in speakers {
        let read = speaker.call(Rpc::GetClarification, json!({ "name": thread.name })).await.unwrap();
        let words = json!({ "text": "More of it.", "language_code": "en" });
        let etag = text(&read, "etag");
        let reply = json!({ "name": thread.name, "etag": etag, "text": words, "request_id": new_id() });
        speaker.call(Rpc::ReplyToClarification, reply).await.unwrap();
    }
}

fn lists(world: &World, request: &str, thread: &str) -> Vec<List> {
    let (registry, portugal, cast) = (world.registry(), world.portugal(), world.cast());
    let officer = || (registry.officer(), registry.approver());
    let focal_point = || (portugal.focal_point(), portugal.deputy());
    let list = |rpc, (reader, other), parent: &str, filter: String, time| List {
        rpc,
        reader,
        other,
        parent: parent.into(),
        filter,
        time: Some(time),
    };
    let state = format!("requested_state = {}", portugal.name());
    let of_request = format!("subject = {request}");
    let of_case = format!("case = {}", cast.case);
    vec![
        list(Rpc::ListOrganizations, officer(), "", "kind = KIND_STATE".into(), "create_time"),
        list(
            Rpc::ListUsers,
            (registry.admin(), portugal.admin()),
            "",
            "state = STATE_ACTIVE".into(),
            "create_time",
        ),
        list(Rpc::ListCases, officer(), "", "situation_number = ICC-01/04".into(), "create_time"),
        List {
            time: None,
            ..list(Rpc::ListPersons, officer(), &cast.case, "status = STATUS_ACTIVE".into(), "")
        },
        list(Rpc::ListMembers, officer(), &cast.case, String::new(), "start_time"),
        List { time: None, ..list(Rpc::ListOrderChanges, officer(), &cast.order, String::new(), "") },
        List { time: None, ..list(Rpc::ListOrderWork, officer(), &cast.order, String::new(), "") },
        list(Rpc::ListOrders, officer(), "", of_case.clone(), "create_time"),
        list(Rpc::ListFreezingRequests, officer(), "", state.clone(), "create_time"),
        list(Rpc::ListFreezingRequests, focal_point(), "", state, "transmit_time"),
        list(Rpc::ListVersions, focal_point(), request, String::new(), "transmit_time"),
        list(Rpc::ListAssets, focal_point(), request, "type = ASSET_TYPE_VESSEL".into(), "create_time"),
        list(Rpc::ListAssets, officer(), "freezingRequests/-", of_case.clone(), "create_time"),
        list(Rpc::ListApprovals, officer(), "", of_request, "propose_time"),
        list(Rpc::ListClarifications, focal_point(), request, "state = STATE_OPEN".into(), "create_time"),
        list(
            Rpc::ListClarifications,
            focal_point(),
            "freezingRequests/-",
            "state = STATE_OPEN".into(),
            "create_time",
        ),
        list(Rpc::ListMessages, focal_point(), thread, "author = KIND_STATE".into(), "create_time"),
        List {
            time: None,
            ..list(Rpc::ListFocalPoints, officer(), "organizations/-", "country_code = PT".into(), "")
        },
        list(Rpc::ListDesignations, focal_point(), portugal.name(), String::new(), "create_time"),
        List { time: None, ..list(Rpc::ListChannels, officer(), portugal.name(), String::new(), "") },
        list(Rpc::ListQuestionnaires, officer(), "", "state = STATE_DRAFT".into(), "create_time"),
        list(Rpc::ListResponses, officer(), "", "state = STATE_ATTESTED".into(), "create_time"),
        list(Rpc::ListAnswers, officer(), "organizations/-", "question = A1".into(), "attest_time"),
        list(Rpc::ListEvents, officer(), request, "act = transmit".into(), "time"),
    ]
}
