//! One question: shown, answered, saved.

use std::io::{self, BufRead, Write};

use chrono::NaiveDate;
use focalnet_contract::client::{Exit, Failure, escape};
use focalnet_domain::{
    questionnaire::{
        Question,
        answer::{NewAnswer, Value},
        response::{AnswerView, Progress, ResponseView},
    },
    text::LocalizedText,
};

use super::{
    input::{HELP, Input},
    parse,
    parts::Stop,
    show,
    steps::{Step, Walk},
};

/// What is said beside the value.
#[derive(Default)]
struct Beside {
    comment: Option<LocalizedText>,
    since: Option<NaiveDate>,
    shared: bool,
    changed: bool,
}

impl<I, O, S> Walk<'_, I, O, S>
where
    I: BufRead,
    O: Write,
    S: AsyncFnMut(Option<NewAnswer>) -> Result<ResponseView, Failure>,
{
    /// Asks a question until it is answered or left.
    pub(super) async fn question(&mut self, place: usize) -> Result<Step, Failure> {
        let question = &self.logic.document().questions[place];
        self.notes(place)?;
        self.card(place)?;
        let mut beside = self.beside(&question.key);
        loop {
            let Some(line) = self.talk.line(&show::prompt(question, self.language))? else {
                return Ok(Step::Leave);
            };
            let value = match Input::read(&line) {
                Ok(Input::Skip) => return Ok(Step::On),
                Ok(Input::Back) => return Ok(Step::Back),
                Ok(Input::Quit) => return Ok(Step::Leave),
                Ok(Input::Nothing) => match self.present(&question.key) {
                    Some(present) if !present.unconfirmed && !beside.changed => return Ok(Step::On),
                    Some(present) => {
                        beside.since = beside.since.or(Some(present.valid_from_date));
                        Ok(present.value.clone())
                    }
                    None => {
                        Err(Stop::Wrong("Nothing was written: `:skip` leaves the question open.".to_owned()))
                    }
                },
                Ok(Input::Absence(absence)) => Ok(Value::Absence(absence)),
                Ok(Input::Text(text)) => self.talk.value(question, text, self.language),
                Ok(other) => {
                    self.remember(&mut beside, &other)?;
                    continue;
                }
                Err(why) => Err(Stop::Wrong(why)),
            };
            let value = value.and_then(|value| match value.problem(question) {
                Some((_, problem)) => Err(Stop::Wrong(format!("The answer {problem}."))),
                None => self.refusal(place, Some(&value)).map_or(Ok(value), |why| Err(Stop::Wrong(why))),
            });
            match value {
                Ok(value) => {
                    let answer = self.answer(question, value, &beside);
                    if let Some(step) = self.deliver(place, answer).await? {
                        return Ok(step);
                    }
                }
                Err(Stop::Wrong(why)) => self.talk.say(2, &why)?,
                Err(Stop::Anew) => self.talk.say(2, "The answer begins anew.")?,
                Err(Stop::Leave) => return self.unsaved(&question.key).map(|()| Step::Leave),
                Err(Stop::Broken(failure)) => return Err(failure),
            }
        }
    }

    /// All there is to know before answering.
    fn card(&mut self, place: usize) -> io::Result<()> {
        let question = &self.logic.document().questions[place];
        let refusal = self.refusal(place, None);
        let Progress { asked, open, required, hidden } = self.progress();
        let (answered, open, hidden) = (asked.len() - open.len(), open.len(), hidden.len());
        let talk = &mut self.talk;
        talk.say(0, "\n")?;
        talk.heading(&format!("{} · {answered} answered, {open} open, {hidden} not asked", question.key))?;
        let sections = &self.logic.document().sections;
        let section = sections.iter().find(|section| section.key == question.section);
        talk.say(0, section.map_or("", |section| section.label.in_language(self.language)))?;
        talk.heading(question.label.in_language(self.language))?;
        talk.say(2, question.help.in_language(self.language))?;
        if let Some(basis) = &question.legal_basis {
            talk.say(2, &format!("Legal basis: {}", escape::line(basis)))?;
        }
        match refusal {
            Some(why) => talk.say(2, &format!("The answer there is cannot stay: {why}"))?,
            None if required.contains(&question.key) => talk.say(2, "An answer is required.")?,
            None => {}
        }
        let numbered = parse::are_numbered(&question.options);
        for (place, option) in question.options.iter().enumerate() {
            let number = if numbered { format!("{:>2}  ", place + 1) } else { String::new() };
            let label = escape::line(option.label.in_language(self.language));
            talk.say(2, &format!("{number}{label} ({})", option.key))?;
        }
        let Some(present) = self.view.answers.iter().find(|answer| answer.question == question.key) else {
            return Ok(());
        };
        let heading = if present.unconfirmed {
            "Filled in from an earlier response; Enter confirms it:".to_owned()
        } else {
            format!("Answered by {}; Enter keeps it:", show::author(present))
        };
        talk.say(2, &heading)?;
        talk.say(4, &show::answer(question, present, self.language))
    }

    /// What an answer that follows another takes over from it.
    fn beside(&self, key: &str) -> Beside {
        let taken = |present: &AnswerView| Beside {
            comment: present.comment.clone(),
            shared: present.shared,
            ..Beside::default()
        };
        self.present(key).map(taken).unwrap_or_default()
    }

    fn remember(&mut self, beside: &mut Beside, input: &Input<'_>) -> io::Result<()> {
        let told = match input {
            Input::Comment("") => {
                beside.comment = None;
                "The answer will have no comment.".to_owned()
            }
            Input::Comment(text) => {
                beside.comment = Some(parse::words(text, self.language));
                "The comment goes with the answer.".to_owned()
            }
            Input::Since(day) => {
                beside.since = Some(*day);
                format!("The answer will be valid from {day}.")
            }
            Input::Share => {
                beside.shared = !beside.shared;
                let not = if beside.shared { "" } else { "not " };
                format!("The answer will {not}be shared with other States Parties.")
            }
            _ => return self.talk.say(2, HELP),
        };
        beside.changed = true;
        self.talk.say(2, &told)
    }

    fn answer(&self, question: &Question, value: Value, beside: &Beside) -> NewAnswer {
        let etag = self.present(&question.key).map(|present| present.etag.clone());
        NewAnswer {
            question: question.key.clone(),
            value,
            valid_from_date: beside.since,
            shared: beside.shared,
            comment: beside.comment.clone(),
            etag: etag.filter(|etag| !etag.is_empty()),
        }
    }

    /// Saves an answer; no step when the question has to be asked again.
    async fn deliver(&mut self, place: usize, answer: NewAnswer) -> Result<Option<Step>, Failure> {
        let step = self.save(place, answer).await;
        if matches!(step, Err(_) | Ok(Some(Step::Leave))) {
            self.unsaved(&self.logic.document().questions[place].key)?;
        }
        step
    }

    fn unsaved(&mut self, key: &str) -> Result<(), Failure> {
        Ok(self.talk.say(2, &format!("Your answer to {key} is not saved."))?)
    }

    async fn save(&mut self, place: usize, mut answer: NewAnswer) -> Result<Option<Step>, Failure> {
        loop {
            let failure = match (self.server)(Some(answer.clone())).await {
                Ok(view) => {
                    self.view = view;
                    self.talk.say(2, "Saved.")?;
                    return Ok(Some(Step::On));
                }
                Err(failure) => failure,
            };
            if failure.reason() == Some("ANSWER_CONFLICT") {
                if let Some(step) = self.settle(place, &mut answer).await? {
                    return Ok(Some(step));
                }
            } else if failure.exit() == Exit::Usage {
                self.talk.say(2, &format!("Not saved: {}", failure.explanation()))?;
                // Perhaps somebody else has answered meanwhile. Such an answer to this question must be seen
                // before it is answered over.
                self.view = (self.server)(None).await?;
                let question = &self.logic.document().questions[place];
                if !self.is_asked(place) {
                    return Ok(Some(Step::On));
                }
                if self.present(&question.key).map(|present| &present.etag).filter(|etag| !etag.is_empty())
                    != answer.etag.as_ref()
                {
                    self.card(place)?;
                }
                return Ok(None);
            } else if failure.exit() == Exit::Unavailable && self.talk.terminal {
                self.talk.say(2, &failure.explanation())?;
                if self.talk.line("Enter sends it again, :quit leaves")?.is_none_or(|line| line == ":quit") {
                    return Ok(Some(Step::Leave));
                }
            } else {
                return Err(failure);
            }
        }
    }
}
