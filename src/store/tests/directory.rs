//! What the directory knows of a State.

use focalnet_domain::{
    directory::{Channel, Designation, Directory},
    names::DesignationId,
};

use super::{said::*, scene::*, *};

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
            "email": "he@example.org", "telephone": "+351 1", "around_the_clock": true,
        },
    }));
    let name = DesignationId { parent: state, id: focalnet_domain::ids::new() };
    Designation { name, facts, create_time: at(minute) }
}

#[tokio::test]
async fn an_entry_of_which_everything_is_said_is_read_as_it_was_saved() {
    let scene = Scene::new().await;
    let (tx, permit, state) = (&scene.tx, &scene.permit, scene.state.organization());
    let organization = scene.requested.clone();
    let mut saved = Directory {
        name: state,
        display_name: organization.display_name,
        country_code: organization.country_code.unwrap(),
        designations: vec![designation(state, 31), designation(state, 32)],
        channels: vec![channel()],
    };
    tx.save_directory(permit, state, &[], &saved.designations, Some(&channel()), head(9)).await.unwrap();
    saved.designations[0].facts.end_date = Some(day("2026-05-06"));
    tx.save_directory(permit, state, &saved.designations[..1], &[], None, head(10)).await.unwrap();

    let saved = (saved, organization.create_time, Some(head(10)));
    assert_said(&saved, &[]);
    for scope in [&scene.court, &scene.state] {
        assert_same(&tx.directory(scope, state).await.unwrap(), &Some(saved.clone()));
        let listed = tx.directories(scope, day("2026-01-10"), &[], &FIRST).await.unwrap();
        assert_same(&listed, &vec![saved.clone()]);
    }
}
