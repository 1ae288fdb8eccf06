//! References inside calls, filters, page tokens and `request_id`s tell no more than names do.

use std::collections::BTreeSet;

use focalnet_contract::Rpc;
use focalnet_domain::{
    freezing_request::{ActKind, State},
    organization::Role,
};
use prost_reflect::{DynamicMessage, Kind, MessageDescriptor};
use serde_json::{Value, json};
use tonic::Code;

use crate::support::{
    actor::Actor,
    assets::{accompaniment, yacht},
    cast::Org,
    content::CONTRACT,
    dynamic::method,
    new_id, questionnaires,
    refusals::all_of,
    samples::{Read, Things, elsewhere, sample},
    world::World,
};

/// A case with person and order, of which only one newcomer knows; and what Belgium and the Prosecutor have.
struct Hidden {
    case: String,
    case_number: String,
    /// Spelt as if it were of the case of the cast.
    person: String,
    order: String,
    request_of_prosecutor: String,
    request_to_belgium: String,
    asset_in_belgium: String,
    measure_in_belgium: String,
    claim_in_belgium: String,
    thread_with_belgium: String,
    authority_of_belgium: String,
}

impl Hidden {
    async fn in_world(world: &World) -> Self {
        let newcomer = world.newcomer(Org::Registry, "newcomer", &[Role::RegistryCooperationOfficer]).await;
        let case = made(&newcomer, Rpc::CreateCase, &Things::default()).await;
        let known = Things {
            case: Read { name: field(&case, "name"), ..Read::default() },
            chamber: world.cast().organization(Org::Chamber).into(),
            ..Things::default()
        };
        let person = field(&made(&newcomer, Rpc::AddPerson, &known).await, "name");
        let known = Things { person: Read { name: person.clone(), ..Read::default() }, ..known };
        let order = field(&made(&newcomer, Rpc::RecordOrder, &known).await, "name");

        let investigator = world.otp().investigator();
        let request_of_prosecutor = investigator.drafts_to(world.portugal().name()).await.unwrap().name;
        let request_to_belgium = world.transmitted(&world.belgium()).await;
        let way = [ActKind::Acknowledge, ActKind::StartExecution, ActKind::ReportExecution];
        world.performed(&request_to_belgium, &way.map(Into::into)).await;
        let belgium = world.belgium();
        let reported = belgium.focal_point().reads(&request_to_belgium).await.unwrap();
        let claim = accompaniment(Rpc::RecordClaim, "", "");
        let held = belgium.focal_point().holds(&request_to_belgium).await;
        let asset = belgium.focal_point().does_to(&held[0].name, Rpc::RecordClaim, claim).await.unwrap();
        let asset = Box::new(asset);
        let about = Box::new(Things { request: reported, ..Things::default() });
        let thread = made(&belgium.focal_point(), Rpc::OpenClarification, &about).await;
        let own = Read { name: belgium.name().into(), ..Read::default() };
        let own = Things { organization: own, ..Things::default() };
        let authority = made(&belgium.admin(), Rpc::CreateOrganization, &own).await;
        let person = person.rsplit_once('/').unwrap().1;
        Self {
            case_number: field(&case, "case_number"),
            case: known.case.name,
            person: format!("{}/persons/{person}", world.cast().case),
            order,
            request_of_prosecutor,
            request_to_belgium,
            asset_in_belgium: asset.name,
            measure_in_belgium: asset.measures[0].name.clone(),
            claim_in_belgium: asset.claims[0].name.clone(),
            thread_with_belgium: field(&thread, "name"),
            authority_of_belgium: field(&authority, "name"),
        }
    }
}

async fn made(by: &Actor, rpc: Rpc, things: &Things) -> DynamicMessage {
    by.call(rpc, sample(rpc, things)).await.unwrap()
}

fn field(message: &DynamicMessage, name: &str) -> String {
    message.get_field_by_name(name).unwrap().as_str().unwrap().to_owned()
}

/// What the people of the cast know, of the request that they have to do with.
async fn known(world: &World, request: &str) -> Things {
    let (cast, officer) = (world.cast(), world.registry().officer());
    let etag =
        async |rpc, name: &str| field(&officer.call(rpc, json!({ "name": name })).await.unwrap(), "etag");
    Things {
        case: Read { name: cast.case.clone(), etag: etag(Rpc::GetCase, &cast.case).await },
        person: Read { name: cast.person.clone(), ..Read::default() },
        order: Read { name: cast.order.clone(), etag: etag(Rpc::GetOrder, &cast.order).await },
        chamber: cast.organization(Org::Chamber).into(),
        request: officer.reads(request).await.unwrap(),
        user: Read { name: world.chamber().judge().name, ..Read::default() },
        questionnaire: world.published(questionnaires::document()).await,
        ..Things::default()
    }
}

