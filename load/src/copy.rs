//! Rows in the text form of `COPY`, gathered by table and sent in the order in which tables refer to each other.

use sqlx::PgConnection;

use crate::Error;
pub(crate) use crate::field::{Array, Bytes, Field};

macro_rules! tables {
    ($($table:ident $name:literal $columns:literal,)*) => {
        /// A table, in the order in which tables refer to each other.
        #[derive(Debug, Clone, Copy)]
        pub(crate) enum Table { $($table,)* }

        /// Their names with the columns that are written.
        pub(crate) const TABLES: &[(&str, &str)] = &[$(($name, $columns),)*];
    };
}

tables! {
    Organization "organization" "id, kind, display_name, country_code, state_id, create_time, head",
    Account "account" "id, organization_id, login, display_name, state, create_time, head",
    Mandate "mandate" "id, account_id, role, start_time",
    Case "court_case" "id, situation_number, case_number, display_name, creator_id, create_time, head",
    Member "case_member" "id, case_id, account_id, start_time",
    Person "case_person" "id, case_id, facts, warrant_date, status, create_time, head",
    Order "court_order" "id, case_id, document_number, decision_date, chamber_id, applicant_id, state, facts,
        create_time, head",
    Named "order_purpose" "order_id, position, purpose, person_id",
    Change "order_change" "order_id, position, document_number, decision_date, summary",
    Recovery "order_recovery" "order_id, purpose, position, amount, currency_code, recovered",
    Request "freezing_request" "id, origin, case_id, order_id, issuing_organization_id, chamber_id, applicant_id,
        requested_state_id, authority_id, measures, state, facts, audience, create_time, transmit_time",
    Version "request_version" "request_id, number, content, changed_paths, transmit_time, transmission, content_sha256",
    Concerned "request_person" "request_id, position, display_name, person_id, status, status_date",
    Purpose "request_purpose" "request_id, position, purpose, basis, end_date, end_time",
    Work "order_work" "event_id, request_id, order_id, ending, author_id, author_role, create_time, attempts, next_time,
        done_time, outcome",
    Thread "clarification" "id, request_id, topic, blocks, opener, addressee, state, create_time, expected_reply_time,
        head",
    Message "clarification_message" "clarification_id, position, author, author_display_name, text, language_code,
        create_time, id",
    Proposal "approval" "id, request_id, audience, act, payload, state, proposer_id, propose_time, expire_time, head",
    Asset "asset" "id, request_id, order_id, position, type, jurisdiction, description, location, identifiers, holder,
        requested_state_id, create_time, persons, event_id, head, lead_only,
        settled, frozen_days, seized_days",
    Measure "measure" "id, asset_id, position, kind, national_reference, authority, start_date, end_date, reminder_date,
        create_time, event_id",
    MeasureChange "measure_change" "measure_id, position, kind, end_date, reminder_date, national_reference, reason,
        create_time, event_id",
    Valuation "valuation" "asset_id, position, amount, currency_code, valuation_date, method, appraiser, create_time,
        event_id",
    Ownership "ownership" "asset_id, position, layer, from_date, owners, create_time, event_id",
    Encumbrance "encumbrance" "asset_id, position, facts, create_time, event_id",
    Cost "cost" "asset_id, number, kind, amount, currency_code, due_date, extraordinary, bearer, paid_date, description,
        create_time, event_id",
    Settlement "cost_settlement" "asset_id, number, paid_date, create_time, event_id",
    Claim "claim" "id, asset_id, position, facts, create_time, event_id",
    Decision "claim_decision" "claim_id, position, state, decision_date, reference, create_time, event_id",
    Disposition "disposition" "asset_id, position, kind, disposition_date, reason, national_reference, create_time,
        event_id",
    Allocation "allocation" "asset_id, position, purpose, amount, currency_code, decision_date, reference, create_time,
        event_id",
    Share "asset_share" "asset_id, position, recipient_id, purpose, create_time, event_id, revoke_reason, revoke_time",
    Event "journal_event" "id, stream, subject_id, audience, index, time, act, subject, organ, role, content,
        content_salt, content_digest, persons, persons_salt, persons_digest, hash",
}

/// Rows that were not sent yet.
#[derive(Debug)]
pub(crate) struct Rows(Vec<String>);

impl Rows {
    pub(crate) fn new() -> Self {
        Self(vec![String::new(); TABLES.len()])
    }

    /// Adds a row: its fields in the order of the columns.
    pub(crate) fn add(&mut self, table: Table, fields: &[&dyn Field]) {
        let text = &mut self.0[table as usize];
        for (place, field) in fields.iter().enumerate() {
            if place > 0 {
                text.push('\t');
            }
            field.write(text);
        }
        text.push('\n');
    }

    /// Sends what was gathered.
    pub(crate) async fn send(&mut self, connection: &mut PgConnection) -> Result<(), Error> {
        for ((name, columns), rows) in TABLES.iter().zip(&mut self.0) {
            if rows.is_empty() {
                continue;
            }
            let mut copy = connection.copy_in_raw(&format!("COPY {name} ({columns}) FROM STDIN")).await?;
            copy.send(rows.as_bytes()).await?;
            copy.finish().await?;
            rows.clear();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_would_end_a_field_is_escaped() {
        let mut rows = Rows::new();
        let fields: [&dyn Field; 5] =
            [&"a\tb\\c\n", &None::<i32>, &json!({ "a": "\"" }), &Bytes(&[1, 255]), &Array(&[1, 2])];
        rows.add(Table::Purpose, &fields);
        assert_eq!(
            rows.0[Table::Purpose as usize],
            "a\\tb\\\\c\\n\t\\N\t{\"a\":\"\\\\\"\"}\t\\\\x01ff\t{1,2}\n"
        );
    }
}
