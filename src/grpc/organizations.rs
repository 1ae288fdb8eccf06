//! Organizations.

use focalnet_contract::{
    Rpc,
    proto::{
        CreateOrganizationRequest, GetOrganizationRequest, ListOrganizationsRequest,
        ListOrganizationsResponse, Organization, UpdateOrganizationRequest,
        organization_service_server::OrganizationService,
    },
};
use tonic::Request;

use super::edge::{Answer, Edge};

#[tonic::async_trait]
impl OrganizationService for Edge {
    async fn create_organization(&self, request: Request<CreateOrganizationRequest>) -> Answer<Organization> {
        self.act(Rpc::CreateOrganization, request, async |app, call, input| {
            app.create_organization(&call, input).await
        })
        .await
    }

    async fn get_organization(&self, request: Request<GetOrganizationRequest>) -> Answer<Organization> {
        self.plain(Rpc::GetOrganization, request, async |app, call| app.get_organization(&call).await).await
    }

    async fn list_organizations(
        &self,
        request: Request<ListOrganizationsRequest>,
    ) -> Answer<ListOrganizationsResponse> {
        self.list(Rpc::ListOrganizations, request, async |app, call| app.list_organizations(&call).await)
            .await
    }

    async fn update_organization(&self, request: Request<UpdateOrganizationRequest>) -> Answer<Organization> {
        self.act(Rpc::UpdateOrganization, request, async |app, call, input| {
            app.update_organization(&call, input).await
        })
        .await
    }
}
