//! Questions about a request, and who answers them.

use focalnet_contract::proto::{
    Clarification, GetClarificationRequest, ListMessagesRequest, LocalizedText, OpenClarificationRequest,
    ReplyToClarificationRequest, RerouteClarificationRequest, ResolveClarificationRequest, ThreadMessage,
    clarification::{Blocks, Topic},
};
use tonic::{Code, Status};

use crate::support::{actor::Actor, new_id, waiting::pages};

mod beside;
mod ends;
mod growing;
mod story;
mod topics;

fn words(text: &str) -> LocalizedText {
    LocalizedText { text: text.into(), language_code: "en".into() }
}

impl Actor {
    /// Asks a question, with what it blocks as its topic says.
    async fn asks(&self, request: &str, topic: Topic, text: &str) -> Result<Clarification, Status> {
        self.asks_blocking(request, topic, Blocks::Unspecified, text).await
    }

    async fn asks_blocking(
        &self,
        request: &str,
        topic: Topic,
        blocks: Blocks,
        text: &str,
    ) -> Result<Clarification, Status> {
        let clarification =
            Clarification { topic: topic.into(), blocks: blocks.into(), ..Clarification::default() };
        let open = OpenClarificationRequest {
            parent: request.into(),
            clarification: Some(clarification),
            text: Some(words(text)),
            request_id: new_id(),
        };
        Ok(self.clarifications().open_clarification(open).await?.into_inner())
    }

    async fn reads_thread(&self, name: &str) -> Result<Clarification, Status> {
        let get = GetClarificationRequest { name: name.into() };
        Ok(self.clarifications().get_clarification(get).await?.into_inner())
    }

    /// All entries of a thread, newest first as the pages have them.
    async fn reads_messages(&self, name: &str) -> Result<Vec<ThreadMessage>, Status> {
        pages(async |page_token| {
            let list = ListMessagesRequest { parent: name.into(), page_token, ..Default::default() };
            let page = self.clarifications().list_messages(list).await?.into_inner();
            Ok((page.messages, page.next_page_token))
        })
        .await
    }

    async fn replies(&self, name: &str, text: &str) -> Result<Clarification, Status> {
        let Clarification { name, etag, .. } = self.reads_thread(name).await?;
        let text = Some(words(text));
        let reply = ReplyToClarificationRequest { name, etag, request_id: new_id(), text };
        Ok(self.clarifications().reply_to_clarification(reply).await?.into_inner())
    }

    async fn reroutes(&self, name: &str, text: Option<&str>) -> Result<Clarification, Status> {
        let Clarification { name, etag, .. } = self.reads_thread(name).await?;
        let text = text.map(words);
        let reroute = RerouteClarificationRequest { name, etag, request_id: new_id(), text };
        Ok(self.clarifications().reroute_clarification(reroute).await?.into_inner())
    }

    async fn resolves(&self, name: &str) -> Result<Clarification, Status> {
        let Clarification { name, etag, .. } = self.reads_thread(name).await?;
        let resolve = ResolveClarificationRequest { name, etag, request_id: new_id() };
        Ok(self.clarifications().resolve_clarification(resolve).await?.into_inner())
    }
}

fn wrong_party() -> (Code, String) {
    (Code::PermissionDenied, "WRONG_PARTY".into())
}

fn role_missing() -> (Code, String) {
    (Code::PermissionDenied, "ROLE_MISSING".into())
}

fn wrong_state() -> (Code, String) {
    (Code::FailedPrecondition, "WRONG_STATE".into())
}

impl Actor {
    /// The name that the cast gave its people.
    fn display_name(&self) -> String {
        format!("Somebody called {}", self.login)
    }
}
