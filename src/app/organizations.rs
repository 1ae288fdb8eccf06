//! Organizations: create, read, list, rename.

use crate::app::Answer;
use focalnet_domain::{
    country,
    error::Violation,
    journal::{Audience, Stream, Subject},
    names::OrganizationId,
    organization::{Kind, NewOrganization, Organization, OrganizationView},
};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    App, Call, Input,
    context::{CallContext, Entry, event, head},
    lists::{Form, words_of},
};
use crate::{
    authz::policy::Relation,
    error::{Error, Result},
    store::Position,
};

/// What can change of an organization.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OrganizationUpdate {
    /// The name people use.
    pub display_name: Option<String>,
}

/// The stream of an organization and its users.
pub(super) const fn stream(name: OrganizationId) -> Stream {
    Stream { subject: Subject::Organization(name), audience: Audience::Keepers }
}

/// The relation of a keeper to an organization.
pub(super) fn kept(organization: &Organization) -> Relation {
    Relation::Kept {
        organization: organization.name,
        kind: organization.kind,
        state: organization.state,
        user: None,
    }
}

fn violations(new: &NewOrganization) -> Vec<Violation> {
    let mut violations = Vec::new();
    match (new.kind, &new.country_code) {
        (Kind::State, Some(code)) if country::is_country(code) => {}
        (Kind::State, _) => {
            violations
                .push(Violation::new("organization.country_code", "a State has an ISO 3166-1 alpha-2 code"));
        }
        (_, Some(_)) => violations.push(Violation::new("organization.country_code", "only a State has one")),
        _ => {}
    }
    if (new.kind == Kind::Authority) != new.state.is_some() {
        violations.push(Violation::new(
            "organization.state",
            "an authority, and only an authority, belongs to a State",
        ));
    }
    violations
}

impl App {
    /// Creates an organization.
    pub async fn create_organization(&self, call: &Call, input: Input<NewOrganization>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let state = input.known().and_then(|new| new.state);
        if let Some(state) = state {
            let found = cx.tx.organization(&cx.scope, state).await?;
            found.filter(|(state, _)| state.kind == Kind::State).ok_or(Error::NotFound("organization"))?;
        }
        if let Some(answer) = cx.replay().await? {
            return Ok(answer);
        }
        let name = OrganizationId::random();
        let relation = input.known().map_or(Relation::None, |new| Relation::Kept {
            organization: name,
            kind: new.kind,
            state: new.state,
            user: None,
        });
        let permit = cx.authorize(relation)?;
        let new = input.get()?;
        Error::check(violations(new))?;

        let organization = Organization {
            name,
            kind: new.kind,
            display_name: new.display_name.clone(),
            country_code: new.country_code.clone(),
            state: new.state,
            create_time: cx.actor.now,
        };
        let entry = Entry::new(
            stream(name),
            Position::start(stream(name)),
            "create_organization",
            &name,
            json!({ "create_organization": new }),
        );
        let event = event(&permit, entry)?;
        cx.tx.insert_organization(&permit, &organization, head(&event)).await?;
        let receipt = cx.receipt(&event)?;
        let answer = CallContext::seen(
            OrganizationView::from(organization),
            cx.etag(&name, head(&event)),
            Some(receipt),
            None,
        );
        cx.finish(&permit, vec![event], &answer).await
    }

    /// Reads an organization.
    pub async fn get_organization(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name = call.name()?;
        let (organization, head) =
            cx.tx.organization(&cx.scope, name).await?.ok_or(Error::NotFound("organization"))?;
        let etag = cx.etag(&name, head);
        cx.answer(&CallContext::seen(OrganizationView::from(organization), etag, None, None)).await
    }

    /// Lists organizations.
    pub async fn list_organizations(&self, call: &Call) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let fields = [
            ("kind", words_of!("KIND_", Kind)),
            ("country_code", Form::Text),
            ("state", Form::Name("organizations")),
        ];
        let query = cx.query(&fields)?;
        let rows = cx.tx.organizations(&cx.scope, &query.conditions, &query.page).await?;
        let answer = cx.page(
            &query,
            rows,
            |(organization, _)| (organization.create_time, organization.name.0),
            |(organization, head)| {
                let etag = cx.etag(&organization.name, head);
                Ok(CallContext::seen(OrganizationView::from(organization), etag, None, None))
            },
        )?;
        cx.leave(answer).await
    }

    /// Renames an organization.
    pub async fn update_organization(&self, call: &Call, input: Input<OrganizationUpdate>) -> Result<Answer> {
        let cx = self.enter(call).await?;
        let name = call.name()?;
        let found = cx.tx.lock_organization(&cx.scope, name).await?;
        let (mut organization, last) = found.ok_or(Error::NotFound("organization"))?;
        if let Some(answer) = cx.replay().await? {
            return Ok(answer);
        }
        let permit = cx.authorize(kept(&organization))?;
        let display_name = input.get()?.display_name.clone();
        let display_name = display_name.ok_or_else(|| {
            Error::invalid("organization.display_name", "is the one thing that can change: set it")
        })?;
        cx.check_etag(&cx.etag(&name, last))?;

        organization.display_name = display_name;
        let entry = Entry::new(
            stream(name),
            cx.tx.position(stream(name)).await?,
            "update_organization",
            &name,
            json!({ "update_organization": input.get()? }),
        );
        let event = event(&permit, entry)?;
        cx.tx.update_organization(&permit, &organization, head(&event)).await?;
        let receipt = cx.receipt(&event)?;
        let answer = CallContext::seen(
            OrganizationView::from(organization),
            cx.etag(&name, head(&event)),
            Some(receipt),
            None,
        );
        cx.finish(&permit, vec![event], &answer).await
    }
}
