//! Threads as long as somebody could write them in years.

use super::{
    ledger::{run, texts},
    world::World,
};

impl World {
    /// Adds so many entries to a thread that has but its question, by the State and the Registry in turn, each of so many
    /// letters. The number is even, so that the thread waits for the Registry as before.
    pub(crate) async fn grows(&self, thread: &str, entries: usize, letters: usize) {
        let mut owner = self.database_as("postgres").await;
        let id = thread.rsplit_once('/').unwrap().1;
        let rows = format!(
            "INSERT INTO clarification_message (clarification_id, position, author, author_display_name, text,
                 language_code, create_time, id)
             SELECT q.clarification_id, n + 1, CASE n % 2 WHEN 1 THEN 'registry' ELSE 'state' END, 'Somebody',
                 repeat('𝔸', {letters}), 'en', q.create_time + n * interval '1 microsecond', gen_random_uuid()
             FROM clarification_message q, generate_series(1, {entries}) n
             WHERE q.clarification_id = '{id}' AND q.position = 1"
        );
        assert_eq!(run(&mut owner, &rows).await.unwrap(), u64::try_from(entries).unwrap());
        run(&mut owner, "ANALYZE").await.unwrap();
    }

    /// The names of all its entries, the newest first, as the database holds them.
    pub(crate) async fn written(&self, thread: &str) -> Vec<String> {
        let mut owner = self.database_as("postgres").await;
        let id = thread.rsplit_once('/').unwrap().1;
        let names = format!(
            "SELECT '{thread}/messages/' || id FROM clarification_message WHERE clarification_id = '{id}'
             ORDER BY position DESC"
        );
        texts(&mut owner, &names).await
    }
}
