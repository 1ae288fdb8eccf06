//! What a request must look like, beyond that its fields are there: values of any one field.

use chrono::NaiveDate;

use super::{Facts, Report, probe::natural};
use crate::{
    clock,
    country::{is_country, is_language},
    freezing_request::content::{Attachment, NaturalPerson, REPORTS_APART},
    identifiers::{IdentifierKind, Verdict, check},
    partial_date::PartialDate,
    text::Stated,
};

const LANGUAGE: &str = "must be a BCP 47 language tag, such as fr or pt-BR";

/// The human beings of the content, with the path of each.
fn naturals<'a>(facts: &Facts<'a>) -> impl Iterator<Item = (String, &'a NaturalPerson)> {
    let persons = facts.content.persons.iter().enumerate();
    persons.filter_map(|(i, p)| Some((format!("content.persons[{i}].natural"), natural(&p.identity)?)))
}

/// The value, unless it is absent or blank, which the table reports.
fn stated(stated: Option<&Stated>) -> Option<&str> {
    match stated {
        Some(Stated::Value(value)) if !value.trim().is_empty() => Some(value),
        _ => None,
    }
}

pub(super) fn codes(facts: &Facts<'_>, report: &mut Report) {
    let all = |value: Option<&Stated>, is_code: fn(&str) -> bool| {
        stated(value).is_none_or(|list| list.split(',').all(|code| is_code(code.trim())))
    };
    for (path, person) in naturals(facts) {
        if !all(person.nationalities.as_ref(), is_country) {
            let text = "must be ISO 3166-1 alpha-2 codes separated by commas, such as CD, FR";
            report.error("C1", &format!("{path}.nationalities"), text);
        }
        if !all(person.languages.as_ref(), is_language) {
            let text = "must be BCP 47 language tags separated by commas, such as fr, ln";
            report.error("C1", &format!("{path}.languages"), text);
        }
    }
    let content = facts.content;
    if content.facts.as_ref().is_some_and(|facts| !is_language(&facts.language_code)) {
        report.error("E", "content.facts.language_code", LANGUAGE);
    }
    for (i, language) in content.issuing_authority.iter().flat_map(|issuer| &issuer.languages).enumerate() {
        if !is_language(language) {
            report.error("M to O", &format!("content.issuing_authority.languages[{i}]"), LANGUAGE);
        }
    }
    for (i, attachment) in content.attachments.iter().enumerate() {
        if !is_language(&attachment.language_code) {
            report.error("P", &format!("content.attachments[{i}].language_code"), LANGUAGE);
        }
    }
    if content.language_code.as_ref().is_some_and(|tag| !tag.trim().is_empty() && !is_language(tag)) {
        report.error("RS 87(2)", "content.language_code", LANGUAGE);
    }
}

pub(super) fn days(facts: &Facts<'_>, report: &mut Report) {
    let content = facts.content;
    let not_future = |report: &mut Report, section: &str, path: &str, day: NaiveDate| {
        if let Some(text) = clock::not_yet(day, facts.latest_day) {
            report.error(section, path, &text);
        }
    };
    for (i, asset) in content.assets.iter().enumerate() {
        if let Some(valuation) = &asset.valuation {
            let path = format!("content.assets[{i}].valuation.valuation_date");
            not_future(report, "D3", &path, valuation.valuation_date);
        }
    }
    for (i, related) in content.related_requests.iter().enumerate() {
        not_future(report, "H", &format!("content.related_requests[{i}].request_date"), related.request_date);
    }
    for (path, person) in naturals(facts) {
        let Some(text) = stated(person.birth_date.as_ref()) else { continue };
        let path = format!("{path}.birth_date");
        match text.parse::<PartialDate>() {
            Ok(date) => not_future(report, "C1", &path, date.first_day()),
            Err(no_date) => report.error("C1", &path, no_date.to_string()),
        }
    }
    let execution = content.urgency.as_ref().and_then(|urgency| urgency.execution_date);
    if execution.is_some_and(|day| day < facts.today) {
        report.error(
            "B",
            "content.urgency.execution_date",
            format!("must not be in the past: today is {} (UTC)", facts.today),
        );
    }
    if content.valuation_date.is_some_and(|day| day < facts.today) {
        report.warning("RS 100", "content.valuation_date", "is in the past; propose a day that is to come");
    }
}

