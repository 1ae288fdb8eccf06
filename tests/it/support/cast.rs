//! Who there is: the organs of the Court, three States, an authority, their people, and a case with its order.
//!
//! The cast is assembled once, through the API, by the people themselves: the platform's administrator makes
//! organizations and administrators, these make their own people, and the Registry opens the case.

use std::{collections::HashMap, fmt};

use chrono::Duration;
use focalnet::testing::{app::FirstAdministrator, security::Tokens};
use focalnet_contract::proto::{
    AddPersonRequest, AssignMemberRequest, Case, ChangePasswordRequest, CreateCaseRequest,
    CreateOrganizationRequest, CreateUserRequest, GetCaseRequest, GrantMandateRequest,
    ListOrganizationsRequest, LoginRequest, Order, Organization, Person, PurposeKind, RecordOrderRequest,
    Tokens as TokenPair, User, freezing_request::Measure, order, organization::Kind,
};
use focalnet_domain::organization::Role;
use tonic::transport::Channel;
use uuid::Uuid;

use super::{
    actor::{Bearer, Clients},
    new_id,
    server::Server,
};

/// The password of everybody.
pub(crate) const PASSWORD: &str = "quartz lantern 7 otters";

/// The organizations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Org {
    Registry,
    Otp,
    Chamber,
    Portugal,
    Belgium,
    Congo,
    /// A competent authority of Portugal.
    Authority,
}

use Org::{Authority, Belgium, Chamber, Congo, Otp, Portugal, Registry};

impl Org {
    fn is_court(self) -> bool {
        matches!(self, Registry | Otp | Chamber)
    }

    fn facts(self) -> (Kind, &'static str, &'static str) {
        match self {
            Registry => (Kind::Registry, "Registry", ""),
            Otp => (Kind::Otp, "Office of the Prosecutor", ""),
            Chamber => (Kind::Chamber, "Pre-Trial Chamber III", ""),
            Portugal => (Kind::State, "Portugal", "PT"),
            Belgium => (Kind::State, "Belgium", "BE"),
            Congo => (Kind::State, "Democratic Republic of the Congo", "CD"),
            Authority => (Kind::Authority, "Financial Investigation Unit", ""),
        }
    }
}

/// Everybody, in the order in which they come to be.
pub(crate) const EVERYBODY: &[(Org, Role)] = &[
    (Registry, Role::PlatformAdmin),
    (Registry, Role::RegistryCooperationOfficer),
    (Registry, Role::RegistryApprover),
    (Otp, Role::OtpFinancialInvestigator),
    (Otp, Role::OtpApprover),
    (Chamber, Role::ChamberLegalOfficer),
    (Chamber, Role::Judge),
    (Portugal, Role::StateAdmin),
    (Portugal, Role::FocalPoint),
    (Portugal, Role::DeputyFocalPoint),
    (Authority, Role::AuthorityUser),
    (Belgium, Role::StateAdmin),
    (Belgium, Role::FocalPoint),
    (Belgium, Role::DeputyFocalPoint),
    (Congo, Role::StateAdmin),
    (Congo, Role::FocalPoint),
    (Congo, Role::DeputyFocalPoint),
];

/// A person with an account, and a session that lives as long as the test.
#[derive(Debug, Clone)]
pub(crate) struct Member {
    /// `users/{uuid}`.
    pub(crate) name: String,
    /// What the person signs in with.
    pub(crate) login: String,
    pub(super) user: Uuid,
    pub(super) session: Uuid,
}

/// Who and what there is.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    organizations: HashMap<Org, String>,
    members: HashMap<(Org, Role), Member>,
    /// The case, `cases/{uuid}`.
    pub(crate) case: String,
    /// The person it is about.
    pub(crate) person: String,
    /// The sealed order, applied for by the Prosecutor.
    pub(crate) order: String,
}

impl Cast {
    /// `organizations/{uuid}`.
    pub(crate) fn organization(&self, org: Org) -> &str {
        &self.organizations[&org]
    }

