//! Accounts and mandates.

use std::sync::Arc;

use focalnet_contract::{
    proto::{
        CreateUserRequest, GetUserRequest, GrantMandateRequest, ListUsersRequest, ListUsersResponse,
        RevokeMandateRequest, SuspendUserRequest, User, user_service_server::UserService,
    },
    wire::Sent,
};
use secrecy::ExposeSecret as _;

use super::{
    edge::{Answer, Asked, Edge, opened, told},
    envelope,
};
use crate::app::App;

#[tonic::async_trait]
impl UserService for Edge {
    async fn create_user(&self, request: Asked<CreateUserRequest>) -> Answer<User> {
        let cx = async |app: Arc<App>, mut call, message: Sent<CreateUserRequest>| {
            let input = opened(&app, &mut call, message.bytes(), envelope::content).await?;
            let (user, code) = app.create_user(&call, input).await?;
            // The one secret of an answer: it is in none that is kept.
            let one_time_code = code.map(|code| code.expose_secret().to_owned()).unwrap_or_default();
            Ok(told(user).and(&User { one_time_code, ..User::default() }))
        };
        self.run(request, cx).await
    }

    async fn get_user(&self, request: Asked<GetUserRequest>) -> Answer<User> {
        self.plain(request, async |app, call| app.get_user(&call).await).await
    }

    async fn list_users(&self, request: Asked<ListUsersRequest>) -> Answer<ListUsersResponse> {
        self.plain(request, async |app, call| app.list_users(&call).await).await
    }

    async fn suspend_user(&self, request: Asked<SuspendUserRequest>) -> Answer<User> {
        self.act(request, async |app, call, input| app.suspend_user(&call, input).await).await
    }

    async fn grant_mandate(&self, request: Asked<GrantMandateRequest>) -> Answer<User> {
        self.act(request, async |app, call, input| app.grant_mandate(&call, input).await).await
    }

    async fn revoke_mandate(&self, request: Asked<RevokeMandateRequest>) -> Answer<User> {
        self.act(request, async |app, call, input| app.revoke_mandate(&call, input).await).await
    }
}
