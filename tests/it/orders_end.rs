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
mod shown;

/// A work's request, with what came of it.
fn done(work: &OrderWork) -> (&str, order_work::Outcome) {
    assert_eq!(work.state(), order_work::State::Done);
    (&work.freezing_request, work.outcome())
}

impl World {
    /// A connection that holds the locks of all requests of the world, so that no server can take up work on
    /// them meanwhile.
    pub(crate) async fn in_the_way(&self) -> PgConnection {
        let mut somebody = self.database_as("postgres").await;
        run(&mut somebody, "BEGIN").await.unwrap();
        run(&mut somebody, "SELECT 1 FROM freezing_request FOR NO KEY UPDATE").await.unwrap();
        somebody
    }

    /// A connection that keeps everybody from writing into the journal: a server that has taken up work comes
    /// as far as that, and waits. The connection that was in the way before gives up its locks then.
    async fn holds_the_journal(&self, mut before: PgConnection) -> PgConnection {
        let mut somebody = self.database_as("postgres").await;
        run(&mut somebody, "BEGIN").await.unwrap();
        run(&mut somebody, "LOCK TABLE journal_event IN SHARE MODE").await.unwrap();
        run(&mut before, "ROLLBACK").await.unwrap();
        somebody
    }

    pub(crate) async fn count(&self, what: &str) -> usize {
        let mut database = self.database_as("postgres").await;
        texts(&mut database, &format!("SELECT count(*)::text FROM {what}")).await[0].parse().unwrap()
    }
}
