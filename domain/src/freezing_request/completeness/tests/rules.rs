//! Each rule broken, and nearly broken.

use super::*;
use crate::{asset::AssetType, identifiers::IdentifierKind, money::Money};

fn value(text: &str) -> Stated {
    Stated::Value(text.to_owned())
}

fn euro(amount: &str) -> Option<Money> {
    Money::parse("EUR", amount).ok()
}

/// Adds an attachment.
fn copy(case: &mut Case, file_name: &str, language_code: &str, translation_of: Option<&str>) {
    let mut copy = case.content.attachments[0].clone();
    copy.file_name = file_name.to_owned();
    copy.language_code = language_code.to_owned();
    copy.translation_of = translation_of.map(str::to_owned);
    case.content.attachments.push(copy);
}

/// What breaks a rule, and where that is reported.
const BROKEN: &[(&[Measure], Change, Severity, &str)] = &[
    (&[Trace], |c| c.measures.clear(), Error, "measures"),
    (&[Trace, Freeze], |c| c.origin = Origin::Prosecutor, Error, "measures[1]"),
    (&[Enforce], |c| c.origin = Origin::Prosecutor, Error, "measures[0]"),
    (&[RecoverLegalAid], |c| c.origin = Origin::Prosecutor, Error, "measures[0]"),
    (&[Trace], |c| c.content.persons[0].capacity = Capacity::Owner, Error, "content.persons"),
    (&[Trace], |c| c.content.persons[0].person = None, Error, "content.persons[0].person"),
    (
        &[Trace],
        |c| c.content.persons[1].person = c.content.persons[0].person,
        Error,
        "content.persons[1].person",
    ),
    (
        &[Trace],
        |c| c.content = without(&c.content, "content.persons[2].natural.family_name"),
        Error,
        "content.persons[2].natural.family_name",
    ),
    (&[Freeze], |c| c.warrants.clear(), Error, "content.persons[0].person"),
    (&[Freeze], order_terms::revoked, Error, "order"),
    (&[Freeze], |c| c.warrants = vec![Some(day("2026-03-03"))], Error, "content.persons[0].person"),
    (
        &[Trace],
        |c| c.content.purposes.insert(1, c.content.purposes[0].clone()),
        Error,
        "content.purposes[1].purpose",
    ),
    (
        &[Trace],
        |c| {
            c.origin = Origin::Registry;
            c.only(&[Fine, LegalAid]);
        },
        Error,
        "content.purposes[0].purpose",
    ),
    (&[Trace, RecoverLegalAid], |c| c.only(&[Fine, Forfeiture, Reparations]), Error, "content.purposes"),
    (&[Trace, Enforce], |c| c.only(&[LegalAid]), Error, "content.purposes"),
    (&[Enforce], |c| c.order_final_date = None, Error, "order"),
    (&[Enforce], |c| c.order_final_date = Some(day("2026-11-25")), Error, "order"),
    (&[Enforce], |c| c.with(LegalAid), Error, "content.purposes[3].purpose"),
    (&[RecoverLegalAid], |c| c.with(Fine), Error, "content.purposes[1].purpose"),
    (&[Trace], |c| c.content.purposes[1].basis = "RS 57(3)(e)".into(), Warning, "content.purposes[1].basis"),
    (&[Trace], |c| c.content.purposes[2].basis = "RS 57(75)".into(), Warning, "content.purposes[2].basis"),
    (
        &[Freeze],
        |c| c.content.assets[0].identifiers[0].kind = IdentifierKind::Other,
        Warning,
        "content.assets",
    ),
    (
        &[Trace],
        |c| c.target().nationalities = Some(value("CD, UK")),
        Error,
        "content.persons[0].natural.nationalities",
    ),
    (
        &[Trace],
        |c| c.target().languages = Some(value("French")),
        Error,
        "content.persons[0].natural.languages",
    ),
    (
        &[Trace],
        |c| c.content.facts.as_mut().unwrap().language_code.clear(),
        Error,
        "content.facts.language_code",
    ),
    (
        &[Trace],
        |c| c.content.issuing_authority.as_mut().unwrap().languages[1].clear(),
        Error,
        "content.issuing_authority.languages[1]",
    ),
    (
        &[Trace],
        |c| c.content.attachments[0].language_code = "en_".into(),
        Error,
        "content.attachments[0].language_code",
    ),
    (&[Trace], |c| c.content.language_code = Some("English".into()), Error, "content.language_code"),
    (
        &[Trace],
        |c| c.target().birth_date = Some(value("4.11.1962")),
        Error,
        "content.persons[0].natural.birth_date",
    ),
    (
        &[Trace],
        |c| c.target().birth_date = Some(value("2027")),
        Error,
        "content.persons[0].natural.birth_date",
    ),
    (
        &[Trace],
        |c| c.target().birth_date = Some(value("2026-11-25")),
        Error,
        "content.persons[0].natural.birth_date",
    ),
    (
        &[Trace],
        |c| c.content.assets[0].valuation.as_mut().unwrap().valuation_date = day("2026-11-25"),
        Error,
        "content.assets[0].valuation.valuation_date",
    ),
    (
        &[Trace],
        |c| c.content.related_requests[0].request_date = day("2026-11-25"),
        Error,
        "content.related_requests[0].request_date",
    ),
    (
        &[Trace],
        |c| c.content.urgency.as_mut().unwrap().execution_date = Some(day("2026-11-23")),
        Error,
        "content.urgency.execution_date",
    ),
    (&[Freeze], |c| c.content.valuation_date = Some(day("2026-11-23")), Warning, "content.valuation_date"),
    (
        &[Trace],
        |c| c.content.assets[0].identifiers[0].value = "BE68539007547035".into(),
        Error,
        "content.assets[0].identifiers[0].value",
    ),
    (
        &[Trace],
        |c| c.content.assets[0].identifiers[0].value = "CI06000201231234567890154".into(),
        Warning,
        "content.assets[0].identifiers[0].value",
    ),
    (
        &[Enforce],
        |c| c.content.payee_account.as_mut().unwrap().iban.clear(),
        Error,
        "content.payee_account.iban",
    ),
    (
        &[Enforce],
        |c| c.content.payee_account.as_mut().unwrap().bic.clear(),
        Error,
        "content.payee_account.bic",
    ),
    (&[Freeze], |c| c.content.amount = euro("0"), Error, "content.amount"),
    (&[Freeze], |c| c.content.already_recovered = euro("300000"), Error, "content.already_recovered"),
    (
        &[Freeze],
        |c| c.content.already_recovered = Money::parse("XAF", "5").ok(),
        Warning,
        "content.already_recovered",
    ),
    (&[Freeze], |c| c.content.reporting_interval_days = Some(0), Error, "content.reporting_interval_days"),
    (&[Trace], |c| copy(c, "order.pdf", "en", None), Error, "content.attachments[1].file_name"),
    (&[Trace], |c| c.content.attachments[0].sha256 = "0g".repeat(32), Error, "content.attachments[0].sha256"),
    (&[Trace], |c| c.content.attachments[0].size_bytes = 0, Error, "content.attachments[0].size_bytes"),
    (
        &[Trace],
        |c| c.content.attachments[0].translation_of = Some("order.pdf".into()),
        Error,
        "content.attachments[0].translation_of",
    ),
    (&[Trace], |c| copy(c, "b.pdf", "en", Some("a.pdf")), Error, "content.attachments[1].translation_of"),
    (&[Trace], |c| copy(c, "ordre.pdf", "fr", None), Warning, "content.attachments[1].language_code"),
];

