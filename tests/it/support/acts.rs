//! The acts of the lifecycle, each with what usually accompanies it.

use focalnet::testing::authz::policy::{Rule, rule};
use focalnet_contract::{
    Rpc,
    proto::{
        Approval, ApproveRequest, CreateFreezingRequestRequest, Event, FreezingRequest, GetApprovalRequest,
        GetFreezingRequestRequest, ListEventsRequest, PurposeKind,
        freezing_request::{Measure, Origin},
    },
};
use focalnet_domain::freezing_request::{ActKind, State};
use serde_json::{Value, json};
use tonic::Status;

use super::{
    actor::Actor,
    base::Base,
    cast::Org,
    content::{self, complete},
    new_id,
};

/// An act, with the choice that some acts leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Deed {
    /// An act that leaves none.
    Plain(ActKind),
    /// A transmission by an urgent medium.
    TransmitUrgently,
    /// A report of this result.
    Report(State),
    /// A withdrawal in favour of another request.
    Supersede,
}

impl From<ActKind> for Deed {
    fn from(act: ActKind) -> Self {
        match act {
            ActKind::ReportExecution => Self::Report(State::ExecutedInPart),
            act => Self::Plain(act),
        }
    }
}

impl Deed {
    /// The act.
    pub(crate) const fn act(self) -> ActKind {
        match self {
            Self::Plain(act) => act,
            Self::TransmitUrgently => ActKind::Transmit,
            Self::Report(_) => ActKind::ReportExecution,
            Self::Supersede => ActKind::Withdraw,
        }
    }
}

/// Whether an act is an affair of the requested State; all others are the Court's, or anybody's.
pub(crate) const fn is_of_the_state(act: ActKind) -> bool {
    matches!(
        act,
        ActKind::Acknowledge
            | ActKind::AssignAuthority
            | ActKind::StartExecution
            | ActKind::ReportExecution
            | ActKind::Postpone
            | ActKind::Resume
            | ActKind::Deny
            | ActKind::OpenConsultation
            | ActKind::ReportRelease
    )
}

/// The method that does an act.
pub(crate) fn rpc_of(act: ActKind) -> Rpc {
    let does = |rpc: &&Rpc| matches!(rule(**rpc), Rule::Lifecycle(kind) if kind == act);
    *Rpc::ALL.iter().find(does).unwrap()
}

impl Actor {
    /// Reads a request.
    pub(crate) async fn reads(&self, name: &str) -> Result<FreezingRequest, Status> {
        let request = GetFreezingRequestRequest { name: name.into(), version_number: 0 };
        Ok(Box::pin(self.requests().get_freezing_request(request)).await?.into_inner())
    }

    /// Drafts a complete request to a State: the Prosecutor's own, or under the order of the cast.
    pub(crate) async fn drafts_to(&self, state: &str) -> Result<FreezingRequest, Status> {
        let cast = Base::cast();
        let own = self.org == Org::Otp;
        let freezing_request = FreezingRequest {
            origin: if own { Origin::Prosecutor } else { Origin::Chamber }.into(),
            case: cast.case.clone(),
            order: if own { String::new() } else { cast.order.clone() },
            requested_state: state.into(),
            measures: vec![if own { Measure::Trace } else { Measure::Freeze }.into()],
            content: Some(complete(&cast.person)),
            ..FreezingRequest::default()
        };
        let freezing_request = Some(freezing_request);
        let request = CreateFreezingRequestRequest { freezing_request, request_id: new_id() };
        Ok(Box::pin(self.requests().create_freezing_request(request)).await?.into_inner())
    }

    /// Reads a request and does an act on it.
    pub(crate) async fn does(&self, deed: impl Into<Deed>, name: &str) -> Result<FreezingRequest, Status> {
        Box::pin(self.does_on(deed, &self.reads(name).await?)).await
    }

