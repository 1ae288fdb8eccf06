//! The journal: whole for each of its readers, closed to everybody who would rewrite it, and one event long per act.

use focalnet_contract::{
    Rpc,
    proto::{DeclineRequest, Receipt},
};
use focalnet_domain::{freezing_request::ActKind, journal::Event};

use crate::support::{
    actor::Actor,
    acts::Deed,
    ledger, new_id,
    samples::{Read, Things, sample},
    world::World,
};

mod grants;
mod one_event;
mod readers;
mod receipts;
mod tampering;

/// A request to Portugal on which both sides have acted, with the receipt that each act gave.
struct Tale {
    world: World,
    /// The request.
    name: String,
    receipts: Vec<(Actor, Receipt)>,
}

impl Tale {
    /// Drafted, sent, received and assigned; a question asked and answered; a denial proposed and declined; executed.
    async fn told() -> Self {
        let world = World::new().await;
        let (officer, approver) = (world.registry().officer(), world.registry().approver());
        let (focal_point, deputy) = (world.portugal().focal_point(), world.portugal().deputy());
        let authority = world.portuguese_authority();
        let drafted = officer.drafts_to(world.portugal().name()).await.unwrap();
        let mut tale = Self { world, name: drafted.name, receipts: Vec::new() };
        tale.keeps(&officer, drafted.receipt);

        tale.does(&officer, ActKind::MarkReady).await;
        tale.does(&officer, ActKind::Transmit).await;
        let carried_out = approver.approves(&tale.name).await.unwrap();
        tale.keeps(&approver, carried_out.receipt);

        tale.does(&focal_point, ActKind::Acknowledge).await;
        tale.does(&focal_point, ActKind::AssignAuthority).await;
        tale.asks(&focal_point, &officer).await;
        tale.does(&focal_point, ActKind::Deny).await;
        tale.is_declined_by(&deputy).await;
        tale.does(&authority, ActKind::StartExecution).await;
        tale.does(&authority, ActKind::ReportExecution).await;
        tale
    }

    fn keeps(&mut self, who: &Actor, receipt: Option<Receipt>) {
        self.receipts.push((who.clone(), receipt.unwrap()));
    }

    async fn does(&mut self, who: &Actor, deed: impl Into<Deed>) {
        let done = who.does(deed, &self.name).await.unwrap();
        self.keeps(who, done.receipt);
    }

    async fn asks(&mut self, who: &Actor, whom: &Actor) {
        let things = Things { request: who.reads(&self.name).await.unwrap(), ..Things::default() };
        let asked = who.call(Rpc::OpenClarification, sample(Rpc::OpenClarification, &things)).await.unwrap();
        self.keeps(who, Some(ledger::receipt(&asked)));

        let name = ledger::text(&asked, "name");
        let read = whom.call(Rpc::GetClarification, serde_json::json!({ "name": name })).await.unwrap();
        let clarification = Read { name, etag: ledger::text(&read, "etag") };
        let things = Things { clarification, ..Things::default() };
        let reply = sample(Rpc::ReplyToClarification, &things);
        let replied = whom.call(Rpc::ReplyToClarification, reply).await.unwrap();
        self.keeps(whom, Some(ledger::receipt(&replied)));
    }

    async fn is_declined_by(&mut self, who: &Actor) {
        let proposal = who.reads_proposal(&self.name).await.unwrap();
        let (name, etag, reason) = (proposal.name, proposal.etag, "It can be done".into());
        let decline = DeclineRequest { name, etag, request_id: new_id(), reason };
        let declined = who.approvals().decline(decline).await.unwrap().into_inner();
        self.keeps(who, declined.receipt);
    }

    /// Everything that somebody reads of it.
    async fn exported_by(&self, who: &Actor) -> Vec<Event> {
        who.exports(&self.name).await.unwrap()
    }
}
