//! The directory: who speaks for a State, by which channel and in which languages it receives requests.

use crate::app::Answer;
use chrono::NaiveDate;
use focalnet_domain::{
    directory::{Changes, Designation, NewChannel, NewDesignation},
    error::Violation,
    ids,
    journal::{Audience, Event, Hash, Stream, Subject},
    names::{DesignationId, OrganizationId},
    organization::Kind,
    states,
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{
    App, Call, Input,
    call::Plain,
    context::{CallContext, Entry, event, head},
    lists::Form,
    users::wrong_state,
};
use crate::{
    authz::{Permit, policy::Relation},
    error::{Error, Result},
    store::Numbered,
};

/// Who is designated.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Designate {
    /// The designation.
    pub designation: NewDesignation,
}

/// When a designation ends.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct EndDate {
    /// First day on which it no longer holds.
    pub end_date: NaiveDate,
}

/// Channel and languages.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ChannelChoice {
    /// What was chosen.
    pub channel: NewChannel,
}

/// The day to look at.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Day {
    /// The day; today when nothing is said.
    pub as_of_date: Option<NaiveDate>,
}

const fn stream(state: OrganizationId) -> Stream {
    Stream { subject: Subject::Organization(state), audience: Audience::Directory }
}

impl CallContext<'_> {
    fn entry_etag(&self, state: OrganizationId, head: Option<Hash>) -> String {
        self.app.keys.etag(&format!("{state}/directory"), head)
    }

    /// Saves a change of an entry that is locked, and gives its event.
    pub(super) async fn record_directory(
        &self,
        permit: &Permit,
        state: OrganizationId,
        act: &str,
        content: Value,
        changes: &Changes,
    ) -> Result<Event> {
        let stream = stream(state);
        let position = self.tx.position(stream).await?;
        let event = event(permit, Entry::new(stream, position, act, &state, json!({ act: content })))?;
        let Changes { ended, designated, channel } = changes;
        self.tx.save_directory(permit, state, ended, designated, channel.as_ref(), head(&event)).await?;
        Ok(event)
    }

    async fn finish_directory(
        self,
        permit: &Permit,
        state: OrganizationId,
        act: &str,
        content: Value,
        changes: &Changes,
    ) -> Result<Answer> {
        let event = self.record_directory(permit, state, act, content, changes).await?;
        let today = self.actor.now.date_naive();
        let (entry, ..) =
            self.tx.directory(&self.scope, state, today).await?.ok_or(Error::NotFound("directory"))?;
        let etag = self.entry_etag(state, Some(head(&event)));
        let answer = CallContext::seen(entry, etag, Some(self.receipt(&event)?), None);
        self.finish(permit, vec![event], &answer).await
    }

    /// Locks the entry of a State, and gives its country code and the last hash of its stream; what the caller may not see
    /// is `NOT_FOUND`.
    async fn lock_directory(&self, state: OrganizationId) -> Result<(String, Option<Hash>)> {
        self.tx.lock_directory(&self.scope, state).await?.ok_or(Error::NotFound("directory"))
    }
}

impl App {
    /// Designates a focal point or deputy.
    pub async fn designate_focal_point(&self, call: &Call, input: Input<Designate>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let state: OrganizationId = call.parent()?;
        cx.lock_directory(state).await?;
        if let Some(answer) = cx.replay().await? {
            return Ok(answer);
        }
        let permit = cx.authorize(Relation::None)?;
        let Designate { designation } = input.get()?;
        Error::check(designation.violations())?;
        let designated = Designation {
            name: DesignationId { parent: state, id: ids::new() },
            facts: designation.clone(),
            create_time: cx.actor.now,
        };
        let content = json!(designated);
        let changes = Changes { designated: vec![designated], ..Changes::default() };
        cx.finish_directory(&permit, state, "designate_focal_point", content, &changes).await
    }

