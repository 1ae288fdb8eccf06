//! A call of each method by somebody who may, where it has most to do.

use focalnet::testing::authz::policy::{Rule, rule};
use focalnet_contract::{Rpc, proto::FreezingRequest};
use focalnet_domain::{
    freezing_request::{ActKind, Flag, State},
    organization::Role,
};
use prost_reflect::DynamicMessage;
use serde_json::{Value, json};

use crate::support::{
    actor::{Actor, Clients},
    acts::Deed,
    assets::is_about_assets,
    cast::{Org, PASSWORD, login},
    questionnaires,
    samples::{Read, Things, sample},
    world::World,
};

/// A call of a method by somebody who may, where it has most to do.
#[expect(clippy::too_many_lines, reason = "one arm for each group of methods")]
pub(crate) async fn scene(world: &World, rpc: Rpc) -> (Clients, Value) {
    let things = |things| sample(rpc, &things);
    match rpc {
        Rpc::Login => {
            let nobody = Clients::of_nobody(&world.server.channel);
            (nobody, json!({ "login": world.portugal().deputy().login, "password": PASSWORD }))
        }
        Rpc::RefreshToken => {
            let nobody = Clients::of_nobody(&world.server.channel);
            let pair = login(&world.server.channel, &world.portugal().deputy().login, PASSWORD).await;
            (nobody, json!({ "refresh_token": pair.refresh_token }))
        }
        // The first two end the sessions of their callers.
        Rpc::ChangePassword => (world.belgium().deputy().clients, things(Things::default())),
        Rpc::Logout => (world.belgium().focal_point().clients, things(Things::default())),
        Rpc::GetSelf | Rpc::ListSigningKeys => (world.belgium().admin().clients, things(Things::default())),
        Rpc::CreateOrganization
        | Rpc::GetOrganization
        | Rpc::ListOrganizations
        | Rpc::UpdateOrganization
        | Rpc::CreateUser
        | Rpc::ListUsers
        | Rpc::GetUser
        | Rpc::SuspendUser
        | Rpc::GrantMandate
        | Rpc::RevokeMandate => {
            let admin = world.portugal().admin();
            let organization = as_read(&admin, Rpc::GetOrganization, world.portugal().name()).await;
            let user = as_read(&admin, Rpc::GetUser, &world.portugal().focal_point().name).await;
            (admin.clients, things(Things { organization, user, ..Things::default() }))
        }
        Rpc::CreateCase
        | Rpc::GetCase
        | Rpc::ListCases
        | Rpc::AddPerson
        | Rpc::ListMembers
        | Rpc::ListPersons
        | Rpc::UpdatePersonStatus
        | Rpc::AssignMember
        | Rpc::UnassignMember
        | Rpc::RecordOrder
        | Rpc::GetOrder
        | Rpc::ListOrderChanges
        | Rpc::ListOrderWork
        | Rpc::ListOrders
        | Rpc::ModifyOrder
        | Rpc::RevokeOrder
        | Rpc::CreateFreezingRequest => {
            let officer = world.registry().officer();
            if rpc == Rpc::ModifyOrder {
                // Then there is something that it overtakes.
                world.revocation_proposed().await;
            }
            let mut message = things(things_of_case(world, rpc).await);
            match rpc {
                Rpc::RecordOrder => {
                    message["order"]["applicant"] = world.cast().organization(Org::Otp).into();
                }
                // The newest person joins; what is kept is kept for the one that the order names.
                Rpc::ModifyOrder => {
                    let first = world.cast().person.as_str();
                    message["kept_for"] = json!([first]);
                    if message["persons"][0] != first {
                        message["persons"].as_array_mut().unwrap().push(first.into());
                    }
                }
                // Then there is something that ends.
                Rpc::UpdatePersonStatus => message["status"] = "STATUS_ACQUITTED".into(),
                _ => {}
            }
            (officer.clients, message)
        }
        Rpc::GetApproval | Rpc::ListApprovals | Rpc::Approve | Rpc::Decline | Rpc::Withdraw => {
            let (officer, approver) = (world.registry().officer(), world.registry().approver());
            let name = world.in_state(State::Ready).await;
            officer.does(ActKind::Transmit, &name).await.unwrap();
            let proposal = officer.reads_proposal(&name).await.unwrap();
            let approval = Read { name: proposal.name, etag: proposal.etag };
            let request = officer.reads(&name).await.unwrap();
            let who = if rpc == Rpc::Withdraw { officer } else { approver };
            (who.clients, things(Things { request, approval, ..Things::default() }))
        }
        Rpc::OpenClarification
        | Rpc::GetClarification
        | Rpc::ListClarifications
        | Rpc::ListMessages
        | Rpc::ReplyToClarification
        | Rpc::RerouteClarification
        | Rpc::ResolveClarification
        | Rpc::ListEvents
        | Rpc::GetReceipt => {
            let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
            let name = world.transmitted(&world.portugal()).await;
            let request = portugal.reads(&name).await.unwrap();
            let known = Things { request, ..Things::default() };
            let asked = portugal.call(Rpc::OpenClarification, sample(Rpc::OpenClarification, &known)).await;
            let asked = asked.unwrap();
            let clarification = Read { name: text(&asked, "name"), etag: text(&asked, "etag") };
            let event = portugal.events(&name).await.unwrap().remove(0).name;
            let asks = matches!(rpc, Rpc::OpenClarification | Rpc::ResolveClarification);
            let who = if asks { portugal } else { officer };
            (who.clients, things(Things { clarification, event, ..known }))
        }
        Rpc::GetFreezingRequest
        | Rpc::ListFreezingRequests
        | Rpc::ListVersions
        | Rpc::CheckFreezingRequest => {
            let name = world.in_state(State::Executed).await;
            let officer = world.registry().officer();
            let request = officer.reads(&name).await.unwrap();
            let organization = Read { name: world.portugal().name().into(), ..Read::default() };
            let mut message = things(Things { organization, request, ..Things::default() });
            if rpc == Rpc::GetFreezingRequest {
                message["version_number"] = 1.into();
            }
            (officer.clients, message)
        }
        Rpc::DesignateFocalPoint
        | Rpc::EndDesignation
        | Rpc::ListChannels
        | Rpc::ListDesignations
        | Rpc::ListFocalPoints
        | Rpc::SetChannel => {
            let portugal = world.portugal();
            let designation = world.designated(&portugal).await;
            let organization = Read { name: portugal.name().into(), ..Read::default() };
            (
                portugal.focal_point().clients,
                things(Things { organization, designation, ..Things::default() }),
            )
        }
        Rpc::CreateQuestionnaire | Rpc::UpdateQuestionnaire | Rpc::PublishQuestionnaire => {
            let questionnaire = world.drafted_questionnaire().await;
            let officer = world.registry().officer();
            (officer.clients, things(Things { questionnaire, ..Things::default() }))
        }
        Rpc::GetQuestionnaire
        | Rpc::ListQuestionnaires
        | Rpc::CirculateQuestionnaire
        | Rpc::GetResponse
        | Rpc::ListResponses
        | Rpc::SaveAnswers
        | Rpc::SubmitResponse
        | Rpc::AttestResponse
        | Rpc::ReopenResponse
        | Rpc::RecordReminder
        | Rpc::ListAnswers
        | Rpc::GetGapAnalysis
        | Rpc::GetResponseStatistics => of_questionnaires(world, rpc).await,
        Rpc::GetCaseAssetStatus | Rpc::GetPatrimony => {
            world.things_for(rpc).await;
            (world.registry().officer().clients, things(things_of_case(world, rpc).await))
        }
        rpc if is_about_assets(rpc) => {
            let (who, known) = world.things_for(rpc).await;
            (who.clients, things(known))
        }
        act => of_lifecycle(world, act).await,
    }
}

