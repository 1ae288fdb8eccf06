//! The schema of the store: one file per step, each with `up` and `down`.
//!
//! Two roles exist before the first step: the owner, who runs migrations, and `focalnet_app`, the runtime role, which
//! owns nothing and gets table by table what it needs. The journal it can only read and extend. Times have no
//! defaults: they come from the program's clock.

pub use sea_orm_migration::prelude::*;

pub use self::m0022_asset_standing::ASSETS_OUT_OF_DATE;

mod m0001_parties;
mod m0002_journal;
mod m0003_cases;
mod m0004_requests;
mod m0005_assets;
mod m0006_threads;
mod m0007_directory;
mod m0008_questionnaires;
mod m0009_asset_ledger;
mod m0010_order_work;
mod m0011_asset_shares;
mod m0012_asset_pages;
mod m0013_recovery;
mod m0014_order_purpose;
mod m0015_proposals;
mod m0016_answers_as_sent;
mod m0017_messages;
mod m0018_version_digest;
mod m0019_order_changes;
mod m0020_transmissions;
mod m0021_request_pages;
mod m0022_asset_standing;
mod m0023_state_of_assets;
mod m0024_answers_deflated;
mod m0025_probe;
mod m0026_order_terms;

/// All steps, in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_parties::STEP),
            Box::new(m0002_journal::STEP),
            Box::new(m0003_cases::STEP),
            Box::new(m0004_requests::STEP),
            Box::new(m0005_assets::STEP),
            Box::new(m0006_threads::STEP),
            Box::new(m0007_directory::STEP),
            Box::new(m0008_questionnaires::STEP),
            Box::new(m0009_asset_ledger::STEP),
            Box::new(m0010_order_work::STEP),
            Box::new(m0011_asset_shares::STEP),
            Box::new(m0012_asset_pages::STEP),
            Box::new(m0013_recovery::STEP),
            Box::new(m0014_order_purpose::STEP),
            Box::new(m0015_proposals::STEP),
            Box::new(m0016_answers_as_sent::STEP),
            Box::new(m0017_messages::STEP),
            Box::new(m0018_version_digest::STEP),
            Box::new(m0019_order_changes::STEP),
            Box::new(m0020_transmissions::STEP),
            Box::new(m0021_request_pages::STEP),
            Box::new(m0022_asset_standing::STEP),
            Box::new(m0023_state_of_assets::STEP),
            Box::new(m0024_answers_deflated::STEP),
            Box::new(m0025_probe::STEP),
            Box::new(m0026_order_terms::STEP),
        ]
    }
}

/// A step in SQL: PostgreSQL is the only store, and its constraints say more than a builder can.
pub(crate) struct Step {
    name: &'static str,
    up: &'static str,
    down: &'static str,
}

impl MigrationName for Step {
    fn name(&self) -> &str {
        self.name
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Step {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(self.up).await.map(|_| ())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.get_connection().execute_unprepared(self.down).await.map(|_| ())
    }
}
