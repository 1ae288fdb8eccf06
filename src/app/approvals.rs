//! The second person: carry a proposal out, refuse it, take it back.

use crate::app::Answer;
use focalnet_domain::{
    approval::{Approval, Decision, Proposed, State},
    error::{Obstacle, Reason},
    freezing_request::{self, Party},
    journal::{Audience, Hash},
    names::ApprovalId,
    order,
};

use super::{
    App, Call, Input, Justification, Nothing, OptionalJustification, Seen,
    context::CallContext,
    ledger::Ledger,
    lists::{Form, words_of},
};
use crate::{
    authz::{
        Permit,
        policy::{About, Relation},
    },
    error::{Error, Result},
    store::{Answered, Decided, Dossier, OpenApproval, OrderSeen},
};

impl App {
    /// Reads a proposal.
    pub async fn get_approval(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name = call.name()?;
        let (approval, last) = cx.tx.approval(&cx.scope, name).await?.ok_or(Error::NotFound("approval"))?;
        let seen = cx.approval_seen(approval, last);
        cx.answer(&seen).await
    }

    /// Lists proposals.
    pub async fn list_approvals(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let subjects = Form::Names(&["freezingRequests", "orders"]);
        let query = cx.query(&[("subject", subjects), ("state", words_of!("STATE_", State))])?;
        let rows = cx.tx.approvals(&cx.scope, &query.conditions, cx.actor.now, &query.page).await?;
        let answer = cx.page(
            &query,
            rows,
            |(approval, _)| (approval.propose_time, approval.name.0),
            |(approval, last)| Ok(cx.approval_seen(approval, last)),
        )?;
        cx.leave(answer).await
    }

    /// Carries out what was proposed.
    pub async fn approve(&self, call: &Call, input: Input<Nothing>) -> Result<Answer> {
        let input = Input(input.0.map(|Nothing {}| OptionalJustification { reason: None }));
        self.decide(call, Decision::Approve, input).await
    }

    /// Refuses what was proposed.
    pub async fn decline(&self, call: &Call, input: Input<Justification>) -> Result<Answer> {
        let input = Input(input.0.map(|said| OptionalJustification { reason: Some(said.reason) }));
        self.decide(call, Decision::Decline, input).await
    }

    /// Takes a proposal back.
    pub async fn withdraw(&self, call: &Call, input: Input<OptionalJustification>) -> Result<Answer> {
        self.decide(call, Decision::Withdraw, input).await
    }

    async fn decide(
        &self,
        call: &Call,
        decision: Decision,
        input: Input<OptionalJustification>,
    ) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name: ApprovalId = call.name()?;
        let (found, _) = cx.tx.approval(&cx.scope, name).await?.ok_or(Error::NotFound("approval"))?;
        let (mut subject, mut ledger, answered) = cx.lock_subject(found.proposed).await?;
        if let Some(answered) = answered {
            return cx.same_answer(answered);
        }
        let open = subject.approvals().iter().find(|open| open.approval.name == name).cloned();
        let open = match open {
            Some(open) => open,
            None => cx.closed_approval(name).await?,
        };
        let about = subject.about();
        let permit = cx.authorize(Relation::Proposal { about, proposer: open.approval.proposer })?;
        let reason = input.get()?.reason.clone();
        cx.check_etag(&cx.etag(&name, open.head))?;
        let state = open.approval.state_at(cx.actor.now);
        if state != State::Open {
            let obstacle = Obstacle::new("state", format!("is {state}"));
            let text = "the proposal is not open any more: propose the act anew".to_owned();
            return Err(Error::Precondition(Reason::ApprovalNotOpen, text, vec![obstacle]));
        }

