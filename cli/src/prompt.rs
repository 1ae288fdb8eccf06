//! Secrets come from a terminal without echo, or else as lines of standard input; never from the command line.

use std::io::{self, BufRead, IsTerminal};

use focalnet_contract::client::failure::Failure;

/// Asks for a secret that exists.
pub(crate) fn secret(label: &str) -> Result<String, Failure> {
    if io::stdin().is_terminal() {
        Ok(rpassword::prompt_password(format!("{label}: "))?)
    } else {
        line(label)
    }
}

/// Asks for a new secret: twice where a person types it.
pub fn new_secret(label: &str) -> Result<String, Failure> {
    if !io::stdin().is_terminal() {
        return line(label);
    }
    let first = rpassword::prompt_password(format!("{label}: "))?;
    let second = rpassword::prompt_password("Once more: ")?;
    if first == second { Ok(first) } else { Err(Failure::usage("the two are not the same")) }
}

/// Asks for something that may be seen.
pub(crate) fn shown(label: &str) -> Result<String, Failure> {
    if io::stdin().is_terminal() {
        eprint!("{label}: ");
    }
    line(label)
}

fn line(label: &str) -> Result<String, Failure> {
    let mut text = String::new();
    io::stdin().lock().read_line(&mut text)?;
    let text = text.trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        return Err(Failure::usage(format!("standard input has no line for: {label}")));
    }
    Ok(text.to_owned())
}
