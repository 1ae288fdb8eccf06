//! The streams of one subject while an act is at work on it.

use chrono::{DateTime, Utc};
use focalnet_domain::{
    approval::State,
    asset::Recorded,
    freezing_request::Party,
    ids,
    journal::{Audience, Event, Hash, Stream, Subject},
    names::{ApprovalId, EventId, UserId},
};
use serde_json::{Value, json};

use crate::{
    app::context::{CallContext, Entry, event, head},
    authz::Permit,
    error::Result,
    store::{Decided, Dossier, OpenApproval, Position},
};

/// The streams of a request that a party reads.
pub(in crate::app) const fn readable(party: Party) -> &'static [Audience] {
    match party {
        Party::Channel | Party::Chamber | Party::Applicant => &[Audience::Shared, Audience::Issuer],
        Party::State => &[Audience::Shared, Audience::State],
        Party::Authority => &[Audience::Shared],
    }
}

/// The heads of a subject's streams, and the events that an act adds to them.
pub(in crate::app) struct Ledger {
    subject: Subject,
    positions: Vec<(Audience, Position)>,
    events: Vec<Event>,
    next: EventId,
}

impl Ledger {
    /// The ledger of a request as it was loaded.
    pub(in crate::app) fn of(dossier: &Dossier) -> Self {
        let position = |head: &crate::store::Head| Position {
            index: head.index,
            hash: head.hash,
            time: Some(head.time),
        };
        let positions = dossier.heads.iter().map(|head| (head.audience, position(head))).collect();
        Self::new(Subject::Request(dossier.request.name), positions)
    }

    /// The ledger of a subject whose streams have come so far.
    pub(in crate::app) fn new(subject: Subject, positions: Vec<(Audience, Position)>) -> Self {
        Self { subject, positions, events: Vec::new(), next: EventId(ids::new()) }
    }

    /// When and by which event something is recorded that the next event will tell.
    pub(in crate::app) fn recorded(&self, now: DateTime<Utc>) -> Recorded {
        let last = self.positions.iter().filter_map(|(_, position)| position.time).max();
        Recorded { create_time: last.map_or(now, |last| last.max(now)), event: self.next }
    }

    /// Adds an event to a stream, and gives its hash.
    pub(in crate::app) fn add(
        &mut self,
        permit: &Permit,
        audience: Audience,
        what: (&str, String, Value),
        approved: Option<(ApprovalId, UserId)>,
    ) -> Result<Hash> {
        let stream = Stream { subject: self.subject, audience };
        let begun = self.positions.iter().find(|(known, _)| *known == audience);
        let position = begun.map_or(Position::start(stream), |(_, position)| *position);
        let (act, subject, content) = what;
        let name = std::mem::replace(&mut self.next, EventId(ids::new()));
        let event = event(permit, Entry { name, stream, position, act, subject, content, approved })?;
        let hash = head(&event);
        self.positions.retain(|(known, _)| *known != audience);
        self.positions.push((audience, Position { index: event.index, hash, time: Some(event.time) }));
        self.events.push(event);
        Ok(hash)
    }

    /// Voids the open proposals that a change in a stream overtakes: all whose makers would see it. A proposal that a
    /// hidden change voided would tell its makers of that change.
    pub(in crate::app) fn overtake(
        &mut self,
        permit: &Permit,
        approvals: &mut Vec<OpenApproval>,
        changed: Audience,
        except: Option<ApprovalId>,
    ) -> Result<Vec<Decided>> {
        let overtaken = |open: &mut OpenApproval| {
            (changed == Audience::Shared || changed == open.audience) && except != Some(open.approval.name)
        };
        let void = |open: OpenApproval| {
            let state = match open.approval.state_at(permit.actor().now) {
                State::Open => State::Voided,
                state => state,
            };
            self.decide(permit, &open, state, None, None)
        };
        approvals.extract_if(.., overtaken).map(void).collect()
    }

    /// Records on its own side what became of a proposal.
    pub(in crate::app) fn decide(
        &mut self,
        permit: &Permit,
        open: &OpenApproval,
        state: State,
        decider: Option<UserId>,
        reason: Option<String>,
    ) -> Result<Decided> {
        let name = open.approval.name;
        let act = format!("approval_{state}");
        let content = json!({ act.as_str(): { "act": open.approval.proposed.act(), "reason": reason } });
        let hash = self.add(permit, open.audience, (&act, name.to_string(), content), None)?;
        Ok(Decided { name, state, decider, reason, head: hash })
    }

    /// The event with this hash.
    pub(in crate::app) fn event(&self, hash: Hash) -> Option<&Event> {
        self.events.iter().find(|event| head(event) == hash)
    }

    /// The etag of a request for a party after these events, and the time of the newest event it reads.
    pub(in crate::app) fn etag(&self, cx: &CallContext<'_>, party: Party) -> (String, DateTime<Utc>) {
        let seen: Vec<_> = readable(party)
            .iter()
            .filter_map(|audience| self.positions.iter().find(|(known, _)| known == audience))
            .map(|(_, position)| *position)
            .collect();
        let etag = cx.app.keys.etag(&self.subject.to_string(), seen.iter().map(|position| position.hash));
        let newest = seen.iter().filter_map(|position| position.time).max();
        (etag, newest.unwrap_or(cx.actor.now))
    }

    /// All events added.
    pub(in crate::app) fn into_events(self) -> Vec<Event> {
        self.events
    }
}

/// The etag of a request as loaded, for a party, and the time of the newest event the party reads.
pub(in crate::app) fn dossier_etag(
    cx: &CallContext<'_>,
    dossier: &Dossier,
    party: Party,
) -> (String, DateTime<Utc>) {
    Ledger::of(dossier).etag(cx, party)
}
