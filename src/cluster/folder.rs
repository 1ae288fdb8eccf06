//! The folder a cluster lives in: made, guarded and, when it was only for once, removed.

use std::{
    env,
    fs::{self, DirBuilder, File, OpenOptions, Permissions},
    io::{self, ErrorKind},
    os::unix::{
        ffi::OsStrExt as _,
        fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _, fchown},
    },
    path::{Path, PathBuf},
    process,
    sync::atomic::{AtomicU32, Ordering},
    thread,
    time::{Duration, Instant},
};

use rustix::fs::{FlockOperation, OFlags, flock};

use super::owner::Owner;

/// A socket's whole path has at most 107 bytes, and `/.s.PGSQL.5432` is added to the folder's.
const LONGEST_SOCKET_FOLDER: usize = 90;
/// Held by the process that runs the cluster. Its presence also marks a folder as a cluster's.
const LOCK: &str = "cluster.lock";
/// Held by the server's processes, which outlive a killed process of ours by a moment.
const SERVER_LOCK: &str = "server.lock";

/// Where focalnet keeps its data unless told otherwise: `/var/lib/focalnet` for root, otherwise the user's own.
pub fn default_data_folder() -> io::Result<PathBuf> {
    if rustix::process::geteuid().is_root() {
        return Ok("/var/lib/focalnet".into());
    }
    let own = env::var_os("XDG_DATA_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    own.or_else(|| env::home_dir().map(|home| home.join(".local/share")))
        .map(|folder| folder.join("focalnet"))
        .ok_or_else(|| io::Error::other("no home folder: set XDG_DATA_HOME or name a data folder"))
}

/// The fastest place for throwaway clusters: memory where there is enough of it, else the temp folder.
#[must_use]
#[cfg(any(test, feature = "testing"))]
pub fn scratch_folder() -> PathBuf {
    const ENOUGH: u64 = 2 << 30; // a container's may have 64 MiB
    let memory = Path::new("/dev/shm");
    let free = rustix::fs::statvfs(memory).map_or(0, |stat| stat.f_bavail.saturating_mul(stat.f_frsize));
    let is_for_all = fs::metadata(memory).is_ok_and(|found| found.mode() & 0o1777 == 0o1777);
    if is_for_all && free >= ENOUGH { memory.to_owned() } else { env::temp_dir() }
}

/// The version of PostgreSQL that made the cluster in `home`, once it is made.
pub(super) fn made_by(home: &Path) -> Option<u32> {
    fs::read_to_string(home.join("data/PG_VERSION")).ok()?.trim().parse().ok()
}

/// A cluster's folder, held by this process or only looked into.
#[derive(Debug)]
pub(super) struct Home {
    path: PathBuf,
    socket: PathBuf,
    /// What we made and have to remove, should the server not get to it.
    remove: Vec<PathBuf>,
    /// The lock on the folder, for as long as we run the cluster.
    held: Option<File>,
}

impl Home {
    /// `path` for a durable cluster: new, empty or a cluster's already.
    pub(super) fn kept(path: &Path, owner: Option<&Owner>) -> io::Result<Self> {
        let path = std::path::absolute(path)?;
        let made = create_parents(&path).and_then(|()| own_folder(&path, owner));
        made.map_err(|error| about(&path, &error))?;
        Self::hold(&path, owner, Vec::new())
    }

    /// A new folder in `parent`.
    pub(super) fn throwaway(parent: &Path, owner: Option<&Owner>) -> io::Result<Self> {
        let path = fresh_folder(&std::path::absolute(parent)?, owner)?;
        Self::hold(&path, owner, vec![path.clone()])
    }

    fn hold(path: &Path, owner: Option<&Owner>, remove: Vec<PathBuf>) -> io::Result<Self> {
        let path = fs::canonicalize(path)?;
        let mut home = Self { socket: path.join("run"), path, remove, held: None };
        if let Some(owner) = owner {
            check_passable(&home.path, owner)?;
        }
        // Retried for a moment: a process that is just being started has a copy until it runs its program.
        home.held = home.lock(LOCK, Duration::from_millis(300))?;
        if home.held.is_none() {
            let text = format!(
                "another process runs the database in {}: stop it first, choose another data folder, or let \
                 `database.url` point to a server for both",
                home.path.display()
            );
            return Err(io::Error::new(ErrorKind::AddrInUse, text));
        }
        if home.socket.as_os_str().as_bytes().len() > LONGEST_SOCKET_FOLDER {
            home.socket = fresh_folder(&short_folder(), owner)?;
            home.remove.push(home.socket.clone());
        }
        Ok(home)
    }

    /// `None` when no process of ours runs the cluster in `path`.
    pub(super) fn of_other_process(path: &Path) -> io::Result<Option<Self>> {
        if !path.join(LOCK).exists() {
            return Ok(None);
        }
        let path = fs::canonicalize(path)?;
        let mut home = Self { socket: path.join("run"), path, remove: Vec::new(), held: None };
        if home.lock(LOCK, Duration::ZERO)?.is_some() {
            return Ok(None);
        }
        // PostgreSQL writes its socket's folder into the fifth line.
        let pid_file = fs::read_to_string(home.path.join("data/postmaster.pid"));
        let text = match pid_file {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            other => other?,
        };
        let Some(socket) = text.lines().nth(4).filter(|line| !line.is_empty()) else { return Ok(None) };
        home.socket = socket.into();
        Ok(Some(home))
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn socket(&self) -> &Path {
        &self.socket
    }

    /// A file of ours in the folder. The folder may be another user's, who must not lead us elsewhere by a link.
    pub(super) fn open(&self, name: &str) -> io::Result<File> {
        let mut options = OpenOptions::new();
        options.read(true).append(true).create(true).mode(0o600).custom_flags(flags(OFlags::NOFOLLOW));
        let path = self.path.join(name);
        options.open(&path).map_err(|error| about(&path, &error))
    }

    /// For the server's processes to hold; `busy` hears when those of a killed process of ours still hold it.
    pub(super) fn lock_for_server(&self, patience: Duration, busy: &dyn Fn()) -> io::Result<File> {
        if let Some(lock) = self.lock(SERVER_LOCK, Duration::ZERO)? {
            return Ok(lock);
        }
        busy();
        self.lock(SERVER_LOCK, patience)?.ok_or_else(|| {
            let text = format!("a server without its focalnet still runs in {}", self.path.display());
            io::Error::new(ErrorKind::AddrInUse, text)
        })
    }

    fn lock(&self, name: &str, patience: Duration) -> io::Result<Option<File>> {
        let file = self.open(name)?;
        let deadline = Instant::now() + patience;
        loop {
            match flock(&file, FlockOperation::NonBlockingLockExclusive) {
                Ok(()) => return Ok(Some(file)),
                Err(rustix::io::Errno::WOULDBLOCK) if Instant::now() >= deadline => return Ok(None),
                Err(rustix::io::Errno::WOULDBLOCK) => thread::sleep(Duration::from_millis(20)),
                Err(error) => return Err(about(&self.path, &error.into())),
            }
        }
    }
}

impl Drop for Home {
    fn drop(&mut self) {
        for folder in &self.remove {
            let _ = fs::remove_dir_all(folder); // most often gone already
        }
    }
}

fn short_folder() -> PathBuf {
    const NAME: usize = 40; // generous, of a fresh folder
    let temp = env::temp_dir();
    if temp.as_os_str().as_bytes().len() + NAME <= LONGEST_SOCKET_FOLDER { temp } else { "/tmp".into() }
}

/// A folder with a name of its own in `parent`.
fn fresh_folder(parent: &Path, owner: Option<&Owner>) -> io::Result<PathBuf> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    loop {
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let path = parent.join(format!("focalnet-{}-{number}", process::id()));
        match DirBuilder::new().mode(0o700).create(&path) {
            Ok(()) => return own_folder(&path, owner).map(|()| path),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {} // of a process before us
            Err(error) => return Err(about(&path, &error)),
        }
    }
}

/// Parents that we make stay passable whatever the umask: the cluster's owner has to come through.
fn create_parents(path: &Path) -> io::Result<()> {
    let Some(parent) = path.parent().filter(|parent| !parent.exists()) else { return Ok(()) };
    create_parents(parent)?;
    match DirBuilder::new().create(parent) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => Err(error),
        Err(_) => Ok(()),
        Ok(()) => fs::set_permissions(parent, Permissions::from_mode(0o711)),
    }
}

