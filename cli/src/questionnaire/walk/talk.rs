//! Lines in, lines out.

use std::io::{self, BufRead, Write};

use clap::builder::styling::Style;
use focalnet_contract::client::escape;

/// Where the conversation takes place.
pub(super) struct Talk<I, O> {
    /// What is written to the program.
    pub(super) input: I,
    /// What the program says.
    pub(super) out: O,
    /// Whether both are a terminal: it shows what is typed, and knows bold.
    pub(super) terminal: bool,
}

impl<I: BufRead, O: Write> Talk<I, O> {
    /// Says something, on lines that begin with so many blanks. All that is said goes through here: texts come from
    /// others, and must not act on the terminal.
    pub(super) fn say(&mut self, indent: usize, text: &str) -> io::Result<()> {
        escape::lines(text).try_for_each(|line| writeln!(self.out, "{:indent$}{line}", ""))
    }

    /// Says something in bold, where there is bold.
    pub(super) fn heading(&mut self, text: &str) -> io::Result<()> {
        if !self.terminal {
            return self.say(0, text);
        }
        let bold = Style::new().bold();
        escape::lines(text).try_for_each(|line| writeln!(self.out, "{bold}{line}{bold:#}"))
    }

    /// The next line, without white space around; none at the end of input. A pipe is echoed, so that the output reads
    /// as the conversation it was.
    pub(super) fn line(&mut self, prompt: &str) -> io::Result<Option<String>> {
        loop {
            write!(self.out, "{}> ", escape::line(prompt))?;
            self.out.flush()?;
            let mut bytes = Vec::new();
            if self.input.read_until(b'\n', &mut bytes)? == 0 {
                writeln!(self.out)?;
                return Ok(None);
            }
            let text = String::from_utf8_lossy(&bytes);
            let text = text.trim_start_matches('\u{feff}').trim();
            if !self.terminal {
                writeln!(self.out, "{}", escape::line(text))?;
            }
            // An arrow key leaves such characters behind, unseen.
            if text.contains(|letter: char| letter.is_control() && letter != '\t') {
                self.say(2, "The line holds control characters, as arrow keys leave them: write it again.")?;
            } else if std::str::from_utf8(&bytes).is_err() {
                self.say(2, "The line is not in UTF-8: write it again.")?;
            } else {
                return Ok(Some(text.to_owned()));
            }
        }
    }
}
