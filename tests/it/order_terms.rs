//! A request asks for no more than its order: not when it is checked, made ready, proposed, approved or amended, and
//! whatever reason is given.

use focalnet_contract::{
    Rpc,
    proto::{PurposeKind, freezing_request::State as WireState},
};
use focalnet_domain::freezing_request::{ActKind, State};
use serde_json::{Value, json};
use tonic::{Code, Status};

use crate::{
    support::{content, refusals::why, world::World},
    wire::fields,
};

const FORFEITURE: &str = "PURPOSE_KIND_FORFEITURE";
const REPARATIONS: &str = "PURPOSE_KIND_REPARATIONS";

/// A draft to Portugal that says this.
async fn drafted(world: &World, content: &Value) -> String {
    let officer = world.registry().officer();
    let name = world.draft_for(&world.portugal()).await;
    let etag = officer.reads(&name).await.unwrap().etag;
    let update = json!({ "freezing_request": { "name": name, "content": content }, "etag": etag });
    officer.asks(Rpc::UpdateFreezingRequest, update).await.unwrap();
    name
}

/// The officer makes it ready, with a reason for whatever is missing.
async fn made_ready(world: &World, name: &str) -> Result<(), Status> {
    let officer = world.registry().officer();
    let with = json!({ "override_reason": "There is no time." });
    officer.acts(Rpc::MarkFreezingRequestReady, name, with).await.map(|_| ())
}

/// What the check of a draft finds against its order.
async fn found(world: &World, name: &str) -> Vec<String> {
    let check = json!({ "name": name });
    let check = world.registry().officer().asks(Rpc::CheckFreezingRequest, check).await.unwrap();
    let findings = check["findings"].as_array().cloned().unwrap_or_default();
    let of_order = findings.iter().filter(|finding| finding["section"] == "Order");
    let fields = of_order.map(|finding| finding["field"].as_str().unwrap().to_owned()).collect::<Vec<_>>();
    assert_eq!(check["complete"] == true, fields.is_empty(), "{check}");
    fields
}

async fn another_person(world: &World) -> String {
    let add = json!({ "parent": world.cast().case, "person": {
        "family_name": "Mbala", "given_names": "Aimé", "warrant_date": "2008-05-23",
    }});
    let person = world.registry().officer().asks(Rpc::AddPerson, add).await.unwrap();
    person["name"].as_str().unwrap().to_owned()
}

fn about(world: &World, purposes: &[&str]) -> Value {
    let mut content = content::json(&world.cast().person);
    let stated =
        purposes.iter().map(|purpose| json!({ "purpose": purpose, "basis": "RS 57(3)(e), 75, 77, RoC 85" }));
    content["purposes"] = stated.collect();
    content
}

/// The check finds it, and no reason makes it ready.
async fn is_refused(world: &World, content: &Value, named: &[&str]) {
    let name = drafted(world, content).await;
    let paths: Vec<_> = named.iter().map(|field| format!("freezing_request.{field}")).collect();
    assert_eq!(found(world, &name).await, paths);
    let told = made_ready(world, &name).await.unwrap_err();
    assert_eq!(why(&told), (Code::InvalidArgument, "INCOMPLETE".into()));
    assert_eq!(fields(&told), paths);
    assert_eq!(world.registry().officer().reads(&name).await.unwrap().state(), WireState::Draft);
}

#[tokio::test]
async fn about_nobody_whom_the_order_does_not_name() {
    let world = World::new().await;
    let mut content = content::json(&world.cast().person);
    let mut other = content["persons"][0].clone();
    other["person"] = another_person(&world).await.into();
    content["persons"].as_array_mut().unwrap().push(other);
    is_refused(&world, &content, &["content.persons[1].person"]).await;
    // As an owner that person carries no purposes.
    content["persons"][1]["capacity"] = "CAPACITY_OWNER".into();
    let name = drafted(&world, &content).await;
    assert_eq!(found(&world, &name).await, Vec::<String>::new());
    world.performed(&name, &[ActKind::MarkReady.into(), ActKind::Transmit.into()]).await;
    let read = world.portugal().focal_point().reads(&name).await.unwrap();
    let purposes: Vec<_> = read.persons.iter().map(|person| person.active_purposes.len()).collect();
    assert_eq!(purposes, [2, 0]);
}