    /// Ends a designation.
    pub async fn end_designation(&self, call: &Call, input: Input<EndDate>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name: DesignationId = call.name()?;
        let (_, last) = cx.lock_directory(name.parent).await?;
        let mut designation = cx.tx.designation(name).await?.ok_or(Error::NotFound("designation"))?;
        if let Some(answer) = cx.replay().await? {
            return Ok(answer);
        }
        let permit = cx.authorize(Relation::None)?;
        let EndDate { end_date } = *input.get()?;
        if end_date < designation.facts.start_date {
            return Err(Error::invalid("end_date", "is before the first day of the designation"));
        }
        cx.check_etag(&cx.entry_etag(name.parent, last))?;
        if designation.facts.end_date.is_some() {
            return Err(wrong_state("the designation has an end already"));
        }
        designation.facts.end_date = Some(end_date);
        let content = json!({ "designation": name, "end_date": end_date });
        let changes = Changes { ended: vec![designation], ..Changes::default() };
        cx.finish_directory(&permit, name.parent, "end_designation", content, &changes).await
    }

    /// Records channel and languages.
    pub async fn set_channel(&self, call: &Call, input: Input<ChannelChoice>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let state: OrganizationId = call.parent()?;
        let (country_code, _) = cx.lock_directory(state).await?;
        if let Some(answer) = cx.replay().await? {
            return Ok(answer);
        }
        let permit = cx.authorize(Relation::None)?;
        let ChannelChoice { channel } = input.get()?;
        let mut violations = channel.violations(states::by_code(&country_code), cx.actor.now);
        if cx.actor.kind == Kind::State {
            let only = "only the Registry says: leave it out";
            let set = [("received_date", channel.received_date), ("agreed_date", channel.agreed_date)];
            let set = set.into_iter().filter(|(_, day)| day.is_some());
            violations.extend(set.map(|(field, _)| Violation::new(format!("channel.{field}"), only)));
        }
        Error::check(violations)?;
        let earlier = cx.tx.last_channel(state).await?;
        let channel = channel.clone().into_channel(earlier, cx.actor.now);
        let content = json!(channel);
        let changes = Changes { channel: Some(channel), ..Changes::default() };
        cx.finish_directory(&permit, state, "set_channel", content, &changes).await
    }

    /// Lists what the directory knows.
    pub async fn list_focal_points(&self, call: &Call, input: Input<Day>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let which = if call.parent == "organizations/-" { None } else { Some(call.parent()?) };
        let Day { as_of_date } = *input.get()?;
        let fields =
            [("country_code", Form::Text), ("focal_point", Form::Word("", vec!["missing", "designated"]))];
        let query = cx.query(&fields)?;
        let day = as_of_date.unwrap_or_else(|| cx.actor.now.date_naive());
        let rows = match which {
            Some(state) => {
                let entry =
                    cx.tx.directory(&cx.scope, state, day).await?.ok_or(Error::NotFound("directory"))?;
                Some(entry).filter(|(entry, ..)| entry.fits(&query.conditions)).into_iter().collect()
            }
            None => cx.tx.directories(&cx.scope, day, &query.conditions, &query.page).await?,
        };
        let answer = cx.page(
            &query,
            rows,
            |(entry, time, _)| (*time, entry.name.0),
            |(entry, _, head)| {
                let etag = cx.entry_etag(entry.name, head);
                Ok(CallContext::seen(entry, etag, None, None))
            },
        )?;
        cx.leave(answer).await
    }

    /// Lists the designations of a State.
    pub async fn list_designations(&self, call: &Call, input: Input<Day>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let query = cx.query(&[])?;
        let Day { as_of_date } = *input.get()?;
        let rows = cx.tx.designations(&cx.scope, call.parent()?, as_of_date, &query.page).await?;
        let rows = rows.ok_or(Error::NotFound("directory"))?;
        let place = |designation: &Designation| (designation.create_time, designation.name.id);
        let answer = cx.page(&query, rows, place, |designation| Ok(Plain(designation)))?;
        cx.leave(answer).await
    }

    /// Lists the versions of a State's channel and languages.
    pub async fn list_channels(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let query = cx.query(&[])?;
        let rows = cx.tx.channels(&cx.scope, call.parent()?, &query.page).await?;
        let rows = rows.ok_or(Error::NotFound("directory"))?;
        let answer = cx.page(&query, rows, Numbered::place, |row| Ok(Plain(row.entry)))?;
        cx.leave(answer).await
    }
}
