//! Rows of `attested_answer`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "attested_answer")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub requested_state_id: Uuid,
    pub response_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub question: String,
    pub number: i32,
    #[sea_orm(column_type = "Text")]
    pub questionnaire_key: String,
    pub version_number: i32,
    pub valid_from_date: Date,
    pub attest_time: DateTimeUtc,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
