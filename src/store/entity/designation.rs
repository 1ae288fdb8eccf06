//! Rows of `designation`.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Deserialize)]
#[serde(deny_unknown_fields)]
#[sea_orm(table_name = "designation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub state_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub capacity: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub contact: Json,
    pub start_date: Date,
    pub end_date: Option<Date>,
    pub create_time: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
