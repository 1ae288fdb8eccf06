//! The second person: carry a proposal out, refuse it, take it back.

use crate::app::Answer;
use focalnet_domain::{
    approval::{Approval, Decision, State},
    error::{Obstacle, Reason as ErrorReason},
    freezing_request::lifecycle::Row,
    names::ApprovalId,
};

use super::{
    App, Call, Checked, Nothing, OptionalReason, Reason, Seen,
    freezing_requests::{Ledger, carry_out},
    lists::{Form, words_of},
    work::Work,
};
use crate::{
    authz::policy::Relation,
    error::{Error, Result},
    store::{Decided, Dossier, OpenApproval},
};

impl App {
    /// Reads a proposal.
    pub async fn get_approval(&self, call: &Call) -> Result<Answer> {
        let work = self.enter(call).await?;
        let name = call.name()?;
        let (approval, last) = work.tx.approval(&work.scope, name).await?.ok_or(Error::NotFound)?;
        let seen = work.approval_seen(approval, last);
        work.answer(&seen).await
    }

    /// Lists proposals.
    pub async fn list_approvals(&self, call: &Call) -> Result<Answer> {
        let work = self.enter(call).await?;
        let query = work
            .query(&[("subject", Form::Name("freezingRequests")), ("state", words_of!("STATE_", State))])?;
        let rows = work.tx.approvals(&work.scope, &query.conditions, work.actor.now, &query.page).await?;
        let answer = work.page(
            &query,
            rows,
            |(approval, _)| (approval.propose_time, approval.name.0),
            |(approval, last)| Ok(work.approval_seen(approval, last)),
        )?;
        work.leave(answer).await
    }

    /// Carries out what was proposed.
    pub async fn approve(&self, call: &Call, input: Checked<Nothing>) -> Result<Answer> {
        let input = Checked(input.0.map(|Nothing {}| OptionalReason { reason: None }));
        self.decide(call, Decision::Approve, input).await
    }

    /// Refuses what was proposed.
    pub async fn decline(&self, call: &Call, input: Checked<Reason>) -> Result<Answer> {
        let input = Checked(input.0.map(|said| OptionalReason { reason: Some(said.reason) }));
        self.decide(call, Decision::Decline, input).await
    }

    /// Takes a proposal back.
    pub async fn withdraw(&self, call: &Call, input: Checked<OptionalReason>) -> Result<Answer> {
        self.decide(call, Decision::Withdraw, input).await
    }

    async fn decide(
        &self,
        call: &Call,
        decision: Decision,
        input: Checked<OptionalReason>,
    ) -> Result<Answer> {
        let work = self.enter(call).await?;
        let name: ApprovalId = call.name()?;
        let key = (work.method(), call.request_id);
        let found = work.tx.lock_request_of(&work.scope, name, key, work.actor.now).await?;
        let (request, answered) = found.ok_or(Error::NotFound)?;
        if let Some(answered) = answered {
            return work.same_answer(answered);
        }
        let mut dossier = work.tx.dossier(&work.scope, request).await?.ok_or(Error::NotFound)?;
        let open = dossier.approvals.iter().find(|open| open.approval.name == name).cloned();
        let open = match open {
            Some(open) => open,
            None => work.closed_approval(name).await?,
        };
        let party = work.party(&dossier.request)?;
        let act = open.approval.act.kind();
        let permit = work.authorize(Relation::Proposal { party, act, proposer: open.approval.proposer })?;
        let reason = input.get()?.reason.clone();
        work.check_etag(&work.etag(&name, open.head))?;
        let state = open.approval.state_at(work.actor.now);
        if state != State::Open {
            let obstacle = Obstacle::new("state", format!("is {state}"));
            let text = "the proposal is not open any more: propose the act anew".to_owned();
            return Err(Error::Precondition(ErrorReason::ApprovalNotOpen, text, vec![obstacle]));
        }

        let mut ledger = Ledger::of(&dossier);
        let mut approval = open.approval.clone();
        approval.state = decision.state();
        approval.decider = (decision != Decision::Withdraw).then_some(work.actor.user);
        approval.reason.clone_from(&reason);
        let (hash, changes, mut decided) = match decision {
            Decision::Approve => {
                let row = work.still_possible(&dossier, &open)?;
                let approved = Some((name, open.approval.proposer));
                let mut act = open.approval.act.clone();
                work.look_up(&dossier, &mut act).await?;
                work.check_content(&dossier, &act).await?;
                let (changes, decided, hash) =
                    carry_out(&permit, &mut dossier, &mut ledger, &act, row, approved)?;
                (hash, Some(changes), decided)
            }
            Decision::Decline | Decision::Withdraw => {
                let decided = ledger.decide(&permit, &open, decision.state(), approval.decider, reason)?;
                (decided.head, None, Vec::new())
            }
        };
        let Approval { state, decider, reason, .. } = approval.clone();
        decided.push(Decided { name, state, decider, reason, head: hash });
        if let Some(changes) = &changes {
            work.tx.save_request(&permit, &dossier.request, changes, hash).await?;
        }
        work.tx.decide_approvals(&permit, &decided).await?;
        let receipt = ledger.event(hash).map(|event| work.receipt(event)).transpose()?;

        let answer = Work::seen(approval, work.etag(&name, hash), receipt, None);
        work.finish(&permit, ledger.into_events(), &answer).await
    }
}

impl Work<'_> {
    /// A proposal as the caller sees it now: what nobody decided in time has expired.
    fn approval_seen(&self, mut approval: Approval, last: focalnet_domain::journal::Hash) -> Seen<Approval> {
        approval.state = approval.state_at(self.actor.now);
        let etag = self.etag(&approval.name, last);
        Work::seen(approval, etag, None, None)
    }

    /// A proposal that was decided already, for the error that says so.
    async fn closed_approval(&self, name: ApprovalId) -> Result<OpenApproval> {
        let (approval, head) = self.tx.approval(&self.scope, name).await?.ok_or(Error::NotFound)?;
        Ok(OpenApproval::new(approval, focalnet_domain::journal::Audience::Issuer, head))
    }

    /// The row under which the proposed act can be carried out now, both persons having their mandates.
    fn still_possible(&self, dossier: &Dossier, open: &OpenApproval) -> Result<&'static Row> {
        let act = &open.approval.act;
        Error::check(act.violations(&dossier.request, self.actor.now))?;
        let row = dossier.request.row_for(act, self.actor.now)?;
        dossier.request.obstacle_to(act, self.actor.now)?;
        let now = self.actor.now;
        let mandated = open
            .proposer_mandates
            .iter()
            .any(|mandate| row.roles.contains(&mandate.role) && mandate.holds_at(now));
        if open.proposer_active && open.proposer_assigned && mandated {
            return Ok(row);
        }
        let text = "the proposer's account, mandate or assignment to the case is no longer in force";
        Err(Error::PermissionDenied(ErrorReason::RoleMissing, text))
    }
}
