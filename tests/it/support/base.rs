//! What all tests of one process share: one throwaway cluster, and one migrated database with the cast in it, of
//! which each test gets a copy.

use std::{
    collections::HashMap,
    fs::{self, File},
    io::{Read as _, Seek as _, SeekFrom},
    os::unix::fs::{MetadataExt as _, chown},
    path::{Path, PathBuf},
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

use focalnet::testing::{
    cluster,
    cluster::Cluster,
    config::Config,
    runtime::Database,
    security::{Keys, Tokens},
    store::provision::{APP, OWNER, provision},
};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use tokio::{runtime, sync::OnceCell, task::spawn_blocking};

use super::{cast::Cast, server::Server};

/// The name under which servers of tests sign.
const NAME: &str = "focalnet.test";
const TEMPLATE: &str = "focalnet_template";

static BASE: OnceCell<Base> = OnceCell::const_new();

/// What all tests of one process share.
pub(crate) struct Base {
    cluster: Cluster,
    keys: PathBuf,
    /// Makes the access tokens of the cast, in place of a login each.
    pub(crate) tokens: Tokens,
    cast: Cast,
}

impl Base {
    /// Started by the first test that asks. A static is never dropped, but the cluster ends with the process.
    pub(crate) async fn get() -> &'static Self {
        BASE.get_or_init(|| Box::pin(Self::start())).await
    }

    /// Who and what there is, in a test that has a world already.
    pub(crate) fn cast() -> &'static Cast {
        &BASE.get().unwrap().cast
    }

    async fn start() -> Self {
        let mut options = cluster::Options::throwaway(cluster::scratch_folder());
        // A pool for each test that runs; and no worker of the server's own in the way of copies.
        options.max_connections = 500;
        options.settings = vec!["autovacuum=off".into(), "log_line_prefix=%d|%p|".into()];
        let started = spawn_blocking(move || Cluster::start(&options, &|_| {}));
        let cluster = started.await.unwrap().unwrap();
        let keys = cluster.home().join("keys");
        let ring = Keys::load(&keys, NAME, true).unwrap();
        give_to_owner_of(cluster.home(), &keys);

        let tokens = Tokens::new(&ring).unwrap();
        provision(&cluster.url("postgres", "postgres"), TEMPLATE).await.unwrap();
        let mut base = Self { cluster, keys, tokens, cast: Cast::default() };
        base.database(TEMPLATE).migrate(&|_| {}).await.unwrap();
        let server = Server::start(&base.config(TEMPLATE), &base.database(TEMPLATE)).await;
        base.cast = Cast::assemble(&server, &base.tokens).await;
        // Nobody may stay connected to what is copied.
        server.stop().await;
        base
    }

    /// A new database with the cast in it.
    pub(crate) async fn copy(&self) -> String {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let name = format!("t_{}", COUNT.fetch_add(1, Ordering::Relaxed));
        self.as_superuser(&format!("CREATE DATABASE {name} TEMPLATE {TEMPLATE} STRATEGY FILE_COPY")).await;
        name
    }

    /// Removes a database without waiting for it; also from a test that panics.
    pub(crate) fn remove(&self, name: &str) {
        let (url, sql) = (self.url("postgres", "postgres"), format!("DROP DATABASE {name} WITH (FORCE)"));
        thread::spawn(move || {
            let runtime = runtime::Builder::new_current_thread().enable_all().build();
            // At the end of the process the cluster may be gone already, and with it the database.
            runtime.map(|runtime| runtime.block_on(run(&url, &sql)).ok()).ok()
        });
    }

    /// Runs one statement as the superuser of the cluster, outside any database of a test.
    pub(crate) async fn as_superuser(&self, sql: &str) {
        run(&self.url("postgres", "postgres"), sql).await.unwrap();
    }

    /// Where a role reaches a database.
    pub(crate) fn url(&self, role: &str, database: &str) -> String {
        self.cluster.url(role, database)
    }

    /// The two URLs of a database.
    pub(crate) fn database(&self, name: &str) -> Database {
        Database { cluster: None, url: self.url(APP, name), owner_url: self.url(OWNER, name) }
    }

    /// How long the log of the database server is by now.
    pub(crate) fn log_end(&self) -> u64 {
        fs::metadata(self.log()).unwrap().len()
    }

    /// What was logged after that.
    pub(crate) fn logged_since(&self, end: u64) -> String {
        let mut log = File::open(self.log()).unwrap();
        log.seek(SeekFrom::Start(end)).unwrap();
        let mut text = Vec::new();
        log.read_to_end(&mut text).unwrap();
        String::from_utf8_lossy(&text).into_owned()
    }

    /// The folder of the cluster.
    pub(crate) fn home(&self) -> &Path {
        self.cluster.home()
    }

    fn log(&self) -> PathBuf {
        self.cluster.home().join("postgres.log")
    }

    /// The environment in which a process of its own serves a database.
    pub(crate) fn environment(&self, database: &str) -> HashMap<String, String> {
        let pairs = [
            ("DATABASE__URL", self.url(APP, database)),
            ("DATABASE__CONNECTIONS", "8".into()),
            ("SERVER__LISTEN", "127.0.0.1:0".into()),
            ("SECURITY__NAME", NAME.into()),
            ("SECURITY__KEYS_FOLDER", self.keys.to_string_lossy().into_owned()),
            // Nothing in a test is worth the time of a real hash.
            ("SECURITY__PASSWORD_MEMORY_KIB", "8".into()),
            ("SECURITY__PASSWORD_PASSES", "1".into()),
            // Tests set the clock years ahead; the sessions of the cast live on.
            ("SECURITY__SESSION_HOURS", (24 * 365 * 50).to_string()),
        ];
        pairs.into_iter().map(|(key, value)| (format!("FOCALNET__{key}"), value)).collect()
    }

    /// The same as a configuration.
    pub(crate) fn config(&self, database: &str) -> Config {
        Config::load(None, Some(self.environment(database))).unwrap()
    }
}

async fn run(url: &str, sql: &str) -> Result<(), sqlx::Error> {
    let mut connection = PgConnection::connect(url).await?;
    connection.execute(AssertSqlSafe(sql.to_owned())).await?;
    connection.close().await
}

/// What removes the folder of the cluster runs as its owner, and has to be able to remove the keys in it, too.
fn give_to_owner_of(home: &Path, keys: &Path) {
    let owner = fs::metadata(home).unwrap();
    let files = fs::read_dir(keys).unwrap().map(|entry| entry.unwrap().path());
    for path in files.chain([keys.to_owned()]) {
        chown(path, Some(owner.uid()), Some(owner.gid())).unwrap();
    }
}
