//! The directory: who speaks for a State, by which channel and in which languages it receives requests.

use crate::app::Answer;
use chrono::NaiveDate;
use focalnet_domain::{
    directory::{Changes, Designation, Directory, DirectoryEntry, NewChannel, NewDesignation},
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
    App, Call, Input, Seen,
    call::ReceiptView,
    context::{CallContext, Entry, event, head},
    lists::Form,
    users::wrong_state,
};
use crate::{
    authz::{Permit, policy::Relation},
    error::{Error, Result},
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

    fn entry_seen(
        &self,
        directory: Directory,
        head: Option<Hash>,
        day: NaiveDate,
        receipt: Option<ReceiptView>,
    ) -> Seen<DirectoryEntry> {
        let etag = self.entry_etag(directory.name, head);
        CallContext::seen(directory.on(day), etag, receipt, None)
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
        mut directory: Directory,
        act: &str,
        content: Value,
        changes: &Changes,
    ) -> Result<Answer> {
        let event = self.record_directory(permit, directory.name, act, content, changes).await?;
        changes.apply(&mut directory);
        let receipt = self.receipt(&event)?;
        let today = self.actor.now.date_naive();
        let answer = self.entry_seen(directory, Some(head(&event)), today, Some(receipt));
        self.finish(permit, vec![event], &answer).await
    }

    /// The entry of a State, locked; what the caller may not see is `NOT_FOUND`.
    async fn locked_directory(&self, state: OrganizationId) -> Result<(Directory, Option<Hash>)> {
        self.tx.lock_directory(&self.scope, state).await?.ok_or(Error::NotFound("directory"))?;
        let (directory, _, head) =
            self.tx.directory(&self.scope, state).await?.ok_or(Error::NotFound("directory"))?;
        Ok((directory, head))
    }
}

impl App {
    /// Designates a focal point or deputy.
    pub async fn designate_focal_point(&self, call: &Call, input: Input<Designate>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let (directory, _) = cx.locked_directory(call.parent()?).await?;
        if let Some(answer) = cx.replay().await? {
            return Ok(answer);
        }
        let permit = cx.authorize(Relation::None)?;
        let Designate { designation } = input.get()?;
        Error::check(designation.violations())?;
        let designated = Designation {
            name: DesignationId { parent: directory.name, id: ids::new() },
            facts: designation.clone(),
            create_time: cx.actor.now,
        };
        let content = json!(designated);
        let changes = Changes { designated: vec![designated], ..Changes::default() };
        cx.finish_directory(&permit, directory, "designate_focal_point", content, &changes).await
    }

    /// Ends a designation.
    pub async fn end_designation(&self, call: &Call, input: Input<EndDate>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name: DesignationId = call.name()?;
        let (directory, last) = cx.locked_directory(name.parent).await?;
        let known = directory.designations.iter().find(|known| known.name == name);
        let mut designation = known.cloned().ok_or(Error::NotFound("designation"))?;
        if let Some(answer) = cx.replay().await? {
            return Ok(answer);
        }
        let permit = cx.authorize(Relation::None)?;
        let EndDate { end_date } = *input.get()?;
        if end_date < designation.facts.start_date {
            return Err(Error::invalid("end_date", "is before the first day of the designation"));
        }
        cx.check_etag(&cx.entry_etag(directory.name, last))?;
        if designation.facts.end_date.is_some() {
            return Err(wrong_state("the designation has an end already"));
        }
        designation.facts.end_date = Some(end_date);
        let content = json!({ "designation": name, "end_date": end_date });
        let changes = Changes { ended: vec![designation], ..Changes::default() };
        cx.finish_directory(&permit, directory, "end_designation", content, &changes).await
    }

    /// Records channel and languages.
    pub async fn set_channel(&self, call: &Call, input: Input<ChannelChoice>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let (directory, _) = cx.locked_directory(call.parent()?).await?;
        if let Some(answer) = cx.replay().await? {
            return Ok(answer);
        }
        let permit = cx.authorize(Relation::None)?;
        let ChannelChoice { channel } = input.get()?;
        let today = cx.actor.now.date_naive();
        let mut violations = channel.violations(states::by_code(&directory.country_code), today);
        if cx.actor.kind == Kind::State {
            let only = "only the Registry says: leave it out";
            let set = [("received_date", channel.received_date), ("agreed_date", channel.agreed_date)];
            let set = set.into_iter().filter(|(_, day)| day.is_some());
            violations.extend(set.map(|(field, _)| Violation::new(format!("channel.{field}"), only)));
        }
        Error::check(violations)?;
        let earlier = directory.channels.last().map_or(0, |channel| channel.number);
        let channel = channel.clone().into_channel(earlier, cx.actor.now);
        let content = json!(channel);
        let changes = Changes { channel: Some(channel), ..Changes::default() };
        cx.finish_directory(&permit, directory, "set_channel", content, &changes).await
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
                let entry = cx.tx.directory(&cx.scope, state).await?.ok_or(Error::NotFound("directory"))?;
                Some(entry)
                    .filter(|(directory, ..)| directory.fits(&query.conditions, day))
                    .into_iter()
                    .collect()
            }
            None => cx.tx.directories(&cx.scope, day, &query.conditions, &query.page).await?,
        };
        let answer = cx.page(
            &query,
            rows,
            |(directory, time, _)| (*time, directory.name.0),
            |(directory, _, head)| Ok(cx.entry_seen(directory, head, day, None)),
        )?;
        cx.leave(answer).await
    }
}
