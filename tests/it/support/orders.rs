//! What is decided about the order of the cast, and what becomes of it.

use focalnet_contract::{
    Rpc,
    proto::{Approval, GetOrderRequest, Order},
};
use prost_reflect::DynamicMessage;
use serde_json::{Value, json};
use tonic::Status;

use super::{actor::Clients, new_id, waiting::until, world::World};

/// Why the order is revoked.
pub(crate) const REASON: &str = "The charges were not confirmed.";

impl World {
    /// The order of the cast, as somebody of the Court reads it over some connection.
    pub(crate) async fn order_read_by(&self, reader: &Clients) -> Order {
        let get = GetOrderRequest { name: self.cast().order.clone() };
        reader.orders().get_order(get).await.unwrap().into_inner()
    }

    /// The order, once nothing is left to be done. It is read until then: whoever does it takes his time.
    pub(crate) async fn all_ended(&self) -> Order {
        until("all that the order has left is done", async || {
            let order = self.order_read_by(&self.registry().officer().clients).await;
            (order.pending_work_count == 0).then_some(order)
        })
        .await
    }

    /// What the Chamber decides about the order, as a message.
    pub(crate) async fn decision(&self, what: Value) -> Value {
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

    /// The order concerns more persons from now on.
    pub(crate) async fn concerns(&self, others: &[&str]) {
        let persons: Vec<_> =
            std::iter::once(self.cast().person.as_str()).chain(others.iter().copied()).collect();
        let what = json!({ "summary": "It concerns them too.", "persons": persons });
        self.decides(Rpc::ModifyOrder, what).await.unwrap();
    }

    /// The legal officer of the Chamber proposes to revoke the order.
    pub(crate) async fn revocation_proposed(&self) -> Approval {
        let proposed = self.decides(Rpc::RevokeOrder, json!({ "reason": REASON })).await.unwrap();
        let proposed: Order = proposed.transcode_to().unwrap();
        self.chamber().legal_officer().reads_approval(&proposed.pending_approval).await.unwrap()
    }

    /// The Chamber revokes the order: its judge approves.
    pub(crate) async fn revokes(&self) -> Order {
        let proposed = self.revocation_proposed().await;
        self.chamber().judge().approves_as_read(&proposed).await.unwrap();
        self.order_read_by(&self.registry().officer().clients).await
    }
}