async fn of_questionnaires(world: &World, rpc: Rpc) -> (Clients, Value) {
    let portugal = world.portugal();
    let (questionnaire, response) = world.asked(&portugal).await;
    let response = match rpc {
        Rpc::AttestResponse => {
            let feeding = world.published(questionnaires::feeding()).await;
            // The second time, for then there is something that ends.
            for _ in 0..2 {
                world.designated(&portugal).await;
            }
            let response = world.circulated(&feeding.name, &[portugal.name()]).await.remove(0);
            world.submitted_with(&portugal, &response, questionnaires::feed()).await
        }
        Rpc::ReopenResponse | Rpc::ListAnswers | Rpc::GetGapAnalysis => {
            world.attested(&portugal, &response).await
        }
        Rpc::SubmitResponse => world.saved(&portugal, &response).await,
        Rpc::RecordReminder => as_read(&world.registry().officer(), Rpc::GetResponse, &response.name).await,
        _ => response,
    };
    let organization = Read { name: portugal.name().into(), ..Read::default() };
    let mut message = sample(rpc, &Things { organization, questionnaire, response, ..Things::default() });
    if rpc == Rpc::GetGapAnalysis {
        message["baseline_date"] = "2020-01-01".into();
    }
    if rpc == Rpc::ListAnswers {
        message["parent"] = "organizations/-".into();
    }
    let who = match rpc {
        Rpc::CirculateQuestionnaire | Rpc::RecordReminder | Rpc::GetResponseStatistics => {
            world.registry().officer()
        }
        Rpc::AttestResponse => portugal.deputy(),
        _ => portugal.focal_point(),
    };
    (who.clients, message)
}

