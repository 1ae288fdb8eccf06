//! The lifecycle as callers meet it: in each state every deed that is allowed is done, and answered as it is read; every
//! other is refused and leaves no trace.

use focalnet_contract::proto::{
    FreezingRequest, ListEventsRequest,
    freezing_request::{Flag as WireFlag, State as WireState},
};
use focalnet_domain::freezing_request::{ActKind, Flag, State};
use serde_json::json;
use tonic::{Code, Status};

use super::table::{allowed, deeds, leads};
use crate::support::{
    acts::{Deed, is_of_the_state, rpc_of},
    refusals::{refused, why},
    world::World,
};

macro_rules! states {
    ($($test:ident: $state:ident,)*) => {
        $(#[tokio::test]
        async fn $test() {
            in_state(State::$state).await;
        })*

        #[test]
        fn no_state_is_left_out() {
            assert_eq!(State::ALL, &[$(State::$state),*]);
        }
    };
}

states! {
    draft: Draft,
    ready: Ready,
    transmitted: Transmitted,
    acknowledged: Acknowledged,
    under_examination: UnderExamination,
    executing: Executing,
    executed_in_part: ExecutedInPart,
    executed: Executed,
    nothing_found: NothingFound,
    impossible: Impossible,
    denied: Denied,
    ceased: Ceased,
    release_reported: ReleaseReported,
    withdrawn: Withdrawn,
    superseded: Superseded,
    closed: Closed,
}

async fn in_state(state: State) {
    let world = World::new().await;
    all_but_the_allowed_are_refused(&world, &world.in_state(state).await, possible()).await;
    for deed in possible().filter(|deed| allowed(*deed, state, &[])) {
        let name = in_state_for(&world, deed, state).await;
        let done = world.performs_as_read(deed, &name).await;
        assert_eq!(done.state(), wire(leads(deed, state)), "{deed:?} in {state}");
    }
    // What a flag makes a difference to; the rest was tried without it.
    for flag in Flag::ALL.iter().filter(|flag| can_be_raised(**flag, state)) {
        let differs = |deed: &Deed| allowed(*deed, state, &[*flag]) != allowed(*deed, state, &[]);
        let name = world.in_state_with(state, *flag).await;
        all_but_the_allowed_are_refused(&world, &name, possible().filter(differs)).await;
        for deed in possible().filter(differs).filter(|deed| allowed(*deed, state, &[*flag])) {
            let name = world.in_state_with(state, *flag).await;
            let done = world.performs_as_read(deed, &name).await;
            assert_eq!(done.state(), wire(leads(deed, state)), "{deed:?} in {state} with {flag}");
        }
    }
}

/// All but the drafting of a new request.
fn possible() -> impl Iterator<Item = Deed> {
    deeds().filter(|deed| deed.act() != ActKind::Create)
}

/// Whether a request in a state can have a flag at all. The flags are raised by deeds themselves.
fn can_be_raised(flag: Flag, state: State) -> bool {
    let sent = !matches!(state, State::Draft | State::Ready);
    match flag {
        Flag::UrgentUnconfirmed | Flag::ConsultationOpen => sent,
        Flag::Postponed => allowed(ActKind::Postpone.into(), state, &[]),
        Flag::AmendmentUnsent => allowed(ActKind::Amend.into(), state, &[]),
        // What was not received at all is not received anew.
        Flag::AmendmentUnacknowledged => {
            allowed(ActKind::Amend.into(), state, &[]) && state != State::Transmitted
        }
    }
}

/// A request in a state, ready for a deed that asks for more than the state.
async fn in_state_for(world: &World, deed: Deed, state: State) -> String {
    match (deed.act(), state) {
        // With assets it is the release that closes it.
        (ActKind::Close, State::Ceased) => {
            let name = world.transmitted(&world.portugal()).await;
            world.performs(ActKind::Cease, &name).await;
            name
        }
        // A second report is for what the first one left open.
        (ActKind::ReportRelease, State::ReleaseReported) => {
            let name = world.in_state(State::Ceased).await;
            let portugal = world.portugal().focal_point();
            let read = portugal.reads(&name).await.unwrap();
            let mut message = portugal.accompanies(deed, &read).await;
            message["releases"][0]["disposition"] = json!({
                "kind": "KIND_CONTINUED_BLOCKING", "disposition_date": "2018-07-01", "reason": "A tax debt",
            });
            portugal.call(rpc_of(deed.act()), message).await.unwrap();
            name
        }
        _ => world.in_state(state).await,
    }
}

