//! What the database says when it fails, told as what a caller can do about it.

use super::*;
use crate::error::Error;

/// What is made of an error that the database raises with a code.
async fn raised(code: &str) -> Error {
    let tx = begin().await;
    let sql = format!("DO $$ BEGIN RAISE EXCEPTION USING ERRCODE = '{code}'; END $$");
    tx.link.execute_unprepared(&sql).await.unwrap_err().into()
}

#[tokio::test(flavor = "multi_thread")]
async fn while_the_database_cannot_work_a_caller_is_told_to_try_again() {
    let away = [
        "08000", "08003", "08006", // no connection
        "25006", // read only: a standby, or a primary that was demoted
        "25P03", "25P04", // a transaction took too long
        "53000", "53100", "53200", "53300", "53400", // no disk, memory or connections
        "55P03", // a lock that others keep
        "57014", "57P01", "57P02", "57P03", // cancelled, shut down, crashed, starting
        "58000", "58030", "58P01", // files that cannot be read or written
    ];
    for code in away {
        let error = raised(code).await;
        assert!(matches!(error, Error::Unavailable), "{code}: {error:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_did_meanwhile_is_read_again_and_what_we_did_wrong_stays_ours() {
    for code in ["40001", "40P01", "23505", "23P01"] {
        let error = raised(code).await;
        assert!(matches!(error, Error::Stale), "{code}: {error:?}");
    }
    for code in ["22012", "23514", "25001", "40003", "42P01", "42501", "55000", "XX000"] {
        let error = raised(code).await;
        assert!(matches!(error, Error::Internal(_)), "{code}: {error:?}");
    }
}
