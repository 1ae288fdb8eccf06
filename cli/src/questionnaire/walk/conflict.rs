//! Somebody else answered meanwhile: both answers, and a choice.

use std::io::Write;

use focalnet_contract::client::Failure;
use focalnet_domain::questionnaire::{
    answer::NewAnswer,
    response::{AnswerView, ResponseView},
};

use super::{
    phrases::Phrase,
    reader::Reader,
    show,
    steps::{Step, Walk},
};

impl<R, O, S> Walk<'_, R, O, S>
where
    R: Reader,
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
            let author = show::author(&theirs, self.talk.tongue);
            self.talk.tell(2, Phrase::SavedBy, &[&author])?;
            return Ok(Some(Step::On));
        }
        self.talk.tell(2, Phrase::AnsweredMeanwhile, &[&question.key])?;
        let author = show::author(&theirs, self.talk.tongue);
        self.talk.tell(2, Phrase::Theirs, &[&author])?;
        self.talk.say(4, &show::answer(question, &theirs, self.language))?;
        self.talk.tell(2, Phrase::Mine, &[])?;
        self.talk.say(4, &show::new_answer(question, mine, self.language))?;
        loop {
            let which = Phrase::KeepWhich.text(self.talk.tongue);
            let Some(line) = self.talk.line(which)? else { return Ok(Some(Step::Leave)) };
            match line.to_lowercase().as_str() {
                "mine" | "m" => {
                    mine.etag = Some(theirs.etag).filter(|etag| !etag.is_empty());
                    return Ok(None);
                }
                "theirs" | "t" => {
                    self.talk.tell(2, Phrase::TheirsStays, &[])?;
                    return Ok(Some(Step::On));
                }
                ":quit" => return Ok(Some(Step::Leave)),
                _ => self.talk.tell(2, Phrase::MineOrTheirs, &[])?,
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
