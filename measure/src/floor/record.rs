//! What the server sends for its calls, as the database logs it: the texts of the statements, and with which values each
//! call has sent them.

use std::collections::{BTreeMap, BTreeSet};

/// What one call has sent, in this order.
pub(super) type Call = Vec<Sent>;

/// One message to the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sent {
    /// A text, as it is.
    Text(String),
    /// A statement that was prepared, by its number, with its values as literals.
    Prepared(usize, Vec<String>),
}

/// What was sent.
#[derive(Debug, Default)]
pub(crate) struct Recorded {
    /// Texts that were prepared by the protocol, without name; their place is their number.
    pub(crate) texts: Vec<String>,
    /// Texts that prepare a statement themselves.
    pub(crate) prepares: BTreeSet<String>,
    /// The calls of each connection.
    pub(super) connections: BTreeMap<String, Vec<Call>>,
}

/// A line of the log, with the lines that go on with it.
struct Entry {
    connection: String,
    kind: String,
    said: String,
}

impl Recorded {
    /// Reads it from a part of the log.
    pub(crate) fn of(log: &str) -> Self {
        let mut recorded = Self::default();
        let mut open: BTreeMap<String, Call> = BTreeMap::new();
        for Entry { connection, kind, said } in entries(log) {
            let call = open.entry(connection.clone()).or_default();
            let (statement, execute) = (said.strip_prefix("statement: "), said.strip_prefix("execute "));
            match (kind.as_str(), statement, execute) {
                ("LOG", Some(text), _) if text.trim_start().starts_with("PREPARE ") => {
                    recorded.prepares.insert(text.to_owned());
                }
                ("LOG", Some(text), _) => {
                    if text.starts_with("BEGIN") {
                        call.clear();
                    }
                    call.push(Sent::Text(text.to_owned()));
                    if text == "COMMIT" {
                        let call = std::mem::take(call);
                        // What enters a session is a call; the server's own work does not.
                        if matches!(call.first(), Some(Sent::Text(text)) if text.starts_with("BEGIN; ")) {
                            recorded.connections.entry(connection).or_default().push(call);
                        }
                    }
                }
                ("LOG", _, Some(named)) => {
                    let text = named.split_once(": ").map_or(named, |(_, text)| text);
                    let known = recorded.texts.iter().position(|known| known == text);
                    let number = known.unwrap_or_else(|| {
                        recorded.texts.push(text.to_owned());
                        recorded.texts.len() - 1
                    });
                    call.push(Sent::Prepared(number, Vec::new()));
                }
                ("DETAIL", ..) => {
                    let values = said.split_once(": ").map_or("", |(_, values)| values);
                    if let Some(Sent::Prepared(_, literals)) = call.last_mut() {
                        *literals = literals_of(values);
                    }
                }
                _ => {}
            }
        }
        recorded
    }

    /// How many calls there are.
    pub(super) fn calls(&self) -> usize {
        self.connections.values().map(Vec::len).sum()
    }

    /// Of which types the values of a statement are: those of days are told, because the database would not guess them.
    pub(super) fn types(&self, statement: usize) -> Vec<&'static str> {
        let all = self.connections.values().flatten().flatten();
        let literals = all.filter_map(|sent| match sent {
            Sent::Prepared(number, literals) if *number == statement => Some(literals),
            _ => None,
        });
        literals
            .map(|literals| literals.iter().map(|literal| kind(literal)).collect())
            .next()
            .unwrap_or_default()
    }
}

fn kind(literal: &str) -> &'static str {
    let is_day = |text: &str| {
        text.len() == 10
            && text.chars().enumerate().all(|(at, letter)| match at {
                4 | 7 => letter == '-',
                _ => letter.is_ascii_digit(),
            })
    };
    if is_day(literal.trim_matches('\'')) { "date" } else { "unknown" }
}

/// The entries of a log whose lines begin with a time and `[process] KIND:  `; a tab goes on with the line before.
fn entries(log: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    for line in log.lines() {
        if let (Some(more), Some(last)) = (line.strip_prefix('\t'), entries.last_mut()) {
            last.said.push('\n');
            last.said.push_str(more);
            continue;
        }
        let parts = line.split_once("] ").and_then(|(begin, rest)| {
            let (_, connection) = begin.rsplit_once('[')?;
            let (kind, said) = rest.split_once(":  ")?;
            Some(Entry { connection: connection.into(), kind: kind.into(), said: said.into() })
        });
        entries.extend(parts);
    }
    entries
}

/// The values of `$1 = 'a', $2 = NULL`, each as the literal that it is.
fn literals_of(values: &str) -> Vec<String> {
    let (mut literals, mut rest) = (Vec::new(), values);
    while let Some((_, after)) = rest.split_once(" = ") {
        let end = if let Some(text) = after.strip_prefix('\'') {
            // A quote in a text is written twice.
            let mut quoted = true;
            let end = text.char_indices().find(|(at, letter)| {
                quoted ^= *letter == '\'';
                !quoted && *letter == '\'' && !text[at + 1..].starts_with('\'')
            });
            end.map_or(after.len(), |(at, _)| at + 2)
        } else {
            after.find(',').unwrap_or(after.len())
        };
        literals.push(after[..end].to_owned());
        rest = &after[end..];
    }
    literals
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_are_read_from_the_log() {
        let log = "2026-12-01 02:15:08.2 UTC [7] LOG:  statement: \n\tPREPARE enter (uuid) AS\n\tSELECT 1\n\
            2026-12-01 02:15:08.3 UTC [7] LOG:  statement: BEGIN; EXECUTE enter ('a')\n\
            2026-12-01 02:15:08.3 UTC [8] LOG:  statement: BEGIN\n\
            2026-12-01 02:15:08.4 UTC [7] LOG:  execute sqlx_s_1: SELECT $1,\n\t$2, $3\n\
            2026-12-01 02:15:08.4 UTC [7] DETAIL:  Parameters: $1 = 'it''s, $2 = 1', $2 = NULL, $3 = '2026-12-01'\n\
            2026-12-01 02:15:08.5 UTC [8] LOG:  statement: COMMIT\n\
            2026-12-01 02:15:08.6 UTC [7] LOG:  statement: COMMIT\n";
        let recorded = Recorded::of(log);
        let values = ["'it''s, $2 = 1'", "NULL", "'2026-12-01'"].map(str::to_owned).to_vec();
        let sent = |text: &str| Sent::Text(text.to_owned());
        let call = vec![sent("BEGIN; EXECUTE enter ('a')"), Sent::Prepared(0, values), sent("COMMIT")];
        assert_eq!((recorded.calls(), &recorded.connections["7"]), (1, &vec![call]));
        assert_eq!(recorded.texts, ["SELECT $1,\n$2, $3"]);
        assert_eq!(recorded.prepares.len(), 1);
        assert_eq!(recorded.types(0), ["unknown", "unknown", "date"]);
    }
}
