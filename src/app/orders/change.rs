//! Later decisions about an order, one way: lock, look up, answer again, authorize, check, and then either propose to the
//! second person or carry out.

use chrono::{DateTime, NaiveDate, Utc};
use focalnet_domain::{
    approval::Proposed,
    clock,
    error::Violation,
    journal::{Audience, Hash, Subject},
    names::{ApprovalId, OrderId, UserId},
    order::{Act, Order, PurposeAmount, PurposeKind, State, act::Row, amount_for},
};
use serde_json::json;

use super::{STREAMS, stream};
use crate::{
    app::{Answer, App, Call, Input, context::CallContext, ledger::Ledger, users::wrong_state},
    authz::{Permit, policy::Relation},
    error::{Error, Result},
    store::{Answered, Cause, Decided, OpenApproval, OrderSeen},
};

/// A decision about an order comes on or after the day of the order, and not from the future.
fn check_date(date: NaiveDate, order: &Order, at: DateTime<Utc>) -> Result<()> {
    if date < order.facts.decision_date {
        return Err(Error::invalid("decision_date", "is before the order's own"));
    }
    match clock::not_yet(date, clock::latest_day(at)) {
        Some(text) => Err(Error::invalid("decision_date", text)),
        None => Ok(()),
    }
}

/// An amount cannot be stated for a purpose to which something was allocated before, because that allocation
/// was not counted against the amount.
fn late_amounts(order: &Order, stated: &[PurposeAmount], allocated: &[PurposeKind]) -> Vec<Violation> {
    let is_late =
        |purpose| amount_for(&order.facts.amounts, purpose).is_none() && allocated.contains(&purpose);
    let late = stated.iter().enumerate().filter(|(_, stated)| is_late(stated.purpose));
    let text = "has allocations already: an amount is stated before anything is allocated";
    late.map(|(number, _)| Violation::new(format!("amounts[{number}].purpose"), text)).collect()
}

/// The row of an act, while the order is in force.
fn row(order: &Order, act: &Act) -> Result<&'static Row> {
    if order.state != State::InForce {
        return Err(wrong_state("the order is revoked"));
    }
    act.kind().row().ok_or_else(|| Error::internal("an act on an order has no row"))
}

