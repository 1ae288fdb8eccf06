//! The program as a process that stays: what it says, and how it ends when it is told to.

use std::{
    fs::{self, Permissions},
    io::{BufRead as _, BufReader, Read as _},
    os::unix::fs::PermissionsExt as _,
    path::Path,
    process::{Child, ChildStdout, Command, ExitStatus, Stdio},
    sync::mpsc::{self, Receiver},
    thread::{self, JoinHandle},
};

use rustix::process::{Pid, Signal, kill_process};
use tempfile::TempDir;

use super::{
    terminal::PROGRAM,
    waiting::{STOP, within},
};

/// A running program.
pub(crate) struct Program {
    child: Child,
    /// Somebody may read it at the moment.
    out: Option<BufReader<ChildStdout>>,
    err: Receiver<String>,
    all: Option<JoinHandle<String>>,
}

/// How it ended.
pub(crate) struct Left {
    pub(crate) status: ExitStatus,
    /// What it still printed on standard output.
    pub(crate) out: String,
    /// All that it ever said on standard error.
    pub(crate) err: String,
}

impl Program {
    /// Starts it.
    pub(crate) fn start(
        words: &[&str],
        environment: impl IntoIterator<Item = (impl AsRef<str>, impl AsRef<str>)>,
    ) -> Self {
        let mut command = Command::new(PROGRAM);
        for (key, value) in environment {
            command.env(key.as_ref(), value.as_ref());
        }
        command.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let (hear, err) = mpsc::channel();
        let all = thread::spawn(move || {
            let keep = |all: String, line: String| {
                let all = all + &line + "\n";
                let _ = hear.send(line); // nobody may listen any more
                all
            };
            lines.fold(String::new(), keep)
        });
        Self { child, out: Some(out), err, all: Some(all) }
    }

    /// Waits for a line on standard error in which something is found.
    pub(crate) fn hears<T>(&self, mut find: impl FnMut(&str) -> Option<T>) -> T {
        let mut before = Vec::new();
        while let Ok(line) = self.err.recv_timeout(STOP) {
            if let Some(found) = find(&line) {
                return found;
            }
            before.push(line);
        }
        unreachable!("it ended, or fell silent, before it said so: {}", before.join("\n"))
    }

    /// Where it serves, once it does.
    pub(crate) fn endpoint(&self) -> String {
        self.hears(|line| Some(line.split_once("focalnet serves on ")?.1.to_owned()))
    }

    /// The next line of its standard output.
    pub(crate) fn line(&mut self) -> String {
        let mut out = self.out.take().unwrap();
        let read = within(move || {
            let mut line = String::new();
            out.read_line(&mut line).unwrap();
            (line, out)
        });
        let Some((line, out)) = read.filter(|(line, _)| !line.is_empty()) else {
            unreachable!("it ended, or fell silent: {}", self.err.try_iter().collect::<Vec<_>>().join("\n"));
        };
        self.out = Some(out);
        line
    }

    /// Sends it a signal and waits until it has ended.
    pub(crate) fn stops(mut self, signal: Signal) -> Left {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
        let (mut out, all) = (self.out.take().unwrap(), self.all.take().unwrap());
        // Both end with the process; where it stays, it is killed when this gives up.
        let said = within(move || {
            let mut text = String::new();
            out.read_to_string(&mut text).unwrap();
            (text, all.join().unwrap())
        });
        let (out, err) = said.unwrap_or_else(|| unreachable!("it does not end"));
        Left { status: self.child.wait().unwrap(), out, err }
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A folder that a cluster can live in: its unprivileged owner has to come through.
pub(crate) fn passable_folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), Permissions::from_mode(0o711)).unwrap();
    folder
}

/// The processes that have this folder in their command line.
pub(crate) fn processes_in(folder: &Path) -> Vec<String> {
    let folder = folder.to_string_lossy();
    let processes = fs::read_dir("/proc").unwrap().map(|entry| entry.unwrap().path().join("cmdline"));
    // One that ends meanwhile cannot be read any more.
    let lines = processes.filter_map(|path| fs::read(path).ok());
    let lines = lines.map(|line| String::from_utf8_lossy(&line).replace('\0', " "));
    lines.filter(|line| line.contains(folder.as_ref())).collect()
}
