//! Whatever the owner of the database does to stored events is found by whoever reads them, and the event is named.

use focalnet_domain::journal::{Bad, Event, verify};
use proptest::{prelude::*, test_runner::TestRunner};
use serde_json::{Value, json};
use sqlx::PgConnection;
use tonic::Code;

use super::Tale;
use crate::support::{
    actor::Actor,
    ledger::{run, texts},
    refusals::refused,
    terminal::Terminal,
};

/// Columns that no link of the chain covers, and why they need not be.
const DERIVED: &[(&str, &str)] = &[
    ("subject_id", "it is the id in `stream`, and only says where to look"),
    ("audience", "it is the last word of `stream`, and only says where to look"),
];

/// Columns whose texts are words of the program, each with another such word. Any other text the server refuses to
/// take for an event.
const WORDS: &[(&str, &str)] = &[
    ("stream", "freezingRequests/00000000-0000-4000-8000-000000000000/shared"),
    ("organ", "presidency"),
    ("role", "judge"),
];

/// The owner of the database, with a copy of the journal to go back to.
struct Forger {
    database: PgConnection,
}

impl Forger {
    async fn of(tale: &Tale) -> Self {
        let mut database = tale.world.database_as("postgres").await;
        run(&mut database, "CREATE TABLE kept AS TABLE journal_event").await.unwrap();
        Self { database }
    }

    /// Whoever owns a table can also do away with what guards it.
    async fn drops_guards(&mut self) {
        let guards = "SELECT conname::text FROM pg_constraint
                      WHERE conrelid = 'journal_event'::regclass AND contype IN ('c', 'u')";
        for name in texts(&mut self.database, guards).await {
            self.does(&format!("ALTER TABLE journal_event DROP CONSTRAINT {name}")).await;
        }
    }

    async fn does(&mut self, sql: &str) -> u64 {
        run(&mut self.database, sql).await.unwrap()
    }

    async fn sets(&mut self, event: &Event, column: &str, value: &str) {
        let sql = format!("UPDATE journal_event SET \"{column}\" = {value} WHERE id = '{}'", event.name.0);
        assert_eq!(self.does(&sql).await, 1);
    }

    async fn restores(&mut self) {
        self.does("TRUNCATE journal_event").await;
        self.does("INSERT INTO journal_event TABLE kept").await;
    }

    /// The columns with their types.
    async fn columns(&mut self) -> Vec<(String, String)> {
        let sql = "SELECT column_name || ' ' || udt_name FROM information_schema.columns
                   WHERE table_schema = 'public' AND table_name = 'journal_event' ORDER BY ordinal_position";
        let columns = texts(&mut self.database, sql).await;
        columns
            .iter()
            .map(|column| column.split_once(' ').unwrap())
            .map(|(name, kind)| (name.into(), kind.into()))
            .collect()
    }
}

/// Three changes to a value of a type, each in SQL: of its first, its middle and its last byte.
fn changes(column: &str, kind: &str) -> Vec<String> {
    let name = format!("\"{column}\"");
    let bytes = |of: &str| {
        let change = |at: &str| format!("set_byte({of}, {at}, get_byte({of}, {at}) # 1)");
        ["0".to_owned(), format!("length({of}) / 2"), format!("length({of}) - 1")].map(|at| change(&at))
    };
    if let Some((_, word)) = WORDS.iter().find(|(word, _)| *word == column) {
        return vec![format!("'{word}'")];
    }
    match kind {
        "text" => ["1".to_owned(), format!("(length({name}) + 1) / 2"), format!("length({name})")]
            .map(|at| {
                format!("overlay({name} PLACING chr(ascii(substr({name}, {at}, 1)) # 1) FROM {at} FOR 1)")
            })
            .to_vec(),
        "bytea" => bytes(&name).to_vec(),
        "uuid" => {
            bytes(&format!("uuid_send({name})")).map(|value| format!("encode({value}, 'hex')::uuid")).to_vec()
        }
        "int8" => ["1", "2", "256"].map(|by| format!("{name} + {by}")).to_vec(),
        "timestamptz" => {
            ["microsecond", "second", "year"].map(|by| format!("{name} + interval '1 {by}'")).to_vec()
        }
        _ => unreachable!("{column}: say how a value of type {kind} is changed"),
    }
}

/// An act of each side, as its own side reads it: with everything that the journal holds of it.
async fn one_event_of_each_side(tale: &Tale) -> [(Actor, Event); 2] {
    let readers = [
        (tale.world.registry().officer(), "transmit"),
        (tale.world.portugal().focal_point(), "assign_authority"),
    ];
    let mut found = Vec::new();
    for (reader, act) in readers {
        let events = tale.exported_by(&reader).await;
        let event = events.into_iter().find(|event| event.act == act).unwrap();
        assert!(!event.content.is_empty() && !event.persons.is_empty() && event.role.is_some());
        found.push((reader, event));
    }
    found.try_into().unwrap()
}

