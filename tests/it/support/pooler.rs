//! `PgBouncer` between the server and the database.

use std::{
    fs,
    os::unix::fs::{MetadataExt as _, chown},
    path::PathBuf,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use focalnet::testing::{
    runtime::Database,
    store::provision::{APP, OWNER},
};

use super::world::World;

/// How long a client has a connection to the database.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Mode {
    Session,
    Transaction,
}

/// A pooler with its settings as they come. It ends with the test.
pub(crate) struct Pooler {
    child: Child,
    folder: PathBuf,
    database: String,
}

impl Pooler {
    /// Starts it before the database of a world.
    pub(crate) fn start(world: &World, mode: Mode) -> Self {
        let home = world.base.home();
        let folder = home.join(format!("pooler-{}", world.database));
        fs::create_dir(&folder).unwrap();
        let owner = fs::metadata(home).unwrap();
        let socket = world.base.url(APP, &world.database);
        let socket = socket.split_once("?host=").unwrap().1.replace("%2F", "/");
        let mode = match mode {
            Mode::Session => "session",
            Mode::Transaction => "transaction",
        };
        let (settings, users) = (folder.join("pgbouncer.ini"), folder.join("users.txt"));
        fs::write(&users, format!("\"{APP}\" \"\"\n\"{OWNER}\" \"\"\n")).unwrap();
        let text = format!(
            "[databases]\n{} = host={socket}\n[pgbouncer]\nlisten_addr =\nlisten_port = 6432\nunix_socket_dir = {}\n\
             auth_type = trust\nauth_file = {}\npool_mode = {mode}\n",
            world.database,
            folder.display(),
            users.display(),
        );
        fs::write(&settings, text).unwrap();
        for path in [&folder, &settings, &users] {
            chown(path, Some(owner.uid()), Some(owner.gid())).unwrap();
        }
        let mut paths = std::env::var_os("PATH").unwrap_or_default();
        paths.push(":/usr/sbin");
        let mut command = Command::new("pgbouncer");
        command.env("PATH", paths);
        if rustix::process::geteuid().is_root() {
            command.arg(format!("--user={}", name_of(owner.uid())));
        }
        let mut child = command
            .arg(&settings)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let (socket, begin) = (folder.join(".s.PGSQL.6432"), Instant::now());
        while !socket.exists() {
            assert!(child.try_wait().unwrap().is_none(), "it has ended");
            assert!(begin.elapsed() < Duration::from_secs(20), "it does not listen");
            thread::sleep(Duration::from_millis(20));
        }
        Self { child, folder, database: world.database.clone() }
    }

    /// The database behind it.
    pub(crate) fn database(&self) -> Database {
        let folder = self.folder.to_str().unwrap().replace('/', "%2F");
        let url = |role: &str| format!("postgres://{role}@localhost:6432/{}?host={folder}", self.database);
        Database { cluster: None, url: url(APP), owner_url: url(OWNER) }
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

fn name_of(user: u32) -> String {
    let users = fs::read_to_string("/etc/passwd").unwrap();
    let line = users.lines().find(|line| line.split(':').nth(2) == Some(&user.to_string()));
    line.unwrap().split(':').next().unwrap().to_owned()
}
