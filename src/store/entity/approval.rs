//! Rows of `approval`.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::store::typed::bytes;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Deserialize)]
#[serde(deny_unknown_fields)]
#[sea_orm(table_name = "approval")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub request_id: Option<Uuid>,
    pub order_id: Option<Uuid>,
    #[sea_orm(column_type = "Text")]
    pub audience: String,
    #[sea_orm(column_type = "Text")]
    pub act: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub payload: Json,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    pub proposer_id: Uuid,
    pub decider_id: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reason: Option<String>,
    pub propose_time: DateTimeUtc,
    pub expire_time: DateTimeUtc,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    #[serde(deserialize_with = "bytes")]
    pub head: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
