//! A long text, written in the editor of whoever answers.

use std::{env, fs, io::Write as _, process::Command};

use super::phrases::Phrase;
use crate::questionnaire::tongue::Tongue;

/// The text as it was left in the editor that `VISUAL` or `EDITOR` names, beginning with a text; or why there is none.
pub(super) fn edited(text: &str, tongue: Tongue) -> Result<String, String> {
    let named = ["VISUAL", "EDITOR"].into_iter().filter_map(|name| env::var_os(name)?.into_string().ok());
    let editor = named.into_iter().find(|editor| !editor.is_empty()).unwrap_or_else(|| "vi".to_owned());
    let failed = |why: String| tongue.say(Phrase::EditorFailed, &[&editor, &why]);
    // The file is for its owner alone, and goes with this function.
    let mut file = tempfile::Builder::new()
        .prefix("answer-")
        .suffix(".txt")
        .tempfile()
        .map_err(|error| failed(error.to_string()))?;
    file.write_all(text.as_bytes()).map_err(|error| failed(error.to_string()))?;
    // By a shell, as other programs do: the variable may hold arguments.
    let status =
        Command::new("sh").arg("-c").arg(format!("{editor} \"$1\"")).arg("sh").arg(file.path()).status();
    match status {
        Ok(status) if status.success() => {}
        Ok(status) => return Err(failed(status.to_string())),
        Err(error) => return Err(failed(error.to_string())),
    }
    // Read by its path: editors put another file in the place of the first.
    let bytes = fs::read(file.path()).map_err(|error| failed(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| tongue.say(Phrase::NotUtf8, &[]))?;
    Ok(text.replace("\r\n", "\n").trim().to_owned())
}
