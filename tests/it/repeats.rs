//! A call that is sent again is done once, and answered alike each time, whichever server it reaches.

use chrono::Duration;
use focalnet_contract::Rpc;
use focalnet_domain::freezing_request::{ActKind, State};
use prost_reflect::DynamicMessage;
use serde_json::{Value, json};
use tonic::{Code, Status};

use crate::support::{
    actor::{Actor, Clients},
    new_id,
    process::Process,
    refusals::{all_of, refused},
    samples::{Read, Things, elsewhere, sample},
    world::World,
};

/// How often a call is sent, half to each of two servers.
const TIMES: usize = 32;

/// Sends a call many times at once to two servers, some with the same id in capitals, and gives the one answer.
async fn all_at_once(servers: [&Process; 2], who: &Actor, rpc: Rpc, message: &Value) -> DynamicMessage {
    let calls = (0..TIMES).map(|number| {
        let channel = servers[number % servers.len()].channel.clone();
        let clients = Clients { channel, bearer: who.bearer.clone() };
        let mut message = message.clone();
        if number % 3 == 0 {
            message["request_id"] = message["request_id"].as_str().unwrap().to_uppercase().into();
        }
        tokio::spawn(async move { clients.call(rpc, message).await })
    });
    let calls: Vec<_> = calls.collect();
    let mut answers = Vec::new();
    for call in calls {
        answers.push(call.await.unwrap().unwrap());
    }
    let first = answers.pop().unwrap();
    assert!(answers.iter().all(|answer| *answer == first), "{rpc:?}: all answers are equal");
    first
}

fn text(message: &DynamicMessage, field: &str) -> String {
    message.get_field_by_name(field).unwrap().as_str().unwrap().to_owned()
}

async fn about(reader: &Actor, name: &str) -> Things {
    Things { request: reader.reads(name).await.unwrap(), ..Things::default() }
}

#[tokio::test(flavor = "multi_thread")]
async fn over_two_processes_a_repeated_call_is_one_act() {
    let world = World::new().await;
    let servers = [&Process::serving(&world), &Process::serving(&world)];
    let (officer, approver) = (world.registry().officer(), world.registry().approver());
    let portugal = world.portugal();

    // A create: there is no row yet to queue at.
    let cast = world.cast();
    let request = focalnet_contract::proto::FreezingRequest {
        requested_state: portugal.name().into(),
        ..Default::default()
    };
    let read = |name: &str| Read { name: name.into(), ..Read::default() };
    let things = Things {
        case: read(&cast.case),
        person: read(&cast.person),
        order: read(&cast.order),
        request,
        ..Things::default()
    };
    let message = sample(Rpc::CreateFreezingRequest, &things);
    let name = text(&all_at_once(servers, &officer, Rpc::CreateFreezingRequest, &message).await, "name");
    let list = officer.call(Rpc::ListFreezingRequests, json!({})).await.unwrap();
    assert_eq!(list.get_field_by_name("freezing_requests").unwrap().as_list().unwrap().len(), 1);
    assert_eq!(officer.events(&name).await.unwrap().len(), 1);

    // An act, a proposal and its approval.
    for (who, rpc, act) in [
        (&officer, Rpc::MarkFreezingRequestReady, "mark_ready"),
        (&officer, Rpc::TransmitFreezingRequest, "propose"),
    ] {
        let message = sample(rpc, &about(who, &name).await);
        all_at_once(servers, who, rpc, &message).await;
        assert_eq!(who.events_of(act, &name).await.len(), 1, "{act}");
    }
    let proposal = officer.reads_proposal(&name).await.unwrap();
    let approval = Read { name: proposal.name, etag: proposal.etag };
    let message = sample(Rpc::Approve, &Things { approval, ..Things::default() });
    all_at_once(servers, &approver, Rpc::Approve, &message).await;
    assert_eq!(officer.events_of("transmit", &name).await.len(), 1);

    // A thread beside it.
    let focal_point = portugal.focal_point();
    let message = sample(Rpc::OpenClarification, &about(&focal_point, &name).await);
    all_at_once(servers, &focal_point, Rpc::OpenClarification, &message).await;
    assert_eq!(focal_point.events_of("open_clarification", &name).await.len(), 1);
}

#[tokio::test]
async fn other_content_under_the_same_id_is_refused() {
    let world = World::new().await;
    let portugal = world.portugal().focal_point();
    let name = world.transmitted(&world.portugal()).await;
    let message = sample(Rpc::AcknowledgeFreezingRequest, &about(&portugal, &name).await);
    let done = portugal.call(Rpc::AcknowledgeFreezingRequest, message.clone()).await.unwrap();

    let mut other = message.clone();
    other["acknowledgement"]["contact"] = "Somebody else".into();
    let told = portugal.call(Rpc::AcknowledgeFreezingRequest, other).await;
    assert_eq!(refused(told), (Code::InvalidArgument, "REQUEST_ID_REUSED".into()));
    // A difference in nothing but the etag is one, too.
    let mut other = message.clone();
    other["etag"] = text(&done, "etag").into();
    let told = portugal.call(Rpc::AcknowledgeFreezingRequest, other).await;
    assert_eq!(refused(told), (Code::InvalidArgument, "REQUEST_ID_REUSED".into()));
    assert_eq!(portugal.call(Rpc::AcknowledgeFreezingRequest, message).await.unwrap(), done);
    assert_eq!(portugal.events_of("acknowledge", &name).await.len(), 1);
}

