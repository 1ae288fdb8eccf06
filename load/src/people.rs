//! Organs, States, authorities and the accounts of their people.

use focalnet_domain::{
    journal::{Audience, Subject},
    names::{OrganizationId, UserId},
    organization::{Kind, Role},
    states,
};
use sqlx::PgConnection;
use uuid::Uuid;

use crate::{
    Error, Somebody,
    copy::{Bytes, Rows, Table},
    days,
    journal::{Author, Journal},
    known,
    random::Random,
};

/// How many cooperation officers share the cases among them.
const TEAM: usize = 20;
/// How many Chambers there are.
const CHAMBERS: usize = 3;

/// An organ, a State or an authority.
#[derive(Debug, Clone)]
pub(crate) struct Org {
    pub(crate) id: Uuid,
    pub(crate) kind: Kind,
    pub(crate) display_name: String,
    pub(crate) country: Option<String>,
    pub(crate) state: Option<Uuid>,
}

/// A State with its focal point; some have an authority.
#[derive(Debug, Clone)]
pub(crate) struct StateOf {
    pub(crate) org: Org,
    pub(crate) focal_point: Author,
    pub(crate) authority: Option<Org>,
}

/// Who there is.
#[derive(Debug)]
pub(crate) struct People {
    pub(crate) registry: Org,
    pub(crate) otp: Org,
    /// With a legal officer each.
    pub(crate) chambers: Vec<(Org, Author)>,
    pub(crate) states: Vec<StateOf>,
    /// A cooperation officer who is assigned to every case.
    pub(crate) officer: Author,
    pub(crate) investigator: Author,
    /// Cooperation officers who share the cases among them.
    pub(crate) team: Vec<Author>,
    /// A cooperation officer who is assigned to the last case only.
    pub(crate) newcomer: Author,
    /// Accounts that were there, and are assigned to every case.
    pub(crate) members: Vec<Uuid>,
    /// Everybody who was made.
    pub(crate) made: Vec<Somebody>,
}

/// What people are made with.
struct Making<'a> {
    rows: &'a mut Rows,
    random: &'a mut Random,
    journal: &'a mut Journal,
    known: Vec<Org>,
    made: Vec<Somebody>,
}

/// Makes the people; organizations that are there already are taken as they are.
pub(crate) async fn make(
    connection: &mut PgConnection,
    (rows, random, journal): (&mut Rows, &mut Random, &mut Journal),
    states: u32,
    members: &[String],
) -> Result<People, Error> {
    let known = known::organizations(connection, journal).await?;
    let members = known::members(connection, members).await?;
    let mut making = Making { rows, random, journal, known, made: Vec::new() };
    // The platform's administrator keeps organizations; in a load it is a name in the journal.
    let keeper = |org: &Org, random: &mut Random| Author {
        user: random.id(),
        display_name: "Load".into(),
        organization: org.id,
        kind: org.kind,
        role: Role::PlatformAdmin,
    };
    let registry = making.draft(Kind::Registry, "Registry", None, None);
    let keeper = keeper(&registry, making.random);
    let registry = making.organization(registry, &keeper)?;
    let otp = making.draft(Kind::Otp, "Office of the Prosecutor", None, None);
    let otp = making.organization(otp, &keeper)?;
    let mut chambers = Vec::new();
    for number in 1..=CHAMBERS {
        let name = format!("Trial Chamber {number} of the load");
        let org = making.draft(Kind::Chamber, &name, None, None);
        let org = making.organization(org, &keeper)?;
        let officer =
            making.account(&org, &format!("load.chamber.{number}"), Role::ChamberLegalOfficer, &keeper)?;
        chambers.push((org, officer));
    }
    let officer = making.account(&registry, "load.officer", Role::RegistryCooperationOfficer, &keeper)?;
    let newcomer = making.account(&registry, "load.newcomer", Role::RegistryCooperationOfficer, &keeper)?;
    let investigator = making.account(&otp, "load.otp", Role::OtpFinancialInvestigator, &keeper)?;
    let mut team = Vec::new();
    for number in 1..=TEAM {
        let login = format!("load.team.{number}");
        team.push(making.account(&registry, &login, Role::RegistryCooperationOfficer, &keeper)?);
    }
    let mut of_states = Vec::new();
    for state in states::all().iter().take(states as usize) {
        let org = making.draft(Kind::State, &state.name_en, Some(&state.alpha2), None);
        let org = making.organization(org, &keeper)?;
        let code = state.alpha2.to_lowercase();
        let focal_point = making.account(&org, &format!("load.state.{code}"), Role::FocalPoint, &keeper)?;
        let authority = if making.random.percent(30) {
            let name = format!("Financial Intelligence Unit of {}", state.name_en);
            let unit = making.draft(Kind::Authority, &name, None, Some(org.id));
            let unit = making.organization(unit, &keeper)?;
            making.account(&unit, &format!("load.authority.{code}"), Role::AuthorityUser, &keeper)?;
            Some(unit)
        } else {
            None
        };
        of_states.push(StateOf { org, focal_point, authority });
    }
    let made = making.made;
    Ok(People {
        registry,
        otp,
        chambers,
        states: of_states,
        officer,
        investigator,
        team,
        newcomer,
        members,
        made,
    })
}

