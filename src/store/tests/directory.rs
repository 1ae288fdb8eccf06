//! What the directory knows of a State.

use focalnet_domain::{
    directory::{Capacity, Channel, Designation, Directory, DirectoryEntry, FOCAL_POINTS, NewChannel},
    names::DesignationId,
    organization::Organization,
    series::Series,
};

use super::{said::*, scene::*, *};
use crate::store::AsOf;

/// A choice of the State that holds from the first days of 2026 on.
pub(super) fn channel() -> Channel {
    of(json!({
        "number": 1, "kind": "other", "description": "By courier", "interpol_accepted": true,
        "languages": ["fr", "pt"], "received_date": "2025-12-01", "agreed_date": "2026-01-02",
        "effective_date": "2026-01-03", "create_time": at(30),
    }))
}

fn designation(state: OrganizationId, minute: i64) -> Designation {
    let facts = of(json!({
        "capacity": "deputy_focal_point", "start_date": "2026-01-04", "end_date": "2027-01-05", "contact": {
            "authority": "Ministry", "person_display_name": format!("Number {minute}"), "postal_address": "1, Quay",
            "email": "he@example.org", "telephone": "+351 21 000 0000", "around_the_clock": true,
        },
    }));
    let name = DesignationId { parent: state, id: focalnet_domain::ids::new() };
    Designation { name, facts, create_time: at(minute) }
}

#[tokio::test]
async fn an_entry_of_which_everything_is_said_is_read_as_it_was_saved() {
    let scene = Scene::new().await;
    let (tx, permit, state) = (&scene.tx, &scene.permit, scene.state.organization());
    let Organization { display_name, country_code, create_time, .. } = scene.requested.clone();
    let mut designations: Vec<_> = (31..38).map(|minute| designation(state, minute)).collect();
    tx.save_directory(permit, state, &[], &designations, Some(&channel()), head(9)).await.unwrap();
    designations[5].facts.end_date = Some(day("2026-05-06"));
    tx.save_directory(permit, state, &designations[5..6], &[], None, head(10)).await.unwrap();

    let today = day("2026-01-10");
    let mut saved = DirectoryEntry::empty(state, display_name, country_code.unwrap(), today);
    saved.focal_points.clone_from(&designations);
    (saved.focal_point_count, saved.designation_count, saved.channel_count) = (7, 7, 1);
    saved.designations = Series::of(7, designations[2..].to_vec());
    (saved.channel, saved.channels) = (Some(channel()), vec![channel()].into());
    let saved = (saved, create_time, Some(head(10)));
    assert_said(&saved, &[]);
    for scope in [&scene.court, &scene.state] {
        assert_same(&tx.directory(scope, state, today).await.unwrap(), &Some(saved.clone()));
        let listed = tx.directories(scope, today, &[], &FIRST).await.unwrap();
        assert_same(&listed, &vec![saved.clone()]);

        let mut listed = tx.designations(scope, state, None, &FIRST).await.unwrap().unwrap();
        listed.reverse();
        assert_same(&listed, &designations);
        let held = tx.designations(scope, state, Some(day("2026-05-06")), &FIRST).await.unwrap().unwrap();
        assert_eq!(held.len(), 6, "one has ended");
        let channels = tx.channels(scope, state, &FIRST).await.unwrap().unwrap();
        assert_same(&oldest_first(channels), &vec![(1, channel())]);
    }

    let changing = tx.changing_directory(&scene.state, state, day("2026-05-06")).await.unwrap().unwrap();
    let held = designations.iter().filter(|known| known.name != designations[5].name);
    let country_code = saved.0.country_code;
    let known = Directory {
        name: state,
        country_code,
        designations: held.cloned().collect(),
        channel: Some(channel()),
    };
    assert_same(&changing, &known);
    assert_same(&tx.designation(designations[5].name).await.unwrap(), &Some(designations[5].clone()));
    assert_eq!(tx.last_channel(state).await.unwrap(), 1);
    let locked = tx.lock_directory(&scene.state, state).await.unwrap();
    assert_same(&locked, &Some((known.country_code, Some(head(10)))));
}

#[tokio::test]
async fn the_newest_choice_whose_day_has_come_is_in_force() {
    let scene = Scene::new().await;
    let (tx, state) = (&scene.tx, scene.state.organization());
    let choices = [
        ("2026-01-01", None),
        ("2026-01-10", None),
        ("2026-01-20", Some("2026-02-20")),
        ("2026-01-24", None),
    ];
    for (earlier, (received, agreed)) in (0..).zip(choices) {
        let choice: NewChannel = of(json!({
            "kind": "ministry", "languages": ["fr"], "received_date": received, "agreed_date": agreed,
        }));
        let channel = choice.into_channel(earlier, at(i64::from(earlier)));
        tx.save_directory(&scene.permit, state, &[], &[], Some(&channel), head(9)).await.unwrap();
    }
    for (date, number) in [
        ("2025-12-31", None),
        ("2026-01-01", Some(1)),
        ("2026-02-19", Some(1)),
        ("2026-02-20", Some(3)),
        // The 45 days of an older notice do not overtake what was agreed after it.
        ("2026-02-24", Some(3)),
        ("2026-03-10", Some(4)),
        ("2030-01-01", Some(4)),
    ] {
        let (entry, ..) = tx.directory(&scene.court, state, day(date)).await.unwrap().unwrap();
        assert_eq!(entry.channel.map(|channel| channel.number), number, "{date}");
        let as_of = AsOf { day: day(date), known: day(date) };
        let national = tx.national(state, "law", as_of).await.unwrap();
        assert_eq!(national.channel.map(|channel| channel.number), number, "{date}");
    }
}

#[tokio::test]
async fn those_who_speak_are_told_up_to_a_number_and_counted() {
    let scene = Scene::new().await;
    let (tx, state) = (&scene.tx, scene.state.organization());
    let all: Vec<_> = (0..60)
        .map(|minute| {
            let mut one = designation(state, minute);
            // The last is a focal point, and the second to last the deputy who was designated first.
            if minute == 59 {
                one.facts.capacity = Capacity::FocalPoint;
            }
            one.facts.start_date = if minute == 58 { day("2025-06-01") } else { one.facts.start_date };
            one
        })
        .collect();
    tx.save_directory(&scene.permit, state, &[], &all, None, head(9)).await.unwrap();
    let (entry, ..) = tx.directory(&scene.court, state, day("2026-02-01")).await.unwrap().unwrap();
    assert_eq!((entry.focal_points.len(), entry.focal_point_count), (FOCAL_POINTS, 60));
    assert_same(&entry.focal_points[..2].to_vec(), &vec![all[59].clone(), all[58].clone()]);
    assert_same(&entry.focal_points[2..].to_vec(), &all[..FOCAL_POINTS - 2].to_vec());
}