#[tokio::test]
async fn for_nothing_that_the_order_does_not_serve_any_more_or_never_did() {
    let world = World::new().await;
    is_refused(&world, &about(&world, &["PURPOSE_KIND_FINE", REPARATIONS]), &["content.purposes[0].purpose"])
        .await;
    let ended = json!({
        "summary": "No proceeds.", "ended_purposes": [FORFEITURE], "ended_for": [world.cast().person],
        "end_reason": "No proceeds were found.",
    });
    world.decides(Rpc::ModifyOrder, ended).await.unwrap();
    is_refused(&world, &about(&world, &[REPARATIONS, FORFEITURE]), &["content.purposes[1].purpose"]).await;
}

#[tokio::test]
async fn by_no_measure_that_the_order_does_not_order() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let name = drafted(&world, &about(&world, &[FORFEITURE, "PURPOSE_KIND_LEGAL_AID"])).await;
    let etag = officer.reads(&name).await.unwrap().etag;
    let measures = ["MEASURE_FREEZE", "MEASURE_RECOVER_LEGAL_AID"];
    let update = json!({ "freezing_request": { "name": name, "measures": measures }, "etag": etag });
    officer.asks(Rpc::UpdateFreezingRequest, update).await.unwrap();
    let check = officer.asks(Rpc::CheckFreezingRequest, json!({ "name": name })).await.unwrap();
    let of_order =
        check["findings"].as_array().unwrap().iter().filter(|finding| finding["section"] == "Order");
    let of_order: Vec<_> = of_order.map(|finding| finding["field"].as_str().unwrap()).collect();
    assert_eq!(of_order, ["freezing_request.measures[1]"]);
    let told = made_ready(&world, &name).await.unwrap_err();
    assert!(fields(&told).contains(&"freezing_request.measures[1]".to_owned()));

    // A later decision orders it, and takes nothing back that was ordered.
    let all = ["MEASURE_TRACE", "MEASURE_FREEZE", "MEASURE_ENFORCE", "MEASURE_RECOVER_LEGAL_AID"];
    let fewer = json!({ "summary": "Only this.", "measures": ["MEASURE_RECOVER_LEGAL_AID"] });
    assert_eq!(fields(&world.decides(Rpc::ModifyOrder, fewer).await.unwrap_err()), ["measures"]);
    world.decides(Rpc::ModifyOrder, json!({ "summary": "This too.", "measures": all })).await.unwrap();
    made_ready(&world, &name).await.unwrap();
}

/// The state of the person is looked at each time anew.
#[tokio::test]
async fn an_acquittal_stops_it_wherever_it_is_on_its_way() {
    for steps in [&[][..], &[ActKind::MarkReady]] {
        let world = World::new().await;
        let officer = world.registry().officer();
        let name = world.draft_for(&world.portugal()).await;
        for step in steps {
            world.performs(*step, &name).await;
        }
        let waiting = !steps.is_empty();
        if waiting {
            officer.does(ActKind::Transmit, &name).await.unwrap();
        }
        let proposal = officer.reads(&name).await.unwrap().pending_approval;
        world.stands(&world.cast().person, "STATUS_ACQUITTED").await;
        assert_eq!(found(&world, &name).await.len(), 2);
        if waiting {
            let approver = world.registry().approver();
            let proposal = approver.reads_approval(&proposal).await.unwrap();
            let told = approver.approves_as_read(&proposal).await.unwrap_err();
            assert_eq!(why(&told), (Code::InvalidArgument, "INCOMPLETE".into()));
            let etag = approver.reads_approval(&proposal.name).await.unwrap().etag;
            let decline = json!({ "name": proposal.name, "etag": etag, "reason": "Acquitted." });
            approver.asks(Rpc::Decline, decline).await.unwrap();
            officer.does(ActKind::Transmit, &name).await.unwrap_err();
        } else {
            made_ready(&world, &name).await.unwrap_err();
        }
        let hidden = world.portugal().focal_point().reads(&name).await.unwrap_err();
        assert_eq!(hidden.code(), Code::NotFound, "nothing was sent");
    }
}

