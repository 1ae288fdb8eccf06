//! For which of its persons each purpose of an order holds, and until when.

use focalnet_domain::{
    names::{OrderId, PersonId},
    order::{Modification, OrderPerson, OrderPurpose, Terms},
    order_work::Ending,
};
use sea_orm::{ActiveValue::Set, ConnectionTrait as _, EntityTrait, FromQueryResult, sea_query::OnConflict};

use super::{Tx, entity::order_purpose, order_work::Cause, permitted, typed::Typed};
use crate::{
    authz::Permit,
    error::{Error, Result},
};

/// The persons that an order has ever named with their purposes, as a column of the order.
pub(super) const NAMED: &str =
    "(SELECT coalesce(json_agg(json_build_object('position', n.position, 'person', 'cases/' || court_order.case_id
    || '/persons/' || n.person_id, 'purposes', n.purposes) ORDER BY n.position), '[]')
    FROM (SELECT q.position, q.person_id, json_agg(json_build_object('purpose', q.purpose, 'end_date', q.end_date,
        'end_time', q.end_time, 'kept_by', q.kept_by) ORDER BY q.purpose) AS purposes
        FROM order_purpose q WHERE q.order_id = court_order.id GROUP BY q.position, q.person_id) n)";

/// What ends, under one order or for one person under all orders of the case. An obligation is not older than its order.
const END: &str = "
WITH ended AS (
    SELECT q.order_id, q.position, q.purpose, o.decision_date
    FROM order_purpose q JOIN court_order o ON o.id = q.order_id
    WHERE q.end_date IS NULL AND (q.order_id = $1 OR q.person_id = $2)
    AND (cardinality($3::uuid[]) = 0 OR q.person_id = ANY ($3))
    AND (cardinality($4::text[]) = 0 OR q.purpose = ANY ($4))
    ORDER BY q.order_id, q.position, q.purpose FOR UPDATE OF q
)
UPDATE order_purpose q SET end_date = greatest($5, e.decision_date), end_time = $6 FROM ended e
WHERE q.order_id = e.order_id AND q.position = e.position AND q.purpose = e.purpose";

/// A decision keeps purposes of an order for some of its persons.
const KEEP: &str = "UPDATE order_purpose SET kept_by = $2
WHERE order_id = $1 AND person_id = ANY ($3) AND purpose = ANY ($4) AND end_date IS NULL";

/// What was decided of a person who stood elsewhere does not hold any more.
const FORGET: &str = "UPDATE order_purpose SET kept_by = NULL WHERE person_id = $1 AND kept_by IS NOT NULL";

#[derive(FromQueryResult)]
struct TermsRow {
    terms: Typed<Terms>,
}

impl Tx {
    /// What an order allows its requests to ask for.
    pub async fn order_terms(&self, order: OrderId) -> Result<Terms> {
        let sql = format!(
            "SELECT json_build_object('measures', court_order.facts -> 'measures', 'persons', court_order.facts -> 'persons',
                'named', {NAMED}, 'state', court_order.state,
                'valid_until_date', court_order.facts -> 'valid_until_date') AS terms FROM court_order WHERE court_order.id = $1"
        );
        let row = TermsRow::find_by_statement(self.statement(&sql, [order.0.into()])).one(&self.link).await?;
        row.map(|row| row.terms.0)
            .ok_or_else(|| Error::internal("a request under an order that is not there"))
    }

    /// Saves which purposes a decision keeps.
    pub async fn keep_order_purposes(
        &self,
        permit: &Permit,
        order: OrderId,
        modification: &Modification,
    ) -> Result<()> {
        permitted(permit);
        let persons: Vec<_> = modification.kept_for.iter().map(|person| person.id).collect();
        let purposes: Vec<_> = modification.kept_purposes.iter().map(ToString::to_string).collect();
        let number = modification.change.document_number.clone();
        let values = [order.0.into(), number.into(), persons.into(), purposes.into()];
        self.link.execute_raw(self.statement(KEEP, values)).await?;
        Ok(())
    }

    /// Lets go of what was decided of a person who stands elsewhere now.
    pub async fn forget_kept_purposes(&self, permit: &Permit, person: PersonId) -> Result<()> {
        permitted(permit);
        self.link.execute_raw(self.statement(FORGET, [person.id.into()])).await?;
        Ok(())
    }

    /// Saves the persons of an order that are new.
    pub(super) async fn name_persons(&self, order: OrderId, persons: &[OrderPerson]) -> Result<()> {
        let rows = persons.iter().flat_map(|named| {
            named.purposes.iter().map(move |held: &OrderPurpose| order_purpose::ActiveModel {
                order_id: Set(order.0),
                position: Set(named.position),
                purpose: Set(held.purpose.to_string()),
                person_id: Set(named.person.id),
                end_date: Set(held.end_date),
                end_time: Set(held.end_time),
                kept_by: Set(held.kept_by.clone()),
            })
        });
        order_purpose::Entity::insert_many(rows)
            .on_conflict(OnConflict::new().do_nothing().to_owned())
            .exec_without_returning(&self.link)
            .await?;
        Ok(())
    }

    /// Ends what a decision ends of the orders themselves; the requests under them end by work of their own.
    pub async fn end_order_purposes(&self, permit: &Permit, about: Cause, ending: &Ending) -> Result<()> {
        permitted(permit);
        let (order, person) = match about {
            Cause::Order(name) => (Some(name.0), None),
            Cause::Person(name) => (None, Some(name.id)),
        };
        let persons: Vec<_> = ending.persons.iter().map(|person| person.id).collect();
        let purposes: Vec<_> = ending.purposes.iter().map(ToString::to_string).collect();
        let (day, now) = (ending.effective_date, permit.actor().now);
        let values = [order.into(), person.into(), persons.into(), purposes.into(), day.into(), now.into()];
        self.link.execute_raw(self.statement(END, values)).await?;
        Ok(())
    }
}
