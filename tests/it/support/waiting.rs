//! Waiting for what others do. A wait ends by what happens, never by the time that passes: the time is a stop, after which
//! a test fails and says for what it has waited.

use std::{sync::mpsc, thread, time::Duration};

use tokio::{task::yield_now, time::timeout};
use tonic::Status;

use super::{ledger::texts, world::World};

/// However slow a machine is, what takes longer does not come any more.
pub(crate) const STOP: Duration = Duration::from_mins(2);

/// Looks until something is there, and gives it.
pub(crate) async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let looking = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            // A look that waits for nothing would leave no moment in which the time could stop it.
            yield_now().await;
        }
    };
    timeout(STOP, looking).await.unwrap_or_else(|_| unreachable!("{what}: not even after {STOP:?}"))
}

/// All entries of a list, page by page; each page is asked for with the token of the one before, and says the next.
pub(crate) async fn pages<T>(
    mut page: impl AsyncFnMut(String) -> Result<(Vec<T>, String), Status>,
) -> Result<Vec<T>, Status> {
    let (mut all, mut token) = (Vec::new(), String::new());
    until("the last page", async || match page(std::mem::take(&mut token)).await {
        Ok((entries, next)) => {
            all.extend(entries);
            token = next;
            token.is_empty().then_some(Ok(()))
        }
        Err(told) => Some(Err(told)),
    })
    .await?;
    Ok(all)
}

/// Waits for something that blocks; nothing when it does not end. A thread cannot be stopped: the caller ends what it
/// waits for.
pub(crate) fn within<T: Send + 'static>(blocks: impl FnOnce() -> T + Send + 'static) -> Option<T> {
    let (tell, told) = mpsc::channel();
    thread::spawn(move || {
        let _ = tell.send(blocks()); // nobody may wait any more
    });
    told.recv_timeout(STOP).ok()
}

impl World {
    /// Waits until so many transactions wait for a lock that somebody else holds.
    pub(crate) async fn has_waiting(&self, many: usize) {
        let mut database = self.database_as("postgres").await;
        let waiting = "SELECT count(*)::text FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock'";
        let what = format!("{many} that wait for a lock");
        until(&what, async || (texts(&mut database, waiting).await[0] == many.to_string()).then_some(()))
            .await;
    }
}
