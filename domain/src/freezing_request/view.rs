//! What one party sees of a request. Which fields it sees at all is decided by `authz::fields`; here is only what
//! depends on values: which version, which time, which flags.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    AssetCounts, Flag, FreezingRequest, Measure, Origin, Party, RequestContent, RequestPerson, State,
    VersionSummary, acknowledge::Acknowledgement, consultation::Consultation, deny::Denial,
    postpone::Postponement, transmit::Transmission,
};
use crate::{
    journal,
    journal::Bytes,
    money::Money,
    names::{ApprovalId, CaseId, FreezingRequestId, OrderId, OrganizationId},
    order,
    order::PurposeKind,
    words::words,
};

/// A request as a party sees it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct RequestView {
    pub name: FreezingRequestId,
    pub origin: Origin,
    pub case: CaseId,
    pub order: Option<OrderId>,
    pub requested_state: OrganizationId,
    #[serde(default)]
    pub requested_state_display_name: String,
    pub measures: Vec<Measure>,
    pub content: RequestContent,
    pub situation_number: String,
    pub case_number: String,
    pub order_number: Option<String>,
    pub order_date: Option<NaiveDate>,
    pub issuing_organization: OrganizationId,
    pub state: State,
    pub flags: Vec<Flag>,
    pub version: i32,
    pub versions: Vec<VersionSummary>,
    pub version_count: i32,
    pub persons: Vec<PersonView>,
    pub purposes: Vec<PurposeView>,
    pub transmission: Option<Transmission>,
    pub acknowledgement: Option<Acknowledgement>,
    pub authority: Option<OrganizationId>,
    pub authority_display_name: Option<String>,
    pub national_proceeding: Option<String>,
    pub postponement: Option<Postponement>,
    pub denial: Option<Denial>,
    pub consultations: Vec<Consultation>,
    pub asset_counts: AssetCounts,
    pub override_reason: Option<String>,
    pub successor: Option<FreezingRequestId>,
    pub pending_approval: Option<ApprovalId>,
    pub create_time: DateTime<Utc>,
    pub transmit_time: Option<DateTime<Utc>>,
    pub update_time: DateTime<Utc>,
}

/// A person with the purposes that still hold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct PersonView {
    #[serde(flatten)]
    pub person: RequestPerson,
    pub active_purposes: Vec<PurposeKind>,
}

words! {
    /// Whether a purpose holds for anybody.
    pub enum PurposeStatus {
        /// It does.
        Active = "active",
        /// It has ended for all persons.
        Ceased = "ceased",
    }
}

/// A purpose over all persons.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct PurposeView {
    pub purpose: PurposeKind,
    pub basis: String,
    pub status: PurposeStatus,
    pub end_date: Option<NaiveDate>,
    #[serde(default)]
    pub outstanding: Option<Money>,
}

/// SHA-256 of a content as the State sees it, as JSON in the order of the contract, hexadecimal. The digest
/// stands in the journal of both sides, so it is made of nothing that one of them may not know.
#[must_use]
pub fn content_sha256(content: &RequestContent) -> String {
    let mut seen = content.clone();
    for person in &mut seen.persons {
        person.person = None;
    }
    let json = serde_json::to_vec(&seen)
        .unwrap_or_else(|error| unreachable!("what a request says is always JSON: {error}"));
    Bytes(journal::sha256(&[&json]).to_vec()).hex()
}

impl FreezingRequest {
    /// What `party` sees at `at`; `update_time` is the time of the newest event it may read.
    #[must_use]
    pub fn view(&self, party: Party, at: DateTime<Utc>, update_time: DateTime<Utc>) -> RequestView {
        let shown = self.versions.shown_to(party);
        let number = shown.map_or(0, |version| version.number);
        let mut flags = self.flags(at);
        flags.retain(|flag| party.is_issuer() || *flag != Flag::AmendmentUnsent);
        RequestView {
            name: self.name,
            origin: self.origin,
            case: self.case,
            order: self.order,
            requested_state: self.requested_state,
            requested_state_display_name: self.requested_state_display_name.clone(),
            measures: self.measures.clone(),
            content: shown.map(|version| version.content.clone()).unwrap_or_default(),
            situation_number: self.situation_number.clone(),
            case_number: self.case_number.clone(),
            order_number: self.order_number.clone(),
            order_date: self.order_date,
            issuing_organization: self.issuing_organization,
            state: self.state,
            flags,
            version: number,
            versions: self.versions.told_to(party),
            version_count: number,
            persons: self.persons.iter().map(|person| self.person_view(person)).collect(),
            purposes: self.purpose_views(),
            transmission: self.sent().and_then(|version| version.transmission.clone()),
            acknowledgement: self.facts.acknowledgement.clone(),
            authority: self.authority,
            authority_display_name: self.authority_display_name.clone(),
            national_proceeding: self.facts.national_proceeding.clone(),
            postponement: self.facts.postponement.clone().filter(|p| at.date_naive() <= p.until_date),
            denial: self.facts.denial.clone(),
            consultations: self.facts.consultations.clone(),
            asset_counts: self.asset_counts,
            override_reason: self.facts.override_reason.clone(),
            successor: self.facts.successor,
            pending_approval: None,
            create_time: self.create_time,
            transmit_time: self.transmit_time,
            update_time,
        }
    }

    fn person_view(&self, person: &RequestPerson) -> PersonView {
        let holds =
            |pair: &&super::RequestPurpose| pair.position == person.position && pair.end_date.is_none();
        let active_purposes = self.purposes.iter().filter(holds).map(|pair| pair.purpose).collect();
        PersonView { person: person.clone(), active_purposes }
    }

    fn purpose_views(&self) -> Vec<PurposeView> {
        let mut views: Vec<PurposeView> = Vec::new();
        for pair in &self.purposes {
            let status = if pair.end_date.is_none() { PurposeStatus::Active } else { PurposeStatus::Ceased };
            match views.iter_mut().find(|view| view.purpose == pair.purpose) {
                None => views.push(PurposeView {
                    purpose: pair.purpose,
                    basis: pair.basis.clone(),
                    status,
                    end_date: pair.end_date,
                    outstanding: order::amount_for(&self.outstanding, pair.purpose).cloned(),
                }),
                Some(view) if status == PurposeStatus::Active || view.status == PurposeStatus::Active => {
                    view.status = PurposeStatus::Active;
                    view.end_date = None;
                }
                Some(view) => view.end_date = view.end_date.max(pair.end_date),
            }
        }
        views
    }
}
