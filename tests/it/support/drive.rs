//! Leads requests to where a test wants them, through the acts of the people whose affair they are.

use focalnet_contract::{
    Rpc,
    proto::{Approval, FreezingRequest, freezing_request::Origin},
};
use focalnet_domain::{
    freezing_request::{ActKind, Flag, State},
    organization::Role,
};
use serde_json::json;

use super::{
    actor::Actor,
    acts::{Deed, is_of_the_state},
    cast::Org,
    content, new_id,
    world::{self, World},
};

impl World {
    /// A draft of the Registry to a State.
    pub(crate) async fn draft_for(&self, state: &world::State<'_>) -> String {
        self.registry().officer().drafts_to(state.name()).await.unwrap().name
    }

    /// A request about two accused that was sent to Portugal.
    pub(crate) async fn about_two(&self) -> String {
        let officer = self.registry().officer();
        let add = json!({
            "parent": self.cast().case, "request_id": new_id(),
            "person": { "family_name": "Mbala", "given_names": "Aimé", "warrant_date": "2008-05-23" },
        });
        let second = officer.call(Rpc::AddPerson, add).await.unwrap();
        let second = second.get_field_by_name("name").unwrap().as_str().unwrap().to_owned();
        self.concerns(&[&second]).await;
        let mut content = content::json(&self.cast().person);
        let mut person = content["persons"][0].clone();
        person["person"] = second.into();
        person["natural"]["familyName"] = "Mbala".into();
        content["persons"].as_array_mut().unwrap().push(person);
        let name = self.draft_for(&self.portugal()).await;
        let read = officer.reads(&name).await.unwrap();
        let update = json!({
            "freezing_request": { "name": name, "content": content }, "etag": read.etag, "request_id": new_id(),
        });
        officer.call(Rpc::UpdateFreezingRequest, update).await.unwrap();
        self.performed(&name, &[ActKind::MarkReady.into(), ActKind::Transmit.into()]).await;
        name
    }

    /// The Chamber records where a person of a case stands.
    pub(crate) async fn stands(&self, person: &str, status: &str) {
        let (case, _) = person.split_once("/persons/").unwrap();
        let chamber = self.chamber().legal_officer();
        let persons = chamber.lists(Rpc::ListPersons, json!({ "parent": case })).await.unwrap();
        let read = persons.iter().find(|known| known["name"] == person).unwrap();
        let change = json!({
            "name": person, "etag": read["etag"], "status": status, "status_date": "2018-06-08",
            "reason": "Judgment of 8 June 2018",
        });
        chamber.asks(Rpc::UpdatePersonStatus, change).await.unwrap();
    }

    /// A request that was sent to a State.
    pub(crate) async fn transmitted(&self, state: &world::State<'_>) -> String {
        let name = self.draft_for(state).await;
        self.performed(&name, &[ActKind::MarkReady.into(), ActKind::Transmit.into()]).await;
        name
    }

    /// A request to Portugal in a state, with an asset from execution on.
    pub(crate) async fn in_state(&self, state: State) -> String {
        let name = self.draft_for(&self.portugal()).await;
        self.performed(&name, &way_to(state)).await;
        name
    }

    /// The same, with a flag raised on the way or there.
    pub(crate) async fn in_state_with(&self, state: State, flag: Flag) -> String {
        let name = self.draft_for(&self.portugal()).await;
        let mut way = way_to(state);
        let sending = way.iter().position(|deed| deed.act() == ActKind::Transmit);
        match (flag, sending) {
            // These two outlive whatever follows.
            (Flag::UrgentUnconfirmed, Some(sending)) => way[sending] = Deed::TransmitUrgently,
            (Flag::ConsultationOpen, Some(sending)) => {
                way.insert(sending + 1, ActKind::OpenConsultation.into());
            }
            (Flag::Postponed, _) => way.push(ActKind::Postpone.into()),
            (Flag::AmendmentUnsent, _) => way.push(ActKind::Amend.into()),
            (Flag::AmendmentUnacknowledged, _) => {
                way.extend([ActKind::Amend, ActKind::Transmit].map(Deed::from));
            }
            (Flag::UrgentUnconfirmed | Flag::ConsultationOpen, None) => {
                unreachable!("{flag} cannot be raised before transmission")
            }
        }
        self.performed(&name, &way).await;
        name
    }

