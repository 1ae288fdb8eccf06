//! One act, one event: in the act's own transaction, and for what changes nothing none at all.

use focalnet::testing::authz::policy::{Rule, rule};
use focalnet_contract::Rpc;
use focalnet_domain::{
    freezing_request::{ActKind, State},
    organization::Role,
};
use prost_reflect::DynamicMessage;
use serde_json::json;
use sqlx::PgConnection;

use crate::support::{
    actor::Actor,
    acts::{Deed, rpc_of},
    cast::Org,
    dynamic::method,
    ledger::{text, texts},
    samples::{Read, Things, sample},
    world::World,
};

/// Somebody who counts the events of a world.
struct Counting {
    database: PgConnection,
    before: usize,
}

impl Counting {
    async fn at(world: &World) -> Self {
        let mut counting = Self { database: world.database_as("postgres").await, before: 0 };
        counting.more().await;
        counting
    }

    /// How many there are more than when this was asked last.
    async fn more(&mut self) -> usize {
        let count = texts(&mut self.database, "SELECT count(*)::text FROM journal_event").await;
        let before = std::mem::replace(&mut self.before, count[0].parse().unwrap());
        self.before - before
    }
}

/// What leads a request through every act of its lifecycle, but for those that end it.
const LONG_WAY: &[Deed] = &[
    Deed::Plain(ActKind::Update),
    Deed::Plain(ActKind::MarkReady),
    Deed::TransmitUrgently,
    Deed::Plain(ActKind::ConfirmUrgentTransmission),
    Deed::Plain(ActKind::Acknowledge),
    Deed::Plain(ActKind::AssignAuthority),
    Deed::Plain(ActKind::OpenConsultation),
    Deed::Plain(ActKind::CloseConsultation),
    Deed::Plain(ActKind::Amend),
    Deed::Plain(ActKind::Transmit),
    Deed::Plain(ActKind::Acknowledge),
    Deed::Plain(ActKind::Postpone),
    Deed::Plain(ActKind::Resume),
    Deed::Plain(ActKind::StartExecution),
    Deed::Report(State::ExecutedInPart),
    Deed::Report(State::Executed),
    Deed::Plain(ActKind::Cease),
    Deed::Plain(ActKind::ReportRelease),
    Deed::Plain(ActKind::Close),
];

#[tokio::test]
async fn each_act_on_a_request_adds_one_event() {
    let world = World::new().await;
    let mut counting = Counting::at(&world).await;
    let sent = [ActKind::MarkReady.into(), ActKind::Transmit.into()];
    let denied = [&sent[..], &[ActKind::Acknowledge.into(), ActKind::Deny.into()]].concat();
    let withdrawn = [&sent[..], &[ActKind::Withdraw.into()]].concat();
    let mut done = vec![ActKind::Create];
    for way in [LONG_WAY, &denied, &withdrawn] {
        let drafted = world.registry().officer().drafts_to(world.portugal().name()).await.unwrap();
        let name = drafted.name.clone();
        assert_eq!(counting.more().await, 1, "the draft");
        for deed in way {
            done.push(deed.act());
            let (first, second) = world.doers(*deed, &drafted);
            let read = first.reads(&name).await.unwrap();
            let message = first.accompanies(*deed, &read).await;
            let answer = first.call(rpc_of(deed.act()), message.clone()).await.unwrap();
            assert_eq!(counting.more().await, 1, "{deed:?}");

            // Neither the same call again nor the same act with what was read before adds anything.
            assert_eq!(first.call(rpc_of(deed.act()), message).await.unwrap(), answer);
            first.does_on(*deed, &read).await.unwrap_err();
            assert_eq!(counting.more().await, 0, "{deed:?} again");
            if !text(&answer, "pending_approval").is_empty() {
                second.approves(&name).await.unwrap();
                assert_eq!(counting.more().await, 1, "{deed:?} is approved");
            }
        }
        world.registry().officer().call(Rpc::CheckFreezingRequest, json!({ "name": name })).await.unwrap();
        assert_eq!(counting.more().await, 0, "a check is no act");
    }
    for act in ActKind::ALL {
        assert!(done.contains(act), "{act:?} was not counted");
    }
}

/// What acts are done on, each as it was answered last.
struct Desk<'w> {
    world: &'w World,
    things: Things,
    counting: Counting,
    done: Vec<Rpc>,
}

