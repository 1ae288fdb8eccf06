//! Who takes part in the story. The parties are real; the people are invented.

use focalnet_contract::proto::{Organization, Role, organization::Kind};
use secrecy::SecretString;

/// An organization of the story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// The Registry.
    Registry,
    /// Pre-Trial Chamber III.
    Chamber,
    /// Trial Chamber VII, of the case about witnesses.
    TrialChamber,
    /// The Office of the Prosecutor.
    Otp,
    /// Belgium.
    Belgium,
    /// Portugal.
    Portugal,
    /// The Democratic Republic of the Congo.
    Congo,
    /// The competent authority of Portugal.
    Faro,
}

impl Place {
    /// Those that the platform's administrator makes; the Registry is there from the start.
    pub(super) const MADE: [Self; 6] =
        [Self::Chamber, Self::TrialChamber, Self::Otp, Self::Belgium, Self::Portugal, Self::Congo];

    /// The name people use.
    #[must_use]
    pub const fn display_name(self) -> &'static str {
        match self {
            Self::Registry => "Registry",
            Self::Chamber => "Pre-Trial Chamber III",
            Self::TrialChamber => "Trial Chamber VII",
            Self::Otp => "Office of the Prosecutor",
            Self::Belgium => "Belgium",
            Self::Portugal => "Portugal",
            Self::Congo => "Democratic Republic of the Congo",
            Self::Faro => "Public Prosecution Service, Faro",
        }
    }

    /// Whether it is an organ of the Court.
    pub(super) const fn is_court(self) -> bool {
        matches!(self, Self::Registry | Self::Chamber | Self::TrialChamber | Self::Otp)
    }

    /// The organization to create; `state` is the name of the State of an authority.
    pub(super) fn organization(self, state: String) -> Organization {
        let (kind, country_code) = match self {
            Self::Registry => (Kind::Registry, ""),
            Self::Chamber | Self::TrialChamber => (Kind::Chamber, ""),
            Self::Otp => (Kind::Otp, ""),
            Self::Belgium => (Kind::State, "BE"),
            Self::Portugal => (Kind::State, "PT"),
            Self::Congo => (Kind::State, "CD"),
            Self::Faro => (Kind::Authority, ""),
        };
        Organization {
            kind: kind.into(),
            display_name: self.display_name().to_owned(),
            country_code: country_code.to_owned(),
            state,
            ..Organization::default()
        }
    }
}

macro_rules! cast {
    ($($(#[$doc:meta])* $who:ident = $key:literal, $name:literal, $login:literal, $place:ident, $role:ident;)*) => {
        /// A person of the story.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Who { $($(#[$doc])* $who,)* }

        impl Who {
            /// Everybody.
            pub const ALL: &'static [Self] = &[$(Self::$who,)*];

            /// The key in the output.
            #[must_use]
            pub const fn key(self) -> &'static str {
                match self { $(Self::$who => $key,)* }
            }

            /// The person's name.
            #[must_use]
            pub const fn display_name(self) -> &'static str {
                match self { $(Self::$who => $name,)* }
            }

            /// What the person signs in with.
            #[must_use]
            pub const fn login(self) -> &'static str {
                match self { $(Self::$who => $login,)* }
            }

            /// Where the person works.
            #[must_use]
            pub const fn place(self) -> Place {
                match self { $(Self::$who => Place::$place,)* }
            }

            /// The person's mandate.
            #[must_use]
            pub const fn role(self) -> Role {
                match self { $(Self::$who => Role::$role,)* }
            }
        }
    };
}

cast! {
    /// Keeps the Court's organizations and users.
    PlatformAdmin = "platform_admin", "Noor Haddad", "noor.haddad", Registry, PlatformAdmin;
    /// Drafts and sends.
    RegistryOfficer = "registry_officer", "Elise Moreau", "elise.moreau", Registry, RegistryCooperationOfficer;
    /// The Registry's second person.
    RegistryApprover = "registry_approver", "Kwame Boateng", "kwame.boateng", Registry, RegistryApprover;
    /// Records orders, answers for the Chamber.
    LegalOfficer = "chamber_legal_officer", "Mirela Petrova", "mirela.petrova", Chamber, ChamberLegalOfficer;
    /// A judge.
    Judge = "judge", "Alma Castellanos", "alma.castellanos", Chamber, Judge;
    /// Traces assets.
    Investigator = "otp_investigator", "Jonas Lindqvist", "jonas.lindqvist", Otp, OtpFinancialInvestigator;
    /// The Prosecutor's second person.
    OtpApprover = "otp_approver", "Farah Siddiqui", "farah.siddiqui", Otp, OtpApprover;
    /// Keeps Belgium's users.
    BelgiumAdmin = "belgium_state_admin", "Pieter Claes", "pieter.claes", Belgium, StateAdmin;
    /// Belgium's focal point.
    BelgiumFocalPoint = "belgium_focal_point", "Lotte Vermeulen", "lotte.vermeulen", Belgium, FocalPoint;
    /// Keeps Portugal's users.
    PortugalAdmin = "portugal_state_admin", "Rui Tavares", "rui.tavares", Portugal, StateAdmin;
    /// Portugal's focal point.
    PortugalFocalPoint = "portugal_focal_point", "Inês Carvalho", "ines.carvalho", Portugal, FocalPoint;
    /// Her deputy.
    PortugalDeputy = "portugal_deputy_focal_point", "Duarte Nogueira", "duarte.nogueira", Portugal, DeputyFocalPoint;
    /// Executes in Portugal.
    Faro = "portugal_authority_user", "Sofia Ramalho", "sofia.ramalho", Faro, AuthorityUser;
    /// Keeps the Congo's users.
    CongoAdmin = "drc_state_admin", "Patrice Ilunga", "patrice.ilunga", Congo, StateAdmin;
    /// The Congo's focal point.
    CongoFocalPoint = "drc_focal_point", "Chantal Mbuyi", "chantal.mbuyi", Congo, FocalPoint;
}

impl Who {
    /// The administrator who keeps the account.
    pub(super) const fn keeper(self) -> Self {
        match self.place() {
            Place::Belgium => Self::BelgiumAdmin,
            Place::Portugal | Place::Faro => Self::PortugalAdmin,
            Place::Congo => Self::CongoAdmin,
            Place::Registry | Place::Chamber | Place::TrialChamber | Place::Otp => Self::PlatformAdmin,
        }
    }

    /// The mandate in a word, as `focal_point`.
    #[must_use]
    pub fn role_word(self) -> String {
        self.role().as_str_name().trim_start_matches("ROLE_").to_lowercase()
    }
}

/// A person with an account.
#[derive(Debug, Clone)]
pub struct Actor {
    /// Who it is.
    pub who: Who,
    /// The person's organization, `organizations/{uuid}`.
    pub organization: String,
    /// The password, made for this run.
    pub password: SecretString,
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn nobody_is_two_people() {
        for text in [Who::key, Who::login, Who::display_name] {
            let different: BTreeSet<_> = Who::ALL.iter().map(|who| text(*who)).collect();
            assert_eq!(different.len(), Who::ALL.len());
        }
        assert_eq!(Who::PortugalDeputy.role_word(), "deputy_focal_point");
    }
}
