//! Requests with all that comes with them.

use focalnet_domain::{
    asset::{Asset, Fact, Parent},
    freezing_request::{
        AssetCounts, Changes, FreezingRequest, RequestContent, Version, VersionSummary, view::content_sha256,
    },
    journal::{Audience, Subject},
    names::FreezingRequestId,
};

use super::{
    approvals::{denial, propose},
    assets::reported,
    directory::channel,
    journal::event,
    said::*,
    scene::*,
    subjects::transmission,
    *,
};
use crate::store::{Dossier, Head};

/// The day on which these requests are read.
const TODAY: &str = "2026-01-10";

/// Says along the way all that can be said.
async fn say(scene: &Scene, request: &mut FreezingRequest) {
    request.facts = of(json!({
        "channel": channel(), "urgent_unconfirmed": true,
        "acknowledgement": {
            "national_reference": "A-1", "responsible_authority": "Financial Investigation Unit", "contact": "He",
        },
        "acknowledged_version": 6, "national_proceeding": "P-2",
        "postponement": {
            "ground": "competing_request", "until_date": "2026-05-06", "case_reference": "C-3",
        },
        "denial": { "ground": "prohibited_by_law", "reasons": "The law forbids it" },
        "consultations": [{
            "problem": "treaty_conflict", "description": "Another treaty", "open_time": at(21),
            "resolution": "It gives way", "close_time": at(22),
        }],
        "override_reason": "It is urgent", "successor": FreezingRequestId::random(),
    }));
    scene.tx.save_request(&scene.permit, request, &Changes::default(), head(8)).await.unwrap();
}

/// Writes and sends versions until there are seven, and writes an eighth; gives what is told of all.
async fn amend(scene: &Scene, request: &mut FreezingRequest) -> Vec<VersionSummary> {
    let mut told = vec![VersionSummary::from(request.versions.sent.as_ref().unwrap())];
    let changes = Changes { versions: true, ..Changes::default() };
    for number in 2..=8 {
        let content = sampled("RequestContent", usize::try_from(number).unwrap());
        let mut version = Version {
            number,
            changed_paths: vec![format!("content.assets[{number}]"), "content.grounds".to_owned()],
            reason: Some(format!("Reason {number}")),
            transmit_time: None,
            transmission: None,
            kept_sha256: None,
            content,
        };
        request.versions.unsent = Some(version.clone());
        scene.tx.save_request(&scene.permit, request, &changes, head(8)).await.unwrap();
        if number < 8 {
            version.transmit_time = Some(at(100 + i64::from(number)));
            version.transmission = Some(transmission(number));
            version.kept_sha256 = Some(content_sha256(&version.content));
            request.versions.unsent = None;
            request.versions.sent = Some(version.clone());
            scene.tx.save_request(&scene.permit, request, &changes, head(8)).await.unwrap();
        }
        told.push(VersionSummary::from(&version));
    }
    let reference = Some("NV/2026/99".to_owned());
    let all = told.iter_mut().filter_map(|version| version.transmission.as_mut());
    for sent in all.chain(request.versions.sent.as_mut().and_then(|version| version.transmission.as_mut())) {
        sent.confirmation_reference.clone_from(&reference);
    }
    let changes = Changes { confirmation: reference, ..Changes::default() };
    scene.tx.save_request(&scene.permit, request, &changes, head(8)).await.unwrap();
    // At hand are the newest six: one is not sent, one is the last sent.
    request.versions.earlier = told[2..6].to_vec();
    told
}

/// Reports assets: one is frozen, the others are seized, and one of these is released.
async fn report(scene: &Scene, request: &mut FreezingRequest) {
    let parent = Parent::Request(request.name);
    let mut assets: Vec<_> =
        (0..4).map(|minute| Asset::new(parent, &reported(false), recorded(minute))).collect();
    assets[0].measures[0].facts.kind = of(json!("freeze"));
    request.asset_counts.total = 4;
    let changes = Changes { assets: assets.clone(), ..Changes::default() };
    scene.tx.save_request(&scene.permit, request, &changes, head(8)).await.unwrap();

    let released =
        of(json!({ "kind": "released", "disposition_date": "2026-01-08", "reason": "It is not his" }));
    assets[3].dispositions.push(Fact::new(released, recorded(6)));
    request.touched = vec![assets[3].clone()];
    let changes = Changes { disposed: vec![assets[3].name], ..Changes::default() };
    scene.tx.save_request(&scene.permit, request, &changes, head(8)).await.unwrap();
    request.touched = Vec::new();
    request.asset_counts = AssetCounts::default();
    for asset in &assets {
        request.asset_counts.recount(None, asset, day(TODAY));
    }
}

/// Appends events to each stream; gives the heads of all.
async fn record(scene: &Scene, request: &FreezingRequest) -> Vec<Head> {
    let mut heads = Vec::new();
    for (audience, last) in [(Audience::Shared, 2), (Audience::Issuer, 1), (Audience::State, 3)] {
        let events = (1..=last).map(|index| event(Subject::Request(request.name), audience, index));
        scene.tx.append(&scene.permit, events.collect()).await.unwrap();
        heads.push(Head { audience, index: last.into(), time: at(last.into()), hash: head(last) });
    }
    heads
}

#[tokio::test]
async fn a_request_of_which_everything_is_said_is_read_as_it_was_saved() {
    let scene = Scene::new().await;
    let (tx, court) = (&scene.tx, &scene.court);
    let order = scene.order().await;
    let mut request = scene.request(&order).await;
    say(&scene, &mut request).await;
    let told = amend(&scene, &mut request).await;
    report(&scene, &mut request).await;
    let heads = record(&scene, &request).await;
    let approvals = vec![propose(tx, &scene.focal_point, denial(request.name), Audience::State).await];

    let saved = Dossier { request, heads, approvals };
    // Nobody has decided; an act reads the assets that it is about; what is not sent has no time, no medium and no digest.
    assert_said(
        &saved,
        &[
            ".approvals.approval.decider",
            ".approvals.approval.reason",
            ".request.touched",
            ".request.versions.unsent.kept_sha256",
            ".request.versions.unsent.transmission",
            ".request.versions.unsent.transmit_time",
        ],
    );
    let name = saved.request.name;
    for scope in [court, &scene.state] {
        assert_same(&tx.dossier(scope, name, day(TODAY)).await.unwrap(), &Some(saved.clone()));
        let listed = tx.dossiers(scope, &[], day(TODAY), &FIRST).await.unwrap();
        let mut told = saved.clone();
        told.request.versions.sent.as_mut().unwrap().content = RequestContent::default();
        assert_same(&listed, &vec![told]);
    }

    let mut views: Vec<_> = (1..).zip(told).collect();
    let page = tx.versions(court, name, &FIRST).await.unwrap().unwrap();
    assert_same(&oldest_first(page), &views);
    // The State does not know of what is not sent.
    views.pop();
    assert_said(&views, &[]);
    let page = tx.versions(&scene.state, name, &FIRST).await.unwrap().unwrap();
    assert_same(&oldest_first(page), &views);
    for version in [&saved.request.versions.unsent, &saved.request.versions.sent] {
        let version = version.as_ref().unwrap();
        assert_same(&tx.version(court, name, version.number).await.unwrap(), &Some(version.content.clone()));
    }
}
