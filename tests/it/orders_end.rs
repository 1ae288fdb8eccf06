//! What the end of an order, of a purpose or of a person's proceedings means for requests: one act of the Court, and in
//! each request an end of its own.

use focalnet_contract::{
    Rpc,
    proto::{GetOrderRequest, Order, OrderWork, order_work},
};
use prost_reflect::DynamicMessage;
use serde_json::{Value, json};
use sqlx::PgConnection;
use tonic::Status;

use crate::support::{
    actor::Clients,
    ledger::{run, texts},
    new_id,
    waiting::until,
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
    /// The order of the cast, as the officer reads it over some connection.
    async fn order_read_by(&self, officer: &Clients) -> Order {
        let get = GetOrderRequest { name: self.cast().order.clone() };
        officer.orders().get_order(get).await.unwrap().into_inner()
    }

    /// The order, once nothing is left to be done. It is read until then: whoever does it takes his time.
    pub(crate) async fn all_ended(&self) -> Order {
        until("all that the order has left is done", async || {
            let order = self.order_read_by(&self.registry().officer().clients).await;
            order.work.iter().all(|work| work.state() == order_work::State::Done).then_some(order)
        })
        .await
    }

    /// What the Chamber decides about the order, as a message.
    async fn decision(&self, what: Value) -> Value {
        let order = self.order_read_by(&self.chamber().legal_officer().clients).await;
        let mut message = json!({
            "name": order.name, "etag": order.etag, "request_id": new_id(),
            "document_number": "ICC-01/05-01/08-99", "decision_date": "2008-06-12",
        });
        message.as_object_mut().unwrap().extend(what.as_object().unwrap().clone());
        message
    }

    /// The Chamber decides about the order.
    pub(crate) async fn decides(&self, rpc: Rpc, what: Value) -> Result<DynamicMessage, Status> {
        let message = self.decision(what).await;
        self.chamber().legal_officer().call(rpc, message).await
    }

    /// The Chamber revokes the order.
    async fn revokes(&self) -> Order {
        let revoked = self.decides(Rpc::RevokeOrder, json!({ "reason": REASON })).await.unwrap();
        revoked.transcode_to().unwrap()
    }

    /// Somebody who is at all requests of the world: no server takes up work on them meanwhile.
    pub(crate) async fn in_the_way(&self) -> PgConnection {
        let mut somebody = self.database_as("postgres").await;
        run(&mut somebody, "BEGIN").await.unwrap();
        run(&mut somebody, "SELECT 1 FROM freezing_request FOR NO KEY UPDATE").await.unwrap();
        somebody
    }

    /// Somebody who lets nobody write into the journal: whoever has taken up work comes as far as that, and waits. Who
    /// was in the way before makes way then.
    async fn holds_the_journal(&self, mut before: PgConnection) -> PgConnection {
        let mut somebody = self.database_as("postgres").await;
        run(&mut somebody, "BEGIN").await.unwrap();
        run(&mut somebody, "LOCK TABLE journal_event IN SHARE MODE").await.unwrap();
        run(&mut before, "ROLLBACK").await.unwrap();
        somebody
    }

    async fn count(&self, what: &str) -> usize {
        let mut database = self.database_as("postgres").await;
        texts(&mut database, &format!("SELECT count(*)::text FROM {what}")).await[0].parse().unwrap()
    }
}

const REASON: &str = "The charges were not confirmed.";
