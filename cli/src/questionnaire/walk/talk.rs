//! What is said, and what is heard.

use std::io::{self, Write};

use clap::builder::styling::Style;
use focalnet_contract::client::escape;

use super::{
    phrases::Phrase,
    reader::{Heard, Reader},
};
use crate::questionnaire::tongue::Tongue;

/// Where the conversation takes place.
pub(super) struct Talk<R, O> {
    /// Gives what is written to the program.
    pub(super) reader: R,
    /// What the program says.
    pub(super) out: O,
    /// The columns of a terminal: lines break between words there. None for a pipe.
    pub(super) columns: Option<usize>,
    /// The language that the program speaks.
    pub(super) tongue: Tongue,
}

impl<R: Reader, O: Write> Talk<R, O> {
    /// Says something, on lines that begin with so many blanks. All that is said goes through here: texts come from
    /// others, and must not act on the terminal.
    pub(super) fn say(&mut self, indent: usize, text: &str) -> io::Result<()> {
        for line in self.broken(indent, text) {
            writeln!(self.out, "{line}")?;
        }
        Ok(())
    }

    /// Says something in bold, where there is bold.
    pub(super) fn heading(&mut self, text: &str) -> io::Result<()> {
        if self.columns.is_none() {
            return self.say(0, text);
        }
        let bold = Style::new().bold();
        for line in self.broken(0, text) {
            writeln!(self.out, "{bold}{line}{bold:#}")?;
        }
        Ok(())
    }

    /// Says a phrase.
    pub(super) fn tell(&mut self, indent: usize, phrase: Phrase, parts: &[&str]) -> io::Result<()> {
        self.say(indent, &self.tongue.say(phrase, parts))
    }

    /// The lines of a text as they fit.
    fn broken(&self, indent: usize, text: &str) -> Vec<String> {
        let margin = " ".repeat(indent);
        let Some(columns) = self.columns else {
            return escape::lines(text).map(|line| format!("{margin}{line}")).collect();
        };
        let fit = |line: &str| {
            // What goes on stands below what it goes on with: a list of commands stays a list.
            let begins = line.find(|letter| letter != ' ').unwrap_or(0);
            let below = " ".repeat(indent + begins);
            let options = textwrap::Options::new(columns.max(20))
                .initial_indent(&margin)
                .subsequent_indent(&below)
                .break_words(false);
            textwrap::wrap(line, options).into_iter().map(std::borrow::Cow::into_owned).collect::<Vec<_>>()
        };
        escape::lines(text).flat_map(|line| fit(&line)).collect()
    }

    /// What is written next, without white space around; none at the end of input.
    pub(super) fn line(&mut self, prompt: &str) -> io::Result<Option<String>> {
        loop {
            let prompt = format!("{}> ", escape::line(prompt));
            match self.reader.read(&prompt, self.tongue, &mut self.out)? {
                Heard::End => return Ok(None),
                Heard::Refused(why) => self.say(2, &why)?,
                // An arrow key leaves such characters behind, unseen.
                Heard::Text(text)
                    if text.contains(|letter: char| letter.is_control() && !"\t\n".contains(letter)) =>
                {
                    self.tell(2, Phrase::ControlCharacters, &[])?;
                }
                Heard::Text(text) => return Ok(Some(text.trim().to_owned())),
            }
        }
    }
}
