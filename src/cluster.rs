//! A private PostgreSQL cluster, so that nobody has to set a database up to try the program.
//!
//! It lives in one folder, listens on a unix socket only and runs with PostgreSQL's own binaries. It ends with
//! the process that started it, also when that process is killed. Running as root, the cluster belongs to an
//! unprivileged user, because PostgreSQL refuses root.
//!
//! Everything here blocks: from async code call it through `spawn_blocking`.

mod binaries;
mod folder;
mod owner;
#[cfg(test)]
mod tests;

use std::{
    fmt::Write as _,
    fs::File,
    io,
    os::unix::{ffi::OsStrExt as _, fs::FileExt as _, process::CommandExt as _},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

pub use self::folder::default_data_folder;
#[cfg(any(test, feature = "testing"))]
pub use self::folder::scratch_folder;
use self::{binaries::Binaries, folder::Home, owner::Owner};

/// Runs initdb where needed and then the server, as the cluster's owner, until standard input closes.
const KEEPER: &str = include_str!("cluster/keeper.sh");
/// Recovery after a crash can take its time; a server that hangs must not hold us for ever.
const START_LIMIT: Duration = Duration::from_mins(5);
/// How long a server whose process was killed may take to leave the folder.
const LEAVE_LIMIT: Duration = Duration::from_mins(1);

/// How to run a cluster.
#[derive(Debug, Clone)]
pub struct Options {
    place: Place,
    /// The folder that holds `postgres`, `initdb` and `pg_isready`; searched for when `None`.
    pub binaries: Option<PathBuf>,
    /// How many connections the server accepts.
    pub max_connections: u16,
    /// More settings of the server, each as `name=value`; they win over ours.
    pub settings: Vec<String>,
}

#[derive(Debug, Clone)]
enum Place {
    Kept(PathBuf),
    Throwaway(PathBuf),
}

impl Options {
    /// A durable cluster in `home`, made there when `home` is new or empty.
    pub fn kept(home: impl Into<PathBuf>) -> Self {
        Self::at(Place::Kept(home.into()))
    }

    /// A cluster in a new folder below `parent`, fast instead of durable, and removed when it ends.
    pub fn throwaway(parent: impl Into<PathBuf>) -> Self {
        Self::at(Place::Throwaway(parent.into()))
    }

    fn at(place: Place) -> Self {
        Self { place, binaries: None, max_connections: 100, settings: Vec::new() }
    }

    fn server_settings(&self) -> Vec<String> {
        let mut settings = vec![
            "listen_addresses=".to_owned(),
            "unix_socket_permissions=0700".to_owned(),
            "timezone=UTC".to_owned(),
            format!("max_connections={}", self.max_connections),
            // The server's log must not quote rows or statements.
            "log_error_verbosity=terse".to_owned(),
            "log_min_error_statement=panic".to_owned(),
        ];
        if matches!(self.place, Place::Throwaway(_)) {
            settings.extend(["fsync=off", "full_page_writes=off"].map(str::to_owned));
        }
        settings.extend(self.settings.iter().cloned());
        settings
    }
}

/// A running cluster. Dropping it stops the server.
#[derive(Debug)]
pub struct Cluster {
    /// `None` when another process runs the server.
    keeper: Option<Child>,
    home: Home,
}

impl Cluster {
    /// Starts the cluster and returns when it accepts connections. `progress` hears of each long step.
    pub fn start(options: &Options, progress: &dyn Fn(&str)) -> io::Result<Self> {
        let owner = Owner::of_process()?;
        // Before anything is made: nothing is left behind where the binaries are missing.
        let made_by = match &options.place {
            Place::Kept(home) => folder::made_by(home),
            Place::Throwaway(_) => None,
        };
        let binaries = Binaries::find(options.binaries.as_deref(), made_by, owner.as_ref())?;
        let (home, mode) = match &options.place {
            Place::Kept(home) => (Home::kept(home, owner.as_ref())?, "kept"),
            Place::Throwaway(parent) => (Home::throwaway(parent, owner.as_ref())?, "throwaway"),
        };
        let busy = || progress("waiting for the previous database to stop");
        let server_lock = home.lock_for_server(LEAVE_LIMIT, &busy)?;
        let log = home.open("postgres.log")?;
        log.set_len(0)?;

        let mut command = command(Path::new("/bin/sh"), owner.as_ref());
        command
            .args(["-c", KEEPER, "keeper"])
            .arg(&binaries.folder)
            .arg(home.path())
            .arg(home.socket())
            .arg(mode);
        for setting in options.server_settings() {
            command.args(["-c", &setting]);
        }
        // The lock travels as standard output: it is free when the last process of the server is gone.
        command.stdin(Stdio::piped()).stdout(server_lock).stderr(log.try_clone()?);

        progress(if made_by.is_some() { "starting the database" } else { "creating the database cluster" });
        let mut cluster = Self { keeper: Some(command.spawn()?), home };
        cluster.wait_ready(&binaries, owner.as_ref(), &log, made_by.is_none().then_some(progress))?;
        Ok(cluster)
    }

    /// The cluster in `home` if another process runs it. It is that process's to stop, and can end any time.
    pub fn join(home: &Path) -> io::Result<Option<Self>> {
        Ok(Home::of_other_process(home)?.map(|home| Self { keeper: None, home }))
    }

    /// The folder of the cluster.
    #[must_use]
    #[cfg(any(test, feature = "testing"))]
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// Where `role` reaches `database`; the role `postgres` is the superuser.
    #[must_use]
    pub fn url(&self, role: &str, database: &str) -> String {
        let [role, database] = [role, database].map(|part| percent_encoded(part.as_bytes()));
        let socket = percent_encoded(self.home.socket().as_os_str().as_bytes());
        format!("postgres://{role}@localhost/{database}?host={socket}")
    }

    /// Why the server is gone, if it ended without being told to and could not be started again.
    pub fn lost(&mut self) -> Option<io::Error> {
        let keeper = self.keeper.as_mut()?;
        let log = self.home.path().join("postgres.log");
        let told = |status| {
            let log = log.display();
            io::Error::other(format!(
                "the embedded PostgreSQL has ended ({status}); its last words are in {log}"
            ))
        };
        Some(keeper.try_wait().transpose()?.map_or_else(|error| error, told))
    }

    /// Stops the server, waits for its end and says whether it ended cleanly.
    pub fn stop(mut self) -> io::Result<()> {
        self.halt()
    }

    fn halt(&mut self) -> io::Result<()> {
        let Some(mut keeper) = self.keeper.take() else { return Ok(()) };
        let status = keeper.wait()?; // closes its standard input first
        if status.success() {
            Ok(())
        } else {
            Err(io::Error::other(format!("PostgreSQL did not stop cleanly ({status})")))
        }
    }

    /// `creating` hears when the cluster is made and the server starts.
    fn wait_ready(
        &mut self,
        binaries: &Binaries,
        owner: Option<&Owner>,
        log: &File,
        mut creating: Option<&dyn Fn(&str)>,
    ) -> io::Result<()> {
        let deadline = Instant::now() + START_LIMIT;
        loop {
            if let Some(status) = self.keeper.as_mut().map(Child::try_wait).transpose()?.flatten() {
                let end = tail(log).unwrap_or_default();
                return Err(io::Error::other(format!("PostgreSQL did not start ({status}): {end}")));
            }
            if folder::made_by(self.home.path()).is_some() {
                if let Some(progress) = creating.take() {
                    progress("starting the database");
                }
                let mut probe = command(&binaries.folder.join("pg_isready"), owner);
                if probe.arg("-q").arg("-h").arg(self.home.socket()).status()?.success() {
                    return Ok(());
                }
            }
            if Instant::now() > deadline {
                let end = tail(log).unwrap_or_default();
                return Err(io::Error::new(
                    io::ErrorKind::TimedOut,
                    format!("PostgreSQL is still not ready: {end}"),
                ));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        // Nobody is left to hear of it; `stop` is for those who want to know.
        let _ = self.halt();
    }
}

/// A command without our environment (`PG*` variables change what the tools do), in a process group of its own
/// (Ctrl-C is for us) and unprivileged.
fn command(program: &Path, owner: Option<&Owner>) -> Command {
    let mut command = Command::new(program);
    command
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("LC_ALL", "C.UTF-8")
        .current_dir("/")
        .stdin(Stdio::null())
        .process_group(0);
    if let Some(owner) = owner {
        command.uid(owner.uid).gid(owner.gid);
    }
    command
}

/// The last lines of the server's log; read through the open file, because the folder may be gone.
fn tail(log: &File) -> io::Result<String> {
    const BYTES: u64 = 1_000;
    let mut end = vec![0; 1_000];
    let read = log.read_at(&mut end, log.metadata()?.len().saturating_sub(BYTES))?;
    end.truncate(read);
    let text = String::from_utf8_lossy(&end);
    let lines: Vec<_> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    Ok(lines[lines.len().saturating_sub(4)..].join(" / "))
}

fn percent_encoded(bytes: &[u8]) -> String {
    let mut text = String::new();
    for &byte in bytes {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            text.push(char::from(byte));
        } else {
            let _ = write!(text, "%{byte:02X}"); // writing into a string does not fail
        }
    }
    text
}
