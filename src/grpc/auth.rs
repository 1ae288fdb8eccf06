//! Signing in and out. These messages hold secrets: no part of them becomes a digest, a kept answer or a log.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use focalnet_contract::{
    Method,
    proto::{
        ChangePasswordRequest, GetSelfRequest, GetSelfResponse, LoginRequest, LogoutRequest, LogoutResponse,
        RefreshTokenRequest, Tokens, auth_service_server::AuthService,
    },
    wire::{Sent, Told},
};
use prost_types::Timestamp;
use secrecy::ExposeSecret as _;
use serde::de::DeserializeOwned;

use super::{
    edge::{Answer, Asked, Edge, opened},
    envelope,
};
use crate::{
    app::{App, Call, Input, TokenPair},
    error::Result,
};

impl Edge {
    /// A method that makes or changes a session and answers with its tokens.
    async fn sign_in<Q: Method<Answer = Tokens>, T: DeserializeOwned>(
        &self,
        request: Asked<Q>,
        use_case: impl AsyncFnOnce(Arc<App>, Call, Input<T>) -> Result<TokenPair>,
    ) -> Answer<Tokens> {
        let cx = async move |app, call, message: Sent<Q>| {
            let input = envelope::secret(Q::RPC, message.bytes())?;
            let tokens = use_case(app, call, input).await?;
            Ok(Told::from(&Tokens::from(tokens)))
        };
        self.run(request, cx).await
    }
}

#[tonic::async_trait]
impl AuthService for Edge {
    async fn login(&self, request: Asked<LoginRequest>) -> Answer<Tokens> {
        self.sign_in(request, async |app, call, input| app.login(&call, input).await).await
    }

    async fn refresh_token(&self, request: Asked<RefreshTokenRequest>) -> Answer<Tokens> {
        self.sign_in(request, async |app, call, input| app.refresh_token(&call, input).await).await
    }

    async fn logout(&self, request: Asked<LogoutRequest>) -> Answer<LogoutResponse> {
        let cx = async |app: Arc<App>, mut call, message: Sent<LogoutRequest>| {
            opened(&app, &mut call, message.bytes(), envelope::nothing).await?;
            app.logout(&call).await?;
            Ok(Told::from(&LogoutResponse {}))
        };
        self.run(request, cx).await
    }

    async fn change_password(&self, request: Asked<ChangePasswordRequest>) -> Answer<Tokens> {
        self.sign_in(request, async |app, call, input| app.change_password(&call, input).await).await
    }

    async fn get_self(&self, request: Asked<GetSelfRequest>) -> Answer<GetSelfResponse> {
        self.plain(request, async |app, call| app.get_self(&call).await).await
    }
}

impl From<TokenPair> for Tokens {
    fn from(pair: TokenPair) -> Self {
        Self {
            access_token: pair.access_token.expose_secret().to_owned(),
            access_expire_time: Some(timestamp(pair.access_expire_time)),
            refresh_token: pair.refresh_token.expose_secret().to_owned(),
            session_expire_time: Some(timestamp(pair.session_expire_time)),
            password_change_required: pair.password_change_required,
        }
    }
}

fn timestamp(time: DateTime<Utc>) -> Timestamp {
    Timestamp {
        seconds: time.timestamp(),
        nanos: i32::try_from(time.timestamp_subsec_nanos()).unwrap_or_default(),
    }
}
