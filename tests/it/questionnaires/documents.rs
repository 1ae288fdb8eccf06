//! The document: what stands against its publication is told at once, and what is published never changes.

use std::collections::BTreeSet;

use focalnet::testing::store::provision::OWNER;
use focalnet_contract::Rpc;
use focalnet_domain::questionnaire::Document;
use serde_json::{Value, json};
use tonic::Code;

use crate::support::{
    actor::Actor,
    asking::complaints,
    cast::PASSWORD,
    ledger::{run, texts},
    program::Program,
    questionnaires::{document, question, shipped},
    refusals::{refused, why},
    samples::Read,
    terminal::{Terminal, text},
    world::World,
};

/// Publishes what was drafted.
pub(super) async fn publishes(officer: &Actor, draft: &Read) -> Result<Value, tonic::Status> {
    officer.asks(Rpc::PublishQuestionnaire, json!({ "name": draft.name, "etag": draft.etag })).await
}

async fn all_of(officer: &Actor, name: &str) -> [Vec<u8>; 3] {
    [
        officer.bytes_of(Rpc::GetQuestionnaire, json!({ "name": name })).await,
        officer.bytes_of(Rpc::ListQuestionnaires, json!({})).await,
        officer.bytes_of(Rpc::ListEvents, json!({ "parent": name })).await,
    ]
}

/// Six questions, five of them with something wrong in a condition.
fn broken() -> Value {
    let mut document = document();
    document["questions"] = json!([
        question("A1", "BOOLEAN", json!({ "relevant": "${A2} = 'yes' and" })),
        question("A2", "BOOLEAN", json!({ "relevant": "${A3} = 'yes'" })),
        question("A3", "BOOLEAN", json!({ "relevant": "${A2} = 'yes'" })),
        question("A4", "BOOLEAN", json!({ "required": "${Z9} = 'yes'" })),
        question("A5", "BOOLEAN", json!({ "relevant": "${A6} = 'maybe'" })),
        question("A6", "BOOLEAN", json!({})),
    ]);
    document
}

#[tokio::test]
async fn everything_wrong_with_a_draft_is_told_at_once_and_nothing_is_published() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let draft = world.drafted(broken()).await;
    let before = all_of(&officer, &draft.name).await;

    let told = publishes(&officer, &draft).await.unwrap_err();
    assert_eq!(why(&told), (Code::InvalidArgument, "INCOMPLETE".into()));
    let mut found = complaints(&told);
    found.sort();
    let expected = [
        ("questions[0].relevant", "`A1`", "position 18"),
        ("questions[1].relevant", "`A2`", "in the circle of `A2`, `A3`"),
        ("questions[2].relevant", "`A3`", "in the circle of `A2`, `A3`"),
        ("questions[3].required", "`A4`", "refers to `Z9`, which is no question"),
        ("questions[4].relevant", "`A5`", "`maybe` is no option of `A6`"),
    ];
    assert_eq!(found.len(), expected.len(), "{found:?}");
    for ((field, description), (path, key, what)) in found.iter().zip(expected) {
        assert_eq!(*field, format!("questionnaire.{path}"));
        assert!(description.contains(key) && description.contains(what), "{description}");
    }

    assert_eq!(all_of(&officer, &draft.name).await, before, "a refused publication leaves no trace");
    // The same draft is published once it is mended.
    let mended = json!({ "name": draft.name, "questions": document()["questions"] });
    let message = json!({ "questionnaire": mended, "update_mask": "questions", "etag": draft.etag });
    let mended = officer.asks(Rpc::UpdateQuestionnaire, message).await.unwrap();
    let draft = Read { etag: text(&mended, "etag"), ..draft };
    let published = publishes(&officer, &draft).await.unwrap();
    assert_eq!((&published["state"], &published["version_number"]), (&json!("STATE_PUBLISHED"), &json!(1)));
}

#[tokio::test]
async fn what_is_published_never_changes() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let published = world.published(document()).await;
    let before = all_of(&officer, &published.name).await;

    let renamed = json!({ "name": published.name, "title": document()["sections"][0]["label"] });
    let update = json!({ "questionnaire": renamed, "update_mask": "title", "etag": published.etag });
    let told = refused(officer.asks(Rpc::UpdateQuestionnaire, update).await);
    assert_eq!(told, (Code::FailedPrecondition, "WRONG_STATE".into()));
    let told = refused(publishes(&officer, &published).await);
    assert_eq!(told, (Code::FailedPrecondition, "WRONG_STATE".into()));

    // Nor does whoever owns the tables change it in passing.
    for role in [OWNER, "postgres"] {
        let mut database = world.database_as(role).await;
        for change in [
            "document = jsonb_set(document, '{title}', '[]')",
            "key = 'another'",
            "version_number = 7",
            "meanings = '{}'",
            "publish_time = publish_time + interval '1 day'",
            "state = 'draft', version_number = NULL, publish_time = NULL",
        ] {
            let told = run(&mut database, &format!("UPDATE questionnaire SET {change}")).await.unwrap_err();
            assert!(told.to_string().contains("a published questionnaire never changes"), "{change}: {told}");
        }
    }
    assert_eq!(all_of(&officer, &published.name).await, before);
}

/// Two officers, or one in two windows: the later one has not seen what the draft now follows.
#[tokio::test]
async fn two_that_are_published_at_once_are_two_versions_or_one() {
    let world = World::new().await;
    let officer = world.registry().officer();
    let (one, other) = (world.drafted(document()).await, world.drafted(document()).await);
    let (one, other) = tokio::join!(publishes(&officer, &one), publishes(&officer, &other));
    let number = |done: &Value| done["version_number"].as_i64().unwrap();
    match (one, other) {
        (Ok(done), Err(told)) | (Err(told), Ok(done)) => {
            assert_eq!((number(&done), why(&told)), (1, (Code::Aborted, "STALE".to_owned())));
        }
        // The later one came after the first: nothing has changed since.
        (Ok(one), Ok(other)) => {
            assert_eq!(BTreeSet::from([number(&one), number(&other)]), BTreeSet::from([1, 2]));
        }
        both => unreachable!("{both:?}"),
    }
}

#[tokio::test]
async fn the_set_of_the_program_is_published_by_two_commands() {
    let world = World::new().await;
    let program = Program::start(&["serve"], world.base.environment(&world.database));
    let officer = Terminal::of(&program.endpoint(), &world.registry().officer().login, PASSWORD);
    let draft = officer.makes(&["questionnaire", "load", "standard"]);
    let published = officer.asks(&["questionnaire", "publish", &draft]);
    assert_eq!((text(&published, "name"), text(&published, "key")), (draft, "asset_recovery".into()));

    let mut database = world.database_as(OWNER).await;
    let stored = texts(&mut database, "SELECT document::text FROM questionnaire").await.remove(0);
    let stored: Document = serde_json::from_str(&stored).unwrap();
    let file = focalnet_domain::questionnaire::STANDARD;
    assert_eq!(stored, toml::from_str::<Document>(file).unwrap(), "word for word as in the file");
}

#[tokio::test]
async fn the_set_of_the_program_is_published_over_the_wire() {
    let world = World::new().await;
    let published = world.published(shipped()).await;
    let get = json!({ "name": published.name });
    let read = world.registry().officer().asks(Rpc::GetQuestionnaire, get).await.unwrap();
    assert_eq!(read["questions"].as_array().unwrap().len(), shipped()["questions"].as_array().unwrap().len());
}
