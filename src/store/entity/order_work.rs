//! Rows of `order_work`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "order_work")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub event_id: Uuid,
    #[sea_orm(primary_key, auto_increment = false)]
    pub request_id: Uuid,
    pub order_id: Option<Uuid>,
    pub person_id: Option<Uuid>,
    #[sea_orm(column_type = "JsonBinary")]
    pub ending: Json,
    pub author_id: Uuid,
    #[sea_orm(column_type = "Text", nullable)]
    pub author_role: Option<String>,
    pub create_time: DateTimeUtc,
    pub attempts: i32,
    pub next_time: DateTimeUtc,
    pub done_time: Option<DateTimeUtc>,
    #[sea_orm(column_type = "Text", nullable)]
    pub outcome: Option<String>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
