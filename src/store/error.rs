//! What the database's errors mean. Their texts quote rows and never leave the server.

use sea_orm::{DbErr, RuntimeErr};

use crate::error::Error;

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        let database = match &error {
            // The pool is empty, or the server is away.
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => return Self::Unavailable,
            DbErr::Exec(RuntimeErr::SqlxError(e)) | DbErr::Query(RuntimeErr::SqlxError(e)) => {
                if matches!(
                    e.as_ref(),
                    sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed
                ) {
                    return Self::Unavailable;
                }
                e.as_database_error()
            }
            _ => None,
        };
        let constraint = database.and_then(|e| e.constraint()).unwrap_or_default();
        let code = database.and_then(sqlx::error::DatabaseError::code);
        match code.as_deref().and_then(meaning) {
            Some(Meaning::Taken) => match exists(constraint) {
                Some(field) => Self::Exists(field),
                // Somebody was faster with the same thing: read again.
                None => Self::Stale,
            },
            Some(Meaning::Overtaken) => Self::Stale,
            Some(Meaning::Away) => Self::Unavailable,
            None => Self::Internal(Box::new(error)),
        }
    }
}

/// What the caller can do about an error of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Meaning {
    /// Choose another value.
    Taken,
    /// Read again.
    Overtaken,
    /// Try again later.
    Away,
}

/// SQLSTATE codes and classes of PostgreSQL (appendix A of its manual) by what they mean. What is not here is our own
/// mistake.
const MEANINGS: &[(&str, Meaning)] = &[
    ("08", Meaning::Away),         // the connection
    ("23505", Meaning::Taken),     // unique_violation
    ("23P01", Meaning::Taken),     // exclusion_violation
    ("25006", Meaning::Away),      // read_only_sql_transaction: a standby, or a primary that became one
    ("25P03", Meaning::Away),      // idle_in_transaction_session_timeout
    ("25P04", Meaning::Away),      // transaction_timeout
    ("40001", Meaning::Overtaken), // serialization_failure
    ("40P01", Meaning::Overtaken), // deadlock_detected
    ("53", Meaning::Away),         // resources: disk, memory, connections
    ("55P03", Meaning::Away),      // lock_not_available
    ("57", Meaning::Away),         // an operator: cancelled, shut down, starting
    ("58", Meaning::Away),         // the system below: a file cannot be read or written
];

fn meaning(code: &str) -> Option<Meaning> {
    MEANINGS.iter().find(|(class, _)| code.starts_with(class)).map(|(_, meaning)| *meaning)
}

/// Whether somebody else holds a row that was to be locked at once.
pub(super) fn is_held(error: &DbErr) -> bool {
    let DbErr::Query(RuntimeErr::SqlxError(error)) = error else { return false };
    let code = error.as_database_error().and_then(sqlx::error::DatabaseError::code);
    code.is_some_and(|code| code == "55P03")
}

/// The field whose value is taken, by the name of the constraint.
fn exists(constraint: &str) -> Option<&'static str> {
    match constraint {
        "uq_organization_country_code" => Some("organization.country_code"),
        "uq_account_login" => Some("user.login"),
        "ex_mandate_once" => Some("role"),
        "uq_court_case_number" => Some("case.case_number"),
        "uq_case_member_once" => Some("user"),
        "uq_court_order_document_number" => Some("order.document_number"),
        _ => None,
    }
}
