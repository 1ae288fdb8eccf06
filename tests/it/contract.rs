//! What holds for all methods alike, tried on each of them as the descriptor names it.

use focalnet_contract::{
    Rpc,
    proto::{Clarification, GetClarificationRequest, OpenClarificationRequest, clarification::Topic},
};
use focalnet_domain::freezing_request::{ActKind, State};
use serde_json::Value;

use crate::support::{
    actor::Actor,
    assets::{accompaniment, yacht},
    cast::Org,
    dynamic::method,
    new_id,
    samples::{Read, Things, sample},
    world::World,
};

mod crowd;
mod envelope;
mod lists;
mod naughty;
mod strings;
mod violations;

/// A world with one of everything, and who has a right to every call about it.
struct Contract {
    world: World,
    things: Things,
}

impl Contract {
    async fn new() -> Self {
        let world = World::new().await;
        let (officer, portugal) = (world.registry().officer(), world.portugal());
        let name = world.in_state(State::Executed).await;
        let focal_point = portugal.focal_point();
        let yacht = focal_point.reports_asset(&name, yacht()).await.unwrap();
        let parking = accompaniment(Rpc::RecordCost, "", "");
        focal_point.does_to(&yacht.name, Rpc::RecordCost, parking).await.unwrap();
        let claim = accompaniment(Rpc::RecordClaim, "", "");
        let asset = focal_point.does_to(&yacht.name, Rpc::RecordClaim, claim).await.unwrap();
        officer.does(ActKind::Cease, &name).await.unwrap();
        let proposal = officer.reads_proposal(&name).await.unwrap();
        let clarification = asked(&portugal.focal_point(), &name, Topic::Costs).await;
        let (questionnaire, response) = world.asked(&portugal).await;
        let cast = world.cast();
        let read = |name: &str| Read { name: name.into(), etag: "\"AAAAAAAAAAAAAAAAAAAAAA\"".into() };
        let things = Things {
            organization: read(portugal.name()),
            user: read(&portugal.deputy().name),
            case: read(&cast.case),
            person: read(&cast.person),
            order: read(&cast.order),
            chamber: cast.organization(Org::Chamber).into(),
            request: officer.reads(&name).await.unwrap(),
            event: clarification.receipt.map(|receipt| receipt.event).unwrap(),
            clarification: Read { name: clarification.name, etag: clarification.etag },
            approval: Read { name: proposal.name, etag: proposal.etag },
            designation: world.designated(&portugal).await,
            questionnaire,
            response,
            measure: asset.measures[0].name.clone(),
            claim: asset.claims[0].name.clone(),
            asset: Read { name: asset.name, etag: asset.etag },
        };
        Self { world, things }
    }

    /// Somebody who may.
    fn who(&self, rpc: Rpc) -> Actor {
        let world = &self.world;
        match (service(rpc), rpc) {
            ("OrganizationService" | "UserService", _) => world.portugal().admin(),
            (
                "AssetService",
                Rpc::AllocateProceeds
                | Rpc::ShareAsset
                | Rpc::RevokeAssetShare
                | Rpc::GetCaseAssetStatus
                | Rpc::GetPatrimony,
            ) => world.registry().officer(),
            ("AssetService", _) => world.portugal().focal_point(),
            ("ApprovalService", Rpc::Approve | Rpc::Decline) => world.registry().approver(),
            ("QuestionnaireService", Rpc::AttestResponse) => world.portugal().deputy(),
            ("QuestionnaireService", Rpc::SaveAnswers | Rpc::SubmitResponse | Rpc::ReopenResponse)
            | ("ClarificationService", Rpc::OpenClarification | Rpc::ResolveClarification) => {
                world.portugal().focal_point()
            }
            ("FreezingRequestService", _) => match focalnet::testing::authz::policy::rule(rpc) {
                focalnet::testing::authz::policy::Rule::Lifecycle(act) if act != ActKind::Create => {
                    world.doers(act.into(), &self.things.request).0
                }
                _ => world.registry().officer(),
            },
            _ => world.registry().officer(),
        }
    }

    /// A call that is right in all that it says, but for the version.
    fn message(&self, rpc: Rpc) -> Value {
        let mut things = self.things.clone();
        if service(rpc) == "CaseService" {
            // Cases are the Court's.
            things.user.name = self.world.registry().approver().name;
        }
        if rpc == Rpc::ListOrganizations || rpc == Rpc::ListUsers {
            things.organization.name = self.world.portugal().name().into();
        }
        sample(rpc, &things)
    }
}

/// The service without its package.
fn service(rpc: Rpc) -> &'static str {
    rpc.names().0.trim_start_matches("focalnet.v1.")
}

/// All methods but those of signing in, which make or end the sessions of all others.
fn methods() -> impl Iterator<Item = Rpc> {
    Rpc::ALL.iter().copied().filter(|rpc| service(*rpc) != "AuthService")
}

fn takes(rpc: Rpc, field: &str) -> bool {
    method(rpc).input().get_field_by_name(field).is_some()
}

/// A message with another value in one field.
fn but(message: &Value, field: &str, value: impl Into<Value>) -> Value {
    let mut message = message.clone();
    message[field] = value.into();
    message
}

/// Asks a question.
async fn asked(who: &Actor, request: &str, topic: Topic) -> Clarification {
    let clarification = Clarification { topic: topic.into(), ..Clarification::default() };
    let text = focalnet_contract::proto::LocalizedText { text: "Who?".into(), language_code: "en".into() };
    let open = OpenClarificationRequest {
        parent: request.into(),
        clarification: Some(clarification),
        text: Some(text),
        request_id: new_id(),
    };
    let asked = who.clarifications().open_clarification(open).await.unwrap().into_inner();
    let get = GetClarificationRequest { name: asked.name.clone() };
    let read = who.clarifications().get_clarification(get).await.unwrap().into_inner();
    assert_eq!(Clarification { receipt: None, ..asked.clone() }, read);
    asked
}
