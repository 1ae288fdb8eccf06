//! A world in which anything may happen to assets.

use std::collections::BTreeMap;

use chrono::{Days, Duration, NaiveDate};
use focalnet_contract::Rpc;
use focalnet_domain::{
    clock::Clock,
    freezing_request::{ActKind, State},
    organization::Role,
};
use serde_json::{Value, json};
use tonic::{Code, Status};

use super::{super::BOTH, thing::text};
use crate::as_read::differences;
use crate::support::{
    actor::Actor,
    acts::Deed,
    cast::Org::{self, Belgium, Congo, Portugal},
    dice::Dice,
    new_id,
    world::World,
};

/// Acts that are tried in a world.
pub(super) const TRIES: usize = 240;

/// A request, or an order, with what was found under it.
pub(super) struct Dossier {
    pub(super) name: String,
    /// Whose it is; the Registry's, for an order.
    pub(super) org: Org,
    persons: usize,
}

pub(super) struct Random {
    pub(super) world: World,
    pub(super) dice: Dice,
    pub(super) today: NaiveDate,
    pub(super) dossiers: Vec<Dossier>,
    /// Assets, each with the number of its dossier.
    assets: Vec<(usize, String)>,
    pub(super) done: BTreeMap<String, usize>,
}

impl Random {
    /// Requests to three States, one of them about two persons, and an order under which the Court holds something itself.
    pub(super) async fn new(dice: Dice) -> Self {
        let world = World::new().await;
        let requests = [
            (world.about_two().await, Portugal, 2),
            (world.transmitted(&world.belgium()).await, Belgium, 1),
            (world.transmitted(&world.congo()).await, Congo, 1),
        ];
        let mut dossiers = Vec::new();
        for (name, org, persons) in requests {
            let way = [ActKind::Acknowledge.into(), ActKind::StartExecution.into()];
            world.performed(&name, &way).await;
            world.performed(&name, &[Deed::Report(State::Executed)]).await;
            dossiers.push(Dossier { name, org, persons });
        }
        dossiers.push(Dossier { name: world.cast().order.clone(), org: Org::Registry, persons: 1 });
        let today = Clock.now(Duration::zero()).date_naive();
        Self { world, dice, today, dossiers, assets: Vec::new(), done: BTreeMap::new() }
    }

    pub(super) fn holder(&self, org: Org) -> Actor {
        let role = if org == Org::Registry { Role::RegistryCooperationOfficer } else { Role::FocalPoint };
        self.world.actor(org, role)
    }

    /// Some days later.
    async fn sleeps(&mut self) {
        self.today = self.today + Days::new(1 + self.dice.below(20));
        self.world.turns_to(&self.today.to_string()).await;
    }

    async fn finds(&mut self) {
        let number = usize::try_from(self.dice.below(self.dossiers.len().try_into().unwrap())).unwrap();
        let dossier = &self.dossiers[number];
        let thing = self.dice.thing(self.today, dossier.persons);
        let found = self.holder(dossier.org).reports_asset(&dossier.name, thing).await.unwrap();
        self.assets.push((number, found.name));
        *self.done.entry("ReportAsset".to_owned()).or_default() += 1;
    }

    /// The obligation has ended for one of the persons.
    async fn is_over_for_somebody(&mut self) {
        let requests: Vec<_> = self.dossiers.iter().filter(|dossier| dossier.org != Org::Registry).collect();
        let dossier = *self.dice.one(&requests);
        let position = self.dice.below(dossier.persons.try_into().unwrap());
        let officer = self.world.registry().officer();
        let purposes: &[&str] = self.dice.one::<&[&str]>(&[&BOTH[..1], &BOTH]);
        let ceases = json!({
            "name": dossier.name, "etag": officer.reads(&dossier.name).await.unwrap().etag, "request_id": new_id(),
            "persons": [position], "purposes": purposes, "status": "STATUS_ACQUITTED",
            "effective_date": self.today - Days::new(self.dice.below(60)), "reason": "Judgment",
        });
        match officer.call(Rpc::CeaseFreezingRequest, ceases).await {
            Ok(_) => {
                self.world.registry().approver().approves(&dossier.name).await.unwrap();
                *self.done.entry("Cease".to_owned()).or_default() += 1;
            }
            Err(told) => is_refused("Cease", &told),
        }
    }

    async fn somebody_acts(&mut self) {
        let (number, name) = self.dice.one(&self.assets).clone();
        let (org, persons) = (self.dossiers[number].org, self.dossiers[number].persons);
        let officer = self.world.registry().officer();
        let read = officer.reads_asset(&name).await.unwrap();
        let Some(tried) = self.dice.act(&read, self.today, persons) else { return };
        let who = if tried.by_the_court { officer } else { self.holder(org) };
        let mut message = tried.with;
        message["etag"] = who.reads_asset(&name).await.unwrap().etag.into();
        if message["asset"].is_null() {
            message["name"] = name.as_str().into();
        }
        match who.asks(tried.rpc, message).await {
            Ok(done) => {
                assert_eq!(differences(&who, tried.rpc, done.clone()).await, <[String; 0]>::default());
                if done["name"] != name {
                    self.assets.push((number, text(&done["name"])));
                }
                *self.done.entry(format!("{:?}", tried.rpc)).or_default() += 1;
            }
            Err(told) => is_refused(&format!("{:?}", tried.rpc), &told),
        }
    }

    pub(super) async fn lives(&mut self) {
        for _ in 0..6 {
            self.finds().await;
        }
        for number in 0..TRIES {
            if number % 4 == 3 {
                self.sleeps().await;
            }
            match self.dice.below(40) {
                0 => self.finds().await,
                1 => self.is_over_for_somebody().await,
                _ => self.somebody_acts().await,
            }
        }
    }

    /// What somebody can read of the journals of these, oldest first.
    pub(super) async fn events(&self, who: &Actor, of: impl IntoIterator<Item = &Dossier>) -> Vec<Value> {
        let mut events = Vec::new();
        for dossier in of {
            events.extend(who.lists(Rpc::ListEvents, json!({ "parent": dossier.name })).await.unwrap());
        }
        events.sort_by_key(|event| {
            (
                text(&event["time"]).trim_end_matches('Z').to_owned(),
                event["index"].as_str().map(str::len),
                text(&event["index"]),
            )
        });
        events
    }
}

/// What can happen to a try that is not carried out.
#[track_caller]
fn is_refused(what: &str, told: &Status) {
    let refused = [Code::InvalidArgument, Code::FailedPrecondition].contains(&told.code());
    assert!(refused, "{what}: {told}");
}
