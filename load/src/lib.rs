//! Many requests and assets in an empty database, to measure on and to look at plans.
//!
//! Everything that is written fits the schema, its constraints and the types of the program: a server reads it like what
//! it wrote itself. It is made up, from a seed: the same size and seed make the same rows, ids included. There are
//!
//! - organs, States and authorities with an account each, which has no password: nobody can sign in with one. Accounts
//!   that are there already can be assigned to all cases;
//! - cases, the first of which has several times what most have, and the last a single request;
//! - orders, some of which state amounts or were changed once;
//! - requests over ten years that were executed, a part of which have ended since, and about a part of which a question or a
//!   proposal is open: none is a draft, and beside them there are neither questionnaires nor sessions;
//! - assets with measures, values, owners, encumbrances, costs, claims, shares, dispositions and allocations, each on a
//!   part of them.
//!
//! The journal's chains hold, and `focalnet verify` finds nothing wrong with them. But their events say only what was
//! done, not with which content; facts about assets rest on the one report of their request's execution instead of on an
//! event each; and no receipt was ever signed for any of it.

use focalnet_domain::{
    names::{CaseId, FreezingRequestId, OrderId, OrganizationId, PersonId, UserId},
    organization::Role,
};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use uuid::Uuid;

mod assets;
mod cases;
mod copy;
mod days;
mod field;
mod journal;
mod known;
mod ledger;
mod open;
mod people;
mod random;
mod requests;
mod size;

pub use random::Random;
pub use size::Size;

use self::{cases::Case, copy::Rows, journal::Journal, people::People};

/// Requests whose rows are sent together.
const CHUNK: usize = 500;

/// Why nothing was loaded.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// What was asked for cannot be done.
    #[error("{0}")]
    Refused(String),
    /// The database.
    #[error("the database: {0}")]
    Database(#[from] sqlx::Error),
    /// A value that does not become JSON.
    #[error(transparent)]
    Json(#[from] serde_json::Error),
}

/// Somebody with an account.
#[derive(Debug, Clone)]
pub struct Somebody {
    /// What the account signs in with, once it has a password.
    pub login: String,
    /// The account.
    pub user: UserId,
    /// Where.
    pub organization: OrganizationId,
    /// The one mandate.
    pub role: Role,
}

/// A case that was made.
#[derive(Debug, Clone)]
pub struct LoadedCase {
    /// Its name.
    pub name: CaseId,
    /// How many requests it has.
    pub requests: u32,
    /// One of the persons that it is about.
    pub person: PersonId,
    /// One of its orders.
    pub order: OrderId,
    /// Its first request, which rests on an order.
    pub request: FreezingRequestId,
}

/// What was made.
#[derive(Debug)]
pub struct Loaded {
    /// The accounts.
    pub people: Vec<Somebody>,
    /// The cases: the largest first, the one with a single request last.
    pub cases: Vec<LoadedCase>,
    /// How many assets there are.
    pub assets: u64,
}

impl Loaded {
    /// The one who would sign in with a login.
    #[must_use]
    pub fn somebody(&self, login: &str) -> Option<&Somebody> {
        self.people.iter().find(|somebody| somebody.login == login)
    }
}

/// Fills a database as the owner of its schema, all or nothing. `members` are logins of accounts that are there, to be
/// assigned to all cases; `progress` hears how many requests are done.
pub async fn load(
    connection: &mut PgConnection,
    size: &Size,
    members: &[String],
    progress: &(dyn Fn(u32) + Sync),
) -> Result<Loaded, Error> {
    size.check()?;
    let mut tx = connection.begin().await?;
    let taken = sqlx::query_scalar("SELECT EXISTS (SELECT 1 FROM freezing_request)");
    if taken.fetch_one(&mut *tx).await? {
        return Err(Error::Refused("the database holds requests already: load into an empty one".into()));
    }
    let (mut rows, mut random, mut journal) = (Rows::new(), Random::new(size.seed), Journal::default());
    let counts = size.requests_of_cases();
    let made = (&mut rows, &mut random, &mut journal);
    let people = people::make(&mut tx, made, size.states, members).await?;
    rows.send(&mut tx).await?;
    let cases = cases::make((&mut rows, &mut random, &mut journal), &people, &counts)?;
    rows.send(&mut tx).await?;

    let assets = size.assets_of_requests(&mut random);
    // Requests of a case do not come one after the other.
    let mut order: Vec<usize> =
        counts.iter().enumerate().flat_map(|(case, count)| (0..*count).map(move |_| case)).collect();
    random.shuffle(&mut order);
    let mut first = vec![Uuid::nil(); cases.len()];
    for (place, (case, assets)) in order.iter().zip(&assets).enumerate() {
        let time = days::of(place, order.len());
        let made = (&mut rows, &mut random, &mut journal);
        let request = one(made, &people, (&cases[*case], first[*case].is_nil()), (time, *assets))?;
        if first[*case].is_nil() {
            first[*case] = request;
        }
        if (place + 1) % CHUNK == 0 {
            rows.send(&mut tx).await?;
            progress(u32::try_from(place + 1).unwrap_or(u32::MAX));
        }
    }
    rows.send(&mut tx).await?;
    tx.commit().await?;
    // Without it the planner would know nothing of all this until the server's own worker has been there.
    for (name, _) in copy::TABLES {
        connection.execute(AssertSqlSafe(format!("VACUUM (ANALYZE) {name}"))).await?;
    }
    let loaded = cases.iter().zip(&counts).zip(first).map(|((case, requests), request)| {
        let name = CaseId(case.id);
        LoadedCase {
            name,
            requests: *requests,
            person: PersonId { parent: name, id: case.persons[0].0 },
            order: OrderId(case.orders[0]),
            request: FreezingRequestId(request),
        }
    });
    let assets = assets.iter().map(|count| u64::from(*count)).sum();
    Ok(Loaded { people: people.made, cases: loaded.collect(), assets })
}

/// Makes a request with its assets.
fn one(
    (rows, random, journal): (&mut Rows, &mut Random, &mut Journal),
    people: &People,
    (case, is_first): (&Case, bool),
    (time, count): (chrono::DateTime<chrono::Utc>, u32),
) -> Result<Uuid, Error> {
    let request = requests::make((&mut *rows, &mut *random, journal), people, (case, is_first), time)?;
    let organs = [people.chambers[case.chamber].0.id, people.registry.id, people.otp.id];
    for position in 0..i32::try_from(count).unwrap_or(i32::MAX) {
        assets::make((&mut *rows, &mut *random), &request, position, &organs)?;
    }
    Ok(request.id)
}
