//! Hidden and absent are the same bytes: every method, called about what a stranger may not see and about what does
//! not exist.

use focalnet_contract::{
    Rpc,
    proto::{FreezingRequest, ListEventsRequest, ListFreezingRequestsRequest, OpenClarificationRequest},
};
use focalnet_domain::{
    freezing_request::{ActKind, State},
    organization::Role,
};
use tonic::Code;

use crate::support::{
    actor::Actor,
    assets::accompaniment,
    cast::Org,
    dynamic::method,
    refusals::all_of,
    samples::{Read, Things, sample},
    world::World,
};

/// Calls everything that names what is hidden, and once more about what is not there, and finds no difference.
async fn cannot_tell(stranger: &Actor, hidden: &Things, refused_with: fn(Rpc) -> Option<Code>) {
    let absent = hidden.absent();
    for rpc in Rpc::ALL {
        let (about_hidden, about_absent) = (sample(*rpc, hidden), sample(*rpc, &absent));
        if same_but_for_the_id(&about_hidden, &about_absent) {
            continue;
        }
        let who = format!("{rpc:?} by {} of {}", stranger.role, stranger.org);
        let outcomes = (stranger.call(*rpc, about_hidden).await, stranger.call(*rpc, about_absent).await);
        match (&outcomes.0, &outcomes.1) {
            (Err(hidden), Err(absent)) => {
                assert_eq!(all_of(hidden), all_of(absent), "{who}");
                assert_eq!(Some(hidden.code()), refused_with(*rpc), "{who}");
            }
            (Ok(hidden), Ok(absent)) => {
                assert_eq!(hidden, absent, "{who}");
                assert_eq!(refused_with(*rpc), None, "{who}");
                let page = method(*rpc).output().get_field(1).unwrap();
                assert!(
                    hidden.get_field(&page).as_list().is_some_and(<[_]>::is_empty),
                    "{who}: an empty page"
                );
            }
            (hidden, absent) => unreachable!("{who}: {hidden:?} is not {absent:?}"),
        }
    }
}

fn same_but_for_the_id(a: &serde_json::Value, b: &serde_json::Value) -> bool {
    let bare = |message: &serde_json::Value| {
        let mut message = message.clone();
        message.as_object_mut().map(|map| map.remove("request_id"));
        message
    };
    bare(a) == bare(b)
}

/// Lists say that there is nothing; all else does not find it.
fn lists_are_empty(rpc: Rpc) -> Option<Code> {
    match rpc {
        Rpc::ListOrganizations
        | Rpc::ListUsers
        | Rpc::ListOrders
        | Rpc::ListFreezingRequests
        | Rpc::ListApprovals
        | Rpc::ListResponses => None,
        _ => Some(Code::NotFound),
    }
}

/// The way to assets that were found without a competent authority.
const WITHOUT_AUTHORITY: [ActKind; 5] = [
    ActKind::MarkReady,
    ActKind::Transmit,
    ActKind::Acknowledge,
    ActKind::StartExecution,
    ActKind::ReportExecution,
];

/// What hangs on a request, with etags as somebody read them who may.
async fn around(request: &str, reader: &Actor, asker: &Actor) -> Things {
    let open = OpenClarificationRequest {
        parent: request.into(),
        clarification: Some(focalnet_contract::proto::Clarification {
            topic: focalnet_contract::proto::clarification::Topic::Costs.into(),
            ..Default::default()
        }),
        text: Some(focalnet_contract::proto::LocalizedText {
            text: "Who pays?".into(),
            language_code: "en".into(),
        }),
        request_id: crate::support::new_id(),
    };
    let thread = asker.clarifications().open_clarification(open).await.unwrap().into_inner();
    let things = found(reader, reader.reads(request).await.unwrap()).await;
    Things {
        clarification: Read { name: thread.name, etag: thread.etag },
        event: thread.receipt.unwrap().event,
        ..things
    }
}

/// A request with the first of its assets, where it has any, and what calls about that name.
async fn found(reader: &Actor, request: FreezingRequest) -> Things {
    let Some(asset) = reader.holds(&request.name).await.into_iter().next() else {
        return Things { request, ..Things::default() };
    };
    Things {
        asset: Read { name: asset.name, etag: asset.etag },
        measure: asset.measures[0].name.clone(),
        claim: asset.claims[0].name.clone(),
        request,
        ..Things::default()
    }
}

