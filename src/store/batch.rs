//! Writes that wait to be sent together: they become one statement with a part for each.

use std::mem;

use sea_orm::{Statement, Value, Values};

/// PostgreSQL takes at most 65,535 values with a statement.
const MOST_VALUES: usize = 30_000;

/// Writes in the order in which they were made.
#[derive(Debug, Default)]
pub(super) struct Batch {
    waiting: Vec<Statement>,
    values: usize,
}

impl Batch {
    /// Whether a statement can go together with those that wait. All parts of a statement see the database as it was
    /// before any of them: so it must not read anything, and not write to what another one writes to.
    pub(super) fn takes(&self, statement: &Statement) -> bool {
        let apart = |other: &Statement| target(&other.sql) != target(&statement.sql);
        self.waiting.is_empty()
            || (!reads(&statement.sql)
                && self.values + count(statement) <= MOST_VALUES
                && self.waiting.iter().all(apart))
    }

    /// Lets a write wait.
    pub(super) fn add(&mut self, statement: Statement) {
        self.values += count(&statement);
        self.waiting.push(statement);
    }

    /// All that wait, as one statement.
    pub(super) fn take(&mut self) -> Option<Statement> {
        self.values = 0;
        let mut waiting = mem::take(&mut self.waiting);
        let last = waiting.pop()?;
        if waiting.is_empty() {
            return Some(last);
        }
        let mut sql = String::from("WITH ");
        let mut values: Vec<Value> = Vec::new();
        for (place, statement) in waiting.into_iter().enumerate() {
            sql.push_str(if place == 0 { "part_" } else { ", part_" });
            sql.push_str(&place.to_string());
            sql.push_str(" AS (");
            add(&mut sql, &mut values, statement);
            sql.push(')');
        }
        sql.push(' ');
        let backend = last.db_backend;
        add(&mut sql, &mut values, last);
        Some(Statement::from_sql_and_values(backend, sql, values))
    }
}

/// Whether a statement only writes: its answer says nothing.
pub(super) fn only_writes(sql: &str) -> bool {
    target(sql).is_some() && !sql.contains("RETURNING")
}

/// Whether a statement that writes also reads a table; its own values are no table.
fn reads(sql: &str) -> bool {
    const OF_ITS_VALUES: [&str; 2] = ["FROM jsonb_to_recordset($", "FROM unnest($"];
    let of_its_values =
        |sql: &str| OF_ITS_VALUES.iter().map(|source| sql.matches(source).count()).sum::<usize>();
    sql.contains("SELECT") || sql.matches("FROM ").count() > of_its_values(sql)
}

/// The table that a statement writes to, if it writes.
fn target(sql: &str) -> Option<&str> {
    let sql = sql.trim_start();
    let rest = ["INSERT INTO ", "UPDATE ", "DELETE FROM "].iter().find_map(|verb| sql.strip_prefix(verb))?;
    rest.split_whitespace().next().map(|table| table.trim_matches('"'))
}

fn count(statement: &Statement) -> usize {
    statement.values.as_ref().map_or(0, |values| values.0.len())
}

/// Writes a statement behind others: its values are counted from where theirs end.
fn add(sql: &mut String, values: &mut Vec<Value>, statement: Statement) {
    let before = values.len();
    let mut quoted = false;
    let mut rest = statement.sql.as_str();
    while let Some(at) = rest.find(['\'', '$']) {
        let (text, found) = rest.split_at(at);
        sql.push_str(text);
        let digits = found[1..].len() - found[1..].trim_start_matches(|c: char| c.is_ascii_digit()).len();
        match found[1..=digits].parse::<usize>() {
            Ok(number) if !quoted && found.starts_with('$') => {
                sql.push('$');
                sql.push_str(&(number + before).to_string());
            }
            _ => {
                quoted ^= found.starts_with('\'');
                sql.push_str(&found[..=digits]);
            }
        }
        rest = &found[1 + digits..];
    }
    sql.push_str(rest);
    values.extend(statement.values.map(|Values(values)| values).unwrap_or_default());
}

#[cfg(test)]
mod tests {
    use sea_orm::DbBackend;

    use super::*;

    fn statement(sql: &str, values: impl IntoIterator<Item = i32>) -> Statement {
        Statement::from_sql_and_values(DbBackend::Postgres, sql, values.into_iter().map(Value::from))
    }

    /// What is sent for these writes, statement by statement.
    fn sent(writes: &[(&str, &[i32])]) -> Vec<(String, usize)> {
        let (mut batch, mut sent) = (Batch::default(), Vec::new());
        for (sql, values) in writes {
            let write = statement(sql, values.iter().copied());
            if !batch.takes(&write) {
                sent.extend(batch.take());
            }
            batch.add(write);
        }
        sent.extend(batch.take());
        sent.iter().map(|statement| (statement.sql.clone(), count(statement))).collect()
    }

    #[test]
    fn one_write_is_sent_as_it_is() {
        assert_eq!(sent(&[("UPDATE a SET b = $1", &[1])]), [("UPDATE a SET b = $1".to_owned(), 1)]);
    }

    #[test]
    fn writes_to_several_tables_are_one_statement_with_all_values() {
        let writes: [(&str, &[i32]); 3] = [
            (r#"INSERT INTO "a" ("b", "c") VALUES ($1, $2)"#, &[1, 2]),
            (r#"UPDATE "d" SET "e" = $1, "f" = '$1 isn''t a value' WHERE "g" = $2"#, &[3, 4]),
            (r#"INSERT INTO "h" ("i") VALUES ($1)"#, &[5]),
        ];
        let sql = r#"WITH part_0 AS (INSERT INTO "a" ("b", "c") VALUES ($1, $2)), part_1 AS (UPDATE "d" SET "e" = $3, "f" = '$1 isn''t a value' WHERE "g" = $4) INSERT INTO "h" ("i") VALUES ($5)"#;
        assert_eq!(sent(&writes), [(sql.to_owned(), 5)]);
    }

    #[test]
    fn what_takes_rows_from_its_own_values_goes_with_others() {
        let update = "UPDATE c SET d = r.d FROM jsonb_to_recordset($1) AS r(d int) WHERE c.id = $2";
        assert_eq!(sent(&[("INSERT INTO a (b) VALUES ($1)", &[1]), (update, &[2, 3])]).len(), 1);
    }

    #[test]
    fn what_writes_to_the_same_table_or_reads_is_sent_apart() {
        for second in [
            "UPDATE \"a\" SET b = $1",
            "DELETE FROM a WHERE b = $1",
            "UPDATE c SET d = (SELECT b FROM a) + $1",
            "UPDATE c SET d = a.b FROM a WHERE a.b = $1",
        ] {
            let parts = sent(&[("INSERT INTO a (b) VALUES ($1)", &[1]), (second, &[2])]);
            assert_eq!(parts.len(), 2, "{second}");
            assert_eq!(parts[1], (second.to_owned(), 1));
        }
    }

    #[test]
    fn only_what_writes_and_answers_nothing_waits() {
        assert!(only_writes("INSERT INTO a (b) VALUES ($1)"));
        assert!(only_writes("\nUPDATE a SET b = $1"));
        for sql in ["SELECT 1", "SELECT a FROM b FOR UPDATE", "INSERT INTO a (b) VALUES ($1) RETURNING b"] {
            assert!(!only_writes(sql), "{sql}");
        }
    }
}
