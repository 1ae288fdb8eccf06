//! Queues before what only one can have at a time: a row, or a call with one `request_id`. Whoever has to wait for it waits
//! here, without a connection to the database, so that others are served meanwhile. Only the first of a queue waits at the
//! database itself.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, PoisonError, atomic::Ordering::Relaxed},
    time::Duration,
};

use focalnet_domain::{names::UserId, user::State};
use sea_orm::{
    ConnectionTrait as _, EntityTrait, FromQueryResult, QueryResult, QuerySelect, QueryTrait as _, Select,
    sea_query::{LockBehavior, LockType},
};
use tokio::sync::{Mutex as Place, OwnedMutexGuard};
use uuid::Uuid;

use super::{
    Tx,
    error::is_held,
    sessions::{Entering, Row, enter, entered},
};
use crate::error::{Error, Reason, Result};

/// The most that wait for one thing. Who comes then is told to come back.
const MOST: usize = 64;

/// When to come back.
const RETRY: Duration = Duration::from_secs(1);

/// What only one can have at a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Thing {
    /// A row, by its id.
    Row(Uuid),
    /// A call of somebody with a `request_id`, by the number of its lock.
    Call(i64),
}

/// All queues of a process.
#[derive(Debug, Clone, Default)]
pub(super) struct Queues(Arc<Mutex<HashMap<Thing, Queue>>>);

/// Those who wait for one thing, for as long as somebody does.
#[derive(Debug, Default)]
struct Queue {
    place: Arc<Place<()>>,
    /// The accounts that the database has told that there is such a thing.
    known: HashSet<UserId>,
}

/// A turn at something. The next one has its turn when this one is dropped.
#[derive(Debug)]
pub(super) struct Turn {
    place: Option<OwnedMutexGuard<()>>,
    waiter: Waiter,
}

/// Somebody in a queue, or at its head. The last one takes the queue away.
#[derive(Debug)]
struct Waiter {
    queues: Queues,
    thing: Thing,
}

impl Queues {
    /// Waits for one's turn at something that the database has shown to `account`.
    pub(super) async fn turn(&self, thing: Thing, account: UserId) -> Result<Turn> {
        let place = {
            let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let queue = queues.entry(thing).or_default();
            queue.known.insert(account);
            self.join(thing, queue)?
        };
        Ok(place.turn().await)
    }

    /// The same before the database was asked, where somebody waits for it already and the account knows that there is such
    /// a thing. Whoever does not know it would learn of it by waiting.
    pub(super) async fn turn_ahead(&self, thing: Thing, account: UserId) -> Result<Option<Turn>> {
        let place = {
            let mut queues = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            match queues.get_mut(&thing).filter(|queue| queue.known.contains(&account)) {
                Some(queue) => self.join(thing, queue)?,
                None => return Ok(None),
            }
        };
        Ok(Some(place.turn().await))
    }

    fn join(&self, thing: Thing, queue: &Queue) -> Result<Joined> {
        // The map has one of them, and each who waits another.
        if Arc::strong_count(&queue.place) > MOST {
            return Err(Error::Exhausted(Reason::Overloaded, RETRY));
        }
        Ok(Joined { place: Arc::clone(&queue.place), waiter: Waiter { queues: self.clone(), thing } })
    }

