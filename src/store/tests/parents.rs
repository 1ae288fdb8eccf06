//! Whose the assets of a request or an order are, and whether the obligation holds.

use std::collections::BTreeSet;

use focalnet_domain::{
    asset_overview::{Belongs, Concerned, End, PersonPurpose},
    freezing_request::{RequestPerson, RequestPurpose},
    journal::{Audience, Subject},
};

use super::{journal::event, orders::over, said::*, scene::*};
use crate::store::Cause;

#[tokio::test]
async fn a_request_of_which_everything_is_said_says_so_of_its_assets() {
    let scene = Scene::new().await;
    let (tx, order) = (&scene.tx, scene.order().await);
    let request = scene.request(&order).await;
    let ended = event(Subject::Request(request.name), Audience::Shared, 1);
    tx.append(&scene.permit, vec![ended.clone()]).await.unwrap();
    let person = |person: &RequestPerson| Concerned {
        position: person.position,
        person: person.person,
        display_name: person.display_name.clone(),
    };
    let purpose = |pair: &RequestPurpose| PersonPurpose {
        position: pair.position,
        purpose: pair.purpose,
        end_date: pair.end_date,
        end_time: pair.end_time,
    };
    let saved = Belongs {
        requested_state: Some((request.requested_state, request.requested_state_display_name.clone())),
        persons: request.persons.iter().map(person).collect(),
        purposes: request.purposes.iter().map(purpose).collect(),
        ends: vec![End { event: ended.name, time: ended.time }],
        valid_until_date: order.facts.valid_until_date,
    };
    assert_said(&saved, &[]);
    let mut read = tx.belongs(&BTreeSet::from([request.name]), &BTreeSet::new()).await.unwrap();
    assert_same(&read.remove(&request.name.0), &Some(saved));
}

#[tokio::test]
async fn an_order_of_which_everything_is_said_says_so_of_its_assets() {
    let scene = Scene::new().await;
    let (tx, order) = (&scene.tx, scene.order().await);
    let ending = over();
    tx.end_order_purposes(&scene.permit, Cause::Order(order.name), &ending).await.unwrap();
    let mut persons = Vec::new();
    let mut purposes = Vec::new();
    for named in &order.named_persons {
        let (person, _) = tx.person(named.person).await.unwrap().unwrap();
        let display_name = format!("{} {}", person.facts.given_names.unwrap(), person.facts.family_name);
        persons.push(Concerned { position: named.position, person: Some(named.person), display_name });
        purposes.extend(named.purposes.iter().map(|held| PersonPurpose {
            position: named.position,
            purpose: held.purpose,
            end_date: Some(ending.effective_date),
            end_time: Some(scene.permit.actor().now),
        }));
    }
    let valid_until_date = order.facts.valid_until_date;
    let saved = Belongs { requested_state: None, persons, purposes, ends: Vec::new(), valid_until_date };
    // The Court holds them itself. A first position is zero.
    assert_said(&saved, &[".ends", ".persons.position", ".purposes.position", ".requested_state"]);
    let mut read = tx.belongs(&BTreeSet::new(), &BTreeSet::from([order.name])).await.unwrap();
    assert_same(&read.remove(&order.name.0), &Some(saved));
}
