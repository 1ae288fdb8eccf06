//! Rows of `freezing_request`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "freezing_request")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub origin: String,
    pub case_id: Uuid,
    pub order_id: Option<Uuid>,
    pub issuing_organization_id: Uuid,
    pub chamber_id: Option<Uuid>,
    pub applicant_id: Option<Uuid>,
    pub requested_state_id: Uuid,
    pub authority_id: Option<Uuid>,
    pub measures: Vec<String>,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub facts: Json,
    pub audience: Vec<Uuid>,
    pub create_time: DateTimeUtc,
    pub transmit_time: Option<DateTimeUtc>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
