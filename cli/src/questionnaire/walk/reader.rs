//! Where what a person writes comes from: a line editor at a terminal, or lines.

use std::{
    io::{self, BufRead, Write},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use rustix::{
    io::ioctl_fionread,
    termios::{QueueSelector, tcflush},
};
use rustyline::{
    Cmd, ConditionalEventHandler, Config, Event, EventContext, EventHandler, KeyCode, KeyEvent, Modifiers,
    RepeatCount, error::ReadlineError, history::MemHistory,
};

use super::phrases::Phrase;
use crate::questionnaire::tongue::Tongue;

/// What came at a prompt.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Heard {
    /// A text. Only an editor gives one of several lines.
    Text(String),
    /// Something that is not taken, and why.
    Refused(String),
    /// The end of input.
    End,
}

/// Reads what is written at a prompt.
pub(super) trait Reader {
    /// Shows the prompt and reads; what was said before is already out.
    fn read(&mut self, prompt: &str, tongue: Tongue, out: &mut impl Write) -> io::Result<Heard>;
}

/// Lines of a pipe, or of a terminal without an editor.
#[derive(Debug)]
pub(super) struct Lines<I> {
    /// Where they come from.
    pub(super) input: I,
    /// Whether they are repeated, so that the output reads as the conversation it was.
    pub(super) echoed: bool,
    /// Whether a terminal composes them. It keeps [`LONGEST`] bytes of a line, and drops the rest in silence.
    pub(super) composed: bool,
}

/// Bytes of a line that Linux keeps while a terminal composes it (`N_TTY_BUF_SIZE`, less the end of the line).
const LONGEST: usize = 4095;

impl<I: BufRead> Reader for Lines<I> {
    fn read(&mut self, prompt: &str, tongue: Tongue, out: &mut impl Write) -> io::Result<Heard> {
        write!(out, "{prompt}")?;
        out.flush()?;
        let mut bytes = Vec::new();
        if self.input.read_until(b'\n', &mut bytes)? == 0 {
            writeln!(out)?;
            return Ok(Heard::End);
        }
        let text = String::from_utf8_lossy(&bytes);
        let line = text.trim_start_matches('\u{feff}').trim_end_matches(['\r', '\n']);
        if self.echoed {
            writeln!(out, "{}", focalnet_contract::client::escape::line(line.trim()))?;
        }
        if self.composed && line.len() >= LONGEST {
            return Ok(Heard::Refused(tongue.say(Phrase::Cut, &[&tongue.number(LONGEST)])));
        }
        if std::str::from_utf8(&bytes).is_err() {
            return Ok(Heard::Refused(tongue.say(Phrase::NotUtf8, &[])));
        }
        Ok(Heard::Text(line.to_owned()))
    }
}

/// A terminal, in raw mode while a question is open: nothing is cut, and what is pasted is one text, whatever line
/// breaks it holds.
pub(super) struct Editor(rustyline::Editor<(), MemHistory>);

impl Editor {
    /// An editor, if this terminal can have one.
    pub(super) fn new() -> Option<Self> {
        // Such terminals cannot move the cursor: the editor would read plain lines from them, which can be cut.
        let term = std::env::var_os("TERM").unwrap_or_default();
        if ["", "dumb", "cons25", "emacs"].iter().any(|plain| term == *plain) {
            return None;
        }
        let config = Config::builder().bracketed_paste(true).auto_add_history(true).build();
        let history = MemHistory::with_config(&config);
        let mut editor = rustyline::Editor::with_history(config, history).ok()?;
        editor.bind_sequence(
            Event::Any,
            EventHandler::Conditional(Box::new(Pasting(Mutex::new(Instant::now())))),
        );
        Some(Self(editor))
    }
}

/// Knows the line breaks of a text that is pasted at a terminal which does not mark it as pasted: nobody presses Enter so
/// soon after another key. Keeps when the last key came.
struct Pasting(Mutex<Instant>);

/// The time between two keys that a person presses is longer.
const AT_ONCE: Duration = Duration::from_millis(30);

impl ConditionalEventHandler for Pasting {
    fn handle(&self, event: &Event, _: RepeatCount, _: bool, _: &EventContext<'_>) -> Option<Cmd> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let since = last.elapsed();
        *last = Instant::now();
        let breaks = [KeyEvent(KeyCode::Enter, Modifiers::NONE), KeyEvent::ctrl('J')];
        let ends = event.get(0).is_some_and(|key| breaks.contains(key));
        (ends && since < AT_ONCE).then(|| Cmd::Insert(1, "\n".to_owned()))
    }
}

impl Reader for Editor {
    fn read(&mut self, prompt: &str, tongue: Tongue, out: &mut impl Write) -> io::Result<Heard> {
        out.flush()?;
        // Lines that came while no question was open are of a paste that this terminal does not mark as one. They
        // would answer questions that nobody has read.
        let early = ioctl_fionread(io::stdin()).unwrap_or(0);
        if early > 0 {
            tcflush(io::stdin(), QueueSelector::IFlush)?;
            return Ok(Heard::Refused(tongue.say(Phrase::TooEarly, &[&early.to_string()])));
        }
        match self.0.readline(prompt) {
            Ok(text) => Ok(Heard::Text(text)),
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => Ok(Heard::End),
            Err(ReadlineError::Io(error)) => Err(error),
            Err(error) => Err(io::Error::other(error)),
        }
    }
}
