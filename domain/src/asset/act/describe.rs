//! What an asset is, and who stands behind it.

use serde::{Deserialize, Serialize};

use super::{Change, Context, Payload, held, not_in_the_future};
use crate::{
    asset::{Asset, AssetIdentifier, Description, Fact, NewAsset, Ownership, Recorded, view::Warning},
    country,
    error::Result,
    error::Violation,
    identifiers,
    identifiers::Verdict,
};

/// A correction of how an asset is described; what is left out stays.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Update {
    /// Description.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Where it is; empty for nowhere that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub location: Option<String>,
    /// Identifiers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub identifiers: Option<Vec<AssetIdentifier>>,
    /// Who holds it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub holder: Option<String>,
    /// Positions of the persons whose it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub persons: Option<Vec<i32>>,
    /// Whether the State tells of the asset only to generate new evidence. An update can only clear this
    /// mark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lead_only: Option<bool>,
}

fn identifiers(list: &[AssetIdentifier], path: &str) -> Vec<Violation> {
    let wrong = |verdict| if let Verdict::Wrong(text) = verdict { Some(text) } else { None };
    told(list, wrong).map(|(field, text)| Violation::new(format!("{path}{field}"), text)).collect()
}

/// What is told of identifiers by their verdicts, each with its path in the asset.
fn told(
    list: &[AssetIdentifier],
    tell: impl Fn(Verdict) -> Option<String>,
) -> impl Iterator<Item = (String, String)> {
    list.iter().enumerate().filter_map(move |(number, identifier)| {
        let text = tell(identifiers::check(identifier.kind, &identifier.value))?;
        Some((format!("identifiers[{number}].value"), text))
    })
}

/// What looks wrong with the description of an asset, and can be right.
#[must_use]
pub fn warnings(description: &Description) -> Vec<Warning> {
    let odd = |verdict| if let Verdict::Warning(text) = verdict { Some(text) } else { None };
    told(&description.identifiers, odd).map(|(field, description)| Warning { field, description }).collect()
}

fn persons(list: &[i32], path: &str, positions: &[i32]) -> Vec<Violation> {
    let check = |(number, position): (usize, &i32)| {
        let text = match () {
            () if !positions.contains(position) => "is no position of a person of the request or order",
            () if list[..number].contains(position) => "is named twice",
            () => return None,
        };
        Some(Violation::new(format!("{path}persons[{number}]"), text))
    };
    list.iter().enumerate().filter_map(check).collect()
}

/// What is wrong with an asset that is reported; `path` ends in a point.
#[must_use]
pub fn violations(asset: &NewAsset, path: &str, context: &Context) -> Vec<Violation> {
    let mut violations = Vec::new();
    if !country::is_country(&asset.description.jurisdiction) {
        let text = "is not an ISO 3166-1 alpha-2 code";
        violations.push(Violation::new(format!("{path}jurisdiction"), text));
    }
    violations.extend(identifiers(&asset.description.identifiers, path));
    if asset.lead_only && !context.of_prosecutor {
        let text = "is for requests of the Prosecutor (RS 93(8)(b))";
        violations.push(Violation::new(format!("{path}lead_only"), text));
    }
    violations.extend(persons(&asset.description.persons, path, &context.positions));
    if asset.value_substitute_for.is_some_and(|original| !context.ordered.contains(&original)) {
        let text = "presupposes an order on the asset in whose place this one is: that it be forfeited, or applied to a \
                    fine, reparations or legal aid (RS 109(2))";
        violations.push(Violation::new(format!("{path}value_substitute_for"), text));
    }
    for (number, ownership) in asset.ownerships.iter().enumerate() {
        let path = format!("{path}ownerships[{number}]");
        violations.extend(ownership.violations(&path, &context.positions));
        violations.extend(not_in_the_future(ownership.from_date, &format!("{path}.from_date"), context));
    }
    let newest = |layer| {
        let of_layer = asset.ownerships.iter().filter(|ownership| ownership.layer == layer);
        of_layer.max_by_key(|ownership| ownership.from_date)
    };
    for (number, measure) in asset.measures.iter().enumerate() {
        violations.extend(super::restrain::violations(measure, &format!("{path}measures[{number}]"), newest));
    }
    for (number, valuation) in asset.valuations.iter().enumerate() {
        violations.extend(super::value::violations(
            valuation,
            &format!("{path}valuations[{number}]"),
            context.latest_day,
        ));
    }
    for (number, encumbrance) in asset.encumbrances.iter().enumerate() {
        violations.extend(encumbrance.violations(&format!("{path}encumbrances[{number}]")));
    }
    violations
}

impl Payload for Update {
    fn violations(&self, asset: &Asset, context: &Context) -> Vec<Violation> {
        let mut violations = identifiers(self.identifiers.as_deref().unwrap_or_default(), "asset.");
        violations.extend(persons(self.persons.as_deref().unwrap_or_default(), "asset.", &context.positions));
        if self.lead_only == Some(true) && !asset.lead_only {
            let text = "is said when the asset is reported: what others have read they have read";
            violations.push(Violation::new("asset.lead_only", text));
        }
        violations
    }

    fn perform(&self, asset: &mut Asset, _: &Context, _: Recorded) -> Vec<Change> {
        let described = &mut asset.description;
        if let Some(description) = &self.description {
            described.description.clone_from(description);
        }
        if let Some(location) = &self.location {
            described.location = Some(location.clone()).filter(|location| !location.is_empty());
        }
        if let Some(identifiers) = &self.identifiers {
            described.identifiers.clone_from(identifiers);
        }
        if let Some(holder) = &self.holder {
            described.holder.clone_from(holder);
        }
        if let Some(persons) = &self.persons {
            described.persons.clone_from(persons);
        }
        asset.lead_only = self.lead_only.unwrap_or(asset.lead_only);
        vec![Change::Description]
    }
}

/// Who stands behind an asset in one layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordOwnership {
    /// The layer with its owners.
    pub ownership: Ownership,
}

impl Payload for RecordOwnership {
    fn violations(&self, _: &Asset, context: &Context) -> Vec<Violation> {
        let mut violations = self.ownership.violations("ownership", &context.positions);
        violations.extend(not_in_the_future(self.ownership.from_date, "ownership.from_date", context));
        violations
    }

    fn obstacle(&self, asset: &Asset, context: &Context) -> Result<()> {
        held(asset, context)
    }

    fn perform(&self, asset: &mut Asset, _: &Context, recorded: Recorded) -> Vec<Change> {
        asset.ownerships.push(Fact::new(self.ownership.clone(), recorded));
        vec![Change::Ownership]
    }
}