/// A reference: who calls what, where in the message it stands, and what is there but not for the caller to name.
type Reference = (Actor, Rpc, &'static str, Vec<String>);

fn references(world: &World, hidden: &Hidden) -> Vec<Reference> {
    let (officer, legal_officer) = (world.registry().officer(), world.chamber().legal_officer());
    let (portugal, belgium) = (world.portugal(), world.belgium());
    let organ = |org| world.cast().organization(org).to_owned();
    let create = |pointer, hidden| (officer.clone(), Rpc::CreateFreezingRequest, pointer, vec![hidden]);
    let record = |pointer, hidden| (legal_officer.clone(), Rpc::RecordOrder, pointer, vec![hidden]);
    let other_person = || vec![hidden.person.clone()];
    vec![
        create("/freezing_request/case", hidden.case.clone()),
        create("/freezing_request/order", hidden.order.clone()),
        // It is there, but no State.
        create("/freezing_request/requested_state", organ(Org::Authority)),
        create("/freezing_request/content/persons/0/person", hidden.person.clone()),
        (
            officer.clone(),
            Rpc::UpdateFreezingRequest,
            "/freezing_request/content/persons/0/person",
            other_person(),
        ),
        (officer.clone(), Rpc::AmendFreezingRequest, "/content/persons/0/person", other_person()),
        // The second is there and known, but goes to another State.
        (
            officer.clone(),
            Rpc::WithdrawFreezingRequest,
            "/successor",
            vec![hidden.request_of_prosecutor.clone(), hidden.request_to_belgium.clone()],
        ),
        (
            portugal.focal_point(),
            Rpc::AssignAuthority,
            "/authority",
            vec![hidden.authority_of_belgium.clone(), belgium.name().into(), organ(Org::Registry)],
        ),
        (
            portugal.focal_point(),
            Rpc::ReportRelease,
            "/releases/0/asset",
            vec![hidden.asset_in_belgium.clone()],
        ),
        (
            portugal.focal_point(),
            Rpc::ReportExecution,
            "/assets/0/value_substitute_for",
            vec![hidden.asset_in_belgium.clone()],
        ),
        (
            portugal.focal_point(),
            Rpc::ReportAsset,
            "/asset/value_substitute_for",
            vec![hidden.asset_in_belgium.clone()],
        ),
        (portugal.focal_point(), Rpc::RenewMeasure, "/measure", vec![hidden.measure_in_belgium.clone()]),
        (portugal.focal_point(), Rpc::LiftMeasure, "/measure", vec![hidden.measure_in_belgium.clone()]),
        // They are there, but no other organ of the Court.
        (officer.clone(), Rpc::ShareAsset, "/recipient", vec![portugal.name().into(), organ(Org::Registry)]),
        (officer.clone(), Rpc::RevokeAssetShare, "/recipient", vec![portugal.name().into()]),
        (portugal.focal_point(), Rpc::DecideClaim, "/claim", vec![hidden.claim_in_belgium.clone()]),
        (
            portugal.focal_point(),
            Rpc::RecordCost,
            "/cost/agreed_in",
            vec![hidden.thread_with_belgium.clone()],
        ),
        record("/order/case", hidden.case.clone()),
        record("/order/chamber", organ(Org::Registry)),
        record("/order/applicant", organ(Org::Chamber)),
        record("/order/persons/0", hidden.person.clone()),
        (legal_officer.clone(), Rpc::ModifyOrder, "/persons/0", other_person()),
        (legal_officer.clone(), Rpc::ModifyOrder, "/ended_for/0", other_person()),
        (legal_officer.clone(), Rpc::ModifyOrder, "/kept_for/0", other_person()),
        (belgium.admin(), Rpc::CreateUser, "/user/organization", vec![portugal.name().into()]),
        (belgium.admin(), Rpc::CreateOrganization, "/organization/state", vec![portugal.name().into()]),
        // It is there, but no State.
        (
            officer.clone(),
            Rpc::CirculateQuestionnaire,
            "/circulation/requested_states/0",
            vec![organ(Org::Otp), hidden.authority_of_belgium.clone()],
        ),
        (officer.clone(), Rpc::AssignMember, "/user", vec![portugal.focal_point().name]),
        // Nobody who is not a member can be told from somebody who is not there.
        (officer, Rpc::UnassignMember, "/user", vec![portugal.focal_point().name]),
    ]
}

#[tokio::test]
async fn a_reference_to_what_is_hidden_is_a_reference_to_nothing() {
    let world = World::new().await;
    let hidden = Hidden::in_world(&world).await;
    let name = world.in_state(State::Executed).await;
    let portugal = world.portugal().focal_point();
    let asset = portugal.reports_asset(&name, yacht()).await.unwrap();
    let known = Things { asset: Read { name: asset.name, etag: asset.etag }, ..known(&world, &name).await };
    for (caller, rpc, pointer, hidden) in references(&world, &hidden) {
        let own = Read { name: world.cast().organization(caller.org).into(), ..Read::default() };
        let message = sample(rpc, &Things { organization: own, ..known.clone() });
        let about_absent = with(&message, pointer, &beside(&hidden[0]));
        let absent = caller.call(rpc, about_absent).await.unwrap_err();
        let code = if rpc == Rpc::UnassignMember { Code::FailedPrecondition } else { Code::NotFound };
        assert_eq!(absent.code(), code, "{rpc:?} {pointer}: {absent:?}");
        for name in hidden {
            let told = caller.call(rpc, with(&message, pointer, &name)).await.unwrap_err();
            assert_eq!(all_of(&told), all_of(&absent), "{rpc:?} {pointer} {name}");
        }
    }
}

/// A name in the same place of something that is not there.
fn beside(name: &str) -> String {
    let (place, _) = name.rsplit_once('/').unwrap();
    format!("{place}/{}", new_id())
}

fn with(message: &Value, pointer: &str, name: &str) -> Value {
    let mut message = message.clone();
    message["request_id"] = new_id().into();
    let (parent, last) = pointer.rsplit_once('/').unwrap();
    let place = message.pointer_mut(parent).unwrap();
    match last.parse::<usize>() {
        Ok(position) => place[position] = name.into(),
        Err(_) => place[last] = name.into(),
    }
    message
}

/// All fields of calls that hold a reference, apart from `name` and `parent`, from the contract itself.
fn references_of_the_contract() -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for rpc in Rpc::ALL {
        walk(&method(*rpc).input(), &format!("{rpc:?}"), &mut found);
    }
    found
}

