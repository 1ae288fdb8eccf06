//! Organizations.

use std::sync::atomic::Ordering::Relaxed;

use focalnet_domain::{
    filter,
    journal::Hash,
    names::{OrganizationId, UserId},
    organization::{Kind, Organization},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    PageQuery, Tx,
    entity::{account, organization},
    journal::hash,
    newest_first, permitted, scopes, word,
};
use crate::{
    authz::{Permit, Scope},
    error::Result,
};

fn from_row(row: organization::Model) -> Result<(Organization, Hash)> {
    let organization = Organization {
        name: OrganizationId(row.id),
        kind: word("organization", "kind", &row.kind)?,
        display_name: row.display_name,
        country_code: row.country_code,
        state: row.state_id.map(OrganizationId),
        create_time: row.create_time,
    };
    Ok((organization, hash(&row.head)?))
}

impl Tx {
    /// An organization that the scope sees, with the hash of its last event.
    pub async fn organization(
        &self,
        scope: &Scope,
        name: OrganizationId,
    ) -> Result<Option<(Organization, Hash)>> {
        let row = organization::Entity::find_by_id(name.0)
            .filter(scopes::organizations(scope))
            .one(&self.link)
            .await?;
        row.map(from_row).transpose()
    }

    /// The same, locked: its stream is about to grow.
    pub async fn lock_organization(
        &self,
        scope: &Scope,
        name: OrganizationId,
    ) -> Result<Option<(Organization, Hash)>> {
        let select = organization::Entity::find_by_id(name.0).filter(scopes::organizations(scope));
        self.locked(name.0, select).await?.map(from_row).transpose()
    }

    /// Locks the organization of an account that the scope sees.
    pub async fn lock_organization_of(&self, scope: &Scope, user: UserId) -> Result<()> {
        let mut own = account::Entity::find_by_id(user.0)
            .select_only()
            .column(account::Column::OrganizationId)
            .filter(scopes::accounts(scope));
        let own = QuerySelect::query(&mut own).to_owned();
        let select =
            organization::Entity::find().filter(organization::Column::Id.in_subquery(own)).lock_exclusive();
        // Which one it is, is not known before.
        self.holds.store(true, Relaxed);
        select.one(&self.link).await?;
        Ok(())
    }

    /// Locks an organization whose stream is about to grow by its own member's act.
    pub async fn lock_stream(&self, name: OrganizationId) -> Result<()> {
        let select = organization::Entity::find_by_id(name.0);
        self.locks(name.0, select).await?;
        Ok(())
    }

    /// A State and the Registry, as far as the scope sees them.
    pub async fn parties(&self, scope: &Scope, state: OrganizationId) -> Result<Vec<Organization>> {
        let which = Condition::any()
            .add(organization::Column::Id.eq(state.0))
            .add(organization::Column::Kind.eq(Kind::Registry.as_str()));
        let select = organization::Entity::find().filter(scopes::organizations(scope)).filter(which);
        let rows = select.order_by_asc(organization::Column::CreateTime).all(&self.link).await?;
        rows.into_iter().map(|row| from_row(row).map(|(organization, _)| organization)).collect()
    }

    /// A page of what the scope sees.
    pub async fn organizations(
        &self,
        scope: &Scope,
        filter: &[filter::Condition],
        page: &PageQuery,
    ) -> Result<Vec<(Organization, Hash)>> {
        let mut which = scopes::organizations(scope);
        let mut also = Condition::all();
        for condition in filter {
            let column = match condition.field.as_str() {
                "kind" => organization::Column::Kind,
                "country_code" => organization::Column::CountryCode,
                _ => {
                    let state: Option<OrganizationId> = condition.value.parse().ok();
                    also = also
                        .add(organization::Column::StateId.eq(state.map(|name| name.0).unwrap_or_default()));
                    continue;
                }
            };
            also = also.add(column.eq(condition.value.as_str()));
        }
        which = Condition::all().add(which).add(also);
        let select = organization::Entity::find().filter(which);
        let select = newest_first(select, organization::Column::CreateTime, organization::Column::Id, page);
        select.all(&self.link).await?.into_iter().map(from_row).collect()
    }

    /// Saves a new organization.
    pub async fn insert_organization(&self, permit: &Permit, new: &Organization, head: Hash) -> Result<()> {
        permitted(permit);
        let row = organization::ActiveModel {
            id: Set(new.name.0),
            kind: Set(new.kind.to_string()),
            display_name: Set(new.display_name.clone()),
            country_code: Set(new.country_code.clone()),
            state_id: Set(new.state.map(|state| state.0)),
            create_time: Set(new.create_time),
            head: Set(head.to_vec()),
            directory_head: Set(None),
        };
        organization::Entity::insert(row).exec_without_returning(&self.link).await?;
        Ok(())
    }

    /// Saves what can change of an organization.
    pub async fn update_organization(
        &self,
        permit: &Permit,
        changed: &Organization,
        head: Hash,
    ) -> Result<()> {
        permitted(permit);
        let row = organization::ActiveModel {
            display_name: Set(changed.display_name.clone()),
            head: Set(head.to_vec()),
            ..Default::default()
        };
        organization::Entity::update_many()
            .set(row)
            .filter(organization::Column::Id.eq(changed.name.0))
            .exec(&self.link)
            .await?;
        Ok(())
    }
}
