//! Kills, and counts. Whatever is killed at whatever moment: an act that was acknowledged is there once, and one that was not
//! can be sent again.

use std::{
    collections::BTreeMap,
    fs,
    net::TcpListener,
    process::{Child, Command, Stdio},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering::Relaxed},
    },
    time::{Duration, Instant},
};

use focalnet::testing::{
    cluster,
    cluster::{Cluster, Options},
    runtime::Database,
    store::provision::{APP, OWNER, provision},
};
use focalnet_contract::Rpc;
use focalnet_domain::{ids, organization::Role};
use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use sqlx::{Connection as _, PgConnection};
use tokio::{task::spawn_blocking, time::sleep};
use tonic::Code;

use crate::support::{
    base::Base,
    cast::{Cast, Org},
    ledger::texts,
    new_id,
    server::{Server, connect},
};

const DATABASE: &str = "focalnet";

/// Those who act at once.
const WRITERS: u32 = 4;

/// A fault comes so long after the one before.
const PACE: Duration = Duration::from_millis(700);

/// How long faults go on, in seconds: `make test-faults` says more than a test has time for.
fn how_long() -> Duration {
    let said = std::env::var_os("FAULT_SECONDS").and_then(|text| text.to_str()?.parse().ok());
    Duration::from_secs(said.unwrap_or(8))
}

/// A database server of its own, and a server before it, both of which can be killed.
struct Prey {
    cluster: Cluster,
    environment: std::collections::HashMap<String, String>,
    server: Child,
}

impl Prey {
    fn serve(environment: &std::collections::HashMap<String, String>) -> Child {
        let mut serve = Command::new(env!("CARGO_BIN_EXE_focalnet"));
        serve.arg("serve").envs(environment).env("FOCALNET__LOG__FILTER", "error");
        serve.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
    }

    /// Starts the server again where it has ended, as a supervisor does.
    fn look_after(&mut self) {
        if self.server.try_wait().unwrap().is_some() {
            self.server = Self::serve(&self.environment);
        }
    }

    async fn suffers(&mut self, fault: Fault) {
        match fault {
            Fault::Server => self.server.kill().unwrap(),
            Fault::Database => {
                let pid = fs::read_to_string(self.cluster.home().join("data/postmaster.pid"));
                let pid = pid.ok().and_then(|text| text.lines().next()?.parse().ok()).and_then(Pid::from_raw);
                if let Some(pid) = pid {
                    let _ = kill_process(pid, Signal::KILL);
                }
            }
            Fault::Connections => {
                let Ok(mut superuser) = PgConnection::connect(&self.cluster.url("postgres", DATABASE)).await
                else {
                    return;
                };
                let end = "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity WHERE usename = 'focalnet_app'";
                let _ = sqlx::query(end).fetch_all(&mut superuser).await;
            }
        }
    }
}

