//! Which fields of a request, of what belongs to it, and of a response a party sees: message × field × reader. One that is
//! not in the table is an error when it is answered, and a test enumerates the contract against the table.

use std::{collections::HashMap, sync::LazyLock};

use focalnet_contract::{
    schema::{self, Field, Shape},
    wire::{Shown, View},
};
use focalnet_domain::freezing_request::Party;

/// Who reads a request, or a response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reader {
    /// The issuing side: the channel, the Chamber seised, the applicant.
    Issuer,
    /// The requested State.
    State,
    /// The competent authority it is assigned to.
    Authority,
    /// An organ of the Court with which an asset is shared, and nothing else of the request.
    Recipient,
}

impl From<Party> for Reader {
    fn from(party: Party) -> Self {
        match party {
            Party::Channel | Party::Chamber | Party::Applicant => Self::Issuer,
            Party::State => Self::State,
            Party::Authority => Self::Authority,
        }
    }
}

impl Reader {
    const fn bit(self) -> u8 {
        match self {
            Self::Issuer => ISSUER,
            Self::State => STATE,
            Self::Authority => AUTHORITY,
            Self::Recipient => RECIPIENT,
        }
    }
}

const ISSUER: u8 = 1;
const STATE: u8 = 2;
const AUTHORITY: u8 = 4;
const RECIPIENT: u8 = 8;
/// The parties of a request.
const ALL: u8 = ISSUER | STATE | AUTHORITY;
/// Whoever reads an asset.
const EVERYBODY: u8 = ALL | RECIPIENT;
/// The State's own affairs.
const NATIONAL: u8 = STATE | AUTHORITY;

