//! Rows of `journal_event`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "journal_event")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub stream: String,
    pub subject_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub audience: String,
    pub index: i64,
    pub time: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub act: String,
    #[sea_orm(column_type = "Text")]
    pub subject: String,
    #[sea_orm(column_type = "Text")]
    pub organ: String,
    #[sea_orm(column_type = "Text", nullable)]
    pub role: Option<String>,
    #[sea_orm(column_type = "Text")]
    pub content: String,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub content_salt: Vec<u8>,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub content_digest: Vec<u8>,
    #[sea_orm(column_type = "Text")]
    pub persons: String,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub persons_salt: Vec<u8>,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub persons_digest: Vec<u8>,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub hash: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
