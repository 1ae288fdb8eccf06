//! Somebody at a terminal: the program's commands, each a process of its own, with a session in a private folder.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use tempfile::TempDir;

use super::{screen::Screen, waiting::within};

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_focalnet");

/// Somebody at a terminal.
pub(crate) struct Terminal {
    folder: TempDir,
    endpoint: String,
}

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    /// What a command printed that did what it was told.
    #[track_caller]
    pub(crate) fn done(self) -> String {
        assert_eq!(self.code, 0, "{}{}", self.out, self.err);
        self.out
    }

    /// What it printed, as JSON.
    #[track_caller]
    pub(crate) fn json(self) -> Value {
        serde_json::from_str(&self.done()).unwrap()
    }

    /// What a command complained of that had to end with this code.
    #[track_caller]
    pub(crate) fn refused(self, code: i32) -> String {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        assert_eq!(self.out, "", "a refusal prints nothing on standard output");
        self.err
    }
}

impl Terminal {
    /// One that is not signed in yet, for a server.
    pub(crate) fn at(endpoint: &str) -> Self {
        Self { folder: tempfile::tempdir().unwrap(), endpoint: endpoint.into() }
    }

    /// One where somebody has signed in.
    pub(crate) fn of(endpoint: &str, login: &str, password: &str) -> Self {
        let terminal = Self::at(endpoint);
        terminal.tells(&["login", login], &format!("{password}\n")).done();
        terminal
    }

    /// Where its sessions and files are.
    pub(crate) fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file.
    pub(crate) fn writes(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder().join(name);
        fs::write(&path, text).unwrap();
        path
    }

    /// Runs a command.
    pub(crate) fn runs(&self, words: &[&str]) -> Ended {
        self.tells(words, "")
    }

    /// Runs a command that reads something.
    pub(crate) fn tells(&self, words: &[&str], input: &str) -> Ended {
        ended(&mut self.command(words), input)
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(PROGRAM);
        command.args(words).args(["--endpoint", &self.endpoint]).env("XDG_STATE_HOME", self.folder());
        command
    }

    /// Begins a command at a real terminal of 60 columns, of a kind that `TERM` names.
    pub(crate) fn sits_at(&self, term: &str, words: &[&str]) -> Screen {
        let mut command = self.command(words);
        command.env("TERM", term).env_remove("VISUAL").env("EDITOR", self.folder().join("editor"));
        Screen::of(command, 60)
    }

    /// What a command answers, as JSON.
    #[track_caller]
    pub(crate) fn asks(&self, words: &[&str]) -> Value {
        self.runs(&[words, &["--json"]].concat()).json()
    }

    /// The name of what a command made.
    #[track_caller]
    pub(crate) fn makes(&self, words: &[&str]) -> String {
        text(&self.asks(words), "name")
    }
}

/// A text field of an answer.
#[track_caller]
pub(crate) fn text(answer: &Value, field: &str) -> String {
    answer[field].as_str().unwrap_or_else(|| unreachable!("no {field} in {answer}")).to_owned()
}

/// Runs a command to its end.
pub(crate) fn ended(command: &mut Command, input: &str) -> Ended {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // Who does not read its input has closed it, which is no failure.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    let process = Pid::from_child(&child);
    let output = within(move || child.wait_with_output().unwrap()).unwrap_or_else(|| {
        let _ = kill_process(process, Signal::KILL);
        unreachable!("{command:?} does not end")
    });
    Ended {
        code: output.status.code().unwrap(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
