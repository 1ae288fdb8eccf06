//! Who reads what of a journal.

use std::collections::BTreeSet;

use focalnet_domain::{
    journal::{Event, verify},
    organization::Kind,
};
use tonic::Code;

use super::Tale;
use crate::support::{actor::Actor, cast::Org, refusals::refused};

/// The ends of the names of the streams.
fn streams(events: &[Event]) -> BTreeSet<&'static str> {
    events.iter().map(|event| event.stream.audience.as_str()).collect()
}

#[tokio::test]
async fn each_party_reads_its_own_streams_and_they_hold() {
    let tale = Tale::told().await;
    let world = &tale.world;
    let (court, state, authority): (&[_], &[_], &[_]) =
        (&["issuer", "shared"], &["shared", "state"], &["shared"]);
    let readers = [
        (world.registry().officer(), court),
        (world.registry().approver(), court),
        (world.chamber().legal_officer(), court),
        (world.chamber().judge(), court),
        (world.otp().investigator(), court),
        (world.portugal().focal_point(), state),
        (world.portugal().deputy(), state),
        (world.portuguese_authority(), authority),
    ];
    let mut shared = BTreeSet::new();
    for (reader, expected) in readers {
        let events = tale.exported_by(&reader).await;
        assert_eq!(streams(&events), expected.iter().copied().collect(), "{}", reader.login);
        let heads = verify(&events).unwrap_or_else(|bad| unreachable!("{}: {bad}", reader.login));
        shared.extend(heads.into_iter().filter(|(stream, _)| stream.audience.as_str() == "shared"));
    }
    assert_eq!(shared.len(), 1, "all were told the same history");

    for stranger in [world.belgium().focal_point(), world.belgium().admin(), world.portugal().admin()] {
        assert_eq!(refused(stranger.exports(&tale.name).await).0, Code::NotFound, "{}", stranger.login);
    }
}

/// The streams of cases, orders and organizations.
#[tokio::test]
async fn what_is_no_request_has_one_stream() {
    let tale = Tale::told().await;
    let (world, cast) = (&tale.world, tale.world.cast());
    let streams_of = [
        (world.registry().officer(), cast.case.as_str(), "court"),
        (world.chamber().judge(), cast.order.as_str(), "court"),
        (world.registry().admin(), cast.organization(Org::Chamber), "keepers"),
        (world.portugal().admin(), world.portugal().name(), "keepers"),
        (world.portugal().admin(), cast.organization(Org::Authority), "keepers"),
    ];
    for (reader, name, audience) in streams_of {
        let events = reader.exports(name).await.unwrap();
        assert_eq!(streams(&events), [audience].into(), "{name}");
        verify(&events).unwrap();
    }
}

#[tokio::test]
async fn both_sides_are_told_organ_and_role_but_names_stay_on_their_side() {
    let tale = Tale::told().await;
    for reader in [tale.world.registry().officer(), tale.world.portugal().focal_point()] {
        let of_court = reader.org == Org::Registry;
        for event in tale.exported_by(&reader).await {
            assert!(event.role.is_some(), "{}", event.act);
            let named = !event.persons.is_empty();
            assert_eq!(named, event.organ.is_court() == of_court, "{} for {}", event.act, reader.login);
            assert_eq!(named, !event.persons_salt.0.is_empty(), "{} for {}", event.act, reader.login);
            assert_eq!(event.persons_digest.0.len(), 32);
        }
    }
    let organs = tale.exported_by(&tale.world.registry().officer()).await;
    let organs: BTreeSet<_> = organs.iter().map(|event| event.organ.as_str()).collect();
    let all = [Kind::Registry, Kind::State, Kind::Authority].map(Kind::as_str);
    assert_eq!(organs, all.into(), "the tale has acts of all of them");
}

#[tokio::test]
async fn a_name_of_the_other_side_stands_nowhere_in_an_export() {
    let tale = Tale::told().await;
    let (registry, portugal) = (tale.world.registry(), tale.world.portugal());
    let people = |people: [Actor; 2]| people.map(|who| (who.name, who.login));
    let of_court = people([registry.officer(), registry.approver()]);
    let of_state = people([portugal.focal_point(), portugal.deputy()]);
    for (reader, others) in [(registry.officer(), of_state), (portugal.focal_point(), of_court)] {
        let export = serde_json::to_string(&tale.exported_by(&reader).await).unwrap();
        for (name, login) in others {
            assert!(!export.contains(&name) && !export.contains(&login), "{login} for {}", reader.login);
        }
    }
}

#[tokio::test]
async fn an_authority_gets_the_digest_of_what_is_not_for_it() {
    let tale = Tale::told().await;
    let events = tale.exported_by(&tale.world.portuguese_authority()).await;
    let full = tale.exported_by(&tale.world.portugal().focal_point()).await;
    let withheld: Vec<_> = events.iter().filter(|event| event.content.is_empty()).collect();
    let acts: Vec<_> = withheld.iter().map(|event| event.act.as_str()).collect();
    assert_eq!(acts, ["acknowledge"]);
    for event in withheld {
        let own = full.iter().find(|own| own.name == event.name).unwrap();
        assert!(event.content_salt.0.is_empty() && !own.content.is_empty());
        assert_eq!((&event.content_digest, &event.hash), (&own.content_digest, &own.hash));
    }
}