    /// The message of an act on a request as it was read; a release is that of every asset that the person sees.
    pub(crate) async fn accompanies(&self, deed: impl Into<Deed>, read: &FreezingRequest) -> Value {
        let deed = deed.into();
        let mut message = accompaniment(deed, read);
        if deed.act() == ActKind::ReportRelease {
            let held = self.lists_assets(&read.name).await.unwrap_or_default();
            let names: Vec<_> = held.into_iter().map(|asset| asset.name).collect();
            message["releases"] = releases(&names)["releases"].take();
        }
        message
    }

    /// Does an act on a request as it was read.
    pub(crate) async fn does_on(
        &self,
        deed: impl Into<Deed>,
        read: &FreezingRequest,
    ) -> Result<FreezingRequest, Status> {
        let deed = deed.into();
        let mut message = self.accompanies(deed, read).await;
        if deed == Deed::Supersede {
            message["successor"] = Box::pin(self.drafts_to(&read.requested_state)).await?.name.into();
        }
        let answer = self.call(rpc_of(deed.act()), message).await?;
        Ok(answer.transcode_to().unwrap())
    }

    /// Reads the journal of something, as far as the caller may, oldest first.
    pub(crate) async fn events(&self, of: &str) -> Result<Vec<Event>, Status> {
        let list = ListEventsRequest { parent: of.into(), page_size: 200, ..ListEventsRequest::default() };
        let mut events = self.journal().list_events(list).await?.into_inner().events;
        events.reverse();
        Ok(events)
    }

    /// The acts of a kind in the journal of something.
    pub(crate) async fn events_of(&self, act: &str, of: &str) -> Vec<Event> {
        let events = self.events(of).await.unwrap();
        events.into_iter().filter(|event| event.act == act).collect()
    }

    /// Reads the open proposal of the caller's own side.
    pub(crate) async fn reads_proposal(&self, name: &str) -> Result<Approval, Status> {
        let name = self.reads(name).await?.pending_approval;
        self.reads_approval(&name).await
    }

    /// Reads a proposal.
    pub(crate) async fn reads_approval(&self, name: &str) -> Result<Approval, Status> {
        let name = name.to_owned();
        Ok(Box::pin(self.approvals().get_approval(GetApprovalRequest { name })).await?.into_inner())
    }

    /// Carries out what the own side has proposed for a request.
    pub(crate) async fn approves(&self, name: &str) -> Result<Approval, Status> {
        self.approves_as_read(&self.reads_proposal(name).await?).await
    }

    /// Carries out a proposal as it was read.
    pub(crate) async fn approves_as_read(&self, read: &Approval) -> Result<Approval, Status> {
        let (name, etag) = (read.name.clone(), read.etag.clone());
        let request = ApproveRequest { name, etag, request_id: new_id() };
        Ok(Box::pin(self.approvals().approve(request)).await?.into_inner())
    }
}

/// The message of an act on a request as it was read.
pub(crate) fn accompaniment(deed: Deed, read: &FreezingRequest) -> Value {
    let mut message = content_of(deed, read);
    if deed.act() == ActKind::Update {
        message["freezing_request"]["name"] = read.name.as_str().into();
    } else {
        message["name"] = read.name.as_str().into();
    }
    message["etag"] = read.etag.as_str().into();
    message["request_id"] = new_id().into();
    message
}

