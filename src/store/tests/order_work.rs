//! What an act on an order leaves to be done on requests.

use focalnet_domain::order_work::{Ending, OrderWork, Outcome, State};

use super::{said::*, scene::*, *};
use crate::store::Cause;

#[tokio::test]
async fn work_of_which_everything_is_said_is_read_as_it_was_written() {
    let scene = Scene::new().await;
    let (tx, permit, court) = (&scene.tx, &scene.permit, &scene.court);
    let order = scene.order().await;
    let request = scene.request(&order).await;
    let ending: Ending = of(json!({
        "persons": [request.persons[0].person], "purposes": [request.purposes[0].purpose], "status": "acquitted",
        "effective_date": "2026-01-01", "reason": "The accused is acquitted",
    }));
    assert_said(&ending, &[]);
    set_clock(tx, Duration::seconds(90)).await;

    let (event, cause) = (EventId::random(), Cause::Order(order.name));
    let mut work = OrderWork {
        freezing_request: request.name,
        requested_state_display_name: request.requested_state_display_name.clone(),
        state: State::Pending,
        outcome: None,
        create_time: permit.actor().now,
        done_time: None,
    };
    assert_same(&tx.write_order_work(permit, cause, event, &ending).await.unwrap(), &vec![work.clone()]);
    let of_order = || async {
        let order = tx.order(court, order.name).await.unwrap().unwrap().order;
        (order.work, order.work_count, order.pending_work_count)
    };
    assert_same(&of_order().await, &(vec![work.clone()].into(), 1, 1));

    let task = tx.take_order_work(at(0)).await.unwrap().unwrap();
    tx.put_order_work_off(&task, at(5)).await.unwrap();
    let task = tx.take_order_work(at(5)).await.unwrap().unwrap();
    assert_said(&task, &[".clock_offset.nanos"]);
    let author = permit.actor();
    assert_eq!((task.event, task.request), (event, request.name));
    assert_eq!((task.author, &task.author_display_name), (author.user, &author.display_name));
    assert_eq!((task.author_organization, task.author_kind), (author.organization, author.kind));
    assert_eq!((task.author_role, task.attempts), (permit.role(), 1));
    assert_eq!((task.ending().unwrap(), task.clock_offset), (ending, Duration::seconds(90)));
    let today = day("2026-01-10");
    let seen = tx.dossier(court, request.name, today).await.unwrap().unwrap();
    assert_same(&tx.dossier_at_work(&task, today).await.unwrap(), &seen);

    tx.finish_order_work(&task, Outcome::Ceased, at(6)).await.unwrap();
    work.state = State::Done;
    (work.outcome, work.done_time) = (Some(Outcome::Ceased), Some(at(6)));
    assert_said(&work, &[]);
    assert_same(&of_order().await, &(vec![work.clone()].into(), 1, 0));
    assert_same(&tx.order_work(court, order.name, &FIRST).await.unwrap(), &vec![work]);
}
