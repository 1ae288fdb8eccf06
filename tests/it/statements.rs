//! How many statements each method sends to the database, as the database itself counts them: the check of the
//! session, `BEGIN` and `COMMIT` included.

mod numbers;
mod scenes;

use std::collections::BTreeMap;

use focalnet_contract::{Rpc, catalogue::is_read};
use prost_reflect::{DynamicMessage, ReflectMessage as _};
use serde_json::{Value, json};

pub(crate) use self::numbers::statements;
pub(crate) use self::scenes::scene;
use crate::support::{
    actor::Clients,
    dynamic::method,
    samples::{Things, sample},
    world::World,
};

/// Calls a method, and gives the statements that the database has logged for it.
pub(crate) async fn counted(
    world: &World,
    who: &Clients,
    rpc: Rpc,
    message: Value,
) -> (DynamicMessage, Vec<String>) {
    // A statement is logged before it is executed, and nobody else uses this database but the server itself.
    let end = world.base.log_end();
    let answer = who.call(rpc, message).await.unwrap_or_else(|told| unreachable!("{rpc:?}: {told:?}"));
    (answer, of_calls(&world.base.logged_since(end), &world.database))
}

/// The statements of transactions that calls have finished. The server looks for work that orders have left, and
/// sweeps, in transactions of its own, whenever it likes.
fn of_calls(log: &str, database: &str) -> Vec<String> {
    let prefix = format!("{database}|");
    let (mut finished, mut open) = (Vec::new(), BTreeMap::<&str, Vec<&str>>::new());
    for line in log.lines().filter_map(|line| line.strip_prefix(&prefix)) {
        let Some((connection, said)) = line.split_once("|LOG:  ") else { continue };
        if !said.starts_with("statement: ") && !said.starts_with("execute ") {
            continue;
        }
        let transaction = open.entry(connection).or_default();
        if said.starts_with("statement: BEGIN") {
            // A new connection prepares something first.
            transaction.clear();
        }
        transaction.push(said);
        if said.ends_with("COMMIT") || said.ends_with("ROLLBACK") {
            let statements = std::mem::take(transaction);
            // What began before is the server's own, too.
            let of_call = statements[0].starts_with("statement: BEGIN");
            // The server asks at start whether the database is there.
            let of_call = of_call && statements[..] != ["statement: BEGIN", "statement: COMMIT"];
            let of_call = of_call && !statements.iter().any(|said| OWN.iter().any(|own| said.contains(own)));
            finished.extend(statements.into_iter().filter(|_| of_call).map(str::to_owned));
        }
    }
    finished
}

/// What only the server's own transactions send: the look at the database's health, the look for work, and the sweeping of
/// what has expired.
pub(crate) const OWN: [&str; 4] = [
    "UPDATE \"probe\"",
    "SELECT w.event_id",
    "DELETE FROM \"answered_call\"",
    "DELETE FROM \"login_attempt\"",
];

/// How a statement begins that changes something.
const WRITES: [&str; 4] = ["INSERT INTO", "UPDATE \"", "UPDATE approval", "DELETE FROM"];

#[tokio::test]
async fn every_method_sends_what_it_states() {
    let world = World::with_statements_logged().await;
    let mut wrong = Vec::new();
    for rpc in Rpc::ALL {
        let (who, message) = scene(&world, *rpc).await;
        let (_, sent) = counted(&world, &who, *rpc, message).await;
        let writes = sent.iter().any(|said| WRITES.iter().any(|word| said.contains(word)));
        if is_read(&method(*rpc)) == writes {
            wrong.push(format!("{rpc:?}: the contract says whether it only reads, and it does the other"));
        }
        if sent.len() != statements(*rpc) {
            let heads: Vec<_> = sent.iter().map(|line| line.chars().take(110).collect::<String>()).collect();
            wrong.push(format!(
                "{rpc:?} states {}, sends {}:\n  {}",
                statements(*rpc),
                sent.len(),
                heads.join("\n  ")
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The same for an empty page, a short and a long one.
#[tokio::test]
async fn a_list_sends_as_much_whatever_the_page() {
    let world = World::with_statements_logged().await;
    let officer = world.registry().officer();
    for _ in 0..60 {
        world.draft_for(&world.portugal()).await;
    }
    let name = world.transmitted(&world.portugal()).await;
    let portugal = world.portugal().focal_point();
    for _ in 0..60 {
        let request = portugal.reads(&name).await.unwrap();
        let message = sample(Rpc::OpenClarification, &Things { request, ..Things::default() });
        portugal.call(Rpc::OpenClarification, message).await.unwrap();
    }
    for (rpc, parent) in
        [(Rpc::ListFreezingRequests, ""), (Rpc::ListClarifications, &name), (Rpc::ListEvents, &name)]
    {
        for (size, found) in [(1, 1), (0, 50), (200, 60)] {
            let mut message = json!({ "page_size": size });
            if !parent.is_empty() {
                message["parent"] = parent.into();
            }
            let (page, sent) = counted(&world, &officer, rpc, message).await;
            let entries = page.get_field(&page.descriptor().get_field(1).unwrap()).as_list().unwrap().len();
            assert!(entries >= found, "{rpc:?} {size}");
            assert_eq!(sent.len(), statements(rpc), "{rpc:?} {size}");
        }
    }
}

#[tokio::test]
async fn an_empty_list_sends_no_more() {
    let world = World::with_statements_logged().await;
    let (officer, admin) = (world.registry().officer(), world.portugal().admin());
    let name = world.transmitted(&world.portugal()).await;
    let case = world.cast().case.as_str();
    let rows = [
        (&officer, Rpc::ListApprovals, "", "state = STATE_DECLINED"),
        (&officer, Rpc::ListCases, "", "case_number = none"),
        (&officer, Rpc::ListPersons, case, "status = STATUS_DECEASED"),
        (&officer, Rpc::ListOrders, "", "document_number = none"),
        (&officer, Rpc::ListFreezingRequests, "", "state = STATE_CLOSED"),
        (&officer, Rpc::ListClarifications, &name, "state = STATE_RESOLVED"),
        (&officer, Rpc::ListEvents, &name, "act = none"),
        (&admin, Rpc::ListOrganizations, "", "country_code = XX"),
        (&admin, Rpc::ListUsers, "", "login = none"),
    ];
    let mut wrong = Vec::new();
    for (who, rpc, parent, filter) in rows {
        let mut message = json!({ "filter": filter });
        if !parent.is_empty() {
            message["parent"] = parent.into();
        }
        let (page, sent) = counted(&world, who, rpc, message).await;
        assert_eq!(
            page.get_field(&page.descriptor().get_field(1).unwrap()).as_list(),
            Some(&[][..]),
            "{rpc:?}"
        );
        if sent.len() > statements(rpc) {
            wrong.push(format!("{rpc:?} states {}, sends {}", statements(rpc), sent.len()));
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
