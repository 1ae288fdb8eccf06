//! A database on two hosts: a primary, and a standby that follows it.

use std::{
    fs,
    os::unix::fs::MetadataExt as _,
    path::{Path, PathBuf},
    process::Command,
};

use focalnet::testing::{
    cluster,
    cluster::{Cluster, Options},
    runtime::Database,
    store::provision::{APP, OWNER, provision},
};
use sqlx::{Connection as _, PgConnection};
use tokio::task::spawn_blocking;

use super::{
    ledger::{run, texts},
    waiting::until,
};

const DATABASE: &str = "focalnet";

/// A primary, and a standby that follows it. They end with the test.
pub(crate) struct Pair {
    primary: Option<Cluster>,
    standby: Option<Cluster>,
    urls: [(String, String); 2],
    folder: PathBuf,
}

impl Pair {
    /// Both, with an empty database of ours.
    pub(crate) async fn new() -> Self {
        let folder = cluster::scratch_folder().join(format!("pair-{}", focalnet_domain::ids::new().simple()));
        let (one, two) = (folder.join("one"), folder.join("two"));
        let primary = start(one.clone()).await;
        provision(&primary.url("postgres", "postgres"), DATABASE).await.unwrap();
        follow(&primary, &one, &two);
        let standby = start(two).await;
        let urls = [&primary, &standby].map(|host| (host.url(APP, DATABASE), host.url(OWNER, DATABASE)));
        let pair = Self { primary: Some(primary), standby: Some(standby), urls, folder };
        pair.database().migrate(&|_| {}).await.unwrap();
        pair
    }

    /// Where the database is: on either host, the standby named first.
    pub(crate) fn database(&self) -> Database {
        let [(one, one_owner), (two, two_owner)] = &self.urls;
        Database { cluster: None, url: together(two, one), owner_url: together(two_owner, one_owner) }
    }

    /// Ends the primary once the standby knows all that it knows.
    pub(crate) async fn loses_its_primary(&mut self) {
        self.is_level().await;
        let primary = self.primary.take().unwrap();
        spawn_blocking(|| primary.stop()).await.unwrap().unwrap();
    }

    /// Makes the primary one that only reads, once the standby knows all that it knows. Who is connected stays so.
    pub(crate) async fn demotes(&self) {
        self.is_level().await;
        let mut old = self.on_primary().await;
        for sql in ["ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()"] {
            run(&mut old, sql).await.unwrap();
        }
    }

    /// Makes the standby the primary.
    pub(crate) async fn promotes(&self) {
        assert_eq!(texts(&mut self.on_standby().await, "SELECT pg_promote()::text").await, ["true"]);
    }

    async fn on_primary(&self) -> PgConnection {
        PgConnection::connect(&self.primary.as_ref().unwrap().url("postgres", DATABASE)).await.unwrap()
    }

    async fn on_standby(&self) -> PgConnection {
        PgConnection::connect(&self.standby.as_ref().unwrap().url("postgres", DATABASE)).await.unwrap()
    }

    /// Waits until the standby knows all that the primary knows.
    async fn is_level(&self) {
        let (mut old, mut new) = (self.on_primary().await, self.on_standby().await);
        let written = texts(&mut old, "SELECT pg_current_wal_lsn()::text").await.remove(0);
        let follows = format!("SELECT (pg_last_wal_replay_lsn() >= '{written}')::text");
        until("the standby", async || (texts(&mut new, &follows).await == ["true"]).then_some(())).await;
    }
}

impl Drop for Pair {
    fn drop(&mut self) {
        // Before their folder goes.
        drop((self.primary.take(), self.standby.take()));
        let _ = fs::remove_dir_all(&self.folder);
    }
}

async fn start(home: PathBuf) -> Cluster {
    let mut options = Options::kept(home);
    // What a test writes is worth no waiting for a disk.
    options.settings = vec!["fsync=off".into()];
    spawn_blocking(move || Cluster::start(&options, &|_| {})).await.unwrap().unwrap()
}

/// Makes a copy of a running cluster that follows it.
fn follow(primary: &Cluster, one: &Path, two: &Path) {
    let program = fs::read_to_string(one.join("data/postmaster.opts")).unwrap();
    let program = Path::new(program.split(' ').next().unwrap()).with_file_name("pg_basebackup");
    fs::create_dir(two).unwrap();
    // So the folder of a cluster of ours is known.
    fs::write(two.join("cluster.lock"), "").unwrap();
    let url = primary.url("postgres", "postgres");
    let done = Command::new(program)
        .args(["--write-recovery-conf", "--checkpoint=fast", "--dbname", &url, "--pgdata"])
        .arg(two.join("data"))
        .output()
        .unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    let owner = fs::metadata(one.join("data")).unwrap();
    let owner = format!("{}:{}", owner.uid(), owner.gid());
    assert!(Command::new("chown").args(["-R", &owner]).arg(two).status().unwrap().success());
}

/// One URL that names the hosts of two.
fn together(one: &str, other: &str) -> String {
    // `postgres://role@localhost/database?host=socket`, as a cluster says it.
    let socket = |url: &str| url.split_once("?host=").unwrap().1.to_owned();
    let (role, database) = one.split_once("@localhost/").unwrap();
    let database = database.split_once('?').unwrap().0;
    format!("{role}@{},{}/{database}", socket(one), socket(other))
}
