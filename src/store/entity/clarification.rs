//! Rows of `clarification`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "clarification")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub request_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub topic: String,
    #[sea_orm(column_type = "Text")]
    pub blocks: String,
    #[sea_orm(column_type = "Text")]
    pub opener: String,
    #[sea_orm(column_type = "Text")]
    pub addressee: String,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    pub create_time: DateTimeUtc,
    pub expected_reply_time: DateTimeUtc,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub head: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
