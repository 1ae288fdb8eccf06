//! Orders of Chambers: record, read, and one way for all later decisions.

use crate::app::Answer;
use chrono::NaiveDate;
use focalnet_domain::{
    case::Person,
    clock,
    error::Violation,
    journal::{Audience, Stream, Subject},
    names::{CaseId, OrderId, OrganizationId, PersonId},
    order::{Act, ActKind, Modification, NewOrder, Order, Revocation, State},
    order_work::OrderWork,
    organization::Kind,
    series::Series,
};
use serde_json::json;

mod change;

use super::{
    App, Call, Input, Plain,
    context::{CallContext, Entry, event, head},
    lists::{Form, words_of},
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

fn violations(new: &NewOrder, persons: &[Person], latest_day: NaiveDate) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (field, day) in [("decision_date", Some(new.decision_date)), ("final_date", new.final_date)] {
        let text = day.and_then(|day| clock::not_yet(day, latest_day));
        violations.extend(text.map(|text| Violation::new(format!("order.{field}"), text)));
    }
    if new.valid_until_date.is_some_and(|last| last < new.decision_date) {
        violations.push(Violation::new("order.valid_until_date", "is before decision_date"));
    }
    if new.final_date.is_some_and(|day| day < new.decision_date) {
        violations.push(Violation::new("order.final_date", "is before decision_date"));
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

impl CallContext<'_> {
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
    pub async fn record_order(&self, call: &Call, input: Input<NewOrder>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let mut persons = Vec::new();
        if let Some(new) = input.known() {
            cx.tx.case(&cx.scope, new.case).await?.ok_or(Error::NotFound("case"))?;
            cx.organ(new.chamber, Kind::Chamber).await?;
            if let Some(applicant) = new.applicant {
                cx.organ(applicant, Kind::Otp).await?;
            }
            persons = cx.persons_of(new.case, &new.persons).await?;
        }
        if let Some(answer) = cx.replay().await? {
            cx.tx.order(&cx.scope, answer.name(call.rpc)?).await?.ok_or(Error::NotFound("order"))?;
            return Ok(answer);
        }
        let permit =
            cx.authorize(input.known().map_or(Relation::None, |new| Relation::Order(new.chamber)))?;
        let new = input.get()?;
        Error::check(violations(new, &persons, clock::latest_day(cx.actor.now)))?;

        let name = OrderId::random();
        let mut order = Order {
            name,
            facts: new.clone(),
            state: State::InForce,
            changes: Series::default(),
            change_count: 0,
            create_time: cx.actor.now,
            work: Series::default(),
            work_count: 0,
            pending_work_count: 0,
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
        cx.tx.insert_order(&permit, &order, head(&event)).await?;
        let receipt = cx.receipt(&event)?;
        let answer = CallContext::seen(order, cx.etag(&name, head(&event)), Some(receipt), None);
        cx.finish(&permit, vec![event], &answer).await
    }

    /// Reads an order.
    pub async fn get_order(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name = call.name()?;
        let OrderSeen { mut order, head, approvals } =
            cx.tx.order(&cx.scope, name).await?.ok_or(Error::NotFound("order"))?;
        order.pending_approval = cx.pending_approval(&approvals, STREAMS);
        let etag = cx.etag(&name, head);
        cx.answer(&CallContext::seen(order, etag, None, None)).await
    }

    /// Lists orders.
    pub async fn list_orders(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let fields = [
            ("case", Form::Name("cases")),
            ("state", words_of!("STATE_", State)),
            ("document_number", Form::Text),
        ];
        let query = cx.query(&fields)?;
        let rows = cx.tx.orders(&cx.scope, &query.conditions, &query.page).await?;
        let answer = cx.page(
            &query,
            rows,
            |(order, _)| (order.create_time, order.name.0),
            |(order, last)| {
                let etag = cx.etag(&order.name, last);
                Ok(CallContext::seen(order, etag, None, None))
            },
        )?;
        cx.leave(answer).await
    }

    /// Lists the decisions about an order.
    pub async fn list_order_changes(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name = call.parent()?;
        cx.tx.sees_order(&cx.scope, name).await?.then_some(()).ok_or(Error::NotFound("order"))?;
        let query = cx.query(&[])?;
        let rows = cx.tx.order_changes(name, &query.page).await?;
        let answer = cx.page(&query, rows, Numbered::place, |row| Ok(Plain(row.entry)))?;
        cx.leave(answer).await
    }

    /// Lists the work that decisions have left on the requests under an order.
    pub async fn list_order_work(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name = call.parent()?;
        cx.tx.sees_order(&cx.scope, name).await?.then_some(()).ok_or(Error::NotFound("order"))?;
        let query = cx.query(&[])?;
        let rows = cx.tx.order_work(&cx.scope, name, &query.page).await?;
        let place = |work: &OrderWork| (work.create_time, work.freezing_request.0);
        let answer = cx.page(&query, rows, place, |work| Ok(Plain(work)))?;
        cx.leave(answer).await
    }

    /// Records a later decision that changes an order.
    pub async fn modify_order(&self, call: &Call, input: Input<Modification>) -> Result<Answer> {
        self.change_order(call, Input(input.0.map(|modification| Act::Modify(Box::new(modification))))).await
    }

    /// Records that an order was revoked, or proposes to.
    pub async fn revoke_order(&self, call: &Call, input: Input<Revocation>) -> Result<Answer> {
        self.change_order(call, Input(input.0.map(Act::Revoke))).await
    }
}
