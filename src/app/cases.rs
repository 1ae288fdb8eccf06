//! Cases, their persons, and who of the Court works on them.

use crate::app::Answer;
use chrono::{DateTime, Utc};
use focalnet_domain::{
    case,
    case::{
        Case, NewCase, Person, PersonFacts, PersonStatus, PersonStatusChange, is_case_number,
        is_situation_number,
    },
    clock, country,
    error::{Reason, Violation},
    ids,
    journal::{Audience, Event, Stream, Subject},
    names::{CaseId, OrganizationId, PersonId, UserId},
    order_work::Ending,
    organization::{Kind, Role},
    partial_date::PartialDate,
    series::Series,
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{
    App, Call, Input, Plain, Seen,
    context::{CallContext, Entry, event, head},
    lists::{Form, words_of},
    users::wrong_state,
};
use crate::{
    authz::{Permit, policy::Relation},
    error::{Error, Result},
    store::{Cause, Position},
};

/// Whom to assign.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Member {
    /// Login or name.
    pub user: String,
}

/// Whose assignment ends.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Unassign {
    /// Who.
    pub user: UserId,
    /// Why.
    pub reason: String,
}

const fn stream(name: CaseId) -> Stream {
    Stream { subject: Subject::Case(name), audience: Audience::Court }
}

fn new_case_violations(new: &NewCase) -> Vec<Violation> {
    let mut violations = Vec::new();
    if !is_situation_number(&new.situation_number) {
        violations.push(Violation::new("case.situation_number", "is not of the form `ICC-01/05`"));
    }
    if !is_case_number(&new.case_number, &new.situation_number) {
        let text = "is not the number of a case of this situation, as `ICC-01/05-01/08`";
        violations.push(Violation::new("case.case_number", text));
    }
    violations
}

fn person_violations(facts: &PersonFacts, now: DateTime<Utc>) -> Vec<Violation> {
    let mut violations = Vec::new();
    for (field, date) in
        [("birth_date", facts.birth_date.map(PartialDate::first_day)), ("warrant_date", facts.warrant_date)]
    {
        let text = date.and_then(|date| clock::not_yet(date, clock::latest_day(now)));
        violations.extend(text.map(|text| Violation::new(format!("person.{field}"), text)));
    }
    for (number, code) in facts.nationalities.iter().enumerate() {
        if !country::is_country(code) {
            let text = "is not an ISO 3166-1 alpha-2 code";
            violations.push(Violation::new(format!("person.nationalities[{number}]"), text));
        }
    }
    violations
}

impl CallContext<'_> {
    /// The case, seen by the caller and locked.
    async fn locked_case(&self, name: CaseId) -> Result<(Case, focalnet_domain::journal::Hash)> {
        self.locked_case_of(name, None).await
    }

    /// The same, with a member at hand, if it has such a one.
    async fn locked_case_of(
        &self,
        name: CaseId,
        member: Option<UserId>,
    ) -> Result<(Case, focalnet_domain::journal::Hash)> {
        if !self.tx.lock_case(&self.scope, name).await? {
            return Err(Error::NotFound("case"));
        }
        self.tx.case_of(&self.scope, name, member).await?.ok_or(Error::NotFound("case"))
    }

    /// Everybody assigns people of the own organization; the Registry also those of Chambers and of the Prosecutor.
    fn may_assign(&self, organization: OrganizationId, kind: Kind) -> bool {
        let registry = self.actor.has(Role::RegistryCooperationOfficer);
        organization == self.actor.organization || (registry && matches!(kind, Kind::Chamber | Kind::Otp))
    }

    async fn case_event(
        &self,
        permit: &Permit,
        case: CaseId,
        subject: String,
        act: &str,
        content: serde_json::Value,
    ) -> Result<Event> {
        let position = self.tx.position(stream(case)).await?;
        event(permit, Entry::new(stream(case), position, act, &subject, content))
    }

    fn case_answer(&self, case: Case, event: &Event) -> Result<Seen<Case>> {
        let etag = self.etag(&case.name, head(event));
        Ok(CallContext::seen(case, etag, Some(self.receipt(event)?), None))
    }
}