async fn of_lifecycle(world: &World, rpc: Rpc) -> (Clients, Value) {
    let (name, deed) = ready_for(world, rpc).await;
    let sent = world.registry().officer().reads(&name).await.unwrap();
    let (who, _) = world.doers(deed, &sent);
    let request = who.reads(&name).await.unwrap();
    let held = who.holds(&name).await;
    let asset = held.into_iter().next().unwrap_or_default();
    let asset = Read { name: asset.name, etag: asset.etag };
    let mut message = sample(rpc, &Things { request, asset, ..Things::default() });
    if rpc == Rpc::WithdrawFreezingRequest {
        message["successor"] = world.draft_for(&world.portugal()).await.into();
    }
    (who.clients, message)
}

async fn as_read(who: &Actor, rpc: Rpc, name: &str) -> Read {
    let read = who.call(rpc, json!({ "name": name })).await.unwrap();
    Read { name: name.into(), etag: text(&read, "etag") }
}

async fn things_of_case(world: &World, rpc: Rpc) -> Things {
    let (officer, cast) = (world.registry().officer(), world.cast());
    let persons = officer.call(Rpc::ListPersons, json!({ "parent": cast.case })).await.unwrap();
    let persons = persons.get_field_by_name("persons").unwrap();
    let person = persons.as_list().unwrap()[0].as_message().unwrap();
    let user = match rpc {
        Rpc::AssignMember => {
            let roles = [Role::RegistryApprover];
            world.newcomer(Org::Registry, "registry.newcomer", &roles).await.name
        }
        _ => world.chamber().judge().name,
    };
    Things {
        case: as_read(&officer, Rpc::GetCase, &cast.case).await,
        person: Read { name: text(person, "name"), etag: text(person, "etag") },
        order: as_read(&officer, Rpc::GetOrder, &cast.order).await,
        chamber: cast.organization(Org::Chamber).into(),
        user: Read { name: user, ..Read::default() },
        request: FreezingRequest { requested_state: world.portugal().name().into(), ..Default::default() },
        ..Things::default()
    }
}

/// A request on which an act has most to do: where it can be, with a proposal on each side that it overtakes.
async fn ready_for(world: &World, rpc: Rpc) -> (String, Deed) {
    let Rule::Lifecycle(act) = rule(rpc) else { unreachable!("{rpc:?} has no scene") };
    let name = match act {
        ActKind::MarkReady => world.in_state(State::Draft).await,
        ActKind::Update | ActKind::Transmit => world.in_state(State::Ready).await,
        ActKind::ConfirmUrgentTransmission => {
            world.in_state_with(State::Acknowledged, Flag::UrgentUnconfirmed).await
        }
        ActKind::Acknowledge => world.in_state_with(State::Acknowledged, Flag::AmendmentUnacknowledged).await,
        ActKind::Resume => world.in_state_with(State::Acknowledged, Flag::Postponed).await,
        ActKind::CloseConsultation => world.in_state_with(State::Acknowledged, Flag::ConsultationOpen).await,
        ActKind::ReportExecution => world.in_state(State::Executing).await,
        ActKind::ReportRelease => world.in_state(State::Ceased).await,
        ActKind::Close => return (world.in_state(State::ReleaseReported).await, act.into()),
        _ => world.in_state(State::Acknowledged).await,
    };
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    // What can be proposed at the moment is.
    for (proposer, proposed) in
        [(&officer, ActKind::Transmit), (&officer, ActKind::Cease), (&portugal, ActKind::Deny)]
    {
        if proposed != act {
            let _ = proposer.does(proposed, &name).await;
        }
    }
    (name, act.into())
}

pub(super) fn text(message: &DynamicMessage, field: &str) -> String {
    message.get_field_by_name(field).unwrap().as_str().unwrap().to_owned()
}
