//! Organizations and the roles their people can hold.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::{
    names::OrganizationId,
    states::{self, RegionalGroup},
    text::LocalizedText,
    words::words,
};

words! {
    /// What an organization is.
    pub enum Kind {
        /// A Chamber.
        Chamber = "chamber",
        /// The Office of the Prosecutor.
        Otp = "otp",
        /// The Registry.
        Registry = "registry",
        /// The Presidency.
        Presidency = "presidency",
        /// A State.
        State = "state",
        /// A competent authority of a State.
        Authority = "authority",
    }
}

impl Kind {
    /// Whether it is an organ of the Court.
    #[must_use]
    pub const fn is_court(self) -> bool {
        !matches!(self, Self::State | Self::Authority)
    }
}

words! {
    /// What a person may be mandated to do.
    pub enum Role {
        /// Keeps organizations, States and the Court's users; sees no content.
        PlatformAdmin = "platform_admin",
        /// Keeps the users of its own State and authorities; sees no content.
        StateAdmin = "state_admin",
        /// Judge of a Chamber.
        Judge = "judge",
        /// Legal officer of a Chamber.
        ChamberLegalOfficer = "chamber_legal_officer",
        /// Financial investigator of the Office of the Prosecutor.
        OtpFinancialInvestigator = "otp_financial_investigator",
        /// Second person of the Office of the Prosecutor.
        OtpApprover = "otp_approver",
        /// Cooperation officer of the Registry.
        RegistryCooperationOfficer = "registry_cooperation_officer",
        /// Second person of the Registry.
        RegistryApprover = "registry_approver",
        /// Focal point of a State.
        FocalPoint = "focal_point",
        /// Deputy focal point of a State.
        DeputyFocalPoint = "deputy_focal_point",
        /// User of a competent authority.
        AuthorityUser = "authority_user",
    }
}

impl Role {
    /// The kinds of organization in which the role can be held.
    #[must_use]
    pub const fn kinds(self) -> &'static [Kind] {
        match self {
            Self::PlatformAdmin | Self::RegistryCooperationOfficer | Self::RegistryApprover => {
                &[Kind::Registry]
            }
            Self::Judge | Self::ChamberLegalOfficer => &[Kind::Chamber],
            Self::OtpFinancialInvestigator | Self::OtpApprover => &[Kind::Otp],
            Self::StateAdmin | Self::FocalPoint | Self::DeputyFocalPoint => &[Kind::State],
            Self::AuthorityUser => &[Kind::Authority],
        }
    }

    /// Whether the role lets its holder see cases and requests at all: administrators do not.
    #[must_use]
    pub const fn sees_content(self) -> bool {
        !matches!(self, Self::PlatformAdmin | Self::StateAdmin)
    }
}

/// An organ of the Court, a State, or a competent authority of a State.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Organization {
    /// Its name.
    pub name: OrganizationId,
    /// What it is.
    pub kind: Kind,
    /// The name people use.
    pub display_name: String,
    /// ISO 3166-1 alpha-2 code of a State.
    pub country_code: Option<String>,
    /// The State of an authority.
    pub state: Option<OrganizationId>,
    /// When it was created here.
    pub create_time: DateTime<Utc>,
}

/// An organization as it is shown: of a State also what the world knows of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrganizationView {
    /// The organization.
    #[serde(flatten)]
    pub organization: Organization,
    /// What is known of a State.
    #[serde(flatten)]
    pub state_facts: Option<StateFacts>,
}

/// What is known of a State, from the list of States and their membership.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StateFacts {
    /// ISO 3166-1 alpha-3 code.
    pub alpha3_code: String,
    /// Short names at the United Nations.
    pub official_names: Vec<LocalizedText>,
    /// Regional group.
    pub regional_group: RegionalGroup,
    /// Day on which the Rome Statute entered into force for it.
    pub party_from_date: Option<NaiveDate>,
    /// Day on which a withdrawal took effect.
    pub party_until_date: Option<NaiveDate>,
}

impl From<Organization> for OrganizationView {
    fn from(organization: Organization) -> Self {
        let state = organization.country_code.as_deref().and_then(states::by_code);
        let named = |text: &String, language: &str| LocalizedText {
            text: text.clone(),
            language_code: language.to_owned(),
        };
        let state_facts = state.map(|state| StateFacts {
            alpha3_code: state.alpha3.clone(),
            official_names: vec![named(&state.name_en, "en"), named(&state.name_fr, "fr")],
            regional_group: state.group,
            party_from_date: state.party_from,
            party_until_date: state.party_until,
        });
        Self { organization, state_facts }
    }
}

/// What a new organization is made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NewOrganization {
    /// What it is.
    pub kind: Kind,
    /// The name people use.
    pub display_name: String,
    /// ISO 3166-1 alpha-2 code: of a State only.
    pub country_code: Option<String>,
    /// The State: of an authority only.
    pub state: Option<OrganizationId>,
}