/// The table: fields of a message, and who sees them.
pub const FIELDS: &[(&str, u8, &[&str])] = &[
    (
        "FreezingRequest",
        ALL,
        &[
            "name",
            "origin",
            "requested_state",
            "requested_state_display_name",
            "measures",
            "content",
            "situation_number",
            "case_number",
            "order_number",
            "order_date",
            "issuing_organization",
            "state",
            "flags",
            "version",
            "versions",
            "version_count",
            "persons",
            "purposes",
            "transmission",
            "authority_display_name",
            "national_proceeding",
            "postponement",
            "asset_counts",
            "transmit_time",
            "update_time",
            "etag",
            "receipt",
        ],
    ),
    ("AssetCounts", ALL, &["total", "frozen", "seized", "outstanding"]),
    ("FreezingRequest", ISSUER, &["case", "order", "override_reason", "successor", "create_time"]),
    ("FreezingRequest", NATIONAL, &["authority"]),
    // What is between the focal point and the Court; an authority makes and decides no proposals either.
    ("FreezingRequest", ISSUER | STATE, &["acknowledgement", "denial", "consultations", "pending_approval"]),
    (
        "RequestContent",
        ALL,
        &[
            "executing_authority",
            "urgency",
            "persons",
            "place_of_execution",
            "third_parties",
            "objects",
            "amount",
            "amount_computation",
            "already_recovered",
            "assets",
            "facts",
            "stage_of_proceedings",
            "grounds",
            "crimes",
            "link_to_crime",
            "purposes",
            "confidentiality",
            "formalities",
            "notice_policy",
            "related_requests",
            "follow_up",
            "alternative_measures",
            "restitution",
            "remedies",
            "issuing_authority",
            "attachments",
            "management_plan",
            "valuation_date",
            "reporting_interval_days",
            "forfeited_property",
            "reparations_scope",
            "payee_account",
            "language_code",
            "non_party_basis",
        ],
    ),
    ("Urgency", ALL, &["urgent", "grounds", "execution_date", "execution_date_grounds"]),
    ("ConcernedPerson", ALL, &["capacity", "natural", "legal"]),
    ("ConcernedPerson", ISSUER, &["person"]),
    (
        "NaturalPerson",
        ALL,
        &[
            "family_name",
            "given_names",
            "aliases",
            "sex",
            "nationalities",
            "identity_number",
            "identity_document",
            "birth_date",
            "birth_place",
            "address",
            "languages",
        ],
    ),
    (
        "LegalPerson",
        ALL,
        &[
            "legal_name",
            "legal_form",
            "trade_name",
            "seat",
            "registration_number",
            "address",
            "representative",
        ],
    ),
    (
        "RequestedAsset",
        ALL,
        &["type", "description", "identifiers", "location", "holder", "grounds", "valuation", "link"],
    ),
    ("PurposeBasis", ALL, &["purpose", "basis"]),
    ("RelatedRequest", ALL, &["type", "request_date", "authority", "court_reference", "national_reference"]),
    ("IssuingAuthority", ALL, &["authority", "contact", "languages", "signatory", "signature_date"]),
    ("Attachment", ALL, &["kind", "file_name", "sha256", "size_bytes", "language_code", "translation_of"]),
    ("PayeeAccount", ALL, &["iban", "bic", "holder"]),
    ("Stated", ALL, &["value", "absence"]),
    ("LocalizedText", ALL, &["text", "language_code"]),
    ("Money", EVERYBODY, &["currency_code", "amount"]),
    (
        "Valuation",
        EVERYBODY,
        &["value", "valuation_date", "method", "appraiser", "converted_from", "create_time", "event"],
    ),
    ("AssetIdentifier", EVERYBODY, &["kind", "value"]),
    (
        "RequestVersion",
        ALL,
        &["number", "changed_paths", "reason", "content_sha256", "transmit_time", "transmission"],
    ),
    ("RequestPerson", ALL, &["position", "display_name", "status", "status_date", "active_purposes"]),
    ("RequestPerson", ISSUER, &["person"]),
    ("RequestPurpose", ALL, &["purpose", "basis", "status", "end_date", "outstanding"]),
    (
        "Transmission",
        ALL,
        &["medium", "reference", "urgency_grounds", "confirmation_reference", "channel", "answers_used"],
    ),
    // The State's own choices and answers.
    (
        "Channel",
        ALL,
        &[
            "number",
            "kind",
            "description",
            "interpol_accepted",
            "languages",
            "received_date",
            "agreed_date",
            "effective_date",
            "create_time",
        ],
    ),
    ("AnswersUsed", ALL, &["as_of_date", "attest_time"]),
    // A State learns of a version of a questionnaire when it is asked to answer it.
    ("AnswersUsed", ISSUER, &["questionnaire", "version_number"]),
    ("NonPartyBasis", ALL, &["kind", "reference"]),
    ("Acknowledgement", ALL, &["national_reference", "responsible_authority", "contact"]),
    ("Postponement", ALL, &["ground", "until_date", "case_reference"]),
    ("Denial", ALL, &["ground", "reasons"]),
    ("Consultation", ALL, &["problem", "description", "open_time", "resolution", "close_time"]),
    (
        "Asset",
        EVERYBODY,
        &[
            "name",
            "type",
            "jurisdiction",
            "description",
            "location",
            "identifiers",
            "holder",
            "measures",
            "valuations",
            "valuation_count",
            "dispositions",
            "state",
            "create_time",
            "persons",
            "ownerships",
            "encumbrances",
            "costs",
            "cost_count",
            "claims",
            "claim_count",
            "value_substitute_for",
            "proceeds_of",
            "restraint",
            "custody",
            "disposal_hold",
            "remaining",
            "equity",
            "warnings",
            "event",
            "etag",
        ],
    ),
    ("Warning", EVERYBODY, &["field", "description"]),
    ("Asset", ISSUER, &["order", "allocations", "shares", "share_count"]),
    ("Asset", ALL, &["freezing_request", "lead_only", "receipt"]),
    ("AssetShare", ISSUER, &["recipient", "purpose", "revoke_reason", "create_time", "revoke_time", "event"]),
    (
        "Measure",
        EVERYBODY,
        &[
            "name",
            "kind",
            "national_reference",
            "authority",
            "start_date",
            "end_date",
            "reminder_date",
            "share",
            "changes",
            "change_count",
            "last_date",
            "create_time",
            "event",
        ],
    ),
    (
        "MeasureChange",
        EVERYBODY,
        &["kind", "end_date", "national_reference", "reason", "create_time", "event"],
    ),
    ("Share", EVERYBODY, &["numerator", "denominator"]),
    ("Ownership", EVERYBODY, &["layer", "from_date", "owners", "create_time", "event"]),
    ("Owner", EVERYBODY, &["display_name", "position", "share"]),
    (
        "Cost",
        EVERYBODY,
        &[
            "number",
            "kind",
            "amount",
            "due_date",
            "extraordinary",
            "bearer",
            "paid_date",
            "description",
            "create_time",
            "event",
        ],
    ),
    ("Cost", ALL, &["agreed_in"]),
    (
        "Encumbrance",
        EVERYBODY,
        &["kind", "creditor", "amount", "rank", "from_date", "end_date", "create_time", "event"],
    ),
    (
        "Claim",
        EVERYBODY,
        &[
            "name",
            "claimant",
            "right",
            "share",
            "amount",
            "forum",
            "lodged_date",
            "acquisition_date",
            "acquisition_price",
            "evidence",
            "state",
            "decisions",
            "excluded",
            "create_time",
            "event",
        ],
    ),
    ("ClaimDecision", EVERYBODY, &["state", "decision_date", "reference", "upheld", "create_time", "event"]),
    (
        "Disposition",
        EVERYBODY,
        &[
            "kind",
            "disposition_date",
            "reason",
            "national_reference",
            "share",
            "proceeds",
            "create_time",
            "event",
        ],
    ),
    // What becomes of the money once the Court has it is no affair of the State's.
    (
        "Allocation",
        ISSUER,
        &[
            "purpose",
            "amount",
            "decision_date",
            "reference",
            "create_time",
            "event",
            "counts_as",
            "rate_source",
        ],
    ),
    ("Conversion", EVERYBODY, &["amount", "rate", "rate_date", "source"]),
    (
        "Clarification",
        ALL,
        &[
            "name",
            "topic",
            "blocks",
            "opener",
            "addressee",
            "state",
            "message_count",
            "first_message",
            "last_message",
            "create_time",
            "expected_reply_time",
            "etag",
            "receipt",
        ],
    ),
    (
        "Response",
        ALL,
        &[
            "name",
            "questionnaire",
            "questionnaire_key",
            "version_number",
            "requested_state",
            "requested_state_display_name",
            "note_verbale",
            "due_date",
            "state",
            "overdue",
            "answers",
            "attest_time",
            "create_time",
            "etag",
            "receipt",
        ],
    ),
    ("Response", ISSUER, &["circulation", "reminders"]),
    ("Response", STATE, &["progress", "submitter_display_name", "reopen_reason"]),
    (
        "Answer",
        ALL,
        &["question", "value", "valid_from_date", "shared", "comment", "etag", "number", "unconfirmed"],
    ),
    // Which of its people answered, and when, concerns the State alone.
    ("Answer", STATE, &["author_display_name", "create_time"]),
    (
        "AnswerValue",
        ALL,
        &[
            "boolean",
            "option",
            "options",
            "text",
            "integer",
            "decimal",
            "date",
            "period",
            "legislation",
            "file",
            "contact",
            "absence",
        ],
    ),
    ("OptionKeys", ALL, &["keys"]),
    ("Period", ALL, &["amount", "unit"]),
    ("LegislationReferences", ALL, &["references"]),
    ("LegislationReference", ALL, &["title", "article", "url", "in_force_from_date"]),
    (
        "Contact",
        ALL,
        &["authority", "person_display_name", "postal_address", "email", "telephone", "around_the_clock"],
    ),
    ("Progress", STATE, &["asked", "open", "required", "hidden"]),
    ("Reminder", ISSUER, &["reference", "create_time"]),
    // A name of a writer is set only for the writer's own side.
    ("ThreadMessage", ALL, &["name", "author", "author_display_name", "text", "rerouted_to", "create_time"]),
    ("Receipt", ALL, &["note", "stream", "index", "time", "event"]),
    ("Timestamp", EVERYBODY, &["seconds", "nanos"]),
];

