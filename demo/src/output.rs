//! What the narrator says, and the one line of JSON for programs.

use std::io::{self, Write};

use chrono::{DateTime, Utc};
use comfy_table::{ContentArrangement, Table, presets};
use focalnet_contract::client::{escape, failure};
use secrecy::ExposeSecret as _;
use serde_json::json;
use tonic::Status;
use tonic_types::StatusExt as _;

use super::Played;

/// Width of the text.
const WIDTH: usize = 100;
const INDENT: &str = "   ";

/// Tells the story in plain words.
pub struct Narrator {
    out: Box<dyn Write + Send>,
    chapter: u32,
}

impl Narrator {
    /// One who tells it here.
    #[must_use]
    pub fn new(out: Box<dyn Write + Send>) -> Self {
        Self { out, chapter: 0 }
    }

    /// One whom nobody hears.
    #[must_use]
    pub fn silent() -> Self {
        Self::new(Box::new(io::sink()))
    }

    /// What one should know before.
    pub(super) fn preface(&mut self) {
        for line in wrapped(
            "The Prosecutor v. Jean-Pierre Bemba Gombo, as it could have run on focalnet. Dates and public facts are \
             those of the case; people, references, identifiers, values and the answers of States are the story's own.",
        ) {
            self.line(&line);
        }
    }

    /// A new chapter.
    pub(super) fn chapter(&mut self, title: &str) {
        self.chapter += 1;
        self.line(&format!("\n{}. {title}", self.chapter));
    }

    /// A new day.
    pub(super) fn day(&mut self, time: DateTime<Utc>) {
        self.line(&format!("{INDENT}[{}]", time.format("%A, %-d %B %Y")));
    }

    /// A step, in a sentence or two.
    pub(super) fn say(&mut self, text: &str) {
        for (at, line) in wrapped(text).into_iter().enumerate() {
            let mark = if at == 0 { "-" } else { " " };
            self.line(&format!("{INDENT}{mark} {line}"));
        }
    }

    /// Something as it is.
    pub(super) fn show(&mut self, text: &str) {
        for line in text.split('\n') {
            self.line(format!("{INDENT}  | {}", escape::line(line)).trim_end());
        }
    }

    /// A refusal, with everything the server said.
    pub(super) fn refusal(&mut self, status: &Status) {
        let details = status.get_error_details();
        let reason = details.error_info().map_or("", |info| info.reason.as_str());
        self.show(&format!("{} ({reason}): {}", failure::name(status.code()), status.message()));
        for obstacle in details.precondition_failure().into_iter().flat_map(|failed| &failed.violations) {
            self.show(&format!("{}: {}", obstacle.subject, obstacle.description));
        }
    }

    /// A reader who has seen enough is no reason to stop.
    fn line(&mut self, line: &str) {
        let _ = writeln!(self.out, "{line}").and_then(|()| self.out.flush());
    }
}

/// Text in lines that fit.
fn wrapped(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let fits = lines
            .last()
            .is_some_and(|line| line.is_empty() || line.chars().count() + word.chars().count() < WIDTH);
        match lines.last_mut() {
            Some(line) if fits => {
                if !line.is_empty() {
                    line.push(' ');
                }
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// Rows side by side.
pub(super) fn table<const N: usize>(
    headings: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Dynamic).set_width(118);
    table.set_header(headings.map(str::to_uppercase));
    for row in rows {
        table.add_row(row.map(|cell| escape::line(&cell)));
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}

/// The line for programs.
#[must_use]
pub fn json(endpoint: &str, played: &Played) -> String {
    let actors = played.actors.iter().map(|actor| {
        json!({
            "key": actor.who.key(),
            "organization": actor.organization,
            "organization_name": actor.who.place().display_name(),
            "role": actor.who.role_word(),
            "login": actor.who.login(),
            "password": actor.password.expose_secret(),
        })
    });
    let actors: Vec<_> = actors.collect();
    json!({ "endpoint": endpoint, "actors": actors, "names": played.names }).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_fits_and_loses_nothing() {
        let text = "word ".repeat(60);
        let lines = wrapped(&text);
        assert!(lines.len() > 2 && lines.iter().all(|line| line.chars().count() <= WIDTH), "{lines:?}");
        assert_eq!(lines.join(" "), text.trim());
        assert_eq!(wrapped(""), [""]);
    }
}