fn walk(message: &MessageDescriptor, path: &str, found: &mut BTreeSet<String>) {
    let [reference, output_only] = ["reference", "output_only"]
        .map(|name| CONTRACT.get_extension_by_name(&format!("focalnet.v1.{name}")).unwrap());
    for field in message.fields() {
        let options = field.options();
        let is_own_name = matches!(field.name(), "name" | "parent") && !path.contains('/');
        if options.get_extension(&output_only).as_bool() == Some(true) || is_own_name {
            continue;
        }
        let path = format!("{path}/{}", field.name());
        match field.kind() {
            Kind::Message(inner) => walk(&inner, &path, found),
            _ if options.has_extension(&reference) => {
                found.insert(path);
            }
            _ => {}
        }
    }
}

#[tokio::test]
async fn no_reference_of_the_contract_is_left_out() {
    let world = World::new().await;
    let hidden = Hidden::in_world(&world).await;
    let tried: BTreeSet<_> = references(&world, &hidden)
        .into_iter()
        .map(|(_, rpc, pointer, _)| format!("{rpc:?}{}", pointer.replace("/0", "")))
        .collect();
    // An update reads nothing but what its mask may name.
    let unread = [
        "UpdateFreezingRequest/freezing_request/case",
        "UpdateFreezingRequest/freezing_request/order",
        "UpdateFreezingRequest/freezing_request/requested_state",
        "UpdateOrganization/organization/state",
        "UpdateAsset/asset/value_substitute_for",
    ];
    let missing = references_of_the_contract().into_iter().filter(|path| !tried.contains(path));
    let missing: Vec<_> = missing.filter(|path| !unread.contains(&path.as_str())).collect();
    assert_eq!(missing, Vec::<String>::new());
}

