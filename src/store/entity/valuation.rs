//! Rows of `valuation`.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::store::typed::exact;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Deserialize)]
#[serde(deny_unknown_fields)]
#[sea_orm(table_name = "valuation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub asset_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    #[sea_orm(column_type = "Decimal(Some((24, 4)))")]
    #[serde(deserialize_with = "exact")]
    pub amount: Decimal,
    #[sea_orm(column_type = "Text")]
    pub currency_code: String,
    pub valuation_date: Date,
    #[sea_orm(column_type = "Text")]
    pub method: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub appraiser: Option<String>,
    pub create_time: DateTimeUtc,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub converted_from: Option<Json>,
    pub event_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