    /// Does acts one after the other, each by whoever it is for, with the second person where it takes two.
    pub(crate) async fn performed(&self, name: &str, deeds: &[Deed]) {
        for deed in deeds {
            Box::pin(self.performs(*deed, name)).await;
        }
    }

    /// Does one act.
    pub(crate) async fn performs(&self, deed: impl Into<Deed>, name: &str) -> FreezingRequest {
        let (done, proposed, (first, second)) = self.begins(deed.into(), name).await;
        if !proposed {
            return done;
        }
        let proposal = second.reads_approval(&done.pending_approval).await.unwrap();
        second.approves_as_read(&proposal).await.unwrap();
        first.reads(name).await.unwrap()
    }

    /// The same, where each who acts reads afterwards what was answered, all of it but the receipt.
    pub(crate) async fn performs_as_read(&self, deed: impl Into<Deed>, name: &str) -> FreezingRequest {
        let deed = deed.into();
        let (done, proposed, (first, second)) = self.begins(deed, name).await;
        let read = first.reads(name).await.unwrap();
        assert_eq!(FreezingRequest { receipt: None, ..done }, read, "{deed:?}");
        if !proposed {
            return read;
        }
        let proposal = second.reads_approval(&read.pending_approval).await.unwrap();
        let decided = second.approves_as_read(&proposal).await.unwrap();
        let read = second.reads_approval(&proposal.name).await.unwrap();
        assert_eq!(Approval { receipt: None, ..decided }, read, "{deed:?} is approved");
        first.reads(name).await.unwrap()
    }

    /// The first of two persons acts: what is answered, whether it is only proposed, and both.
    async fn begins(&self, deed: Deed, name: &str) -> (FreezingRequest, bool, (Actor, Actor)) {
        let read = self.as_sent(name).await;
        let (first, second) = self.doers(deed, &read);
        let done = if is_of_the_state(deed.act()) {
            first.does(deed, name).await.unwrap()
        } else {
            first.does_on(deed, &read).await.unwrap()
        };
        let proposed = !done.pending_approval.is_empty();
        (done, proposed, (first, second))
    }

    /// A request as the organ reads it through which it is sent.
    async fn as_sent(&self, name: &str) -> FreezingRequest {
        match self.registry().officer().reads(name).await {
            Ok(read) => read,
            // The Prosecutor's own are hidden from the Registry.
            Err(_) => self.otp().investigator().reads(name).await.unwrap(),
        }
    }

    /// Who does an act on a request, and who would be the second person.
    pub(crate) fn doers(&self, deed: Deed, read: &FreezingRequest) -> (Actor, Actor) {
        if is_of_the_state(deed.act()) {
            let states = [Org::Portugal, Org::Belgium, Org::Congo];
            let is_it = |org: &Org| self.cast().organization(*org) == read.requested_state;
            let state = states.into_iter().find(is_it).unwrap();
            return (self.actor(state, Role::FocalPoint), self.actor(state, Role::DeputyFocalPoint));
        }
        match read.origin() {
            Origin::Prosecutor => (self.otp().investigator(), self.otp().approver()),
            _ => (self.registry().officer(), self.registry().approver()),
        }
    }
}

/// The shortest way from a draft to a state; assets are reported where there can be any.
fn way_to(state: State) -> Vec<Deed> {
    use ActKind::{
        Acknowledge, AssignAuthority, Cease, Close, Deny, MarkReady, ReportRelease, StartExecution, Transmit,
        Withdraw,
    };
    let (before, last): (State, Deed) = match state {
        State::Draft => return Vec::new(),
        State::Ready => (State::Draft, MarkReady.into()),
        State::Transmitted => (State::Ready, Transmit.into()),
        State::Acknowledged => (State::Transmitted, Acknowledge.into()),
        State::UnderExamination => (State::Acknowledged, AssignAuthority.into()),
        State::Executing => (State::UnderExamination, StartExecution.into()),
        State::ExecutedInPart | State::Executed | State::NothingFound | State::Impossible => {
            (State::Executing, Deed::Report(state))
        }
        State::Denied => (State::Acknowledged, Deny.into()),
        State::Ceased => (State::Executed, Cease.into()),
        State::ReleaseReported => (State::Ceased, ReportRelease.into()),
        State::Withdrawn => (State::Transmitted, Withdraw.into()),
        State::Superseded => (State::Transmitted, Deed::Supersede),
        State::Closed => (State::ReleaseReported, Close.into()),
    };
    let mut way = way_to(before);
    way.push(last);
    way
}
