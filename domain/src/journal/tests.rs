//! Whatever is done to exported events is found, and the first event that does not fit is named.

use proptest::prelude::*;

use super::*;
use crate::{ids, names::FreezingRequestId};

fn stream(number: u128, audience: Audience) -> Stream {
    Stream { subject: Subject::Request(FreezingRequestId(uuid::Uuid::from_u128(number))), audience }
}

fn chain(stream: Stream, length: i64) -> Vec<Event> {
    let mut previous = genesis(stream);
    let events = (1..=length).map(|index| {
        let (content, persons) = (format!("{{\"act\":{index}}}"), format!("{{\"user\":{index}}}"));
        let mut event = Event {
            name: EventId(ids::new()),
            stream,
            index,
            time: DateTime::from_timestamp_micros(1_211_500_800_000_000 + index).unwrap(),
            act: "acknowledge".into(),
            subject: stream.subject.to_string(),
            organ: Kind::State,
            role: Some(Role::FocalPoint),
            content_salt: Bytes(vec![7; 16]),
            content_digest: Bytes(salted(&[7; 16], &content).to_vec()),
            content,
            persons_salt: Bytes(vec![9; 16]),
            persons_digest: Bytes(salted(&[9; 16], &persons).to_vec()),
            persons,
            hash: Bytes::default(),
        };
        event.hash = Bytes(event.link(&previous).to_vec());
        previous.copy_from_slice(&event.hash.0);
        event
    });
    events.collect()
}

/// A field and a change to it.
type Change = (&'static str, fn(&mut Event));

/// Changes to one event, by the field they touch.
fn changes() -> Vec<Change> {
    vec![
        ("name", |event| event.name = EventId(ids::new())),
        ("time", |event| event.time += chrono::Duration::microseconds(1)),
        ("act", |event| event.act.push('x')),
        ("subject", |event| event.subject.push('x')),
        ("organ", |event| event.organ = Kind::Registry),
        ("role", |event| event.role = None),
        ("content", |event| event.content.push(' ')),
        ("content_salt", |event| event.content_salt.0[0] ^= 1),
        ("content_digest", |event| event.content_digest.0[31] ^= 1),
        ("persons", |event| event.persons.push(' ')),
        ("persons_salt", |event| event.persons_salt.0[15] ^= 1),
        ("persons_digest", |event| event.persons_digest.0[0] ^= 1),
        ("hash", |event| event.hash.0[0] ^= 1),
    ]
}

/// The fields of an event as exported; each must be covered by a change above, or be what orders the chain.
#[test]
fn every_field_is_covered() {
    let event = serde_json::to_value(&chain(stream(1, Audience::Shared), 1)[0]).unwrap();
    let covered: Vec<_> = changes().into_iter().map(|(field, _)| field).chain(["stream", "index"]).collect();
    for field in event.as_object().unwrap().keys() {
        assert!(covered.contains(&field.as_str()), "{field} can be changed unseen");
    }
}

#[test]
fn a_changed_field_is_found_and_its_event_named() {
    for (field, change) in changes() {
        for at in 0..5 {
            let mut events = chain(stream(1, Audience::Shared), 5);
            change(&mut events[at]);
            let bad = verify(&events).expect_err(field);
            assert_eq!((bad.index, bad.event), (events[at].index, events[at].name), "{field}");
        }
    }
}

#[test]
fn deleted_swapped_doubled_and_moved_events_are_found() {
    let own = stream(1, Audience::Shared);
    let without_third: Vec<_> = chain(own, 5).into_iter().filter(|event| event.index != 3).collect();
    assert_eq!(verify(&without_third).unwrap_err().index, 4, "the first event after a gap is named");

    let mut swapped = chain(own, 5);
    (swapped[1].index, swapped[2].index) = (3, 2);
    assert_eq!(verify(&swapped).unwrap_err().index, 2);

    let mut doubled = chain(own, 5);
    doubled.push(Event { name: EventId(ids::new()), ..doubled[2].clone() });
    assert_eq!(verify(&doubled).unwrap_err().index, 3);

    let mut moved = chain(own, 5);
    for event in &mut moved {
        event.stream = stream(2, Audience::Shared);
    }
    assert_eq!(verify(&moved).unwrap_err().index, 1, "a chain belongs to its stream");

    let mut dated_back = chain(own, 2);
    dated_back[1].time = dated_back[0].time - chrono::Duration::seconds(1);
    let previous = dated_back[0].hash.0.clone();
    dated_back[1].hash = Bytes(dated_back[1].link(&previous).to_vec());
    assert_eq!(verify(&dated_back).unwrap_err().problem, "it is dated before the event before it");
}

#[test]
fn withheld_texts_leave_the_chain_whole() {
    let mut events = chain(stream(1, Audience::Shared), 4);
    events[1].withhold(true, true);
    events[2].withhold(false, true);
    let heads = verify(&events).unwrap();
    assert_eq!(heads[&stream(1, Audience::Shared)].0, 4);
    // A text without its salt is no way around the digest.
    events[3].content_salt.0.clear();
    assert_eq!(verify(&events).unwrap_err().index, 4);
}

#[test]
fn exports_of_two_readers_are_one_history() {
    let own = chain(stream(1, Audience::Shared), 3);
    let mut others = own.clone();
    for event in &mut others {
        event.withhold(false, true);
    }
    assert_eq!(verify(&[own.clone(), others.clone()].concat()).unwrap()[&own[0].stream].0, 3);
    others[1].content.push(' ');
    assert_eq!(verify(&[own.clone(), others.clone()].concat()).unwrap_err().index, 2, "in either copy");
    let mut forked = own.clone();
    forked[2].act.push('x');
    forked[2].hash = Bytes(forked[2].link(&own[1].hash.0).to_vec());
    assert_eq!(verify(&[own, forked].concat()).unwrap_err().problem, "there are two events at its place");
}

#[test]
fn an_event_reads_back_from_its_export() {
    let event = chain(stream(1, Audience::State), 1).remove(0);
    let mut exported = serde_json::to_value(&event).unwrap();
    exported["index"] = "1".into();
    exported["role"] = "ROLE_FOCAL_POINT".into();
    assert_eq!(serde_json::from_value::<Event>(exported).unwrap(), event);
}

proptest! {
    #[test]
    fn a_clean_world_raises_no_alarm(lengths in prop::collection::vec(0_i64..12, 1..6), seed: u64) {
        let audiences = [Audience::Shared, Audience::Issuer, Audience::State];
        let mut events: Vec<Event> = (0_u128..).zip(&lengths)
            .flat_map(|(number, length)| chain(stream(number, audiences[usize::try_from(number % 3).unwrap()]), *length))
            .collect();
        // Exports come newest first, and streams mixed.
        events.sort_by_key(|event| event.name.0.as_u128() ^ u128::from(seed));
        prop_assert!(verify(&events).is_ok());
    }
}