/// Records a claim to what Portugal found, so that no method about assets wants for a name.
async fn claimed(world: &World, request: &str) {
    let portugal = world.portugal().focal_point();
    let asset = portugal.holds(request).await.remove(0).name;
    let claim = accompaniment(Rpc::RecordClaim, "", "");
    portugal.does_to(&asset, Rpc::RecordClaim, claim).await.unwrap();
}

/// Everything of the Court and of Portugal that Belgium has nothing to do with.
async fn affairs_of_portugal(world: &World) -> Things {
    let (officer, portugal) = (world.registry().officer(), world.portugal());
    let name = world.in_state(State::Executed).await;
    claimed(world, &name).await;
    officer.does(ActKind::Cease, &name).await.unwrap();
    let around = around(&name, &officer, &portugal.focal_point()).await;
    let proposal = officer.reads_proposal(&name).await.unwrap();
    let cast = world.cast();
    let read = |name: &str| Read { name: name.into(), etag: around.request.etag.clone() };
    let (questionnaire, response) = world.asked(&portugal).await;
    let designation = world.designated(&portugal).await;
    Things {
        organization: read(portugal.name()),
        user: read(&portugal.focal_point().name),
        case: read(&cast.case),
        person: read(&cast.person),
        order: read(&cast.order),
        chamber: cast.organization(Org::Chamber).into(),
        approval: Read { name: proposal.name, etag: proposal.etag },
        designation,
        questionnaire,
        response,
        ..around
    }
}

#[tokio::test]
async fn belgium_cannot_tell_what_portugal_has() {
    let world = World::new().await;
    world.transmitted(&world.belgium()).await;
    let affairs = affairs_of_portugal(&world).await;
    for stranger in [world.belgium().focal_point(), world.belgium().deputy(), world.belgium().admin()] {
        cannot_tell(&stranger, &affairs, lists_are_empty).await;
    }
}

#[tokio::test]
async fn administrators_see_no_content() {
    let world = World::new().await;
    let affairs = affairs_of_portugal(&world).await;
    // Organizations and users are what administrators do see.
    let content = Things {
        organization: Read::default(),
        user: Read::default(),
        designation: Read::default(),
        ..affairs
    };
    for admin in [world.registry().admin(), world.portugal().admin()] {
        cannot_tell(&admin, &content, lists_are_empty).await;
    }
}

#[tokio::test]
async fn the_court_cannot_tell_what_the_prosecutor_sends_by_himself() {
    let world = World::new().await;
    let (otp, portugal) = (world.otp().investigator(), world.portugal());
    let name = otp.drafts_to(portugal.name()).await.unwrap().name;
    world.performed(&name, &WITHOUT_AUTHORITY.map(Into::into)).await;
    claimed(&world, &name).await;
    otp.does(ActKind::Cease, &name).await.unwrap();
    let proposal = otp.reads_proposal(&name).await.unwrap();
    let approval = Read { name: proposal.name, etag: proposal.etag };
    let affairs = Things { approval, ..around(&name, &otp, &portugal.focal_point()).await };
    let court = [
        world.registry().officer(),
        world.registry().approver(),
        world.chamber().legal_officer(),
        world.chamber().judge(),
    ];
    for stranger in court {
        cannot_tell(&stranger, &affairs, lists_are_empty).await;
        let listed = stranger.requests().list_freezing_requests(ListFreezingRequestsRequest::default()).await;
        assert_eq!(listed.unwrap().into_inner().freezing_requests, [], "nor in a list");
    }
}

#[tokio::test]
async fn portugal_cannot_tell_what_is_being_drafted() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal());
    let name = world.draft_for(&portugal).await;
    world.performs(ActKind::MarkReady, &name).await;
    let proposed = officer.does(ActKind::Transmit, &name).await.unwrap();
    let proposal = officer.reads_proposal(&name).await.unwrap();
    let affairs = Things {
        event: proposed.receipt.clone().unwrap().event,
        request: proposed,
        approval: Read { name: proposal.name, etag: proposal.etag },
        ..Things::default()
    };
    for stranger in [portugal.focal_point(), portugal.deputy(), world.portuguese_authority()] {
        cannot_tell(&stranger, &affairs, lists_are_empty).await;
        let listed = stranger.requests().list_freezing_requests(ListFreezingRequestsRequest::default()).await;
        assert_eq!(listed.unwrap().into_inner().freezing_requests, [], "nor in a list");
    }
}

