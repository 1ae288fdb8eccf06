//! The very statements that the server has sent, sent once more without a server.
//!
//! The same are: the texts, their values, which of them go to the database in one message, that each of these is a round
//! trip of its own, that each statement is planned once for a connection, how many connections there are, and which calls
//! follow one another on each. Not the same are: values are literals of an `EXECUTE` in place of a binary message, which
//! the database has to read; a call follows the one before at once; and calls of different connections meet otherwise.
//! What was recorded of an act is taken back before it is sent again, and the room that it had is free.

use std::{collections::BTreeSet, fmt::Write as _, fs, path::Path};

use super::{
    pgbench::{Pgbench, told},
    record::{Recorded, Sent},
};
use crate::world::Failed;

/// Sends everything so many times, and tells how many calls that makes in a second.
pub(super) fn replay(
    pgbench: &Pgbench,
    folder: &Path,
    recorded: &Recorded,
    times: usize,
) -> Result<f64, Failed> {
    let mut running = Vec::new();
    for (connection, calls) in &recorded.connections {
        let path = folder.join(format!("{connection}.sql"));
        fs::write(&path, script(recorded, connection)?)?;
        let times = times.to_string();
        let arguments = ["--client=1", "--define=begun=0", "--protocol=simple", "--transactions", &times];
        running.push((pgbench.start(&path, &arguments)?, calls.len()));
    }
    let mut per_second = 0.0;
    for (process, calls) in running {
        let (_, scripts) = told(process)?;
        #[expect(clippy::cast_precision_loss, reason = "some thousand calls")]
        let calls = calls as f64;
        per_second += scripts * calls;
    }
    Ok(per_second)
}

/// What one connection has sent.
fn script(recorded: &Recorded, connection: &str) -> Result<String, Failed> {
    let calls = recorded.connections.get(connection).ok_or("nothing was sent on this connection")?;
    let sent = || calls.iter().flatten();
    let used: BTreeSet<_> = sent()
        .filter_map(|sent| match sent {
            Sent::Prepared(number, _) => Some(*number),
            Sent::Text(_) => None,
        })
        .collect();
    let mut script = String::from("\\if :begun = 0\n");
    for text in &recorded.prepares {
        writeln!(script, "{text};")?;
    }
    for number in used {
        let types = recorded.types(number).join(", ");
        // Calls that meet here wait for each other: nobody is there to ask again.
        let text = recorded.texts[number].trim_end_matches(" NOWAIT");
        let types = if types.is_empty() { types } else { format!(" ({types})") };
        writeln!(script, "PREPARE recorded_{number}{types} AS {text};")?;
    }
    script.push_str("\\set begun 1\n\\endif\n");
    for sent in sent() {
        match sent {
            // Two statements in one message.
            Sent::Text(text) => writeln!(script, "{};", text.replacen("; ", " \\; ", 1))?,
            Sent::Prepared(number, literals) if literals.is_empty() => {
                writeln!(script, "EXECUTE recorded_{number};")?;
            }
            Sent::Prepared(number, literals) => {
                writeln!(script, "EXECUTE recorded_{number} ({});", literals.join(", "))?;
            }
        }
    }
    Ok(script)
}