fn content_of(deed: Deed, read: &FreezingRequest) -> Value {
    let cast = Base::cast();
    match deed.act() {
        ActKind::Create => unreachable!("there is no request yet"),
        ActKind::Update => {
            json!({ "freezing_request": { "measures": ["MEASURE_FREEZE"], "content": content::json(&cast.person) } })
        }
        ActKind::MarkReady | ActKind::Resume | ActKind::Close => json!({}),
        ActKind::Transmit if deed == Deed::TransmitUrgently => json!({ "transmission": {
            "medium": "MEDIUM_URGENT", "reference": "By fax", "urgency_grounds": "The accounts are being emptied.",
        }}),
        ActKind::Transmit => {
            json!({ "transmission": { "medium": "MEDIUM_FORMAL_CHANNEL", "reference": "NV/2008/1" } })
        }
        ActKind::ConfirmUrgentTransmission => json!({ "confirmation_reference": "NV/2008/2" }),
        ActKind::Acknowledge => json!({ "acknowledgement": {
            "national_reference": "A-7", "responsible_authority": "Ministry of Justice", "contact": "+351 21 000 0000",
        }}),
        ActKind::AssignAuthority => json!({ "authority": cast.organization(Org::Authority) }),
        ActKind::StartExecution => json!({ "national_proceeding": "Proc. 12/08" }),
        ActKind::ReportExecution => report(deed),
        ActKind::Postpone => json!({ "postponement": {
            "ground": "GROUND_OTHER_INVESTIGATION", "until_date": "2099-12-31", "case_reference": "Proc. 13/08",
        }}),
        ActKind::Deny => {
            json!({ "denial": { "ground": "GROUND_NATIONAL_SECURITY", "reasons": "It touches it." } })
        }
        ActKind::OpenConsultation => json!({ "consultation": {
            "problem": "PROBLEM_INSUFFICIENT_INFORMATION", "description": "Which account?",
        }}),
        ActKind::CloseConsultation => json!({ "resolution": "The one named in the annex." }),
        ActKind::Amend => {
            let mut content = content::json(&cast.person);
            content["grounds"] = "The assets are being moved.".into();
            json!({ "content": content, "reason": "New facts" })
        }
        ActKind::Withdraw => json!({ "reason": "No longer needed" }),
        ActKind::Cease => cessation(read),
        ActKind::ReportRelease => releases(&[]),
    }
}

fn report(deed: Deed) -> Value {
    match deed {
        Deed::Report(State::NothingFound) => {
            json!({ "outcome": "EXECUTION_OUTCOME_NOTHING_FOUND", "obstacle": "EXECUTION_OBSTACLE_NOT_KNOWN" })
        }
        Deed::Report(State::Impossible) => {
            json!({ "outcome": "EXECUTION_OUTCOME_IMPOSSIBLE", "obstacle": "EXECUTION_OBSTACLE_DESTROYED" })
        }
        Deed::Report(result) => json!({
            "outcome": format!("EXECUTION_OUTCOME_{}", result.as_str().to_uppercase()),
            "assets": [{
                "type": "ASSET_TYPE_AIRCRAFT", "jurisdiction": "PT", "description": "Aircraft at Faro",
                "holder": "Transports du Port",
                "identifiers": [{ "kind": "KIND_REGISTRATION_MARK", "value": "CS-AAA" }],
                "measures": [{
                    "kind": "KIND_SEIZURE", "national_reference": "Proc. 12/08-3", "start_date": "2008-07-02",
                }],
                "valuations": [{
                    "value": { "currency_code": "EUR", "amount": "900000.00" },
                    "valuation_date": "2008-07-02", "method": "METHOD_APPRAISAL",
                }],
            }],
        }),
        _ => unreachable!("not a report"),
    }
}

/// The end for all persons and purposes; of a request that was never sent, for those of the cast.
fn cessation(read: &FreezingRequest) -> Value {
    let persons: Vec<_> = read.persons.iter().map(|person| person.position).collect();
    let purposes: Vec<_> = read.purposes.iter().map(|purpose| purpose.purpose().as_str_name()).collect();
    json!({
        "persons": if persons.is_empty() { vec![0] } else { persons },
        "purposes": if purposes.is_empty() { vec![PurposeKind::Forfeiture.as_str_name()] } else { purposes },
        "status": "STATUS_ACQUITTED", "effective_date": "2018-06-08", "reason": "Acquittal",
    })
}

/// The release of these assets; of none, of one that does not exist.
pub(crate) fn releases(assets: &[String]) -> Value {
    let none = ["assets/7b1d0000-0000-4000-8000-000000000000".to_owned()];
    let assets = if assets.is_empty() { &none[..] } else { assets };
    let release = |asset: &String| json!({ "asset": asset, "disposition": { "kind": "KIND_RELEASED", "disposition_date": "2018-07-01" } });
    json!({ "releases": assets.iter().map(release).collect::<Vec<_>>() })
}
