use serde_json::json;

use super::*;
use crate::{
    directory::{Channel, Contact},
    names::{OrganizationId, UserId},
    text::LocalizedText,
};

const DAY: &str = "2026-03-10";

fn now() -> DateTime<Utc> {
    format!("{DAY}T12:00:00Z").parse().unwrap()
}

fn document() -> Document {
    let question = |key: &str, kind: &str, feeds: &str| {
        json!({
            "key": key, "section": "A", "type": kind, "label": { "en": key }, "feeds": feeds,
        })
    };
    serde_json::from_value(json!({
        "key": "small", "title": { "en": "Small" }, "sections": [],
        "questions": [
            question("who", "contact", "focal_point"),
            question("channel", "select_one", "channel"),
            question("which", "text", "channel_description"),
            question("interpol", "boolean", "interpol"),
            question("languages", "select_multiple", "languages"),
            question("others", "text", "languages"),
        ],
    }))
    .unwrap()
}

fn answer(question: &str, value: Value) -> SavedAnswer {
    SavedAnswer {
        question: question.into(),
        number: 1,
        value,
        valid_from_date: "2026-02-01".parse().unwrap(),
        shared: false,
        comment: None,
        author: UserId::random(),
        author_display_name: "Ana".into(),
        create_time: now(),
        head: [0; 32],
        attested: false,
    }
}

fn contact(authority: &str) -> Contact {
    Contact {
        authority: authority.into(),
        person_display_name: None,
        postal_address: None,
        email: None,
        telephone: None,
        around_the_clock: false,
    }
}

fn languages(tags: &[&str]) -> SavedAnswer {
    answer(
        "languages",
        Value::Options(OptionKeys { keys: tags.iter().map(|tag| (*tag).to_owned()).collect() }),
    )
}

fn channel(key: &str) -> SavedAnswer {
    answer("channel", Value::Option(key.into()))
}

/// The directory of Portugal as it is after these answers, one lot after the other.
fn after(lots: &[&[SavedAnswer]]) -> Directory {
    let mut directory = Directory {
        name: OrganizationId::random(),
        country_code: "PT".into(),
        designations: Vec::new(),
        channel: None,
    };
    for answers in lots {
        let changes = changes(&directory, &document(), answers, now());
        change(&mut directory, changes);
    }
    directory
}

fn change(directory: &mut Directory, changes: Changes) {
    for ended in changes.ended {
        let known = directory.designations.iter_mut().find(|known| known.name == ended.name).unwrap();
        *known = ended;
    }
    directory.designations.extend(changes.designated);
    directory.channel = changes.channel.or(directory.channel.take());
}

/// The channel that was chosen last.
fn chosen_channel(directory: &Directory) -> &Channel {
    directory.channel.as_ref().unwrap()
}

#[test]
fn a_contact_becomes_the_focal_point_and_the_next_one_ends_it() {
    let who = |authority: &str| answer("who", Value::Contact(contact(authority)));
    let first = after(&[&[who("Ministry of Justice")]]);
    assert_eq!(first.designations[0].facts.start_date.to_string(), "2026-02-01");
    let same = after(&[&[who("Ministry of Justice")], &[who("Ministry of Justice")]]);
    assert_eq!(same.designations.len(), 1, "the same contact again changes nothing");
    let second = after(&[&[who("Ministry of Justice")], &[who("Prosecutor General")]]);
    let ends: Vec<_> = second.designations.iter().map(|known| known.facts.end_date.is_some()).collect();
    assert_eq!(ends, [true, false]);
}

