//! Somebody who has signed in: the clients of the contract with that person's token, and what was answered.

use std::sync::{Arc, Mutex, PoisonError};

use focalnet_contract::{
    catalogue,
    client::Failure,
    convert, proto,
    proto::{
        GetApprovalRequest, GetAssetRequest, GetCaseRequest, GetClarificationRequest,
        GetFreezingRequestRequest, GetQuestionnaireRequest, GetResponseRequest, ListAssetsRequest,
        ListPersonsRequest, LoginRequest, Receipt, Tokens, approval_service_client::ApprovalServiceClient,
        asset_service_client::AssetServiceClient, auth_service_client::AuthServiceClient,
        case_service_client::CaseServiceClient, clarification_service_client::ClarificationServiceClient,
        directory_service_client::DirectoryServiceClient,
        freezing_request_service_client::FreezingRequestServiceClient,
        journal_service_client::JournalServiceClient, order_service_client::OrderServiceClient,
        organization_service_client::OrganizationServiceClient,
        questionnaire_service_client::QuestionnaireServiceClient, user_service_client::UserServiceClient,
    },
};
use focalnet_domain::ids;
use prost::Message;
use secrecy::{ExposeSecret as _, SecretString};
use serde::Serialize;
use tonic::{
    Request, Response, Status,
    metadata::{Ascii, MetadataValue},
    service::{Interceptor, interceptor::InterceptedService},
    transport::Channel,
};

use super::cast::Who;

/// A channel that adds a token to each call.
pub(super) type Signed = InterceptedService<Channel, Bearer>;

/// Adds the token.
#[derive(Clone)]
pub(super) struct Bearer(MetadataValue<Ascii>);

impl Interceptor for Bearer {
    fn call(&mut self, mut request: Request<()>) -> Result<Request<()>, Status> {
        request.metadata_mut().insert("authorization", self.0.clone());
        Ok(request)
    }
}

/// The receipts that all people of the story keep, each their own.
pub(super) type Receipts = Arc<Mutex<Vec<(Who, String)>>>;

/// Somebody who has signed in.
#[derive(Clone)]
pub(super) struct Person {
    pub(super) who: Who,
    signed: Signed,
    receipts: Receipts,
}

