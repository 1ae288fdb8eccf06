//! A filled database on a PostgreSQL that keeps what it is told, and a server on it, which is a process of its own.

use std::{
    fs,
    io::{BufRead as _, BufReader},
    os::unix::fs::{MetadataExt as _, chown},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::Instant,
};

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
use tonic::{
    metadata::{Ascii, MetadataValue},
    transport::{Channel, Endpoint},
};

const NAME: &str = "focalnet.measure";

/// Why nothing could be measured.
pub(crate) type Failed = Box<dyn std::error::Error + Send + Sync>;

/// What is measured.
pub(crate) struct World {
    /// What there is in the database.
    pub(crate) loaded: Loaded,
    tokens: Tokens,
    store: Store,
    /// Where the server serves.
    pub(crate) address: String,
    server: Child,
    _database: Database,
    /// Process of the database.
    pub(crate) postmaster: u32,
    /// Of the owner of the schema, for what the server does not tell.
    pub(crate) owner: PgConnection,
    _folder: tempfile::TempDir,
}

impl World {
    /// Starts all of it. `program` is the server.
    pub(crate) async fn start(size: &Size, program: &Path) -> Result<Self, Failed> {
        let folder = tempfile::Builder::new().prefix("focalnet-measure").tempdir()?;
        let home = folder.path().join("postgres");
        fs::set_permissions(folder.path(), std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
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
        let database = Database::of(cluster).await?;
        database.migrate(&|_| {}).await?;
        let mut owner = PgConnection::connect(&database.owner_url).await?;
        let begun = Instant::now();
        let loaded = load(&mut owner, size, &[], &|_| {}).await?;
        eprintln!("{size:?}: {} assets in {} s", loaded.assets, begun.elapsed().as_secs());
        sqlx::query("CHECKPOINT").execute(&mut owner).await.ok();
        let (server, address) = serve(program, &database.url, &keys)?;
        let store = Store::connect(&database.url, 1).await?;
        Ok(Self {
            loaded,
            tokens,
            store,
            address,
            server,
            _database: database,
            postmaster,
            owner,
            _folder: folder,
        })
    }

    /// Process of the server.
    #[must_use]
    pub(crate) fn server(&self) -> u32 {
        self.server.id()
    }

    /// How many events of an act the journal holds, in the streams that both sides read.
    pub(crate) async fn recorded(&mut self, act: Option<&str>) -> Result<u64, Failed> {
        let Some(act) = act else { return Ok(0) };
        let sql = "SELECT count(*) FROM journal_event WHERE act = $1 AND audience = 'shared'";
        let count: i64 = sqlx::query_scalar(sql).bind(act).fetch_one(&mut self.owner).await?;
        Ok(count.try_into()?)
    }

    /// A new connection to the server.
    pub(crate) async fn channel(&self) -> Result<Channel, Failed> {
        Ok(Endpoint::from_shared(self.address.clone())?.tcp_nodelay(true).connect().await?)
    }

    /// The token of somebody with a new session.
    pub(crate) async fn token(&self, login: &str) -> Result<MetadataValue<Ascii>, Failed> {
        let user = self.loaded.somebody(login).ok_or_else(|| format!("nobody is called {login}"))?.user;
        let (session, now) = (ids::new(), Clock.now(chrono::Duration::zero()));
        let (tx, _) = self.store.begin(Entrant::Nobody).await?;
        let end = now + chrono::Duration::days(1);
        tx.insert_session(session, user, false, [0; 32], now, end).await?;
        tx.commit().await?;
        let token = self.tokens.issue(user.0, session, now)?;
        Ok(format!("Bearer {}", token.token.expose_secret()).parse()?)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        // Nobody is left to hear of it.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// The process that its folder names.
fn postmaster(home: &Path) -> Result<u32, Failed> {
    let mut folders: Vec<PathBuf> = vec![home.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            if entry.file_name() == "postmaster.pid" {
                let text = fs::read_to_string(entry.path())?;
                return Ok(text.lines().next().unwrap_or_default().parse()?);
            }
            if entry.file_type()?.is_dir() {
                folders.push(entry.path());
            }
        }
    }
    Err("the database does not tell its process".into())
}

fn serve(program: &Path, url: &str, keys: &Path) -> Result<(Child, String), Failed> {
    let owner = fs::metadata(keys)?;
    for entry in fs::read_dir(keys)? {
        chown(entry?.path(), Some(owner.uid()), Some(owner.gid()))?;
    }
    let settings = [
        ("DATABASE__URL", url),
        ("SERVER__LISTEN", "127.0.0.1:0"),
        ("SECURITY__NAME", NAME),
        ("SECURITY__KEYS_FOLDER", keys.to_str().unwrap_or_default()),
    ];
    let settings = settings.map(|(key, value)| (format!("FOCALNET__{key}"), value));
    let mut command = Command::new(program);
    command.arg("serve").envs(settings).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
    let mut server = command.spawn()?;
    let said = server.stderr.take().ok_or("the server says nothing")?;
    let mut said = BufReader::new(said).lines().map_while(Result::ok);
    let address = said.find_map(|line| Some(line.split_once("serves on ")?.1.to_owned()));
    let address = address.ok_or("the server does not say where it serves")?;
    // Its log is written and read, as anywhere.
    thread::spawn(move || said.for_each(drop));
    Ok((server, address))
}