    /// The one who holds this role there.
    pub(crate) fn member(&self, org: Org, role: Role) -> &Member {
        &self.members[&(org, role)]
    }

    pub(crate) async fn assemble(server: &Server, tokens: &Tokens) -> Self {
        let mut making = Making { server, tokens, cast: Self::default() };
        making.administrator().await;
        for (org, role) in &EVERYBODY[1..] {
            making.organization(*org).await;
            making.member(*org, *role).await;
        }
        making.case().await;
        making.cast
    }
}

struct Making<'a> {
    server: &'a Server,
    tokens: &'a Tokens,
    cast: Cast,
}

impl Making<'_> {
    fn clients(&self, org: Org, role: Role) -> Clients {
        self.cast.member(org, role).clients(&self.server.channel, self.tokens, Duration::zero())
    }

    async fn administrator(&mut self) {
        let first = FirstAdministrator {
            organization: Registry.facts().1.into(),
            login: "registry.platform_admin".into(),
            display_name: "Ada Administrator".into(),
            password: PASSWORD.into(),
        };
        let name = self.server.app.bootstrap(&first).await.unwrap().to_string();
        let pair = login(&self.server.channel, &first.login, PASSWORD).await;
        let member = signed_in(self.tokens, name, first.login, &pair);
        self.cast.members.insert(EVERYBODY[0], member);
        let mut known = self.clients(Registry, Role::PlatformAdmin).organizations();
        let known = known.list_organizations(ListOrganizationsRequest::default());
        let registry = known.await.unwrap().into_inner().organizations.remove(0);
        self.cast.organizations.insert(Registry, registry.name);
    }

    /// Makes an organization with the first of its people.
    async fn organization(&mut self, org: Org) {
        if self.cast.organizations.contains_key(&org) {
            return;
        }
        let (kind, display_name, country_code) = org.facts();
        let state =
            if org == Authority { self.cast.organization(Portugal).to_owned() } else { String::new() };
        let organization = Organization {
            kind: kind.into(),
            display_name: display_name.into(),
            country_code: country_code.into(),
            state,
            ..Organization::default()
        };
        let request = CreateOrganizationRequest { organization: Some(organization), request_id: new_id() };
        let made = self.keeper(org).organizations().create_organization(request).await.unwrap().into_inner();
        self.cast.organizations.insert(org, made.name);
    }

    /// Who keeps an organization and its users.
    fn keeper(&self, org: Org) -> Clients {
        match org {
            Portugal | Belgium | Congo if self.cast.members.contains_key(&(org, Role::StateAdmin)) => {
                self.clients(org, Role::StateAdmin)
            }
            Authority => self.clients(Portugal, Role::StateAdmin),
            _ => self.clients(Registry, Role::PlatformAdmin),
        }
    }

    async fn member(&mut self, org: Org, role: Role) {
        let recruiting = Recruiting {
            keeper: self.keeper(org),
            tokens: self.tokens,
            organization: self.cast.organization(org),
        };
        let member = recruiting.recruit(&format!("{org}.{role}"), &[role]).await;
        self.cast.members.insert((org, role), member);
    }

    async fn case(&mut self) {
        let mut cases = self.clients(Registry, Role::RegistryCooperationOfficer).cases();
        let case = Case {
            situation_number: "ICC-01/05".into(),
            case_number: "ICC-01/05-01/08".into(),
            display_name: "The Prosecutor v. Jean Paul Ngoma".into(),
            ..Case::default()
        };
        let request = CreateCaseRequest { case: Some(case), request_id: new_id() };
        let mut case = cases.create_case(request).await.unwrap().into_inner();
        let person = Person {
            family_name: "Ngoma".into(),
            given_names: "Jean Paul".into(),
            warrant_date: "2008-05-23".into(),
            ..Person::default()
        };
        let request =
            AddPersonRequest { parent: case.name.clone(), person: Some(person), request_id: new_id() };
        self.cast.person = cases.add_person(request).await.unwrap().into_inner().name;

        let court = EVERYBODY.iter().filter(|(org, role)| org.is_court() && role.sees_content());
        for (org, role) in court.filter(|(_, role)| *role != Role::RegistryCooperationOfficer) {
            let get = GetCaseRequest { name: case.name.clone() };
            case = cases.get_case(get).await.unwrap().into_inner();
            let request = AssignMemberRequest {
                name: case.name.clone(),
                etag: case.etag.clone(),
                request_id: new_id(),
                user: self.cast.member(*org, *role).name.clone(),
            };
            cases.assign_member(request).await.unwrap();
        }
        self.cast.case = case.name;
        self.order().await;
    }

    async fn order(&mut self) {
        let order = Order {
            case: self.cast.case.clone(),
            document_number: "ICC-01/05-01/08-8-US-Exp".into(),
            chamber: self.cast.organization(Chamber).into(),
            applicant: self.cast.organization(Otp).into(),
            decision_date: "2008-05-27".into(),
            classification: order::Classification::UnderSeal.into(),
            summary: "Requests for the identification, tracing and freezing of property.".into(),
            purposes: [PurposeKind::Forfeiture, PurposeKind::Reparations, PurposeKind::LegalAid]
                .map(Into::into)
                .to_vec(),
            persons: vec![self.cast.person.clone()],
            measures: [Measure::Trace, Measure::Freeze, Measure::Enforce].map(Into::into).to_vec(),
            ..Order::default()
        };
        let request = RecordOrderRequest { order: Some(order), request_id: new_id() };
        let mut orders = self.clients(Chamber, Role::ChamberLegalOfficer).orders();
        self.cast.order = orders.record_order(request).await.unwrap().into_inner().name;
    }
}

