//! What the requests say. The facts are those of the case; identifiers and values are the story's own, the IBANs the
//! published examples.

mod answers;
mod belgium;
mod congo;
mod portugal;
mod survivors;
mod tracing;
mod years;

use focalnet_contract::proto::{
    Absence, AssetIdentifier, Attachment, ConcernedPerson, IssuingAuthority, LocalizedText, Measure, Money,
    NaturalPerson, NoticePolicy, PurposeBasis, PurposeKind, RequestContent, Stated, Urgency, Valuation,
    asset_identifier,
    concerned_person::{Capacity, Identity},
    measure, stated, valuation,
};
use focalnet_domain::journal::{Bytes, sha256};

pub(super) use self::{
    answers::answers,
    belgium::{belgium, belgium_found},
    congo::congo,
    portugal::{portugal, portugal_found, portugal_unfinished},
    survivors::{survivors, survivors_found},
    tracing::tracing,
    years::{
        RENEWALS, UPHELD, YEARS, Year, by_judgment, by_register, claim, parking, porto, preservation, values,
    },
};

const BASIS_FORFEITURE: &str = "RS 57(3)(e), 77(2)(b), 93(1)(k); RPE 99, 147";
const BASIS_REPARATIONS: &str = "RS 57(3)(e), 75(4), 93(1)(k); RPE 99";
const BASIS_FINE: &str = "RS 57(3)(e), 77(2)(a), 93(1)(k); RPE 99, 146";

fn stated(value: &str) -> Stated {
    Stated { kind: Some(stated::Kind::Value(value.to_owned())) }
}

fn absent(why: Absence) -> Stated {
    Stated { kind: Some(stated::Kind::Absence(why.into())) }
}

fn identifier(kind: asset_identifier::Kind, value: &str) -> AssetIdentifier {
    AssetIdentifier { kind: kind.into(), value: value.to_owned() }
}

fn euros(amount: &str) -> Money {
    Money { currency_code: "EUR".to_owned(), amount: amount.to_owned() }
}

fn worth(amount: &str, day: &str, method: valuation::Method) -> Valuation {
    Valuation {
        value: Some(euros(amount)),
        valuation_date: day.to_owned(),
        method: method.into(),
        appraiser: "estimate made for this story".to_owned(),
        ..Default::default()
    }
}

fn measure(kind: measure::Kind, reference: &str, authority: &str, day: &str) -> Measure {
    Measure {
        kind: kind.into(),
        national_reference: reference.to_owned(),
        authority: authority.to_owned(),
        start_date: day.to_owned(),
        ..Measure::default()
    }
}

fn purpose(purpose: PurposeKind, basis: &str) -> PurposeBasis {
    PurposeBasis { purpose: purpose.into(), basis: basis.to_owned() }
}

/// Metadata of a file; the digest is that of its name, for there is no file in the story.
fn attachment(kind: &str, file: &str, size: i64, language: &str, original: &str) -> Attachment {
    Attachment {
        kind: kind.to_owned(),
        file_name: file.to_owned(),
        sha256: Bytes(sha256(&[file.as_bytes()]).to_vec()).hex(),
        size_bytes: size,
        language_code: language.to_owned(),
        translation_of: original.to_owned(),
    }
}

/// The person, as known in May 2008.
fn bemba(person: &str) -> ConcernedPerson {
    ConcernedPerson {
        person: person.to_owned(),
        capacity: Capacity::Target.into(),
        identity: Some(Identity::Natural(NaturalPerson {
            family_name: "Bemba Gombo".to_owned(),
            given_names: "Jean-Pierre".to_owned(),
            sex: Some(stated("male")),
            nationalities: Some(stated("CD")),
            identity_number: Some(absent(Absence::Unknown)),
            identity_document: Some(absent(Absence::Unknown)),
            birth_date: Some(stated("1962-11-04")),
            birth_place: Some(stated("Bokada, Équateur Province, Democratic Republic of the Congo")),
            address: Some(absent(Absence::Withheld)),
            languages: Some(stated("fr, ln")),
            ..NaturalPerson::default()
        })),
    }
}

/// What every request of the Chamber in this case says, whatever the State.
fn chambers(person: &str) -> RequestContent {
    RequestContent {
        urgency: Some(Urgency {
            urgent: true,
            grounds: "The person was arrested on 24 May 2008; assets can be moved within hours.".to_owned(),
            execution_date: "2008-06-10".to_owned(),
            execution_date_grounds: "The arrest is known; every day counts.".to_owned(),
        }),
        persons: vec![bemba(person)],
        third_parties: Some(absent(Absence::Unknown)),
        stage_of_proceedings: "Warrant of arrest of 23 May 2008, executed on 24 May 2008; pre-trial."
            .to_owned(),
        grounds:
            "A warrant of arrest is in force (RS 57(3)(e)). Without a freeze there may be nothing left for \
                  victims."
                .to_owned(),
        crimes: "Crimes against humanity (RS 7) and war crimes (RS 8): rape, murder, pillaging.".to_owned(),
        confidentiality: "The request stays under seal after execution, until the Chamber lifts it."
            .to_owned(),
        formalities: Some(absent(Absence::NotApplicable)),
        notice_policy: NoticePolicy::Deferred.into(),
        follow_up: "Assets remain frozen until a final decision or a notice that the obligation has ended."
            .to_owned(),
        alternative_measures: "A bar on transfer suffices where seizure would cost more than it preserves."
            .to_owned(),
        remedies: "Whoever is affected can turn to the Registry, and to the Chamber under RPE 99(3)."
            .to_owned(),
        issuing_authority: Some(IssuingAuthority {
            authority: "Pre-Trial Chamber III, through the Registry".to_owned(),
            contact: "Registry, cooperation unit, cooperation@court.example".to_owned(),
            languages: vec!["en".to_owned(), "fr".to_owned()],
            signatory: "For the Registrar, cooperation officer".to_owned(),
            signature_date: "2008-05-27".to_owned(),
        }),
        attachments: vec![
            attachment("certified copy of the order", "order.en.pdf", 184_320, "en", ""),
            attachment("translation of the order", "order.fr.pdf", 191_488, "fr", "order.en.pdf"),
        ],
        management_plan:
            "Each State keeps what it has frozen from losing value. Ordinary costs are the State's, \
                          extraordinary ones are agreed with the Registry beforehand (RS 100)."
                .to_owned(),
        valuation_date: "2008-06-30".to_owned(),
        reporting_interval_days: 180,
        ..RequestContent::default()
    }
}

/// The facts, in the language of the request.
fn facts(language: &str) -> LocalizedText {
    let words = match language {
        "fr" => {
            "Jean-Pierre Bemba Gombo est soupçonné, en qualité de président du Mouvement de libération du Congo, de \
             crimes commis en République centrafricaine entre octobre 2002 et mars 2003."
        }
        _ => {
            "Jean-Pierre Bemba Gombo is suspected, as president of the Movement for the Liberation of Congo, of \
             crimes committed in the Central African Republic between October 2002 and March 2003."
        }
    };
    LocalizedText { text: words.to_owned(), language_code: language.to_owned() }
}
