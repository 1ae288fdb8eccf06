//! Cases, their persons and members.

use focalnet_contract::{
    Rpc,
    proto::{
        AddPersonRequest, AssignMemberRequest, Case, CreateCaseRequest, GetCaseRequest, ListCasesRequest,
        ListCasesResponse, ListPersonsRequest, ListPersonsResponse, Person, UnassignMemberRequest,
        UpdatePersonStatusRequest, case_service_server::CaseService,
    },
};
use tonic::Request;

use super::edge::{Answer, Edge};

#[tonic::async_trait]
impl CaseService for Edge {
    async fn create_case(&self, request: Request<CreateCaseRequest>) -> Answer<Case> {
        self.act(Rpc::CreateCase, request, async |app, call, input| app.create_case(&call, input).await).await
    }

    async fn get_case(&self, request: Request<GetCaseRequest>) -> Answer<Case> {
        self.plain(Rpc::GetCase, request, async |app, call| app.get_case(&call).await).await
    }

    async fn list_cases(&self, request: Request<ListCasesRequest>) -> Answer<ListCasesResponse> {
        self.list(Rpc::ListCases, request, async |app, call| app.list_cases(&call).await).await
    }

    async fn add_person(&self, request: Request<AddPersonRequest>) -> Answer<Person> {
        self.act(Rpc::AddPerson, request, async |app, call, input| app.add_person(&call, input).await).await
    }

    async fn list_persons(&self, request: Request<ListPersonsRequest>) -> Answer<ListPersonsResponse> {
        self.list(Rpc::ListPersons, request, async |app, call| app.list_persons(&call).await).await
    }

    async fn update_person_status(&self, request: Request<UpdatePersonStatusRequest>) -> Answer<Person> {
        self.act(Rpc::UpdatePersonStatus, request, async |app, call, input| {
            app.update_person_status(&call, input).await
        })
        .await
    }

    async fn assign_member(&self, request: Request<AssignMemberRequest>) -> Answer<Case> {
        self.act(Rpc::AssignMember, request, async |app, call, input| app.assign_member(&call, input).await)
            .await
    }

    async fn unassign_member(&self, request: Request<UnassignMemberRequest>) -> Answer<Case> {
        self.act(Rpc::UnassignMember, request, async |app, call, input| {
            app.unassign_member(&call, input).await
        })
        .await
    }
}