/// Makes `path` a folder that only the cluster's owner enters: connections are trusted behind it.
fn own_folder(path: &Path, owner: Option<&Owner>) -> io::Result<()> {
    match DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() != ErrorKind::AlreadyExists => return Err(error),
        _ => {}
    }
    // By its handle from here on: as root we must not be led elsewhere by a link.
    let mut options = OpenOptions::new();
    options.read(true).custom_flags(flags(OFlags::DIRECTORY | OFlags::NOFOLLOW));
    let folder = options.open(path)?;
    let user = folder.metadata()?.uid();
    if user != rustix::process::geteuid().as_raw() && owner.is_none_or(|owner| owner.uid != user) {
        return Err(io::Error::new(ErrorKind::PermissionDenied, "belongs to another user"));
    }
    // Taking over a folder that has another use (as root, somebody's home) would take it from its user.
    if fs::read_dir(path)?.next().is_some() && !path.join(LOCK).exists() {
        return Err(io::Error::other("holds other things: choose a new or an empty folder"));
    }
    folder.set_permissions(Permissions::from_mode(0o700))?;
    if let Some(owner) = owner {
        fchown(folder, Some(owner.uid), Some(owner.gid))?;
    }
    Ok(())
}

#[expect(clippy::cast_possible_wrap, reason = "the flags are small")]
fn flags(flags: OFlags) -> i32 {
    flags.bits() as i32
}

fn check_passable(path: &Path, owner: &Owner) -> io::Result<()> {
    for parent in path.ancestors().skip(1) {
        let found = fs::metadata(parent)?;
        let bit = match (found.uid() == owner.uid, found.gid() == owner.gid) {
            (true, _) => 0o100,
            (false, true) => 0o010,
            (false, false) => 0o001,
        };
        if found.mode() & bit == 0 {
            return Err(io::Error::new(
                ErrorKind::PermissionDenied,
                format!(
                    "PostgreSQL does not run as root but as {}, who cannot pass {}: choose a data folder outside of it",
                    owner.name,
                    parent.display()
                ),
            ));
        }
    }
    Ok(())
}

fn about(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
