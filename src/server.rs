//! The server: transport, limits and the services on it.
//!
//! The library's own server removes two protections of HTTP/2 and bounds neither connections nor bodies; each limit
//! here answers an attack that was measured.

use std::{any::Any, path::PathBuf, sync::Arc, time::Duration};

use focalnet_contract::proto::{
    FILE_DESCRIPTOR_SET, approval_service_server::ApprovalServiceServer,
    asset_service_server::AssetServiceServer, auth_service_server::AuthServiceServer,
    case_service_server::CaseServiceServer, clarification_service_server::ClarificationServiceServer,
    directory_service_server::DirectoryServiceServer,
    freezing_request_service_server::FreezingRequestServiceServer,
    journal_service_server::JournalServiceServer, order_service_server::OrderServiceServer,
    organization_service_server::OrganizationServiceServer,
    questionnaire_service_server::QuestionnaireServiceServer, report_service_server::ReportServiceServer,
    user_service_server::UserServiceServer,
};
use focalnet_domain::ids;
use tokio::{fs, net::TcpListener, sync::oneshot, time::sleep};
use tonic::{
    Status,
    body::Body,
    transport::{Identity, Server, ServerTlsConfig, server::TcpIncoming},
};
use tonic_health::{ServingStatus, server::HealthReporter};
use tower_http::catch_panic::CatchPanicLayer;

pub use crate::grpc::Reflection;
use crate::{
    app::{App, MAX_ANSWER},
    error::{Error, Result},
    grpc::{Edge, Gate, MAX_REQUEST},
    store::Store,
};

/// How long a message may take to arrive, beside the deadline of its use case.
const ARRIVAL: Duration = Duration::from_secs(5);
/// How long open streams may delay a shutdown: a watcher of the health service never ends by itself.
const FAREWELL: Duration = Duration::from_secs(10);
/// Between two looks at the database.
const HEALTH: Duration = Duration::from_secs(2);
/// Between two looks for work that other processes have left, or that has failed.
const WORK: Duration = Duration::from_secs(3);
/// After it a connection is closed, which is the only end of one that only keeps itself alive.
const AGE: Duration = Duration::from_mins(15);

/// How to serve.
#[derive(Debug, Clone)]
pub struct Options {
    /// For whom the server describes itself.
    pub reflection: Reflection,
    /// Certificate and key; without them the transport is not encrypted.
    pub tls: Option<Tls>,
    /// Longest use case.
    pub deadline: Duration,
    /// Most use cases at a time, over all connections.
    pub at_once: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { reflection: Reflection::Off, tls: None, deadline: Duration::from_secs(30), at_once: 512 }
    }
}

/// PEM files for TLS.
#[derive(Debug, Clone)]
pub struct Tls {
    /// The certificate, with its chain.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Serves until `shutdown` resolves; calls that run then may end.
pub async fn serve(
    app: Arc<App>,
    listener: TcpListener,
    options: Options,
    shutdown: impl Future<Output = ()>,
) -> Result<()> {
    let store = app.store().clone();
    let worker = Arc::clone(&app);
    let gate = Gate::new(Arc::clone(&app), options.reflection, options.deadline + ARRIVAL);
    let edge = Edge::new(app, options.deadline, options.at_once);
    let (reporter, health) = tonic_health::server::health_reporter();
    let reflection = || {
        tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
            .register_encoded_file_descriptor_set(tonic_types::pb::FILE_DESCRIPTOR_SET)
    };
    let described = options.reflection != Reflection::Off;
    let v1 = described.then(|| reflection().build_v1()).transpose().map_err(internal)?;
    let v1alpha = described.then(|| reflection().build_v1alpha()).transpose().map_err(internal)?;

    macro_rules! service {
        ($server:ident) => {
            $server::new(edge.clone())
                .max_decoding_message_size(MAX_REQUEST)
                .max_encoding_message_size(MAX_ANSWER)
        };
    }
    let router = hardened(options.tls.as_ref())
        .await?
        .layer(CatchPanicLayer::custom(panicked))
        .layer(gate)
        .add_service(health)
        .add_optional_service(v1)
        .add_optional_service(v1alpha)
        .add_service(service!(AuthServiceServer))
        .add_service(service!(OrganizationServiceServer))
        .add_service(service!(UserServiceServer))
        .add_service(service!(CaseServiceServer))
        .add_service(service!(OrderServiceServer))
        .add_service(service!(FreezingRequestServiceServer))
        .add_service(service!(ApprovalServiceServer))
        .add_service(service!(ClarificationServiceServer))
        .add_service(service!(AssetServiceServer))
        .add_service(service!(DirectoryServiceServer))
        .add_service(service!(QuestionnaireServiceServer))
        .add_service(service!(ReportServiceServer))
        .add_service(service!(JournalServiceServer));

    let (leave, leaving) = oneshot::channel();
    let signal = async move {
        tokio::select! { () = shutdown => {}, () = report_health(&store, &reporter) => {} }
        reporter.set_service_status("", ServingStatus::NotServing).await;
        let _ = leave.send(());
    };
    let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
    tokio::select! {
        served = router.serve_with_incoming_shutdown(incoming, signal) => served.map_err(internal),
        () = carry_out_work(&worker) => Ok(()),
        () = async {
            let _ = leaving.await;
            sleep(FAREWELL).await;
        } => Ok(()),
    }
}

/// Carries out the work that acts leave: at once, where a call of this server has left it. Work that is under
/// way when the server ends is rolled back, and the next server does it.
async fn carry_out_work(app: &App) {
    loop {
        if let Err(error) = app.carry_out_work().await {
            tracing::warn!(%error, "work that orders have left was not looked for");
        }
        tokio::select! { () = app.work_is_left() => {}, () = sleep(WORK) => {} }
    }
}

/// Says every few seconds whether the database takes writes; a server without one serves nothing.
async fn report_health(store: &Store, reporter: &HealthReporter) {
    loop {
        let status =
            if store.probe().await.is_ok() { ServingStatus::Serving } else { ServingStatus::NotServing };
        reporter.set_service_status("", status).await;
        sleep(HEALTH).await;
    }
}

/// A server with every limit set by us.
async fn hardened(tls: Option<&Tls>) -> Result<Server> {
    // Otherwise all clients of a server that started once would come back at once.
    let jitter = Duration::from_secs(u64::from(ids::new().as_bytes()[0]));
    let server = Server::builder()
        .max_concurrent_streams(100)
        .http2_max_local_error_reset_streams(Some(64))
        .http2_max_pending_accept_reset_streams(Some(20))
        .http2_max_header_list_size(8 << 10)
        .http2_keepalive_interval(Some(Duration::from_mins(1)))
        .http2_keepalive_timeout(Some(Duration::from_secs(20)))
        .max_connection_age(AGE + jitter)
        .max_connection_age_grace(Duration::from_secs(30))
        .concurrency_limit_per_connection(32)
        .load_shed(true);
    let Some(tls) = tls else { return Ok(server) };
    let (certificate, key) =
        tokio::try_join!(fs::read(&tls.certificate), fs::read(&tls.key)).map_err(internal)?;
    let identity = Identity::from_pem(certificate, key);
    let config = ServerTlsConfig::new().identity(identity).timeout(Duration::from_secs(5));
    server.tls_config(config).map_err(internal)
}

/// Without it a panic would end the stream as if the client had cancelled. What it said may quote content.
fn panicked(_said: Box<dyn Any + Send>) -> http::Response<Body> {
    Status::from(Error::internal("a handler panicked")).into_http()
}

fn internal(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::Internal(error.into())
}
