//! Drafting a request.

use crate::app::Answer;
use focalnet_domain::{
    case::Case,
    error::{Obstacle, Reason},
    freezing_request::{
        AssetCounts, Facts, FreezingRequest, Origin, Party, State, Versions, draft::NewFreezingRequest,
    },
    journal::{Audience, Subject},
    names::{FreezingRequestId, OrganizationId, PersonId},
    order::Order,
    organization::Kind,
};
use serde_json::json;

use super::read::channel_of;
use crate::{
    app::{App, Call, Input, context::CallContext, ledger::Ledger},
    authz::policy::Relation,
    error::{Error, Result},
};

/// What a new request refers to, all of it visible to the caller.
struct References {
    case: Case,
    order: Option<Order>,
    /// Name of the State addressed.
    state_display_name: String,
    /// The organ through which the State will answer; none when the caller has no part in such requests.
    channel: Option<OrganizationId>,
}

impl CallContext<'_> {
    async fn references(&self, new: &NewFreezingRequest) -> Result<References> {
        let (case, _) = self.tx.case(&self.scope, new.case).await?.ok_or(Error::NotFound("case"))?;
        let order = match new.order {
            Some(name) => {
                Some(self.tx.order(&self.scope, name).await?.ok_or(Error::NotFound("order"))?.order)
            }
            None => None,
        };
        if order.as_ref().is_some_and(|order| order.facts.case != new.case) {
            return Err(Error::NotFound("order"));
        }
        let parties = self.tx.parties(&self.scope, new.requested_state).await?;
        let is_state = |organization: &&focalnet_domain::organization::Organization| {
            organization.name == new.requested_state && organization.kind == Kind::State
        };
        let state_display_name =
            parties.iter().find(is_state).ok_or(Error::NotFound("requested_state"))?.display_name.clone();
        let registry = parties.iter().find(|organization| organization.kind == Kind::Registry);
        let own = (self.actor.organization, self.actor.kind);
        let channel = channel_of(new.origin, own, registry.map(|registry| registry.name));
        let names: Vec<PersonId> = new.content.persons.iter().filter_map(|person| person.person).collect();
        if !names.is_empty() {
            let known = self.tx.persons_named(new.case, &names).await?;
            if !names.iter().all(|name| known.iter().any(|person| person.name == *name)) {
                return Err(Error::NotFound("person"));
            }
        }
        Ok(References { case, order, state_display_name, channel })
    }

    /// Which party of the new request the caller would be. Somebody without a part in it is taken for the
    /// applicant, who may not draft.
    fn drafting_party(&self, references: &References) -> Party {
        let own = Some(self.actor.organization);
        let chamber = references.order.as_ref().map(|order| order.facts.chamber);
        if references.channel == own {
            Party::Channel
        } else if references.channel.is_some() && chamber == own {
            Party::Chamber
        } else {
            Party::Applicant
        }
    }
}

impl App {
    /// Drafts a request.
    pub async fn create_freezing_request(
        &self,
        call: &Call,
        input: Input<NewFreezingRequest>,
    ) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let references = match input.known() {
            Some(new) => Some(cx.references(new).await?),
            None => None,
        };
        if let Some(answer) = cx.replay().await? {
            cx.tx
                .dossier(&cx.scope, answer.name(call.rpc)?, cx.today().day)
                .await?
                .ok_or(Error::NotFound("request"))?;
            return Ok(answer);
        }
        let party = references.as_ref().map_or(Party::Channel, |references| cx.drafting_party(references));
        let permit = cx.authorize(Relation::Party(party))?;
        let new = input.get()?;
        Error::check(new.violations())?;
        let References { case, order, state_display_name, channel } =
            references.ok_or_else(|| Error::internal("references unread"))?;
        let channel = channel.ok_or_else(|| Error::internal("a drafter without a channel"))?;
        if let Some(order) = order.as_ref().filter(|order| !order.binds_on(cx.actor.now.date_naive())) {
            let text = "the order is revoked or past its last day";
            let obstacle = Obstacle::new(order.name.to_string(), text);
            return Err(Error::Precondition(Reason::WrongState, text.into(), vec![obstacle]));
        }

        let name = FreezingRequestId::random();
        let mut request = draft(&cx, name, new, case, order.as_ref(), channel);
        request.requested_state_display_name = state_display_name;
        let mut ledger = Ledger::new(Subject::Request(name), Vec::new());
        let what = ("create", name.to_string(), json!({ "create": new }));
        let hash = ledger.add(&permit, Audience::Issuer, what, None)?;
        cx.tx.insert_request(&permit, &request).await?;
        let (etag, update_time) = ledger.etag(&cx, party);
        let receipt = ledger.event(hash).map(|event| cx.receipt(event)).transpose()?;
        let view = request.view(party, cx.actor.now, update_time);
        let answer = CallContext::seen(view, etag, receipt, Some(party.into()));
        cx.finish(&permit, ledger.into_events(), &answer).await
    }
}

fn draft(
    cx: &CallContext<'_>,
    name: FreezingRequestId,
    new: &NewFreezingRequest,
    case: Case,
    order: Option<&Order>,
    channel: OrganizationId,
) -> FreezingRequest {
    let of_chamber = order.filter(|_| new.origin == Origin::Chamber);
    FreezingRequest {
        name,
        origin: new.origin,
        case: new.case,
        situation_number: case.situation_number,
        case_number: case.case_number,
        order: new.order,
        order_number: order.map(|order| order.facts.document_number.clone()),
        order_date: order.map(|order| order.facts.decision_date),
        order_final_date: order.and_then(|order| order.facts.final_date),
        outstanding: order.map(|order| order.outstanding.clone()).unwrap_or_default(),
        issuing_organization: channel,
        chamber: of_chamber.map(|order| order.facts.chamber),
        applicant: of_chamber.and_then(|order| order.facts.applicant),
        requested_state: new.requested_state,
        requested_state_display_name: String::new(),
        authority: None,
        authority_display_name: None,
        measures: new.measures.clone(),
        state: State::Draft,
        versions: Versions::of_draft(new.content.clone()),
        persons: Vec::new(),
        purposes: Vec::new(),
        facts: Facts::default(),
        asset_counts: AssetCounts::default(),
        touched: Vec::new(),
        create_time: cx.actor.now,
        transmit_time: None,
    }
}
