//! Accounts, mandates, and what signing in needs.

use chrono::{DateTime, Utc};
use focalnet_domain::{
    filter, ids,
    journal::Hash,
    names::{OrganizationId, UserId},
    organization::{Organization, Role},
    user::{Mandate, State, User},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, EntityTrait, FromQueryResult, QueryFilter, QuerySelect,
    sea_query::Expr,
};
use uuid::Uuid;

use super::{
    PageQuery, Tx,
    entity::{account, mandate},
    journal::hash,
    newest_first, permitted, scopes,
    typed::Typed,
    word,
};
use crate::{
    authz::{Permit, Scope},
    error::Result,
};

/// An account with what decides who keeps it.
#[derive(Debug, Clone)]
pub struct Account {
    /// The account.
    pub user: User,
    /// Its organization.
    pub organization: Organization,
    /// Hash of its last event.
    pub head: Hash,
}

/// What signing in needs to know of an account.
#[derive(Debug, Clone)]
pub struct Credentials {
    /// The account.
    pub user: UserId,
    /// What its person signs in with.
    pub login: String,
    /// Whether it can be used.
    pub state: State,
    /// The password, hashed.
    pub password_hash: Option<String>,
    /// The one-time code, hashed, and until when it works.
    pub code: Option<(Vec<u8>, DateTime<Utc>)>,
}

#[derive(FromQueryResult)]
struct Row {
    id: Uuid,
    organization_id: Uuid,
    login: String,
    display_name: String,
    state: String,
    create_time: DateTime<Utc>,
    head: Vec<u8>,
    organization: Typed<Organization>,
    mandates: Typed<Vec<Mandate>>,
}

const ORGANIZATION: &str = "(SELECT json_build_object('name', 'organizations/' || o.id, 'kind', o.kind, 'display_name',
    o.display_name, 'country_code', o.country_code, 'state', 'organizations/' || o.state_id, 'create_time', o.create_time)
    FROM organization o WHERE o.id = account.organization_id)";
const MANDATES: &str = "(SELECT coalesce(json_agg(json_build_object('role', m.role, 'start_time', m.start_time,
    'end_time', m.end_time) ORDER BY m.start_time, m.role), '[]') FROM mandate m WHERE m.account_id = account.id)";

fn select() -> sea_orm::Select<account::Entity> {
    account::Entity::find()
        .select_only()
        .columns([
            account::Column::Id,
            account::Column::OrganizationId,
            account::Column::Login,
            account::Column::DisplayName,
            account::Column::State,
            account::Column::CreateTime,
            account::Column::Head,
        ])
        .column_as(Expr::cust(ORGANIZATION), "organization")
        .column_as(Expr::cust(MANDATES), "mandates")
}

fn from_row(row: Row) -> Result<Account> {
    Ok(Account {
        user: User {
            name: UserId(row.id),
            organization: OrganizationId(row.organization_id),
            login: row.login,
            display_name: row.display_name,
            state: word("account", "state", &row.state)?,
            mandates: row.mandates.0,
            create_time: row.create_time,
        },
        organization: row.organization.0,
        head: hash(&row.head)?,
    })
}

impl Credentials {
    /// Whether the same password and code still hold.
    #[must_use]
    pub fn same_as(&self, other: &Self) -> bool {
        (&self.password_hash, &self.code) == (&other.password_hash, &other.code)
    }
}

impl Tx {
    /// An account that the scope sees.
    pub async fn account(&self, scope: &Scope, name: UserId) -> Result<Option<Account>> {
        let select = select().filter(account::Column::Id.eq(name.0)).filter(scopes::accounts(scope));
        select.into_model::<Row>().one(&self.link).await?.map(from_row).transpose()
    }

    /// A page of the accounts the scope sees.
    pub async fn accounts(
        &self,
        scope: &Scope,
        filter: &[filter::Condition],
        page: &PageQuery,
    ) -> Result<Vec<Account>> {
        let mut which = scopes::accounts(scope);
        for condition in filter {
            which = Condition::all().add(which).add(match condition.field.as_str() {
                "state" => account::Column::State.eq(condition.value.as_str()),
                "login" => account::Column::Login.eq(condition.value.as_str()),
                _ => {
                    let organization: Option<OrganizationId> = condition.value.parse().ok();
                    account::Column::OrganizationId.eq(organization.map(|name| name.0).unwrap_or_default())
                }
            });
        }
        let select =
            newest_first(select().filter(which), account::Column::CreateTime, account::Column::Id, page);
        select.into_model::<Row>().all(&self.link).await?.into_iter().map(from_row).collect()
    }

    /// A Court user by login or name, for an assignment to a case; State users are not found.
    pub async fn court_account(&self, login_or_name: &str) -> Result<Option<Account>> {
        let which = match login_or_name.parse::<UserId>() {
            Ok(name) => account::Column::Id.eq(name.0),
            Err(_) => account::Column::Login.eq(login_or_name),
        };
        let select = select().filter(which).filter(account::Column::State.eq(State::Active.as_str()));
        let found = select.into_model::<Row>().one(&self.link).await?.map(from_row).transpose()?;
        Ok(found.filter(|account| account.organization.kind.is_court()))
    }

