//! A real terminal: a program on a pseudo-terminal, what it shows, and the keys that somebody presses.

use std::{
    fs::File,
    io::{Read as _, Write as _},
    os::fd::OwnedFd,
    process::{Child, Command, Stdio},
    sync::mpsc::{Receiver, channel},
    thread,
    time::Duration,
};

use rustix::{
    fs::{Mode, OFlags, open},
    pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt},
    termios::{Winsize, tcsetwinsize},
};

use super::waiting::{STOP, within};

/// A program at a terminal.
pub(crate) struct Screen {
    keys: File,
    child: Option<Child>,
    shown: Receiver<String>,
    /// What was shown and not yet looked at.
    ahead: String,
    /// All that was shown.
    pub(crate) all: String,
}

impl Screen {
    /// Runs a command on a terminal of so many columns.
    pub(crate) fn of(mut command: Command, columns: u16) -> Self {
        let main = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
        grantpt(&main).unwrap();
        unlockpt(&main).unwrap();
        let size = Winsize { ws_row: 24, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 };
        tcsetwinsize(&main, size).unwrap();
        let name = ptsname(&main, Vec::new()).unwrap();
        let other_end = || -> OwnedFd { open(&name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap() };
        let child = command
            .stdin(Stdio::from(other_end()))
            .stdout(Stdio::from(other_end()))
            .stderr(Stdio::from(other_end()))
            .spawn()
            .unwrap();
        let keys = File::from(main);
        let mut screen = keys.try_clone().unwrap();
        let (show, shown) = channel();
        thread::spawn(move || {
            let mut bytes = [0; 4096];
            // Reading ends with an error when the last one who writes has gone.
            while let Ok(read @ 1..) = screen.read(&mut bytes) {
                if show.send(String::from_utf8_lossy(&bytes[..read]).into_owned()).is_err() {
                    return;
                }
            }
        });
        Self { keys, child: Some(child), shown, ahead: String::new(), all: String::new() }
    }

    /// Waits until something is shown, after what was waited for before.
    #[track_caller]
    pub(crate) fn shows(&mut self, words: &str) {
        loop {
            if let Some(place) = self.ahead.find(words) {
                self.ahead.drain(..place + words.len());
                return;
            }
            let Ok(more) = self.shown.recv_timeout(STOP) else {
                unreachable!("no {words:?} in:\n{}", self.all)
            };
            self.ahead.push_str(&more);
            self.all.push_str(&more);
        }
    }

    /// Presses keys, all at once.
    pub(crate) fn presses(&mut self, keys: &str) {
        self.keys.write_all(keys.as_bytes()).unwrap();
    }

    /// Writes a line as a person does, who presses Enter after a moment.
    #[track_caller]
    pub(crate) fn writes(&mut self, line: &str) {
        self.presses(line);
        self.shows(line);
        self.enters();
    }

    /// Presses Enter, after the moment that a hand needs.
    pub(crate) fn enters(&mut self) {
        thread::sleep(Duration::from_millis(120));
        self.presses("\r");
    }

    /// Pastes a text as terminals do that mark what is pasted.
    pub(crate) fn pastes(&mut self, text: &str) {
        self.presses(&format!("\u{1b}[200~{}\u{1b}[201~", text.replace('\n', "\r")));
    }

    /// Waits for the end of the program.
    #[track_caller]
    pub(crate) fn ends(mut self) -> i32 {
        let mut child = self.child.take().unwrap();
        let process = rustix::process::Pid::from_child(&child);
        let ended = within(move || child.wait().unwrap());
        let ended = ended.unwrap_or_else(|| {
            let _ = rustix::process::kill_process(process, rustix::process::Signal::KILL);
            unreachable!("it does not end:\n{}", self.all)
        });
        ended.code().unwrap_or(-1)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            let _ = child.kill();
            let _ = child.wait();
        }
    }
}
