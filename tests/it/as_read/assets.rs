//! Every act on an asset, in every state of its request in which the table allows it, by each side that may do it.

use std::collections::BTreeSet;

use focalnet::testing::authz::policy::{Rule, rule};
use focalnet_contract::Rpc;
use focalnet_domain::{
    asset::{act::AssetActKind, disposition::Side, lifecycle::ROWS},
    freezing_request::{ActKind, State},
};
use serde_json::{Value, json};

use super::differences;
use crate::support::{
    actor::Actor,
    acts::Deed,
    asking::joined,
    assets::{accompaniment, yacht},
    world::World,
};

/// What is done with a first asset, in this order; each finds what it needs.
const OF_ONE: &[(Side, Rpc)] = &[
    (Side::Holder, Rpc::UpdateAsset),
    (Side::Holder, Rpc::RecordOwnership),
    (Side::Holder, Rpc::RecordEncumbrance),
    (Side::Holder, Rpc::RecordMeasure),
    (Side::Holder, Rpc::RenewMeasure),
    (Side::Holder, Rpc::RecordValuation),
    (Side::Holder, Rpc::RecordCost),
    (Side::Holder, Rpc::SettleCost),
    (Side::Court, Rpc::ShareAsset),
    (Side::Court, Rpc::RevokeAssetShare),
    (Side::Holder, Rpc::RecordSale),
    // A lifting of the measure on the asset that came of the sale.
    (Side::Holder, Rpc::LiftMeasure),
    (Side::Holder, Rpc::RecordClaim),
    (Side::Holder, Rpc::DecideClaim),
    (Side::Court, Rpc::RecordClaim),
    (Side::Court, Rpc::DecideClaim),
    (Side::Holder, Rpc::RecordDisposition),
];

/// And with a second one, which comes into the hands of the Court.
const OF_OTHER: &[(Side, Rpc)] = &[
    (Side::Holder, Rpc::RecordDisposition),
    (Side::Court, Rpc::AllocateProceeds),
    (Side::Court, Rpc::RecordDisposition),
];

/// What acts are done on.
struct Desk {
    world: World,
    state: State,
    /// The act, the side, and the state of the request.
    done: BTreeSet<String>,
    wrong: Vec<String>,
}

fn cell(act: AssetActKind, side: Side, state: State) -> String {
    format!("{act} by the {side:?} in {state}")
}

impl Desk {
    fn somebody(&self, side: Side) -> Actor {
        match side {
            Side::Holder => self.world.portugal().focal_point(),
            Side::Court => self.world.registry().officer(),
        }
    }

    /// Does an act, and compares; gives the name of what was answered.
    async fn does(&mut self, side: Side, rpc: Rpc, message: Value) -> String {
        let who = self.somebody(side);
        let answer = who.asks(rpc, message).await;
        let answer = answer.unwrap_or_else(|told| unreachable!("{rpc:?} in {}: {told:?}", self.state));
        let name = answer["name"].as_str().unwrap().to_owned();
        self.wrong.extend(differences(&who, rpc, answer).await);
        let Rule::Asset(act) = rule(rpc) else { unreachable!("{rpc:?} is no act on an asset") };
        self.done.insert(cell(act, side, self.state));
        name
    }