    /// Saves a new account with its one-time code.
    pub async fn insert_account(
        &self,
        permit: &Permit,
        user: &User,
        code: ([u8; 32], DateTime<Utc>),
        head: Hash,
    ) -> Result<()> {
        permitted(permit);
        let row = account::ActiveModel {
            id: Set(user.name.0),
            organization_id: Set(user.organization.0),
            login: Set(user.login.clone()),
            display_name: Set(user.display_name.clone()),
            state: Set(user.state.to_string()),
            password_hash: Set(None),
            code_hash: Set(Some(code.0.to_vec())),
            code_expire_time: Set(Some(code.1)),
            create_time: Set(user.create_time),
            head: Set(head.to_vec()),
        };
        account::Entity::insert(row).exec_without_returning(&self.link).await?;
        Ok(())
    }

    /// Saves the state of an account.
    pub async fn update_account(
        &self,
        permit: &Permit,
        name: UserId,
        state: State,
        head: Hash,
    ) -> Result<()> {
        permitted(permit);
        let row = account::ActiveModel {
            state: Set(state.to_string()),
            head: Set(head.to_vec()),
            ..Default::default()
        };
        account::Entity::update_many()
            .set(row)
            .filter(account::Column::Id.eq(name.0))
            .exec(&self.link)
            .await?;
        Ok(())
    }

    /// Saves a new mandate.
    pub async fn insert_mandate(&self, permit: &Permit, user: UserId, new: &Mandate) -> Result<()> {
        permitted(permit);
        let row = mandate::ActiveModel {
            id: Set(ids::new()),
            account_id: Set(user.0),
            role: Set(new.role.to_string()),
            start_time: Set(new.start_time),
            end_time: Set(new.end_time),
        };
        mandate::Entity::insert(row).exec_without_returning(&self.link).await?;
        Ok(())
    }

    /// Ends the mandates of a role that are in force or to come; the latter end a moment after they begin.
    pub async fn end_mandates(
        &self,
        permit: &Permit,
        user: UserId,
        role: Role,
        now: DateTime<Utc>,
    ) -> Result<()> {
        permitted(permit);
        mandate::Entity::update_many()
            .col_expr(
                mandate::Column::EndTime,
                Expr::cust_with_values("greatest($1, start_time + interval '1 microsecond')", [now]),
            )
            .filter(mandate::Column::AccountId.eq(user.0))
            .filter(mandate::Column::Role.eq(role.as_str()))
            .filter(
                Condition::any()
                    .add(mandate::Column::EndTime.is_null())
                    .add(mandate::Column::EndTime.gt(now)),
            )
            .exec(&self.link)
            .await?;
        Ok(())
    }

    /// Whether somebody is the administrator of a State now, or will be.
    pub async fn has_state_admin(&self, state: OrganizationId, now: DateTime<Utc>) -> Result<bool> {
        let mut people = account::Entity::find()
            .select_only()
            .column(account::Column::Id)
            .filter(account::Column::OrganizationId.eq(state.0))
            .filter(account::Column::State.eq(State::Active.as_str()));
        let row = mandate::Entity::find()
            .filter(mandate::Column::AccountId.in_subquery(QuerySelect::query(&mut people).to_owned()))
            .filter(mandate::Column::Role.eq(Role::StateAdmin.as_str()))
            .filter(
                Condition::any()
                    .add(mandate::Column::EndTime.is_null())
                    .add(mandate::Column::EndTime.gt(now)),
            )
            .one(&self.link)
            .await?;
        Ok(row.is_some())
    }

    /// Whether there is any account.
    pub async fn has_accounts(&self) -> Result<bool> {
        Ok(account::Entity::find().limit(1).one(&self.link).await?.is_some())
    }

    /// What signing in with a login needs.
    pub async fn credentials(&self, login: &str) -> Result<Option<Credentials>> {
        let select = account::Entity::find().filter(account::Column::Login.eq(login));
        select.one(&self.link).await?.map(credentials).transpose()
    }

    /// The same, of an account, locked.
    pub async fn credentials_of(&self, user: UserId) -> Result<Option<Credentials>> {
        let select = account::Entity::find_by_id(user.0);
        self.locked(user.0, select).await?.map(credentials).transpose()
    }

    /// Puts a new password in place of the old one or of the one-time code.
    pub async fn set_password(&self, permit: &Permit, user: UserId, hash: String, head: Hash) -> Result<()> {
        permitted(permit);
        let row = account::ActiveModel {
            password_hash: Set(Some(hash)),
            code_hash: Set(None),
            code_expire_time: Set(None),
            head: Set(head.to_vec()),
            ..Default::default()
        };
        account::Entity::update_many()
            .set(row)
            .filter(account::Column::Id.eq(user.0))
            .exec(&self.link)
            .await?;
        Ok(())
    }

    /// Puts the same password, hashed anew, in place of an old hash.
    pub async fn rehash_password(&self, user: UserId, hash: String) -> Result<()> {
        let row = account::ActiveModel { password_hash: Set(Some(hash)), ..Default::default() };
        account::Entity::update_many()
            .set(row)
            .filter(account::Column::Id.eq(user.0))
            .exec(&self.link)
            .await?;
        Ok(())
    }
}

fn credentials(row: account::Model) -> Result<Credentials> {
    Ok(Credentials {
        user: UserId(row.id),
        login: row.login,
        state: word("account", "state", &row.state)?,
        password_hash: row.password_hash,
        code: row.code_hash.zip(row.code_expire_time),
    })
}
