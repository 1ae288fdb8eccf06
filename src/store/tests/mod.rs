//! What is stored is read as it was saved. Each test says all there is to say of a value, saves it by the store's own
//! functions, and reads it by them. Many statements make JSON by hand: a key that one forgets reads as nothing, and nobody
//! complains.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use focalnet_contract::{
    convert,
    sample::{sample, strip},
    schema::{POOL, Rules},
};
use focalnet_domain::{
    asset::Recorded,
    journal::Hash,
    names::{EventId, OrganizationId, UserId},
    organization::{Kind, Role},
};
use sea_orm::{ConnectOptions, ConnectionTrait as _};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::sync::OnceCell;

use super::{Entrant, Numbered, PageQuery, Store, Tx};
use crate::{
    authz::{Actor, Permit, authorize, policy::Relation},
    cluster::{Cluster, Options, scratch_folder},
    runtime::Database,
};

mod accounts;
mod answers;
mod approvals;
mod assets;
mod calls;
mod cases;
mod clarifications;
mod directory;
mod errors;
mod journal;
mod order_work;
mod orders;
mod organizations;
mod parents;
mod questionnaires;
mod requests;
mod responses;
mod said;
mod scene;
mod sessions;
mod subjects;

/// The one database of these tests. A static is never dropped, but its cluster ends with the process.
static DATABASE: OnceCell<Database> = OnceCell::const_new();

/// Rows that others refer to need not be there, such as the event of each fact.
const ALONE: &str = "DO $$ DECLARE c record; BEGIN
    FOR c IN SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE contype = 'f' LOOP
        EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', c.t, c.conname);
    END LOOP; END $$";

/// The first page of a list.
const FIRST: PageQuery = PageQuery { after: None, size: 100 };

async fn start() -> Database {
    let cluster =
        tokio::task::spawn_blocking(|| Cluster::start(&Options::throwaway(scratch_folder()), &|_| {}));
    let database = Database::of(cluster.await.unwrap().unwrap()).await.unwrap();
    database.migrate(&|_| {}).await.unwrap();
    let owner = sea_orm::Database::connect(ConnectOptions::new(&database.owner_url)).await.unwrap();
    owner.execute_unprepared(ALONE).await.unwrap();
    owner.close().await.unwrap();
    database
}

/// A transaction that is rolled back when the test drops it, so that none sees what another saves.
async fn begin() -> Tx {
    let database = DATABASE.get_or_init(|| Box::pin(start())).await;
    let store = Store::connect(&database.owner_url, 1).await.unwrap();
    store.begin(Entrant::Nobody).await.unwrap().0
}

fn actor(organization: OrganizationId, kind: Kind, role: Role) -> Actor {
    Actor {
        user: UserId::random(),
        display_name: format!("Somebody of the {kind}"),
        organization,
        kind,
        roles: vec![role],
        session: focalnet_domain::ids::new(),
        restricted: false,
        now: at(0),
    }
}

/// Of an act for which the policy asks nothing.
fn permit(actor: &Actor) -> Permit {
    authorize(actor, focalnet_contract::Rpc::GetSelf, Relation::None).unwrap()
}

/// So many minutes after the first instant of a test.
fn at(minute: i64) -> DateTime<Utc> {
    "2026-01-02T03:04:05.678901Z".parse::<DateTime<Utc>>().unwrap() + Duration::minutes(minute)
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn recorded(minute: i64) -> Recorded {
    Recorded { create_time: at(minute), event: EventId::random() }
}

fn head(number: u8) -> Hash {
    [number; 32]
}

fn money(amount: &str) -> Value {
    json!({ "currency_code": "EUR", "amount": amount })
}

fn of<T: DeserializeOwned>(value: Value) -> T {
    serde_json::from_value(value).unwrap()
}

/// What the sample of a message says, for what is stored as one JSON; of its choices the first, or the next.
fn sampled<T: DeserializeOwned>(message: &str, choice: usize) -> T {
    let mut message = sample(&POOL.get_message_by_name(&format!("focalnet.v1.{message}")).unwrap(), choice);
    strip(&mut message, &|field| Rules::of(field).output_only);
    convert::to_domain(&message).unwrap()
}

/// A page of entries with their numbers. It is told from the newest on.
fn oldest_first<T>(page: Vec<Numbered<T>>) -> Vec<(i32, T)> {
    page.into_iter().rev().map(|of| (of.number, of.entry)).collect()
}