impl App {
    /// Creates a case with the caller as its first member.
    pub async fn create_case(&self, call: &Call, input: Input<NewCase>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        if let Some(answer) = cx.replay().await? {
            cx.tx.case(&cx.scope, answer.name(call.rpc)?).await?.ok_or(Error::NotFound("case"))?;
            return Ok(answer);
        }
        let permit = cx.authorize(Relation::None)?;
        let new = input.get()?;
        Error::check(new_case_violations(new))?;
        let number = focalnet_domain::filter::Condition {
            field: "case_number".into(),
            value: new.case_number.clone(),
        };
        let one = crate::store::PageQuery { after: None, size: 1 };
        if !cx.tx.cases(&cx.scope, &[number], &one).await?.is_empty() {
            return Err(Error::Exists("case.case_number"));
        }
        let name = CaseId::random();
        let case = Case {
            name,
            situation_number: new.situation_number.clone(),
            case_number: new.case_number.clone(),
            display_name: new.display_name.clone(),
            members: Series::from(vec![case::Member {
                user: cx.actor.user,
                display_name: cx.actor.display_name.clone(),
                organization: cx.actor.organization,
                start_time: cx.actor.now,
            }]),
            member_count: 1,
            create_time: cx.actor.now,
        };
        let entry = Entry::new(
            stream(name),
            Position::start(stream(name)),
            "create_case",
            &name,
            json!({ "create_case": new }),
        );
        let event = event(&permit, entry)?;
        cx.tx.insert_case(&permit, &case, head(&event)).await?;
        let answer = cx.case_answer(case, &event)?;
        cx.finish(&permit, vec![event], &answer).await
    }

    /// Reads a case.
    pub async fn get_case(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name = call.name()?;
        let (case, last) = cx.tx.case(&cx.scope, name).await?.ok_or(Error::NotFound("case"))?;
        let etag = cx.etag(&name, last);
        cx.answer(&CallContext::seen(case, etag, None, None)).await
    }

    /// Lists cases.
    pub async fn list_cases(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let query = cx.query(&[("situation_number", Form::Text), ("case_number", Form::Text)])?;
        let rows = cx.tx.cases(&cx.scope, &query.conditions, &query.page).await?;
        let answer = cx.page(
            &query,
            rows,
            |(case, _)| (case.create_time, case.name.0),
            |(case, last)| {
                let etag = cx.etag(&case.name, last);
                Ok(CallContext::seen(case, etag, None, None))
            },
        )?;
        cx.leave(answer).await
    }

    /// Adds a person.
    pub async fn add_person(&self, call: &Call, input: Input<PersonFacts>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let parent = call.parent()?;
        cx.locked_case(parent).await?;
        if let Some(answer) = cx.replay().await? {
            return Ok(answer);
        }
        let permit = cx.authorize(Relation::None)?;
        let facts = input.get()?;
        Error::check(person_violations(facts, cx.actor.now))?;
        let name = PersonId { parent, id: ids::new() };
        let person = Person {
            name,
            facts: facts.clone(),
            status: PersonStatus::Active,
            status_date: facts.warrant_date,
        };
        let content = json!({ "add_person": facts });
        let event = cx.case_event(&permit, parent, name.to_string(), "add_person", content).await?;
        cx.tx.insert_person(&permit, &person, cx.actor.now, head(&event)).await?;
        let receipt = cx.receipt(&event)?;
        let answer = CallContext::seen(person, cx.etag(&name, head(&event)), Some(receipt), None);
        cx.finish(&permit, vec![event], &answer).await
    }

    /// Lists the persons of a case.
    pub async fn list_persons(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let parent = call.parent()?;
        let query = cx.query(&[("status", words_of!("STATUS_", PersonStatus))])?;
        let rows = cx.tx.persons(&cx.scope, parent, &query.conditions, &query.page).await?;
        let answer = cx.page(
            &query,
            rows.ok_or(Error::NotFound("case"))?,
            |(person, time, _)| (*time, person.name.id),
            |(person, _, last)| {
                let etag = cx.etag(&person.name, last);
                Ok(CallContext::seen(person, etag, None, None))
            },
        )?;
        cx.leave(answer).await
    }

