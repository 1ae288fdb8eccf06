//! What a database holds, in digests that can be compared.

use std::collections::{BTreeMap, BTreeSet};

use sqlx::PgConnection;

use crate::support::ledger::texts;

/// The ordinary tables, but for the record of the steps.
const TABLES: &str = "SELECT relname::text FROM pg_class WHERE relkind = 'r'
    AND relnamespace = 'public'::regnamespace AND relname <> 'seaql_migrations' ORDER BY 1";

/// A digest of each table's keys, and of each of its columns by key.
#[derive(Debug, PartialEq)]
pub(super) struct Contents(BTreeMap<String, (String, BTreeMap<String, String>)>);

impl Contents {
    pub(super) async fn of(database: &mut PgConnection) -> Self {
        let mut tables = BTreeMap::new();
        for table in texts(database, TABLES).await {
            let columns = format!(
                "SELECT quote_ident(attname) FROM pg_attribute WHERE attrelid = '{table}'::regclass
                 AND attnum > 0 AND NOT attisdropped ORDER BY attnum"
            );
            let columns = texts(database, &columns).await;
            let key = format!(
                "SELECT concat('ROW(', string_agg(quote_ident(attname), ', ' ORDER BY attname), ')::text')
                 FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey)
                 WHERE indrelid = '{table}'::regclass AND indisprimary"
            );
            let key = texts(database, &key).await.remove(0);
            let digest = |value: &str| {
                format!(
                    "count(*) || ' ' || coalesce(md5(string_agg({key} || coalesce({value}, '~'), ',' ORDER BY {key})), '')"
                )
            };
            let values = columns.iter().map(|column| digest(&format!("{column}::text")));
            let all: Vec<_> = [digest("''")].into_iter().chain(values).collect();
            let rows = format!("SELECT unnest(ARRAY[{}]) FROM {table}", all.join(", "));
            let mut digests = texts(database, &rows).await.into_iter();
            let keys = digests.next().unwrap();
            tables.insert(table, (keys, columns.into_iter().zip(digests).collect()));
        }
        Self(tables)
    }

    /// What of this is not in other contents any more, or has changed there: tables as a whole where rows came or went,
    /// else single columns.
    pub(super) fn lost_in(&self, other: &Self) -> BTreeSet<String> {
        let mut lost = BTreeSet::new();
        for (table, (keys, columns)) in &self.0 {
            match other.0.get(table) {
                Some((other_keys, other_columns)) if keys == other_keys => {
                    let differ =
                        columns.iter().filter(|(name, digest)| other_columns.get(*name) != Some(*digest));
                    lost.extend(differ.map(|(name, _)| format!("{table}.{}", name.trim_matches('"'))));
                }
                // A table without rows loses none.
                _ if keys.starts_with("0 ") && !other.0.contains_key(table) => {}
                _ => {
                    lost.insert(table.clone());
                }
            }
        }
        lost
    }
}
