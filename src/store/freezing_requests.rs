//! Saving requests: the row, and what an act changed beside it.

use focalnet_domain::{
    freezing_request::{Changes, FreezingRequest, Version, view::content_sha256},
    journal::Hash,
    names::FreezingRequestId,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait as _, EntityTrait, QueryFilter, sea_query::OnConflict,
};

use super::{
    Tx,
    entity::{freezing_request, request_person, request_purpose, request_version},
    permitted, to_json,
};
use crate::{authz::Permit, error::Result};

fn row(request: &FreezingRequest) -> Result<freezing_request::ActiveModel> {
    Ok(freezing_request::ActiveModel {
        id: Set(request.name.0),
        origin: Set(request.origin.to_string()),
        case_id: Set(request.case.0),
        order_id: Set(request.order.map(|name| name.0)),
        issuing_organization_id: Set(request.issuing_organization.0),
        chamber_id: Set(request.chamber.map(|name| name.0)),
        applicant_id: Set(request.applicant.map(|name| name.0)),
        requested_state_id: Set(request.requested_state.0),
        authority_id: Set(request.authority.map(|name| name.0)),
        measures: Set(request.measures.iter().map(ToString::to_string).collect()),
        state: Set(request.state.to_string()),
        facts: Set(to_json(&request.facts)?),
        audience: Set(request.audience().into_iter().map(|name| name.0).collect()),
        create_time: Set(request.create_time),
        transmit_time: Set(request.transmit_time),
    })
}

fn version_row(request: FreezingRequestId, version: &Version) -> Result<request_version::ActiveModel> {
    Ok(request_version::ActiveModel {
        request_id: Set(request.0),
        number: Set(version.number),
        content: Set(to_json(&version.content)?),
        changed_paths: Set(version.changed_paths.clone()),
        reason: Set(version.reason.clone()),
        transmit_time: Set(version.transmit_time),
        transmission: Set(version.transmission.as_ref().map(to_json).transpose()?),
        content_sha256: Set(version.transmit_time.map(|_| content_sha256(&version.content))),
    })
}

/// Of what was sent, nothing else can change.
const CONFIRM: &str = "
UPDATE request_version SET transmission = jsonb_set(transmission, '{confirmation_reference}', to_jsonb($2::text))
WHERE request_id = $1 AND transmission ->> 'medium' = 'urgent' AND transmission ->> 'confirmation_reference' IS NULL";

impl Tx {
    /// Saves a new request.
    pub async fn insert_request(&self, permit: &Permit, request: &FreezingRequest) -> Result<()> {
        permitted(permit);
        freezing_request::Entity::insert(row(request)?).exec_without_returning(&self.link).await?;
        self.save_newest_version(request).await
    }

    /// Saves a request after an act, with what the act changed beside it; `head` is the hash of the act's event.
    pub async fn save_request(
        &self,
        permit: &Permit,
        request: &FreezingRequest,
        changes: &Changes,
        head: Hash,
    ) -> Result<()> {
        permitted(permit);
        freezing_request::Entity::update_many()
            .set(row(request)?)
            .filter(freezing_request::Column::Id.eq(request.name.0))
            .exec(&self.link)
            .await?;
        if changes.versions {
            self.save_newest_version(request).await?;
        }
        if let Some(reference) = &changes.confirmation {
            let values = [request.name.0.into(), reference.clone().into()];
            self.link.execute_raw(self.statement(CONFIRM, values)).await?;
        }
        if changes.persons {
            self.save_persons(request).await?;
        }
        if !changes.assets.is_empty() {
            let first = request.asset_counts.total as usize - changes.assets.len();
            let place = (first, Some(request.requested_state));
            self.insert_assets(permit, place, &changes.assets, head).await?;
        }
        if !changes.disposed.is_empty() {
            let disposed = request.touched.iter().filter(|asset| changes.disposed.contains(&asset.name));
            self.insert_dispositions(permit, &disposed.collect::<Vec<_>>(), head).await?;
        }
        Ok(())
    }

    /// Versions before the newest were sent and do not change.
    async fn save_newest_version(&self, request: &FreezingRequest) -> Result<()> {
        use request_version::Column;
        let Some(version) = request.newest() else { return Ok(()) };
        let same = OnConflict::columns([Column::RequestId, Column::Number])
            .update_columns([
                Column::Content,
                Column::ChangedPaths,
                Column::Reason,
                Column::TransmitTime,
                Column::Transmission,
                Column::ContentSha256,
            ])
            .to_owned();
        request_version::Entity::insert(version_row(request.name, version)?)
            .on_conflict(same)
            .exec_without_returning(&self.link)
            .await?;
        Ok(())
    }

    async fn save_persons(&self, request: &FreezingRequest) -> Result<()> {
        let persons = request.persons.iter().map(|person| request_person::ActiveModel {
            request_id: Set(request.name.0),
            position: Set(person.position),
            display_name: Set(person.display_name.clone()),
            person_id: Set(person.person.map(|name| name.id)),
            status: Set(person.status.to_string()),
            status_date: Set(person.status_date),
        });
        let known =
            OnConflict::columns([request_person::Column::RequestId, request_person::Column::Position])
                .update_columns([
                    request_person::Column::DisplayName,
                    request_person::Column::Status,
                    request_person::Column::StatusDate,
                ])
                .to_owned();
        if !request.persons.is_empty() {
            request_person::Entity::insert_many(persons)
                .on_conflict(known)
                .exec_without_returning(&self.link)
                .await?;
        }
        let purposes = request.purposes.iter().map(|pair| request_purpose::ActiveModel {
            request_id: Set(request.name.0),
            position: Set(pair.position),
            purpose: Set(pair.purpose.to_string()),
            basis: Set(pair.basis.clone()),
            end_date: Set(pair.end_date),
            end_time: Set(pair.end_time),
        });
        let known = OnConflict::columns([
            request_purpose::Column::RequestId,
            request_purpose::Column::Position,
            request_purpose::Column::Purpose,
        ])
        .update_columns([
            request_purpose::Column::Basis,
            request_purpose::Column::EndDate,
            request_purpose::Column::EndTime,
        ])
        .to_owned();
        if !request.purposes.is_empty() {
            request_purpose::Entity::insert_many(purposes)
                .on_conflict(known)
                .exec_without_returning(&self.link)
                .await?;
        }
        Ok(())
    }
}