impl Drop for Prey {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fault {
    Server,
    Connections,
    Database,
}

/// A case with a number of its own.
fn case(writer: u32, number: u32) -> Value {
    let situation = format!("ICC-{:02}/{:02}", 10 + writer, number / 10_000);
    let case = format!("{situation}-{:02}/{:02}", number / 100 % 100, number % 100);
    json!({
        "case": { "situation_number": situation, "case_number": case, "display_name": "A case" },
        "request_id": new_id(),
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_acknowledged_is_there_once() {
    let base = Base::get().await;
    let folder = cluster::scratch_folder().join(format!("faults-{}", ids::new().simple()));
    let options = Options::kept(folder.join("database"));
    let cluster = spawn_blocking(move || Cluster::start(&options, &|_| {})).await.unwrap().unwrap();
    provision(&cluster.url("postgres", "postgres"), DATABASE).await.unwrap();
    let [url, owner_url] = [APP, OWNER].map(|role| cluster.url(role, DATABASE));
    let database = Database { cluster: None, url: url.clone(), owner_url };
    database.migrate(&|_| {}).await.unwrap();
    let server = Server::start(&base.config(DATABASE), &database).await;
    let people = Arc::new(Cast::assemble(&server, &base.tokens).await);
    server.stop().await;

    let address = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().to_string();
    let mut environment = base.environment(DATABASE);
    environment.insert("FOCALNET__DATABASE__URL".into(), url);
    environment.insert("FOCALNET__SERVER__LISTEN".into(), address.clone());
    let server = Prey::serve(&environment);
    let mut prey = Prey { cluster, environment, server };

    let over = Arc::new(AtomicBool::new(false));
    let writers = (0..WRITERS).map(|writer| {
        let (people, over, address) = (Arc::clone(&people), Arc::clone(&over), address.clone());
        tokio::spawn(async move { write(base, &people, writer, &address, &over).await })
    });
    let writers: Vec<_> = writers.collect();

    let (begin, mut faults) = (Instant::now(), BTreeMap::new());
    let turns = [Fault::Server, Fault::Connections, Fault::Connections, Fault::Database, Fault::Connections];
    for fault in turns.into_iter().cycle() {
        sleep(PACE).await;
        prey.look_after();
        if begin.elapsed() > how_long() {
            break;
        }
        prey.suffers(fault).await;
        *faults.entry(fault).or_insert(0) += 1;
        sleep(PACE).await;
        prey.look_after();
    }
    over.store(true, Relaxed);
    let mut writing = tokio::spawn(async move {
        let mut acknowledged = Vec::new();
        for writer in writers {
            acknowledged.extend(writer.await.unwrap());
        }
        acknowledged
    });
    let mut acknowledged = loop {
        match tokio::time::timeout(PACE, &mut writing).await {
            Ok(acknowledged) => break acknowledged.unwrap(),
            Err(_) => prey.look_after(),
        }
        assert!(begin.elapsed() < how_long() + Duration::from_mins(2), "the writers do not come to an end");
    };

    let mut superuser = PgConnection::connect(&prey.cluster.url("postgres", DATABASE)).await.unwrap();
    let cases = "SELECT 'cases/' || id FROM court_case WHERE display_name = 'A case' ORDER BY 1";
    acknowledged.sort();
    assert_eq!(texts(&mut superuser, cases).await, acknowledged, "each is there, and nothing else");
    let events = "SELECT 'cases/' || c.id FROM court_case c JOIN journal_event e ON e.subject_id = c.id
        WHERE c.display_name = 'A case' ORDER BY 1";
    assert_eq!(texts(&mut superuser, events).await, acknowledged, "each was recorded once");
    println!("{} acts under {faults:?}", acknowledged.len());
    assert!(acknowledged.len() >= 20 && faults.len() == 3, "{} acts under {faults:?}", acknowledged.len());
    drop(superuser);
    drop(prey);
    let _ = fs::remove_dir_all(folder);
}

/// Does one act after the other until it is over; each is sent until it is acknowledged.
async fn write(base: &Base, people: &Cast, writer: u32, address: &str, over: &AtomicBool) -> Vec<String> {
    let member = people.member(Org::Registry, Role::RegistryCooperationOfficer);
    let (channel, mut acknowledged) = (connect(address), Vec::new());
    for number in 0.. {
        if over.load(Relaxed) {
            break;
        }
        let message = case(writer, number);
        loop {
            // A token is good for a quarter of an hour.
            let clients = member.clients(&channel, &base.tokens, chrono::Duration::zero());
            match clients.call(Rpc::CreateCase, message.clone()).await {
                Ok(case) => {
                    acknowledged.push(case.get_field_by_name("name").unwrap().as_str().unwrap().to_owned());
                    break;
                }
                Err(status) => {
                    let ours =
                        [Code::AlreadyExists, Code::InvalidArgument, Code::NotFound, Code::PermissionDenied];
                    assert!(!ours.contains(&status.code()), "{status:?}");
                    sleep(Duration::from_millis(50)).await;
                }
            }
        }
    }
    acknowledged
}
