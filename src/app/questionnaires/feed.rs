//! Brings the directory into line with what was attested.

use focalnet_domain::{
    directory::Directory,
    error::Violation,
    journal::Event,
    questionnaire::{answer::SavedAnswer, feeds},
};
use serde_json::json;

use super::read;
use crate::{
    app::context::CallContext,
    authz::Permit,
    error::{Error, Result},
    store::Responding,
};

impl CallContext<'_> {
    /// The part of the directory that these answers may change.
    async fn own_directory(&self, responding: &Responding, answers: &[SavedAnswer]) -> Result<Directory> {
        let state = responding.response.requested_state;
        let since = answers.iter().map(|answer| answer.valid_from_date).min();
        let since = since.unwrap_or_else(|| self.actor.now.date_naive());
        let found = self.tx.changing_directory(&self.scope, state, since).await?;
        found.ok_or(Error::NotFound("directory"))
    }

    /// The answers that the directory could not take: the State is told of them before it submits.
    pub(super) async fn unfit_for_directory(
        &self,
        responding: &Responding,
        answers: &[SavedAnswer],
    ) -> Result<Vec<Violation>> {
        let document = read::document(responding)?;
        if !feeds::feeds(document) {
            return Ok(Vec::new());
        }
        let directory = self.own_directory(responding, answers).await?;
        let problems = feeds::problems(&directory, document, answers, self.actor.now);
        let told =
            problems.into_iter().map(|(question, text)| Violation::new(format!("answers.{question}"), text));
        Ok(told.collect())
    }

    /// Changes the directory as answers say that were not attested before, and gives the event if anything changed.
    pub(super) async fn feed(
        &self,
        permit: &Permit,
        responding: &Responding,
        answers: &[SavedAnswer],
    ) -> Result<Option<Event>> {
        let document = read::document(responding)?;
        if !feeds::feeds(document) {
            return Ok(None);
        }
        let state = responding.response.requested_state;
        self.tx.lock_directory(&self.scope, state).await?.ok_or(Error::NotFound("directory"))?;
        let new: Vec<_> = answers.iter().filter(|answer| !answer.attested).cloned().collect();
        let directory = self.own_directory(responding, &new).await?;
        let changes = feeds::changes(&directory, document, &new, self.actor.now);
        if changes.is_empty() {
            return Ok(None);
        }
        let ended: Vec<_> = changes.ended.iter().map(|designation| designation.name).collect();
        let content = json!({
            "response": responding.response.name, "ended": ended, "designated": changes.designated,
            "channel": changes.channel,
        });
        self.record_directory(permit, state, "feed_directory", content, &changes).await.map(Some)
    }
}