#[tokio::test]
async fn a_filter_for_what_is_hidden_finds_as_much_as_one_for_nothing() {
    let world = World::new().await;
    let hidden = Hidden::in_world(&world).await;
    let name = world.in_state(State::Executed).await;
    let (officer, portugal, belgium) = (world.registry().officer(), world.portugal(), world.belgium());
    let of =
        |field: &str, name: &str| (format!("{field} = {name}"), format!("{field} = {}", elsewhere(name)));
    let text = |field: &str, there: &str, absent: &str| {
        (format!("{field} = {there}"), format!("{field} = {absent}"))
    };
    let rows = [
        (&officer, Rpc::ListCases, text("case_number", &hidden.case_number, "ICC-09/09-09/09")),
        (&officer, Rpc::ListOrders, of("case", &hidden.case)),
        (&officer, Rpc::ListFreezingRequests, of("case", &hidden.case)),
        (&officer, Rpc::ListFreezingRequests, of("order", &hidden.order)),
        (&officer, Rpc::ListApprovals, of("subject", &hidden.request_of_prosecutor)),
        (&belgium.focal_point(), Rpc::ListFreezingRequests, of("requested_state", portugal.name())),
        (&belgium.focal_point(), Rpc::ListApprovals, of("subject", &name)),
        (&belgium.admin(), Rpc::ListOrganizations, of("state", portugal.name())),
        (&belgium.admin(), Rpc::ListUsers, of("organization", portugal.name())),
        (&belgium.admin(), Rpc::ListUsers, text("login", &portugal.focal_point().login, "nobody.at_all")),
    ];
    for (caller, rpc, (there, absent)) in rows {
        let there = caller.call(rpc, json!({ "filter": there })).await.unwrap();
        let absent = caller.call(rpc, json!({ "filter": absent })).await.unwrap();
        assert_eq!(there, absent, "{rpc:?}");
    }
    // The other side's stream of a request that one does see.
    for (caller, stream) in
        [(&officer, "state"), (&portugal.focal_point(), "issuer"), (&belgium.admin(), "shared")]
    {
        let list = |stream: &str| json!({ "parent": name, "filter": format!("stream = {name}/{stream}") });
        let there = caller.call(Rpc::ListEvents, list(stream)).await.map_err(|told| all_of(&told));
        let absent = caller.call(Rpc::ListEvents, list("none")).await.map_err(|told| all_of(&told));
        assert_eq!(there, absent, "{stream}");
    }
}

#[tokio::test]
async fn a_page_token_is_good_for_whom_it_was_given_to() {
    let world = World::new().await;
    let (portugal, belgium) = (world.portugal(), world.belgium());
    for state in [&portugal, &portugal, &belgium, &belgium] {
        world.transmitted(state).await;
    }
    let page = async |caller: &Actor, token: &str| {
        caller.call(Rpc::ListFreezingRequests, json!({ "page_size": 1, "page_token": token })).await
    };
    let token = field(&page(&portugal.focal_point(), "").await.unwrap(), "next_page_token");
    let garbage = page(&belgium.focal_point(), "AAAA").await.unwrap_err();
    assert_eq!(garbage.code(), Code::InvalidArgument);
    for stranger in [belgium.focal_point(), portugal.deputy(), world.registry().officer()] {
        assert_eq!(
            all_of(&page(&stranger, &token).await.unwrap_err()),
            all_of(&garbage),
            "{}",
            stranger.login
        );
    }
    page(&portugal.focal_point(), &token).await.unwrap();
}

#[tokio::test]
async fn a_request_id_of_somebody_else_means_nothing() {
    let world = World::new().await;
    let (portugal, belgium) = (world.portugal().focal_point(), world.belgium().focal_point());
    let (theirs, own) =
        (world.transmitted(&world.portugal()).await, world.transmitted(&world.belgium()).await);
    let about = async |reader: &Actor, name: &str| Things {
        request: reader.reads(name).await.unwrap(),
        ..Things::default()
    };
    let message = sample(Rpc::AcknowledgeFreezingRequest, &about(&portugal, &theirs).await);
    portugal.call(Rpc::AcknowledgeFreezingRequest, message.clone()).await.unwrap();

    let told = belgium.call(Rpc::AcknowledgeFreezingRequest, message.clone()).await.unwrap_err();
    let mut absent = message.clone();
    absent["name"] = elsewhere(&theirs).into();
    let nothing = belgium.call(Rpc::AcknowledgeFreezingRequest, absent).await.unwrap_err();
    assert_eq!(all_of(&told), all_of(&nothing), "the very call of Portugal");

    let mut of_its_own = sample(Rpc::AcknowledgeFreezingRequest, &about(&belgium, &own).await);
    of_its_own["request_id"] = message["request_id"].clone();
    let done = belgium.call(Rpc::AcknowledgeFreezingRequest, of_its_own).await.unwrap();
    assert_eq!(field(&done, "name"), own, "it is free for Belgium's own call");
}

#[tokio::test]
async fn the_number_of_a_hidden_case_is_free() {
    let world = World::new().await;
    let hidden = Hidden::in_world(&world).await;
    let case = made(&world.registry().officer(), Rpc::CreateCase, &Things::default()).await;
    assert_eq!(field(&case, "case_number"), hidden.case_number);
}
