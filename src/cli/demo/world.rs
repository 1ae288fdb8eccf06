//! The stage: a private cluster in a folder of its own, and the real server on it, in this process.

use std::{
    fs::{self, DirBuilder, Permissions},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, Duration, Utc};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};
use tonic::transport::Channel;

use crate::{
    app::App,
    cli::{Failure, channel},
    clock::Clock,
    cluster::{Cluster, Options},
    config::{Config, Profile},
    domain::ids,
    runtime::{self, Database, Progress},
    security::PasswordCost,
    server::{self, Reflection},
    store::Store,
};

/// When the story begins. The server's first act is dated then, too.
pub(super) const BEGIN: &str = "2008-01-14T09:00:00Z";

/// A server with an empty database, whose clock can be set.
pub struct World {
    endpoint: String,
    channel: Channel,
    pub(super) app: Arc<App>,
    owner: Store,
    leave: oneshot::Sender<()>,
    served: JoinHandle<crate::error::Result<()>>,
    database: Database,
    // Last: what is in it ends first.
    _folder: Folder,
}

impl World {
    /// Makes one in `data`, which stays, or in a fresh folder below the temp folder, which goes.
    pub async fn start(data: Option<&Path>, progress: Progress<'_>) -> Result<Self, Failure> {
        let folder = match data {
            Some(path) => Folder::kept(path)?,
            None => Folder::fresh()?,
        };
        let mut options = folder.cluster();
        let config = config(&folder.path)?;
        options.binaries = Some(config.database.binaries.clone()).filter(|path| !path.as_os_str().is_empty());
        // Blocks, but nothing else runs before the database does.
        let cluster = Cluster::start(&options, &|what| progress(what))?;
        let database = Database::of(cluster).await?;
        database.migrate(progress).await?;
        progress("starting the server");
        let owner = Store::connect(&database.owner_url, 1).await?;
        set_clock(&owner, instant(BEGIN)?).await?;
        let app = runtime::app(&config, &database, config.database.connections).await?;

        let listener = TcpListener::bind(&config.server.listen).await?;
        let endpoint = format!("http://{}", listener.local_addr()?);
        let channel = channel::to(&endpoint, None)?;
        let (leave, left) = oneshot::channel();
        let options = server::Options { reflection: Reflection::Open, ..server::Options::default() };
        let stop = async {
            let _ = left.await; // resolves as well when nobody is left to tell
        };
        let served = tokio::spawn(server::serve(Arc::clone(&app), listener, options, stop));
        Ok(Self { endpoint, channel, app, owner, leave, served, database, _folder: folder })
    }

    /// Where the server listens.
    #[must_use]
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// A way to the server.
    #[must_use]
    pub fn channel(&self) -> Channel {
        self.channel.clone()
    }

    /// Makes it this instant for the server; sessions begun before may have ended by it.
    pub async fn set_clock(&self, at: DateTime<Utc>) -> Result<(), Failure> {
        set_clock(&self.owner, at).await
    }

    /// Makes it now again.
    pub async fn reset_clock(&self) -> Result<(), Failure> {
        Ok(self.owner.set_clock_offset(Duration::zero()).await?)
    }

    /// Lets the server finish what it is at, then stops the cluster and removes what need not stay.
    pub async fn stop(self) -> Result<(), Failure> {
        let Self { channel, app, owner, leave, served, database, _folder: folder, .. } = self;
        drop(channel);
        let _ = leave.send(()); // it may have ended by itself
        served.await.map_err(|error| Failure::unexpected(error.to_string()))??;
        app.store().clone().close().await?;
        owner.close().await?;
        if let Some(cluster) = database.cluster {
            let stopped = tokio::task::spawn_blocking(move || cluster.stop());
            stopped.await.map_err(|error| Failure::unexpected(error.to_string()))??;
        }
        drop(folder);
        Ok(())
    }
}

async fn set_clock(owner: &Store, at: DateTime<Utc>) -> Result<(), Failure> {
    Ok(owner.set_clock_offset(at - Clock.now(Duration::zero())).await?)
}

/// An instant as it is written in the story.
pub(super) fn instant(text: &str) -> Result<DateTime<Utc>, Failure> {
    text.parse().map_err(|error| Failure::unexpected(format!("{text}: {error}")))
}

/// The user's settings, apart from those by which the story would touch a database, keys or an address of theirs.
fn config(folder: &Path) -> Result<Config, Failure> {
    let mut config = Config::load(None, None).map_err(|error| Failure::usage(error.to_string()))?;
    let PasswordCost { memory_kib, passes, lanes } = PasswordCost::FLOOR;
    config.profile = Profile::Development;
    folder.clone_into(&mut config.data_folder);
    "127.0.0.1:0".clone_into(&mut config.server.listen);
    config.security.keys_folder = PathBuf::new();
    config.security.password_memory_kib = memory_kib;
    config.security.password_passes = passes;
    config.security.password_lanes = lanes;
    Ok(config)
}

/// Where it all lies.
struct Folder {
    path: PathBuf,
    goes: bool,
}

impl Folder {
    fn fresh() -> Result<Self, Failure> {
        let (name, _) = ids::new().as_u64_pair();
        let path = std::env::temp_dir().join(format!("focalnet-demo-{name:x}"));
        DirBuilder::new().create(&path)?;
        let folder = Self { path, goes: true };
        // As root the cluster belongs to another user, who has to come through, whatever the umask.
        fs::set_permissions(&folder.path, Permissions::from_mode(0o711))?;
        Ok(folder)
    }

    fn kept(path: &Path) -> Result<Self, Failure> {
        let path = std::path::absolute(path)?;
        if fs::read_dir(&path).is_ok_and(|mut entries| entries.next().is_some()) {
            let text =
                format!("--data: {} holds other things: choose a new or an empty folder", path.display());
            return Err(Failure::usage(text));
        }
        Ok(Self { path, goes: false })
    }

    /// The cluster that belongs in it.
    fn cluster(&self) -> Options {
        if self.goes { Options::throwaway(&self.path) } else { Options::kept(self.path.join("postgres")) }
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if self.goes {
            let _ = fs::remove_dir_all(&self.path); // nobody is left to hear of it
        }
    }
}
