//! A filled database on a PostgreSQL that keeps what it is told, and a server on it, which is a process of its own.

use std::{
    fs,
    os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown},
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

pub(crate) use self::process::Server;
use self::process::postmaster;
use crate::{caller::Caller, line::Line, rounds::Between};
use focalnet::testing::{
    cluster::{Cluster, Options},
    runtime::Database,
    security::{Keys, Tokens},
    store::{Entrant, Store},
};
use focalnet_domain::{clock::Clock, ids};
use focalnet_load::{Loaded, Size, load};
use secrecy::ExposeSecret as _;
use sqlx::{Connection as _, PgConnection};

mod counts;
mod logged;
mod process;

const NAME: &str = "focalnet.measure";
/// What a private cluster calls its database.
const NAME_OF_DATABASE: &str = "focalnet";

/// Why nothing could be measured.
pub(crate) type Failed = Box<dyn std::error::Error + Send + Sync>;

/// What is measured.
pub(crate) struct World {
    /// What there is in the database.
    pub(crate) loaded: Loaded,
    tokens: Tokens,
    store: Store,
    /// The server.
    pub(crate) server: Server,
    /// The connections to it.
    pub(crate) line: Arc<Line>,
    database: Database,
    keys: PathBuf,
    /// Process of the database.
    pub(crate) postmaster: u32,
    /// Of the owner of the schema, for what the server does not tell.
    pub(crate) owner: PgConnection,
    /// Of the superuser, for what the database counts.
    pub(crate) superuser: PgConnection,
    folder: tempfile::TempDir,
}

impl World {
    /// Starts all of it, without a connection to the server, which is `program`.
    pub(crate) async fn start(size: &Size, program: &Path) -> Result<Self, Failed> {
        let folder = tempfile::Builder::new().prefix("focalnet-measure").tempdir()?;
        let home = folder.path().join("postgres");
        fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755))?;
        let mut options = Options::kept(&home);
        options.max_connections = 60;
        options.settings =
            ["max_wal_size=8GB", "shared_preload_libraries=pg_stat_statements", "autovacuum=off"]
                .map(str::to_owned)
                .to_vec();
        let cluster = Cluster::start(&options, &|what| eprintln!("{what} …"))?;
        let keys = folder.path().join("keys");
        let tokens = Tokens::new(&Keys::load(&keys, NAME, true)?)?;
        let postmaster = postmaster(&home)?;
        let superuser_url = cluster.url("postgres", NAME_OF_DATABASE);
        let database = Database::of(cluster).await?;
        database.migrate(&|_| {}).await?;
        let mut owner = PgConnection::connect(&database.owner_url).await?;
        let mut superuser = PgConnection::connect(&superuser_url).await?;
        for sql in ["CREATE EXTENSION pg_stat_statements", "CREATE EXTENSION pg_walinspect"] {
            sqlx::query(sql).execute(&mut superuser).await?;
        }
        let begun = Instant::now();
        let loaded = load(&mut owner, size, &[], &|_| {}).await?;
        eprintln!("{size:?}: {} assets in {} s", loaded.assets, begun.elapsed().as_secs());
        // Whoever runs the server has to read its keys.
        let owner_of_keys = fs::metadata(&keys)?;
        for entry in fs::read_dir(&keys)? {
            chown(entry?.path(), Some(owner_of_keys.uid()), Some(owner_of_keys.gid()))?;
        }
        let server = Server::start(program, &database.url, &keys, &[])?;
        let store = Store::connect(&database.url, 1).await?;
        Ok(Self {
            loaded,
            tokens,
            store,
            server,
            line: Arc::default(),
            database,
            keys,
            postmaster,
            owner,
            superuser,
            folder,
        })
    }

    /// A second server, which reaches the database through somebody who counts.
    pub(crate) async fn serve_through(&mut self, program: &Path) -> Result<(Between, Server), Failed> {
        let folder = self.folder.path().join("between");
        fs::create_dir(&folder)?;
        let (begin, _) = self.database.url.split_once("?host=").ok_or("the database has no socket")?;
        let socket = sqlx::query_scalar("SHOW unix_socket_directories");
        let socket: String = socket.fetch_one(&mut self.superuser).await?;
        let between = Between::start(&folder, Path::new(&socket))?;
        let url = format!("{begin}?host={}", folder.to_string_lossy().replace('/', "%2F"));
        let server = Server::start(program, &url, &self.keys, &[("DATABASE__CONNECTIONS", "1")])?;
        Ok((between, server))
    }

    /// The rival in a folder, on the same database and as the same role.
    pub(crate) fn rival(&self, folder: &Path) -> Result<Server, Failed> {
        Server::rival(folder, &self.database.url)
    }

    /// Nobody, who can only sign in.
    pub(crate) fn nobody(&self) -> Caller {
        Caller::new(Arc::clone(&self.line), None)
    }

    /// Somebody with a new session.
    pub(crate) async fn somebody(&self, login: &str) -> Result<Caller, Failed> {
        let user = self.loaded.somebody(login).ok_or_else(|| format!("nobody is called {login}"))?.user;
        let (session, now) = (ids::new(), Clock.now(chrono::Duration::zero()));
        let (tx, _) = self.store.begin(Entrant::Nobody).await?;
        let end = now + chrono::Duration::days(1);
        tx.insert_session(session, user, false, [0; 32], now, end).await?;
        tx.commit().await?;
        let token = self.tokens.issue(user.0, session, now)?;
        let token = format!("Bearer {}", token.token.expose_secret()).parse()?;
        Ok(Caller::new(Arc::clone(&self.line), Some(token)))
    }
}