/// A keeper of accounts who takes somebody in.
pub(super) struct Recruiting<'a> {
    pub(super) keeper: Clients,
    pub(super) tokens: &'a Tokens,
    pub(super) organization: &'a str,
}

impl Recruiting<'_> {
    /// Makes an account with roles; its person signs in with the code and chooses a password.
    pub(super) async fn recruit(&self, login_name: &str, roles: &[Role]) -> Member {
        let mut users = self.keeper.users();
        let user = User {
            organization: self.organization.into(),
            login: login_name.into(),
            display_name: format!("Somebody called {login_name}"),
            ..User::default()
        };
        let request = CreateUserRequest { user: Some(user), request_id: new_id() };
        let mut user = users.create_user(request).await.unwrap().into_inner();
        let code = std::mem::take(&mut user.one_time_code);
        for role in roles {
            let grant = GrantMandateRequest {
                name: user.name.clone(),
                etag: user.etag,
                request_id: new_id(),
                role: wire(*role),
                ..GrantMandateRequest::default()
            };
            user = users.grant_mandate(grant).await.unwrap().into_inner();
        }

        let restricted = login(&self.keeper.channel, login_name, &code).await;
        let bearer = Bearer::new(&restricted.access_token);
        let mut auth = Clients { channel: self.keeper.channel.clone(), bearer }.auth();
        let change = ChangePasswordRequest { current_password: code, new_password: PASSWORD.into() };
        let pair = auth.change_password(change).await.unwrap().into_inner();
        signed_in(self.tokens, user.name, login_name.into(), &pair)
    }
}

/// Signs in.
pub(crate) async fn login(channel: &Channel, login: &str, password: &str) -> TokenPair {
    let request = LoginRequest { login: login.into(), password: password.into() };
    Clients::of_nobody(channel).auth().login(request).await.unwrap().into_inner()
}

fn signed_in(tokens: &Tokens, name: String, login: String, pair: &TokenPair) -> Member {
    let claims = tokens.verify(&pair.access_token).unwrap();
    Member { name, login, user: claims.user, session: claims.session }
}

/// A role as the contract numbers it.
pub(crate) fn wire(role: Role) -> i32 {
    let name = format!("ROLE_{}", role.as_str().to_uppercase());
    focalnet_contract::proto::Role::from_str_name(&name).unwrap().into()
}

impl fmt::Display for Org {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&format!("{self:?}").to_lowercase())
    }
}
