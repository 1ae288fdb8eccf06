//! What a questionnaire says beside its questions: the notes between them, and what is against an answer.

use std::io::{self, Write};

use focalnet_contract::client::Failure;
use focalnet_domain::questionnaire::{
    Question, QuestionType,
    answer::{NewAnswer, Value},
    logic::{Given, Standing},
    response::ResponseView,
};

use super::{reader::Reader, refusal, steps::Walk};

impl<R, O, S> Walk<'_, R, O, S>
where
    R: Reader,
    O: Write,
    S: AsyncFnMut(Option<NewAnswer>) -> Result<ResponseView, Failure>,
{
    /// Shows the notes that stand between a question, or the end, and the question that is asked before it.
    pub(super) fn notes(&mut self, place: usize) -> io::Result<()> {
        let standings = self.standings(None);
        let before = self.logic.document().questions.iter().zip(&standings).take(place);
        let between = before.rev().take_while(|(question, standing)| !standing.asked || is_note(question));
        let notes: Vec<_> = between.filter(|(note, standing)| standing.asked && is_note(note)).collect();
        for (note, _) in notes.into_iter().rev() {
            self.talk.say(0, "\n")?;
            self.talk.say(0, note.label.in_language(self.language))?;
            self.talk.say(2, note.help.in_language(self.language))?;
        }
        Ok(())
    }

    /// What the constraint of a question says against its answer, or against a value that it is to have.
    pub(super) fn refusal(&self, place: usize, value: Option<&Value>) -> Option<String> {
        let question = &self.logic.document().questions[place];
        let standings = self.standings(value.map(|value| (question.key.as_str(), value)));
        standings[place].violated.then(|| refusal::constraint(question, self.language, self.talk.tongue))
    }

    /// What the answers say of each question, with another answer to one of them.
    fn standings(&self, other: Option<(&str, &Value)>) -> Vec<Standing> {
        let answers = self.view.answers.iter().map(|answer| (answer.question.as_str(), &answer.value));
        let given: Given = answers.chain(other).map(|(key, value)| (key.to_owned(), value.given())).collect();
        self.logic.evaluate(&given)
    }
}

fn is_note(question: &Question) -> bool {
    question.kind == QuestionType::Note
}
