//! Somebody who calls: the clients of all services, with the caller's token.

use std::ops::Deref;

use chrono::Duration;
use focalnet::testing::security::Tokens;
use focalnet_contract::proto::{
    approval_service_client::ApprovalServiceClient, asset_service_client::AssetServiceClient,
    auth_service_client::AuthServiceClient, case_service_client::CaseServiceClient,
    clarification_service_client::ClarificationServiceClient,
    directory_service_client::DirectoryServiceClient,
    freezing_request_service_client::FreezingRequestServiceClient,
    journal_service_client::JournalServiceClient, order_service_client::OrderServiceClient,
    organization_service_client::OrganizationServiceClient,
    questionnaire_service_client::QuestionnaireServiceClient, report_service_client::ReportServiceClient,
    user_service_client::UserServiceClient,
};
use focalnet_domain::{clock::Clock, organization::Role};
use secrecy::ExposeSecret as _;
use tonic::{
    Request, Status,
    metadata::{Ascii, MetadataValue},
    service::{Interceptor, interceptor::InterceptedService},
    transport::Channel,
};

use super::cast::{Member, Org};

/// Puts the caller's token on a call.
#[derive(Debug, Clone)]
pub(crate) struct Bearer(Option<MetadataValue<Ascii>>);

impl Bearer {
    /// A caller's token.
    pub(crate) fn new(token: &str) -> Self {
        Self(Some(format!("Bearer {token}").parse().unwrap()))
    }

    /// None.
    pub(crate) const fn none() -> Self {
        Self(None)
    }
}

impl Interceptor for Bearer {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        if let Some(token) = &self.0 {
            request.metadata_mut().insert("authorization", token.clone());
        }
        Ok(request)
    }
}

type Line = InterceptedService<Channel, Bearer>;

/// The clients of all services, for one caller.
#[derive(Debug, Clone)]
pub(crate) struct Clients {
    /// The connection.
    pub(crate) channel: Channel,
    /// The token.
    pub(crate) bearer: Bearer,
}

macro_rules! clients {
    ($($service:ident: $client:ident,)*) => {
        impl Clients {
            $(pub(crate) fn $service(&self) -> $client<Line> {
                $client::with_interceptor(self.channel.clone(), self.bearer.clone())
            })*
        }
    };
}

clients! {
    auth: AuthServiceClient,
    organizations: OrganizationServiceClient,
    users: UserServiceClient,
    cases: CaseServiceClient,
    orders: OrderServiceClient,
    requests: FreezingRequestServiceClient,
    approvals: ApprovalServiceClient,
    clarifications: ClarificationServiceClient,
    journal: JournalServiceClient,
    directory: DirectoryServiceClient,
    assets: AssetServiceClient,
    questionnaires: QuestionnaireServiceClient,
    reports: ReportServiceClient,
}

impl Clients {
    /// Those of somebody without a token.
    pub(crate) fn of_nobody(channel: &Channel) -> Self {
        Self { channel: channel.clone(), bearer: Bearer::none() }
    }
}

impl Member {
    /// An access token, as a refresh would give it at that offset of the clock.
    pub(crate) fn token(&self, tokens: &Tokens, offset: Duration) -> String {
        let token = tokens.issue(self.user, self.session, Clock.now(offset)).unwrap();
        token.token.expose_secret().to_owned()
    }

    pub(crate) fn clients(&self, channel: &Channel, tokens: &Tokens, offset: Duration) -> Clients {
        Clients { channel: channel.clone(), bearer: Bearer::new(&self.token(tokens, offset)) }
    }
}

/// One of the cast, calling.
#[derive(Debug, Clone)]
pub(crate) struct Actor {
    /// Whose people.
    pub(crate) org: Org,
    /// In which role.
    pub(crate) role: Role,
    /// `users/{uuid}`.
    pub(crate) name: String,
    /// What the person signs in with.
    pub(crate) login: String,
    /// The clients.
    pub(crate) clients: Clients,
}

impl Deref for Actor {
    type Target = Clients;

    fn deref(&self) -> &Clients {
        &self.clients
    }
}
