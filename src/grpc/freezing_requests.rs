//! Requests to States.

use std::sync::Arc;

use focalnet_contract::{
    Rpc,
    proto::{
        AcknowledgeFreezingRequestRequest, AmendFreezingRequestRequest, AssignAuthorityRequest,
        CeaseFreezingRequestRequest, CheckFreezingRequestRequest, CheckFreezingRequestResponse,
        CloseConsultationRequest, CloseFreezingRequestRequest, ConfirmUrgentTransmissionRequest,
        CreateFreezingRequestRequest, DenyFreezingRequestRequest, FreezingRequest, GetFreezingRequestRequest,
        ListFreezingRequestsRequest, ListFreezingRequestsResponse, MarkFreezingRequestReadyRequest,
        OpenConsultationRequest, PostponeFreezingRequestRequest, ReportExecutionRequest,
        ReportReleaseRequest, ResumeFreezingRequestRequest, StartExecutionRequest,
        TransmitFreezingRequestRequest, UpdateFreezingRequestRequest, WithdrawFreezingRequestRequest,
        freezing_request_service_server::FreezingRequestService,
    },
};
use focalnet_domain::freezing_request::Act;
use prost::Message;
use serde::de::DeserializeOwned;
use tonic::Request;

use super::edge::{Answer, Edge};
use crate::app::{App, Call, Checked};

impl Edge {
    /// An act of the lifecycle: all of them are one use case, which gets what accompanies the act.
    async fn perform<Q: Message, T: DeserializeOwned>(
        &self,
        rpc: Rpc,
        request: Request<Q>,
        act: fn(T) -> Act,
    ) -> Answer<FreezingRequest> {
        let use_case = async move |app: Arc<App>, call: Call, input: Checked<T>| {
            app.act(&call, Checked(input.0.map(act))).await
        };
        self.act(rpc, request, use_case).await
    }
}

#[tonic::async_trait]
impl FreezingRequestService for Edge {
    async fn create_freezing_request(
        &self,
        request: Request<CreateFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.act(Rpc::CreateFreezingRequest, request, async |app, call, input| {
            app.create_freezing_request(&call, input).await
        })
        .await
    }

    async fn get_freezing_request(
        &self,
        request: Request<GetFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.act(Rpc::GetFreezingRequest, request, async |app, call, input| {
            app.get_freezing_request(&call, input).await
        })
        .await
    }

    async fn list_freezing_requests(
        &self,
        request: Request<ListFreezingRequestsRequest>,
    ) -> Answer<ListFreezingRequestsResponse> {
        self.list(Rpc::ListFreezingRequests, request, async |app, call| {
            app.list_freezing_requests(&call).await
        })
        .await
    }

    async fn check_freezing_request(
        &self,
        request: Request<CheckFreezingRequestRequest>,
    ) -> Answer<CheckFreezingRequestResponse> {
        self.plain(Rpc::CheckFreezingRequest, request, async |app, call| {
            app.check_freezing_request(&call).await
        })
        .await
    }

    async fn update_freezing_request(
        &self,
        request: Request<UpdateFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(Rpc::UpdateFreezingRequest, request, Act::Update).await
    }

    async fn mark_freezing_request_ready(
        &self,
        request: Request<MarkFreezingRequestReadyRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(Rpc::MarkFreezingRequestReady, request, Act::MarkReady).await
    }

    async fn transmit_freezing_request(
        &self,
        request: Request<TransmitFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(Rpc::TransmitFreezingRequest, request, Act::Transmit).await
    }

    async fn confirm_urgent_transmission(
        &self,
        request: Request<ConfirmUrgentTransmissionRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(Rpc::ConfirmUrgentTransmission, request, Act::ConfirmUrgentTransmission).await
    }

    async fn acknowledge_freezing_request(
        &self,
        request: Request<AcknowledgeFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(Rpc::AcknowledgeFreezingRequest, request, Act::Acknowledge).await
    }

    async fn assign_authority(&self, request: Request<AssignAuthorityRequest>) -> Answer<FreezingRequest> {
        self.perform(Rpc::AssignAuthority, request, Act::AssignAuthority).await
    }

    async fn start_execution(&self, request: Request<StartExecutionRequest>) -> Answer<FreezingRequest> {
        self.perform(Rpc::StartExecution, request, Act::StartExecution).await
    }

    async fn report_execution(&self, request: Request<ReportExecutionRequest>) -> Answer<FreezingRequest> {
        self.perform(Rpc::ReportExecution, request, Act::ReportExecution).await
    }

    async fn postpone_freezing_request(
        &self,
        request: Request<PostponeFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(Rpc::PostponeFreezingRequest, request, Act::Postpone).await
    }

    async fn resume_freezing_request(
        &self,
        request: Request<ResumeFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(Rpc::ResumeFreezingRequest, request, Act::Resume).await
    }

    async fn deny_freezing_request(
        &self,
        request: Request<DenyFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(Rpc::DenyFreezingRequest, request, Act::Deny).await
    }

    async fn open_consultation(&self, request: Request<OpenConsultationRequest>) -> Answer<FreezingRequest> {
        self.perform(Rpc::OpenConsultation, request, Act::OpenConsultation).await
    }

    async fn close_consultation(
        &self,
        request: Request<CloseConsultationRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(Rpc::CloseConsultation, request, Act::CloseConsultation).await
    }

    async fn amend_freezing_request(
        &self,
        request: Request<AmendFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(Rpc::AmendFreezingRequest, request, Act::Amend).await
    }

    async fn withdraw_freezing_request(
        &self,
        request: Request<WithdrawFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(Rpc::WithdrawFreezingRequest, request, Act::Withdraw).await
    }

    async fn cease_freezing_request(
        &self,
        request: Request<CeaseFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(Rpc::CeaseFreezingRequest, request, Act::Cease).await
    }

    async fn report_release(&self, request: Request<ReportReleaseRequest>) -> Answer<FreezingRequest> {
        self.perform(Rpc::ReportRelease, request, Act::ReportRelease).await
    }

    async fn close_freezing_request(
        &self,
        request: Request<CloseFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(Rpc::CloseFreezingRequest, request, Act::Close).await
    }
}
