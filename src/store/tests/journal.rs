//! The journal, and the keys of its receipts.

use focalnet_domain::journal::{Audience, Bytes, Event, Stream, Subject};

use super::{said::*, scene::*, *};
use crate::store::{KeyRow, Position};

/// An event of which everything is said. Its number tells its time and its hash.
pub(super) fn event(subject: Subject, audience: Audience, index: u8) -> Event {
    let bytes = |number: u8| Bytes(vec![number, index, 1]);
    Event {
        name: EventId::random(),
        stream: Stream { subject, audience },
        index: index.into(),
        time: at(index.into()),
        act: "cease".to_owned(),
        subject: "assets/1".to_owned(),
        organ: Kind::Otp,
        role: Some(Role::OtpApprover),
        content: format!("Content {index}"),
        content_salt: bytes(1),
        content_digest: bytes(2),
        persons: format!("Persons {index}"),
        persons_salt: bytes(3),
        persons_digest: bytes(4),
        hash: Bytes(vec![index; 32]),
    }
}

#[tokio::test]
async fn an_event_of_which_everything_is_said_is_read_as_it_was_appended() {
    let scene = Scene::new().await;
    let (tx, court, subject) = (&scene.tx, &scene.court, Subject::Case(scene.case.name));
    let mut events: Vec<_> = (1..=3).map(|index| event(subject, Audience::Court, index)).collect();
    assert_said(&events, &[]);
    tx.append(&scene.permit, events.clone()).await.unwrap();
    for event in &events {
        assert_same(&tx.event(court, event.name).await.unwrap(), &Some(event.clone()));
    }
    let position = Position { index: 3, hash: [3; 32], time: Some(at(3)) };
    assert_same(&tx.position(events[0].stream).await.unwrap(), &position);
    events.reverse();
    assert_same(&tx.events(court, subject, &[], &FIRST).await.unwrap(), &Some(events));
}

#[tokio::test]
async fn a_key_of_receipts_is_read_as_it_was_registered() {
    let tx = begin().await;
    let (key_id, verifier_key) = ("A thumbprint".to_owned(), "A key".to_owned());
    let key = KeyRow { key_id, verifier_key, start_time: at(1) };
    assert_said(&key, &[]);
    tx.register_key(key.clone()).await.unwrap();
    assert_same(&tx.keys().await.unwrap(), &vec![key]);
}
