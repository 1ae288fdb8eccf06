//! Rows of `order_recovery`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_recovery")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub order_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false, column_type = "Text")]
    pub purpose: String,
    pub position: i32,
    #[sea_orm(column_type = "Decimal(Some((24, 4)))")]
    pub amount: Decimal,
    #[sea_orm(column_type = "Text")]
    pub currency_code: String,
    #[sea_orm(column_type = "Decimal(Some((24, 4)))")]
    pub recovered: Decimal,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
