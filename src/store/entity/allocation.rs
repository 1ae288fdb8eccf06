//! Rows of `allocation`.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::store::typed::{exact, exact_or_none};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Deserialize)]
#[serde(deny_unknown_fields)]
#[sea_orm(table_name = "allocation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub asset_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub purpose: String,
    #[sea_orm(column_type = "Decimal(Some((24, 4)))")]
    #[serde(deserialize_with = "exact")]
    pub amount: Decimal,
    #[sea_orm(column_type = "Text")]
    pub currency_code: String,
    pub decision_date: Date,
    #[sea_orm(column_type = "Text")]
    pub reference: String,
    #[sea_orm(column_type = "Decimal(Some((24, 4)))", nullable)]
    #[serde(deserialize_with = "exact_or_none")]
    pub counts_as: Option<Decimal>,
    #[sea_orm(column_type = "Text", nullable)]
    pub counts_as_currency_code: Option<String>,
    #[sea_orm(column_type = "Text", nullable)]
    pub rate_source: Option<String>,
    pub create_time: DateTimeUtc,
    pub event_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
