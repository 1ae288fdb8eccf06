//! Passwords: what is accepted as one, and how it is kept (Argon2id, RFC 9106, with a pepper outside the database).

use std::{
    panic::{self, AssertUnwindSafe},
    sync::{
        Arc, Mutex,
        mpsc::{self, Sender},
    },
    thread,
    time::Duration,
};

use argon2::{
    Algorithm, Argon2, KeyId, Params, ParamsBuilder, PasswordHash, PasswordHasher, PasswordVerifier, Version,
    password_hash,
};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use focalnet_domain::error::Reason;
use secrecy::{ExposeSecret, SecretSlice, SecretString};
use tokio::sync::{Semaphore, oneshot};

use self::rules::normal;
use super::{
    digest::{random, sha256},
    keys::Keys,
};
use crate::error::{Error, Result};

mod rules;

/// How many passwords are hashed at once: each takes its whole memory.
const AT_ONCE: usize = 2;
/// How many more may wait for that, a few seconds' work.
const WAITING: usize = 30;
/// What a caller who finds the queue full is told to wait.
const RETRY: Duration = Duration::from_secs(2);
/// What one hash costs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PasswordCost {
    /// Memory in KiB; at least 8 for each lane.
    pub memory_kib: u32,
    /// Passes over the memory; at least 1.
    pub passes: u32,
    /// Lanes; at least 1.
    pub lanes: u32,
}

impl PasswordCost {
    /// The least that may be used for real accounts (OWASP).
    pub const FLOOR: Self = Self { memory_kib: 19 * 1024, passes: 2, lanes: 1 };
    /// The usual cost, that of `config/default.toml`: about 150 ms and 64 MiB.
    #[cfg(test)]
    pub const USUAL: Self = Self { memory_kib: 64 * 1024, passes: 3, lanes: 1 };

    /// Whether no figure is below that of `floor`.
    #[must_use]
    pub const fn reaches(self, floor: Self) -> bool {
        self.memory_kib >= floor.memory_kib && self.passes >= floor.passes && self.lanes >= floor.lanes
    }
}

/// Hashes and verifies passwords, two at once; who finds too many waiting is turned away.
pub struct Passwords {
    params: Params,
    pepper: Arc<SecretSlice<u8>>,
    dummy: String,
    queue: Arc<Semaphore>,
    slots: Arc<Semaphore>,
    jobs: Sender<Job>,
}

/// A password at work.
type Job = Box<dyn FnOnce() + Send>;

impl Passwords {
    /// A service that spends `cost` on each password.
    pub fn new(keys: &Keys, cost: PasswordCost) -> Result<Self> {
        let pepper_id =
            &sha256(&[b"focalnet pepper id", keys.pepper().expose_secret()])[..Params::MAX_KEYID_LEN];
        let params = ParamsBuilder::new()
            .m_cost(cost.memory_kib)
            .t_cost(cost.passes)
            .p_cost(cost.lanes)
            .keyid(KeyId::new(pepper_id).map_err(refused)?)
            .build()
            .map_err(refused)?;
        // The right shape at the right cost, and the hash of nothing: verifying against it takes as long and fails.
        let (salt, hash) = (STANDARD_NO_PAD.encode(random::<16>()?), STANDARD_NO_PAD.encode(random::<32>()?));
        let dummy = format!("$argon2id$v=19${params}${salt}${hash}");
        Ok(Self {
            params,
            pepper: Arc::new(keys.pepper().clone()),
            dummy,
            queue: Arc::new(Semaphore::new(AT_ONCE + WAITING)),
            slots: Arc::new(Semaphore::new(AT_ONCE)),
            jobs: workers()?,
        })
    }

    /// What is stored of `password`: a PHC string with its own salt, cost and the id of the pepper.
    pub async fn hash(&self, password: &SecretString) -> Result<String> {
        let password = password.clone();
        let hash = self.run(move |argon2| argon2.hash_password(normal(&password).expose_secret().as_bytes()));
        hash.await?.map(|hash: PasswordHash| hash.to_string()).map_err(refused)
    }

    /// Whether `password` is the one `stored`. Without one (no such user, not enrolled) the same work is done for
    /// nothing, so that time tells no difference.
    pub async fn verify(&self, password: &SecretString, stored: Option<&str>) -> Result<bool> {
        let password = password.clone();
        let against = stored.unwrap_or(&self.dummy).to_owned();
        let outcome = self.run(move |argon2| {
            argon2.verify_password(normal(&password).expose_secret().as_bytes(), against.as_str())
        });
        match outcome.await? {
            Ok(()) => Ok(stored.is_some()),
            Err(password_hash::Error::PasswordInvalid) => Ok(false),
            Err(error) => Err(refused(error)),
        }
    }

