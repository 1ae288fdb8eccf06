//! What server and database have used.

use std::ops::AddAssign;

use crate::{
    usage,
    world::{Failed, World},
};

/// Where the figures stood at one moment.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    /// The server's process.
    server: u32,
    server_ms: f64,
    database_ms: f64,
    statements: f64,
    /// Up to where the log by which the database recovers was written.
    log_end: String,
}

/// What was used from one moment to another.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cost {
    /// CPU time of the server, in milliseconds.
    pub(crate) server_ms: f64,
    /// CPU time of the database, in milliseconds.
    pub(crate) database_ms: f64,
    /// Statements of the server, with those that begin and end transactions.
    pub(crate) statements: f64,
    /// Bytes of the log by which the database recovers.
    pub(crate) wal: f64,
    /// Of these, images of whole pages, which depend on when the last checkpoint was.
    pub(crate) images: f64,
}

impl Mark {
    /// Where they stand now, for a server that is this process.
    pub(crate) async fn now(world: &mut World, server: u32) -> Result<Self, Failed> {
        let log_end = "SELECT pg_current_wal_flush_lsn()::text";
        Ok(Self {
            server,
            server_ms: usage::of_process(server)?,
            database_ms: usage::of_family(world.postmaster)?,
            statements: world.statements().await?,
            log_end: sqlx::query_scalar(log_end).fetch_one(&mut world.superuser).await?,
        })
    }

    /// What was used since then.
    pub(crate) async fn cost(&self, world: &mut World) -> Result<Cost, Failed> {
        let now = Self::now(world, self.server).await?;
        let written = "SELECT pg_wal_lsn_diff($1::pg_lsn, $2::pg_lsn)::float8";
        let wal: f64 = sqlx::query_scalar(written)
            .bind(&now.log_end)
            .bind(&self.log_end)
            .fetch_one(&mut world.superuser)
            .await?;
        let images =
            "SELECT coalesce(sum(fpi_size), 0)::float8 FROM pg_get_wal_stats($1::pg_lsn, $2::pg_lsn)";
        let images = sqlx::query_scalar(images).bind(&self.log_end).bind(&now.log_end);
        Ok(Cost {
            server_ms: now.server_ms - self.server_ms,
            database_ms: now.database_ms - self.database_ms,
            statements: now.statements - self.statements,
            wal,
            // There is nothing to read between two equal places.
            images: if wal > 0.0 { images.fetch_one(&mut world.superuser).await? } else { 0.0 },
        })
    }
}

impl Cost {
    /// CPU time of both, in milliseconds.
    pub(crate) fn cpu_ms(&self) -> f64 {
        self.server_ms + self.database_ms
    }
}

impl AddAssign for Cost {
    fn add_assign(&mut self, other: Self) {
        self.server_ms += other.server_ms;
        self.database_ms += other.database_ms;
        self.statements += other.statements;
        self.wal += other.wal;
        self.images += other.images;
    }
}
