//! Focal points of States, their channels and languages.

use focalnet_contract::{
    Rpc,
    proto::{
        DesignateFocalPointRequest, DirectoryEntry, EndDesignationRequest, ListFocalPointsRequest,
        ListFocalPointsResponse, SetChannelRequest, directory_service_server::DirectoryService,
    },
};
use tonic::Request;

use super::edge::{Answer, Edge};

#[tonic::async_trait]
impl DirectoryService for Edge {
    async fn designate_focal_point(
        &self,
        request: Request<DesignateFocalPointRequest>,
    ) -> Answer<DirectoryEntry> {
        self.act(Rpc::DesignateFocalPoint, request, async |app, call, input| {
            app.designate_focal_point(&call, input).await
        })
        .await
    }

    async fn end_designation(&self, request: Request<EndDesignationRequest>) -> Answer<DirectoryEntry> {
        self.act(Rpc::EndDesignation, request, async |app, call, input| {
            app.end_designation(&call, input).await
        })
        .await
    }

    async fn list_focal_points(
        &self,
        request: Request<ListFocalPointsRequest>,
    ) -> Answer<ListFocalPointsResponse> {
        self.search(Rpc::ListFocalPoints, request, async |app, call, input| {
            app.list_focal_points(&call, input).await
        })
        .await
    }

    async fn set_channel(&self, request: Request<SetChannelRequest>) -> Answer<DirectoryEntry> {
        self.act(Rpc::SetChannel, request, async |app, call, input| app.set_channel(&call, input).await).await
    }
}
