//! What one person proposes waits for a second one, whatever it is about.

use focalnet_domain::{
    approval::{Approval, LIFETIME, Proposed, State},
    error::{Obstacle, Reason},
    journal::{Audience, Hash},
    names::ApprovalId,
    organization::Role,
};
use serde_json::json;

use super::{context::CallContext, ledger::Ledger};
use crate::{
    authz::Permit,
    error::{Error, Result},
    store::OpenApproval,
};

impl CallContext<'_> {
    /// The open proposal that stands in one of these streams.
    pub(super) fn pending_approval(
        &self,
        approvals: &[OpenApproval],
        streams: &[Audience],
    ) -> Option<ApprovalId> {
        let open = approvals.iter().find(|open| {
            streams.contains(&open.audience) && open.approval.state_at(self.actor.now) == State::Open
        });
        open.map(|open| open.approval.name)
    }

    /// Leaves a proposal for the second person, in the stream of the proposer's side; the subject stays as it is.
    /// `approvals` are those that nobody has decided about it.
    pub(super) async fn propose(
        &self,
        permit: &Permit,
        (approvals, ledger): (&mut Vec<OpenApproval>, &mut Ledger),
        proposed: Proposed,
        side: Audience,
    ) -> Result<Hash> {
        let mut decided = Vec::new();
        for open in approvals.iter().filter(|open| open.approval.proposed.act() == proposed.act()) {
            match open.approval.state_at(self.actor.now) {
                State::Open => {
                    let name = open.approval.name.to_string();
                    let text = "waits for a second person; approve, decline or withdraw it first";
                    let obstacle = Obstacle::new(name, text);
                    let title = "this act is proposed already".to_owned();
                    return Err(Error::Precondition(Reason::ApprovalPending, title, vec![obstacle]));
                }
                state => decided.push(ledger.decide(permit, open, state, None, None)?),
            }
        }
        let approval = Approval {
            name: ApprovalId::random(),
            proposed,
            state: State::Open,
            proposer: self.actor.user,
            proposer_display_name: self.actor.display_name.clone(),
            decider: None,
            reason: None,
            propose_time: self.actor.now,
            expire_time: self.actor.now + LIFETIME,
        };
        let content = json!({ "propose": approval.proposed.content() });
        let hash = ledger.add(permit, side, ("propose", approval.name.to_string(), content), None)?;
        // Lapsed proposals are closed first: there is room for only one open proposal of each act.
        self.tx.decide_approvals(permit, &decided).await?;
        self.tx.insert_approval(permit, &approval, side, hash).await?;
        approvals.push(OpenApproval::new(approval, side, hash));
        Ok(hash)
    }

    /// Whether the proposer could still do the act: with an account, the assignment, and a mandate in one of its roles.
    pub(super) fn check_proposer(&self, open: &OpenApproval, roles: &[Role]) -> Result<()> {
        let now = self.actor.now;
        let mandated = open
            .proposer_mandates
            .iter()
            .any(|mandate| roles.contains(&mandate.role) && mandate.holds_at(now));
        if open.proposer_active && open.proposer_assigned && mandated {
            return Ok(());
        }
        let text = "the proposer's account, mandate or assignment to the case is no longer in force";
        Err(Error::PermissionDenied(Reason::RoleMissing, text))
    }
}