#[tokio::test]
async fn an_amendment_adds_nothing_that_the_order_does_not_have() {
    let world = World::new().await;
    let (officer, name) = (world.registry().officer(), world.in_state(State::Executed).await);
    let mut content = about(&world, &[FORFEITURE, REPARATIONS, "PURPOSE_KIND_FINE"]);
    let with = |content: &Value| json!({ "content": content, "reason": "More of it.", "override_reason": "No time." });
    let told = officer.acts(Rpc::AmendFreezingRequest, &name, with(&content)).await.unwrap_err();
    assert_eq!(fields(&told), ["content.purposes[2].purpose"]);

    // What has ended in the request stands in the way of no amendment.
    let ended = json!({ "summary": "No proceeds.", "ended_purposes": [FORFEITURE], "end_reason": "None were found." });
    world.decides(Rpc::ModifyOrder, ended).await.unwrap();
    world.all_ended().await;
    content["purposes"].as_array_mut().unwrap().pop();
    content["grounds"] = "The assets may be moved any day.".into();
    officer.acts(Rpc::AmendFreezingRequest, &name, with(&content)).await.unwrap();
    world.performs(ActKind::Transmit, &name).await;
    let read = world.portugal().focal_point().reads(&name).await.unwrap();
    assert_eq!(read.persons[0].active_purposes().collect::<Vec<_>>(), [PurposeKind::Reparations]);
}

/// Where no text says what becomes of a purpose, a decision that names it does.
#[tokio::test]
async fn after_death_only_a_decision_ends_or_keeps_a_purpose() {
    let world = World::new().await;
    let (person, focal_point) = (world.cast().person.as_str(), world.portugal().focal_point());
    let sent = world.in_state(State::Executed).await;
    world.stands(person, "STATUS_DECEASED").await;
    assert_eq!(world.count("order_work").await, 0, "nothing ends by itself");
    assert_eq!(focal_point.reads(&sent).await.unwrap().state(), WireState::Executed);
    let both = about(&world, &[FORFEITURE, REPARATIONS]);
    is_refused(&world, &both, &["content.purposes[0].purpose", "content.purposes[1].purpose"]).await;

    for (purposes, persons, named) in [
        (&[FORFEITURE][..], json!([]), "kept_for"),
        (&[], json!([person]), "kept_for"),
        (&["PURPOSE_KIND_FINE"], json!([person]), "kept_for[0]"),
    ] {
        let keep = json!({ "summary": "It stays.", "kept_purposes": purposes, "kept_for": persons });
        assert_eq!(fields(&world.decides(Rpc::ModifyOrder, keep).await.unwrap_err()), [named]);
    }
    let decided = json!({
        "summary": "What was gained stays frozen for the heirs' hearing; nothing is left to repair.",
        "kept_purposes": [FORFEITURE], "kept_for": [person],
        "ended_purposes": [REPARATIONS], "ended_for": [person], "end_reason": "The accused has died.",
    });
    world.decides(Rpc::ModifyOrder, decided).await.unwrap();
    let order = world.all_ended().await;
    let kept: Vec<_> = order.named_persons[0].purposes.iter().map(|held| held.kept_by.as_str()).collect();
    assert_eq!(kept, ["ICC-01/05-01/08-99", "", ""]);
    let read = focal_point.reads(&sent).await.unwrap();
    assert_eq!(read.persons[0].active_purposes().collect::<Vec<_>>(), [PurposeKind::Forfeiture]);
    let name = drafted(&world, &about(&world, &[FORFEITURE])).await;
    assert_eq!(found(&world, &name).await, Vec::<String>::new());

    // What was decided of the dead does not hold of somebody who turns out to live.
    world.stands(person, "STATUS_ACQUITTAL_APPEALED").await;
    assert_eq!(found(&world, &name).await, ["freezing_request.content.purposes[0].purpose"]);
}

#[tokio::test]
async fn a_person_leaves_an_order_only_once_nothing_holds() {
    let world = World::new().await;
    let other = another_person(&world).await;
    world.concerns(&[&other]).await;
    let leave = || json!({ "summary": "Without him.", "persons": [other] });
    assert_eq!(fields(&world.decides(Rpc::ModifyOrder, leave()).await.unwrap_err()), ["persons"]);
    let mut ended = leave();
    ended["ended_purposes"] = json!([FORFEITURE, REPARATIONS, "PURPOSE_KIND_LEGAL_AID"]);
    ended["ended_for"] = json!([world.cast().person]);
    ended["end_reason"] = "Over.".into();
    world.decides(Rpc::ModifyOrder, ended).await.unwrap();
}
