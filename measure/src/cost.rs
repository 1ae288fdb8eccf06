//! What server and database have used.

use crate::{
    usage,
    world::{Failed, World},
};

/// What they have used, at one moment or from one to another.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cost {
    /// CPU time of the server, in milliseconds.
    pub(crate) server_ms: f64,
    /// CPU time of the database, in milliseconds.
    pub(crate) database_ms: f64,
    /// Bytes of the log by which the database recovers.
    pub(crate) wal: f64,
    /// Of these, images of whole pages, which depend on when the last checkpoint was.
    pub(crate) images: f64,
    /// Statements of the server, with those that begin and end transactions.
    pub(crate) statements: f64,
}

impl Cost {
    /// What they have used until now.
    pub(crate) async fn so_far(world: &mut World) -> Result<Self, Failed> {
        let (wal, images): (f64, f64) =
            sqlx::query_as("SELECT wal_bytes::float8, wal_fpi::float8 * 8192 FROM pg_stat_wal")
                .fetch_one(&mut world.owner)
                .await?;
        Ok(Self {
            server_ms: usage::of_process(world.server.id())?,
            database_ms: usage::of_family(world.postmaster)?,
            wal,
            images,
            statements: world.statements().await?,
        })
    }

    /// What they have used since an earlier moment.
    pub(crate) fn since(self, before: &Self) -> Self {
        Self {
            server_ms: self.server_ms - before.server_ms,
            database_ms: self.database_ms - before.database_ms,
            wal: self.wal - before.wal,
            images: self.images - before.images,
            statements: self.statements - before.statements,
        }
    }
}
