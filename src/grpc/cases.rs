//! Cases, their persons and members.

use focalnet_contract::proto::{
    AddPersonRequest, AssignMemberRequest, Case, CreateCaseRequest, GetCaseRequest, ListCasesRequest,
    ListCasesResponse, ListMembersRequest, ListMembersResponse, ListPersonsRequest, ListPersonsResponse,
    Person, UnassignMemberRequest, UpdatePersonStatusRequest, case_service_server::CaseService,
};

use super::edge::{Answer, Asked, Edge};

#[tonic::async_trait]
impl CaseService for Edge {
    async fn create_case(&self, request: Asked<CreateCaseRequest>) -> Answer<Case> {
        self.act(request, async |app, call, input| app.create_case(&call, input).await).await
    }

    async fn get_case(&self, request: Asked<GetCaseRequest>) -> Answer<Case> {
        self.plain(request, async |app, call| app.get_case(&call).await).await
    }

    async fn list_cases(&self, request: Asked<ListCasesRequest>) -> Answer<ListCasesResponse> {
        self.plain(request, async |app, call| app.list_cases(&call).await).await
    }

    async fn add_person(&self, request: Asked<AddPersonRequest>) -> Answer<Person> {
        self.act(request, async |app, call, input| app.add_person(&call, input).await).await
    }

    async fn list_persons(&self, request: Asked<ListPersonsRequest>) -> Answer<ListPersonsResponse> {
        self.plain(request, async |app, call| app.list_persons(&call).await).await
    }

    async fn update_person_status(&self, request: Asked<UpdatePersonStatusRequest>) -> Answer<Person> {
        self.act(request, async |app, call, input| app.update_person_status(&call, input).await).await
    }

    async fn list_members(&self, request: Asked<ListMembersRequest>) -> Answer<ListMembersResponse> {
        self.plain(request, async |app, call| app.list_members(&call).await).await
    }

    async fn assign_member(&self, request: Asked<AssignMemberRequest>) -> Answer<Case> {
        self.act(request, async |app, call, input| app.assign_member(&call, input).await).await
    }

    async fn unassign_member(&self, request: Asked<UnassignMemberRequest>) -> Answer<Case> {
        self.act(request, async |app, call, input| app.unassign_member(&call, input).await).await
    }
}
