//! What is recovered counts against the amount of the order; once that is reached, the purpose ends in each request
//! under it, and no State learns where it was recovered.

use focalnet_domain::{
    asset::act::AllocateProceeds,
    names::{EventId, OrderId},
    order::PurposeAmount,
    order_work::Ending,
};

use crate::{app::context::CallContext, authz::Permit, error::Result, store::Cause};

const IN_FULL: &str = "What the Court asks for this purpose has been recovered in full.";

impl CallContext<'_> {
    /// Counts what an allocation recovers; `true` if it has left work on requests.
    pub(super) async fn recover(
        &self,
        permit: &Permit,
        (order, outstanding): &(OrderId, Vec<PurposeAmount>),
        event: EventId,
        allocate: &AllocateProceeds,
    ) -> Result<bool> {
        let counted: Vec<_> =
            outstanding.iter().map(|left| (left.purpose, allocate.counted(left.purpose))).collect();
        self.tx.add_recovered(permit, *order, &counted).await?;
        let purposes = allocate.recovers_in_full(outstanding);
        let last = allocate.allocations.iter().map(|allocation| allocation.decision_date).max();
        let (Some(effective_date), false) = (last, purposes.is_empty()) else { return Ok(false) };
        let ending = Ending {
            persons: Vec::new(),
            purposes,
            status: None,
            effective_date,
            reason: IN_FULL.to_owned(),
        };
        let left = self.leave_work(permit, Cause::Order(*order), event, &ending).await?;
        Ok(!left.is_empty())
    }
}
