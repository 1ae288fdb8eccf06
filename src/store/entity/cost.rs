//! Rows of `cost`.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::store::typed::exact;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Deserialize)]
#[serde(deny_unknown_fields)]
#[sea_orm(table_name = "cost")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub asset_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i32,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    #[sea_orm(column_type = "Decimal(Some((24, 4)))")]
    #[serde(deserialize_with = "exact")]
    pub amount: Decimal,
    #[sea_orm(column_type = "Text")]
    pub currency_code: String,
    pub due_date: Date,
    pub extraordinary: bool,
    #[sea_orm(column_type = "Text", nullable)]
    pub bearer: Option<String>,
    pub agreed_in_id: Option<Uuid>,
    pub paid_date: Option<Date>,
    #[sea_orm(column_type = "Text", nullable)]
    pub description: Option<String>,
    pub create_time: DateTimeUtc,
    pub event_id: Uuid,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
