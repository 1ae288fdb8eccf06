//! A world with many requests and assets in it, and the plans by which the database answers.

use focalnet_contract::Rpc;
use focalnet_load::{Loaded, Size, Somebody, load};
use prost_reflect::DynamicMessage;
use serde_json::Value;
use sqlx::{Connection as _, PgConnection};
use tonic::Status;

use crate::statements::OWN;

use super::{actor::Clients, base::Base, ledger::texts, world::World};

/// A world with many requests and assets in it.
pub(crate) struct LoadedWorld {
    pub(crate) world: World,
    pub(crate) loaded: Loaded,
}

impl LoadedWorld {
    /// A new one, in which the database server logs every statement with its plan.
    pub(crate) async fn new(size: &Size) -> Self {
        println!("{size:?}");
        let base = Base::get().await;
        let database = base.copy().await;
        let owner_url = base.database(&database).owner_url;
        let mut owner = PgConnection::connect(&owner_url).await.unwrap();
        let loaded = load(&mut owner, size, &[], &|_| {}).await.unwrap();
        owner.close().await.unwrap();
        for setting in [
            "log_statement = 'all'",
            "session_preload_libraries = 'auto_explain'",
            "auto_explain.log_min_duration = 0",
            "auto_explain.log_format = 'json'",
            "auto_explain.log_analyze = on",
            "auto_explain.log_buffers = on",
            "auto_explain.log_timing = off",
        ] {
            base.as_superuser(&format!("ALTER DATABASE {database} SET {setting}")).await;
        }
        Self { world: World::on(base, database).await, loaded }
    }

    /// Somebody of the load, with a session.
    pub(crate) async fn somebody(&self, login: &str) -> Clients {
        let Somebody { user, .. } = self.loaded.somebody(login).unwrap();
        self.world.server.admits(*user, login, &self.world.base.tokens).await
    }

    /// Calls a method, and gives the plans of the statements that it took.
    pub(crate) async fn plans(&self, who: &Clients, rpc: Rpc, message: Value) -> Vec<Value> {
        let end = self.world.base.log_end();
        let answer = who.call(rpc, message).await;
        answer.unwrap_or_else(|told| unreachable!("{rpc:?}: {told:?}"));
        plans(&self.world.base.logged_since(end), &self.world.database)
    }

    /// Calls a method, whether it is answered or refused, and gives the pages of tables and indexes that the database
    /// looked at for it.
    pub(crate) async fn pages(
        &self,
        who: &Clients,
        rpc: Rpc,
        message: Value,
    ) -> (Result<DynamicMessage, Status>, u64) {
        let end = self.world.base.log_end();
        let answer = who.call(rpc, message).await;
        let plans = plans(&self.world.base.logged_since(end), &self.world.database);
        let read = |plan: &Value, which: &str| plan["Plan"][which].as_u64().unwrap();
        let all = plans.iter().map(|plan| read(plan, "Shared Hit Blocks") + read(plan, "Shared Read Blocks"));
        (answer, all.sum())
    }

    /// The tables that grow with what there is to do: cases, and all that refers to something that grows. Those that
    /// fill some pages, and those that do not.
    pub(crate) async fn growing(&self) -> (Vec<String>, Vec<String>) {
        let mut superuser = self.world.database_as("postgres").await;
        let growing = |pages: &str| {
            format!(
                "WITH RECURSIVE growing AS (
                    SELECT 'court_case'::regclass::oid AS id
                    UNION SELECT conrelid FROM pg_constraint JOIN growing ON confrelid = growing.id WHERE contype = 'f')
                SELECT relname::text FROM pg_class WHERE oid IN (SELECT id FROM growing) AND relpages {pages} ORDER BY 1"
            )
        };
        let large = texts(&mut superuser, &growing(">= 64")).await;
        (large, texts(&mut superuser, &growing("< 64")).await)
    }
}

/// The plans of calls in a log. A message goes on in lines that begin with a tab. The last one may be of the server's own
/// work, and not be written to its end yet.
fn plans(log: &str, database: &str) -> Vec<Value> {
    let (mut plans, mut open) = (Vec::new(), None::<String>);
    let begins = format!("{database}|");
    for line in log.lines().chain([""]) {
        match (&mut open, line.strip_prefix('\t')) {
            (Some(text), Some(more)) => {
                text.push_str(more);
                text.push('\n');
            }
            (_, Some(_)) => {}
            (_, None) => {
                if let Some(text) = open.take() {
                    let plan = serde_json::from_str::<Value>(&text);
                    plans.push(if line.is_empty() { plan.unwrap_or_default() } else { plan.unwrap() });
                }
                if line.starts_with(&begins) && line.ends_with(" plan:") {
                    open = Some(String::new());
                }
            }
        }
    }
    let of_a_call = |plan: &Value| {
        plan["Query Text"].as_str().is_some_and(|text| !OWN.iter().any(|own| text.contains(own)))
    };
    plans.retain(of_a_call);
    plans
}