impl Making<'_> {
    /// An organization as it would be made, or the one that is there.
    fn draft(&mut self, kind: Kind, name: &str, country: Option<&str>, state: Option<Uuid>) -> Org {
        let same = |org: &&Org| match kind {
            Kind::Registry | Kind::Otp => org.kind == kind,
            Kind::State => org.country.as_deref() == country,
            _ => org.kind == kind && org.state == state && org.display_name == name,
        };
        self.known.iter().find(same).cloned().unwrap_or_else(|| Org {
            id: self.random.id(),
            kind,
            display_name: name.to_owned(),
            country: country.map(str::to_owned),
            state,
        })
    }

    fn organization(&mut self, org: Org, keeper: &Author) -> Result<Org, Error> {
        if self.known.iter().any(|known| known.id == org.id) {
            return Ok(org);
        }
        let name = OrganizationId(org.id);
        let stream = (Subject::Organization(name), org.id, Audience::Keepers);
        let what = ("create_organization", name.to_string(), days::first());
        let told = (&mut *self.rows, &mut *self.random);
        let told = self.journal.add(told, stream, keeper, (what.0, &what.1, what.2))?;
        self.rows.add(
            Table::Organization,
            &[
                &org.id,
                &org.kind.as_str(),
                &org.display_name,
                &org.country,
                &org.state,
                &days::first(),
                &Bytes(&told.head),
            ],
        );
        self.known.push(org.clone());
        Ok(org)
    }

    /// An account without a password, and its one mandate.
    fn account(&mut self, org: &Org, login: &str, role: Role, keeper: &Author) -> Result<Author, Error> {
        let user = self.random.id();
        let display_name = format!("Somebody called {login}");
        let stream = (Subject::Organization(OrganizationId(org.id)), org.id, Audience::Keepers);
        let mut head = [0; 32];
        for act in ["create_user", "grant_mandate"] {
            let told = (&mut *self.rows, &mut *self.random);
            let what = (act, &*UserId(user).to_string(), days::first());
            head = self.journal.add(told, stream, keeper, what)?.head;
        }
        let account: [&dyn crate::copy::Field; 7] =
            [&user, &org.id, &login, &display_name, &"active", &days::first(), &Bytes(&head)];
        self.rows.add(Table::Account, &account);
        self.rows.add(Table::Mandate, &[&self.random.id(), &user, &role.as_str(), &days::first()]);
        let organization = OrganizationId(org.id);
        self.made.push(Somebody { login: login.into(), user: UserId(user), organization, role });
        Ok(Author { user, display_name, organization: org.id, kind: org.kind, role })
    }
}