/// Tries everything that the state and flags of a request do not allow, by those whose affair it would be.
async fn all_but_the_allowed_are_refused(world: &World, name: &str, deeds: impl Iterator<Item = Deed>) {
    let before = seen(world, name).await;
    let (read, by_portugal) = (&before.0, &before.1);
    let (state, flags) = (state_of(read), flags_of(read));
    assert_eq!(by_portugal.is_some(), read.transmit_time.is_some(), "drafts are the issuing side's");
    for deed in deeds.filter(|deed| !allowed(*deed, state, &flags)) {
        let (doer, _) = world.doers(deed, read);
        let read_by_doer = by_portugal.as_ref().filter(|_| is_of_the_state(deed.act()));
        let told = refused(doer.does_on(deed, read_by_doer.unwrap_or(read)).await);
        let expected = expected(deed, read);
        assert_eq!((told.0, told.1.as_str()), expected, "{deed:?} in {state} with {flags:?}");
    }
    assert_eq!(seen(world, name).await, before, "a refused deed leaves no trace in {state} with {flags:?}");
}

/// What is told, where the state would forbid the deed. The state is looked at last: what comes before it in the
/// order of checks speaks first.
fn expected(deed: Deed, read: &FreezingRequest) -> (Code, &'static str) {
    let sent = read.transmit_time.is_some();
    match deed.act() {
        // Sight: what was not sent is hidden from the State.
        act if is_of_the_state(act) && !sent => (Code::NotFound, "NOT_FOUND"),
        // References: no assets were reported that could be released.
        ActKind::ReportRelease if read.asset_counts.is_none_or(|counts| counts.total == 0) => {
            (Code::NotFound, "NOT_FOUND")
        }
        // Content: an asset is settled once.
        ActKind::ReportRelease if state_of(read) == State::Closed => {
            (Code::InvalidArgument, "INVALID_ARGUMENT")
        }
        // Content: before transmission there are no persons to whom it could cease to apply, after it has ceased no
        // pairs that could.
        ActKind::Cease if !sent || read.persons.iter().all(|person| person.active_purposes.is_empty()) => {
            (Code::InvalidArgument, "INVALID_ARGUMENT")
        }
        _ => (Code::FailedPrecondition, "WRONG_STATE"),
    }
}

/// All that can be seen of a request from both sides: itself, as the Registry and as Portugal see it, and how many
/// events.
async fn seen(world: &World, name: &str) -> (FreezingRequest, Option<FreezingRequest>, usize, Option<usize>) {
    let (officer, focal_point) = (world.registry().officer(), world.portugal().focal_point());
    let events = async |journal: Result<_, Status>| {
        journal.map(|page: tonic::Response<focalnet_contract::proto::ListEventsResponse>| {
            page.into_inner().events.len()
        })
    };
    let list = ListEventsRequest { parent: name.into(), page_size: 200, ..ListEventsRequest::default() };
    (
        officer.reads(name).await.unwrap(),
        focal_point.reads(name).await.ok(),
        events(officer.journal().list_events(list.clone()).await).await.unwrap(),
        events(focal_point.journal().list_events(list).await).await.ok(),
    )
}

fn wire(state: State) -> WireState {
    WireState::from_str_name(&format!("STATE_{}", state.as_str().to_uppercase())).unwrap()
}

fn state_of(read: &FreezingRequest) -> State {
    *State::ALL.iter().find(|state| wire(**state) == read.state()).unwrap()
}

fn flags_of(read: &FreezingRequest) -> Vec<Flag> {
    let name = |flag: &Flag| format!("FLAG_{}", flag.as_str().to_uppercase());
    let raised =
        |flag: &&Flag| read.flags().any(|raised| Some(raised) == WireFlag::from_str_name(&name(flag)));
    Flag::ALL.iter().filter(raised).copied().collect()
}

#[tokio::test]
async fn a_dossier_with_assets_that_are_not_settled_stays_open() {
    let world = World::new().await;
    let name = world.in_state(State::Ceased).await;
    let asset = world.registry().officer().holds(&name).await.remove(0).name;
    let told = world.registry().officer().does(ActKind::Close, &name).await.unwrap_err();
    assert_eq!(why(&told), (Code::FailedPrecondition, "ASSETS_OUTSTANDING".into()));
    let details = tonic_types::StatusExt::get_error_details(&told);
    let named = details.precondition_failure().unwrap().violations.iter().map(|v| v.subject.clone());
    assert_eq!(named.collect::<Vec<_>>(), [asset], "the error names the asset");

    world.performs(ActKind::ReportRelease, &name).await;
    world.performs(ActKind::Close, &name).await;
}
