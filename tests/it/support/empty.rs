//! A database without any schema, for tests that take its steps themselves.

use focalnet::testing::{runtime, store::provision::provision};
use sea_orm::{ConnectOptions, Database, DatabaseConnection};
use sqlx::{Connection as _, PgConnection};

use super::{base::Base, new_id, server::Server};

/// A database without any schema.
pub(crate) struct Empty {
    pub(crate) base: &'static Base,
    name: String,
    pub(crate) superuser: PgConnection,
}

impl Empty {
    pub(crate) async fn new() -> Self {
        let base = Base::get().await;
        let name = format!("empty_{}", new_id().replace('-', ""));
        provision(&base.url("postgres", "postgres"), &name).await.unwrap();
        let superuser = PgConnection::connect(&base.url("postgres", &name)).await.unwrap();
        Self { base, name, superuser }
    }

    /// One more connection of the superuser.
    pub(crate) async fn connected(&self) -> PgConnection {
        PgConnection::connect(&self.base.url("postgres", &self.name)).await.unwrap()
    }

    pub(crate) fn database(&self) -> runtime::Database {
        self.base.database(&self.name)
    }

    /// A connection of the owner of the schema.
    pub(crate) async fn owner(&self) -> DatabaseConnection {
        let mut options = ConnectOptions::new(self.database().owner_url);
        options.max_connections(1);
        Database::connect(options).await.unwrap()
    }

    /// A server on it, once it has the schema of today.
    pub(crate) async fn served(&self) -> Server {
        Server::start(&self.base.config(&self.name), &self.database()).await
    }
}

impl Drop for Empty {
    fn drop(&mut self) {
        self.base.remove(&self.name);
    }
}
