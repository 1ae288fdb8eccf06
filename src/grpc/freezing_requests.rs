//! Requests to States.

use std::sync::Arc;

use focalnet_contract::{
    Method,
    proto::{
        AcknowledgeFreezingRequestRequest, AmendFreezingRequestRequest, AssignAuthorityRequest,
        CeaseFreezingRequestRequest, CheckFreezingRequestRequest, CheckFreezingRequestResponse,
        CloseConsultationRequest, CloseFreezingRequestRequest, ConfirmUrgentTransmissionRequest,
        CreateFreezingRequestRequest, DenyFreezingRequestRequest, FreezingRequest, GetFreezingRequestRequest,
        ListFreezingRequestsRequest, ListFreezingRequestsResponse, ListVersionsRequest, ListVersionsResponse,
        MarkFreezingRequestReadyRequest, OpenConsultationRequest, PostponeFreezingRequestRequest,
        ReportExecutionRequest, ReportReleaseRequest, ResumeFreezingRequestRequest, StartExecutionRequest,
        TransmitFreezingRequestRequest, UpdateFreezingRequestRequest, WithdrawFreezingRequestRequest,
        freezing_request_service_server::FreezingRequestService,
    },
};
use focalnet_domain::freezing_request::Act;
use serde::de::DeserializeOwned;

use super::edge::{Answer, Asked, Edge};
use crate::app::{App, Call, Input};

impl Edge {
    /// An act of the lifecycle: all of them are one use case, which gets what accompanies the act.
    async fn perform<Q: Method<Answer = FreezingRequest>, T: DeserializeOwned>(
        &self,
        request: Asked<Q>,
        act: fn(T) -> Act,
    ) -> Answer<FreezingRequest> {
        let use_case = async move |app: Arc<App>, call: Call, input: Input<T>| {
            Box::pin(app.act(&call, Input(input.0.map(act)))).await
        };
        self.act(request, use_case).await
    }
}

#[tonic::async_trait]
impl FreezingRequestService for Edge {
    async fn create_freezing_request(
        &self,
        request: Asked<CreateFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.act(request, async |app, call, input| Box::pin(app.create_freezing_request(&call, input)).await)
            .await
    }

    async fn get_freezing_request(
        &self,
        request: Asked<GetFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.act(request, async |app, call, input| Box::pin(app.get_freezing_request(&call, input)).await)
            .await
    }

    async fn list_freezing_requests(
        &self,
        request: Asked<ListFreezingRequestsRequest>,
    ) -> Answer<ListFreezingRequestsResponse> {
        self.plain(request, async |app, call| app.list_freezing_requests(&call).await).await
    }

    async fn list_versions(&self, request: Asked<ListVersionsRequest>) -> Answer<ListVersionsResponse> {
        self.plain(request, async |app, call| app.list_versions(&call).await).await
    }

    async fn check_freezing_request(
        &self,
        request: Asked<CheckFreezingRequestRequest>,
    ) -> Answer<CheckFreezingRequestResponse> {
        self.plain(request, async |app, call| app.check_freezing_request(&call).await).await
    }

    async fn update_freezing_request(
        &self,
        request: Asked<UpdateFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(request, Act::Update).await
    }

    async fn mark_freezing_request_ready(
        &self,
        request: Asked<MarkFreezingRequestReadyRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(request, Act::MarkReady).await
    }

    async fn transmit_freezing_request(
        &self,
        request: Asked<TransmitFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(request, Act::Transmit).await
    }

    async fn confirm_urgent_transmission(
        &self,
        request: Asked<ConfirmUrgentTransmissionRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(request, Act::ConfirmUrgentTransmission).await
    }

    async fn acknowledge_freezing_request(
        &self,
        request: Asked<AcknowledgeFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(request, Act::Acknowledge).await
    }

    async fn assign_authority(&self, request: Asked<AssignAuthorityRequest>) -> Answer<FreezingRequest> {
        self.perform(request, Act::AssignAuthority).await
    }

    async fn start_execution(&self, request: Asked<StartExecutionRequest>) -> Answer<FreezingRequest> {
        self.perform(request, Act::StartExecution).await
    }

    async fn report_execution(&self, request: Asked<ReportExecutionRequest>) -> Answer<FreezingRequest> {
        self.perform(request, Act::ReportExecution).await
    }

    async fn postpone_freezing_request(
        &self,
        request: Asked<PostponeFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(request, Act::Postpone).await
    }

    async fn resume_freezing_request(
        &self,
        request: Asked<ResumeFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(request, Act::Resume).await
    }

    async fn deny_freezing_request(
        &self,
        request: Asked<DenyFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(request, Act::Deny).await
    }

    async fn open_consultation(&self, request: Asked<OpenConsultationRequest>) -> Answer<FreezingRequest> {
        self.perform(request, Act::OpenConsultation).await
    }

    async fn close_consultation(&self, request: Asked<CloseConsultationRequest>) -> Answer<FreezingRequest> {
        self.perform(request, Act::CloseConsultation).await
    }

    async fn amend_freezing_request(
        &self,
        request: Asked<AmendFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(request, Act::Amend).await
    }

    async fn withdraw_freezing_request(
        &self,
        request: Asked<WithdrawFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(request, Act::Withdraw).await
    }

    async fn cease_freezing_request(
        &self,
        request: Asked<CeaseFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(request, Act::Cease).await
    }

    async fn report_release(&self, request: Asked<ReportReleaseRequest>) -> Answer<FreezingRequest> {
        self.perform(request, Act::ReportRelease).await
    }

    async fn close_freezing_request(
        &self,
        request: Asked<CloseFreezingRequestRequest>,
    ) -> Answer<FreezingRequest> {
        self.perform(request, Act::Close).await
    }
}
