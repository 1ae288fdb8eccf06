//! Which fields of a resource make the columns of a list.

use prost_reflect::{FieldDescriptor, Kind, MessageDescriptor};

const COLUMNS: &[(&str, &[&str])] = &[
    (
        "AnswerInForce",
        &["country_code", "question", "value", "valid_from_date", "attest_time", "shared", "version_number"],
    ),
    ("Approval", &["name", "state", "subject", "proposer_display_name", "propose_time", "expire_time"]),
    (
        "Asset",
        &[
            "name",
            "type",
            "description",
            "state",
            "jurisdiction",
            "holder",
            "disposal_hold",
            "remaining",
            "create_time",
        ],
    ),
    ("AssetShare", &["recipient", "purpose", "create_time", "revoke_time", "revoke_reason"]),
    ("Case", &["name", "case_number", "display_name", "create_time"]),
    ("CaseMember", &["user", "display_name", "organization", "start_time"]),
    ("Channel", &["number", "kind", "description", "languages", "interpol_accepted", "effective_date"]),
    ("Claim", &["name", "claimant", "right", "share", "amount", "state", "lodged_date"]),
    (
        "Clarification",
        &["name", "topic", "state", "blocks", "opener", "addressee", "message_count", "create_time"],
    ),
    ("ThreadMessage", &["create_time", "author", "author_display_name", "text", "rerouted_to", "name"]),
    ("Cost", &["number", "kind", "amount", "due_date", "bearer", "paid_date", "description"]),
    ("Designation", &["capacity", "contact", "start_date", "end_date", "name"]),
    (
        "DirectoryEntry",
        &["name", "display_name", "country_code", "state_party", "focal_points", "channel", "regional_group"],
    ),
    ("Event", &["index", "time", "act", "organ", "role", "name"]),
    (
        "Finding",
        &[
            "severity",
            "field",
            "description",
            "section",
            "question",
            "answer",
            "answer_date",
            "questionnaire_version",
        ],
    ),
    (
        "FreezingRequest",
        &[
            "name",
            "requested_state_display_name",
            "state",
            "flags",
            "measures",
            "case_number",
            "origin",
            "transmit_time",
        ],
    ),
    ("Gap", &["question", "severity", "provision", "description", "valid_from_date"]),
    ("MeasureChange", &["kind", "end_date", "national_reference", "reason", "create_time"]),
    ("Order", &["name", "document_number", "decision_date", "classification", "state"]),
    ("OrderChange", &["document_number", "decision_date", "summary"]),
    (
        "OrderWork",
        &["freezing_request", "requested_state_display_name", "state", "outcome", "create_time", "done_time"],
    ),
    ("Organization", &["name", "kind", "display_name", "country_code"]),
    ("Person", &["name", "family_name", "given_names", "status", "status_date"]),
    ("Questionnaire", &["name", "key", "version_number", "state", "create_time", "publish_time"]),
    ("RequestVersion", &["number", "transmit_time", "reason", "changed_paths", "content_sha256"]),
    (
        "Response",
        &[
            "name",
            "requested_state_display_name",
            "state",
            "due_date",
            "overdue",
            "note_verbale",
            "questionnaire_key",
            "version_number",
            "attest_time",
        ],
    ),
    (
        "ResponseRate",
        &[
            "start_date",
            "end_date",
            "regional_group",
            "asked",
            "answered",
            "answered_in_time",
            "not_answered",
            "rate",
        ],
    ),
    ("SigningKey", &["key_id", "start_time", "verifier_key"]),
    (
        "StateGaps",
        &["country_code", "requested_state_display_name", "gaps", "opened", "closed", "not_known", "no_gap"],
    ),
    ("User", &["name", "login", "display_name", "state", "organization"]),
    ("Valuation", &["valuation_date", "value", "method", "appraiser", "create_time"]),
];

/// The columns of a message; for one that is not in the table, its first scalars.
pub(crate) fn of(message: &MessageDescriptor) -> Vec<FieldDescriptor> {
    match COLUMNS.iter().find(|(name, _)| *name == message.name()) {
        Some((_, columns)) => columns.iter().filter_map(|column| message.get_field_by_name(column)).collect(),
        None => message.fields().filter(|field| !matches!(field.kind(), Kind::Message(_))).take(5).collect(),
    }
}

#[cfg(test)]
mod tests {
    use focalnet_contract::catalogue;

    use super::*;

    #[test]
    fn every_column_exists() {
        for (name, columns) in COLUMNS {
            let message = catalogue::message(name).unwrap_or_else(|| panic!("no message {name}"));
            assert_eq!(of(&message).len(), columns.len(), "{name}");
        }
    }

    #[test]
    fn every_list_has_columns_of_its_own() {
        for rows in catalogue::methods().filter_map(|method| catalogue::rows(&method.output())) {
            let Kind::Message(row) = rows.kind() else { panic!("{}", rows.full_name()) };
            assert!(COLUMNS.iter().any(|(name, _)| *name == row.name()), "{}", row.name());
        }
    }
}