    /// Records where a person stands.
    pub async fn update_person_status(
        &self,
        call: &Call,
        input: Input<PersonStatusChange>,
    ) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name: PersonId = call.name()?;
        cx.locked_case(name.parent).await?;
        let (mut person, last) = cx.tx.person(name).await?.ok_or(Error::NotFound("person"))?;
        if let Some(answer) = cx.replay().await? {
            return Ok(answer);
        }
        let permit = cx.authorize(Relation::None)?;
        let change = input.get()?;
        if let Some(text) = clock::not_yet(change.status_date, clock::latest_day(cx.actor.now)) {
            return Err(Error::invalid("status_date", text));
        }
        cx.check_etag(&cx.etag(&name, last))?;
        person.status = change.status;
        person.status_date = Some(change.status_date);
        let content = json!({ "update_person_status": change });
        let event =
            cx.case_event(&permit, name.parent, name.to_string(), "update_person_status", content).await?;
        cx.tx.update_person(&permit, &person, head(&event)).await?;
        cx.tx.forget_kept_purposes(&permit, name).await?;
        if let Some(ending) = Ending::of_person(name, change.status, change.status_date, &change.reason) {
            cx.leave_work(&permit, Cause::Person(name), event.name, &ending).await?;
        }
        let receipt = cx.receipt(&event)?;
        let answer = CallContext::seen(person, cx.etag(&name, head(&event)), Some(receipt), None);
        let answer = cx.finish(&permit, vec![event], &answer).await?;
        self.doorbell.notify_one();
        Ok(answer)
    }

    /// Lists who works on a case.
    pub async fn list_members(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name = call.parent()?;
        cx.tx.case(&cx.scope, name).await?.ok_or(Error::NotFound("case"))?;
        let query = cx.query(&[])?;
        let rows = cx.tx.members(name, &query.page).await?;
        let place = |(member, id): &(case::Member, Uuid)| (member.start_time, *id);
        let answer = cx.page(&query, rows, place, |(member, _)| Ok(Plain(member)))?;
        cx.leave(answer).await
    }

    /// Assigns a Court user.
    pub async fn assign_member(&self, call: &Call, input: Input<Member>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name = call.name()?;
        let (mut case, last) = cx.locked_case(name).await?;
        let who = match input.known() {
            Some(member) => {
                let found = cx.tx.court_account(&member.user).await?;
                // Whom the caller may not assign is not there: else logins of others could be tried here.
                Some(
                    found
                        .filter(|who| cx.may_assign(who.organization.name, who.organization.kind))
                        .ok_or(Error::NotFound("user"))?,
                )
            }
            None => None,
        };
        if let Some(answer) = cx.replay().await? {
            return Ok(answer);
        }
        let permit = cx.authorize(Relation::None)?;
        input.get()?;
        let who = who.ok_or(Error::NotFound("user"))?;
        cx.check_etag(&cx.etag(&name, last))?;
        let member = case::Member {
            user: who.user.name,
            display_name: who.user.display_name,
            organization: who.user.organization,
            start_time: cx.actor.now,
        };
        let content = json!({ "assign_member": member });
        let event = cx.case_event(&permit, name, name.to_string(), "assign_member", content).await?;
        cx.tx.insert_member(&permit, name, member.user, cx.actor.now).await?;
        cx.tx.touch_case(&permit, name, head(&event)).await?;
        case.assign(member);
        let answer = cx.case_answer(case, &event)?;
        cx.finish(&permit, vec![event], &answer).await
    }

    /// Ends an assignment at once.
    pub async fn unassign_member(&self, call: &Call, input: Input<Unassign>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name = call.name()?;
        let whom = input.known().map(|unassign| unassign.user);
        let (mut case, last) = cx.locked_case_of(name, whom).await?;
        if let Some(answer) = cx.replay().await? {
            return Ok(answer);
        }
        let permit = cx.authorize(Relation::None)?;
        let unassign = input.get()?;
        cx.check_etag(&cx.etag(&name, last))?;
        let member = case.member(unassign.user);
        let member = member.ok_or_else(|| wrong_state("this user is not a member of the case"))?;
        let kind = cx
            .tx
            .organization(&cx.scope, member.organization)
            .await?
            .ok_or(Error::NotFound("organization"))?
            .0
            .kind;
        if !cx.may_assign(member.organization, kind) {
            let text = "you assign people of your own organization only";
            return Err(Error::PermissionDenied(Reason::WrongParty, text));
        }
        if case.member_count == 1 {
            return Err(wrong_state("the last member stays: nobody would see the case any more"));
        }
        case.unassign(unassign.user);
        let content = json!({ "unassign_member": unassign });
        let event = cx.case_event(&permit, name, name.to_string(), "unassign_member", content).await?;
        cx.tx.end_member(&permit, name, unassign.user, cx.actor.now).await?;
        cx.tx.touch_case(&permit, name, head(&event)).await?;
        let answer = cx.case_answer(case, &event)?;
        cx.finish(&permit, vec![event], &answer).await
    }
}
