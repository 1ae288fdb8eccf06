//! Rows of `response`.

use sea_orm::entity::prelude::*;

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "response")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub circulation_id: Uuid,
    pub questionnaire_id: Uuid,
    pub requested_state_id: Uuid,
    #[sea_orm(column_type = "Text")]
    pub state: String,
    #[sea_orm(column_type = "JsonBinary")]
    pub reminders: Json,
    pub submitter_id: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub submitter_display_name: Option<String>,
    pub attester_id: Option<Uuid>,
    #[sea_orm(column_type = "Text", nullable)]
    pub reopen_reason: Option<String>,
    pub attest_time: Option<DateTimeUtc>,
    pub audience: Vec<Uuid>,
    pub create_time: DateTimeUtc,
    #[sea_orm(column_type = "VarBinary(StringLen::None)")]
    pub shared_head: Vec<u8>,
    #[sea_orm(column_type = "VarBinary(StringLen::None)", nullable)]
    pub issuer_head: Option<Vec<u8>>,
    #[sea_orm(column_type = "VarBinary(StringLen::None)", nullable)]
    pub state_head: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
