//! What the end of an order, of a purpose or of a person's proceedings means for requests: one act of the Court, and in
//! each request an end of its own.

use focalnet_contract::proto::{OrderWork, order_work};
use sqlx::PgConnection;

use crate::support::{
    ledger::{run, texts},
    world::World,
};

mod interrupted;
mod persons;
mod purposes;
mod recovered;
mod revoked;

/// A work's request, with what came of it.
fn done(work: &OrderWork) -> (&str, order_work::Outcome) {
    assert_eq!(work.state(), order_work::State::Done);
    (&work.freezing_request, work.outcome())
}

impl World {
    /// Somebody who is at all requests of the world: no server takes up work on them meanwhile.
    async fn in_the_way(&self) -> PgConnection {
        let mut somebody = self.database_as("postgres").await;
        run(&mut somebody, "BEGIN").await.unwrap();
        run(&mut somebody, "SELECT 1 FROM freezing_request FOR NO KEY UPDATE").await.unwrap();
        somebody
    }

    async fn count(&self, what: &str) -> usize {
        let mut database = self.database_as("postgres").await;
        texts(&mut database, &format!("SELECT count(*)::text FROM {what}")).await[0].parse().unwrap()
    }
}
