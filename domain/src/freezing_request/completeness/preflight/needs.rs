//! What a State's own order needs, document by document.

use super::{Told, rows::has, targets};
use crate::{
    freezing_request::completeness::{Facts, Severity},
    questionnaire::answer::Value,
    text::Stated,
};

/// Whether something is stated, and not as absent.
pub(super) fn is_stated(stated: Option<&Stated>) -> bool {
    matches!(stated, Some(Stated::Value(_)))
}

/// Which documents are missing that the State says its own order needs.
pub(super) fn documents(facts: &Facts<'_>, value: &Value) -> Vec<Told> {
    let content = facts.content;
    let mut told = Vec::new();
    let mut missing =
        |path: String, text: &str| told.push(Told(Severity::Error, Some(path), text.to_owned()));
    for (place, person) in targets(facts) {
        if has(value, "birth_date") && !is_stated(person.birth_date.as_ref()) {
            let path = format!("content.persons[{place}].natural.birth_date");
            missing(path, "the State's own order needs the date of birth");
        }
        if has(value, "identity_document") && !is_stated(person.identity_document.as_ref()) {
            let path = format!("content.persons[{place}].natural.identity_document");
            missing(path, "the State's own order needs an identity document");
        }
    }
    if has(value, "summary_of_evidence") && content.facts.is_none() {
        missing("content.facts".into(), "the State's own order needs a summary of the evidence");
    }
    if has(value, "link_to_crime") && !is_stated(content.link_to_crime.as_ref()) {
        missing(
            "content.link_to_crime".into(),
            "the State's own order needs the link between property and crime",
        );
    }
    for (place, asset) in content.assets.iter().enumerate() {
        if has(value, "asset_location") && asset.location.as_ref().is_none_or(|place| place.trim().is_empty())
        {
            missing(
                format!("content.assets[{place}].location"),
                "the State's own order needs the place of the asset",
            );
        }
        if has(value, "valuation") && asset.valuation.is_none() {
            missing(format!("content.assets[{place}].valuation"), "the State's own order needs a value");
        }
    }
    let certified =
        content.attachments.iter().any(|attachment| attachment.kind.to_lowercase().contains("certified"));
    if has(value, "certified_copy") && !certified {
        missing(
            "content.attachments".into(),
            "the State's own order needs a certified copy of the Court's order",
        );
    }
    told
}