    #[cfg(test)]
    fn count(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

/// Somebody who stands in a queue.
struct Joined {
    place: Arc<Place<()>>,
    waiter: Waiter,
}

impl Joined {
    async fn turn(self) -> Turn {
        let Self { place, waiter } = self;
        Turn { place: Some(place.lock_owned().await), waiter }
    }
}

impl Turn {
    /// Whether it is one at this row.
    fn is_at(&self, row: Uuid) -> bool {
        self.waiter.thing == Thing::Row(row)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        // Before the waiter looks whether somebody is left.
        drop(self.place.take());
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        let mut queues = self.queues.0.lock().unwrap_or_else(PoisonError::into_inner);
        if queues.get(&self.thing).is_some_and(|queue| Arc::strong_count(&queue.place) == 1) {
            queues.remove(&self.thing);
        }
    }
}

impl Tx {
    /// Waits for one's turn without a connection, and begins again. The turn is over when one has the thing: the next one
    /// waits at the database already while this one works.
    pub(super) async fn waits(&self, thing: Thing) -> Result<(Row, Turn)> {
        let begun = self.begun.as_ref().ok_or_else(|| Error::internal("it cannot begin again"))?;
        self.link.leave().await?;
        let turn = begun.queues.turn(thing, begun.entering.user).await?;
        let row = entered(self.link.again(&begun.links, &enter(begun.entering)).await?)?;
        let Some(lock) = begun.entering.lock.filter(|_| !row.free) else { return Ok((row, turn)) };
        let wait = self.statement("SELECT pg_advisory_xact_lock($1)", [lock.into()]);
        self.link.query_one_raw(wait).await?;
        let row = self.link.carry_out(&enter(Entering { lock: None, ..begun.entering })).await?;
        Ok((entered(row)?, turn))
    }

    /// A row, locked. Who finds that somebody else has it waits in its queue, before anything was done. What `select` does
    /// not see it does not wait for.
    pub(super) async fn locked<M: FromQueryResult>(
        &self,
        row: Uuid,
        select: Select<impl EntityTrait>,
    ) -> Result<Option<M>> {
        let found = self.locked_row(row, select).await?;
        Ok(found.map(|row| M::from_query_result(&row, "")).transpose()?)
    }

    /// The same; whether there is such a row.
    pub(super) async fn locks(&self, row: Uuid, select: Select<impl EntityTrait>) -> Result<bool> {
        Ok(self.locked_row(row, select).await?.is_some())
    }

    async fn locked_row(&self, row: Uuid, select: Select<impl EntityTrait>) -> Result<Option<QueryResult>> {
        let select = select.limit(1);
        let backend = self.link.get_database_backend();
        let there = select.clone().lock_exclusive().build(backend);
        // Over once the row is there, or when it is another row that is wanted.
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner).take();
        let first = !self.holds.swap(true, Relaxed);
        let has_turn = turn.as_ref().is_some_and(|turn| turn.is_at(row));
        if has_turn || !first || self.begun.is_none() || !self.link.is_untouched().await {
            return Ok(self.link.query_one_raw(there).await?);
        }
        drop(turn);
        let here = select.lock_with_behavior(LockType::Update, LockBehavior::Nowait).build(backend);
        match self.link.query_one_raw(here).await {
            Err(error) if is_held(&error) => {
                let (session, _turn) = self.waits(Thing::Row(row)).await?;
                if session.end_time.is_some() || session.state != State::Active.as_str() {
                    return Err(Error::Unauthenticated(Reason::NotSignedIn));
                }
                Ok(self.link.query_one_raw(there).await?)
            }
            found => Ok(found?),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn ana() -> UserId {
        UserId(Uuid::from_u128(1))
    }

    #[tokio::test]
    async fn one_has_its_turn_after_the_other_and_nothing_is_left() {
        let (queues, thing) = (Queues::default(), Thing::Call(7));
        let (at_once, done) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicUsize::new(0)));
        let first = queues.turn(thing, ana()).await.unwrap();
        let others = (1..MOST).map(|_| {
            let (queues, at_once, done) = (queues.clone(), Arc::clone(&at_once), Arc::clone(&done));
            tokio::spawn(async move {
                let _turn = queues.turn(thing, ana()).await.unwrap();
                assert_eq!(at_once.fetch_add(1, Ordering::SeqCst), 0);
                tokio::task::yield_now().await;
                at_once.fetch_sub(1, Ordering::SeqCst);
                done.fetch_add(1, Ordering::SeqCst);
            })
        });
        let others: Vec<_> = others.collect();
        for _ in 0..MOST {
            tokio::task::yield_now().await;
        }
        // Another thing is another queue.
        drop(queues.turn(Thing::Row(Uuid::nil()), ana()).await.unwrap());
        assert!(matches!(queues.turn(thing, ana()).await, Err(Error::Exhausted(Reason::Overloaded, _))));
        assert_eq!(done.load(Ordering::SeqCst), 0);
        drop(first);
        for other in others {
            other.await.unwrap();
        }
        assert_eq!((done.load(Ordering::SeqCst), queues.count()), (MOST - 1, 0));
    }

    #[tokio::test]
    async fn only_who_knows_of_a_thing_waits_before_the_database_is_asked() {
        let (queues, thing) = (Queues::default(), Thing::Row(Uuid::nil()));
        let rui = UserId(Uuid::from_u128(2));
        assert!(queues.turn_ahead(thing, ana()).await.unwrap().is_none(), "nobody waits");
        let first = queues.turn(thing, ana()).await.unwrap();
        assert!(queues.turn_ahead(thing, rui).await.unwrap().is_none(), "he knows nothing of it");
        let second = tokio::spawn({
            let queues = queues.clone();
            async move { queues.turn_ahead(thing, ana()).await.map(|turn| turn.is_some()) }
        });
        tokio::task::yield_now().await;
        assert!(!second.is_finished(), "she waits");
        drop(first);
        assert!(second.await.unwrap().unwrap());
        assert_eq!(queues.count(), 0, "and what is known goes with the queue");
    }

    #[tokio::test]
    async fn who_goes_away_is_not_waited_for() {
        let (queues, thing) = (Queues::default(), Thing::Call(7));
        let first = queues.turn(thing, ana()).await.unwrap();
        let second = tokio::spawn({
            let queues = queues.clone();
            async move { queues.turn(thing, ana()).await.map(drop) }
        });
        tokio::task::yield_now().await;
        second.abort();
        assert!(second.await.is_err());
        drop(first);
        drop(queues.turn(thing, ana()).await.unwrap());
        assert_eq!(queues.count(), 0);
    }
}
