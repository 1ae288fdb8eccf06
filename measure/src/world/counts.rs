//! What the database can tell of the calls.

use focalnet::testing::store::provision;

use super::{Failed, World};

impl World {
    /// How many events of an act the journal holds: an act leaves one.
    pub(crate) async fn recorded(&mut self, act: Option<&str>) -> Result<u64, Failed> {
        let Some(act) = act else { return Ok(0) };
        let sql = "SELECT count(*) FROM journal_event WHERE act = $1";
        let count: i64 = sqlx::query_scalar(sql).bind(act).fetch_one(&mut self.owner).await?;
        Ok(count.try_into()?)
    }

    /// How many statements the server has sent.
    pub(crate) async fn statements(&mut self) -> Result<f64, Failed> {
        let sql = "SELECT coalesce(sum(calls), 0)::float8 FROM pg_stat_statements s JOIN pg_roles r ON r.oid = s.userid
            WHERE r.rolname = $1";
        Ok(sqlx::query_scalar(sql).bind(provision::APP).fetch_one(&mut self.superuser).await?)
    }

    /// Lets the planner know what was added.
    pub(crate) async fn analyze(&mut self) -> Result<(), Failed> {
        sqlx::query("ANALYZE").execute(&mut self.superuser).await?;
        Ok(())
    }

    /// Lets the planner know what was added, and begins with a checkpoint.
    pub(crate) async fn settle(&mut self) -> Result<(), Failed> {
        for sql in ["VACUUM (ANALYZE)", "CHECKPOINT"] {
            sqlx::query(sql).execute(&mut self.superuser).await?;
        }
        Ok(())
    }
}
