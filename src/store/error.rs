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
        match database.and_then(sqlx::error::DatabaseError::code).as_deref() {
            Some("23505" | "23P01") => match exists(constraint) {
                Some(field) => Self::Exists(field),
                // Somebody was faster with the same thing: read again.
                None => Self::Stale,
            },
            Some("40001" | "40P01") => Self::Stale,
            Some("57014" | "57P01" | "57P03" | "53300") => Self::Unavailable,
            _ => Self::Internal(Box::new(error)),
        }
    }
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