async fn what_is_found(tale: &Tale, reader: &Actor) -> Bad {
    verify(&tale.exported_by(reader).await).unwrap_err()
}

#[tokio::test]
async fn a_changed_byte_in_any_column_is_found_and_its_event_named() {
    let tale = Tale::told().await;
    let mut forger = Forger::of(&tale).await;
    forger.drops_guards().await;
    let columns = forger.columns().await;
    for (reader, event) in one_event_of_each_side(&tale).await {
        for (column, kind) in
            columns.iter().filter(|(column, _)| DERIVED.iter().all(|(derived, _)| derived != column))
        {
            for change in changes(column, kind) {
                forger.sets(&event, column, &change).await;
                let read = tale.exported_by(&reader).await;
                let bad = verify(&read).expect_err(&format!("{column} = {change} of {}", event.act));
                match column.as_str() {
                    // Its name is what was changed; its place is still the same.
                    "id" => assert_eq!((bad.stream, bad.index), (event.stream, event.index)),
                    // The event is at another place now. What does not fit is the event at that place, or the
                    // gap that it left.
                    "index" | "stream" => {
                        let after = read
                            .iter()
                            .find(|after| after.stream == event.stream && after.index == event.index + 1);
                        let named = after.into_iter().map(|after| after.name).chain([event.name]);
                        assert!(
                            named.into_iter().any(|name| name == bad.event),
                            "{column} = {change}: {bad}"
                        );
                    }
                    _ => assert_eq!(bad.event, event.name, "{column} = {change}: {bad}"),
                }
                forger.restores().await;
                verify(&tale.exported_by(&reader).await).unwrap();
            }
        }
    }
}

#[tokio::test]
async fn a_column_that_only_says_where_to_look_cannot_hide_an_event() {
    let tale = Tale::told().await;
    let mut forger = Forger::of(&tale).await;
    let columns = forger.columns().await;
    let values = [("subject_id", "gen_random_uuid()"), ("audience", "'court'")];
    for (reader, event) in one_event_of_each_side(&tale).await {
        for (column, value) in values {
            let sql = format!("UPDATE journal_event SET {column} = {value} WHERE id = '{}'", event.name.0);
            let told = run(&mut forger.database, &sql).await.unwrap_err();
            assert!(told.to_string().contains("ck_journal_event_stream"), "{told}");
        }
        forger.does("ALTER TABLE journal_event DROP CONSTRAINT IF EXISTS ck_journal_event_stream").await;
        for (column, value) in values {
            forger.sets(&event, column, value).await;
            let bad = what_is_found(&tale, &reader).await;
            assert_eq!((bad.stream, bad.index), (event.stream, event.index + 1), "{column}: {bad}");
            forger.restores().await;
        }
        forger.does("ALTER TABLE journal_event ADD CONSTRAINT ck_journal_event_stream CHECK (stream LIKE '%/' || subject_id::text || '/' || audience)").await;
    }
    for (column, why) in DERIVED {
        assert!(columns.iter().any(|(name, _)| name == column), "{column} ({why}) is no column any more");
    }
    assert_eq!(
        values.map(|(column, _)| column).to_vec(),
        DERIVED.iter().map(|(column, _)| *column).collect::<Vec<_>>()
    );
}

/// What is no word of the program is not shown as if it were one.
#[tokio::test]
async fn an_unknown_word_is_not_passed_on() {
    let tale = Tale::told().await;
    let mut forger = Forger::of(&tale).await;
    forger.drops_guards().await;
    for (reader, event) in one_event_of_each_side(&tale).await {
        for (column, _) in WORDS {
            forger.sets(&event, column, "'nonsense'").await;
            assert_eq!(refused(reader.exports(&tale.name).await).0, Code::Internal, "{column}");
            forger.restores().await;
        }
    }
}

