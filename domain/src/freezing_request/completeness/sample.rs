//! A complete request of an invented case, for tests.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    rules::serves,
    table::{Need, TABLE},
};
use crate::{
    asset::{AssetIdentifier, AssetType, Valuation, ValuationMethod},
    freezing_request::{Measure, content::*},
    identifiers::IdentifierKind,
    money::Money,
    names::{CaseId, PersonId},
    order::PurposeKind,
    text::{Absence, LocalizedText, Stated},
};

/// Content that is complete and without warnings for these measures, of a Chamber, on any day from March
/// 2010 to 2099. The first person is the only target.
pub(crate) fn sample(measures: &[Measure]) -> RequestContent {
    let mut content = full();
    content.purposes.retain(|stated| measures.iter().any(|measure| serves(*measure, stated.purpose)));
    let is_unasked = |need| matches!(need, Need::NotAsked);
    let unasked = TABLE.iter().filter(|row| measures.iter().all(|measure| is_unasked(row.need(*measure))));
    unasked.fold(content, |content, row| without(&content, row.path))
}

/// The content without the field at a path such as `content.assets[0].link`.
pub(crate) fn without(content: &RequestContent, path: &str) -> RequestContent {
    let pointer = path.replace("content.", "/").replace(['.', '['], "/").replace(']', "");
    let whole = serde_json::to_value(content).unwrap();
    let with = |empty: Value| {
        let mut json = whole.clone();
        if let Some(place) = json.pointer_mut(&pointer) {
            *place = empty;
        }
        serde_json::from_value(json).ok()
    };
    with(Value::Null).or_else(|| with(json!(""))).or_else(|| with(json!([]))).unwrap()
}

fn value(text: &str) -> Stated {
    Stated::Value(text.to_owned())
}

fn purpose(purpose: PurposeKind, basis: &str) -> PurposeBasis {
    PurposeBasis { purpose, basis: basis.to_owned() }
}

/// Content with every field.
pub(super) fn full() -> RequestContent {
    RequestContent {
        non_party_basis: None,
        executing_authority: Some("Financial Investigation Unit".into()),
        urgency: Some(Urgency {
            urgent: true,
            grounds: Some("The accounts are about to be closed.".into()),
            execution_date: "2099-12-31".parse().ok(),
            execution_date_grounds: Some("The holder gave notice for the next day.".into()),
        }),
        persons: persons(),
        place_of_execution: Some("Head office of the bank".into()),
        third_parties: Some(Stated::Absence(Absence::NotApplicable)),
        objects: vec![ObjectKind::Amount, ObjectKind::SpecificItems],
        amount: Money::parse("EUR", "300000.00").ok(),
        amount_computation: Some("The fine and its costs.".into()),
        already_recovered: Money::parse("EUR", "0.00").ok(),
        assets: vec![asset()],
        facts: Some(LocalizedText {
            text: "The accused is said to have taken part.".into(),
            language_code: "en".into(),
        }),
        stage_of_proceedings: Some("Trial".into()),
        grounds: Some("The assets may be moved.".into()),
        crimes: Some("Pillage, RS 8(2)(e)(v)".into()),
        link_to_crime: Some(value("The account received the proceeds.")),
        purposes: vec![
            purpose(PurposeKind::Fine, "RS 77(2)(a)"),
            purpose(PurposeKind::Forfeiture, "RS 57(3)(e), 77(2)(b)"),
            purpose(PurposeKind::Reparations, "RS 57(3)(e), 75(4)"),
            purpose(PurposeKind::LegalAid, "RoC 83-85"),
        ],
        confidentiality: Some("All of it.".into()),
        formalities: Some(Stated::Absence(Absence::NotApplicable)),
        notice_policy: Some(NoticePolicy::Deferred),
        related_requests: vec![RelatedRequest {
            kind: "Tracing".into(),
            request_date: "2010-02-02".parse().unwrap(),
            authority: Some("Financial Investigation Unit".into()),
            court_reference: "NV/2026/1".into(),
            national_reference: Some("A-1".into()),
        }],
        follow_up: Some("To remain frozen until the final decision.".into()),
        alternative_measures: Some("A freeze of half of the balance.".into()),
        restitution: Some("None.".into()),
        remedies: Some("The Registry tells how to be heard by the Chamber.".into()),
        issuing_authority: Some(IssuingAuthority {
            authority: "Registry".into(),
            contact: "Cooperation Unit, +31 70 000 0000".into(),
            languages: vec!["en".into(), "fr".into()],
            signatory: "A. Ambo, Registrar".into(),
            signature_date: "2026-03-03".parse().unwrap(),
        }),
        attachments: vec![Attachment {
            kind: "certified copy of the order".into(),
            file_name: "order.pdf".into(),
            sha256: "0a".repeat(32),
            size_bytes: 1024,
            language_code: "en".into(),
            translation_of: None,
        }],
        management_plan: Some("The bank keeps the account; each side bears its costs.".into()),
        valuation_date: "2099-12-31".parse().ok(),
        reporting_interval_days: Some(90),
        forfeited_property: Some("The balance; else its value is to be recovered otherwise.".into()),
        reparations_scope: Some("Through the Trust Fund, collectively.".into()),
        payee_account: Some(PayeeAccount {
            iban: "NL91ABNA0417164300".into(),
            bic: "ABNANL2A".into(),
            holder: "The Court".into(),
        }),
        language_code: Some("en".into()),
    }
}

