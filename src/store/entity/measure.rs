//! Rows of `measure`.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Deserialize)]
#[serde(deny_unknown_fields)]
#[sea_orm(table_name = "measure")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub asset_id: Uuid,
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub national_reference: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub authority: Option<String>,
    pub start_date: Date,
    pub end_date: Option<Date>,
    pub reminder_date: Option<Date>,
    pub numerator: Option<i32>,
    pub denominator: Option<i32>,
    pub create_time: DateTimeUtc,
    pub event_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
