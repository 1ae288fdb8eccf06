//! The stage: a private cluster in a folder of its own, and the real server on it, in this process.

use std::{
    fs::{self, DirBuilder, Permissions},
    os::unix::fs::PermissionsExt as _,
    path::{Path, PathBuf},
    sync::Arc,
};

use chrono::{DateTime, Duration, Utc};
use focalnet_contract::client::Failure;
use focalnet_demo::{Administrator, Done, Door, begin};
use focalnet_domain::{clock::Clock, ids};
use tokio::{net::TcpListener, sync::oneshot, task::JoinHandle};

use crate::{
    app::{App, FirstAdministrator},
    cluster::{Cluster, Options},
    config::{Config, Profile},
    runtime,
    runtime::{Database, Progress},
    security::PasswordCost,
    server,
    server::Reflection,
    store::Store,
};

/// A server with an empty database, whose clock can be set.
pub struct World {
    door: Door,
    app: Arc<App>,
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
        // The server's first act, the registration of its key, is dated in the story, too.
        set_clock(&owner, begin()?).await?;
        let app = runtime::app(&config, &database, config.database.connections).await?;

        let listener = TcpListener::bind(&config.server.listen).await?;
        let endpoint = format!("http://{}", listener.local_addr()?);
        let door = door(endpoint, &owner, &app)?;
        let (leave, left) = oneshot::channel();
        let options = server::Options { reflection: Reflection::Open, ..server::Options::default() };
        let stop = async {
            let _ = left.await; // resolves as well when nobody is left to tell
        };
        let served = tokio::spawn(server::serve(Arc::clone(&app), listener, options, stop));
        Ok(Self { door, app, owner, leave, served, database, _folder: folder })
    }

    /// The door for the story.
    #[must_use]
    pub const fn door(&self) -> &Door {
        &self.door
    }

    /// Makes it now again.
    pub async fn reset_clock(&self) -> Result<(), Failure> {
        Ok(self.owner.set_clock_offset(Duration::zero()).await?)
    }

    /// Lets the server finish what it is at, then stops the cluster and removes what need not stay.
    pub async fn stop(self) -> Result<(), Failure> {
        let Self { door, app, owner, leave, served, database, _folder: folder } = self;
        drop(door);
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

fn door(endpoint: String, owner: &Store, app: &Arc<App>) -> Result<Door, Failure> {
    let (owner, app) = (owner.clone(), Arc::clone(app));
    let clock = move |at| -> Done {
        let owner = owner.clone();
        Box::pin(async move { set_clock(&owner, at).await })
    };
    let bootstrap = move |first: Administrator| -> Done {
        let app = Arc::clone(&app);
        let Administrator { organization, login, display_name, password } = first;
        let first = FirstAdministrator { organization, login, display_name, password };
        Box::pin(async move { Ok(app.bootstrap(&first).await.map(|_| ())?) })
    };
    Door::new(endpoint, clock, bootstrap)
}

async fn set_clock(owner: &Store, at: DateTime<Utc>) -> Result<(), Failure> {
    Ok(owner.set_clock_offset(at - Clock.now(Duration::zero())).await?)
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
