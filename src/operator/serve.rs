//! `focalnet serve`: the server, until it is told to stop.

use std::time::Duration;

use clap::{ArgMatches, Command};
use focalnet_cli::Context;
use focalnet_contract::client::Failure;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

use super::{Steps, block_on, config, config_flag, start_logs};
use crate::{
    cluster::Cluster,
    config::{Config, Profile, ReflectionConfig},
    runtime,
    runtime::Database,
    server,
    server::{Options, Reflection, Tls},
};

pub(super) fn command() -> Command {
    let about = "Serve the contract; with the embedded database, bring its schema up to date first";
    config_flag(Command::new("serve").about(about))
}

pub(super) fn run(_: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let config = config(matches)?;
    start_logs(&config.log)?;
    block_on(serve(&config))
}

async fn serve(config: &Config) -> Result<(), Failure> {
    let stop = stop_signal()?;
    let steps = Steps::new();
    let say = |what: &str| steps.say(what);
    let mut database = Database::open(config, false, &say).await?;
    if config.is_embedded() {
        database.migrate(&say).await?;
    }
    let app = runtime::app(config, &database, config.database.connections).await?;
    steps.done();
    let listener = TcpListener::bind(&config.server.listen).await?;
    let tls = options(config).tls.is_some();
    let address = listener.local_addr()?;
    eprintln!("focalnet serves on {}://{address}", if tls { "https" } else { "http" });
    tracing::info!(%address, tls, "serving");
    tokio::select! {
        served = Box::pin(server::serve(app, listener, options(config), stop)) => served?,
        error = lost(&mut database) => return Err(error.into()),
    }
    tracing::info!("stopped");
    match database.cluster {
        Some(cluster) => Ok(cluster.stop()?),
        None => Ok(()),
    }
}

/// Resolves when the embedded database is gone for good: a server without it serves nobody.
async fn lost(database: &mut Database) -> std::io::Error {
    let mut each = tokio::time::interval(Duration::from_secs(1));
    loop {
        each.tick().await;
        if let Some(error) = database.cluster.as_mut().and_then(Cluster::lost) {
            return error;
        }
    }
}

fn options(config: &Config) -> Options {
    let server = &config.server;
    let reflection = match (server.reflection, config.profile) {
        (ReflectionConfig::Development, Profile::Development) => Reflection::Open,
        (ReflectionConfig::SignedIn, _) => Reflection::SignedIn,
        (ReflectionConfig::Development | ReflectionConfig::Off, _) => Reflection::Off,
    };
    let tls = (!server.tls_certificate.as_os_str().is_empty())
        .then(|| Tls { certificate: server.tls_certificate.clone(), key: server.tls_key.clone() });
    let deadline = Duration::from_secs(server.deadline_seconds);
    Options { reflection, tls, deadline, ..Options::default() }
}

/// Resolves on the first SIGINT or SIGTERM; listening begins at once, so that none is lost while the server starts.
pub(crate) fn stop_signal() -> Result<impl Future<Output = ()>, Failure> {
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
    })
}
