//! Rows of `asset`.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::store::typed::{bytes, bytes_or_none};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Deserialize)]
#[serde(deny_unknown_fields)]
#[sea_orm(table_name = "asset")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub request_id: Option<Uuid>,
    pub order_id: Option<Uuid>,
    pub position: i32,
    #[sea_orm(column_type = "Text")]
    pub r#type: String,
    #[sea_orm(column_type = "Text")]
    pub jurisdiction: String,
    #[sea_orm(column_type = "Text")]
    pub description: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub location: Option<String>,
    #[sea_orm(column_type = "JsonBinary")]
    pub identifiers: Json,
    #[sea_orm(column_type = "Text")]
    pub holder: String,
    pub requested_state_id: Option<Uuid>,
    pub create_time: DateTimeUtc,
    pub persons: Vec<i32>,
    pub value_substitute_for_id: Option<Uuid>,
    pub proceeds_of_id: Option<Uuid>,
    pub event_id: Uuid,
    #[serde(deserialize_with = "bytes")]
    pub head: Vec<u8>,
    #[serde(deserialize_with = "bytes_or_none")]
    pub issuer_head: Option<Vec<u8>>,
    pub lead_only: bool,
    pub settled: bool,
    #[sea_orm(column_type = "custom(\"datemultirange\")", save_as = "datemultirange", select_as = "text")]
    pub frozen_days: String,
    #[sea_orm(column_type = "custom(\"datemultirange\")", save_as = "datemultirange", select_as = "text")]
    pub seized_days: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
