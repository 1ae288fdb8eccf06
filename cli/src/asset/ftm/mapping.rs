//! What of an asset becomes which entity.
//!
//! Only what is certain: whoever is not a person of the request is a `LegalEntity`, of which nobody says whether it is a
//! human being; who merely holds something is linked to it, and not its owner.

use chrono::NaiveDate;
use focalnet_domain::{
    asset::{
        AssetType, Ownership, Restraint,
        ownership::{Layer, Owner},
        view::MeasureView,
    },
    share::Share,
};

use super::{Entities, Entity, identifiers};
use crate::asset::listed::{Listed, share, word};

/// Most characters of a name; the description is whole beside it.
const NAME_CHARS: usize = 200;

/// The entities of an asset.
pub(super) fn asset(entities: &mut Entities, asset: &Listed, day: NaiveDate) {
    let mut thing = thing(asset, day);
    let mut around = Vec::new();
    let layers = [Layer::Holder, Layer::LegalOwner, Layer::BeneficialOwner];
    for statement in layers.into_iter().filter_map(|layer| asset.layer(layer, day)) {
        for (number, owner) in statement.owners.iter().enumerate() {
            let owner_of = somebody(asset, owner);
            let edge = edge(&mut thing, asset, statement, number, owner, &owner_of.id);
            around.push(owner_of);
            around.extend(edge);
        }
    }
    around.extend(holder(&mut thing, asset, day));
    around.extend(asset.in_force(day).map(|view| restraint(&thing, asset, view)));
    entities.push(thing);
    for entity in around {
        entities.push(entity);
    }
}

/// The asset itself.
fn thing(asset: &Listed, day: NaiveDate) -> Entity {
    let what = &asset.description;
    let mut thing = Entity::new(identifiers::schema(what.kind), &asset.name.to_string());
    thing
        .add("name", name(&what.description))
        .add("description", what.description.as_str())
        .add("country", what.jurisdiction.to_ascii_lowercase())
        .add("keywords", what.kind.as_str());
    if let Some(location) = &what.location {
        if what.kind == AssetType::RealEstate {
            let lines = location.lines().map(single_line).filter(|line| !line.is_empty());
            thing.add("address", lines.collect::<Vec<_>>().join(", "));
        } else {
            thing.add("notes", format!("location: {location}"));
        }
    }
    for identifier in &what.identifiers {
        match identifiers::property(what.kind, identifier) {
            Some((property, value)) => thing.add(property, value),
            None => thing.add("notes", format!("{}: {}", word(identifier.kind), identifier.value)),
        };
    }
    if let Some((_, newest)) = asset.values(day) {
        let (currency, amount) = (newest.value.currency_code(), newest.value.amount().to_string());
        thing.add("amount", amount.as_str()).add("currency", currency);
        match currency {
            "USD" => thing.add("amountUsd", amount),
            "EUR" => thing.add("amountEur", amount),
            _ => &mut thing,
        };
    }
    if what.kind == AssetType::RealEstate {
        let standing = asset.encumbrances.iter().map(|fact| &fact.facts).filter(|one| one.stands_on(day));
        for right in standing {
            let amount = right.amount.as_ref().map(|amount| format!(", {amount}")).unwrap_or_default();
            thing.add("encumbrance", format!("{}{amount}", right.kind));
        }
    }
    if matches!(asset.restraint, Restraint::Frozen | Restraint::Seized) {
        thing.add("topics", "asset.frozen");
    }
    thing
}

/// Who stands in a layer.
fn somebody(asset: &Listed, owner: &Owner) -> Entity {
    let mut somebody = match owner.position {
        Some(position) => Entity::new("Person", &format!("{}/persons/{position}", asset.parent())),
        None => Entity::new("LegalEntity", &party(asset, &owner.display_name)),
    };
    somebody.add("name", single_line(&owner.display_name));
    somebody
}

/// A name for whoever is called that on this asset: by order of mention, for the name itself would give the person away.
/// Mentions are only ever added, so it stays the same.
fn party(asset: &Listed, display_name: &str) -> String {
    let mut mentions: Vec<&str> = Vec::new();
    let owners = asset.ownerships.iter().flat_map(|fact| &fact.facts.owners);
    for owner in owners.filter(|owner| owner.position.is_none()) {
        if !mentions.contains(&owner.display_name.as_str()) {
            mentions.push(&owner.display_name);
        }
    }
    let number = mentions.iter().position(|mention| *mention == display_name);
    let number = number.map_or_else(|| "holder".to_owned(), |number| number.to_string());
    format!("{}/parties/{number}", asset.name)
}

