//! Rows of `case_person`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "case_person")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub case_id: Uuid,
    #[sea_orm(column_type = "JsonBinary")]
    pub facts: Json,
    pub warrant_date: Option<Date>,
    #[sea_orm(column_type = "Text")]
    pub status: String,
    pub status_date: Option<Date>,
    pub create_time: DateTimeUtc,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub head: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
