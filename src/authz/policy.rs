//! The policy table: one row for each method of the contract. A method without a row does not build.

use std::fmt::Write as _;

use focalnet_contract::Rpc;
use focalnet_domain::{
    asset::{act::AssetActKind, disposition::Side},
    clarification::ClarificationAct,
    error::Reason,
    freezing_request::{ActKind, Party, lifecycle, lifecycle::Row},
    names::{OrganizationId, UserId},
    order,
    organization::{Kind, Role},
    questionnaire::response::ResponseAct,
};

use tracing::Span;

use super::Actor;
use crate::error::{Error, Result};

/// What a method asks of its caller, beside seeing the resource at all (which the scope decides first).
#[derive(Debug, Clone, Copy)]
pub enum Rule {
    /// Nothing: it makes or continues a session.
    Public,
    /// Any session, also one that can only change the password.
    Session,
    /// Any full session; the scope decides what there is to read.
    SignedIn,
    /// One of these roles.
    Roles(&'static [Role]),
    /// Any role on the issuing side of the request.
    IssuingSide,
    /// What the rows of the lifecycle say for the act.
    Lifecycle(ActKind),
    /// What the table of acts on orders says.
    Order(order::ActKind),
    /// An approver's role of the proposed act, as another human being.
    SecondPerson,
    /// The proposer himself.
    Proposer,
    /// One of these roles, at the end of the thread that the act belongs to.
    Thread(ClarificationAct, &'static [Role]),
    /// What the table of acts on assets says: one of its roles, on a side that it names.
    Asset(AssetActKind),
    /// One of these roles, as another human being than the one who submitted where the lifecycle of responses asks for
    /// a second person.
    Response(ResponseAct, &'static [Role]),
}

use Role::{
    ChamberLegalOfficer, DeputyFocalPoint, FocalPoint, Judge, OtpFinancialInvestigator, PlatformAdmin,
    RegistryCooperationOfficer, StateAdmin,
};

const KEEPERS: &[Role] = &[PlatformAdmin, StateAdmin];
const CASE_WORKERS: &[Role] = &[RegistryCooperationOfficer, OtpFinancialInvestigator, ChamberLegalOfficer];
const ASKERS: &[Role] = &[
    FocalPoint,
    DeputyFocalPoint,
    RegistryCooperationOfficer,
    OtpFinancialInvestigator,
    ChamberLegalOfficer,
];
const ANSWERERS: &[Role] = &[
    FocalPoint,
    DeputyFocalPoint,
    RegistryCooperationOfficer,
    OtpFinancialInvestigator,
    ChamberLegalOfficer,
    Judge,
];

const DIRECTORS: &[Role] = &[FocalPoint, StateAdmin, RegistryCooperationOfficer];
const RESPONDENTS: &[Role] = &[FocalPoint, DeputyFocalPoint];

/// The table.
#[must_use]
#[expect(clippy::match_same_arms, reason = "one row for each group of methods, in the order of the contract")]
pub const fn rule(rpc: Rpc) -> Rule {
    match rpc {
        Rpc::Login | Rpc::RefreshToken => Rule::Public,
        Rpc::Logout | Rpc::ChangePassword | Rpc::GetSelf => Rule::Session,

        Rpc::CreateOrganization | Rpc::UpdateOrganization => Rule::Roles(KEEPERS),
        Rpc::GetOrganization | Rpc::ListOrganizations => Rule::SignedIn,

        Rpc::CreateUser | Rpc::SuspendUser | Rpc::GrantMandate | Rpc::RevokeMandate => Rule::Roles(KEEPERS),
        Rpc::GetUser | Rpc::ListUsers => Rule::SignedIn,

        Rpc::CreateCase | Rpc::AddPerson | Rpc::AssignMember | Rpc::UnassignMember => {
            Rule::Roles(CASE_WORKERS)
        }
        Rpc::UpdatePersonStatus => Rule::Roles(&[RegistryCooperationOfficer, ChamberLegalOfficer]),
        Rpc::GetCase | Rpc::ListCases | Rpc::ListMembers | Rpc::ListPersons => Rule::SignedIn,

        Rpc::RecordOrder => Rule::Order(order::ActKind::Record),
        Rpc::ModifyOrder => Rule::Order(order::ActKind::Modify),
        Rpc::RevokeOrder => Rule::Order(order::ActKind::Revoke),
        Rpc::GetOrder | Rpc::ListOrderChanges | Rpc::ListOrderWork | Rpc::ListOrders => Rule::SignedIn,

        Rpc::GetFreezingRequest | Rpc::ListFreezingRequests | Rpc::ListVersions => Rule::SignedIn,
        Rpc::CheckFreezingRequest => Rule::IssuingSide,
        Rpc::CreateFreezingRequest => Rule::Lifecycle(ActKind::Create),
        Rpc::UpdateFreezingRequest => Rule::Lifecycle(ActKind::Update),
        Rpc::MarkFreezingRequestReady => Rule::Lifecycle(ActKind::MarkReady),
        Rpc::TransmitFreezingRequest => Rule::Lifecycle(ActKind::Transmit),
        Rpc::ConfirmUrgentTransmission => Rule::Lifecycle(ActKind::ConfirmUrgentTransmission),
        Rpc::AcknowledgeFreezingRequest => Rule::Lifecycle(ActKind::Acknowledge),
        Rpc::AssignAuthority => Rule::Lifecycle(ActKind::AssignAuthority),
        Rpc::StartExecution => Rule::Lifecycle(ActKind::StartExecution),
        Rpc::ReportExecution => Rule::Lifecycle(ActKind::ReportExecution),
        Rpc::PostponeFreezingRequest => Rule::Lifecycle(ActKind::Postpone),
        Rpc::ResumeFreezingRequest => Rule::Lifecycle(ActKind::Resume),
        Rpc::DenyFreezingRequest => Rule::Lifecycle(ActKind::Deny),
        Rpc::OpenConsultation => Rule::Lifecycle(ActKind::OpenConsultation),
        Rpc::CloseConsultation => Rule::Lifecycle(ActKind::CloseConsultation),
        Rpc::AmendFreezingRequest => Rule::Lifecycle(ActKind::Amend),
        Rpc::WithdrawFreezingRequest => Rule::Lifecycle(ActKind::Withdraw),
        Rpc::CeaseFreezingRequest => Rule::Lifecycle(ActKind::Cease),
        Rpc::ReportRelease => Rule::Lifecycle(ActKind::ReportRelease),
        Rpc::CloseFreezingRequest => Rule::Lifecycle(ActKind::Close),

        Rpc::GetApproval | Rpc::ListApprovals => Rule::SignedIn,
        Rpc::Approve | Rpc::Decline => Rule::SecondPerson,
        Rpc::Withdraw => Rule::Proposer,

        Rpc::GetClarification | Rpc::ListClarifications | Rpc::ListMessages => Rule::SignedIn,
        Rpc::OpenClarification => Rule::Thread(ClarificationAct::Open, ASKERS),
        Rpc::ReplyToClarification => Rule::Thread(ClarificationAct::Reply, ANSWERERS),
        Rpc::RerouteClarification => Rule::Thread(ClarificationAct::Reroute, &[RegistryCooperationOfficer]),
        Rpc::ResolveClarification => Rule::Thread(ClarificationAct::Resolve, ASKERS),

        Rpc::GetAsset
        | Rpc::ListAssets
        | Rpc::ListValuations
        | Rpc::ListCosts
        | Rpc::ListClaims
        | Rpc::ListAssetShares
        | Rpc::ListMeasureChanges
        | Rpc::GetCaseAssetStatus
        | Rpc::GetPatrimony => Rule::SignedIn,
        Rpc::ReportAsset => Rule::Asset(AssetActKind::Report),
        Rpc::UpdateAsset => Rule::Asset(AssetActKind::Update),
        Rpc::RecordOwnership => Rule::Asset(AssetActKind::RecordOwnership),
        Rpc::RecordMeasure => Rule::Asset(AssetActKind::RecordMeasure),
        Rpc::RenewMeasure => Rule::Asset(AssetActKind::RenewMeasure),
        Rpc::LiftMeasure => Rule::Asset(AssetActKind::LiftMeasure),
        Rpc::RecordValuation => Rule::Asset(AssetActKind::RecordValuation),
        Rpc::RecordEncumbrance => Rule::Asset(AssetActKind::RecordEncumbrance),
        Rpc::RecordCost => Rule::Asset(AssetActKind::RecordCost),
        Rpc::SettleCost => Rule::Asset(AssetActKind::SettleCost),
        Rpc::RecordClaim => Rule::Asset(AssetActKind::RecordClaim),
        Rpc::DecideClaim => Rule::Asset(AssetActKind::DecideClaim),
        Rpc::RecordSale => Rule::Asset(AssetActKind::RecordSale),
        Rpc::RecordDisposition => Rule::Asset(AssetActKind::RecordDisposition),
        Rpc::AllocateProceeds => Rule::Asset(AssetActKind::AllocateProceeds),
        Rpc::ShareAsset => Rule::Asset(AssetActKind::ShareAsset),
        Rpc::RevokeAssetShare => Rule::Asset(AssetActKind::RevokeAssetShare),

        Rpc::DesignateFocalPoint | Rpc::EndDesignation | Rpc::SetChannel => Rule::Roles(DIRECTORS),
        Rpc::ListChannels | Rpc::ListDesignations | Rpc::ListFocalPoints => Rule::SignedIn,

        Rpc::CreateQuestionnaire
        | Rpc::UpdateQuestionnaire
        | Rpc::PublishQuestionnaire
        | Rpc::CirculateQuestionnaire => Rule::Roles(&[RegistryCooperationOfficer]),
        Rpc::GetQuestionnaire | Rpc::ListQuestionnaires => Rule::SignedIn,
        Rpc::GetResponse | Rpc::ListResponses | Rpc::ListAnswers | Rpc::GetGapAnalysis => Rule::SignedIn,
        Rpc::SaveAnswers => Rule::Response(ResponseAct::SaveAnswers, RESPONDENTS),
        Rpc::SubmitResponse => Rule::Response(ResponseAct::Submit, RESPONDENTS),
        Rpc::AttestResponse => Rule::Response(ResponseAct::Attest, RESPONDENTS),
        Rpc::ReopenResponse => Rule::Response(ResponseAct::Reopen, RESPONDENTS),
        Rpc::RecordReminder => Rule::Response(ResponseAct::Remind, &[RegistryCooperationOfficer]),

        Rpc::GetResponseStatistics => Rule::Roles(&[RegistryCooperationOfficer]),

        Rpc::ListEvents | Rpc::GetReceipt | Rpc::ListSigningKeys => Rule::SignedIn,
    }
}

/// What the use case knows of the caller's relation to the resource.
#[derive(Debug, Clone, Copy)]
pub enum Relation {
    /// There is no resource beside the role, or the scope has said all.
    None,
    /// The caller is this party of a request.
    Party(Party),
    /// The resource belongs to this organization of this kind (and State), and is about this user, if any.
    Kept {
        /// The organization the resource belongs to.
        organization: OrganizationId,
        /// What that organization is.
        kind: Kind,
        /// The State it belongs to, if it is an authority.
        state: Option<OrganizationId>,
        /// The user it is about.
        user: Option<UserId>,
    },
    /// A proposal of an act.
    Proposal {
        /// What is proposed.
        about: About,
        /// Who proposed.
        proposer: UserId,
    },
    /// An end of a thread: whether the caller's organization stands at one from which the act can be done.
    Thread(bool),
    /// A response, with who submitted it last.
    Response(Option<UserId>),
    /// An order of this Chamber.
    Order(OrganizationId),
    /// An asset.
    Asset {
        /// What the caller is to its request, or to the order under which the Court holds it.
        party: Party,
        /// Whether the Court holds it itself.
        custody: bool,
        /// The side that what accompanies the act asks for, where it does.
        side: Option<Side>,
    },
}

/// What is proposed: where the policy finds the roles of both persons.
#[derive(Debug, Clone, Copy)]
pub enum About {
    /// An act on a request.
    Request {
        /// What the caller is to the request.
        party: Party,
        /// The act.
        act: ActKind,
    },
    /// An act on an order.
    Order {
        /// The Chamber that decided.
        chamber: OrganizationId,
        /// The act.
        act: order::ActKind,
    },
}

impl About {
    /// Who proposes and who approves, by the table of the subject, on the caller's side.
    fn roles(self, actor: &Actor) -> Result<(&'static [Role], &'static [Role])> {
        match self {
            Self::Request { party, act } => {
                let row = lifecycle::rows(act).find(|row| fits(row, party)).ok_or(WRONG_PARTY)?;
                Ok((row.roles, row.approvers))
            }
            Self::Order { chamber, act } => {
                let row = order_row(act)?;
                if decides_on(actor, chamber) { Ok((row.roles, row.approvers)) } else { Err(WRONG_PARTY) }
            }
        }
    }
}

/// The proof that a decision was made, which every write of the store asks for. [`authorize`] makes it.
#[derive(Debug, Clone)]
pub struct Permit {
    actor: Actor,
    role: Option<Role>,
}

impl Permit {
    /// Who acts.
    #[must_use]
    pub const fn actor(&self) -> &Actor {
        &self.actor
    }

    /// The mandate under which.
    #[must_use]
    pub const fn role(&self) -> Option<Role> {
        self.role
    }

    /// The permit of somebody whose decision was permitted and recorded before, for what the server does under it.
    pub(crate) const fn of_decision(actor: Actor, role: Option<Role>) -> Self {
        Self { actor, role }
    }

    /// The permit of the first administrator, who is made from the database side.
    pub(crate) fn bootstrap(actor: Actor) -> Self {
        Self { actor, role: Some(Role::PlatformAdmin) }
    }
}

fn first_role(actor: &Actor, roles: &[Role]) -> Result<Role> {
    let held = roles.iter().copied().find(|role| actor.has(*role));
    held.ok_or(Error::PermissionDenied(Reason::RoleMissing, "no mandate in force allows this"))
}

const WRONG_PARTY: Error =
    Error::PermissionDenied(Reason::WrongParty, "your organization has no part in this");

/// Decides. The caller sees the resource already: what it may not see was `NOT_FOUND` before.
pub fn authorize(actor: &Actor, rpc: Rpc, relation: Relation) -> Result<Permit> {
    let decision = decide(actor, rpc, relation);
    let (allowed, role) = match &decision {
        Ok(role) => (true, role.map_or("", Role::as_str)),
        Err(_) => (false, ""),
    };
    // The line in the log that each call gets tells the rest.
    Span::current().record("role", role).record("allowed", allowed);
    Ok(Permit { actor: actor.clone(), role: decision? })
}

fn decide(actor: &Actor, rpc: Rpc, relation: Relation) -> Result<Option<Role>> {
    let asked = rule(rpc);
    if actor.restricted && !matches!(asked, Rule::Public | Rule::Session) {
        let text = "change your password first";
        return Err(Error::PermissionDenied(Reason::PasswordChangeRequired, text));
    }
    match (asked, relation) {
        (Rule::Public | Rule::Session | Rule::SignedIn, _) => Ok(None),
        (Rule::Roles(roles), relation) => {
            let role = first_role(actor, roles)?;
            let fits = match relation {
                Relation::Kept { organization, kind, state, user } => {
                    if user == Some(actor.user) {
                        let text = "nobody changes his own account or mandates";
                        return Err(Error::PermissionDenied(Reason::WrongParty, text));
                    }
                    match role {
                        PlatformAdmin => kind != Kind::Authority,
                        _ => organization == actor.organization || state == Some(actor.organization),
                    }
                }
                _ => true,
            };
            if fits { Ok(Some(role)) } else { Err(WRONG_PARTY) }
        }
        (Rule::IssuingSide, Relation::Party(party)) => {
            if party.is_issuer() {
                Ok(actor.roles.first().copied())
            } else {
                Err(WRONG_PARTY)
            }
        }
        (Rule::Lifecycle(act), Relation::Party(party)) => {
            let rows = || lifecycle::rows(act);
            let role = rows().find_map(|row| first_role(actor, row.roles).ok());
            let role =
                role.ok_or(Error::PermissionDenied(Reason::RoleMissing, "no mandate in force allows this"))?;
            if rows().any(|row| fits(row, party)) { Ok(Some(role)) } else { Err(WRONG_PARTY) }
        }
        (Rule::Order(act), Relation::None) => first_role(actor, order_row(act)?.roles).map(Some),
        (Rule::Order(act), Relation::Order(chamber)) => {
            let role = first_role(actor, order_row(act)?.roles)?;
            if decides_on(actor, chamber) { Ok(Some(role)) } else { Err(WRONG_PARTY) }
        }
        (Rule::SecondPerson, Relation::Proposal { about, proposer }) => {
            let (_, approvers) = about.roles(actor)?;
            let role = first_role(actor, approvers)?;
            if proposer == actor.user {
                let text = "the second person must be another human being";
                return Err(Error::PermissionDenied(Reason::SecondPersonRequired, text));
            }
            Ok(Some(role))
        }
        (Rule::Proposer, Relation::Proposal { about, proposer }) => {
            if proposer != actor.user {
                return Err(Error::PermissionDenied(Reason::WrongParty, "only the proposer takes it back"));
            }
            let (proposers, _) = about.roles(actor)?;
            first_role(actor, proposers).map(Some)
        }
        (Rule::Thread(_, roles), Relation::Thread(at_end)) => {
            let role = first_role(actor, roles)?;
            if at_end { Ok(Some(role)) } else { Err(WRONG_PARTY) }
        }
        (Rule::Response(act, roles), Relation::Response(submitter)) => {
            let role = first_role(actor, roles)?;
            let second_person = act.row().is_some_and(|row| row.second_person);
            if second_person && submitter == Some(actor.user) {
                let text = "the second person must be another human being";
                return Err(Error::PermissionDenied(Reason::SecondPersonRequired, text));
            }
            Ok(Some(role))
        }
        (Rule::Asset(act), Relation::Asset { party, custody, side }) => {
            let row = act.row().ok_or_else(|| Error::internal("an act on an asset has no row"))?;
            let role = first_role(actor, row.roles)?;
            let sides: &[Side] = match party {
                Party::State | Party::Authority => &[Side::Holder],
                Party::Channel if custody => &[Side::Holder, Side::Court],
                Party::Channel => &[Side::Court],
                Party::Chamber | Party::Applicant => &[],
            };
            let fits =
                sides.iter().any(|own| row.sides.contains(own) && side.is_none_or(|side| side == *own));
            if fits { Ok(Some(role)) } else { Err(WRONG_PARTY) }
        }
        (
            Rule::IssuingSide
            | Rule::Lifecycle(_)
            | Rule::Order(_)
            | Rule::SecondPerson
            | Rule::Proposer
            | Rule::Thread(..)
            | Rule::Asset(_)
            | Rule::Response(..),
            _,
        ) => Err(Error::internal("a use case asked for a decision with the wrong relation")),
    }
}

fn fits(row: &Row, party: Party) -> bool {
    row.sides.contains(&party)
}

fn order_row(act: order::ActKind) -> Result<&'static order::act::Row> {
    act.row().ok_or_else(|| Error::internal("an act on an order has no row"))
}

/// Whether somebody may act on an order: of all Chambers, only the one that decided may.
fn decides_on(actor: &Actor, chamber: OrganizationId) -> bool {
    actor.kind != Kind::Chamber || chamber == actor.organization
}

/// The table as a page of the documentation.
#[must_use]
pub fn markdown() -> String {
    let mut page = String::from(
        "# Policy\n\nPrinted by `focalnet policy --markdown` from the table that the server enforces \
         (`src/authz/policy.rs`). What a caller may not see is NOT_FOUND before any of this is asked.\n\n| method | \
         asks for |\n| --- | --- |\n",
    );
    let list = |roles: &[Role]| roles.iter().map(|r| r.as_str()).collect::<Vec<_>>().join(", ");
    for rpc in Rpc::ALL {
        let (service, method) = rpc.names();
        let asks = match rule(*rpc) {
            Rule::Public => "nothing".to_owned(),
            Rule::Session => "any session".to_owned(),
            Rule::SignedIn => "a full session; the scope decides what there is to read".to_owned(),
            Rule::Roles(roles)
            | Rule::Response(
                ResponseAct::SaveAnswers | ResponseAct::Submit | ResponseAct::Reopen | ResponseAct::Remind,
                roles,
            ) => list(roles),
            Rule::IssuingSide => "any role on the issuing side of the request".to_owned(),
            Rule::Lifecycle(act) => format!("the rows of `{act}` in the lifecycle"),
            Rule::Asset(act) => format!("the row of `{act}` in the table of acts on assets"),
            Rule::Order(act) => act.row().map_or_else(String::new, |row| match row.approvers {
                [] => list(row.roles),
                approvers => format!(
                    "{}, to propose it; {}, another human being, to approve",
                    list(row.roles),
                    list(approvers)
                ),
            }),
            Rule::SecondPerson => "an approver's role of the proposed act, another human being".to_owned(),
            Rule::Proposer => "the proposer".to_owned(),
            Rule::Thread(act, roles) => {
                format!("{} at the end of the thread that `{act}` belongs to", list(roles))
            }
            Rule::Response(ResponseAct::Attest, roles) => {
                format!("{}, another human being than the one who submitted", list(roles))
            }
        };
        let _ = writeln!(page, "| `{}/{method}` | {asks} |", service.trim_start_matches("focalnet.v1."));
    }
    page
}
