//! What holds in every database, whichever release has written it.

use focalnet_domain::journal::{Bytes, Event, verify};
use sqlx::{Executor as _, PgConnection, Row as _};

use crate::support::ledger::{run, texts};

/// Keys that refer to rows. Adding one anew reads all rows, also those that were put in while nobody looked.
const REFERENCES: &str = "
    SELECT format('ALTER TABLE %1$s DROP CONSTRAINT %2$I, ADD CONSTRAINT %2$I %3$s', conrelid::regclass, conname,
        pg_get_constraintdef(oid))
    FROM pg_constraint WHERE contype IN ('f', 'c') AND connamespace = 'public'::regnamespace ORDER BY conname";

/// Columns that hold the hash of an event, or its id.
const OF_EVENTS: &str = "
    SELECT format('SELECT ''%1$s.%2$s of '' || count(*) FROM %1$I t WHERE t.%2$I IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM journal_event e WHERE e.%3$I = t.%2$I) HAVING count(*) > 0', table_name, column_name,
        CASE WHEN udt_name = 'bytea' THEN 'hash' ELSE 'id' END)
    FROM information_schema.columns WHERE table_schema = 'public'
    AND (column_name = 'event_id' OR udt_name = 'bytea' AND column_name ~ '(^|_)head$') ORDER BY 1";

/// What does not hold.
pub(super) async fn broken(database: &mut PgConnection) -> Vec<String> {
    let mut broken = Vec::new();
    for constraint in texts(database, REFERENCES).await {
        run(database, "BEGIN").await.unwrap();
        broken.extend(run(database, &constraint).await.err().map(|told| told.to_string()));
        run(database, "ROLLBACK").await.unwrap();
    }
    for check in texts(database, OF_EVENTS).await {
        broken.extend(texts(database, &check).await.into_iter().map(|of| format!("no event is {of}")));
    }
    let events = events(database).await;
    match verify(&events) {
        Err(bad) => broken.push(bad.to_string()),
        Ok(streams) => assert!(streams.len() > 30 && events.len() > 200, "that is not the story"),
    }
    broken
}

/// All that the journal holds.
async fn events(database: &mut PgConnection) -> Vec<Event> {
    let rows = database.fetch_all("SELECT * FROM journal_event").await.unwrap();
    let event = |row: &sqlx::postgres::PgRow| {
        let text = |column: &str| row.get::<String, _>(column);
        let bytes = |column: &str| Bytes(row.get(column));
        Event {
            name: format!("events/{}", row.get::<uuid::Uuid, _>("id")).parse().unwrap(),
            stream: text("stream").parse().unwrap(),
            index: row.get("index"),
            time: row.get("time"),
            act: text("act"),
            subject: text("subject"),
            organ: text("organ").parse().unwrap(),
            role: row.get::<Option<String>, _>("role").map(|role| role.parse().unwrap()),
            content: text("content"),
            content_salt: bytes("content_salt"),
            content_digest: bytes("content_digest"),
            persons: text("persons"),
            persons_salt: bytes("persons_salt"),
            persons_digest: bytes("persons_digest"),
            hash: bytes("hash"),
        }
    };
    rows.iter().map(event).collect()
}
