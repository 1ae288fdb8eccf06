//! What attested answers put into the directory: focal points, channel and languages.

use chrono::{DateTime, Utc};

use super::{
    Document, Feed,
    answer::{OptionKeys, SavedAnswer, Value},
};
use crate::{
    country::is_language,
    directory::{Capacity, Changes, ChannelKind, Designation, Directory, NewChannel, NewDesignation},
    ids,
    names::DesignationId,
    states,
};

#[cfg(test)]
mod tests;

/// Whether any answer feeds the directory.
#[must_use]
pub fn feeds(document: &Document) -> bool {
    document.questions.iter().any(|question| question.feeds.is_some())
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

/// What keeps a choice of channel and languages out of the directory: the question, and what would be right.
#[must_use]
pub fn problems(
    directory: &Directory,
    document: &Document,
    answers: &[SavedAnswer],
    at: DateTime<Utc>,
) -> Vec<(String, String)> {
    let Some(chosen) = chosen(directory, document, answers) else { return Vec::new() };
    let question = |field: &str| {
        let wanted = match field {
            field if field.starts_with("channel.languages") => Feed::Languages,
            "channel.description" => Feed::ChannelDescription,
            _ => Feed::Channel,
        };
        let feeding = document.questions.iter().find(|question| question.feeds == Some(wanted));
        feeding.map_or_else(String::new, |question| question.key.clone())
    };
    let violations = chosen.violations(states::by_code(&directory.country_code), at);
    violations.into_iter().map(|violation| (question(&violation.field), violation.description)).collect()
}

/// What answers that were just attested change in the directory.
#[must_use]
pub fn changes(
    directory: &Directory,
    document: &Document,
    answers: &[SavedAnswer],
    now: DateTime<Utc>,
) -> Changes {
    let mut changes = Changes::default();
    for (feed, answer) in fed(document, answers) {
        let capacity = match feed {
            Feed::FocalPoint => Capacity::FocalPoint,
            Feed::DeputyFocalPoint => Capacity::DeputyFocalPoint,
            Feed::Channel | Feed::ChannelDescription | Feed::Interpol | Feed::Languages => continue,
        };
        designate(directory, capacity, answer, now, &mut changes);
    }
    let sound = problems(directory, document, answers, now).is_empty();
    let earlier = directory.channel.as_ref().map_or(0, |channel| channel.number);
    changes.channel =
        chosen(directory, document, answers).filter(|_| sound).map(|new| new.into_channel(earlier, now));
    changes
}

/// The contact of an answer becomes the one designation of its capacity: from the day since when the answer says so,
/// or, where somebody else was designated since then, from today. What is past stays as it was.
fn designate(
    directory: &Directory,
    capacity: Capacity,
    answer: &SavedAnswer,
    now: DateTime<Utc>,
    changes: &mut Changes,
) {
    let Value::Contact(contact) = &answer.value else { return };
    let (valid_from, today) = (answer.valid_from_date, now.date_naive());
    let same: Vec<_> =
        directory.designations.iter().filter(|known| known.facts.capacity == capacity).collect();
    let since = |known: &&&Designation| {
        known.facts.start_date < today && known.facts.end_date.is_none_or(|end| valid_from < end)
    };
    let taken = valid_from < today && same.iter().any(|known| since(&known));
    let start_date = if taken { today } else { valid_from };
    let (holding, other): (Vec<&Designation>, Vec<&Designation>) =
        same.into_iter().partition(|known| known.holds_on(start_date));
    if holding.iter().any(|known| known.facts.contact == *contact) {
        return;
    }
    for known in holding {
        changes.ended.push(Designation {
            facts: NewDesignation { end_date: Some(start_date), ..known.facts.clone() },
            ..known.clone()
        });
    }
    let next = other.iter().map(|known| known.facts.start_date).filter(|start| *start > start_date).min();
    changes.designated.push(Designation {
        name: DesignationId { parent: directory.name, id: ids::new() },
        facts: NewDesignation { capacity, contact: contact.clone(), start_date, end_date: next },
        create_time: now,
    });
}

/// The channel that the answers choose, where it differs from the newest one. What they leave open stays as it was;
/// without any language there is nothing to choose yet.
fn chosen(directory: &Directory, document: &Document, answers: &[SavedAnswer]) -> Option<NewChannel> {
    let newest = directory.channel.as_ref().map(|channel| &channel.facts);
    let (mut kind, mut languages, mut description, mut interpol) = (None, None::<Vec<String>>, None, None);
    let tags = |words: &mut dyn Iterator<Item = &str>| -> Vec<String> {
        words.filter(|word| is_language(word)).map(str::to_owned).collect()
    };
    for (feed, answer) in fed(document, answers) {
        match (feed, &answer.value) {
            (Feed::Channel, Value::Option(option)) => kind = option.parse::<ChannelKind>().ok(),
            (Feed::Languages, Value::Options(OptionKeys { keys })) => {
                languages.get_or_insert_default().extend(tags(&mut keys.iter().map(String::as_str)));
            }
            (Feed::Languages, Value::Text(words)) => {
                languages.get_or_insert_default().extend(tags(&mut words.text.split_whitespace()));
            }
            (Feed::ChannelDescription, Value::Text(words)) => description = Some(words.text.clone()),
            (Feed::Interpol, Value::Boolean(accepted)) => interpol = Some(*accepted),
            _ => {}
        }
    }
    if kind.is_none() && languages.is_none() && description.is_none() && interpol.is_none() {
        return None;
    }
    let kind = kind.or(newest.map(|channel| channel.kind))?;
    let kept = newest.filter(|channel| channel.kind == kind).and_then(|channel| channel.description.clone());
    let new = NewChannel {
        kind,
        description: description.or(kept),
        interpol_accepted: interpol.or(newest.map(|channel| channel.interpol_accepted)).unwrap_or(false),
        languages: languages
            .filter(|tags| !tags.is_empty())
            .or_else(|| newest.map(|channel| channel.languages.clone()))
            .unwrap_or_default(),
        received_date: None,
        agreed_date: None,
    };
    let same = newest.is_some_and(|channel| {
        let received = NewChannel { received_date: None, agreed_date: None, ..channel.clone() };
        received == new
    });
    (!same && !new.languages.is_empty()).then_some(new)
}
