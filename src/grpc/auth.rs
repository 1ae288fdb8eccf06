//! Signing in and out. These messages hold secrets: they are converted by hand, and no part of them becomes JSON,
//! a digest or a log.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use focalnet_contract::{
    Rpc,
    proto::{
        ChangePasswordRequest, GetSelfRequest, GetSelfResponse, LoginRequest, LogoutRequest, LogoutResponse,
        RefreshTokenRequest, Tokens, auth_service_server::AuthService,
    },
    schema,
};
use focalnet_domain::error::Violation;
use prost_types::Timestamp;
use secrecy::{ExposeSecret as _, SecretString};
use tonic::Request;

use super::{
    edge::{Answer, Edge},
    text,
};
use crate::{
    app::{App, Checked, Login, PasswordChange, TokenPair},
    error::Result,
};

#[tonic::async_trait]
impl AuthService for Edge {
    async fn login(&self, request: Request<LoginRequest>) -> Answer<Tokens> {
        let work = async |app: Arc<App>, call, message: LoginRequest| {
            let fields = [("login", message.login.as_str()), ("password", &message.password)];
            let violations = violations("LoginRequest", &fields)?;
            let input = Login { login: message.login, password: message.password.into() };
            app.login(&call, checked(violations, input)).await.map(Tokens::from)
        };
        self.run(Rpc::Login, request, work).await
    }

    async fn refresh_token(&self, request: Request<RefreshTokenRequest>) -> Answer<Tokens> {
        let work = async |app: Arc<App>, call, message: RefreshTokenRequest| {
            let violations = violations("RefreshTokenRequest", &[("refresh_token", &message.refresh_token)])?;
            let input = SecretString::from(message.refresh_token);
            app.refresh_token(&call, checked(violations, input)).await.map(Tokens::from)
        };
        self.run(Rpc::RefreshToken, request, work).await
    }

    async fn logout(&self, request: Request<LogoutRequest>) -> Answer<LogoutResponse> {
        let work = async |app: Arc<App>, call, _| app.logout(&call).await.map(|()| LogoutResponse {});
        self.run(Rpc::Logout, request, work).await
    }

    async fn change_password(&self, request: Request<ChangePasswordRequest>) -> Answer<Tokens> {
        let work = async |app: Arc<App>, call, message: ChangePasswordRequest| {
            let fields = [
                ("current_password", message.current_password.as_str()),
                ("new_password", &message.new_password),
            ];
            let violations = violations("ChangePasswordRequest", &fields)?;
            let input = PasswordChange {
                current_password: message.current_password.into(),
                new_password: message.new_password.into(),
            };
            app.change_password(&call, checked(violations, input)).await.map(Tokens::from)
        };
        self.run(Rpc::ChangePassword, request, work).await
    }

    async fn get_self(&self, request: Request<GetSelfRequest>) -> Answer<GetSelfResponse> {
        self.plain(Rpc::GetSelf, request, async |app, call| app.get_self(&call).await).await
    }
}

/// What the contract asks of these fields; all of them are required.
fn violations(message: &str, fields: &[(&str, &str)]) -> Result<Vec<Violation>> {
    let mut violations = Vec::new();
    for (field, value) in fields {
        let rules = schema::rules(&format!("focalnet.v1.{message}.{field}"))?;
        let problem =
            if value.is_empty() { Some("is required".to_owned()) } else { text::problem(value, rules) };
        violations.extend(problem.map(|problem| Violation::new(*field, problem)));
    }
    Ok(violations)
}

fn checked<T>(violations: Vec<Violation>, input: T) -> Checked<T> {
    Checked(if violations.is_empty() { Ok(input) } else { Err(violations) })
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_follow_their_rules() {
        let long = "x".repeat(129);
        let fields = [("current_password", ""), ("new_password", long.as_str())];
        let found = violations("ChangePasswordRequest", &fields).unwrap();
        assert_eq!(
            found.iter().map(|v| v.field.as_str()).collect::<Vec<_>>(),
            ["current_password", "new_password"]
        );
        let fields = [("login", "a\0b"), ("password", "\u{7}bell")];
        let found = violations("LoginRequest", &fields).unwrap();
        assert_eq!(found.iter().map(|v| v.field.as_str()).collect::<Vec<_>>(), ["login"]);
    }
}