/// For each field of the contract, by its number, who sees it; `UNDECIDED` where no row says so.
static READERS: LazyLock<Vec<u8>> = LazyLock::new(|| {
    let rows = FIELDS
        .iter()
        .flat_map(|(message, readers, fields)| fields.iter().map(|field| ((*message, *field), *readers)));
    let rows: HashMap<_, _> = rows.collect();
    let mut all = Vec::new();
    for shape in schema::shapes() {
        for field in &shape.fields {
            let readers = rows.get(&(shape.name.as_str(), field.name.as_str())).copied();
            all.resize(all.len().max(field.id + 1), UNDECIDED);
            if let Some(entry) = all.get_mut(field.id) {
                *entry = readers.unwrap_or(UNDECIDED);
            }
        }
    }
    all
});

/// Stands for a field without a row. A row for nobody would have no bits, and so differs from this.
const UNDECIDED: u8 = u8::MAX;

fn readers(field: &Field) -> u8 {
    READERS.get(field.id).copied().unwrap_or(UNDECIDED)
}

/// A party sees what a row of the table gives it; a field without a row is an error of the program.
impl View for Reader {
    fn shown(&self, _: &Shape, field: &Field) -> Shown {
        match readers(field) {
            UNDECIDED => Shown::Undecided,
            readers if readers & self.bit() != 0 => Shown::Yes,
            _ => Shown::No,
        }
    }
}

/// For answers that do not depend on who reads them. A resource of the table is none of these: it is never told without
/// knowing to whom.
#[derive(Debug, Clone, Copy)]
pub struct Undirected;

impl View for Undirected {
    fn shown(&self, shape: &Shape, field: &Field) -> Shown {
        let is_resource = shape.field("name").is_some() && shape.field("etag").is_some();
        if is_resource && readers(field) != UNDECIDED { Shown::Undecided } else { Shown::Yes }
    }
}