        let approval = Approval {
            state: decision.state(),
            decider: (decision != Decision::Withdraw).then_some(cx.actor.user),
            reason,
            ..open.approval.clone()
        };
        let (hash, mut decided) = if decision == Decision::Approve {
            subject.carry_out(&cx, &permit, &mut ledger, &open).await?
        } else {
            let Approval { state, decider, reason, .. } = approval.clone();
            let last = ledger.decide(&permit, &open, state, decider, reason)?.head;
            subject.touch(&cx, &permit, last).await?;
            (last, Vec::new())
        };
        let Approval { state, decider, reason, .. } = approval.clone();
        decided.push(Decided { name, state, decider, reason, head: hash });
        cx.tx.decide_approvals(&permit, &decided).await?;
        let receipt = ledger.event(hash).map(|event| cx.receipt(event)).transpose()?;

        let answer = CallContext::seen(approval, cx.etag(&name, hash), receipt, None);
        let answer = cx.finish(&permit, ledger.into_events(), &answer).await?;
        if decision == Decision::Approve {
            // What was carried out may have left work.
            self.doorbell.notify_one();
        }
        Ok(answer)
    }
}

/// What a proposal is about, locked and loaded, with the act as it was proposed.
enum Subject {
    Request { dossier: Box<Dossier>, party: Party, act: Box<freezing_request::Act> },
    Order { seen: Box<OrderSeen>, act: order::Act },
}

impl Subject {
    /// What nobody has decided about it.
    fn approvals(&self) -> &[OpenApproval] {
        match self {
            Self::Request { dossier, .. } => &dossier.approvals,
            Self::Order { seen, .. } => &seen.approvals,
        }
    }

    /// Where the policy finds who proposes and who approves.
    const fn about(&self) -> About {
        match self {
            Self::Request { party, act, .. } => About::Request { party: *party, act: act.kind() },
            Self::Order { seen, act } => About::Order { chamber: seen.order.facts.chamber, act: act.kind() },
        }
    }

    /// Carries the act out through the use case that does it without a second person too.
    async fn carry_out(
        &mut self,
        cx: &CallContext<'_>,
        permit: &Permit,
        ledger: &mut Ledger,
        open: &OpenApproval,
    ) -> Result<(Hash, Vec<Decided>)> {
        match self {
            Self::Request { dossier, act, .. } => {
                cx.approve_on_request(permit, (dossier, ledger), act, open).await
            }
            Self::Order { seen, act } => cx.approve_on_order(permit, (seen, ledger), act, open).await,
        }
    }

    /// Notes the last event where the subject keeps it; a request has it in the heads of its streams.
    async fn touch(&self, cx: &CallContext<'_>, permit: &Permit, head: Hash) -> Result<()> {
        match self {
            Self::Request { .. } => Ok(()),
            Self::Order { seen, .. } => cx.tx.touch_order(permit, seen.order.name, head).await,
        }
    }
}

impl CallContext<'_> {
    /// Locks and loads what is proposed on, and finds the answer to an earlier call with the same `request_id`.
    async fn lock_subject(&self, proposed: Proposed) -> Result<(Subject, Ledger, Option<Answered>)> {
        match proposed {
            Proposed::Request { subject, act } => {
                let (dossier, answered) = self.lock_dossier(subject).await?;
                let (party, ledger) = (self.party(&dossier.request)?, Ledger::of(&dossier));
                Ok((Subject::Request { dossier: Box::new(dossier), party, act }, ledger, answered))
            }
            Proposed::Order { subject, act } => {
                let (seen, ledger, answered) = self.lock_order(subject).await?;
                Ok((Subject::Order { seen: Box::new(seen), act }, ledger, answered))
            }
        }
    }

    /// A proposal as the caller sees it now: what nobody decided in time has expired.
    fn approval_seen(&self, mut approval: Approval, last: Hash) -> Seen<Approval> {
        approval.state = approval.state_at(self.actor.now);
        let etag = self.etag(&approval.name, last);
        CallContext::seen(approval, etag, None, None)
    }

    /// A proposal that was decided already, for the error that says so.
    async fn closed_approval(&self, name: ApprovalId) -> Result<OpenApproval> {
        let (approval, head) =
            self.tx.approval(&self.scope, name).await?.ok_or(Error::NotFound("approval"))?;
        Ok(OpenApproval::new(approval, Audience::Issuer, head))
    }
}
