//! Somebody else answered meanwhile: both answers, and a choice.

use std::io::{BufRead, Write};

use focalnet_contract::client::Failure;
use focalnet_domain::questionnaire::{
    answer::NewAnswer,
    response::{AnswerView, ResponseView},
};

use super::{
    show,
    steps::{Step, Walk},
};

impl<I, O, S> Walk<'_, I, O, S>
where
    I: BufRead,
    O: Write,
    S: AsyncFnMut(Option<NewAnswer>) -> Result<ResponseView, Failure>,
{
    /// Reads the response again and asks which answer to keep. Without a step, the answer follows the other one now,
    /// and is to be saved again.
    pub(super) async fn settle(
        &mut self,
        place: usize,
        mine: &mut NewAnswer,
    ) -> Result<Option<Step>, Failure> {
        self.view = (self.server)(None).await?;
        let question = &self.logic.document().questions[place];
        let Some(theirs) = self.present(&question.key).cloned() else {
            mine.etag = None;
            return Ok(None);
        };
        // The two answers also agree if the own answer was saved before, and only the server's reply was
        // lost.
        if agree(mine, &theirs) {
            self.talk.say(2, &format!("Saved by {}.", show::author(&theirs)))?;
            return Ok(Some(Step::On));
        }
        self.talk.say(2, &format!("{} was answered meanwhile.", question.key))?;
        self.talk.say(2, &format!("Theirs, by {}:", show::author(&theirs)))?;
        self.talk.say(4, &show::answer(question, &theirs, self.language))?;
        self.talk.say(2, "Mine, not saved yet:")?;
        self.talk.say(4, &show::new_answer(question, mine, self.language))?;
        loop {
            let Some(line) = self.talk.line("keep mine or theirs")? else { return Ok(Some(Step::Leave)) };
            match line.to_lowercase().as_str() {
                "mine" | "m" => {
                    mine.etag = Some(theirs.etag).filter(|etag| !etag.is_empty());
                    return Ok(None);
                }
                "theirs" | "t" => {
                    self.talk.say(2, "Theirs stays.")?;
                    return Ok(Some(Step::On));
                }
                ":quit" => return Ok(Some(Step::Leave)),
                _ => self.talk.say(2, "Write mine or theirs; `:quit` leaves theirs and ends.")?,
            }
        }
    }
}

/// Whether two answers say the same.
fn agree(mine: &NewAnswer, theirs: &AnswerView) -> bool {
    !theirs.unconfirmed
        && mine.value == theirs.value
        && mine.comment == theirs.comment
        && mine.shared == theirs.shared
        && mine.valid_from_date.is_none_or(|day| day == theirs.valid_from_date)
}
