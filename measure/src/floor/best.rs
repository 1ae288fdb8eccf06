//! The same facts written and read by the best SQL that one can write for them: the scripts in `measure/floor`. They ask
//! nobody who calls, and whether one may.

use std::{fs, path::Path, time::Duration};

use focalnet::testing::store::provision;
use sqlx::{AssertSqlSafe, Executor as _};

use super::pgbench::{Pgbench, told};
use crate::world::{Failed, World};

/// What is read and written: the requests of the scenes, by a number, with whoever asks about each.
const REQUESTS: &str = "CREATE UNLOGGED TABLE floor_request AS
SELECT row_number() OVER (ORDER BY r.id)::integer AS number, r.id AS request_id, a.id AS account_id, a.display_name,
    o.id AS organization_id
FROM freezing_request r JOIN organization o ON o.id = r.requested_state_id
JOIN account a ON a.login = 'load.state.' || lower(o.country_code)
WHERE r.origin <> 'prosecutor'";

/// Makes the requests findable by a number, and tells how many there are.
pub(super) async fn prepare(world: &mut World) -> Result<i64, Failed> {
    let grant = format!("GRANT SELECT ON floor_request TO {}", provision::APP);
    for sql in [REQUESTS, "ALTER TABLE floor_request ADD PRIMARY KEY (number)", &grant] {
        world.superuser.execute(AssertSqlSafe(sql.to_owned())).await?;
    }
    Ok(sqlx::query_scalar("SELECT count(*) FROM floor_request").fetch_one(&mut world.superuser).await?)
}

/// Runs the script of a scene, and tells how many transactions it made, and how many in a second.
pub(super) fn run(
    pgbench: &Pgbench,
    folder: &Path,
    (scene, requests): (&str, i64),
    (clients, time): (usize, Duration),
) -> Result<(f64, f64), Failed> {
    let script = match scene {
        "ask" => include_str!("../../floor/ask.sql"),
        _ => include_str!("../../floor/read.sql"),
    };
    let path = folder.join(format!("{scene}.sql"));
    fs::write(&path, script)?;
    let (clients, seconds) = (format!("--client={clients}"), format!("--time={}", time.as_secs().max(1)));
    let requests = format!("--define=requests={requests}");
    told(pgbench.start(&path, &[&clients, &seconds, &requests, "--protocol=prepared"])?)
}
