//! The world of one test: a database of its own with the cast in it, and a server on it.

use std::sync::Mutex;

use chrono::Duration;
use focalnet::testing::store::Store;
use focalnet_contract::proto::{AssignMemberRequest, GetCaseRequest, UnassignMemberRequest};
use focalnet_domain::organization::Role;
use focalnet_migrations::ASSETS_OUT_OF_DATE;

use super::{
    actor::Actor,
    base::Base,
    cast::{Cast, EVERYBODY, Member, Org, Recruiting},
    ledger::texts,
    new_id,
    server::Server,
};

/// The world of one test.
pub(crate) struct World {
    pub(crate) base: &'static Base,
    /// Name of its database.
    pub(crate) database: String,
    pub(crate) server: Server,
    offset: Mutex<Duration>,
}

impl World {
    /// A new one, alike for all tests.
    pub(crate) async fn new() -> Self {
        let base = Base::get().await;
        let database = base.copy().await;
        Self::on(base, database).await
    }

    /// One in which the database server logs every statement.
    pub(crate) async fn with_statements_logged() -> Self {
        let base = Base::get().await;
        let database = base.copy().await;
        base.as_superuser(&format!("ALTER DATABASE {database} SET log_statement = 'all'")).await;
        Self::on(base, database).await
    }

    pub(super) async fn on(base: &'static Base, database: String) -> Self {
        let server = Server::start(&base.config(&database), &base.database(&database)).await;
        Self { base, database, server, offset: Mutex::default() }
    }

    /// Who and what there is.
    #[expect(clippy::unused_self, reason = "it is the world that has a cast")]
    pub(crate) fn cast(&self) -> &'static Cast {
        Base::cast()
    }

    /// One of the cast, with a token that was just issued.
    pub(crate) fn actor(&self, org: Org, role: Role) -> Actor {
        self.signed_in(org, role, self.cast().member(org, role))
    }

    fn signed_in(&self, org: Org, role: Role, member: &Member) -> Actor {
        let offset = *self.offset.lock().unwrap();
        let clients = member.clients(&self.server.channel, &self.base.tokens, offset);
        Actor { org, role, name: member.name.clone(), login: member.login.clone(), clients }
    }

    /// Somebody new at the Court, who is not assigned to the case.
    pub(crate) async fn newcomer(&self, org: Org, login: &str, roles: &[Role]) -> Actor {
        let keeper = self.registry().admin().clients;
        let organization = self.cast().organization(org);
        let recruiting = Recruiting { keeper, tokens: &self.base.tokens, organization };
        self.signed_in(org, roles[0], &recruiting.recruit(login, roles).await)
    }

    /// Everybody.
    pub(crate) fn everybody(&self) -> impl Iterator<Item = Actor> {
        EVERYBODY.iter().map(|(org, role)| self.actor(*org, *role))
    }

    /// Assigns somebody of the Court to the case of the cast.
    pub(crate) async fn assign(&self, who: &Actor) {
        let mut cases = self.registry().officer().cases();
        let (name, etag) = self.case_as_read().await;
        let user = who.name.clone();
        cases.assign_member(AssignMemberRequest { name, etag, request_id: new_id(), user }).await.unwrap();
    }

    /// Ends such an assignment.
    pub(crate) async fn unassign(&self, who: &Actor) {
        let mut cases = self.registry().officer().cases();
        let (name, etag) = self.case_as_read().await;
        let (user, reason) = (who.name.clone(), "Moved to another case".into());
        let request = UnassignMemberRequest { name, etag, request_id: new_id(), user, reason };
        cases.unassign_member(request).await.unwrap();
    }

    async fn case_as_read(&self) -> (String, String) {
        let get = GetCaseRequest { name: self.cast().case.clone() };
        let case = self.registry().officer().cases().get_case(get).await.unwrap().into_inner();
        (case.name, case.etag)
    }

    /// Sets the clock of all servers on this database ahead.
    pub(crate) async fn set_clock_ahead(&self, by: Duration) {
        let owner = Store::connect(&self.base.database(&self.database).owner_url, 1).await.unwrap();
        owner.set_clock_offset(by).await.unwrap();
        owner.close().await.unwrap();
        *self.offset.lock().unwrap() = by;
    }

    /// Each asset keeps what its facts say of it.
    pub(crate) async fn assets_are_up_to_date(&self) {
        let mut superuser = self.database_as("postgres").await;
        let none: [String; 0] = [];
        assert_eq!(texts(&mut superuser, ASSETS_OUT_OF_DATE).await, none);
    }

    /// How far ahead that is.
    pub(crate) fn offset(&self) -> Duration {
        *self.offset.lock().unwrap()
    }

    /// The Registry.
    pub(crate) fn registry(&self) -> Registry<'_> {
        Registry(self)
    }

    /// The Office of the Prosecutor.
    pub(crate) fn otp(&self) -> Otp<'_> {
        Otp(self)
    }

    /// Pre-Trial Chamber III.
    pub(crate) fn chamber(&self) -> Chamber<'_> {
        Chamber(self)
    }

    /// Portugal.
    pub(crate) fn portugal(&self) -> State<'_> {
        State(self, Org::Portugal)
    }

    /// Belgium.
    pub(crate) fn belgium(&self) -> State<'_> {
        State(self, Org::Belgium)
    }

    /// The Democratic Republic of the Congo.
    pub(crate) fn congo(&self) -> State<'_> {
        State(self, Org::Congo)
    }

    /// A user of the competent authority of Portugal.
    pub(crate) fn portuguese_authority(&self) -> Actor {
        self.actor(Org::Authority, Role::AuthorityUser)
    }
}

impl Drop for World {
    fn drop(&mut self) {
        self.base.remove(&self.database);
    }
}

macro_rules! people {
    ($($organ:ident { $($person:ident: $org:ident $role:ident,)* })*) => {$(
        impl $organ<'_> {
            $(pub(crate) fn $person(&self) -> Actor {
                self.0.actor(Org::$org, Role::$role)
            })*
        }
    )*};
}

pub(crate) struct Registry<'w>(&'w World);
pub(crate) struct Otp<'w>(&'w World);
pub(crate) struct Chamber<'w>(&'w World);

people! {
    Registry {
        admin: Registry PlatformAdmin,
        officer: Registry RegistryCooperationOfficer,
        approver: Registry RegistryApprover,
    }
    Otp {
        investigator: Otp OtpFinancialInvestigator,
        approver: Otp OtpApprover,
    }
    Chamber {
        legal_officer: Chamber ChamberLegalOfficer,
        judge: Chamber Judge,
    }
}

/// A State.
pub(crate) struct State<'w>(&'w World, Org);

impl State<'_> {
    /// `organizations/{uuid}`.
    pub(crate) fn name(&self) -> &'static str {
        self.0.cast().organization(self.1)
    }

    pub(crate) fn admin(&self) -> Actor {
        self.0.actor(self.1, Role::StateAdmin)
    }

    pub(crate) fn focal_point(&self) -> Actor {
        self.0.actor(self.1, Role::FocalPoint)
    }

    pub(crate) fn deputy(&self) -> Actor {
        self.0.actor(self.1, Role::DeputyFocalPoint)
    }
}