#[tokio::test]
async fn deleted_swapped_and_doubled_events_are_found() {
    let tale = Tale::told().await;
    let mut forger = Forger::of(&tale).await;
    forger.drops_guards().await;
    for (reader, event) in one_event_of_each_side(&tale).await {
        let (id, stream, index) = (event.name.0, event.stream.to_string(), event.index);
        let place = |at: i64| format!("stream = '{stream}' AND index = {at}");

        forger.does(&format!("DELETE FROM journal_event WHERE id = '{id}'")).await;
        let bad = what_is_found(&tale, &reader).await;
        assert_eq!((bad.stream, bad.index), (event.stream, index + 1), "the first after the hole");
        forger.restores().await;

        let swap = format!(
            "UPDATE journal_event SET index = {} - index WHERE {} OR {}",
            2 * index + 1,
            place(index),
            place(index + 1)
        );
        assert_eq!(forger.does(&swap).await, 2);
        let bad = what_is_found(&tale, &reader).await;
        assert_eq!((bad.stream, bad.index), (event.stream, index), "the first of the two");
        assert_ne!(bad.event, event.name);
        forger.restores().await;

        let double = "CREATE TEMPORARY TABLE double AS SELECT * FROM journal_event WHERE id =";
        forger.does(&format!("{double} '{id}'")).await;
        forger.does("UPDATE double SET id = gen_random_uuid()").await;
        forger.does("INSERT INTO journal_event TABLE double").await;
        forger.does("DROP TABLE double").await;
        let bad = what_is_found(&tale, &reader).await;
        assert_eq!((bad.stream, bad.index), (event.stream, index), "there are two in one place");
        forger.restores().await;
    }
}

/// A chain whose end is cut off holds. The receipts tell.
#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_tail_is_found_by_whoever_keeps_receipts() {
    let tale = Tale::told().await;
    let officer = tale.world.registry().officer();
    let whole = tale.exported_by(&officer).await;
    let (terminal, own) = (Terminal::at(""), format!("{}/shared", tale.name));
    let notes = tale.receipts.iter().map(|(_, receipt)| receipt).filter(|receipt| receipt.stream == own);
    let notes: Vec<_> = notes.map(|receipt| receipt.note.as_str()).collect();
    let receipts = terminal.writes("receipts", &notes.concat());
    let keys = officer.signing_keys().await;
    let keys = terminal.writes("keys", &keys.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
    let events = terminal.folder().join("events.json");
    let check =
        ["verify", "--keys", keys.to_str().unwrap(), receipts.to_str().unwrap(), events.to_str().unwrap()];

    terminal.writes("events.json", &json!({ "events": whole }).to_string());
    let said = terminal.runs(&check).done();
    assert!(
        said.contains(&format!("receipts: {0} hold, {0} of them against their events", notes.len())),
        "{said}"
    );

    let mut forger = Forger::of(&tale).await;
    let last =
        whole.iter().filter(|event| event.stream.to_string() == own).max_by_key(|event| event.index).unwrap();
    assert_eq!(forger.does(&format!("DELETE FROM journal_event WHERE id = '{}'", last.name.0)).await, 1);
    let cut = tale.exported_by(&officer).await;
    verify(&cut).unwrap();
    terminal.writes("events.json", &json!({ "events": cut }).to_string());
    let told = terminal.runs(&check);
    assert_eq!(told.code, 1, "{told:?}");
    assert!(told.out.contains(&last.name.to_string()) && !told.out.contains("All holds"), "{}", told.out);
    let count = format!("1 of {} receipts have no event", notes.len());
    assert!(told.err.contains(&count), "{}", told.err);
}

/// Twenty thousand changes of one bit, spread over all fields of the exported events.
#[tokio::test]
async fn a_changed_bit_in_any_field_of_an_export_is_found() {
    let tale = Tale::told().await;
    let events = tale.exported_by(&tale.world.registry().officer()).await;
    verify(&events).unwrap();
    let mut runner = TestRunner::new(ProptestConfig {
        cases: 20_000,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let changes =
        (any::<prop::sample::Index>(), any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..8_u32);
    let checked = runner.run(&changes, |(event, field, at, bit)| {
        let place = event.index(events.len());
        let mut exported = serde_json::to_value(&events[place]).unwrap();
        // A text that is withheld has no bytes to change.
        let fields = exported.as_object().unwrap().iter().filter(|(_, value)| **value != "");
        let fields: Vec<_> = fields.map(|(field, _)| field.clone()).collect();
        let field = field.get(&fields);
        let mut text = match &exported[field] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
        .into_bytes();
        let at = at.index(text.len());
        text[at] ^= 1 << bit;
        // What is no text, or cannot be read as an event, is found by that.
        let Ok(text) = String::from_utf8(text) else { return Ok(()) };
        exported[field] = text.into();
        let Ok(read) = serde_json::from_value::<Event>(exported) else { return Ok(()) };
        if read == events[place] {
            return Ok(());
        }
        let mut forged = events.clone();
        forged[place] = read.clone();
        let found = verify(&forged);
        prop_assert!(found.is_err(), "{field} of {} can be changed unseen", read.name);
        let bad = found.unwrap_err();
        let elsewhere = read.index != events[place].index || read.stream != events[place].stream;
        prop_assert!(elsewhere || bad.event == read.name, "{field}: {bad}");
        Ok(())
    });
    checked.unwrap();
}
