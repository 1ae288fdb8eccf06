//! One question: shown, answered, saved.

use std::io::{self, Write};

use chrono::NaiveDate;
use focalnet_contract::client::{Exit, Failure, escape};
use focalnet_domain::{
    questionnaire::{
        Question, QuestionType,
        answer::{Absence, NewAnswer, Value},
        response::{AnswerView, Progress, ResponseView},
    },
    text::LocalizedText,
};

use super::{
    edit,
    input::Input,
    parse,
    parts::Stop,
    phrases::Phrase,
    reader::Reader,
    refusal, show,
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

impl<R, O, S> Walk<'_, R, O, S>
where
    R: Reader,
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
            let value = match Input::read(&line, self.talk.tongue) {
                Ok(Input::Skip) => return Ok(Step::On),
                Ok(Input::Back) => return Ok(Step::Back),
                Ok(Input::Quit) => return Ok(Step::Leave),
                Ok(Input::Nothing) => match self.standing(&question.key) {
                    Some(present) if !present.unconfirmed && !beside.changed => return Ok(Step::On),
                    Some(present) => {
                        beside.since = beside.since.or(Some(present.valid_from_date));
                        Ok(present.value.clone())
                    }
                    None => Err(Stop::Wrong(self.talk.tongue.say(Phrase::NothingWritten, &[]))),
                },
                Ok(Input::Absence(absence)) => Ok(Value::Absence(absence)),
                Ok(Input::Text(text)) => self.talk.value(question, text, self.language),
                Ok(Input::Edit) => self.edited(question),
                Ok(Input::TakeBack) if self.standing(&question.key).is_none_or(|known| known.unconfirmed) => {
                    Err(Stop::Wrong(self.talk.tongue.say(Phrase::NothingToTakeBack, &[])))
                }
                Ok(Input::TakeBack) => Ok(Value::Absence(Absence::TakenBack)),
                Ok(other) => {
                    self.remember(&mut beside, &other)?;
                    continue;
                }
                Err(why) => Err(Stop::Wrong(why)),
            };
            let value = value.and_then(|value| match value.problem(question) {
                Some((_, unfit)) => Err(Stop::Wrong(refusal::unfit(&unfit, self.talk.tongue))),
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
                Err(Stop::Anew) => self.talk.tell(2, Phrase::BeginsAnew, &[])?,
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
        let counts = [asked.len() - open.len(), open.len(), hidden.len()].map(|count| count.to_string());
        let [answered, open, hidden] = &counts;
        let talk = &mut self.talk;
        talk.say(0, "\n")?;
        let standing = talk.tongue.say(Phrase::Standing, &[&question.key, answered, open, hidden]);
        talk.heading(&standing)?;
        let sections = &self.logic.document().sections;
        let section = sections.iter().find(|section| section.key == question.section);
        talk.say(0, section.map_or("", |section| section.label.in_language(self.language)))?;
        talk.heading(question.label.in_language(self.language))?;
        talk.say(2, question.help.in_language(self.language))?;
        if let Some(basis) = &question.legal_basis {
            talk.tell(2, Phrase::LegalBasis, &[&escape::line(basis)])?;
        }
        match refusal {
            Some(why) => talk.tell(2, Phrase::CannotStay, &[&why])?,
            None if required.contains(&question.key) => talk.tell(2, Phrase::Required, &[])?,
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
        let author = show::author(present, talk.tongue);
        if present.value.takes_back() {
            return talk.tell(2, Phrase::TakenBackBy, &[&author]);
        }
        let heading = if present.unconfirmed { Phrase::FilledIn } else { Phrase::AnsweredBy };
        talk.tell(2, heading, &[&author])?;
        talk.say(4, &show::answer(question, present, self.language))
    }

    /// The answer there is, unless it was taken back.
    fn standing(&self, key: &str) -> Option<&AnswerView> {
        self.present(key).filter(|present| !present.value.takes_back())
    }

    /// What an answer that follows another takes over from it.
    fn beside(&self, key: &str) -> Beside {
        let taken = |present: &AnswerView| Beside {
            comment: present.comment.clone(),
            shared: present.shared,
            ..Beside::default()
        };
        self.standing(key).map(taken).unwrap_or_default()
    }

    /// An answer in words from an editor, which begins with the one there is.
    fn edited(&self, question: &Question) -> Result<Value, Stop> {
        let tongue = self.talk.tongue;
        if question.kind != QuestionType::Text || self.talk.columns.is_none() {
            return Err(Stop::Wrong(tongue.say(Phrase::EditText, &[])));
        }
        let present = match self.standing(&question.key).map(|present| &present.value) {
            Some(Value::Text(present)) => present.text.as_str(),
            _ => "",
        };
        let text = edit::edited(present, tongue)?;
        if text.is_empty() {
            return Err(Stop::Wrong(tongue.say(Phrase::NothingWritten, &[])));
        }
        Ok(parse::value(question, &text, self.language)?)
    }

    fn remember(&mut self, beside: &mut Beside, input: &Input<'_>) -> io::Result<()> {
        let mut since = String::new();
        let told = match input {
            Input::Comment("") => {
                beside.comment = None;
                Phrase::NoComment
            }
            Input::Comment(text) => {
                beside.comment = Some(parse::words(text, self.language));
                Phrase::CommentGoes
            }
            Input::Since(day) => {
                beside.since = Some(*day);
                since = day.to_string();
                Phrase::WillBeValid
            }
            Input::Share => {
                beside.shared = !beside.shared;
                if beside.shared { Phrase::WillBeShared } else { Phrase::WillNotBeShared }
            }
            _ => return self.talk.tell(2, Phrase::Help, &[]),
        };
        beside.changed = true;
        self.talk.tell(2, told, &[&since])
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
        Ok(self.talk.tell(2, Phrase::Unsaved, &[key])?)
    }

    /// Tells what the server has now. A question whose answer was taken back is asked again.
    fn saved(&mut self, place: usize) -> io::Result<Option<Step>> {
        let question = &self.logic.document().questions[place];
        let Some(present) = self.present(&question.key) else { return Ok(Some(Step::On)) };
        if present.value.takes_back() {
            self.talk.tell(2, Phrase::TakenBack, &[&question.key])?;
            return Ok(None);
        }
        let [heading, answer] = show::saved(question, present, self.language);
        self.talk.say(2, &heading)?;
        self.talk.say(4, &answer)?;
        Ok(Some(Step::On))
    }

    async fn save(&mut self, place: usize, mut answer: NewAnswer) -> Result<Option<Step>, Failure> {
        loop {
            let failure = match (self.server)(Some(answer.clone())).await {
                Ok(view) => {
                    self.view = view;
                    return Ok(self.saved(place)?);
                }
                Err(failure) => failure,
            };
            if failure.reason() == Some("ANSWER_CONFLICT") {
                if let Some(step) = self.settle(place, &mut answer).await? {
                    return Ok(Some(step));
                }
            } else if failure.exit() == Exit::Usage {
                let key = &self.logic.document().questions[place].key;
                self.talk.say(2, &refusal::not_saved(&failure, key, self.talk.tongue))?;
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
            } else if failure.exit() == Exit::Unavailable && self.talk.columns.is_some() {
                self.talk.say(2, &refusal::in_words(&failure, self.talk.tongue))?;
                let again = Phrase::SendAgain.text(self.talk.tongue);
                if self.talk.line(again)?.is_none_or(|line| line == ":quit") {
                    return Ok(Some(Step::Leave));
                }
            } else {
                return Err(failure);
            }
        }
    }
}