fn persons() -> Vec<ConcernedPerson> {
    let target = NaturalPerson {
        family_name: Some("Ngoma".into()),
        given_names: Some("Jean Paul".into()),
        aliases: vec!["Le Passeur".into()],
        sex: Some(value("M")),
        nationalities: Some(value("CD, FR")),
        identity_number: Some(value("62-1104")),
        identity_document: Some(value("Passport 12AB34567")),
        birth_date: Some(value("1962-11-04")),
        birth_place: Some(value("Mbandaka")),
        address: Some(value("1, rue du Port, Mbandaka")),
        languages: Some(value("fr, ln")),
    };
    let owner = LegalPerson {
        legal_name: Some("Transports du Port".into()),
        legal_form: Some(value("SARL")),
        trade_name: Some(value("TDP")),
        seat: Some(value("Mbandaka")),
        registration_number: Some(value("RC-1001")),
        address: Some(value("2, rue du Port, Mbandaka")),
        representative: Some(value("Jean Paul Ngoma")),
    };
    let third_party = NaturalPerson { family_name: Some("Mbala".into()), ..NaturalPerson::default() };
    let person = PersonId { parent: CaseId(Uuid::nil()), id: Uuid::nil() };
    vec![
        ConcernedPerson {
            person: Some(person),
            capacity: Capacity::Target,
            identity: Identity::Natural(target),
        },
        ConcernedPerson { person: None, capacity: Capacity::Owner, identity: Identity::Legal(owner) },
        ConcernedPerson {
            person: None,
            capacity: Capacity::ThirdParty,
            identity: Identity::Natural(third_party),
        },
    ]
}

fn asset() -> RequestedAsset {
    RequestedAsset {
        kind: AssetType::BankAccount,
        description: "Current account".into(),
        identifiers: vec![AssetIdentifier {
            kind: IdentifierKind::Iban,
            value: "BE68 5390 0754 7034".into(),
        }],
        location: Some("Brussels".into()),
        holder: Some(value("Transports du Port")),
        grounds: Some("Transfers went there until last year.".into()),
        valuation: Some(Valuation {
            value: Money::parse("EUR", "120000.00").unwrap(),
            valuation_date: "2010-02-01".parse().unwrap(),
            method: ValuationMethod::Book,
            appraiser: None,
            converted_from: None,
        }),
        link: Some("The target draws on it.".into()),
    }
}
