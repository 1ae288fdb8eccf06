//! Assets by person, by purpose and by State, and those that may be one and the same.

use super::{AssetGroup, Concerned, Duplicates, Held, Question, group::group};
use crate::{identifiers::normalize, names::OrganizationId, order::PurposeKind};

/// Groups in the order in which their keys are first met.
fn grouped<'a, K: PartialEq>(all: &[&'a Held], keys: impl Fn(&'a Held) -> Vec<K>) -> Vec<(K, Vec<&'a Held>)> {
    let mut groups: Vec<(K, Vec<&Held>)> = Vec::new();
    for held in all {
        for key in keys(held) {
            match groups.iter_mut().find(|(known, _)| *known == key) {
                Some((_, members)) => members.push(held),
                None => groups.push((key, vec![held])),
            }
        }
    }
    groups
}

pub(super) fn by_person(all: &[&Held], asked: Question<'_>) -> Vec<AssetGroup> {
    let keys = |held: &Held| {
        let key = |person: &Concerned| {
            let name = person.person.map(|name| name.to_string()).unwrap_or_default();
            // Persons who are not recorded in the case are told apart by their names.
            (name.clone(), if name.is_empty() { person.display_name.clone() } else { String::new() })
        };
        held.persons().map(key).collect()
    };
    let named = |((key, own), members): ((String, String), Vec<&Held>)| {
        let known = members.first().and_then(|held| {
            held.persons()
                .find(|person| person.person.map(|name| name.to_string()).unwrap_or_default() == key)
        });
        let display_name = if own.is_empty() {
            known.map(|person| person.display_name.clone()).unwrap_or_default()
        } else {
            own
        };
        AssetGroup { key, display_name, ..group(&members, asked) }
    };
    grouped(all, keys).into_iter().map(named).collect()
}

pub(super) fn by_purpose(all: &[&Held], asked: Question<'_>) -> Vec<AssetGroup> {
    let mut groups = grouped(all, |held| held.purposes_on(asked.day));
    groups.sort_by_key(|(purpose, _)| *purpose);
    let named = |(purpose, members): (PurposeKind, Vec<&Held>)| AssetGroup {
        display_name: purpose.to_string(),
        purpose: Some(purpose),
        ..group(&members, asked)
    };
    groups.into_iter().map(named).collect()
}

/// What the Court holds itself stands under this name.
pub(super) const COURT: &str = "The Court";

pub(super) fn by_state(all: &[&Held], asked: Question<'_>) -> Vec<AssetGroup> {
    let mut groups = grouped(all, |held| vec![held.belongs.requested_state.clone()]);
    groups.sort_by(|(one, _), (other, _)| {
        one.as_ref().map(|(_, name)| name).cmp(&other.as_ref().map(|(_, name)| name))
    });
    let named = |(state, members): (Option<(OrganizationId, String)>, Vec<&Held>)| {
        let (key, display_name) =
            state.map_or_else(|| (String::new(), COURT.to_owned()), |(name, text)| (name.to_string(), text));
        AssetGroup { key, display_name, ..group(&members, asked) }
    };
    groups.into_iter().map(named).collect()
}

/// Assets that bear the same identifier. A sold asset and its proceeds have none in common.
pub(super) fn duplicates(held: &[Held]) -> Vec<Duplicates> {
    let mut found: std::collections::BTreeMap<(u8, String), Duplicates> = std::collections::BTreeMap::new();
    for asset in held.iter().map(|held| &held.asset) {
        for identifier in &asset.description.identifiers {
            let key = (identifier.kind as u8, normalize(identifier.kind, &identifier.value));
            let entry = found
                .entry(key)
                .or_insert_with(|| Duplicates { identifier: identifier.clone(), assets: Vec::new() });
            if !entry.assets.contains(&asset.name) {
                entry.assets.push(asset.name);
            }
        }
    }
    found.into_values().filter(|same| same.assets.len() > 1).collect()
}