#[tokio::test]
async fn another_method_or_another_person_may_take_the_same_id() {
    let world = World::new().await;
    let portugal = world.portugal();
    let name = world.transmitted(&portugal).await;
    let id = new_id();
    for (who, rpc) in [
        (portugal.focal_point(), Rpc::AcknowledgeFreezingRequest),
        (portugal.focal_point(), Rpc::OpenConsultation),
        (portugal.deputy(), Rpc::PostponeFreezingRequest),
    ] {
        let mut message = sample(rpc, &about(&who, &name).await);
        message["request_id"] = id.clone().into();
        who.call(rpc, message).await.unwrap();
    }
}

/// Only successes are kept: whoever was refused may try again with the same id.
#[tokio::test]
async fn a_refused_call_uses_nothing_up() {
    let world = World::new().await;
    let portugal = world.portugal().focal_point();
    let name = world.transmitted(&world.portugal()).await;
    let mut message = sample(Rpc::AcknowledgeFreezingRequest, &about(&portugal, &name).await);
    let etag = message["etag"].take();
    message["etag"] = "\"AAAAAAAAAAAAAAAAAAAAAA\"".into();
    let told = portugal.call(Rpc::AcknowledgeFreezingRequest, message.clone()).await;
    assert_eq!(refused(told), (Code::Aborted, "STALE".into()));
    message["etag"] = etag;
    portugal.call(Rpc::AcknowledgeFreezingRequest, message).await.unwrap();
}

/// Repeats a call whose resource the caller does not see any more, and one about nothing.
async fn as_if_it_had_never_been(who: &Actor, rpc: Rpc, message: &Value) {
    let told: Status = who.call(rpc, message.clone()).await.unwrap_err();
    let mut absent = message.clone();
    absent["name"] = elsewhere(absent["name"].as_str().unwrap()).into();
    assert_eq!(all_of(&told), all_of(&who.call(rpc, absent).await.unwrap_err()), "{rpc:?}");
    assert_eq!(told.code(), Code::NotFound, "{rpc:?}");
}

#[tokio::test]
async fn what_is_hidden_by_now_is_not_answered_again() {
    let world = World::new().await;
    let (authority, approver) = (world.portuguese_authority(), world.registry().approver());
    let name = world.in_state(State::UnderExamination).await;
    let started = sample(Rpc::StartExecution, &about(&authority, &name).await);
    authority.call(Rpc::StartExecution, started.clone()).await.unwrap();
    authority.call(Rpc::StartExecution, started.clone()).await.unwrap();

    let portugal = world.portugal();
    let own = Read { name: portugal.name().into(), ..Read::default() };
    let own = Things { organization: own, ..Things::default() };
    let message = sample(Rpc::CreateOrganization, &own);
    let other = portugal.admin().call(Rpc::CreateOrganization, message).await.unwrap();
    let focal_point = portugal.focal_point();
    let mut assign = sample(Rpc::AssignAuthority, &about(&focal_point, &name).await);
    assign["authority"] = text(&other, "name").into();
    focal_point.call(Rpc::AssignAuthority, assign).await.unwrap();
    as_if_it_had_never_been(&authority, Rpc::StartExecution, &started).await;

    world.registry().officer().does(ActKind::Cease, &name).await.unwrap();
    let proposal = approver.reads_proposal(&name).await.unwrap();
    let approval = Read { name: proposal.name, etag: proposal.etag };
    let consent = sample(Rpc::Approve, &Things { approval, ..Things::default() });
    approver.call(Rpc::Approve, consent.clone()).await.unwrap();
    world.unassign(&approver).await;
    as_if_it_had_never_been(&approver, Rpc::Approve, &consent).await;
}

#[tokio::test]
async fn a_secret_is_answered_once() {
    let world = World::new().await;
    let admin = world.portugal().admin();
    let own = Read { name: world.portugal().name().into(), ..Read::default() };
    let message = sample(Rpc::CreateUser, &Things { organization: own, ..Things::default() });
    let first = admin.call(Rpc::CreateUser, message.clone()).await.unwrap();
    let mut again = admin.call(Rpc::CreateUser, message).await.unwrap();
    assert_eq!(text(&again, "one_time_code"), "");
    again.set_field_by_name("one_time_code", first.get_field_by_name("one_time_code").unwrap().into_owned());
    assert_eq!(again, first, "all the rest is the same");
}

#[tokio::test]
async fn an_answer_is_kept_for_seven_days() {
    let world = World::new().await;
    let name = world.transmitted(&world.portugal()).await;
    let portugal = world.portugal().focal_point();
    let asked = sample(Rpc::OpenClarification, &about(&portugal, &name).await);
    let first = portugal.call(Rpc::OpenClarification, asked.clone()).await.unwrap();

    world.set_clock_ahead(Duration::days(7) - Duration::minutes(5)).await;
    let again = world.portugal().focal_point().call(Rpc::OpenClarification, asked.clone()).await.unwrap();
    assert_eq!(again, first);
    world.set_clock_ahead(Duration::days(7)).await;
    let anew = world.portugal().focal_point().call(Rpc::OpenClarification, asked).await.unwrap();
    assert_ne!(text(&anew, "name"), text(&first, "name"), "after that it is a new call");
}