#[test]
fn what_is_past_stays_as_it_was() {
    let designated = |start: &str, end: Option<&str>| {
        let mut directory = after(&[]);
        directory.designations.push(Designation {
            name: DesignationId { parent: directory.name, id: ids::new() },
            facts: NewDesignation {
                capacity: Capacity::FocalPoint,
                contact: contact("Ministry of Justice"),
                start_date: start.parse().unwrap(),
                end_date: end.map(|end| end.parse().unwrap()),
            },
            create_time: now(),
        });
        directory
    };
    let days = |mut directory: Directory, valid_from: &str| {
        let mut answer = answer("who", Value::Contact(contact("Prosecutor General")));
        answer.valid_from_date = valid_from.parse().unwrap();
        let changes = changes(&directory, &document(), &[answer], now());
        change(&mut directory, changes);
        let day = |day: chrono::NaiveDate| day.to_string();
        let of = |known: &Designation| (day(known.facts.start_date), known.facts.end_date.map(day));
        directory.designations.iter().map(of).collect::<Vec<_>>()
    };
    let is = |start: &str, end: Option<&str>| (start.to_owned(), end.map(str::to_owned));
    // Somebody was designated since: from today.
    let open = designated("2020-01-01", None);
    assert_eq!(days(open, "1999-01-01"), [is("2020-01-01", Some(DAY)), is(DAY, None)]);
    // Nobody was: from the day of the answer.
    let ended = designated("2020-01-01", Some("2021-01-01"));
    assert_eq!(days(ended, "2026-01-01"), [is("2020-01-01", Some("2021-01-01")), is("2026-01-01", None)]);
    // A day to come ends what holds then, and an end that was set before it stays.
    let open = designated("2020-01-01", None);
    assert_eq!(days(open, "2027-01-01"), [is("2020-01-01", Some("2027-01-01")), is("2027-01-01", None)]);
    let planned = designated("2020-01-01", Some("2026-06-01"));
    assert_eq!(days(planned, "2027-01-01"), [is("2020-01-01", Some("2026-06-01")), is("2027-01-01", None)]);
    // Before one that is to come, the new one ends.
    let coming = designated("2028-01-01", None);
    assert_eq!(days(coming, "2027-01-01"), [is("2028-01-01", None), is("2027-01-01", Some("2028-01-01"))]);
}

#[test]
fn answers_choose_the_channel_and_what_they_leave_open_stays() {
    let first = after(&[&[channel("diplomatic"), languages(&["pt", "en", "other"])]]);
    assert_eq!(
        chosen_channel(&first).facts.languages,
        ["pt", "en"],
        "what is no language tag does not count"
    );
    assert_eq!(chosen_channel(&first).effective_date.to_string(), DAY, "a first choice holds at once");
    let second = after(&[&[channel("diplomatic"), languages(&["pt"])], &[languages(&["fr"])]]);
    assert_eq!(chosen_channel(&second).facts.kind, ChannelKind::Diplomatic);
    assert_eq!(chosen_channel(&second).effective_date.to_string(), "2026-04-24", "a change after 45 days");
    let same = after(&[&[channel("diplomatic"), languages(&["pt"])], &[channel("diplomatic")]]);
    assert_eq!(chosen_channel(&same).number, 1);
    assert_eq!(after(&[&[languages(&["pt"])]]).channel, None, "languages alone choose no channel");
    assert_eq!(after(&[&[channel("diplomatic"), languages(&["none"])]]).channel, None, "nor does none");
    let words = LocalizedText { text: "pt 1234567890".into(), language_code: "en".into() };
    let written = [channel("diplomatic"), languages(&["en", "other"]), answer("others", Value::Text(words))];
    assert_eq!(chosen_channel(&after(&[&written])).facts.languages, ["en", "pt"]);
}

#[test]
fn another_channel_is_described() {
    let which = answer(
        "which",
        Value::Text(LocalizedText { text: "The embassy".into(), language_code: "en".into() }),
    );
    let interpol = answer("interpol", Value::Boolean(true));
    let chosen = after(&[&[channel("other"), which, interpol, languages(&["pt"])]]);
    let facts = &chosen_channel(&chosen).facts;
    assert_eq!((facts.description.as_deref(), facts.interpol_accepted), (Some("The embassy"), true));
}

#[test]
fn what_the_directory_cannot_take_is_told_by_question() {
    let told = |answers: &[SavedAnswer]| {
        let found = problems(&after(&[]), &document(), answers, now());
        found.into_iter().map(|(question, _)| question).collect::<Vec<_>>()
    };
    assert_eq!(told(&[channel("diplomatic"), languages(&["pt"])]), <[&str; 0]>::default());
    assert_eq!(told(&[channel("other"), languages(&["pt"])]), ["which"]);
    assert_eq!(told(&[channel("diplomatic"), languages(&["de"])]), ["languages"]);
    assert_eq!(told(&[channel("diplomatic")]), <[&str; 0]>::default(), "no language yet, no channel yet");
}
