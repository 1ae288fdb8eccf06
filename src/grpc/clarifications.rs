//! Questions about a request.

use focalnet_contract::{
    Rpc,
    proto::{
        Clarification, GetClarificationRequest, ListClarificationsRequest, ListClarificationsResponse,
        OpenClarificationRequest, ReplyToClarificationRequest, RerouteClarificationRequest,
        ResolveClarificationRequest, clarification_service_server::ClarificationService,
    },
};
use tonic::Request;

use super::edge::{Answer, Edge};

#[tonic::async_trait]
impl ClarificationService for Edge {
    async fn open_clarification(&self, request: Request<OpenClarificationRequest>) -> Answer<Clarification> {
        self.act(Rpc::OpenClarification, request, async |app, call, input| {
            app.open_clarification(&call, input).await
        })
        .await
    }

    async fn get_clarification(&self, request: Request<GetClarificationRequest>) -> Answer<Clarification> {
        self.plain(Rpc::GetClarification, request, async |app, call| app.get_clarification(&call).await).await
    }

    async fn list_clarifications(
        &self,
        request: Request<ListClarificationsRequest>,
    ) -> Answer<ListClarificationsResponse> {
        self.list(Rpc::ListClarifications, request, async |app, call| app.list_clarifications(&call).await)
            .await
    }

    async fn reply_to_clarification(
        &self,
        request: Request<ReplyToClarificationRequest>,
    ) -> Answer<Clarification> {
        self.act(Rpc::ReplyToClarification, request, async |app, call, input| {
            app.reply_to_clarification(&call, input).await
        })
        .await
    }

    async fn reroute_clarification(
        &self,
        request: Request<RerouteClarificationRequest>,
    ) -> Answer<Clarification> {
        self.act(Rpc::RerouteClarification, request, async |app, call, input| {
            app.reroute_clarification(&call, input).await
        })
        .await
    }

    async fn resolve_clarification(
        &self,
        request: Request<ResolveClarificationRequest>,
    ) -> Answer<Clarification> {
        self.act(Rpc::ResolveClarification, request, async |app, call, input| {
            app.resolve_clarification(&call, input).await
        })
        .await
    }
}