impl Desk<'_> {
    /// Somebody does an act, which adds one event.
    async fn does(&mut self, who: &Actor, rpc: Rpc) -> Read {
        let answer = who.call(rpc, sample(rpc, &self.things)).await;
        let answer = answer.unwrap_or_else(|told| unreachable!("{rpc:?}: {told:?}"));
        assert_eq!(self.counting.more().await, 1, "{rpc:?}");
        self.done.push(rpc);
        read(&answer)
    }

    async fn accounts(&mut self) {
        let (admin, own) = (self.world.portugal().admin(), self.world.portugal().name());
        self.things.organization.name = own.into();
        self.things.organization = self.does(&admin, Rpc::CreateOrganization).await;
        self.does(&admin, Rpc::UpdateOrganization).await;
        self.things.organization.name = own.into();
        for rpc in [Rpc::CreateUser, Rpc::GrantMandate, Rpc::SuspendUser] {
            self.things.user = self.does(&admin, rpc).await;
        }
        self.things.user = reads(&admin, Rpc::GetUser, &self.world.portugal().focal_point().name).await;
        self.does(&admin, Rpc::RevokeMandate).await;
    }

    async fn case_and_order(&mut self) {
        let officer = self.world.registry().officer();
        self.things.chamber = self.world.cast().organization(Org::Chamber).into();
        let newcomer =
            self.world.newcomer(Org::Registry, "registry.newcomer", &[Role::RegistryApprover]).await;
        self.things.user = Read { name: newcomer.name, ..Read::default() };
        self.counting.more().await;

        self.things.case = self.does(&officer, Rpc::CreateCase).await;
        self.things.person = self.does(&officer, Rpc::AddPerson).await;
        self.things.person = self.does(&officer, Rpc::UpdatePersonStatus).await;
        for rpc in [Rpc::AssignMember, Rpc::UnassignMember] {
            self.things.case = reads(&officer, Rpc::GetCase, &self.things.case.name).await;
            self.does(&officer, rpc).await;
        }
        for rpc in [Rpc::RecordOrder, Rpc::ModifyOrder, Rpc::RevokeOrder] {
            self.things.order = self.does(&officer, rpc).await;
        }
        let order = officer.call(Rpc::GetOrder, json!({ "name": self.things.order.name })).await.unwrap();
        let proposal = officer.reads_approval(&text(&order, "pending_approval")).await.unwrap();
        self.world.registry().approver().approves_as_read(&proposal).await.unwrap_err();
        assert_eq!(self.counting.more().await, 0, "who is not assigned to the case revokes nothing");
    }

    async fn thread(&mut self) {
        let (officer, deputy) = (self.world.registry().officer(), self.world.portugal().deputy());
        self.things.clarification = self.does(&deputy, Rpc::OpenClarification).await;
        let steps = [
            (&officer, Rpc::RerouteClarification),
            (&self.world.chamber().legal_officer(), Rpc::ReplyToClarification),
            (&deputy, Rpc::ResolveClarification),
        ];
        for (who, rpc) in steps {
            self.things.clarification =
                reads(who, Rpc::GetClarification, &self.things.clarification.name).await;
            self.does(who, rpc).await;
        }
    }

    async fn proposals(&mut self) {
        let (officer, approver) = (self.world.registry().officer(), self.world.registry().approver());
        for (who, rpc) in [(&officer, Rpc::Withdraw), (&approver, Rpc::Decline), (&approver, Rpc::Approve)] {
            officer.does(ActKind::Cease, &self.things.request.name).await.unwrap();
            assert_eq!(self.counting.more().await, 1, "the proposal");
            let proposal = officer.reads_proposal(&self.things.request.name).await.unwrap();
            self.things.approval = Read { name: proposal.name, etag: proposal.etag };
            self.does(who, rpc).await;
        }
    }
}

