//! What it takes to read many assets, from a client to the database and back: the status of a case, the patrimony of a
//! person, and pages of lists, on a database that was filled for it.
//!
//! `FOCALNET_BENCH_REQUESTS` says for how many requests, with twenty assets each; a hundred thousand take some minutes
//! and ten gigabytes.

#![expect(clippy::unwrap_used, reason = "a benchmark that cannot begin must stop")]

use std::{
    fs,
    io::{BufRead as _, BufReader},
    os::unix::fs::{MetadataExt as _, chown},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use criterion::{Criterion, SamplingMode, criterion_group, criterion_main};
use focalnet::testing::{
    cluster::{Cluster, Options},
    runtime::Database,
    security::{Keys, Tokens},
    store::{Entrant, Store},
};
use focalnet_contract::proto::{
    GetCaseAssetStatusRequest, GetPatrimonyRequest, ListAssetsRequest,
    asset_service_client::AssetServiceClient,
};
use focalnet_domain::{clock::Clock, ids};
use focalnet_load::{Loaded, Size, load};
use secrecy::ExposeSecret as _;
use sqlx::{Connection as _, PgConnection};
use tokio::runtime::Runtime;
use tonic::{
    Request,
    transport::{Channel, Endpoint},
};

const NAME: &str = "focalnet.bench";

/// A filled database with a server on it, which is a process of its own.
struct Bench {
    loaded: Loaded,
    tokens: Tokens,
    store: Store,
    channel: Channel,
    server: Child,
    _database: Database,
}

impl Bench {
    async fn start(size: &Size) -> Self {
        // On a disk: it can be more than memory holds.
        let mut options = Options::throwaway(std::env::temp_dir());
        options.settings = vec!["max_wal_size=8GB".into()];
        let cluster = Cluster::start(&options, &|what| eprintln!("{what} …")).unwrap();
        let keys = cluster.home().join("keys");
        let tokens = Tokens::new(&Keys::load(&keys, NAME, true).unwrap()).unwrap();
        // What removes the folder of the cluster runs as its owner, and has to be able to remove the keys in it, too.
        let owner = fs::metadata(cluster.home()).unwrap();
        let files = fs::read_dir(&keys).unwrap().map(|entry| entry.unwrap().path());
        for path in files.chain([keys.clone()]) {
            chown(path, Some(owner.uid()), Some(owner.gid())).unwrap();
        }
        let database = Database::of(cluster).await.unwrap();
        database.migrate(&|_| {}).await.unwrap();
        let (mut connection, begin) =
            (PgConnection::connect(&database.owner_url).await.unwrap(), Instant::now());
        let loaded = load(&mut connection, size, &[], &|_| {}).await.unwrap();
        eprintln!("{size:?}: {} assets in {} s", loaded.assets, begin.elapsed().as_secs());
        connection.close().await.unwrap();

        let settings = [
            ("DATABASE__URL", database.url.as_str()),
            ("SERVER__LISTEN", "127.0.0.1:0"),
            ("SECURITY__NAME", NAME),
            ("SECURITY__KEYS_FOLDER", keys.to_str().unwrap()),
            ("LOG__FILTER", "error"),
        ];
        let settings = settings.map(|(key, value)| (format!("FOCALNET__{key}"), value));
        let program = env!("CARGO_BIN_EXE_focalnet");
        let mut command = Command::new(program);
        command.arg("serve").envs(settings).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut server = command.spawn().unwrap();
        let mut said = BufReader::new(server.stderr.take().unwrap()).lines().map(Result::unwrap);
        let address = said.find_map(|line| Some(line.split_once("serves on ")?.1.to_owned())).unwrap();
        thread::spawn(move || said.for_each(|line| eprintln!("server: {line}")));
        let channel = Endpoint::from_shared(address).unwrap().tcp_nodelay(true).connect().await.unwrap();
        let store = Store::connect(&database.url, 1).await.unwrap();
        Self { loaded, tokens, store, channel, server, _database: database }
    }

    /// The token of somebody with a new session. It lives for some minutes: longer than one measurement.
    async fn token(&self, login: &str) -> String {
        let (user, session) = (self.loaded.somebody(login).unwrap().user, ids::new());
        let now = Clock.now(chrono::Duration::zero());
        let (tx, _) = self.store.begin(Entrant::Nobody).await.unwrap();
        let end = now + chrono::Duration::days(1);
        tx.insert_session(session, user, false, [0; 32], now, end).await.unwrap();
        tx.commit().await.unwrap();
        let token = self.tokens.issue(user.0, session, now).unwrap();
        format!("Bearer {}", token.token.expose_secret())
    }

    /// What the memory of the server is, and was at most.
    fn memory(&self) {
        let status = fs::read_to_string(format!("/proc/{}/status", self.server.id())).unwrap_or_default();
        for line in status.lines().filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM")) {
            eprintln!("server: {line}");
        }
    }
}

