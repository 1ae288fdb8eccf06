//! Databases as releases have left them: the rows of the whole story, at the schema of that day.

use std::{fs, path::Path};

use focalnet_load::{Size, load};
use focalnet_migrations::{Migrator, MigratorTrait};
use sea_orm::DatabaseConnection;
use sqlx::{Connection as _, PgConnection};

use crate::support::{empty::Empty, ledger::run};

const SIZE: Size = Size { requests: 60, assets_per_request: 4, cases: 4, states: 9, seed: 7 };

/// The rows of the story, at one schema.
pub(super) struct Fixture {
    /// Steps that its schema has.
    pub(super) steps: usize,
    rows: String,
}

/// Every one that is kept, by the number in its name.
pub(super) fn all() -> Vec<Fixture> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap();
        if name == "README.md" {
            continue;
        }
        let number = name.strip_prefix("story_").and_then(|name| name.strip_suffix(".sql")).unwrap();
        found.push(Fixture { steps: number_of(number), rows: fs::read_to_string(&path).unwrap() });
    }
    assert!(!found.is_empty(), "there is no fixture: `make fixture` makes one");
    found.sort_by_key(|fixture| fixture.steps);
    found
}

/// How many steps there are up to the one with this number.
pub(super) fn number_of(number: &str) -> usize {
    let begin = format!("m{number}_");
    let place = Migrator::migrations().iter().position(|step| step.name().starts_with(&begin));
    place.unwrap_or_else(|| unreachable!("there is no step {begin}")) + 1
}

/// A database at some step, and the owner of its schema, who takes it further.
pub(super) struct Aged {
    pub(super) database: Empty,
    owner: DatabaseConnection,
    /// Steps that were taken.
    pub(super) steps: usize,
}

impl Aged {
    /// An empty one, after so many steps.
    pub(super) async fn after(steps: usize) -> Self {
        let database = Empty::new().await;
        let owner = database.owner().await;
        Migrator::install(&owner).await.unwrap();
        let mut aged = Self { database, owner, steps: 0 };
        aged.goes_to(steps).await;
        aged
    }

    /// One that holds the story.
    pub(super) async fn holding(fixture: &Fixture) -> Self {
        let mut aged = Self::after(fixture.steps).await;
        // The rows stand table by table: what refers to what is checked when all are there.
        aged.does("SET session_replication_role = replica").await;
        aged.does(&fixture.rows).await;
        aged.does("SET session_replication_role = origin").await;
        aged
    }

    /// One that holds what `focalnet-load` makes: kinds of rows that the story has none of.
    pub(super) async fn loaded() -> Self {
        let aged = Self::after(Migrator::migrations().len()).await;
        let mut owner = PgConnection::connect(&aged.database.database().owner_url).await.unwrap();
        load(&mut owner, &SIZE, &[], &|_| {}).await.unwrap();
        owner.close().await.unwrap();
        aged
    }

    /// Takes steps up or down.
    pub(super) async fn goes_to(&mut self, steps: usize) {
        let names: Vec<_> = Migrator::migrations().iter().map(|step| step.name().to_owned()).collect();
        while self.steps < steps {
            Migrator::up(&self.owner, Some(1))
                .await
                .unwrap_or_else(|told| unreachable!("{} up: {told}", names[self.steps]));
            self.steps += 1;
        }
        while self.steps > steps {
            self.steps -= 1;
            Migrator::down(&self.owner, Some(1))
                .await
                .unwrap_or_else(|told| unreachable!("{} down: {told}", names[self.steps]));
        }
    }

    /// Runs statements as the superuser.
    pub(super) async fn does(&mut self, sql: &str) -> u64 {
        run(&mut self.database.superuser, sql).await.unwrap_or_else(|told| unreachable!("{told}: {sql:.200}"))
    }
}
