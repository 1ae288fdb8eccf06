//! Rows of `questionnaire`.

use sea_orm::entity::prelude::*;
use serde::Deserialize;

use crate::store::typed::bytes;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel, Deserialize)]
#[serde(deny_unknown_fields)]
#[sea_orm(table_name = "questionnaire")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub key: String,
    pub version_number: Option<i32>,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub document: Json,
    #[sea_orm(column_type = "JsonBinary")]
    pub meanings: Json,
    pub create_time: DateTimeUtc,
    pub publish_time: Option<DateTimeUtc>,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    #[serde(deserialize_with = "bytes")]
    pub head: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