    /// Whether `stored` was made at another cost or with another pepper: hash anew at the next login.
    #[must_use]
    pub fn is_old(&self, stored: &str) -> bool {
        let current = |hash: &PasswordHash| {
            hash.algorithm == Algorithm::Argon2id.ident()
                && hash.version == Some(Version::V0x13.into())
                && Params::try_from(&hash.params).is_ok_and(|params| params == self.params)
        };
        !PasswordHash::new(stored).is_ok_and(|hash| current(&hash))
    }

    /// Runs `work` outside the async threads. The permits move with it: a caller who goes away does not end the work,
    /// so it must not make room for the next either.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce(&Argon2) -> T + Send + 'static) -> Result<T> {
        let full = |_| Error::Exhausted(Reason::Overloaded, RETRY);
        let queued = Arc::clone(&self.queue).try_acquire_owned().map_err(full)?;
        let slot = Arc::clone(&self.slots).acquire_owned().await.map_err(refused)?;
        let (params, pepper) = (self.params.clone(), Arc::clone(&self.pepper));
        let (tell, told) = oneshot::channel();
        let job = move || {
            let held = (queued, slot);
            let secret = pepper.expose_secret();
            let argon2 = Argon2::new_with_secret(secret, Algorithm::Argon2id, Version::V0x13, params);
            let outcome = argon2.map(|argon2| work(&argon2));
            drop(held);
            let _ = tell.send(outcome);
        };
        self.jobs
            .send(Box::new(job))
            .map_err(|_| Error::internal("the threads that hash passwords are gone"))?;
        told.await.map_err(refused)?.map_err(refused)
    }
}

/// Starts the threads that hash, which end with the last sender. They are few and stay the same, because the memory of
/// a hash stays with the thread that used it.
fn workers() -> Result<Sender<Job>> {
    let (jobs, work) = mpsc::channel::<Job>();
    let work = Arc::new(Mutex::new(work));
    for _ in 0..AT_ONCE {
        let work = Arc::clone(&work);
        let next = move || work.lock().ok()?.recv().ok();
        let thread = thread::Builder::new().name("password".into());
        let hash = move || {
            while let Some(job) = next() {
                // A job that panics tells nobody anything, but must not take the thread with it.
                let _ = panic::catch_unwind(AssertUnwindSafe(job));
            }
        };
        thread.spawn(hash).map_err(refused)?;
    }
    Ok(jobs)
}

impl std::fmt::Debug for Passwords {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Passwords").finish_non_exhaustive()
    }
}

