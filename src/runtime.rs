//! What a server process stands on: keys, database, use cases. Shared by `serve`, `bootstrap`, `migrate`, the demo and
//! the tests, so that all of them run the same thing.

use std::{
    os::unix::fs::MetadataExt as _,
    path::PathBuf,
    sync::{Arc, Weak},
};

use chrono::Duration;

use crate::{
    app::App,
    cluster::{self, Cluster},
    config::{Config, Profile},
    security::{Keys, PasswordCost, Passwords, Tokens},
    store::{KeyRow, Store, provision},
};

/// The database that an embedded cluster holds.
pub const DATABASE: &str = "focalnet";

/// Why a server does not start. Each says in one line what is wrong.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The system refused.
    #[error(transparent)]
    Io(#[from] std::io::Error),
    /// The key ring.
    #[error(transparent)]
    Keys(#[from] crate::security::KeysError),
    /// The database.
    #[error("the database: {}", cause(.0))]
    Store(#[from] crate::error::Error),
    /// A setting, or a fact that a setting demands.
    #[error("{0}")]
    Refused(String),
}

/// The text for the operator, who may read what a driver says.
fn cause(error: &crate::error::Error) -> String {
    match error {
        crate::error::Error::Internal(source) => source.to_string(),
        other => other.to_string(),
    }
}

/// Told what is being waited for, when something takes long.
pub type Progress<'a> = &'a (dyn Fn(&str) + Send + Sync);

/// Where the database is.
#[derive(Debug)]
pub struct Database {
    /// The private cluster, when there is one; it ends with this value.
    pub cluster: Option<Cluster>,
    /// URL of the runtime role.
    pub url: String,
    /// URL of the owner of the schema; empty when it is not known here.
    pub owner_url: String,
}

impl Config {
    /// The data folder.
    pub fn data(&self) -> Result<PathBuf, StartError> {
        if self.data_folder.as_os_str().is_empty() {
            return Ok(cluster::default_data_folder()?);
        }
        Ok(std::path::absolute(&self.data_folder)?)
    }

    /// Whether the database is a private cluster.
    #[must_use]
    pub fn is_embedded(&self) -> bool {
        self.database.url == "embedded"
    }
}

impl Database {
    /// Finds the database: starts the private cluster, or joins it where another process of ours runs it and `join`
    /// allows that, or takes the URLs of the configuration.
    pub async fn open(config: &Config, join: bool, progress: Progress<'_>) -> Result<Self, StartError> {
        if !config.is_embedded() {
            let url = config.database.url.clone();
            return Ok(Self { cluster: None, url, owner_url: config.database.owner_url.clone() });
        }
        let home = config.data()?.join("postgres");
        let joined = if join { cluster::Cluster::join(&home)? } else { None };
        let mut options = cluster::Options::kept(home);
        options.binaries = Some(config.database.binaries.clone()).filter(|path| !path.as_os_str().is_empty());
        let cluster = match joined {
            Some(cluster) => cluster,
            // Blocks, but nothing else runs before the database does.
            None => Cluster::start(&options, &|what| progress(what))?,
        };
        Self::of(cluster).await
    }

    /// The database of a cluster, made where it does not exist yet.
    pub async fn of(cluster: Cluster) -> Result<Self, StartError> {
        provision::provision(&cluster.url("postgres", "postgres"), DATABASE).await?;
        let (url, owner_url) =
            (cluster.url(provision::APP, DATABASE), cluster.url(provision::OWNER, DATABASE));
        Ok(Self { cluster: Some(cluster), url, owner_url })
    }

    /// Brings the schema up to date.
    pub async fn migrate(&self, progress: Progress<'_>) -> Result<(), StartError> {
        if self.owner_url.is_empty() {
            let text = "set database.owner_url to the role that owns the schema";
            return Err(StartError::Refused(text.into()));
        }
        progress("bringing the schema up to date");
        let owner = Store::connect(&self.owner_url, 1).await?;
        owner.migrate().await?;
        Ok(owner.close().await?)
    }
}

/// Puts keys, store and use cases together.
pub async fn app(config: &Config, database: &Database, connections: usize) -> Result<Arc<App>, StartError> {
    let folder = if config.security.keys_folder.as_os_str().is_empty() {
        config.data()?.join("keys")
    } else {
        std::path::absolute(&config.security.keys_folder)?
    };
    if let Some(parent) = folder.parent() {
        std::fs::create_dir_all(parent)?;
    }
    let store = Store::connect(&database.url, connections).await?;
    assert_sound(config, &store).await?;
    // A database that knows receipts of ours belongs to a key ring that exists: a fresh one would not fit its
    // passwords, and would hide that the folder is lost.
    let (tx, _) = store.begin(crate::store::Entrant::Nobody).await?;
    let new = tx.keys().await?.is_empty();
    tx.commit().await?;
    let keys = Arc::new(Keys::load(&folder, &config.security.name, new)?);
    register_keys(&store, &keys).await?;
    let passwords = Passwords::new(&keys, config.security.password_cost())?;
    let tokens = Tokens::new(&keys)?;
    let lifetime = Duration::hours(config.security.session_hours);
    let app = Arc::new(App::new(store, keys, passwords, tokens, lifetime));
    tokio::spawn(keep_tidy(Arc::downgrade(&app)));
    Ok(app)
}

/// Forgets, once an hour and as long as the use cases live, what is only kept for a time. Several servers may do it.
async fn keep_tidy(app: Weak<App>) {
    let mut hourly = tokio::time::interval(std::time::Duration::from_hours(1));
    loop {
        hourly.tick().await;
        let Some(app) = app.upgrade() else { return };
        if let Err(error) = app.forget().await {
            tracing::warn!(%error, "old answers and attempts were not forgotten");
        }
    }
}

/// Makes the public keys of receipts known to everybody who asks for them.
async fn register_keys(store: &Store, keys: &Keys) -> Result<(), StartError> {
    let (tx, _) = store.begin(crate::store::Entrant::Nobody).await?;
    let start_time = focalnet_domain::clock::Clock.now(tx.clock_offset().await?);
    for key in keys.receipt_keys() {
        tx.register_key(KeyRow { key_id: key.kid(), verifier_key: key.to_string(), start_time }).await?;
    }
    Ok(tx.commit().await?)
}

/// Refuses to serve on what would betray or lose something.
async fn assert_sound(config: &Config, store: &Store) -> Result<(), StartError> {
    if let Some(fact) = store.pooled_wrongly().await? {
        return Err(StartError::Refused(format!("database.url: {fact}")));
    }
    if !store.is_current().await? {
        return Err(StartError::Refused("the schema is not this program's: run `focalnet migrate`".into()));
    }
    if config.profile == Profile::Development {
        return Ok(());
    }
    if !config.security.password_cost().reaches(PasswordCost::FLOOR) {
        let text = "security.password_*: below the floor of 19 MiB, 2 passes, 1 lane";
        return Err(StartError::Refused(text.into()));
    }
    let tls = !config.server.tls_certificate.as_os_str().is_empty();
    let loopback =
        config.server.listen.parse::<std::net::SocketAddr>().is_ok_and(|address| address.ip().is_loopback());
    if !tls && !loopback {
        let text = "server.tls_certificate: outside development a listener beyond loopback needs TLS";
        return Err(StartError::Refused(text.into()));
    }
    if tls && std::fs::metadata(&config.server.tls_key)?.mode() & 0o077 != 0 {
        return Err(StartError::Refused("server.tls_key: others can read it; chmod 600 it".into()));
    }
    let (tx, _) = store.begin(crate::store::Entrant::Nobody).await?;
    if !tx.clock_offset().await?.is_zero() {
        return Err(StartError::Refused(
            "the database has a clock offset, which is for development only".into(),
        ));
    }
    tx.commit().await?;
    match store.unsound().await? {
        Some(fact) => Err(StartError::Refused(format!("database.url: {fact}"))),
        None => Ok(()),
    }
}
