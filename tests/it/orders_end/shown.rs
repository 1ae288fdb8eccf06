//! How much of what an order has left to be done the order shows.

use focalnet_contract::proto::order_work::State;
use focalnet_domain::order_work::SHOWN;

use crate::support::{ledger::run, world::World};

/// Where all that is shown is done, all is done.
#[tokio::test]
async fn what_is_pending_is_shown_and_then_the_newest() {
    let world = World::new().await;
    let name = world.transmitted(&world.portugal()).await;
    let id = name.rsplit_once('/').unwrap().1;
    // As many decisions would take longer than all that is tried here. Of 250 only the oldest waits, for years.
    let work = format!(
        "INSERT INTO order_work (event_id, request_id, order_id, ending, author_id, create_time, attempts, next_time,
             done_time, outcome)
         SELECT gen_random_uuid(), r.id, r.order_id, '{{}}', a.id, now() - n * interval '1 hour', 0,
             now() + interval '10 years', CASE WHEN n < 250 THEN now() END, CASE WHEN n < 250 THEN 'ceased' END
         FROM freezing_request r, (SELECT id FROM account LIMIT 1) a, generate_series(1, 250) n WHERE r.id = '{id}'"
    );
    assert_eq!(run(&mut world.database_as("postgres").await, &work).await.unwrap(), 250);

    let shown = world.order_read_by(&world.registry().officer().clients).await.work;
    assert_eq!(shown.len(), usize::try_from(SHOWN).unwrap());
    assert_eq!(shown[0].state(), State::Pending);
    assert!(shown[1..].iter().all(|work| work.state() == State::Done));
    let seconds: Vec<_> = shown.iter().map(|work| work.create_time.unwrap().seconds).collect();
    assert!(seconds.is_sorted(), "the oldest first");
    assert_eq!(seconds[1] - seconds[0], (250 - 199) * 3_600, "between them the older ones are left out");
}
