//! Whether the rival sends what the server sends: a comparison of two that ask the database otherwise would say something
//! about the database.

use std::{fs, path::Path};

use crate::{floor::Recorded, world::Failed};

/// Fails where a file of the rival is no statement that the server has sent.
pub(super) fn check(recorded: &Recorded, folder: &Path) -> Result<(), Failed> {
    let sent: Vec<_> = recorded.texts.iter().chain(&recorded.prepares).map(|text| plain(text)).collect();
    for entry in fs::read_dir(folder.join("sql"))? {
        let path = entry?.path();
        let text = plain(&fs::read_to_string(&path)?);
        // One that prepares itself says so before.
        if !sent.iter().any(|sent| sent.ends_with(&text)) {
            let path = path.display();
            return Err(
                format!("{path} is not what the server sends:\n{}", recorded.texts.join("\n\n")).into()
            );
        }
    }
    Ok(())
}

/// A statement however its lines are broken, and without the casts of days that only the rival needs.
fn plain(text: &str) -> String {
    text.replace("::date", "").split_whitespace().collect::<Vec<_>>().join(" ")
}
