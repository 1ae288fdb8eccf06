//! The second person.

use focalnet_contract::proto::{
    Approval, ApproveRequest, DeclineRequest, GetApprovalRequest, ListApprovalsRequest,
    ListApprovalsResponse, WithdrawRequest, approval_service_server::ApprovalService,
};

use super::edge::{Answer, Asked, Edge};

#[tonic::async_trait]
impl ApprovalService for Edge {
    async fn get_approval(&self, request: Asked<GetApprovalRequest>) -> Answer<Approval> {
        self.plain(request, async |app, call| app.get_approval(&call).await).await
    }

    async fn list_approvals(&self, request: Asked<ListApprovalsRequest>) -> Answer<ListApprovalsResponse> {
        self.plain(request, async |app, call| app.list_approvals(&call).await).await
    }

    async fn approve(&self, request: Asked<ApproveRequest>) -> Answer<Approval> {
        self.act(request, async |app, call, input| app.approve(&call, input).await).await
    }

    async fn decline(&self, request: Asked<DeclineRequest>) -> Answer<Approval> {
        self.act(request, async |app, call, input| app.decline(&call, input).await).await
    }

    async fn withdraw(&self, request: Asked<WithdrawRequest>) -> Answer<Approval> {
        self.act(request, async |app, call, input| app.withdraw(&call, input).await).await
    }
}
