//! PostgreSQL's own load client.

use std::{
    ffi::OsStr,
    fs,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use focalnet::testing::store::provision;

use crate::world::{Failed, World};

/// As the server sets its connections up.
const OPTIONS: &str = "-c statement_timeout=20s -c jit=off -c max_parallel_workers_per_gather=0";

/// Where it is, and where the database is.
#[derive(Debug)]
pub(super) struct Pgbench {
    program: PathBuf,
    socket: String,
    database: String,
}

impl Pgbench {
    /// The one beside the database's own program, or the one in the `PATH`.
    pub(super) async fn find(world: &mut World) -> Result<Self, Failed> {
        // Only whoever runs the database, or root, is told which program it is.
        let own = fs::read_link(format!("/proc/{}/exe", world.postmaster));
        let own = own.map(|program| program.with_file_name("pgbench")).ok().filter(|own| own.is_file());
        let program = own.unwrap_or_else(|| PathBuf::from("pgbench"));
        let found = Command::new(&program).arg("--version").output();
        if !found.is_ok_and(|answer| answer.status.success()) {
            return Err("there is no pgbench beside PostgreSQL's programs and none in the PATH".into());
        }
        let sql = "SELECT current_setting('unix_socket_directories'), current_database()::text";
        let (socket, database) = sqlx::query_as(sql).fetch_one(&mut world.superuser).await?;
        Ok(Self { program, socket, database })
    }

    /// Starts it with a script.
    pub(super) fn start<A: AsRef<OsStr>>(&self, script: &Path, arguments: &[A]) -> Result<Child, Failed> {
        let mut command = Command::new(&self.program);
        command.arg("--no-vacuum").arg("--file").arg(script).args(arguments).arg(&self.database);
        command.env("PGHOST", &self.socket).env("PGUSER", provision::APP).env("PGOPTIONS", OPTIONS);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Ok(command.spawn()?)
    }
}

/// What one of them tells when it is done: how many transactions, and how many in a second without the time to connect.
pub(super) fn told(process: Child) -> Result<(f64, f64), Failed> {
    let answer = process.wait_with_output()?;
    let [said, complained] = [&answer.stdout, &answer.stderr].map(|text| String::from_utf8_lossy(text));
    if !answer.status.success() {
        let last: Vec<_> = complained.lines().rev().take(3).collect();
        return Err(format!("pgbench has failed: {}", last.join(" / ")).into());
    }
    let after = |begin: &str| {
        let line = said.lines().find_map(|line| line.strip_prefix(begin))?;
        line.split([' ', '/']).next()?.parse().ok()
    };
    after("number of transactions actually processed: ")
        .zip(after("tps = "))
        .ok_or_else(|| "pgbench does not tell what it has done".into())
}
