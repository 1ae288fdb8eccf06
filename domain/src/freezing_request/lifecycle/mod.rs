//! The lifecycle of a request, as data: the one place that says which act leads from where to where, who may do it,
//! what must accompany it, and why.

use super::{ActKind, Flag, Party, State};
use crate::{journal::Audience, organization::Role};

mod print;

pub use print::{HEADINGS, cells, markdown};

/// Where an act leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum To {
    /// To this state.
    State(State),
    /// The state stays; flags, versions or threads change.
    Same,
    /// To one of these, as the act's content says.
    OneOf(&'static [State]),
}

/// One row of the table.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// The act.
    pub act: ActKind,
    /// The states in which it is allowed.
    pub from: &'static [State],
    /// The state after.
    pub to: To,
    /// The flag that must be set.
    pub needs: Option<Flag>,
    /// The flag that must not be set.
    pub bars: Option<Flag>,
    /// The parties of the request that may act.
    pub sides: &'static [Party],
    /// The roles that may do it, or propose it where there are approvers.
    pub roles: &'static [Role],
    /// The roles of the second person; empty where one person is enough.
    pub approvers: &'static [Role],
    /// The journal stream the act stands in.
    pub audience: Audience,
    /// What must accompany it.
    pub accompanied_by: &'static str,
    /// Legal basis.
    pub basis: &'static str,
}

use Flag::{AmendmentUnacknowledged, AmendmentUnsent, ConsultationOpen, Postponed, UrgentUnconfirmed};
use Party::{Authority, Chamber, Channel, State as RequestedState};
use Role::{
    AuthorityUser, ChamberLegalOfficer, DeputyFocalPoint, FocalPoint, OtpApprover, OtpFinancialInvestigator,
    RegistryApprover, RegistryCooperationOfficer,
};
use State::{
    Acknowledged, Ceased, Closed, Denied, Draft, Executed, ExecutedInPart, Executing, Impossible,
    NothingFound, Ready, ReleaseReported, Superseded, Transmitted, UnderExamination, Withdrawn,
};

/// States in which the obligation is alive.
pub const ACTIVE: &[State] = &[
    Transmitted,
    Acknowledged,
    UnderExamination,
    Executing,
    ExecutedInPart,
    Executed,
    NothingFound,
    Impossible,
];
/// Active, and received by the focal point.
const RECEIVED: &[State] =
    &[Acknowledged, UnderExamination, Executing, ExecutedInPart, Executed, NothingFound, Impossible];
/// Sent, and not closed.
const SENT: &[State] = &[
    Transmitted,
    Acknowledged,
    UnderExamination,
    Executing,
    ExecutedInPart,
    Executed,
    NothingFound,
    Impossible,
    Denied,
    Ceased,
    ReleaseReported,
    Withdrawn,
    Superseded,
];
const BEFORE_RESULT: &[State] = &[Transmitted, Acknowledged, UnderExamination, Executing];
const UNFINISHED: &[State] = &[Transmitted, Acknowledged, UnderExamination, Executing, ExecutedInPart];

const DRAFTERS: &[Role] = &[RegistryCooperationOfficer, ChamberLegalOfficer, OtpFinancialInvestigator];
const SENDERS: &[Role] = &[RegistryCooperationOfficer, OtpFinancialInvestigator];
const SECOND_SENDERS: &[Role] = &[RegistryApprover, OtpApprover];
const FOCAL_POINTS: &[Role] = &[FocalPoint, DeputyFocalPoint];
const EXECUTORS: &[Role] = &[FocalPoint, DeputyFocalPoint, AuthorityUser];

/// What most rows share; each row names what it changes.
const ROW: Row = Row {
    act: ActKind::Create,
    from: &[],
    to: To::Same,
    needs: None,
    bars: None,
    sides: &[Channel],
    roles: SENDERS,
    approvers: &[],
    audience: Audience::Shared,
    accompanied_by: "",
    basis: "",
};

