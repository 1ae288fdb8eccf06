//! Rows of `signing_key`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "signing_key")]
pub struct Model {
    #[sea_orm(column_type = "Text")]
    pub key_id: String,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub verifier_key: String,
    pub start_time: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
