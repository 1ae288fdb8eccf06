//! What is held, as somebody finds it who has nothing but the events: by arithmetic of its own, and none of the program's.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde_json::Value;

use super::thing::{Measure, Thing, coins, day, on, positions, text, texts};

/// Everything that the events of a day and before tell.
#[derive(Debug, Default)]
pub(super) struct Retold {
    /// Requests and orders by name.
    pub(super) parents: BTreeMap<String, Parent>,
    /// Assets by name.
    pub(super) things: BTreeMap<String, Thing>,
}

/// A request, or an order under which the Court holds something.
#[derive(Debug, Default)]
pub(super) struct Parent {
    /// The State; empty for the Court.
    pub(super) state: String,
    /// Persons of the case, by position.
    pub(super) persons: Vec<String>,
    /// By position and purpose, with the first day without the obligation.
    pub(super) purposes: Vec<(usize, String, Option<NaiveDate>)>,
}

impl Retold {
    /// What events tell, oldest first, of which only those that were known on a day count. How an asset is described is
    /// corrected for all days.
    pub(super) fn from(events: &[Value], known: NaiveDate) -> Self {
        let mut retold = Self::default();
        for event in events {
            let act = text(&event["act"]);
            let content: Value =
                event["content"].as_str().map(|text| serde_json::from_str(text).unwrap()).unwrap_or_default();
            if on(&event["time"]) <= known || act == "update_asset" {
                retold.hears(&act, event, &content[&act]);
            }
        }
        retold
    }

    fn hears(&mut self, act: &str, event: &Value, told: &Value) {
        let (subject, when) = (text(&event["subject"]), on(&event["time"]));
        let parent = text(&event["stream"]).rsplit_once('/').unwrap().0.to_owned();
        match act {
            "create" | "record_order" => self.begins(parent, told),
            "update" => self.begins(parent, &told["content"]),
            "modify_order" => self.concerns(&parent, told),
            "cease" => self.ceases(&parent, told),
            "report_execution" => {
                let names = texts(&told["asset_names"]);
                for (number, name) in names.into_iter().enumerate() {
                    self.finds(name, &parent, &told["assets"][number], &told["measure_names"][number]);
                }
            }
            "report_asset" => self.finds(subject, &parent, told, &told["measure_names"]),
            "report_release" => {
                for release in told["releases"].as_array().unwrap() {
                    self.things
                        .get_mut(release["asset"].as_str().unwrap())
                        .unwrap()
                        .ends(&release["disposition"]);
                }
            }
            "record_sale" => self.sells(&subject, told),
            _ => {
                if let Some(thing) = self.things.get_mut(&subject) {
                    thing.hears(act, when, told);
                }
            }
        }
    }

    /// A draft, an order, or another content of a draft.
    fn begins(&mut self, name: String, told: &Value) {
        let content = if told["content"].is_object() { &told["content"] } else { told };
        let parent = self.parents.entry(name).or_default();
        if let Some(state) = told["requested_state"].as_str() {
            state.clone_into(&mut parent.state);
        }
        parent.purposes.clear();
        // An order names persons and purposes, a request says more of each.
        let named = |list: &str, field: &str| {
            let all = content[list].as_array().unwrap().iter();
            all.map(|one| text(if one.is_object() { &one[field] } else { one })).collect::<Vec<_>>()
        };
        parent.persons = named("persons", "person");
        for position in 0..parent.persons.len() {
            let purposes = named("purposes", "purpose").into_iter();
            parent.purposes.extend(purposes.map(|purpose| (position, purpose, None)));
        }
    }

    /// An order concerns more persons; nothing has ended in it before.
    fn concerns(&mut self, name: &str, told: &Value) {
        let parent = self.parents.get_mut(name).unwrap();
        let purposes: Vec<_> =
            parent.purposes.iter().filter(|(position, ..)| *position == 0).cloned().collect();
        for person in texts(&told["persons"]) {
            if !parent.persons.contains(&person) {
                let position = parent.persons.len();
                parent.persons.push(person);
                parent
                    .purposes
                    .extend(purposes.iter().map(|(_, purpose, _)| (position, purpose.clone(), None)));
            }
        }
    }

    fn ceases(&mut self, parent: &str, told: &Value) {
        let (persons, purposes) = (positions(&told["persons"]), texts(&told["purposes"]));
        // The State has no draft in its journal, from which purposes would be known.
        for (position, purpose, end) in &mut self.parents.entry(parent.to_owned()).or_default().purposes {
            if end.is_none() && purposes.contains(purpose) && persons.contains(position) {
                *end = day(&told["effective_date"]);
            }
        }
    }

    fn finds(&mut self, name: String, parent: &str, told: &Value, names: &Value) {
        let mut thing =
            Thing { parent: parent.to_owned(), persons: positions(&told["persons"]), ..Thing::default() };
        for (number, measure) in told["measures"].as_array().into_iter().flatten().enumerate() {
            thing.is_held_by(text(&names[number]), measure);
        }
        for value in told["valuations"].as_array().into_iter().flatten() {
            thing.is_worth(value);
        }
        self.things.insert(name, thing);
    }

    /// Cash takes the place of what is sold, under the measures that were in force on the day.
    fn sells(&mut self, subject: &str, told: &Value) {
        let Some(sold) = self.things.get_mut(subject) else { return };
        let when = on(&told["sale_date"]);
        sold.fates.push(("sold".into(), when, None));
        let held = sold.measures.iter().filter(|measure| measure.holds_on(when));
        let measures = held.zip(texts(&told["measure_names"])).map(|(measure, name)| Measure {
            name,
            kind: measure.kind.clone(),
            start: when,
            ..*measure
        });
        let (currency, coins) = coins(&told["proceeds"]);
        let cash = Thing {
            parent: sold.parent.clone(),
            persons: sold.persons.clone(),
            measures: measures.collect(),
            values: vec![(when, currency, coins)],
            ..Thing::default()
        };
        self.things.insert(text(&told["proceeds_asset"]), cash);
    }
}