/// The link of an owner to the asset; none where a property of the asset says it.
fn edge(
    thing: &mut Entity,
    asset: &Listed,
    statement: &Ownership,
    number: usize,
    owner: &Owner,
    owner_id: &str,
) -> Option<Entity> {
    let key = format!("{}/ownerships/{}/{}/{number}", asset.name, statement.layer, statement.from_date);
    let role = match statement.layer {
        Layer::Holder => "holder",
        Layer::LegalOwner => "legal owner",
        Layer::BeneficialOwner => "beneficial owner",
    };
    let is_wallet = thing.schema == "CryptoWallet";
    if statement.layer == Layer::Holder && is_wallet {
        thing.add("holder", owner_id);
        return None;
    }
    // A wallet is no asset to the schema, and so nothing that can be owned there.
    if statement.layer == Layer::Holder || is_wallet {
        let mut link = link(&key, thing, owner_id, role, Some(owner.share));
        link.add("startDate", statement.from_date.to_string());
        return Some(link);
    }
    let mut edge = Entity::new("Ownership", &key);
    edge.add("owner", owner_id)
        .add("asset", thing.id.as_str())
        .add("role", role)
        .add("percentage", share(owner.share))
        .add("startDate", statement.from_date.to_string());
    if statement.layer == Layer::BeneficialOwner {
        edge.add("ownershipType", "beneficial");
    }
    Some(edge)
}

/// Somebody who has to do with a thing without owning it.
fn link(key: &str, thing: &Entity, somebody: &str, role: &str, part: Option<Share>) -> Entity {
    let part = part.map(|part| format!(", {}", share(part))).unwrap_or_default();
    let mut link = Entity::new("UnknownLink", key);
    link.add("subject", somebody).add("object", thing.id.as_str()).add("role", format!("{role}{part}"));
    link
}

/// The link to the holder that the report names, unless an ownership in the layer of holders names one
/// already.
fn holder(thing: &mut Entity, asset: &Listed, day: NaiveDate) -> Vec<Entity> {
    let name = &asset.description.holder;
    let stated = asset.layer(Layer::Holder, day).map_or(&[][..], |statement| &statement.owners);
    if name.is_empty() || stated.iter().any(|owner| owner.display_name == *name) {
        return Vec::new();
    }
    let key = party(asset, name);
    let mut holder = Entity::new("LegalEntity", &key);
    holder.add("name", single_line(name));
    if thing.schema == "CryptoWallet" {
        thing.add("holder", holder.id.as_str());
        return vec![holder];
    }
    let link = link(&format!("{}/holder", asset.name), thing, &holder.id, "holder", None);
    vec![holder, link]
}

/// A measure: the schema has nothing closer to a restraint than `Sanction`.
fn restraint(thing: &Entity, asset: &Listed, view: &MeasureView) -> Entity {
    let facts = &view.measure.facts;
    let part = facts.share.map(|part| format!(", of {}", share(part))).unwrap_or_default();
    let mut sanction = Entity::new("Sanction", &view.measure.name.to_string());
    sanction
        .add("entity", thing.id.as_str())
        .add("authority", facts.authority.clone().unwrap_or_default())
        .add("recordId", facts.national_reference.as_str())
        .add("provisions", format!("{}{part}", word(facts.kind).replace('_', " ")))
        .add("startDate", facts.start_date.to_string())
        .add("endDate", view.last_date.map(|last| last.to_string()).unwrap_or_default())
        .add("country", asset.description.jurisdiction.to_ascii_lowercase())
        .add("status", "Active");
    if asset.freezing_request.is_some() {
        sanction.add("program", "Rome Statute, article 93(1)(k)");
        sanction.add("reason", format!("Executes {}", asset.parent()));
    } else {
        sanction.add("reason", format!("Under {}", asset.parent()));
    }
    sanction
}

/// The first line of a description, cut to the length of a name.
fn name(description: &str) -> String {
    let line = single_line(description.lines().find(|line| !line.trim().is_empty()).unwrap_or_default());
    match line.char_indices().nth(NAME_CHARS) {
        Some((end, _)) => format!("{}…", line[..end].trim_end()),
        None => line,
    }
}

/// On one line, as names are written.
fn single_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
