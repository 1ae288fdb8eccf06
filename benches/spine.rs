//! What every act costs beside the database: the decision, the journal's link, the receipt, the conversion.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot begin must stop")]

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use focalnet::testing::{
    app::{Answer, Seen},
    authz::{Actor, authorize, fields::Reader, policy::Relation},
    security::Keys,
};
use focalnet_contract::{Rpc, receipt::Receipt};
use focalnet_domain::{
    freezing_request::{Party, view::RequestView},
    ids,
    journal::{Bytes, Event, genesis, salted},
    names::{EventId, OrganizationId, UserId},
    organization::{Kind, Role},
};

fn actor() -> Actor {
    Actor {
        user: UserId::random(),
        display_name: "A cooperation officer".into(),
        organization: OrganizationId::random(),
        kind: Kind::Registry,
        roles: vec![Role::RegistryCooperationOfficer],
        session: ids::new(),
        restricted: false,
        now: "2008-05-28T09:00:00Z".parse().unwrap(),
    }
}

fn event() -> Event {
    let (content, persons) = (r#"{"transmit":{"version":1}}"#, r#"{"user":"users/1"}"#);
    Event {
        name: EventId(ids::new()),
        stream: "freezingRequests/5d0b0e52-6a3e-4b0e-8f43-2b6a1d5f0a01/shared".parse().unwrap(),
        index: 7,
        time: "2008-05-28T09:00:00Z".parse().unwrap(),
        act: "transmit".into(),
        subject: "freezingRequests/5d0b0e52-6a3e-4b0e-8f43-2b6a1d5f0a01".into(),
        organ: Kind::Registry,
        role: Some(Role::RegistryApprover),
        content: content.into(),
        content_salt: Bytes(vec![1; 16]),
        content_digest: Bytes(salted(&[1; 16], content).to_vec()),
        persons: persons.into(),
        persons_salt: Bytes(vec![2; 16]),
        persons_digest: Bytes(salted(&[2; 16], persons).to_vec()),
        hash: Bytes::default(),
    }
}

fn spine(criterion: &mut Criterion) {
    let actor = actor();
    criterion.bench_function("policy decision", |bench| {
        bench.iter(|| {
            authorize(black_box(&actor), Rpc::TransmitFreezingRequest, Relation::Party(Party::Channel))
        });
    });

    let event = event();
    let previous = genesis(event.stream);
    criterion.bench_function("chain append", |bench| bench.iter(|| black_box(&event).link(&previous)));

    let keys = Keys::generate("focalnet.example").unwrap();
    let receipt = Receipt {
        stream: event.stream,
        index: 7,
        head: event.link(&previous),
        time: event.time,
        event: event.name,
        event_digest: salted(&[1; 16], &event.content),
    };
    let note = receipt.sign(keys.receipt_signer());
    criterion.bench_function("receipt sign", |bench| {
        bench.iter(|| black_box(&receipt).sign(keys.receipt_signer()));
    });
    criterion.bench_function("receipt verify", |bench| {
        bench.iter(|| Receipt::verify(black_box(&note), keys.receipt_keys()).unwrap());
    });

    let view: RequestView = serde_json::from_str(include_str!("request.json")).unwrap();
    let seen = Seen { resource: view, etag: "\"e\"".into(), receipt: None, reader: Some(Reader::State) };
    criterion.bench_function("conversion of a full request", |bench| {
        bench.iter(|| Answer::of(Rpc::GetFreezingRequest, black_box(&seen)).unwrap());
    });
}

criterion_group!(benches, spine);
criterion_main!(benches);