#[test]
fn broken_rules_are_reported_where_they_are_broken() {
    for (i, (measures, break_it, severity, path)) in BROKEN.iter().enumerate() {
        let case = Case::new(measures).changed(break_it);
        let mut report = Report::default();
        for rule in RULES {
            (rule.check)(&case.facts(), &mut report);
        }
        let found: Vec<_> = report.0.iter().map(|f| (f.severity, f.field.as_str())).collect();
        assert!(found.contains(&(*severity, &format!("freezing_request.{path}"))), "{i} {path} {found:?}");
        assert!(found.iter().all(|(_, field)| field.ends_with(path)), "{i} {path} {found:?}");
        assert_eq!(check(&case.facts()).complete, *severity == Warning, "{path}");
    }
}

#[test]
fn no_rule_goes_unbroken() {
    for rule in RULES {
        let breaks = |(measures, break_it, ..): &(&[Measure], Change, Severity, &str)| {
            let mut report = Report::default();
            (rule.check)(&Case::new(measures).changed(break_it).facts(), &mut report);
            !report.0.is_empty()
        };
        assert!(BROKEN.iter().any(breaks), "{}", rule.says);
    }
}

/// What comes near to breaking a rule and does not.
const KEPT: &[(&[Measure], Change)] = &[
    (&[Trace], |c| (c.origin, c.order_date) = (Origin::Prosecutor, None)),
    (&[RecoverLegalAid], |c| (c.origin, c.order_date) = (Origin::Registry, None)),
    (&[Trace, RecoverLegalAid], |c| {
        (c.origin, c.order_date) = (Origin::Registry, None);
        c.only(&[LegalAid]);
    }),
    (&[Freeze], |c| c.warrants = vec![c.order_date]),
    (&[Freeze], |c| {
        c.warrants.clear();
        c.only(&[LegalAid]);
    }),
    (&[Enforce], |c| c.warrants.clear()),
    (&[Trace], |c| {
        c.only(&[Reparations]);
        c.content.link_to_crime = Some(Stated::Absence(Absence::NotApplicable));
    }),
    (&[Freeze, RecoverLegalAid], |_| {}),
    (&[Trace], |c| c.content.purposes[1].basis = "Art. 77 (2) (b)".into()),
    (&[Trace], |c| c.content.purposes[2].basis = "RPE 94-99".into()),
    (&[Trace], |c| c.content.assets.clear()),
    (&[Freeze], |c| {
        c.content.objects = vec![ObjectKind::AllAssets];
        c.content.assets.clear();
    }),
    (&[Freeze], |c| {
        let mut cash = c.content.assets[0].clone();
        (cash.kind, cash.identifiers) = (AssetType::Cash, Vec::new());
        c.content.assets.push(cash);
    }),
    (&[Freeze], |c| c.content.urgency.as_mut().unwrap().execution_date = Some(c.today)),
    (&[Freeze], |c| c.content.valuation_date = Some(c.today)),
    (&[Trace], |c| c.target().birth_date = Some(value("2026-11-24"))),
    (&[Trace], |c| c.target().birth_date = Some(value("1962-11"))),
    (&[Trace], |c| c.target().birth_date = Some(value("1962"))),
    (&[Freeze], |c| c.content.already_recovered = euro("299999.99")),
    (&[Freeze], |c| c.content.reporting_interval_days = Some(3650)),
    (&[Enforce], |c| c.content.payee_account.as_mut().unwrap().iban = "NL91 ABNA 0417 1643 00".into()),
    (&[Trace], |c| c.content.attachments[0].sha256 = "0A".repeat(32)),
    (&[Trace], |c| copy(c, "note.pdf", "en-GB", None)),
    (&[Trace], |c| {
        c.content.attachments[0].language_code = "fr".into();
        copy(c, "order-en.pdf", "en", Some("order.pdf"));
    }),
];

#[test]
fn kept_rules_are_silent() {
    for (i, (measures, change)) in KEPT.iter().enumerate() {
        let check = check(&Case::new(measures).changed(change).facts());
        assert_eq!(check.findings, [], "{i}");
        assert!(check.complete);
    }
}
