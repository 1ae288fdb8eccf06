//! Who is in the database already.

use std::collections::HashMap;

use focalnet_domain::{
    journal::{Audience, Stream, Subject},
    names::OrganizationId,
};
use sqlx::{PgConnection, Row as _};
use uuid::Uuid;

use crate::{Error, journal::Journal, people::Org};

/// The organizations that are there, with where their streams stand.
pub(crate) async fn organizations(
    connection: &mut PgConnection,
    journal: &mut Journal,
) -> Result<Vec<Org>, Error> {
    let positions = "SELECT DISTINCT ON (subject_id) subject_id, index, hash FROM journal_event
        WHERE audience = 'keepers' ORDER BY subject_id, index DESC";
    for row in sqlx::query(positions).fetch_all(&mut *connection).await? {
        let (id, index, hash): (Uuid, i64, Vec<u8>) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        let stream =
            Stream { subject: Subject::Organization(OrganizationId(id)), audience: Audience::Keepers };
        let hash = hash.try_into().map_err(|_| Error::Refused("a stored hash has not 32 bytes".into()))?;
        journal.resume(stream, index, hash);
    }
    let rows =
        "SELECT id, kind, display_name, country_code, state_id FROM organization ORDER BY create_time, id";
    let rows = sqlx::query(rows).fetch_all(connection).await?;
    let org = |row: sqlx::postgres::PgRow| -> Result<Org, Error> {
        let kind: String = row.try_get(1)?;
        Ok(Org {
            id: row.try_get(0)?,
            kind: kind.parse().map_err(|_| Error::Refused(format!("organization.kind holds {kind}")))?,
            display_name: row.try_get(2)?,
            country: row.try_get(3)?,
            state: row.try_get(4)?,
        })
    };
    rows.into_iter().map(org).collect()
}

/// The accounts behind logins.
pub(crate) async fn members(connection: &mut PgConnection, logins: &[String]) -> Result<Vec<Uuid>, Error> {
    let rows = "SELECT login, id FROM account WHERE login = ANY($1)";
    let rows = sqlx::query(rows).bind(logins).fetch_all(connection).await?;
    let known: Result<HashMap<String, Uuid>, sqlx::Error> =
        rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?))).collect();
    let known = known?;
    let member = |login: &String| {
        known.get(login).copied().ok_or_else(|| Error::Refused(format!("nobody signs in as {login}")))
    };
    logins.iter().map(member).collect()
}
