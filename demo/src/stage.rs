//! What the chapters of the story share: the world, the people, the names of what they made, the narrator.

use std::collections::BTreeMap;

use focalnet_contract::client::Failure;
use serde::Serialize;

use super::{
    Door,
    cast::{Actor, Place, Who},
    output::Narrator,
    person::{Person, Receipts},
    story::instant,
};

/// Resource names of what the story made.
#[derive(Debug, Clone, Default, Serialize)]
#[expect(missing_docs, reason = "each is the name of what it says")]
pub struct Names {
    pub questionnaire: String,
    pub response_belgium: String,
    pub response_portugal: String,
    pub response_drc: String,
    pub case: String,
    pub person_bemba: String,
    pub order: String,
    pub case_witnesses: String,
    pub person_bemba_witnesses: String,
    pub order_fine: String,
    pub request_belgium: String,
    pub request_portugal: String,
    pub request_portugal_second: String,
    pub request_drc: String,
    pub request_otp_tracing: String,
    pub clarification_costs: String,
    pub clarification_notify: String,
    pub clarification_preservation: String,
    pub asset_aircraft: String,
    pub asset_house: String,
    pub asset_account_lisbon: String,
    pub asset_account_porto: String,
}

/// The stage.
pub(super) struct Stage<'a> {
    pub(super) door: &'a Door,
    pub(super) tell: &'a mut Narrator,
    pub(super) actors: BTreeMap<Who, Actor>,
    pub(super) places: BTreeMap<Place, String>,
    pub(super) names: Names,
    pub(super) receipts: Receipts,
    signed_in: BTreeMap<Who, Person>,
}

impl<'a> Stage<'a> {
    /// An empty one.
    pub(super) fn new(door: &'a Door, tell: &'a mut Narrator) -> Self {
        Self {
            door,
            tell,
            actors: BTreeMap::new(),
            places: BTreeMap::new(),
            names: Names::default(),
            receipts: Receipts::default(),
            signed_in: BTreeMap::new(),
        }
    }

    /// Makes it this instant. Whoever acts from then on signs in anew: the sessions of before have ended.
    pub(super) async fn at(&mut self, time: &str) -> Result<(), Failure> {
        let time = instant(time)?;
        self.door.set_clock(time).await?;
        self.signed_in.clear();
        self.tell.day(time);
        Ok(())
    }

    /// Somebody, signed in.
    pub(super) async fn person(&mut self, who: Who) -> Result<Person, Failure> {
        if let Some(person) = self.signed_in.get(&who) {
            return Ok(person.clone());
        }
        let actor = self
            .actors
            .get(&who)
            .ok_or_else(|| Failure::unexpected(format!("{} has no account", who.key())))?;
        let person = Person::sign_in(self.door.channel(), who, &actor.password, &self.receipts).await?;
        self.signed_in.insert(who, person.clone());
        Ok(person)
    }

    /// The resource name of an organization.
    pub(super) fn place(&self, place: Place) -> String {
        self.places.get(&place).cloned().unwrap_or_default()
    }
}
