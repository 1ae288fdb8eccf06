//! The second person.

use focalnet_contract::{
    Rpc,
    proto::{
        Approval, ApproveRequest, DeclineRequest, GetApprovalRequest, ListApprovalsRequest,
        ListApprovalsResponse, WithdrawRequest, approval_service_server::ApprovalService,
    },
};
use tonic::Request;

use super::edge::{Answer, Edge};

#[tonic::async_trait]
impl ApprovalService for Edge {
    async fn get_approval(&self, request: Request<GetApprovalRequest>) -> Answer<Approval> {
        self.plain(Rpc::GetApproval, request, async |app, call| app.get_approval(&call).await).await
    }

    async fn list_approvals(&self, request: Request<ListApprovalsRequest>) -> Answer<ListApprovalsResponse> {
        self.list(Rpc::ListApprovals, request, async |app, call| app.list_approvals(&call).await).await
    }

    async fn approve(&self, request: Request<ApproveRequest>) -> Answer<Approval> {
        self.act(Rpc::Approve, request, async |app, call, input| app.approve(&call, input).await).await
    }

    async fn decline(&self, request: Request<DeclineRequest>) -> Answer<Approval> {
        self.act(Rpc::Decline, request, async |app, call, input| app.decline(&call, input).await).await
    }

    async fn withdraw(&self, request: Request<WithdrawRequest>) -> Answer<Approval> {
        self.act(Rpc::Withdraw, request, async |app, call, input| app.withdraw(&call, input).await).await
    }
}
