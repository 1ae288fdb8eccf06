//! Versions: what was sent never changes, and what was not sent does not exist for the State.

use focalnet::testing::store::provision::{APP, OWNER};
use focalnet_contract::proto::{
    FreezingRequest, ListFreezingRequestsRequest,
    freezing_request::{Flag, State as WireState},
};
use focalnet_domain::freezing_request::{ActKind, State};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use tonic::Code;

use super::{flags, wrong_state};
use crate::{
    support::{
        actor::Actor,
        acts::Deed,
        content,
        refusals::{refused, why},
        world::World,
    },
    wire::fields,
};

#[tokio::test]
async fn after_transmission_there_is_no_update() {
    let world = World::new().await;
    let officer = world.registry().officer();
    for state in [State::Transmitted, State::Executed, State::Closed, State::Withdrawn] {
        let name = world.in_state(state).await;
        assert_eq!(refused(officer.does(ActKind::Update, &name).await), wrong_state(), "{state}");
    }
}

#[tokio::test]
async fn nor_in_the_database() {
    let world = World::new().await;
    let name = world.transmitted(&world.portugal()).await;
    world.performs(ActKind::Amend, &name).await;
    let ours = "the version that was sent never changes";
    for role in [APP, OWNER] {
        let mut database = PgConnection::connect(&world.base.url(role, &world.database)).await.unwrap();
        for change in [
            "content = '{}'",
            "reason = 'x'",
            "transmit_time = NULL",
            "number = 7",
            "changed_paths = '{x}'",
            "transmission = transmission - 'reference'",
        ] {
            let sql = format!("UPDATE request_version SET {change} WHERE transmit_time IS NOT NULL");
            let told = database.execute(AssertSqlSafe(sql)).await.unwrap_err();
            let told = told.as_database_error().unwrap().code().unwrap().into_owned();
            assert_eq!(told, "23514", "{ours}: {change} as {role}");
        }
        let sql = "DELETE FROM request_version WHERE transmit_time IS NOT NULL";
        database.execute(sql).await.unwrap_err();
        // A confirmation is added, once.
        let sql =
            "UPDATE request_version SET transmission = jsonb_set(transmission, '{confirmation_reference}',
            to_jsonb(transaction_timestamp()::text)) WHERE transmit_time IS NOT NULL";
        assert_eq!(database.execute(sql).await.is_ok(), role == APP);
        // What was not sent is still being written.
        let sql = "UPDATE request_version SET reason = 'x' WHERE transmit_time IS NULL";
        assert_eq!(database.execute(sql).await.unwrap().rows_affected(), 1);
    }
}

/// All that somebody sees of a request: itself, in the list, and in the journal.
async fn seen(who: &Actor, name: &str) -> (FreezingRequest, Vec<FreezingRequest>, usize) {
    let list = who.requests().list_freezing_requests(ListFreezingRequestsRequest::default()).await.unwrap();
    let list = list.into_inner().freezing_requests;
    (who.reads(name).await.unwrap(), list, who.events(name).await.unwrap().len())
}

#[tokio::test]
async fn an_amendment_does_not_exist_for_the_state_until_it_is_sent() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    let authority = world.portuguese_authority();
    let name = world.in_state(State::Executing).await;
    let before = [seen(&portugal, &name).await, seen(&authority, &name).await];

    let amended = officer.does(ActKind::Amend, &name).await.unwrap();
    assert_eq!((amended.version, amended.state()), (2, WireState::Executing));
    assert_eq!(flags(&amended), [Flag::AmendmentUnsent]);
    assert_eq!(amended.versions[1].transmit_time, None);
    assert_eq!([seen(&portugal, &name).await, seen(&authority, &name).await], before);
    officer.does(ActKind::Transmit, &name).await.unwrap();
    assert_eq!([seen(&portugal, &name).await, seen(&authority, &name).await], before, "nor the proposal");

    world.registry().approver().approves(&name).await.unwrap();
    for (who, (then, ..)) in [&portugal, &authority].into_iter().zip(&before) {
        let now = who.reads(&name).await.unwrap();
        assert_eq!((now.version, now.versions.len(), now.state()), (2, 2, WireState::Executing));
        assert_eq!(now.versions[0], then.versions[0], "the first stays as it was");
        assert_eq!(
            (now.versions[1].changed_paths.as_slice(), now.versions[1].reason.as_str()),
            (["grounds".to_owned()].as_slice(), "New facts")
        );
        assert_ne!(now.versions[1].content_sha256, now.versions[0].content_sha256);
        assert_eq!(now.content.unwrap().grounds, "The assets are being moved.");
        assert_ne!(now.etag, then.etag);
        assert_eq!(now.transmit_time, then.transmit_time, "it was first sent then");
    }
}

#[tokio::test]
async fn what_was_sent_before_stays_readable() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    let name = world.in_state(State::Executing).await;
    let first = portugal.reads(&name).await.unwrap();
    officer.does(ActKind::Amend, &name).await.unwrap();
    let in_force = officer.reads_version(&name, 1).await.unwrap();
    assert_eq!(
        (in_force.version, in_force.content.unwrap().grounds),
        (1, first.content.clone().unwrap().grounds)
    );
    assert_eq!(portugal.reads_version(&name, 2).await.unwrap_err().code(), Code::NotFound, "it was not sent");
    world.performs(ActKind::Transmit, &name).await;
    assert_eq!(portugal.reads_version(&name, 1).await.unwrap().content, first.content);
    assert_eq!(portugal.reads_version(&name, 3).await.unwrap_err().code(), Code::NotFound);
}

