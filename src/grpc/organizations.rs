//! Organizations.

use focalnet_contract::proto::{
    CreateOrganizationRequest, GetOrganizationRequest, ListOrganizationsRequest, ListOrganizationsResponse,
    Organization, UpdateOrganizationRequest, organization_service_server::OrganizationService,
};

use super::edge::{Answer, Asked, Edge};

#[tonic::async_trait]
impl OrganizationService for Edge {
    async fn create_organization(&self, request: Asked<CreateOrganizationRequest>) -> Answer<Organization> {
        self.act(request, async |app, call, input| app.create_organization(&call, input).await).await
    }

    async fn get_organization(&self, request: Asked<GetOrganizationRequest>) -> Answer<Organization> {
        self.plain(request, async |app, call| app.get_organization(&call).await).await
    }

    async fn list_organizations(
        &self,
        request: Asked<ListOrganizationsRequest>,
    ) -> Answer<ListOrganizationsResponse> {
        self.plain(request, async |app, call| app.list_organizations(&call).await).await
    }

    async fn update_organization(&self, request: Asked<UpdateOrganizationRequest>) -> Answer<Organization> {
        self.act(request, async |app, call, input| app.update_organization(&call, input).await).await
    }
}
