//! Orders, the decisions about them, and what is left to recover.

use focalnet_domain::{
    asset::Parent,
    money::Money,
    order::{Change, Modification, Order, OrderPerson, OrderPurpose, PurposeAmount, PurposeKind, Recovery},
    order_work::Ending,
    series::{SHOWN, Series},
};
use rust_decimal::Decimal;

use super::{said::*, scene::*, *};
use crate::store::Cause;

fn amount(purpose: PurposeKind, amount: &str) -> PurposeAmount {
    PurposeAmount { purpose, amount: of(money(amount)) }
}

fn euros(amount: &str) -> Money {
    Money::parse("EUR", amount).unwrap()
}

/// The end of all that an order serves, for all its persons.
pub(super) fn over() -> Ending {
    of(json!({
        "persons": [], "purposes": [], "status": null, "effective_date": "2025-07-08", "reason": "It is over",
    }))
}

/// Saves decisions about an order, the last of which says all that one can say; gives all of them.
async fn decide(scene: &Scene, order: &mut Order) -> Vec<Change> {
    let mut changes = Vec::new();
    for number in 1..=7 {
        let change = Change {
            document_number: format!("ICC-01/05-01/08-{number}"),
            decision_date: day("2025-05-01") + Duration::days(number),
            summary: format!("Decision {number}"),
        };
        changes.push(change.clone());
        order.changes.push(change);
        let (mut persons, mut amounts) = (Vec::new(), Vec::new());
        if number == 7 {
            order.facts.summary = "Freeze more".to_owned();
            let purpose = PurposeKind::LegalAid;
            let held = OrderPurpose {
                purpose,
                end_date: Some(day("2025-06-01")),
                end_time: Some(at(20)),
                kept_by: Some("ICC-01/05-01/08-6".to_owned()),
            };
            let person = scene.person(30).await.name;
            persons.push(OrderPerson { position: 2, person, purposes: vec![held] });
            amounts = vec![amount(PurposeKind::Fine, "400.50"), amount(PurposeKind::Reparations, "80.00")];
            order.facts.amounts.clone_from(&amounts);
            order.named_persons.extend(persons.clone());
        }
        let new = (persons.as_slice(), amounts.as_slice());
        scene.tx.update_order(&scene.permit, order, new, head(40)).await.unwrap();
    }
    order.change_count = changes.len();
    order.changes = Series::of(changes.len(), changes[changes.len() - SHOWN..].to_vec());
    changes
}

#[tokio::test]
async fn an_order_of_which_everything_is_said_is_read_as_it_was_saved() {
    let scene = Scene::new().await;
    let (tx, permit, court) = (&scene.tx, &scene.permit, &scene.court);
    let mut order = scene.order().await;
    let new = tx.order(court, order.name).await.unwrap().unwrap();
    assert_same(&(new.order, new.head), &(order.clone(), head(6)));

    let changes = decide(&scene, &mut order).await;
    let recovered = [(PurposeKind::Fine, Decimal::new(10025, 2)), (PurposeKind::Reparations, Decimal::ONE)];
    tx.add_recovered(permit, order.name, &recovered).await.unwrap();
    order.outstanding = vec![amount(PurposeKind::Fine, "300.25"), amount(PurposeKind::Reparations, "79.00")];
    let kept: Modification = of(json!({
        "document_number": "ICC-01/05-01/08-6", "decision_date": "2025-05-07", "summary": "It stays",
        "classification": null, "valid_until_date": null, "end_reason": null, "kept_purposes": PurposeKind::ALL,
        "kept_for": order.named_persons.iter().map(|named| named.person).collect::<Vec<_>>(),
    }));
    tx.keep_order_purposes(permit, order.name, &kept).await.unwrap();
    for held in order.named_persons.iter_mut().flat_map(|named| &mut named.purposes) {
        held.kept_by = Some(kept.change.document_number.clone());
    }
    let ending = over();
    tx.end_order_purposes(permit, Cause::Order(order.name), &ending).await.unwrap();
    for held in order.named_persons.iter_mut().flat_map(|named| &mut named.purposes) {
        held.end_date = held.end_date.or(Some(ending.effective_date));
        held.end_time = held.end_time.or(Some(permit.actor().now));
    }
    tx.touch_order(permit, order.name, head(41)).await.unwrap();

    // What waits, and the work, are read of proposals and requests. A first position is zero.
    assert_said(
        &order,
        &[
            ".named_persons.position",
            ".pending_approval",
            ".pending_work_count",
            ".work.at_hand",
            ".work.count",
            ".work_count",
        ],
    );
    let read = tx.order(court, order.name).await.unwrap().unwrap();
    assert_same(&(read.order, read.head), &(order.clone(), head(41)));
    let (left, names) =
        (tx.lock_recovery(Parent::Order(order.name)).await.unwrap(), (order.name, &order.outstanding));
    assert_same(&left.as_ref().map(|(name, left)| (*name, left)), &Some(names));

    let page = tx.order_changes(order.name, &FIRST).await.unwrap();
    assert_same(&oldest_first(page), &(1..).zip(changes).collect());
    (order.outstanding, order.named_persons) = (Vec::new(), Vec::new());
    assert_same(&tx.orders(court, &[], &FIRST).await.unwrap(), &vec![(order, head(41))]);
}

#[tokio::test]
async fn what_was_recovered_of_an_order_is_read_as_it_was_counted() {
    let scene = Scene::new().await;
    let (tx, permit) = (&scene.tx, &scene.permit);
    let order = scene.order().await;
    let recovered = [(PurposeKind::Fine, Decimal::new(10025, 2)), (PurposeKind::Reparations, Decimal::ONE)];
    tx.add_recovered(permit, order.name, &recovered).await.unwrap();
    let ending = over();
    tx.end_order_purposes(permit, Cause::Order(order.name), &ending).await.unwrap();
    let recovery = |purpose, amount, recovered, outstanding| Recovery {
        order: order.name,
        document_number: order.facts.document_number.clone(),
        purpose,
        amount: euros(amount),
        recovered: euros(recovered),
        outstanding: euros(outstanding),
        end_date: Some(ending.effective_date),
    };
    let saved = vec![
        recovery(PurposeKind::Fine, "300.25", "100.25", "200.00"),
        recovery(PurposeKind::Reparations, "70.00", "1.00", "69.00"),
    ];
    assert_said(&saved, &[]);
    for person in [None, order.facts.persons.first().copied()] {
        let read = tx.recoveries(&scene.court, scene.case.name, person).await.unwrap();
        assert_same(&read, &saved);
    }
}
