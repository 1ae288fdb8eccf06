//! What a request says: RS 96(2), in the sections of the freezing certificate of Regulation (EU) 2018/1805.
//!
//! Once sent, a version of it never changes; its digest stands in the journal.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::national::NonPartyBasis;
use crate::{
    asset::{AssetIdentifier, AssetType, Valuation},
    money::Money,
    names::PersonId,
    order::PurposeKind,
    text::{LocalizedText, Stated},
    words::words,
};

/// Most days between two reports of a State.
pub const REPORTS_APART: i32 = 3_650;

words! {
    /// What a measure is to reach.
    pub enum ObjectKind {
        /// An amount of money.
        Amount = "amount",
        /// Specific items.
        SpecificItems = "specific_items",
        /// Property of equivalent value.
        EquivalentValue = "equivalent_value",
        /// All assets of a person.
        AllAssets = "all_assets",
    }
}

words! {
    /// Whether affected persons may be told (RPE 99(2)-(3)).
    pub enum NoticePolicy {
        /// Not before effectiveness allows it.
        Deferred = "deferred",
        /// Allowed.
        Allowed = "allowed",
        /// Ordered.
        Ordered = "ordered",
        /// Done already.
        Done = "done",
    }
}

words! {
    /// What a person has to do with the assets.
    pub enum Capacity {
        /// Suspect, accused or convicted person.
        Target = "target",
        /// Owner or holder of assets to be reached.
        Owner = "owner",
        /// Third party whose rights are hit.
        ThirdParty = "third_party",
    }
}

/// What a request says. Each field is documented in `request_content.proto`, section by section.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(default)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct RequestContent {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub executing_authority: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub persons: Vec<ConcernedPerson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place_of_execution: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub third_parties: Option<Stated>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub objects: Vec<ObjectKind>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount: Option<Money>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub amount_computation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub already_recovered: Option<Money>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub assets: Vec<RequestedAsset>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub facts: Option<LocalizedText>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage_of_proceedings: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub grounds: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub crimes: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link_to_crime: Option<Stated>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub purposes: Vec<PurposeBasis>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidentiality: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub formalities: Option<Stated>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice_policy: Option<NoticePolicy>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_requests: Vec<RelatedRequest>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub follow_up: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alternative_measures: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub restitution: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub remedies: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub issuing_authority: Option<IssuingAuthority>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub attachments: Vec<Attachment>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub management_plan: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub valuation_date: Option<NaiveDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reporting_interval_days: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub forfeited_property: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reparations_scope: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub payee_account: Option<PayeeAccount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub non_party_basis: Option<NonPartyBasis>,
}

/// How soon, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(default)]
pub struct Urgency {
    /// Whether the request is urgent.
    pub urgent: bool,
    /// Grounds of the urgency.
    pub grounds: Option<String>,
    /// Day by which execution is requested.
    pub execution_date: Option<NaiveDate>,
    /// Grounds for that day.
    pub execution_date_grounds: Option<String>,
}

/// A person the measure concerns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConcernedPerson {
    /// The person of the case: never shown to a State.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<PersonId>,
    /// What the person has to do with the assets.
    pub capacity: Capacity,
    /// Who it is.
    #[serde(flatten)]
    pub identity: Identity,
}

/// A human being or a legal person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Identity {
    /// A human being.
    Natural(NaturalPerson),
    /// A company, association or other legal person.
    Legal(LegalPerson),
}

/// A human being, as section C1 asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(default)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct NaturalPerson {
    pub family_name: Option<String>,
    pub given_names: Option<String>,
    pub aliases: Vec<String>,
    pub sex: Option<Stated>,
    pub nationalities: Option<Stated>,
    pub identity_number: Option<Stated>,
    pub identity_document: Option<Stated>,
    pub birth_date: Option<Stated>,
    pub birth_place: Option<Stated>,
    pub address: Option<Stated>,
    pub languages: Option<Stated>,
}

/// A legal person, as section C1 asks.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[serde(default)]
#[expect(missing_docs, reason = "the proto is the manual of these fields")]
pub struct LegalPerson {
    pub legal_name: Option<String>,
    pub legal_form: Option<Stated>,
    pub trade_name: Option<Stated>,
    pub seat: Option<Stated>,
    pub registration_number: Option<Stated>,
    pub address: Option<Stated>,
    pub representative: Option<Stated>,
}

impl ConcernedPerson {
    /// The name to call the person by, as the content gives it.
    #[must_use]
    pub fn display_name(&self) -> String {
        let parts = match &self.identity {
            Identity::Natural(p) => [p.given_names.as_deref(), p.family_name.as_deref()],
            Identity::Legal(p) => [p.legal_name.as_deref(), None],
        };
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    }
}

/// An asset as the request describes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequestedAsset {
    /// What kind of thing it is.
    #[serde(rename = "type")]
    pub kind: AssetType,
    /// Description.
    pub description: String,
    /// Identifiers.
    #[serde(default)]
    pub identifiers: Vec<AssetIdentifier>,
    /// Where it is.
    pub location: Option<String>,
    /// Who holds it.
    pub holder: Option<Stated>,
    /// Why it is believed to be there.
    pub grounds: Option<String>,
    /// Value with its day.
    pub valuation: Option<Valuation>,
    /// Link to the person or the crime.
    pub link: Option<String>,
}

/// A purpose with its basis.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PurposeBasis {
    /// The purpose.
    pub purpose: PurposeKind,
    /// Provision it rests on.
    pub basis: String,
}

/// An earlier request to the same State.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RelatedRequest {
    /// What it asked for.
    #[serde(rename = "type")]
    pub kind: String,
    /// Day.
    pub request_date: NaiveDate,
    /// Authority it went to.
    pub authority: Option<String>,
    /// The Court's reference.
    pub court_reference: String,
    /// The State's reference.
    pub national_reference: Option<String>,
}

/// Who issues, who can be asked, who signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IssuingAuthority {
    /// Issuing organ.
    pub authority: String,
    /// Who can be asked.
    pub contact: String,
    /// Languages of the contact.
    pub languages: Vec<String>,
    /// Who signed.
    pub signatory: String,
    /// Day of the signature.
    pub signature_date: NaiveDate,
}

/// An attachment: its metadata.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attachment {
    /// What it is.
    pub kind: String,
    /// File name.
    pub file_name: String,
    /// SHA-256, hexadecimal.
    pub sha256: String,
    /// Size in bytes.
    pub size_bytes: i64,
    /// Language.
    pub language_code: String,
    /// File name of the attachment that this one translates.
    pub translation_of: Option<String>,
}

/// An account to pay to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PayeeAccount {
    /// IBAN.
    pub iban: String,
    /// BIC.
    pub bic: String,
    /// Holder.
    pub holder: String,
}
