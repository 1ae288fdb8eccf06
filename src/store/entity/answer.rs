//! Rows of `answer`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub response_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub question: String,
    pub number: i32,
    #[sea_orm(column_type = "JsonBinary")]
    pub value: Json,
    #[sea_orm(column_type = "JsonBinary", nullable)]
    pub comment: Option<Json>,
    pub valid_from_date: Date,
    pub shared: bool,
    pub author_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub author_display_name: String,
    pub create_time: DateTimeUtc,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub head: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