fn refused(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::Internal(Box::new(error))
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHEAP: PasswordCost = PasswordCost { memory_kib: 64, passes: 1, lanes: 1 };
    const GOOD: &str = "quartz lantern 7 otters\u{e9}";

    fn service(cost: PasswordCost) -> Passwords {
        Passwords::new(&Keys::generate("focalnet.example").unwrap(), cost).unwrap()
    }

    fn secret(text: impl Into<String>) -> SecretString {
        text.into().into()
    }

    #[tokio::test]
    async fn verifies_what_was_hashed_and_nothing_else() {
        let passwords = service(CHEAP);
        let stored = passwords.hash(&secret(GOOD)).await.unwrap();
        assert_ne!(stored, passwords.hash(&secret(GOOD)).await.unwrap(), "each has its own salt");
        assert!(stored.starts_with("$argon2id$v=19$m=64,t=1,p=1,keyid="), "{stored}");
        assert!(passwords.verify(&secret(GOOD), Some(&stored)).await.unwrap());
        let decomposed = GOOD.replace('\u{e9}', "e\u{301}");
        assert!(passwords.verify(&secret(decomposed), Some(&stored)).await.unwrap());
        for wrong in [&GOOD[1..], &GOOD.to_uppercase(), &format!("{GOOD} "), ""] {
            assert!(!passwords.verify(&secret(wrong), Some(&stored)).await.unwrap(), "{wrong}");
        }
        let unpeppered = service(CHEAP).verify(&secret(GOOD), Some(&stored)).await.unwrap();
        assert!(!unpeppered, "another pepper");
        assert!(matches!(passwords.verify(&secret(GOOD), Some("x")).await, Err(Error::Internal(_))));
    }

    #[tokio::test]
    async fn long_passwords_are_not_cut() {
        let passwords = service(CHEAP);
        let long = "x".repeat(128);
        let stored = passwords.hash(&secret(long.clone())).await.unwrap();
        assert!(!passwords.verify(&secret(&long[1..]), Some(&stored)).await.unwrap());
    }

    #[tokio::test]
    async fn an_unknown_user_costs_the_same_work() {
        let passwords = service(CHEAP);
        assert!(!passwords.verify(&secret(GOOD), None).await.unwrap());
        let stored = passwords.hash(&secret(GOOD)).await.unwrap();
        let (real, dummy) =
            (PasswordHash::new(&stored).unwrap(), PasswordHash::new(&passwords.dummy).unwrap());
        assert_eq!(
            (real.algorithm, real.version, real.params),
            (dummy.algorithm, dummy.version, dummy.params)
        );
        assert_eq!(real.salt.unwrap().len(), dummy.salt.unwrap().len());
        assert_eq!(real.hash.unwrap().len(), dummy.hash.unwrap().len());
    }

    #[tokio::test]
    async fn old_is_what_cost_or_pepper_made_old() {
        let keys = Keys::generate("focalnet.example").unwrap();
        let passwords = Passwords::new(&keys, CHEAP).unwrap();
        let stored = passwords.hash(&secret(GOOD)).await.unwrap();
        assert!(!passwords.is_old(&stored));
        assert!(!Passwords::new(&keys, CHEAP).unwrap().is_old(&stored));
        for cost in [
            PasswordCost { memory_kib: 65, ..CHEAP },
            PasswordCost { passes: 2, ..CHEAP },
            PasswordCost { lanes: 2, ..CHEAP },
        ] {
            let dearer = Passwords::new(&keys, cost).unwrap();
            assert!(dearer.is_old(&stored), "{cost:?}");
            assert!(dearer.verify(&secret(GOOD), Some(&stored)).await.unwrap(), "{cost:?}");
        }
        assert!(service(CHEAP).is_old(&stored));
        assert!(passwords.is_old(&stored.replace("argon2id", "argon2i")));
        assert!(passwords.is_old(&stored.replace("v=19", "v=16")));
        assert!(passwords.is_old("x"));
    }

    #[tokio::test]
    async fn turns_away_when_too_many_wait() {
        let passwords = Arc::new(service(CHEAP));
        let slots = Arc::clone(&passwords.slots).acquire_many_owned(2).await.unwrap();
        let wait = || {
            let passwords = Arc::clone(&passwords);
            tokio::spawn(async move { passwords.verify(&secret(GOOD), None).await })
        };
        let waiting: Vec<_> = (0..AT_ONCE + WAITING).map(|_| wait()).collect();
        while passwords.queue.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        let refused = passwords.hash(&secret(GOOD)).await;
        assert!(matches!(refused, Err(Error::Exhausted(Reason::Overloaded, RETRY))), "{refused:?}");
        // A caller who goes away while waiting gives its place back.
        waiting[0].abort();
        while passwords.queue.available_permits() == 0 {
            tokio::task::yield_now().await;
        }
        drop(slots);
        for waiter in waiting.into_iter().skip(1) {
            assert!(!waiter.await.unwrap().unwrap());
        }
        assert_eq!(passwords.slots.available_permits(), AT_ONCE);
        assert_eq!(passwords.queue.available_permits(), AT_ONCE + WAITING);
    }

    #[tokio::test]
    async fn a_caller_who_goes_away_keeps_its_slot_until_the_work_is_done() {
        let passwords = Arc::new(service(CHEAP));
        let (finish, finished) = std::sync::mpsc::channel::<()>();
        let (begin, running) = tokio::sync::oneshot::channel();
        let service = Arc::clone(&passwords);
        let caller = tokio::spawn(async move {
            service.run(move |_| (begin.send(()).unwrap(), finished.recv().unwrap())).await.unwrap();
        });
        running.await.unwrap();
        caller.abort();
        assert!(caller.await.unwrap_err().is_cancelled());
        assert_eq!(passwords.slots.available_permits(), AT_ONCE - 1);
        assert_eq!(passwords.queue.available_permits(), AT_ONCE + WAITING - 1);
        finish.send(()).unwrap();
        let all = passwords.slots.acquire_many(u32::try_from(AT_ONCE).unwrap());
        assert!(tokio::time::timeout(Duration::from_secs(10), all).await.is_ok());
    }

    #[test]
    fn cost_and_floor() {
        assert!(PasswordCost::USUAL.reaches(PasswordCost::FLOOR));
        assert!(PasswordCost::FLOOR.reaches(PasswordCost::FLOOR));
        let floor = PasswordCost::FLOOR;
        assert!(!PasswordCost { memory_kib: floor.memory_kib - 1, ..floor }.reaches(floor));
        assert!(!PasswordCost { passes: floor.passes - 1, ..floor }.reaches(floor));
        assert!(!PasswordCost { lanes: floor.lanes - 1, ..floor }.reaches(floor));
        let keys = Keys::generate("a").unwrap();
        assert!(Passwords::new(&keys, PasswordCost { memory_kib: 7, ..CHEAP }).is_err());
        assert_eq!(format!("{:?}", service(CHEAP)), "Passwords { .. }");
    }
}