macro_rules! clients {
    ($($method:ident: $client:ident,)*) => {
        impl Person {
            $(pub(super) fn $method(&self) -> $client<Signed> {
                $client::new(self.signed.clone())
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
    assets: AssetServiceClient,
    clarifications: ClarificationServiceClient,
    questionnaires: QuestionnaireServiceClient,
    directory: DirectoryServiceClient,
    journal: JournalServiceClient,
}

impl Person {
    /// Signs in with a password or a one-time code.
    pub(super) async fn sign_in(
        channel: Channel,
        who: Who,
        password: &SecretString,
        receipts: &Receipts,
    ) -> Result<Self, Failure> {
        let login =
            LoginRequest { login: who.login().to_owned(), password: password.expose_secret().to_owned() };
        let tokens = AuthServiceClient::new(channel.clone()).login(login).await?.into_inner();
        Self::with(channel, who, &tokens, receipts)
    }

    fn with(channel: Channel, who: Who, tokens: &Tokens, receipts: &Receipts) -> Result<Self, Failure> {
        let token = format!("Bearer {}", tokens.access_token).parse();
        let mut token: MetadataValue<Ascii> =
            token.map_err(|_| Failure::unexpected("the server gave a token that is none"))?;
        token.set_sensitive(true);
        let signed = InterceptedService::new(channel, Bearer(token));
        Ok(Self { who, signed, receipts: Arc::clone(receipts) })
    }

    /// What an act did. Every act leaves a receipt, which is kept.
    pub(super) fn done<T: Receipted>(&self, answer: Result<Response<T>, Status>) -> Result<T, Failure> {
        let answer = answer?.into_inner();
        let receipt = answer.receipt().ok_or_else(|| Failure::unexpected("an act left no receipt"))?;
        let note = (self.who, receipt.note.clone());
        self.receipts.lock().unwrap_or_else(PoisonError::into_inner).push(note);
        Ok(answer)
    }

    /// A message about a resource as this person sees it now: name, etag and a new request id.
    pub(super) async fn on<T: Addressed>(&self, name: &str) -> Result<T, Failure> {
        let etag = self.etag(name).await?;
        Ok(T::addressed(name.to_owned(), etag, request_id()))
    }

    async fn etag(&self, named: &str) -> Result<String, Failure> {
        let name = named.to_owned();
        let parts: Vec<_> = named.split('/').collect();
        Ok(match parts[..] {
            ["freezingRequests", _] => self.request(named).await?.etag,
            ["freezingRequests", _, "clarifications", _] => {
                self.clarifications()
                    .get_clarification(GetClarificationRequest { name })
                    .await?
                    .into_inner()
                    .etag
            }
            ["approvals", _] => {
                self.approvals().get_approval(GetApprovalRequest { name }).await?.into_inner().etag
            }
            ["questionnaires", _] => {
                let get = GetQuestionnaireRequest { name };
                self.questionnaires().get_questionnaire(get).await?.into_inner().etag
            }
            ["assets", _] => self.asset(named).await?.etag,
            ["responses", _] => self.response(named).await?.etag,
            ["cases", _] => self.cases().get_case(GetCaseRequest { name }).await?.into_inner().etag,
            ["cases", id, "persons", _] => {
                let list =
                    ListPersonsRequest { parent: format!("cases/{id}"), ..ListPersonsRequest::default() };
                let persons = self.cases().list_persons(list).await?.into_inner().persons;
                let person = persons.into_iter().find(|person| person.name == named);
                person.ok_or_else(|| Failure::unexpected("the person is not in the case"))?.etag
            }
            _ => return Err(Failure::unexpected(format!("{named} has no etag"))),
        })
    }

    /// A request as this person sees it.
    pub(super) async fn request(&self, name: &str) -> Result<proto::FreezingRequest, Failure> {
        let get = GetFreezingRequestRequest { name: name.to_owned(), version_number: 0 };
        Ok(self.requests().get_freezing_request(get).await?.into_inner())
    }

    /// The assets of a request as this person sees them, those of the first report first.
    pub(super) async fn holdings(&self, request: &str) -> Result<Vec<proto::Asset>, Failure> {
        let list =
            ListAssetsRequest { parent: request.to_owned(), page_size: 200, ..ListAssetsRequest::default() };
        let mut assets = self.assets().list_assets(list).await?.into_inner().assets;
        assets.sort_by_key(|asset| asset.create_time.map(|time| (time.seconds, time.nanos)));
        Ok(assets)
    }

    /// An asset as this person sees it.
    pub(super) async fn asset(&self, name: &str) -> Result<proto::Asset, Failure> {
        let get = GetAssetRequest { name: name.to_owned(), ..GetAssetRequest::default() };
        Ok(self.assets().get_asset(get).await?.into_inner())
    }

    /// A response as this person sees it.
    pub(super) async fn response(&self, name: &str) -> Result<proto::Response, Failure> {
        let get = GetResponseRequest { name: name.to_owned() };
        Ok(self.questionnaires().get_response(get).await?.into_inner())
    }
}

/// The id of a new call.
pub(super) fn request_id() -> String {
    ids::new().to_string()
}

/// What a method takes, with content in the domain's words.
pub(super) fn message<T: Message + Default>(method: &str, content: &impl Serialize) -> Result<T, Failure> {
    let message = convert::from_domain(&catalogue::method(method)?.input(), content)?;
    message.transcode_to().map_err(|error| Failure::unexpected(error.to_string()))
}

/// A call that has to be refused.
pub(super) fn refused<T>(answer: Result<Response<T>, Status>) -> Result<Status, Failure> {
    answer.err().ok_or_else(|| Failure::unexpected("a call that must be refused was answered"))
}

/// An answer of an act.
pub(super) trait Receipted {
    /// Its receipt.
    fn receipt(&self) -> Option<&Receipt>;
}

macro_rules! receipted {
    ($($message:ident,)*) => {
        $(impl Receipted for proto::$message {
            fn receipt(&self) -> Option<&Receipt> {
                self.receipt.as_ref()
            }
        })*
    };
}

receipted! {
    Organization,
    User,
    Questionnaire,
    Circulation,
    Response,
    Case,
    Person,
    Order,
    FreezingRequest,
    Asset,
    Approval,
    Clarification,
}

/// A message about a resource that the caller has read.
pub(super) trait Addressed {
    /// The message without what accompanies the act.
    fn addressed(name: String, etag: String, request_id: String) -> Self;
}

macro_rules! addressed {
    ($($message:ident,)*) => {
        $(impl Addressed for proto::$message {
            fn addressed(name: String, etag: String, request_id: String) -> Self {
                let mut message = Self::default();
                (message.name, message.etag, message.request_id) = (name, etag, request_id);
                message
            }
        })*
    };
}

addressed! {
    PublishQuestionnaireRequest,
    SubmitResponseRequest,
    AttestResponseRequest,
    RecordReminderRequest,
    AssignMemberRequest,
    UpdatePersonStatusRequest,
    MarkFreezingRequestReadyRequest,
    TransmitFreezingRequestRequest,
    AcknowledgeFreezingRequestRequest,
    AssignAuthorityRequest,
    StartExecutionRequest,
    ReportExecutionRequest,
    PostponeFreezingRequestRequest,
    ResumeFreezingRequestRequest,
    CeaseFreezingRequestRequest,
    ReportReleaseRequest,
    RecordOwnershipRequest,
    RenewMeasureRequest,
    LiftMeasureRequest,
    RecordValuationRequest,
    RecordCostRequest,
    SettleCostRequest,
    RecordClaimRequest,
    DecideClaimRequest,
    CloseFreezingRequestRequest,
    ApproveRequest,
    ReplyToClarificationRequest,
    RerouteClarificationRequest,
    ResolveClarificationRequest,
}
