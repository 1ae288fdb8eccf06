//! Reading requests, and the check of completeness.

use crate::app::{Answer, Plain};
use chrono::{DateTime, Utc};
use focalnet_domain::{
    case::PersonStatus,
    clock,
    freezing_request::{
        FreezingRequest, Origin, Party, RequestContent, State, completeness, content::Capacity,
        national::National, view::RequestView,
    },
    names::{FreezingRequestId, OrganizationId, PersonId},
    questionnaire::ASSET_RECOVERY,
};

use crate::{
    app::{
        App, Call, Input, Seen,
        call::Part,
        context::CallContext,
        ledger::{dossier_etag, readable},
        lists::{Form, Query, words_of},
    },
    authz::policy::Relation,
    error::{Error, Result},
    store::{Answered, AsOf, Dossier, Numbered},
};

impl CallContext<'_> {
    /// What the caller is to a request it sees.
    pub(in crate::app) fn party(&self, request: &FreezingRequest) -> Result<Party> {
        request.party(self.actor.organization).ok_or(Error::NotFound("request"))
    }

    /// A request as a party sees it now.
    pub(in crate::app) fn view(&self, dossier: &Dossier, party: Party) -> Seen<RequestView> {
        let (etag, update_time) = dossier_etag(self, dossier, party);
        CallContext::seen(self.shown(dossier, party, update_time), etag, None, Some(party.into()))
    }

    /// The same, as an act has left it.
    pub(super) fn shown(&self, dossier: &Dossier, party: Party, update_time: DateTime<Utc>) -> RequestView {
        let mut view = dossier.request.view(party, self.actor.now, update_time);
        view.pending_approval = self.pending_approval(&dossier.approvals, readable(party));
        view
    }

    /// Locks and loads a request, and finds the answer to an earlier call with the same `request_id`.
    pub(in crate::app) async fn lock_dossier(
        &self,
        name: FreezingRequestId,
    ) -> Result<(Dossier, Option<Answered>)> {
        let key = (self.method(), self.call.request_id);
        let locked = self.tx.lock_request(&self.scope, name, key, self.actor.now).await?;
        let answered = locked.ok_or(Error::NotFound("request"))?;
        Ok((
            self.tx.dossier(&self.scope, name, self.today().day).await?.ok_or(Error::NotFound("request"))?,
            answered,
        ))
    }

    /// What is known of the requested State today. The channel under which a request was first sent stays its own
    /// (RPE 180).
    pub(in crate::app) async fn national(&self, request: &FreezingRequest) -> Result<&National> {
        if let Some(known) = self.national.get() {
            return Ok(known);
        }
        let mut national = self.tx.national(request.requested_state, ASSET_RECOVERY, self.today()).await?;
        national.channel = request.facts.channel.clone().or(national.channel);
        Ok(self.national.get_or_init(|| national))
    }

    /// Today, as known today.
    pub(in crate::app) fn today(&self) -> AsOf {
        let today = self.actor.now.date_naive();
        AsOf { day: today, known: today }
    }

    /// Checks a request's completeness today; the warrants of its persons are looked up.
    pub(in crate::app) async fn completeness(
        &self,
        request: &FreezingRequest,
        content: &focalnet_domain::freezing_request::RequestContent,
    ) -> Result<completeness::Check> {
        let names: Vec<PersonId> = content.persons.iter().filter_map(|person| person.person).collect();
        let persons = self.tx.persons_named(request.case, &names).await?;
        let terms = match request.order {
            Some(order) => Some(self.tx.order_terms(order).await?),
            None => None,
        };
        let status = |name: Option<PersonId>| {
            let person = persons.iter().find(|person| Some(person.name) == name);
            person.map(|person| person.status)
        };
        let statuses: Vec<_> = content.persons.iter().map(|person| status(person.person)).collect();
        let ended = request.purposes.iter().filter(|pair| pair.end_date.is_some());
        let ended: Vec<_> = ended.map(|pair| (pair.position, pair.purpose)).collect();
        let warrant = |name: Option<PersonId>| {
            let person = persons.iter().find(|person| Some(person.name) == name);
            person.and_then(|person| person.facts.warrant_date)
        };
        let warrants: Vec<_> = content.persons.iter().map(|person| warrant(person.person)).collect();
        let convicted = |name| status(name) == Some(PersonStatus::Convicted);
        let mut targets = content.persons.iter().filter(|person| person.capacity == Capacity::Target);
        let facts = completeness::Facts {
            measures: &request.measures,
            origin: request.origin,
            content,
            has_order: request.order.is_some(),
            order_date: request.order_date,
            order_final_date: request.order_final_date,
            target_warrants: &warrants,
            terms: terms.as_ref(),
            statuses: &statuses,
            ended: &ended,
            targets_convicted: targets.all(|person| convicted(person.person)),
            today: self.actor.now.date_naive(),
            latest_day: clock::latest_day(self.actor.now),
        };
        let national = self.national(request).await?;
        Ok(completeness::check(&facts).against(&facts, national))
    }

    fn requests_query(&self) -> Result<Query> {
        let mut fields = vec![
            ("state", words_of!("STATE_", State)),
            ("origin", words_of!("ORIGIN_", Origin)),
            ("requested_state", Form::Name("organizations")),
        ];
        if self.actor.kind.is_court() {
            fields.extend([("case", Form::Name("cases")), ("order", Form::Name("orders"))]);
        }
        self.query(&fields)
    }
}

