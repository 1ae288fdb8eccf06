//! A request can be amended for ever: it tells how many versions there are and the newest five, a list gives all of them,
//! and the State knows of none that was not sent to it.

use focalnet_contract::{
    Rpc,
    proto::{FreezingRequest, RequestVersion},
};
use focalnet_domain::freezing_request::{ActKind, State};
use serde_json::{Value, json};

use crate::{
    statements::{counted, statements},
    support::{
        actor::Actor,
        content,
        ledger::run,
        refusals::all_of,
        samples::{Things, sample},
        world::World,
    },
};

/// A content that is told from others by its grounds.
fn saying(world: &World, grounds: &str) -> Value {
    let mut content = content::json(&world.cast().person);
    content["grounds"] = grounds.into();
    content
}

impl World {
    /// Amends a request, and sends what was amended, until it has so many versions.
    async fn amended_up_to(&self, name: &str, versions: i32) {
        for number in 2..=versions {
            self.amended(name, saying(self, &format!("Version {number}"))).await;
        }
    }
}

fn numbers(versions: &[RequestVersion]) -> Vec<i32> {
    versions.iter().map(|version| version.number).collect()
}

/// All that somebody can find out of the versions of a request.
async fn found_out(who: &Actor, name: &str) -> (FreezingRequest, Vec<RequestVersion>, Vec<FreezingRequest>) {
    let read = who.reads(name).await.unwrap();
    let mut said = Vec::new();
    for number in 1..=read.version_count {
        said.push(who.reads_version(name, number).await.unwrap());
    }
    (read, who.lists_versions(name, 3).await.unwrap(), said)
}

#[tokio::test]
async fn both_sides_read_the_newest_five_of_many_versions_and_list_all_of_them() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    let authority = world.portuguese_authority();
    let name = world.in_state(State::Executing).await;
    world.amended_up_to(&name, 7).await;
    for who in [&officer, &portugal, &authority] {
        let (read, listed, said) = found_out(who, &name).await;
        assert_eq!((read.version, read.version_count), (7, 7));
        assert_eq!(numbers(&read.versions), [3, 4, 5, 6, 7]);
        assert_eq!(numbers(&listed), [7, 6, 5, 4, 3, 2, 1]);
        assert!(listed.iter().rev().skip(2).eq(&read.versions), "they are told alike");
        assert_eq!(listed, who.lists_versions(&name, 200).await.unwrap(), "on one page");
        for (version, number) in listed.iter().rev().zip(1..) {
            let then = &said[usize::try_from(number).unwrap() - 1];
            let text = if number == 1 { String::new() } else { format!("Version {number}") };
            assert!(then.content.as_ref().unwrap().grounds.contains(&text));
            assert_eq!((then.version, then.version_count), (number, 7));
            assert_eq!(then.versions, read.versions);
            assert!(version.transmit_time.is_some() && version.transmission.is_some());
            assert_eq!(version.reason.is_empty(), number == 1);
        }
        let digests: std::collections::BTreeSet<_> = listed.iter().map(|v| &v.content_sha256).collect();
        assert_eq!(digests.len(), 7);
    }
}

#[tokio::test]
async fn a_version_that_was_not_sent_is_not_counted_or_listed_for_the_state() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    let authority = world.portuguese_authority();
    let name = world.in_state(State::Executing).await;
    world.amended_up_to(&name, 6).await;
    let before = [found_out(&portugal, &name).await, found_out(&authority, &name).await];

    // Written, and written again.
    for grounds in ["Not sent", "Written again"] {
        let amended = officer.amends(&name, saying(&world, grounds)).await.unwrap();
        assert_eq!((amended.version, amended.version_count), (7, 7));
        assert_eq!(numbers(&amended.versions), [3, 4, 5, 6, 7]);
        let listed = officer.lists_versions(&name, 3).await.unwrap();
        assert_eq!(numbers(&listed), [7, 6, 5, 4, 3, 2, 1]);
        assert_eq!(listed.first(), amended.versions.last());
        assert_eq!(officer.reads_version(&name, 7).await.unwrap().content.unwrap().grounds, grounds);

        assert_eq!([found_out(&portugal, &name).await, found_out(&authority, &name).await], before);
        for who in [&portugal, &authority] {
            let (there, absent) = (
                who.reads_version(&name, 7).await.unwrap_err(),
                who.reads_version(&name, 8).await.unwrap_err(),
            );
            assert_eq!(all_of(&there), all_of(&absent));
        }
    }

    world.performs(ActKind::Transmit, &name).await;
    for (who, (then, ..)) in [&portugal, &authority].into_iter().zip(&before) {
        let (now, listed, _) = found_out(who, &name).await;
        assert_eq!((now.version, now.version_count), (7, 7));
        assert_eq!(numbers(&listed), [7, 6, 5, 4, 3, 2, 1]);
        assert_eq!(now.versions[..4], then.versions[1..], "what was sent before is told as before");
        assert_eq!(now.content.unwrap().grounds, "Written again");
    }
}

/// Where the digest of a version was not kept, because its event was destroyed, the digest is made anew.
#[tokio::test]
async fn a_version_is_told_alike_whether_its_digest_was_kept_or_not() {
    let world = World::new().await;
    let portugal = world.portugal().focal_point();
    let name = world.in_state(State::Executing).await;
    world.amended_up_to(&name, 4).await;
    let before = found_out(&portugal, &name).await;
    let mut superuser = world.database_as("postgres").await;
    run(&mut superuser, "SET session_replication_role = replica").await.unwrap();
    let forget = "UPDATE request_version SET content_sha256 = NULL WHERE content_sha256 IS NOT NULL";
    assert!(run(&mut superuser, forget).await.unwrap() >= 4);
    assert_eq!(found_out(&portugal, &name).await, before);
}

#[tokio::test]
async fn many_versions_take_no_more_statements_than_one() {
    let world = World::with_statements_logged().await;
    let officer = world.registry().officer();
    let name = world.in_state(State::Acknowledged).await;
    for versions in [1, 7] {
        world.amended_up_to(&name, versions).await;
        let request = officer.reads(&name).await.unwrap();
        let amend = sample(Rpc::AmendFreezingRequest, &Things { request, ..Things::default() });
        for (rpc, message, sent) in [
            (Rpc::GetFreezingRequest, json!({ "name": name }), 3),
            (
                Rpc::GetFreezingRequest,
                json!({ "name": name, "version_number": 1 }),
                statements(Rpc::GetFreezingRequest),
            ),
            (Rpc::ListVersions, json!({ "parent": name }), statements(Rpc::ListVersions)),
            (Rpc::AmendFreezingRequest, amend, statements(Rpc::AmendFreezingRequest)),
        ] {
            let (_, found) = counted(&world, &officer, rpc, message).await;
            assert_eq!(found.len(), sent, "{rpc:?} of {versions}: {found:#?}");
        }
    }
}