/// The whole lifecycle.
pub const ROWS: &[Row] = &[
    Row {
        act: ActKind::Create,
        to: To::State(Draft),
        sides: &[Channel, Chamber],
        roles: DRAFTERS,
        audience: Audience::Issuer,
        accompanied_by: "origin, case, requested State, measures; the order, for a Chamber's request",
        basis: "RS 96",
        ..ROW
    },
    Row {
        act: ActKind::Update,
        from: &[Draft, Ready],
        to: To::State(Draft),
        sides: &[Channel, Chamber],
        roles: DRAFTERS,
        audience: Audience::Issuer,
        accompanied_by: "the new measures or content",
        basis: "RS 96",
        ..ROW
    },
    Row {
        act: ActKind::MarkReady,
        from: &[Draft],
        to: To::State(Ready),
        sides: &[Channel, Chamber],
        roles: DRAFTERS,
        audience: Audience::Issuer,
        accompanied_by: "a complete content, or a reason for the override",
        basis: "RS 96(2)",
        ..ROW
    },
    Row {
        act: ActKind::Transmit,
        from: &[Ready],
        to: To::State(Transmitted),
        approvers: SECOND_SENDERS,
        accompanied_by: "medium and reference; grounds for an urgent medium",
        basis: "RS 87(1)(a), 87(2), 96(1); RPE 176-178",
        ..ROW
    },
    Row {
        act: ActKind::Transmit,
        from: ACTIVE,
        needs: Some(AmendmentUnsent),
        approvers: SECOND_SENDERS,
        accompanied_by: "medium and reference; grounds for an urgent medium",
        basis: "RS 93(3), 96(1)",
        ..ROW
    },
    Row {
        act: ActKind::ConfirmUrgentTransmission,
        from: SENT,
        needs: Some(UrgentUnconfirmed),
        accompanied_by: "reference of the confirmation through the formal channel",
        basis: "RS 96(1)",
        ..ROW
    },
    Row {
        act: ActKind::Acknowledge,
        from: &[Transmitted],
        to: To::State(Acknowledged),
        sides: &[RequestedState],
        roles: FOCAL_POINTS,
        accompanied_by: "national reference, responsible authority, contact",
        basis: "RS 87(1)(a); Regulation (EU) 2018/1805, section H, as a model",
        ..ROW
    },
    Row {
        act: ActKind::Acknowledge,
        from: RECEIVED,
        needs: Some(AmendmentUnacknowledged),
        sides: &[RequestedState],
        roles: FOCAL_POINTS,
        accompanied_by: "national reference, responsible authority, contact",
        basis: "RS 93(3)",
        ..ROW
    },
    Row {
        act: ActKind::AssignAuthority,
        from: &[Acknowledged],
        to: To::State(UnderExamination),
        sides: &[RequestedState],
        roles: FOCAL_POINTS,
        accompanied_by: "a competent authority of the State",
        basis: "RS 99(1)",
        ..ROW
    },
    Row {
        act: ActKind::AssignAuthority,
        from: &[UnderExamination, Executing, ExecutedInPart],
        sides: &[RequestedState],
        roles: FOCAL_POINTS,
        accompanied_by: "a competent authority of the State",
        basis: "RS 99(1)",
        ..ROW
    },
    Row {
        act: ActKind::StartExecution,
        from: &[Acknowledged, UnderExamination, NothingFound, Impossible],
        to: To::State(Executing),
        bars: Some(Postponed),
        sides: &[RequestedState, Authority],
        roles: EXECUTORS,
        accompanied_by: "national proceeding or order",
        basis: "RS 93(1)(k), 99(1)",
        ..ROW
    },
    Row {
        act: ActKind::ReportExecution,
        from: &[Executing, ExecutedInPart, Executed],
        to: To::OneOf(&[ExecutedInPart, Executed]),
        bars: Some(Postponed),
        sides: &[RequestedState, Authority],
        roles: EXECUTORS,
        accompanied_by: "assets with holder, measures and values; third parties met",
        basis: "RS 93(1)(k); Regulation (EU) 2018/1805, art. 7(2), as a model",
        ..ROW
    },
    Row {
        act: ActKind::ReportExecution,
        from: &[UnderExamination, Executing, NothingFound, Impossible],
        to: To::OneOf(&[NothingFound, Impossible]),
        bars: Some(Postponed),
        sides: &[RequestedState, Authority],
        roles: EXECUTORS,
        accompanied_by: "the obstacle, from the closed list",
        basis: "Regulation (EU) 2018/1805, art. 13, as a model",
        ..ROW
    },
    Row {
        act: ActKind::Postpone,
        from: UNFINISHED,
        bars: Some(Postponed),
        sides: &[RequestedState],
        roles: FOCAL_POINTS,
        accompanied_by: "ground, agreed last day, reference of the case",
        basis: "RS 93(9)(a), 94, 95",
        ..ROW
    },
    Row {
        act: ActKind::Resume,
        from: UNFINISHED,
        needs: Some(Postponed),
        sides: &[RequestedState],
        roles: FOCAL_POINTS,
        accompanied_by: "",
        basis: "RS 94(1)",
        ..ROW
    },
    Row {
        act: ActKind::Deny,
        from: BEFORE_RESULT,
        to: To::State(Denied),
        sides: &[RequestedState],
        roles: FOCAL_POINTS,
        approvers: FOCAL_POINTS,
        accompanied_by: "ground of the closed list and reasons",
        basis: "RS 93(4)-(6), 72",
        ..ROW
    },
    Row {
        act: ActKind::OpenConsultation,
        from: ACTIVE,
        bars: Some(ConsultationOpen),
        sides: &[RequestedState],
        roles: FOCAL_POINTS,
        accompanied_by: "the problem",
        basis: "RS 93(3), 97",
        ..ROW
    },
    Row {
        act: ActKind::CloseConsultation,
        from: SENT,
        needs: Some(ConsultationOpen),
        sides: &[RequestedState, Channel],
        roles: &[FocalPoint, DeputyFocalPoint, RegistryCooperationOfficer, OtpFinancialInvestigator],
        accompanied_by: "how it ended",
        basis: "RS 93(3), 97",
        ..ROW
    },
    Row {
        act: ActKind::Amend,
        from: ACTIVE,
        sides: &[Channel, Chamber],
        roles: DRAFTERS,
        audience: Audience::Issuer,
        accompanied_by: "the whole new content and the reason",
        basis: "RS 93(3)",
        ..ROW
    },
    Row {
        act: ActKind::Withdraw,
        from: &[Draft, Ready],
        to: To::OneOf(&[Withdrawn, Superseded]),
        audience: Audience::Issuer,
        accompanied_by: "the reason; the successor, if there is one",
        basis: "RS 96",
        ..ROW
    },
    Row {
        act: ActKind::Withdraw,
        from: BEFORE_RESULT,
        to: To::OneOf(&[Withdrawn, Superseded]),
        accompanied_by: "the reason; the successor, if there is one",
        basis: "RS 96",
        ..ROW
    },
    Row {
        act: ActKind::Cease,
        from: ACTIVE,
        to: To::OneOf(&[Ceased]),
        approvers: SECOND_SENDERS,
        accompanied_by: "persons and purposes, effective day, the decision; ceased once no pair is left",
        basis: "RS 57(3)(e), 75(4); Trial Chamber III, 20 November 2018",
        ..ROW
    },
    Row {
        act: ActKind::ReportRelease,
        from: &[Ceased, ReleaseReported],
        to: To::State(ReleaseReported),
        sides: &[RequestedState, Authority],
        roles: EXECUTORS,
        accompanied_by: "per asset: release, return, transfer, continued blocking or loss, with its day",
        basis: "Trial Chamber III, 20 November 2018: release is for the State",
        ..ROW
    },
    Row {
        act: ActKind::Close,
        from: &[Ceased, ReleaseReported, NothingFound, Impossible, Denied, Withdrawn, Superseded],
        to: To::State(Closed),
        accompanied_by: "every asset released, returned, transferred or documented as lost",
        basis: "RS 96",
        ..ROW
    },
];

/// The rows of an act, in the order of the table.
pub fn rows(act: ActKind) -> impl Iterator<Item = &'static Row> {
    ROWS.iter().filter(move |row| row.act == act)
}

/// The row that allows an act that leads to `target` (or wherever the row says) in a state with flags, or none.
#[must_use]
pub fn row(act: ActKind, target: Option<State>, from: State, flags: &[Flag]) -> Option<&'static Row> {
    rows(act).find(|row| {
        row.from.contains(&from)
            && row.needs.is_none_or(|flag| flags.contains(&flag))
            && row.bars.is_none_or(|flag| !flags.contains(&flag))
            && match (row.to, target) {
                (To::OneOf(states), Some(target)) => states.contains(&target),
                _ => true,
            }
    })
}
