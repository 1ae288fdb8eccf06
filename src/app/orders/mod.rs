//! Orders of Chambers: record, read, and one way for all later decisions.

use crate::app::Answer;
use chrono::NaiveDate;
use focalnet_domain::{
    case::Person,
    error::Violation,
    journal::{Audience, Stream, Subject},
    names::{CaseId, OrderId, OrganizationId, PersonId},
    order::{Act, ActKind, Modification, NewOrder, Order, Revocation, State},
    organization::Kind,
    series::Series,
};
use serde_json::json;

mod change;

use super::{
    App, Call, Checked, Plain,
    lists::{Form, words_of},
    work::{Entry, Work, event, head},
};
use crate::{
    authz::policy::Relation,
    error::{Error, Result},
    store::{Numbered, OrderSeen, Position},
};

/// The streams of an order: whoever sees it reads the one there is.
const STREAMS: &[Audience] = &[Audience::Court];

const fn stream(name: OrderId) -> Stream {
    Stream { subject: Subject::Order(name), audience: Audience::Court }
}

fn violations(new: &NewOrder, persons: &[Person], today: NaiveDate) -> Vec<Violation> {
    let mut violations = Vec::new();
    if new.decision_date > today {
        violations.push(Violation::new("order.decision_date", "is in the future"));
    }
    if new.valid_until_date.is_some_and(|last| last < new.decision_date) {
        violations.push(Violation::new("order.valid_until_date", "is before decision_date"));
    }
    if new.final_date.is_some_and(|day| day < new.decision_date || day > today) {
        violations.push(Violation::new("order.final_date", "is before decision_date, or in the future"));
    }
    for (number, purpose) in new.purposes.iter().enumerate() {
        if new.purposes[..number].contains(purpose) {
            violations.push(Violation::new(format!("order.purposes[{number}]"), "is named twice"));
        }
    }
    for (number, name) in new.persons.iter().enumerate() {
        let person = persons.iter().find(|person| person.name == *name);
        let late =
            person.and_then(|person| person.facts.warrant_date).is_some_and(|date| date > new.decision_date);
        if late {
            let text =
                "a protective measure presupposes a warrant or summons (RS 57(3)(e)); this person's is later";
            violations.push(Violation::new(format!("order.persons[{number}]"), text));
        }
    }
    violations.extend(new.amount_violations());
    violations
}

impl Work<'_> {
    /// Persons of a case; `NOT_FOUND` when one is not of it.
    async fn persons_of(&self, case: CaseId, names: &[PersonId]) -> Result<Vec<Person>> {
        let persons = self.tx.persons_named(case, names).await?;
        let all = names.iter().all(|name| persons.iter().any(|person| person.name == *name));
        if all { Ok(persons) } else { Err(Error::NotFound("person")) }
    }

    async fn organ(&self, name: OrganizationId, kind: Kind) -> Result<()> {
        let found = self.tx.organization(&self.scope, name).await?;
        found
            .filter(|(organization, _)| organization.kind == kind)
            .map(|_| ())
            .ok_or(Error::NotFound("organization"))
    }
}

impl App {
    /// Records a decision.
    pub async fn record_order(&self, call: &Call, input: Checked<NewOrder>) -> Result<Answer> {
        let work = self.enter(call).await?;
        let mut persons = Vec::new();
        if let Some(new) = input.known() {
            work.tx.case(&work.scope, new.case).await?.ok_or(Error::NotFound("case"))?;
            work.organ(new.chamber, Kind::Chamber).await?;
            if let Some(applicant) = new.applicant {
                work.organ(applicant, Kind::Otp).await?;
            }
            persons = work.persons_of(new.case, &new.persons).await?;
        }
        if let Some(answer) = work.replay().await? {
            work.tx.order(&work.scope, answer.name(call.rpc)?).await?.ok_or(Error::NotFound("order"))?;
            return Ok(answer);
        }
        let permit =
            work.authorize(input.known().map_or(Relation::None, |new| Relation::Order(new.chamber)))?;
        let new = input.get()?;
        Error::check(violations(new, &persons, work.actor.now.date_naive()))?;

        let name = OrderId::random();
        let mut order = Order {
            name,
            facts: new.clone(),
            state: State::InForce,
            changes: Series::default(),
            change_count: 0,
            create_time: work.actor.now,
            work: Vec::new(),
            outstanding: new.amounts.clone(),
            named_persons: Vec::new(),
            pending_approval: None,
        };
        order.name_persons();
        let entry = Entry::new(
            stream(name),
            Position::start(stream(name)),
            ActKind::Record.as_str(),
            &name,
            json!({ ActKind::Record.as_str(): new }),
        );
        let event = event(&permit, entry)?;
        work.tx.insert_order(&permit, &order, head(&event)).await?;
        let receipt = work.receipt(&event)?;
        let answer = Work::seen(order, work.etag(&name, head(&event)), Some(receipt), None);
        work.finish(&permit, vec![event], &answer).await
    }

    /// Reads an order.
    pub async fn get_order(&self, call: &Call) -> Result<Answer> {
        let work = self.enter(call).await?;
        let name = call.name()?;
        let OrderSeen { mut order, head, approvals } =
            work.tx.order(&work.scope, name).await?.ok_or(Error::NotFound("order"))?;
        order.pending_approval = work.pending_approval(&approvals, STREAMS);
        let etag = work.etag(&name, head);
        work.answer(&Work::seen(order, etag, None, None)).await
    }

    /// Lists orders.
    pub async fn list_orders(&self, call: &Call) -> Result<Answer> {
        let work = self.enter(call).await?;
        let fields = [
            ("case", Form::Name("cases")),
            ("state", words_of!("STATE_", State)),
            ("document_number", Form::Text),
        ];
        let query = work.query(&fields)?;
        let rows = work.tx.orders(&work.scope, &query.conditions, &query.page).await?;
        let answer = work.page(
            &query,
            rows,
            |(order, _)| (order.create_time, order.name.0),
            |(order, last)| {
                let etag = work.etag(&order.name, last);
                Ok(Work::seen(order, etag, None, None))
            },
        )?;
        work.leave(answer).await
    }

    /// Lists the decisions about an order.
    pub async fn list_order_changes(&self, call: &Call) -> Result<Answer> {
        let work = self.enter(call).await?;
        let name = call.parent()?;
        work.tx.sees_order(&work.scope, name).await?.then_some(()).ok_or(Error::NotFound("order"))?;
        let query = work.query(&[])?;
        let rows = work.tx.order_changes(name, &query.page).await?;
        let answer = work.page(&query, rows, Numbered::place, |row| Ok(Plain(row.entry)))?;
        work.leave(answer).await
    }

    /// Records a later decision that changes an order.
    pub async fn modify_order(&self, call: &Call, input: Checked<Modification>) -> Result<Answer> {
        self.change_order(call, Checked(input.0.map(Act::Modify))).await
    }

    /// Records that an order was revoked, or proposes to.
    pub async fn revoke_order(&self, call: &Call, input: Checked<Revocation>) -> Result<Answer> {
        self.change_order(call, Checked(input.0.map(Act::Revoke))).await
    }
}