#[tokio::test]
async fn a_version_says_where_it_differs_from_the_one_sent_before() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let name = world.transmitted(&world.portugal()).await;
    let mut first = content::json(&world.cast().person);
    first["grounds"] = "Something else".into();
    officer.amends(&name, first).await.unwrap();

    // Written again before it was sent: the difference is still to what the State has.
    let mut second = content::json(&world.cast().person);
    second["assets"][0]["location"] = "Liège".into();
    second["assets"][0]["identifiers"][0]["value"] = "BE71 0961 2345 6769".into();
    second["assets"].as_array_mut().unwrap().push(json!({
        "type": "ASSET_TYPE_REAL_ESTATE", "description": "A house", "location": "Faro", "grounds": "It is in the register.",
        "holder": { "value": "Somebody" }, "identifiers": [{ "kind": "KIND_TITLE_NUMBER", "value": "7/2001" }], "link": "He lives there.", "valuation": {
            "value": { "currency_code": "EUR", "amount": "1.00" }, "valuation_date": "2010-02-01",
            "method": "METHOD_BOOK" },
    }));
    second["persons"][0]["natural"]["aliases"] = json!(["Le Passeur", "JP"]);
    second["persons"][0]["natural"]["sex"] = json!({ "absence": "ABSENCE_WITHHELD" });
    second.as_object_mut().unwrap().remove("placeOfExecution");
    let amended = officer.amends(&name, second).await.unwrap();
    assert_eq!((amended.version, amended.versions.len()), (2, 2));
    let mut paths = amended.versions[1].changed_paths.clone();
    paths.sort();
    let (sex, rest): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| path.contains(".sex"));
    assert!(!sex.is_empty());
    assert_eq!(
        rest,
        [
            "assets[0].identifiers[0].value",
            "assets[0].location",
            "assets[1]",
            "persons[0].natural.aliases[1]",
            "place_of_execution",
        ]
    );
}

#[tokio::test]
async fn a_new_version_is_acknowledged_anew() {
    let world = World::new().await;
    let portugal = world.portugal().focal_point();
    let name = world.in_state(State::Executing).await;
    assert_eq!(refused(portugal.does(ActKind::Acknowledge, &name).await), wrong_state(), "once is enough");
    world.performed(&name, &[Deed::from(ActKind::Amend), ActKind::Transmit.into()]).await;
    let sent = portugal.reads(&name).await.unwrap();
    assert_eq!(flags(&sent), [Flag::AmendmentUnacknowledged]);
    let known = portugal.does(ActKind::Acknowledge, &name).await.unwrap();
    assert_eq!((flags(&known), known.state()), (vec![], WireState::Executing));
    assert_eq!(refused(portugal.does(ActKind::Acknowledge, &name).await), wrong_state());
    // One that was not received at all is acknowledged as a whole.
    let other = world.in_state(State::Transmitted).await;
    world.performed(&other, &[Deed::from(ActKind::Amend), ActKind::Transmit.into()]).await;
    assert_eq!(flags(&portugal.reads(&other).await.unwrap()), []);
    let known = portugal.does(ActKind::Acknowledge, &other).await.unwrap();
    assert_eq!((flags(&known), known.state()), (vec![], WireState::Acknowledged));
}

#[tokio::test]
async fn without_an_amendment_there_is_nothing_to_send_again() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let name = world.in_state(State::Executing).await;
    assert_eq!(refused(officer.does(ActKind::Transmit, &name).await), wrong_state());
}

#[tokio::test]
async fn an_amendment_is_as_complete_as_a_request_and_drops_nothing() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let name = world.transmitted(&world.portugal()).await;
    let whole = content::json(&world.cast().person);
    let mut incomplete = whole.clone();
    incomplete.as_object_mut().unwrap().remove("grounds");
    let mut fewer = whole.clone();
    fewer["purposes"].as_array_mut().unwrap().pop();
    let mut nobody = whole.clone();
    nobody["persons"] = json!([{ "capacity": "CAPACITY_OWNER", "natural": { "familyName": "Mbala" } }]);
    for (content, named, reason) in [
        (incomplete.clone(), "content.grounds", "INCOMPLETE"),
        (fewer, "content.purposes", "INVALID_ARGUMENT"),
        (nobody, "content.persons", "INVALID_ARGUMENT"),
    ] {
        let told = officer.amends(&name, content).await.unwrap_err();
        assert_eq!(why(&told), (Code::InvalidArgument, reason.into()));
        assert!(fields(&told).iter().any(|field| field == named), "{named} in {:?}", fields(&told));
    }
    assert_eq!(officer.reads(&name).await.unwrap().version, 1);
}

#[tokio::test]
async fn a_person_of_an_amendment_is_concerned_once_it_is_sent() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    let name = world.transmitted(&world.portugal()).await;
    let mut content = content::json(&world.cast().person);
    let said = json!({ "value": "As in the register" });
    let owner = json!({ "capacity": "CAPACITY_OWNER", "legal": {
        "legalName": "Transports du Port", "legalForm": said, "tradeName": said, "seat": said,
        "registrationNumber": said, "address": said, "representative": said,
    }});
    content["persons"].as_array_mut().unwrap().push(owner);
    let amended = officer.amends(&name, content).await.unwrap();
    assert_eq!(amended.persons.len(), 1);
    world.performs(ActKind::Transmit, &name).await;
    let persons = portugal.reads(&name).await.unwrap().persons;
    let [_, owner] = &persons[..] else { unreachable!("two persons") };
    assert_eq!((owner.position, owner.display_name.as_str()), (1, "Transports du Port"));
    assert!(
        owner.active_purposes.is_empty() && !persons[0].active_purposes.is_empty(),
        "an owner carries none"
    );
}