impl Drop for Bench {
    fn drop(&mut self) {
        // Nobody is left to hear of it.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn with<T>(message: T, token: &str) -> Request<T> {
    let mut request = Request::new(message);
    request.metadata_mut().insert("authorization", token.parse().unwrap());
    request
}

fn assets(criterion: &mut Criterion) {
    let size = Size::default();
    // Not the configuration of the program: only this benchmark knows of it.
    #[expect(clippy::disallowed_methods, reason = "the setting is the benchmark's own")]
    let requests = std::env::var("FOCALNET_BENCH_REQUESTS").ok().map(|text| text.parse().unwrap());
    let requests = requests.unwrap_or(size.requests);
    let size = Size { requests, cases: requests.div_ceil(50), ..size };
    let runtime = Runtime::new().unwrap();
    let bench = runtime.block_on(Bench::start(&size));
    let mut group = criterion.benchmark_group("assets");
    group.sampling_mode(SamplingMode::Flat).sample_size(10).warm_up_time(Duration::from_secs(1));

    let cases = &bench.loaded.cases;
    let chosen =
        [("largest", &cases[0]), ("middle", &cases[cases.len() / 2]), ("smallest", &cases[cases.len() - 1])];
    for (which, case) in chosen {
        let token = runtime.block_on(bench.token("load.officer"));
        let client = AssetServiceClient::new(bench.channel.clone()).max_decoding_message_size(usize::MAX);
        let what = |method: &str| format!("{method}, {which} case of {} requests", case.requests);
        group.bench_function(what("GetCaseAssetStatus"), |bencher| {
            let message = GetCaseAssetStatusRequest { name: case.name.to_string(), ..Default::default() };
            bencher.iter(|| {
                let call =
                    async { client.clone().get_case_asset_status(with(message.clone(), &token)).await };
                runtime.block_on(call).unwrap()
            });
        });
        group.bench_function(what("GetPatrimony"), |bencher| {
            let message = GetPatrimonyRequest { name: case.person.to_string(), ..Default::default() };
            bencher.iter(|| {
                let call = async { client.clone().get_patrimony(with(message.clone(), &token)).await };
                runtime.block_on(call).unwrap()
            });
        });
    }
    bench.memory();

    let (all, of_one) = ("freezingRequests/-".to_owned(), cases[0].request.to_string());
    let of_case = format!("case = {}", cases[0].name);
    let soon = format!("ends_by = {}", Clock.now(chrono::Duration::days(30)).date_naive());
    let lists = [
        ("a request", "load.officer", &of_one, ""),
        ("all cases", "load.officer", &all, ""),
        ("all cases, those of the largest", "load.officer", &all, of_case.as_str()),
        ("all cases, what is unpaid", "load.officer", &all, "unpaid = true"),
        ("all cases, what is claimed", "load.officer", &all, "claimed = true"),
        ("all cases, what ends soon", "load.officer", &all, soon.as_str()),
        ("all cases, what should have been renewed years ago", "load.officer", &all, "renew_by = 2018-01-01"),
        ("all cases, what has outlived its basis", "load.officer", &all, "outlived = true"),
        ("the one case of a newcomer", "load.newcomer", &all, ""),
        ("the State with most", "load.state.ad", &all, ""),
        ("the State with most, what is unpaid", "load.state.ad", &all, "unpaid = true"),
    ];
    for (what, login, parent, filter) in lists {
        let token = runtime.block_on(bench.token(login));
        let client = AssetServiceClient::new(bench.channel.clone());
        let call = |page_token: String| {
            let (parent, filter) = (parent.clone(), filter.to_owned());
            let message = ListAssetsRequest { parent, filter, page_token, ..Default::default() };
            let (mut client, token) = (client.clone(), token.clone());
            async move { client.list_assets(with(message, &token)).await.unwrap().into_inner() }
        };
        // A later page, where there is one: a page costs the same wherever it is.
        let mut later = String::new();
        for _ in 0..40 {
            let next = runtime.block_on(call(later.clone())).next_page_token;
            if next.is_empty() {
                break;
            }
            later = next;
        }
        for (page, token) in [("first page", String::new()), ("a later page", later)] {
            group.bench_function(format!("ListAssets of {what}, {page}"), |bencher| {
                bencher.iter(|| runtime.block_on(call(token.clone())));
            });
        }
    }
    bench.memory();
    group.finish();
}

criterion_group!(benches, assets);
criterion_main!(benches);
