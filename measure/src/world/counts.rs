//! What the database can tell of the calls.

use focalnet::testing::store::provision;

use super::{Failed, World};
use crate::scenes::Act;

impl World {
    /// How many more of these acts the journal holds than were answered: those of before, and fewer once one is lost.
    pub(crate) async fn unanswered(&mut self, acts: &[Act]) -> Result<i64, Failed> {
        let names: Vec<_> = acts.iter().map(|act| act.name).collect();
        if names.is_empty() {
            return Ok(0);
        }
        let sql = "SELECT count(*) FROM journal_event WHERE act = ANY ($1)";
        let recorded: i64 = sqlx::query_scalar(sql).bind(names).fetch_one(&mut self.owner).await?;
        let answered: u64 = acts.iter().map(Act::answered).sum();
        Ok(recorded - i64::try_from(answered)?)
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
