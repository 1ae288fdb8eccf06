//! How much of what an order has left to be done the order shows, and the list of all of it.

use focalnet_contract::{Rpc, proto::order_work::State};
use focalnet_domain::series::SHOWN;
use serde_json::json;

use crate::support::{ledger::run, samples::elsewhere, world::World};

/// Where all that is shown is done, all is done.
#[tokio::test]
async fn what_is_pending_is_shown_and_then_the_newest() {
    let world = World::new().await;
    let name = world.transmitted(&world.portugal()).await;
    let id = name.rsplit_once('/').unwrap().1;
    // Of twelve only the oldest waits, for years.
    let work = format!(
        "INSERT INTO order_work (event_id, request_id, order_id, ending, author_id, create_time, attempts, next_time,
             done_time, outcome)
         SELECT gen_random_uuid(), r.id, r.order_id, '{{}}', a.id, now() - n * interval '1 hour', 0,
             now() + interval '10 years', CASE WHEN n < 12 THEN now() END, CASE WHEN n < 12 THEN 'ceased' END
         FROM freezing_request r, (SELECT id FROM account LIMIT 1) a, generate_series(1, 12) n WHERE r.id = '{id}'"
    );
    assert_eq!(run(&mut world.database_as("postgres").await, &work).await.unwrap(), 12);

    let officer = world.registry().officer();
    let order = world.order_read_by(&officer.clients).await;
    assert_eq!((order.work_count, order.pending_work_count), (12, 1));
    assert_eq!(order.work.len(), SHOWN);
    assert_eq!(order.work[0].state(), State::Pending);
    assert!(order.work[1..].iter().all(|work| work.state() == State::Done));
    let seconds: Vec<_> = order.work.iter().map(|work| work.create_time.unwrap().seconds).collect();
    assert!(seconds.is_sorted(), "the oldest first");
    assert_eq!(seconds[1] - seconds[0], (12 - 4) * 3_600, "between them the older ones are left out");

    let listed =
        officer.lists(Rpc::ListOrderWork, json!({ "parent": order.name, "page_size": 5 })).await.unwrap();
    assert!(listed.iter().all(|work| work["freezing_request"] == name.as_str()));
    let states: Vec<_> = listed.iter().map(|work| work["state"].as_str().unwrap()).collect();
    assert_eq!(states, [vec!["STATE_DONE"; 11], vec!["STATE_PENDING"]].concat(), "the newest first");
    let of_orders = officer.lists(Rpc::ListOrders, json!({})).await.unwrap();
    assert!(of_orders.iter().all(|order| order.get("work").is_none() && order.get("work_count").is_none()));
    for parent in [order.name.clone(), elsewhere(&order.name)] {
        let stranger = world.portugal().focal_point();
        let told = stranger.lists(Rpc::ListOrderWork, json!({ "parent": parent })).await.unwrap_err();
        assert_eq!(told.code(), tonic::Code::NotFound);
    }
}