#[tokio::test]
async fn an_authority_cannot_tell_what_is_not_assigned_to_it() {
    let world = World::new().await;
    let portugal = world.portugal().focal_point();
    world.in_state(State::UnderExamination).await;
    let other = world.in_state(State::Acknowledged).await;
    portugal.does(ActKind::Deny, &other).await.unwrap();
    let proposal = portugal.reads_proposal(&other).await.unwrap();
    let approval = Read { name: proposal.name, etag: proposal.etag };
    let affairs = Things { approval, ..around(&other, &portugal, &portugal).await };
    let stranger = world.portuguese_authority();
    cannot_tell(&stranger, &affairs, lists_are_empty).await;

    let executed = world.draft_for(&world.portugal()).await;
    world.performed(&executed, &WITHOUT_AUTHORITY.map(Into::into)).await;
    claimed(&world, &executed).await;
    cannot_tell(&stranger, &around(&executed, &portugal, &portugal).await, lists_are_empty).await;
}

#[tokio::test]
async fn whoever_is_not_assigned_to_the_case_cannot_tell_it() {
    let world = World::new().await;
    let affairs = affairs_of_portugal(&world).await;
    // Organizations everybody at the Court knows; accounts are not of the case.
    let of_the_case = Things {
        organization: Read::default(),
        user: Read::default(),
        designation: Read::default(),
        questionnaire: Read::default(),
        response: Read::default(),
        ..affairs
    };
    let newcomers = [
        (Org::Registry, "newcomer.registry", Role::RegistryCooperationOfficer),
        (Org::Otp, "newcomer.otp", Role::OtpFinancialInvestigator),
        (Org::Chamber, "newcomer.chamber", Role::ChamberLegalOfficer),
    ];
    for (org, login, role) in newcomers {
        cannot_tell(&world.newcomer(org, login, &[role]).await, &of_the_case, lists_are_empty).await;
    }
}

/// The streams of a request that both sides have of their own: proposals, and the events about them.
#[tokio::test]
async fn neither_side_can_tell_what_the_other_proposes() {
    let world = World::new().await;
    let (officer, portugal) = (world.registry().officer(), world.portugal().focal_point());
    let name = world.in_state(State::Acknowledged).await;
    officer.does(ActKind::Cease, &name).await.unwrap();
    portugal.does(ActKind::Deny, &name).await.unwrap();
    for (proposer, stranger) in [(&officer, &portugal), (&portugal, &officer)] {
        let proposal = proposer.reads_proposal(&name).await.unwrap();
        let filter = "act = propose".to_owned();
        let list = ListEventsRequest { parent: name.clone(), filter, ..ListEventsRequest::default() };
        let event = proposer.journal().list_events(list).await.unwrap().into_inner().events.remove(0).name;
        let approval = Read { name: proposal.name, etag: proposal.etag };
        let affairs = Things { approval, event, ..Things::default() };
        cannot_tell(stranger, &affairs, lists_are_empty).await;
        let own = stranger.reads_proposal(&name).await.unwrap();
        assert_ne!(own.name, affairs.approval.name);
    }
}

/// A stranger's own etag, or one of a resource he saw before, helps no more than any other.
#[tokio::test]
async fn what_can_no_longer_be_seen_is_as_if_it_had_never_been() {
    let world = World::new().await;
    let (officer, approver) = (world.registry().officer(), world.registry().approver());
    let name = world.in_state(State::Executed).await;
    claimed(&world, &name).await;
    let things = found(&approver, approver.reads(&name).await.unwrap()).await;
    officer.does(ActKind::Cease, &name).await.unwrap();
    let proposal = approver.reads_proposal(&name).await.unwrap();
    world.unassign(&approver).await;
    let approval = Read { name: proposal.name, etag: proposal.etag };
    cannot_tell(&approver, &Things { approval, ..things }, lists_are_empty).await;
}
