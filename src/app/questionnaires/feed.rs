//! What attested answers put into the directory: focal points, channel and languages.

use chrono::NaiveDate;
use serde_json::json;

use super::read;
use crate::{
    app::{directory::Changes, work::Work},
    authz::Permit,
    domain::{
        directory::{Capacity, ChannelKind, Designation, Directory, NewChannel, NewDesignation},
        ids,
        journal::Event,
        names::DesignationId,
        questionnaire::{
            Document, Feed,
            answer::{OptionKeys, SavedAnswer, Value},
        },
        states,
    },
    error::{Error, Result},
    store::Responding,
};

impl Work<'_> {
    /// Brings the directory into line with answers that were just attested, and gives the event if anything changed.
    pub(super) async fn feed(
        &self,
        permit: &Permit,
        responding: &Responding,
        answers: &[SavedAnswer],
    ) -> Result<Option<Event>> {
        let document = read::document(responding)?;
        if document.questions.iter().all(|question| question.feeds.is_none()) {
            return Ok(None);
        }
        let state = responding.response.requested_state;
        self.tx.lock_directory(&self.scope, state).await?.ok_or(Error::NotFound)?;
        let (directory, ..) = self.tx.directory(&self.scope, state).await?.ok_or(Error::NotFound)?;
        let today = self.actor.now.date_naive();
        let mut changes = Changes::default();
        for (feed, answer) in fed(document, answers) {
            let capacity = match feed {
                Feed::FocalPoint => Capacity::FocalPoint,
                Feed::DeputyFocalPoint => Capacity::DeputyFocalPoint,
                Feed::Channel | Feed::Languages => continue,
            };
            designate(&directory, capacity, answer, today, self.actor.now, &mut changes);
        }
        let earlier = directory.channels.last();
        let chosen = chosen(&directory, document, answers);
        changes.channel = chosen
            .filter(|new| new.violations(states::by_code(&directory.country_code), today).is_empty())
            .map(|new| new.into_channel(earlier.map_or(0, |channel| channel.number), self.actor.now));
        if changes.designated.is_empty() && changes.channel.is_none() {
            return Ok(None);
        }
        let content = json!({
            "response": responding.response.name, "ended": changes.ended.iter().map(|d| d.name).collect::<Vec<_>>(),
            "designated": changes.designated, "channel": changes.channel,
        });
        self.record_directory(permit, state, "feed_directory", content, &changes).await.map(Some)
    }
}

/// The answers that feed the directory.
fn fed<'a>(
    document: &'a Document,
    answers: &'a [SavedAnswer],
) -> impl Iterator<Item = (Feed, &'a SavedAnswer)> {
    document.questions.iter().filter_map(move |question| {
        let answer = answers.iter().find(|answer| answer.question == question.key)?;
        Some((question.feeds?, answer))
    })
}

/// The contact of an answer becomes the one designation of its capacity, from the day since when the answer says so.
fn designate(
    directory: &Directory,
    capacity: Capacity,
    answer: &SavedAnswer,
    today: NaiveDate,
    now: chrono::DateTime<chrono::Utc>,
    changes: &mut Changes,
) {
    let Value::Contact(contact) = &answer.value else { return };
    let start_date = answer.valid_from_date;
    let in_force: Vec<&Designation> = directory
        .designations
        .iter()
        .filter(|known| known.facts.capacity == capacity)
        .filter(|known| known.holds_on(today) || known.holds_on(start_date))
        .collect();
    if in_force.iter().any(|known| known.facts.contact == *contact) {
        return;
    }
    for known in in_force {
        let end_date = Some(start_date.max(known.facts.start_date));
        changes
            .ended
            .push(Designation { facts: NewDesignation { end_date, ..known.facts.clone() }, ..known.clone() });
    }
    changes.designated.push(Designation {
        name: DesignationId { parent: directory.name, id: ids::new() },
        facts: NewDesignation { capacity, contact: contact.clone(), start_date, end_date: None },
        create_time: now,
    });
}

/// The channel that the answers choose, where it differs from the newest one. What they leave open stays as it was.
fn chosen(directory: &Directory, document: &Document, answers: &[SavedAnswer]) -> Option<NewChannel> {
    let (mut kind, mut languages) = (None, None);
    for (feed, answer) in fed(document, answers) {
        match (feed, &answer.value) {
            (Feed::Channel, Value::Option(option)) => kind = option.parse::<ChannelKind>().ok(),
            (Feed::Languages, Value::Options(OptionKeys { keys })) => {
                let tags = keys.iter().filter(|key| crate::domain::country::is_language(key));
                languages = Some(tags.cloned().collect::<Vec<_>>());
            }
            _ => {}
        }
    }
    let newest = directory.channels.last().map(|channel| &channel.facts);
    let kind = kind.or(newest.map(|channel| channel.kind))?;
    let languages = languages
        .filter(|tags| !tags.is_empty())
        .or_else(|| newest.map(|channel| channel.languages.clone()))?;
    let same = newest.is_some_and(|channel| channel.kind == kind && channel.languages == languages);
    (!same).then(|| NewChannel {
        kind,
        description: newest
            .filter(|channel| channel.kind == kind)
            .and_then(|channel| channel.description.clone()),
        interpol_accepted: newest.is_some_and(|channel| channel.interpol_accepted),
        languages,
        received_date: None,
        agreed_date: None,
    })
}