impl Desk<'_> {
    async fn directory(&mut self) {
        let focal_point = self.world.belgium().focal_point();
        self.things.organization.name = self.world.belgium().name().into();
        self.does(&focal_point, Rpc::SetChannel).await;
        self.does(&focal_point, Rpc::DesignateFocalPoint).await;
        self.things.designation = self.world.newest_designation(&self.world.belgium()).await;
        self.does(&focal_point, Rpc::EndDesignation).await;
    }

    async fn assets(&mut self) {
        let before = self.things.clone();
        let (portugal, known) = self.world.things_for(Rpc::ReportAsset).await;
        self.things = known;
        self.counting.more().await;
        self.things.asset = self.does(&portugal, Rpc::ReportAsset).await;
        for rpc in [
            Rpc::UpdateAsset,
            Rpc::RecordOwnership,
            Rpc::RecordEncumbrance,
            Rpc::RecordMeasure,
            Rpc::RenewMeasure,
            Rpc::RecordValuation,
            Rpc::RecordCost,
            Rpc::SettleCost,
            Rpc::RecordSale,
            // Of what came of the sale.
            Rpc::LiftMeasure,
            Rpc::RecordClaim,
            Rpc::DecideClaim,
            Rpc::RecordDisposition,
        ] {
            let asset = portugal.reads_asset(&self.things.asset.name).await.unwrap();
            self.things.measure.clone_from(&asset.measures[0].name);
            self.things.claim = asset.claims.first().map(|claim| claim.name.clone()).unwrap_or_default();
            self.things.asset = self.does(&portugal, rpc).await;
        }
        let (officer, known) = self.world.things_for(Rpc::AllocateProceeds).await;
        self.things = known;
        self.counting.more().await;
        for rpc in [Rpc::AllocateProceeds, Rpc::ShareAsset, Rpc::RevokeAssetShare] {
            self.things.asset = self.does(&officer, rpc).await;
        }
        self.things = before;
    }

    async fn questionnaires(&mut self) {
        let (officer, belgium) = (self.world.registry().officer(), self.world.belgium());
        self.things.questionnaire = self.does(&officer, Rpc::CreateQuestionnaire).await;
        self.things.questionnaire = self.does(&officer, Rpc::UpdateQuestionnaire).await;
        self.things.questionnaire = self.does(&officer, Rpc::PublishQuestionnaire).await;
        // One for the circulation, and one that the State reads.
        let circulation = sample(Rpc::CirculateQuestionnaire, &self.things);
        let answer = officer.call(Rpc::CirculateQuestionnaire, circulation).await.unwrap();
        assert_eq!(self.counting.more().await, 2);
        self.done.push(Rpc::CirculateQuestionnaire);
        let responses = answer.get_field_by_name("responses").unwrap();
        let name = responses.as_list().unwrap()[0].as_str().unwrap().to_owned();
        self.things.response = reads(&officer, Rpc::GetResponse, &name).await;
        self.does(&officer, Rpc::RecordReminder).await;
        let (focal_point, deputy) = (belgium.focal_point(), belgium.deputy());
        for (who, rpc) in [
            (&focal_point, Rpc::SaveAnswers),
            (&focal_point, Rpc::SubmitResponse),
            (&deputy, Rpc::AttestResponse),
            (&focal_point, Rpc::ReopenResponse),
        ] {
            self.things.response = reads(who, Rpc::GetResponse, &name).await;
            self.does(who, rpc).await;
        }
    }
}

fn read(answer: &DynamicMessage) -> Read {
    Read { name: text(answer, "name"), etag: text(answer, "etag") }
}

async fn reads(who: &Actor, rpc: Rpc, name: &str) -> Read {
    read(&who.call(rpc, json!({ "name": name })).await.unwrap())
}

#[tokio::test]
async fn each_other_act_adds_one_event() {
    let world = World::new().await;
    let name = world.in_state(State::Acknowledged).await;
    let request = world.registry().officer().reads(&name).await.unwrap();
    let things = Things { request, ..Things::default() };
    let counting = Counting::at(&world).await;
    let mut desk = Desk { world: &world, things, counting, done: Vec::new() };
    // Before the mandate of the focal point ends.
    desk.assets().await;
    desk.accounts().await;
    desk.case_and_order().await;
    desk.thread().await;
    desk.proposals().await;
    desk.directory().await;
    desk.questionnaires().await;

    // An act is what takes a `request_id`; those of the lifecycle have their own test.
    let acts = Rpc::ALL.iter().filter(|rpc| method(**rpc).input().get_field_by_name("request_id").is_some());
    for rpc in acts.filter(|rpc| !matches!(rule(**rpc), Rule::Lifecycle(_))) {
        assert!(desk.done.contains(rpc), "{rpc:?} was not counted");
    }
}
