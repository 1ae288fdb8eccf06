//! What an order's act leaves to be done, and the server that does it: one transaction for each request, in which the
//! decision takes the place of the second person.

use chrono::{DateTime, Duration, Utc};
use focalnet_domain::{
    freezing_request::Act,
    names::EventId,
    order_work::{Ending, OrderWork, Outcome},
};

use super::{App, context::CallContext, freezing_requests::carry_out, ledger::Ledger};
use crate::{
    authz::{Actor, Permit},
    error::{Error, Result},
    store::{Cause, Entrant, OrderTask, Tx},
};

/// The longest wait before work that failed is tried again.
const LONGEST_WAIT: Duration = Duration::hours(1);

impl CallContext<'_> {
    /// Ends what a decision ends of orders, and leaves a piece of work on each request that it concerns, in the
    /// transaction of the decision.
    pub(super) async fn leave_work(
        &self,
        permit: &Permit,
        cause: Cause,
        event: EventId,
        ending: &Ending,
    ) -> Result<Vec<OrderWork>> {
        self.tx.end_order_purposes(permit, cause, ending).await?;
        self.tx.write_order_work(permit, cause, event, ending).await
    }
}

/// Under whose decision the server acts.
fn permit(task: &OrderTask, now: DateTime<Utc>) -> Permit {
    let actor = Actor {
        user: task.author,
        display_name: task.author_display_name.clone(),
        organization: task.author_organization,
        kind: task.author_kind,
        roles: task.author_role.into_iter().collect(),
        session: uuid::Uuid::nil(),
        restricted: false,
        now,
    };
    Permit::of_decision(actor, task.author_role)
}

impl App {
    /// Resolves when a call has left work.
    pub async fn work_is_left(&self) {
        self.doorbell.notified().await;
    }

    /// Carries out all work that is due, piece by piece. Any number of servers may do so at once.
    pub async fn carry_out_work(&self) -> Result<()> {
        while self.carry_out_next().await? {}
        Ok(())
    }

    /// Takes one piece of work; `false` when there is no piece that nobody else is working on.
    async fn carry_out_next(&self) -> Result<bool> {
        let (tx, _) = self.store.begin(Entrant::Nobody).await?;
        let Some(task) = tx.take_order_work(self.clock.now(Duration::zero())).await? else {
            tx.commit().await?;
            return Ok(false);
        };
        let now = self.clock.now(task.clock_offset);
        // In a task of its own, so that a panic fails only this piece of work.
        let carried_out = tokio::spawn({
            let task = task.clone();
            async move { carry_out_task(tx, &task, now).await }
        });
        match carried_out.await.unwrap_or_else(|panic| Err(Error::Internal(Box::new(panic)))) {
            Ok(outcome) => {
                tracing::info!(request = %task.request, event = %task.event, %outcome, "an order's work is done");
            }
            // Without a database the failure cannot be noted.
            Err(Error::Unavailable) => return Err(Error::Unavailable),
            Err(error) => {
                log(&task, &error);
                self.put_off(&task, now).await?;
            }
        }
        Ok(true)
    }

    /// A piece of work that failed waits before it is tried again, longer each time, so that other pieces are
    /// not held up.
    async fn put_off(&self, task: &OrderTask, now: DateTime<Utc>) -> Result<()> {
        let wait = Duration::seconds(5 << task.attempts.clamp(0, 10)).min(LONGEST_WAIT);
        let (tx, _) = self.store.begin(Entrant::Nobody).await?;
        tx.put_order_work_off(task, now + wait).await?;
        tx.commit().await
    }
}

fn log(task: &OrderTask, error: &Error) {
    let source: &(dyn std::error::Error + 'static) = match error {
        Error::Internal(source) => source.as_ref(),
        other => other,
    };
    let (request, event, attempts) = (task.request, task.event, task.attempts + 1);
    tracing::error!(%request, %event, attempts, error = source, "an order's work failed; it is tried again later");
}

/// Ends the obligation as the lifecycle allows it, with the event that both sides read.
async fn carry_out_task(tx: Tx, task: &OrderTask, now: DateTime<Utc>) -> Result<Outcome> {
    let permit = permit(task, now);
    let mut dossier = tx.dossier_at_work(task, now.date_naive()).await?;
    let Some(cease) = task.ending()?.cease(&dossier.request) else {
        return finish(tx, task, Outcome::NothingHeld, now).await;
    };
    let act = Act::Cease(cease);
    let Ok(row) = dossier.request.row_for(&act, now) else {
        return finish(tx, task, Outcome::NotPossible, now).await;
    };
    Error::check(act.violations(&dossier.request, now))?;
    let mut ledger = Ledger::of(&dossier);
    let (changes, decided, hash) = carry_out(&permit, &mut dossier, &mut ledger, &act, row, None)?;
    tx.save_request(&permit, &dossier.request, &changes, hash).await?;
    tx.decide_approvals(&permit, &decided).await?;
    tx.append(&permit, ledger.into_events()).await?;
    finish(tx, task, Outcome::Ceased, now).await
}

async fn finish(tx: Tx, task: &OrderTask, outcome: Outcome, now: DateTime<Utc>) -> Result<Outcome> {
    tx.finish_order_work(task, outcome, now).await?;
    tx.commit().await?;
    Ok(outcome)
}
