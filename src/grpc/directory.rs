//! Focal points of States, their channels and languages.

use focalnet_contract::proto::{
    DesignateFocalPointRequest, DirectoryEntry, EndDesignationRequest, ListChannelsRequest,
    ListChannelsResponse, ListDesignationsRequest, ListDesignationsResponse, ListFocalPointsRequest,
    ListFocalPointsResponse, SetChannelRequest, directory_service_server::DirectoryService,
};

use super::edge::{Answer, Asked, Edge};

#[tonic::async_trait]
impl DirectoryService for Edge {
    async fn designate_focal_point(
        &self,
        request: Asked<DesignateFocalPointRequest>,
    ) -> Answer<DirectoryEntry> {
        self.act(request, async |app, call, input| app.designate_focal_point(&call, input).await).await
    }

    async fn end_designation(&self, request: Asked<EndDesignationRequest>) -> Answer<DirectoryEntry> {
        self.act(request, async |app, call, input| app.end_designation(&call, input).await).await
    }

    async fn list_focal_points(
        &self,
        request: Asked<ListFocalPointsRequest>,
    ) -> Answer<ListFocalPointsResponse> {
        self.act(request, async |app, call, input| app.list_focal_points(&call, input).await).await
    }

    async fn list_designations(
        &self,
        request: Asked<ListDesignationsRequest>,
    ) -> Answer<ListDesignationsResponse> {
        self.act(request, async |app, call, input| app.list_designations(&call, input).await).await
    }

    async fn list_channels(&self, request: Asked<ListChannelsRequest>) -> Answer<ListChannelsResponse> {
        self.plain(request, async |app, call| app.list_channels(&call).await).await
    }

    async fn set_channel(&self, request: Asked<SetChannelRequest>) -> Answer<DirectoryEntry> {
        self.act(request, async |app, call, input| app.set_channel(&call, input).await).await
    }
}
