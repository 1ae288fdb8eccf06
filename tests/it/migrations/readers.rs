//! Everything that the people of a database read of it.

use std::collections::BTreeMap;

use focalnet_contract::Rpc;
use focalnet_domain::{journal::verify, names::UserId};
use serde_json::{Value, json};
use tonic::Status;

use crate::support::{actor::Clients, empty::Empty, ledger::texts};

/// Answers and refusals, by who asked what.
pub(super) type Reads = BTreeMap<String, Result<Value, String>>;

/// Lists, each with the method that reads one of its entries.
const LISTS: &[(Rpc, Rpc)] = &[
    (Rpc::ListApprovals, Rpc::GetApproval),
    (Rpc::ListCases, Rpc::GetCase),
    (Rpc::ListFreezingRequests, Rpc::GetFreezingRequest),
    (Rpc::ListOrders, Rpc::GetOrder),
    (Rpc::ListOrganizations, Rpc::GetOrganization),
    (Rpc::ListQuestionnaires, Rpc::GetQuestionnaire),
    (Rpc::ListResponses, Rpc::GetResponse),
    (Rpc::ListUsers, Rpc::GetUser),
];

/// Somebody who reads, and notes what was read.
struct Reader<'r> {
    who: Clients,
    login: String,
    reads: &'r mut Reads,
}

/// Everything that everybody reads.
pub(super) async fn reads(database: &Empty) -> Reads {
    let server = database.served().await;
    let mut superuser = database.connected().await;
    let accounts = "SELECT id || ' ' || login FROM account WHERE state = 'active' ORDER BY login";
    let mut reads = Reads::new();
    for account in texts(&mut superuser, accounts).await {
        let (id, login) = account.split_once(' ').unwrap();
        let user: UserId = format!("users/{id}").parse().unwrap();
        let who = server.admits(user, login, &database.base.tokens).await;
        Reader { who, login: login.into(), reads: &mut reads }.reads().await;
    }
    server.stop().await;
    reads
}

/// Those of these names that nobody has read by themselves.
pub(super) fn unread<'n>(reads: &Reads, names: &'n [String]) -> Vec<&'n String> {
    let is_read =
        |name: &String| reads.iter().any(|(what, answer)| what.ends_with(name.as_str()) && answer.is_ok());
    names.iter().filter(|name| !is_read(name)).collect()
}

impl Reader<'_> {
    async fn reads(&mut self) {
        for (list, get) in LISTS {
            for name in self.lists(*list, "").await {
                self.gets(*get, &name).await;
                match get {
                    Rpc::GetFreezingRequest => self.of_request(&name).await,
                    Rpc::GetCase => self.of_case(&name).await,
                    _ => {}
                }
            }
        }
        for list in [Rpc::ListFocalPoints, Rpc::ListAnswers] {
            self.lists(list, "organizations/-").await;
        }
    }

    async fn of_request(&mut self, request: &str) {
        for asset in self.lists(Rpc::ListAssets, request).await {
            self.gets(Rpc::GetAsset, &asset).await;
            for list in [Rpc::ListValuations, Rpc::ListCosts, Rpc::ListClaims, Rpc::ListAssetShares] {
                self.lists(list, &asset).await;
            }
        }
        for thread in self.lists(Rpc::ListClarifications, request).await {
            self.gets(Rpc::GetClarification, &thread).await;
            self.lists(Rpc::ListMessages, &thread).await;
        }
        self.lists(Rpc::ListVersions, request).await;
        verify(&self.who.exports(request).await.unwrap()).unwrap();
    }

    async fn of_case(&mut self, case: &str) {
        self.gets(Rpc::GetCaseAssetStatus, case).await;
        for person in self.lists(Rpc::ListPersons, case).await {
            self.gets(Rpc::GetPatrimony, &person).await;
        }
    }

    /// The names in a list.
    async fn lists(&mut self, rpc: Rpc, parent: &str) -> Vec<String> {
        let message = if parent.is_empty() { json!({}) } else { json!({ "parent": parent }) };
        let found = self.who.lists(rpc, message).await.map(Value::from);
        let entries = found.as_ref().ok().and_then(Value::as_array).into_iter().flatten();
        let names = entries.filter_map(|entry| entry["name"].as_str()).map(str::to_owned).collect();
        self.notes(rpc, parent, found);
        names
    }

    async fn gets(&mut self, rpc: Rpc, name: &str) {
        let answer = self.who.asks(rpc, json!({ "name": name })).await;
        self.notes(rpc, name, answer);
    }

    fn notes(&mut self, rpc: Rpc, name: &str, answer: Result<Value, Status>) {
        let answer = answer.map_err(|told| format!("{:?} {}", told.code(), told.message()));
        self.reads.insert(format!("{} {rpc:?} {name}", self.login), answer);
    }
}