/// Which version of a request to show.
#[derive(Debug, Clone, Copy, serde::Serialize, serde::Deserialize)]
pub struct VersionChoice {
    /// Its number; the newest when nothing is said.
    pub version_number: Option<i32>,
}

impl App {
    /// Reads a request.
    pub async fn get_freezing_request(&self, call: &Call, input: Input<VersionChoice>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name = call.name()?;
        let dossier =
            cx.tx.dossier(&cx.scope, name, cx.today().day).await?.ok_or(Error::NotFound("request"))?;
        let party = cx.party(&dossier.request)?;
        let mut seen = cx.view(&dossier, party);
        if let Some(number) = input.get()?.version_number {
            let content = cx.tx.version(&cx.scope, name, number).await?;
            seen.resource.content = content.ok_or(Error::NotFound("version"))?;
            seen.resource.version = number;
        }
        cx.answer(&seen).await
    }

    /// Lists requests.
    pub async fn list_freezing_requests(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let query = cx.requests_query()?;
        let rows = cx.tx.dossiers(&cx.scope, &query.conditions, cx.today().day, &query.page).await?;
        let court = cx.actor.kind.is_court();
        let key = |dossier: &Dossier| {
            let request = &dossier.request;
            let time = if court {
                request.create_time
            } else {
                request.transmit_time.unwrap_or(request.create_time)
            };
            (time, request.name.0)
        };
        let answer = cx.page(&query, rows, key, |dossier| {
            let mut seen = cx.view(&dossier, cx.party(&dossier.request)?);
            // The list is for finding a request, not for reading it.
            seen.resource.content = RequestContent::default();
            Ok(seen)
        })?;
        cx.leave(answer).await
    }

    /// Lists the versions of a request.
    pub async fn list_versions(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let request = call.parent()?;
        let query = cx.query(&[])?;
        let rows = cx.tx.versions(&cx.scope, request, &query.page).await?;
        let (rows, reader) = (rows.ok_or(Error::NotFound("request"))?, cx.reader());
        let answer = cx.page(&query, rows, Numbered::place, |version| Ok(Part(version.entry, reader)))?;
        cx.leave(answer).await
    }

    /// Tells everything that is missing or odd.
    pub async fn check_freezing_request(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name = call.name()?;
        let dossier =
            cx.tx.dossier(&cx.scope, name, cx.today().day).await?.ok_or(Error::NotFound("request"))?;
        cx.authorize(Relation::Party(cx.party(&dossier.request)?))?;
        let newest = dossier.request.newest().ok_or_else(|| Error::internal("a request has no version"))?;
        let check = cx.completeness(&dossier.request, &newest.content).await?;
        cx.answer(&Plain(check)).await
    }
}

/// The organ through which a State answers, among organizations.
pub(super) fn channel_of(
    origin: Origin,
    own: (OrganizationId, focalnet_domain::organization::Kind),
    registry: Option<OrganizationId>,
) -> Option<OrganizationId> {
    let (organization, kind) = own;
    if kind == origin.channel() { Some(organization) } else { registry.filter(|_| origin == Origin::Chamber) }
}
