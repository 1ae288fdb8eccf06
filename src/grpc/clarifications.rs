//! Questions about a request.

use focalnet_contract::proto::{
    Clarification, GetClarificationRequest, ListClarificationsRequest, ListClarificationsResponse,
    ListMessagesRequest, ListMessagesResponse, OpenClarificationRequest, ReplyToClarificationRequest,
    RerouteClarificationRequest, ResolveClarificationRequest,
    clarification_service_server::ClarificationService,
};

use super::edge::{Answer, Asked, Edge};

#[tonic::async_trait]
impl ClarificationService for Edge {
    async fn open_clarification(&self, request: Asked<OpenClarificationRequest>) -> Answer<Clarification> {
        self.act(request, async |app, call, input| app.open_clarification(&call, input).await).await
    }

    async fn get_clarification(&self, request: Asked<GetClarificationRequest>) -> Answer<Clarification> {
        self.plain(request, async |app, call| app.get_clarification(&call).await).await
    }

    async fn list_clarifications(
        &self,
        request: Asked<ListClarificationsRequest>,
    ) -> Answer<ListClarificationsResponse> {
        self.plain(request, async |app, call| app.list_clarifications(&call).await).await
    }

    async fn list_messages(&self, request: Asked<ListMessagesRequest>) -> Answer<ListMessagesResponse> {
        self.plain(request, async |app, call| app.list_messages(&call).await).await
    }

    async fn reply_to_clarification(
        &self,
        request: Asked<ReplyToClarificationRequest>,
    ) -> Answer<Clarification> {
        self.act(request, async |app, call, input| app.reply_to_clarification(&call, input).await).await
    }

    async fn reroute_clarification(
        &self,
        request: Asked<RerouteClarificationRequest>,
    ) -> Answer<Clarification> {
        self.act(request, async |app, call, input| app.reroute_clarification(&call, input).await).await
    }

    async fn resolve_clarification(
        &self,
        request: Asked<ResolveClarificationRequest>,
    ) -> Answer<Clarification> {
        self.act(request, async |app, call, input| app.resolve_clarification(&call, input).await).await
    }
}