impl CallContext<'_> {
    /// Locks and loads an order with its stream, and finds the answer to an earlier call with the same
    /// `request_id`. The order is as it is after the wait for the lock, with what was recovered under it or
    /// proposed about it meanwhile.
    pub(in crate::app) async fn lock_order(
        &self,
        name: OrderId,
    ) -> Result<(OrderSeen, Ledger, Option<Answered>)> {
        let key = (self.method(), self.call.request_id);
        let locked = self.tx.lock_order(&self.scope, name, key, self.actor.now).await?;
        let answered = locked.ok_or(Error::NotFound("order"))?;
        let seen = self.tx.order(&self.scope, name).await?.ok_or(Error::NotFound("order"))?;
        let position = self.tx.position(stream(name)).await?;
        let ledger = Ledger::new(Subject::Order(name), vec![(Audience::Court, position)]);
        Ok((seen, ledger, answered))
    }

    /// The persons that a decision names; `NOT_FOUND` when one is not of the case.
    async fn look_up_in(&self, order: &Order, act: &Act) -> Result<()> {
        let persons = act.decision().persons();
        if !persons.is_empty() {
            self.persons_of(order.facts.case, &persons).await?;
        }
        Ok(())
    }

    /// Everything that is wrong with a decision about an order.
    async fn check_decision(&self, order: &Order, act: &Act) -> Result<()> {
        let decision = act.decision();
        check_date(decision.date(), order, self.actor.now)?;
        let mut violations = decision.violations(order);
        if !decision.amounts().is_empty() {
            let allocated = self.tx.allocated_under(order.name).await?;
            violations.extend(late_amounts(order, decision.amounts(), &allocated));
        }
        Error::check(violations)
    }

    /// Carries a decision out: the domain does it, the journal records it, open proposals are overtaken, and what ends in
    /// requests is left to be done.
    async fn carry_out_on_order(
        &self,
        permit: &Permit,
        (seen, ledger): (&mut OrderSeen, &mut Ledger),
        act: &Act,
        approved: Option<(ApprovalId, UserId)>,
    ) -> Result<(Hash, Vec<Decided>)> {
        let OrderSeen { order, approvals, .. } = seen;
        let decision = act.decision();
        let before = order.named_persons.len();
        decision.apply(order);
        let event = ledger.recorded(self.actor.now).event;
        let what = (act.kind().as_str(), order.name.to_string(), json!(act));
        let hash = ledger.add(permit, Audience::Court, what, approved)?;
        let decided = ledger.overtake(permit, approvals, Audience::Court, approved.map(|(name, _)| name))?;
        let new = (&order.named_persons[before..], decision.amounts());
        self.tx.update_order(permit, order, new, hash).await?;
        if let Act::Modify(modification) = act
            && !modification.kept_purposes.is_empty()
        {
            self.tx.keep_order_purposes(permit, order.name, modification).await?;
        }
        if let Some(ending) = decision.ending() {
            self.leave_work(permit, Cause::Order(order.name), event, &ending).await?;
        }
        Ok((hash, decided))
    }

    /// Carries out what was proposed, if it is still possible.
    pub(in crate::app) async fn approve_on_order(
        &self,
        permit: &Permit,
        (seen, ledger): (&mut OrderSeen, &mut Ledger),
        act: &Act,
        open: &OpenApproval,
    ) -> Result<(Hash, Vec<Decided>)> {
        self.look_up_in(&seen.order, act).await?;
        self.check_decision(&seen.order, act).await?;
        let row = row(&seen.order, act)?;
        self.check_proposer(open, row.roles)?;
        let approved = Some((open.approval.name, open.approval.proposer));
        self.carry_out_on_order(permit, (seen, ledger), act, approved).await
    }
}

impl App {
    /// Does an act on an order, or proposes it where it needs a second person.
    pub(super) async fn change_order(&self, call: &Call, input: Input<Act>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name = call.name()?;
        let (mut seen, mut ledger, answered) = cx.lock_order(name).await?;
        if let Some(act) = input.known() {
            cx.look_up_in(&seen.order, act).await?;
        }
        if let Some(answered) = answered {
            return cx.same_answer(answered);
        }
        let permit = cx.authorize(Relation::Order(seen.order.facts.chamber))?;
        let act = input.get()?;
        cx.check_decision(&seen.order, act).await?;
        cx.check_etag(&cx.etag(&name, seen.head))?;
        let row = row(&seen.order, act)?;

        let hash = if row.approvers.is_empty() {
            let (hash, decided) = cx.carry_out_on_order(&permit, (&mut seen, &mut ledger), act, None).await?;
            cx.tx.decide_approvals(&permit, &decided).await?;
            if act.decision().ending().is_some() {
                // Of the requests under it the caller may see some only.
                let now = cx.tx.order(&cx.scope, name).await?.ok_or(Error::NotFound("order"))?.order;
                seen.order = Order {
                    work: now.work,
                    work_count: now.work_count,
                    pending_work_count: now.pending_work_count,
                    named_persons: now.named_persons,
                    ..seen.order
                };
            }
            hash
        } else {
            let proposed = Proposed::Order { subject: name, act: act.clone() };
            let at = (&mut seen.approvals, &mut ledger);
            let hash = cx.propose(&permit, at, proposed, Audience::Court).await?;
            cx.tx.touch_order(&permit, name, hash).await?;
            hash
        };
        seen.order.pending_approval = cx.pending_approval(&seen.approvals, STREAMS);
        let receipt = ledger.event(hash).map(|event| cx.receipt(event)).transpose()?;
        let answer = CallContext::seen(seen.order, cx.etag(&name, hash), receipt, None);
        let answer = cx.finish(&permit, ledger.into_events(), &answer).await?;
        self.doorbell.notify_one();
        Ok(answer)
    }
}
