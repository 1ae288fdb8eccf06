//! Assets as `FollowTheMoney` entities, one JSON object a line: the format of those who follow assets over borders.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use focalnet_contract::client::escape;
use focalnet_domain::journal::sha256;
use serde::Serialize;

use super::listed::Listed;

mod identifiers;
mod mapping;

/// An entity: a thing, somebody, or a link between two.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Entity {
    id: String,
    schema: &'static str,
    properties: BTreeMap<&'static str, Vec<String>>,
}

impl Entity {
    /// One without properties. The id follows from names of resources alone, which say nothing of anybody.
    fn new(schema: &'static str, name: &str) -> Self {
        Self { id: id(name), schema, properties: BTreeMap::new() }
    }

    /// Adds a value, where there is one and it is not there yet.
    fn add(&mut self, property: &'static str, value: impl Into<String>) -> &mut Self {
        let value = value.into();
        if !value.is_empty() {
            let values = self.properties.entry(property).or_default();
            if !values.contains(&value) {
                values.push(value);
            }
        }
        self
    }
}

/// Entities in the order in which they were first spoken of, each once.
#[derive(Debug, Default)]
struct Entities {
    all: Vec<Entity>,
    places: BTreeMap<String, usize>,
}

impl Entities {
    /// Adds an entity; what is said of one that is there already is said of it too.
    fn push(&mut self, entity: Entity) {
        if let Some(known) = self.places.get(&entity.id).and_then(|place| self.all.get_mut(*place)) {
            for (property, values) in entity.properties {
                for value in values {
                    known.add(property, value);
                }
            }
            return;
        }
        self.places.insert(entity.id.clone(), self.all.len());
        self.all.push(entity);
    }
}

/// The assets with those who hold and own them, and what is in force against them on a day.
pub(super) fn entities(assets: &[Listed], day: NaiveDate) -> Vec<Entity> {
    let mut entities = Entities::default();
    for asset in assets {
        mapping::asset(&mut entities, asset, day);
    }
    entities.all
}

/// JSON lines.
pub(super) fn write(entities: &[Entity]) -> Result<String, serde_json::Error> {
    entities.iter().try_fold(String::new(), |text, entity| {
        Ok(text + &escape::json(&serde_json::to_string(entity)?) + "\n")
    })
}

/// What is hashed before a name.
const KIND: &str = "focalnet ftm v1";

/// The id of the entity for what has that name.
fn id(name: &str) -> String {
    let length = |text: &str| (text.len() as u64).to_be_bytes();
    // Each part behind its length, so that no two names are hashed from the same bytes.
    let digest = sha256(&[&length(KIND), KIND.as_bytes(), &length(name), name.as_bytes()]);
    let hex = digest.iter().take(20).flat_map(|byte| [byte >> 4, byte & 15]);
    let digits = hex.filter_map(|digit| char::from_digit(digit.into(), 16));
    "focalnet-".chars().chain(digits).collect()
}