    /// Does acts on an asset, one after the other.
    async fn all(&mut self, mut asset: String, acts: &[(Side, Rpc)]) {
        for (side, rpc) in acts {
            let read = self.somebody(*side).reads_asset(&asset).await.unwrap();
            let claim = read.claims.last().map(|claim| claim.name.clone()).unwrap_or_default();
            let with = match (rpc, side) {
                (Rpc::UpdateAsset, _) => json!({ "asset": { "name": asset, "holder": "His brother" } }),
                // Where a Chamber decides the claim, the Court reports the steps.
                (Rpc::RecordClaim, Side::Court) => json!({ "claim": {
                    "claimant": "A victim", "right": "RIGHT_OWNERSHIP", "forum": "FORUM_CHAMBER",
                    "share": { "numerator": 1, "denominator": 2 }, "lodged_date": "2012-02-01",
                }}),
                (Rpc::DecideClaim, Side::Court) => {
                    json!({ "claim": claim, "state": "STATE_UNDER_REVIEW", "decision_date": "2012-02-02" })
                }
                (Rpc::RecordDisposition, Side::Court) => json!({ "disposition": {
                    "kind": "KIND_PAID_TO_VICTIMS", "disposition_date": "2012-01-01",
                }}),
                (Rpc::RecordDisposition, Side::Holder) if acts == OF_OTHER => json!({ "disposition": {
                    "kind": "KIND_TRANSFERRED", "disposition_date": "2011-03-01",
                }}),
                _ => accompaniment(*rpc, &read.measures[0].name, &claim),
            };
            let mut message = joined(with, json!({ "etag": read.etag }));
            if message["asset"].is_null() {
                message["name"] = asset.into();
            }
            asset = self.does(*side, *rpc, message).await;
        }
    }

    /// A new request to Portugal in the state, with two assets of which nothing has become yet.
    async fn comes_to(&mut self, state: State) -> (String, [String; 2]) {
        let name = self.world.in_state(State::Executing).await;
        self.state = State::Executing;
        let mut assets = Vec::new();
        for _ in 0..2 {
            let message = json!({ "parent": name, "asset": yacht() });
            assets.push(self.does(Side::Holder, Rpc::ReportAsset, message).await);
        }
        self.world.performed(&name, &on_to(state)).await;
        if state == State::ReleaseReported {
            // One that is only there to be released.
            let portugal = self.world.portugal().focal_point();
            let read = portugal.reads(&name).await.unwrap();
            let mut message = portugal.accompanies(ActKind::ReportRelease, &read).await;
            message["releases"]
                .as_array_mut()
                .unwrap()
                .retain(|one| !assets.iter().any(|kept| one["asset"] == **kept));
            portugal.asks(Rpc::ReportRelease, message).await.unwrap();
        }
        self.state = state;
        (name, assets.try_into().unwrap())
    }
}

/// From execution on to a state.
fn on_to(state: State) -> Vec<Deed> {
    match state {
        State::Executing => Vec::new(),
        State::ExecutedInPart | State::Executed | State::NothingFound | State::Impossible => {
            vec![Deed::Report(state)]
        }
        State::Ceased | State::ReleaseReported => vec![Deed::Report(State::Executed), ActKind::Cease.into()],
        State::Withdrawn => vec![ActKind::Withdraw.into()],
        State::Superseded => vec![Deed::Supersede],
        other => unreachable!("nothing is done with assets in {other}"),
    }
}

#[tokio::test]
async fn each_act_on_an_asset_answers_what_is_read_afterwards() {
    let world = World::new().await;
    let mut desk = Desk { world, state: State::Executing, done: BTreeSet::new(), wrong: Vec::new() };
    let states: BTreeSet<_> = ROWS.iter().flat_map(|row| row.during).map(|state| state.as_str()).collect();
    for state in State::ALL.iter().filter(|state| states.contains(state.as_str())) {
        let (request, [one, other]) = desk.comes_to(*state).await;
        if AssetActKind::Report.row().unwrap().during.contains(state) {
            let message = json!({ "parent": request, "asset": yacht() });
            desk.does(Side::Holder, Rpc::ReportAsset, message).await;
        }
        desk.all(one, OF_ONE).await;
        desk.all(other, OF_OTHER).await;
    }
    assert!(desk.wrong.is_empty(), "{}", desk.wrong.join("\n"));
    for row in ROWS {
        for (side, state) in
            row.sides.iter().flat_map(|side| row.during.iter().map(move |state| (side, state)))
        {
            let cell = cell(row.act, *side, *state);
            assert!(desk.done.contains(&cell), "{cell} was not done");
        }
    }
}