pub(super) fn identifiers(facts: &Facts<'_>, report: &mut Report) {
    let mut judge = |section: &str, path: &str, kind, value: &str| match check(kind, value) {
        Verdict::Fine => {}
        Verdict::Warning(text) => report.warning(section, path, text),
        Verdict::Wrong(text) => report.error(section, path, text),
    };
    for (i, asset) in facts.content.assets.iter().enumerate() {
        for (j, identifier) in asset.identifiers.iter().enumerate() {
            let path = format!("content.assets[{i}].identifiers[{j}].value");
            judge("D3", &path, identifier.kind, &identifier.value);
        }
    }
    if let Some(payee) = &facts.content.payee_account {
        judge("EU II-M", "content.payee_account.iban", IdentifierKind::Iban, &payee.iban);
        judge("EU II-M", "content.payee_account.bic", IdentifierKind::Bic, &payee.bic);
    }
}

pub(super) fn amounts(facts: &Facts<'_>, report: &mut Report) {
    let Some(amount) = &facts.content.amount else { return };
    if amount.amount().is_zero() {
        report.error("D2", "content.amount", "must be more than zero");
    } else if let Some(recovered) = &facts.content.already_recovered {
        let path = "content.already_recovered";
        if recovered.currency_code() != amount.currency_code() {
            report.warning(
                "D2",
                path,
                "is in another currency than the amount; say in the computation at which rate",
            );
        } else if recovered.amount() >= amount.amount() {
            report.error("D2", path, "must be less than the amount, else nothing is left to ask for");
        }
    }
}

pub(super) fn interval(facts: &Facts<'_>, report: &mut Report) {
    if facts.content.reporting_interval_days.is_some_and(|days| !(1..=REPORTS_APART).contains(&days)) {
        report.error("RS 100", "content.reporting_interval_days", "must be 1 to 3,650 days");
    }
}

pub(super) fn attachments(facts: &Facts<'_>, report: &mut Report) {
    let all = &facts.content.attachments;
    for (i, attachment) in all.iter().enumerate() {
        let path = |field: &str| format!("content.attachments[{i}].{field}");
        if all[..i].iter().any(|earlier| earlier.file_name == attachment.file_name) {
            report.error("P", &path("file_name"), "stands in the list already; give each file its own name");
        }
        if attachment.sha256.len() != 64 || !attachment.sha256.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            report.error("P", &path("sha256"), "must be the SHA-256 of the file: 64 hexadecimal digits");
        }
        if attachment.size_bytes <= 0 {
            report.error("P", &path("size_bytes"), "must be more than zero");
        }
        if let Some(original) = &attachment.translation_of {
            let is_there = all.iter().any(|other| other.file_name == *original);
            if !is_there || attachment.file_name == *original {
                report.error("P", &path("translation_of"), "must be the file name of another attachment");
            }
        }
    }
}

/// RS 87(2): a request and its documents are in, or translated into, the language that the State has chosen.
pub(super) fn translations(facts: &Facts<'_>, report: &mut Report) {
    let all = &facts.content.attachments;
    let language = facts.content.language_code.as_deref().filter(|tag| is_language(tag));
    let Some(wanted) = language.map(primary) else { return };
    let is_wanted = |attachment: &Attachment| primary(&attachment.language_code) == wanted;
    for (i, original) in all.iter().enumerate().filter(|(_, attachment)| attachment.translation_of.is_none())
    {
        let is_translated = all
            .iter()
            .any(|other| other.translation_of.as_ref() == Some(&original.file_name) && is_wanted(other));
        if !is_wanted(original) && !is_translated {
            let path = format!("content.attachments[{i}].language_code");
            report.warning(
                "RS 87(2)",
                &path,
                "is not the language of the request; attach a translation into it",
            );
        }
    }
}

/// The language itself, without region or script.
fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}
