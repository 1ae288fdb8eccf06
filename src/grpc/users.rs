//! Accounts and mandates.

use std::sync::Arc;

use focalnet_contract::{
    Rpc,
    proto::{
        CreateUserRequest, GetUserRequest, GrantMandateRequest, ListUsersRequest, ListUsersResponse,
        RevokeMandateRequest, SuspendUserRequest, User, user_service_server::UserService,
    },
};
use secrecy::ExposeSecret as _;
use tonic::Request;

use super::{
    edge::{Answer, Edge, opened},
    envelope::Content,
    render,
};
use crate::app::App;

#[tonic::async_trait]
impl UserService for Edge {
    async fn create_user(&self, request: Request<CreateUserRequest>) -> Answer<User> {
        let work = async |app: Arc<App>, mut call, message: CreateUserRequest| {
            let input = opened(&app, &mut call, &message, Content::checked).await?;
            let (user, code) = app.create_user(&call, input).await?;
            let mut answer: User = render::answer(call.rpc, &user)?;
            // The one secret of an answer: it never becomes JSON.
            answer.one_time_code = code.map(|code| code.expose_secret().to_owned()).unwrap_or_default();
            Ok(answer)
        };
        self.run(Rpc::CreateUser, request, work).await
    }

    async fn get_user(&self, request: Request<GetUserRequest>) -> Answer<User> {
        self.plain(Rpc::GetUser, request, async |app, call| app.get_user(&call).await).await
    }

    async fn list_users(&self, request: Request<ListUsersRequest>) -> Answer<ListUsersResponse> {
        self.list(Rpc::ListUsers, request, async |app, call| app.list_users(&call).await).await
    }

    async fn suspend_user(&self, request: Request<SuspendUserRequest>) -> Answer<User> {
        self.act(Rpc::SuspendUser, request, async |app, call, input| app.suspend_user(&call, input).await)
            .await
    }

    async fn grant_mandate(&self, request: Request<GrantMandateRequest>) -> Answer<User> {
        self.act(Rpc::GrantMandate, request, async |app, call, input| app.grant_mandate(&call, input).await)
            .await
    }

    async fn revoke_mandate(&self, request: Request<RevokeMandateRequest>) -> Answer<User> {
        self.act(Rpc::RevokeMandate, request, async |app, call, input| app.revoke_mandate(&call, input).await)
            .await
    }
}
