//! The end of the obligation, for persons and purposes.

use focalnet_contract::{
    Rpc,
    proto::{
        FreezingRequest, PurposeKind, RequestPerson, RequestPurpose, freezing_request::State as WireState,
        request_person::Status, request_purpose::Status as PurposeStatus,
    },
};
use focalnet_domain::freezing_request::State;
use serde_json::{Value, json};
use tonic::Code;

use super::day;
use crate::{
    support::{content, refusals::why, world::World},
    wire::fields,
};

fn cease(persons: &[i32], purposes: &[&str], status: &str) -> Value {
    json!({
        "persons": persons, "purposes": purposes, "status": status, "effective_date": "2018-06-08",
        "reason": "Judgment of 8 June 2018",
    })
}

/// The officer ceases, and the approver agrees.
async fn ceased(world: &World, name: &str, with: Value) -> FreezingRequest {
    world.registry().officer().acts(Rpc::CeaseFreezingRequest, name, with).await.unwrap();
    world.registry().approver().approves(name).await.unwrap();
    let read = world.registry().officer().reads(name).await.unwrap();
    let theirs = world.portugal().focal_point().reads(name).await.unwrap();
    let facts = |read: &FreezingRequest| {
        let persons = read.persons.iter().map(|person| {
            let RequestPerson { status, status_date, active_purposes, .. } = person.clone();
            (status, status_date, active_purposes)
        });
        (read.state, read.purposes.clone(), persons.collect::<Vec<_>>())
    };
    assert_eq!(facts(&read), facts(&theirs), "the State sees the same");
    read
}

/// The purposes, whether each holds, and since when not.
fn purposes(read: &FreezingRequest) -> Vec<(PurposeKind, PurposeStatus, &str)> {
    let told = |told: &'_ RequestPurpose| (told.purpose(), told.status());
    let days = read.purposes.iter().map(|purpose| purpose.end_date.as_str());
    read.purposes.iter().map(told).zip(days).map(|((kind, status), day)| (kind, status, day)).collect()
}

const FORFEITURE: PurposeKind = PurposeKind::Forfeiture;
const REPARATIONS: PurposeKind = PurposeKind::Reparations;

#[tokio::test]
async fn one_purpose_ends_before_the_other() {
    let world = World::new().await;
    let name = world.in_state(State::Executed).await;
    let with = cease(&[0], &["PURPOSE_KIND_FORFEITURE"], "STATUS_ACTIVE");
    let read = ceased(&world, &name, with).await;
    assert_eq!(read.state(), WireState::Executed, "the other one holds");
    let first = (FORFEITURE, PurposeStatus::Ceased, "2018-06-08");
    assert_eq!(purposes(&read), [first, (REPARATIONS, PurposeStatus::Active, "")]);
    assert_eq!(read.persons[0].active_purposes().collect::<Vec<_>>(), [REPARATIONS]);
    assert_eq!(read.persons[0].status(), Status::Active);

    let with = cease(&[0], &["PURPOSE_KIND_FORFEITURE"], "STATUS_ACQUITTED");
    let told = world.registry().officer().acts(Rpc::CeaseFreezingRequest, &name, with).await.unwrap_err();
    assert_eq!(fields(&told), ["purposes"], "it has ended already");

    let both = ["PURPOSE_KIND_FORFEITURE", "PURPOSE_KIND_REPARATIONS"];
    let mut with = cease(&[0], &both, "STATUS_ACQUITTED");
    with["effective_date"] = "2018-11-20".into();
    let read = ceased(&world, &name, with).await;
    assert_eq!(read.state(), WireState::Ceased);
    let second = (REPARATIONS, PurposeStatus::Ceased, "2018-11-20");
    assert_eq!(purposes(&read), [first, second], "and keeps its own day");
    assert!(read.persons[0].active_purposes.is_empty());
    let person = (read.persons[0].status(), read.persons[0].status_date.as_str());
    assert_eq!(person, (Status::Acquitted, "2018-11-20"));
}

#[tokio::test]
async fn the_charges_against_one_of_two_are_dropped() {
    let world = World::new().await;
    let name = world.about_two().await;
    let both = ["PURPOSE_KIND_FORFEITURE", "PURPOSE_KIND_REPARATIONS"];
    let read = ceased(&world, &name, cease(&[1], &both, "STATUS_LAPSED")).await;
    assert_eq!(read.state(), WireState::Transmitted);
    let status = read.persons.iter().map(|person| (person.status(), person.active_purposes.len()));
    assert_eq!(status.collect::<Vec<_>>(), [(Status::Active, 2), (Status::Lapsed, 0)]);
    let active = (PurposeStatus::Active, "");
    assert_eq!(purposes(&read), [FORFEITURE, REPARATIONS].map(|kind| (kind, active.0, active.1)));

    // What ended does not begin again with a new version.
    let mut content = content::json(&world.cast().person);
    let person = read.persons[1].person.clone();
    let mut second = content["persons"][0].clone();
    second["person"] = person.into();
    content["persons"].as_array_mut().unwrap().push(second);
    content["grounds"] = "The assets may be moved any day.".into();
    world.amended(&name, content).await;
    let read = world.portugal().focal_point().reads(&name).await.unwrap();
    let status = read.persons.iter().map(|person| (person.status(), person.active_purposes.len()));
    assert_eq!(status.collect::<Vec<_>>(), [(Status::Active, 2), (Status::Lapsed, 0)]);

    let read = ceased(&world, &name, cease(&[0, 1], &both, "STATUS_DECEASED")).await;
    assert_eq!(read.state(), WireState::Ceased);
}

#[tokio::test]
async fn it_ends_for_persons_and_purposes_of_the_request_and_not_in_the_future() {
    let world = World::new().await;
    let (officer, name) = (world.registry().officer(), world.in_state(State::Executed).await);
    let good = cease(&[0], &["PURPOSE_KIND_FORFEITURE"], "STATUS_ACTIVE");
    for (field, value, named) in [
        ("effective_date", json!(day(2)), "effective_date"),
        ("effective_date", json!("8 June 2018"), "effective_date"),
        ("persons", json!([0, 7]), "persons[1]"),
        ("persons", json!([-1]), "persons[0]"),
        ("persons", json!([]), "persons"),
        ("purposes", json!(["PURPOSE_KIND_FINE"]), "purposes[0]"),
        ("purposes", json!([]), "purposes"),
        ("status", json!("STATUS_UNSPECIFIED"), "status"),
        ("reason", json!(""), "reason"),
    ] {
        let mut with = good.clone();
        with[field] = value;
        let told = officer.acts(Rpc::CeaseFreezingRequest, &name, with).await.unwrap_err();
        assert_eq!(why(&told), (Code::InvalidArgument, "INVALID_ARGUMENT".into()), "{named}");
        assert_eq!(fields(&told), [named]);
    }
    officer.acts(Rpc::CeaseFreezingRequest, &name, good).await.unwrap();
}
