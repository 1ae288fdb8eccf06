//! Which question comes next, and what is said at the end.

use std::io::{self, Write};

use focalnet_contract::client::{Failure, escape};
use focalnet_domain::questionnaire::{
    answer::NewAnswer,
    logic::Logic,
    response,
    response::{AnswerView, Progress, ResponseView},
};

use super::{phrases::Phrase, reader::Reader, refusal, talk::Talk};

/// Which questions to go through.
#[derive(Debug, Clone, Copy)]
pub(super) enum Which {
    /// Those that are asked and open.
    Open,
    /// Those that are asked.
    All,
    /// The one at this place.
    One(usize),
}

/// How a question was left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// To the next one.
    On,
    /// To the one before.
    Back,
    /// Away.
    Leave,
}

/// A walk through a response. `server` saves the answer it is given, or only reads, and gives the response as it is
/// then.
pub(super) struct Walk<'a, R, O, S> {
    /// The questions and their conditions.
    pub(super) logic: &'a Logic<'a>,
    /// The language to talk in.
    pub(super) language: &'a str,
    /// Where the talk takes place.
    pub(super) talk: Talk<R, O>,
    /// Saves or reads.
    pub(super) server: S,
    /// The response, as far as is known.
    pub(super) view: ResponseView,
}

impl<R, O, S> Walk<'_, R, O, S>
where
    R: Reader,
    O: Write,
    S: AsyncFnMut(Option<NewAnswer>) -> Result<ResponseView, Failure>,
{
    /// Walks until there is nothing more to ask, or somebody leaves; how far it is is said in any case.
    pub(super) async fn run(mut self, which: Which) -> Result<(), Failure> {
        if let Which::One(place) = which
            && !self.is_asked(place)
        {
            let key = &self.logic.document().questions[place].key;
            return Err(Failure::usage(self.talk.tongue.say(Phrase::NotAsked, &[key])));
        }
        self.greet()?;
        let walked = self.walk(which).await;
        let tongue = self.talk.tongue;
        walked.map_err(|failure| refusal::end(failure, tongue)).and(self.conclude().map_err(Failure::from))
    }

    async fn walk(&mut self, which: Which) -> Result<(), Failure> {
        // Places of the questions left behind, the latest last.
        let mut behind = Vec::new();
        let mut here = self.next(which, &behind);
        while let Some(place) = here {
            here = match self.question(place).await? {
                Step::Leave => return Ok(()),
                Step::On => {
                    behind.push(place);
                    self.next(which, &behind)
                }
                Step::Back => {
                    let mut before = std::iter::from_fn(|| behind.pop());
                    let before = before.find(|place| self.is_asked(*place));
                    if before.is_none() {
                        self.talk.tell(2, Phrase::NoneBefore, &[])?;
                    }
                    before.or(here)
                }
            };
        }
        if !matches!(which, Which::One(_)) {
            self.notes(self.logic.document().questions.len())?;
        }
        Ok(())
    }

    fn next(&self, which: Which, behind: &[usize]) -> Option<usize> {
        let progress = self.progress();
        let keys = match which {
            Which::One(place) => return behind.is_empty().then_some(place),
            Which::Open => &progress.open,
            Which::All => &progress.asked,
        };
        let mut questions = self.logic.document().questions.iter().enumerate();
        let next =
            questions.find(|(place, question)| keys.contains(&question.key) && !behind.contains(place));
        next.map(|(place, _)| place)
    }

    pub(super) fn progress(&self) -> Progress {
        let answers = self.view.answers.iter();
        let given = answers.map(|answer| (answer.question.as_str(), &answer.value, !answer.unconfirmed));
        response::progress(self.logic, given)
    }

    pub(super) fn is_asked(&self, place: usize) -> bool {
        self.progress().asked.contains(&self.logic.document().questions[place].key)
    }

    /// The answer there is to a question, or what is filled in.
    pub(super) fn present(&self, key: &str) -> Option<&AnswerView> {
        self.view.answers.iter().find(|answer| answer.question == key)
    }

    fn greet(&mut self) -> io::Result<()> {
        let title = escape::line(self.logic.document().title.in_language(self.language));
        let ResponseView { version_number, note_verbale, due_date, .. } = &self.view;
        let state = escape::line(&self.view.requested_state_display_name);
        let due = if self.view.overdue { Phrase::WasDue } else { Phrase::IsDue };
        let parts =
            [&title, &version_number.to_string(), &state, &escape::line(note_verbale), &due_date.to_string()];
        let text = self.talk.tongue.say(due, &parts.map(String::as_str));
        self.talk.heading(&text)?;
        if let Some(reason) = &self.view.reopen_reason {
            self.talk.tell(0, Phrase::TakenUp, &[&escape::line(reason)])?;
        }
        self.talk.tell(0, Phrase::SavedAtOnce, &[])
    }

    /// How far it is, and how to go on.
    fn conclude(&mut self) -> io::Result<()> {
        let Progress { asked, open, required, .. } = self.progress();
        let ResponseView { name, .. } = &self.view;
        let language =
            if self.language == "en" { String::new() } else { format!(" --language {}", self.language) };
        let (answered, open) = ((asked.len() - open.len()).to_string(), open.len().to_string());
        let submit = format!("focalnet questionnaire submit-response {name}");
        let go_on = format!("focalnet questionnaire answer {name}{language}");
        self.talk.say(0, "\n")?;
        match (open.as_str(), required.len()) {
            ("0", _) => self.talk.tell(0, Phrase::NothingOpen, &[&submit]),
            (_, 0) => self.talk.tell(0, Phrase::NoneRequired, &[&answered, &open, &go_on, &submit]),
            (_, count) => {
                let (count, keys) = (count.to_string(), required.join(", "));
                self.talk.tell(0, Phrase::SomeRequired, &[&answered, &open, &count, &keys, &go_on])
            }
        }
    }
}
