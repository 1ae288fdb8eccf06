//! Signing in, staying signed in, and being signed out.

use focalnet_contract::proto::{
    ChangePasswordRequest, CreateUserRequest, GetSelfRequest, GetSelfResponse, LoginRequest,
    RefreshTokenRequest, Tokens, User,
};
use tonic::{Status, transport::Channel};

use crate::support::{
    actor::{Actor, Bearer, Clients},
    new_id,
    world::World,
};

mod code;
mod login;
mod password;
mod refresh;
mod sessions;
mod throttle;
mod token;

/// Tries to sign in.
async fn signs_in(channel: &Channel, login: &str, password: &str) -> Result<Tokens, Status> {
    let request = LoginRequest { login: login.into(), password: password.into() };
    Ok(Clients::of_nobody(channel).auth().login(request).await?.into_inner())
}

/// Tries to continue a session.
async fn refreshes(channel: &Channel, refresh_token: &str) -> Result<Tokens, Status> {
    let request = RefreshTokenRequest { refresh_token: refresh_token.into() };
    Ok(Clients::of_nobody(channel).auth().refresh_token(request).await?.into_inner())
}

/// The clients of somebody who just signed in.
fn with(channel: &Channel, tokens: &Tokens) -> Clients {
    Clients { channel: channel.clone(), bearer: Bearer::new(&tokens.access_token) }
}

/// Asks the server who it takes the caller for.
async fn who_am_i(clients: &Clients) -> Result<GetSelfResponse, Status> {
    Ok(clients.auth().get_self(GetSelfRequest {}).await?.into_inner())
}

async fn changes_password(clients: &Clients, from: &str, to: &str) -> Result<Tokens, Status> {
    let request = ChangePasswordRequest { current_password: from.into(), new_password: to.into() };
    Ok(clients.auth().change_password(request).await?.into_inner())
}

/// Portugal takes somebody in, who has not signed in yet; with the code for it.
async fn taken_in(world: &World, login: &str) -> (User, String) {
    let user = User {
        organization: world.portugal().name().into(),
        login: login.into(),
        display_name: "Inês Nova".into(),
        ..User::default()
    };
    let request = CreateUserRequest { user: Some(user), request_id: new_id() };
    let mut user = world.portugal().admin().users().create_user(request).await.unwrap().into_inner();
    let code = std::mem::take(&mut user.one_time_code);
    (user, code)
}

/// Somebody of the cast, who signs in at this server.
async fn signed_in(channel: &Channel, who: &Actor) -> Tokens {
    crate::support::cast::login(channel, &who.login, crate::support::cast::PASSWORD).await
}
