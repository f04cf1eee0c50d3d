//! The Slack channels of environments.

use sea_orm::entity::prelude::*;

use crate::clock::Timestamp;
use crate::ids::{EnvironmentId, SlackId};

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "environment_slack")]
pub struct Model {
    #[sea_orm(primary_key)]
    pub id: SlackId,
    pub uid: String,
    pub environment_id: EnvironmentId,
    pub channel: String,
    pub token: Vec<u8>,
    pub is_on: bool,
    pub created_at: Timestamp,
    pub updated_at: Timestamp,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {
    #[sea_orm(
        belongs_to = "super::environment::Entity",
        from = "Column::EnvironmentId",
        to = "super::environment::Column::Id"
    )]
    Environment,
}

impl ActiveModelBehavior for ActiveModel {}
