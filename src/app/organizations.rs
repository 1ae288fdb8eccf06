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
    App, Call, Checked,
    lists::{Form, words_of},
    work::{Entry, Work, event, head},
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
    pub async fn create_organization(&self, call: &Call, input: Checked<NewOrganization>) -> Result<Answer> {
        let work = self.enter(call).await?;
        let state = input.known().and_then(|new| new.state);
        if let Some(state) = state {
            let found = work.tx.organization(&work.scope, state).await?;
            found.filter(|(state, _)| state.kind == Kind::State).ok_or(Error::NotFound("organization"))?;
        }
        if let Some(answer) = work.replay().await? {
            return Ok(answer);
        }
        let name = OrganizationId::random();
        let relation = input.known().map_or(Relation::None, |new| Relation::Kept {
            organization: name,
            kind: new.kind,
            state: new.state,
            user: None,
        });
        let permit = work.authorize(relation)?;
        let new = input.get()?;
        Error::check(violations(new))?;

        let organization = Organization {
            name,
            kind: new.kind,
            display_name: new.display_name.clone(),
            country_code: new.country_code.clone(),
            state: new.state,
            create_time: work.actor.now,
        };
        let entry = Entry::new(
            stream(name),
            Position::start(stream(name)),
            "create_organization",
            &name,
            json!({ "create_organization": new }),
        );
        let event = event(&permit, entry)?;
        work.tx.insert_organization(&permit, &organization, head(&event)).await?;
        let receipt = work.receipt(&event)?;
        let answer = Work::seen(
            OrganizationView::from(organization),
            work.etag(&name, head(&event)),
            Some(receipt),
            None,
        );
        work.finish(&permit, vec![event], &answer).await
    }

    /// Reads an organization.
    pub async fn get_organization(&self, call: &Call) -> Result<Answer> {
        let work = self.enter(call).await?;
        let name = call.name()?;
        let (organization, head) =
            work.tx.organization(&work.scope, name).await?.ok_or(Error::NotFound("organization"))?;
        let etag = work.etag(&name, head);
        work.answer(&Work::seen(OrganizationView::from(organization), etag, None, None)).await
    }

    /// Lists organizations.
    pub async fn list_organizations(&self, call: &Call) -> Result<Answer> {
        let work = self.enter(call).await?;
        let fields = [
            ("kind", words_of!("KIND_", Kind)),
            ("country_code", Form::Text),
            ("state", Form::Name("organizations")),
        ];
        let query = work.query(&fields)?;
        let rows = work.tx.organizations(&work.scope, &query.conditions, &query.page).await?;
        let answer = work.page(
            &query,
            rows,
            |(organization, _)| (organization.create_time, organization.name.0),
            |(organization, head)| {
                let etag = work.etag(&organization.name, head);
                Ok(Work::seen(OrganizationView::from(organization), etag, None, None))
            },
        )?;
        work.leave(answer).await
    }

    /// Renames an organization.
    pub async fn update_organization(
        &self,
        call: &Call,
        input: Checked<OrganizationUpdate>,
    ) -> Result<Answer> {
        let work = self.enter(call).await?;
        let name = call.name()?;
        let found = work.tx.lock_organization(&work.scope, name).await?;
        let (mut organization, last) = found.ok_or(Error::NotFound("organization"))?;
        if let Some(answer) = work.replay().await? {
            return Ok(answer);
        }
        let permit = work.authorize(kept(&organization))?;
        let display_name = input.get()?.display_name.clone();
        let display_name = display_name.ok_or_else(|| {
            Error::invalid("organization.display_name", "is the one thing that can change: set it")
        })?;
        work.check_etag(&work.etag(&name, last))?;

        organization.display_name = display_name;
        let entry = Entry::new(
            stream(name),
            work.tx.position(stream(name)).await?,
            "update_organization",
            &name,
            json!({ "update_organization": input.get()? }),
        );
        let event = event(&permit, entry)?;
        work.tx.update_organization(&permit, &organization, head(&event)).await?;
        let receipt = work.receipt(&event)?;
        let answer = Work::seen(
            OrganizationView::from(organization),
            work.etag(&name, head(&event)),
            Some(receipt),
            None,
        );
        work.finish(&permit, vec![event], &answer).await
    }
}
