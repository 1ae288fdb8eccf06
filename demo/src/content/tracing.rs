//! The Prosecutor's own request to Portugal.

use focalnet_contract::proto::{Absence, IssuingAuthority, NoticePolicy, PurposeKind, RequestContent};

use super::{BASIS_REPARATIONS, attachment, bemba, facts, purpose};

/// The whole request: find out who stands behind companies, and tell nobody.
pub(in super::super) fn tracing(person: &str) -> RequestContent {
    RequestContent {
        persons: vec![bemba(person)],
        facts: Some(facts("en")),
        stage_of_proceedings: "Warrant of arrest of 23 May 2008; pre-trial.".to_owned(),
        grounds: "Companies in Portugal may hold assets for the person; who stands behind them is not known."
            .to_owned(),
        crimes: "Crimes against humanity (RS 7) and war crimes (RS 8).".to_owned(),
        purposes: vec![purpose(PurposeKind::Reparations, BASIS_REPARATIONS)],
        confidentiality: "For the Office of the Prosecutor only.".to_owned(),
        formalities: Some(super::absent(Absence::NotApplicable)),
        notice_policy: NoticePolicy::Deferred.into(),
        issuing_authority: Some(IssuingAuthority {
            authority: "Office of the Prosecutor".to_owned(),
            contact: "Financial investigations, otp.finance@court.example".to_owned(),
            languages: vec!["en".to_owned()],
            signatory: "For the Prosecutor, financial investigator".to_owned(),
            signature_date: "2008-05-27".to_owned(),
        }),
        attachments: vec![attachment("list of companies", "companies.en.pdf", 40_960, "en", "")],
        language_code: "en".to_owned(),
        ..RequestContent::default()
    }
}
