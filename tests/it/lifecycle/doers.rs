//! Who may do which act: each act tried by everybody of the cast, against a table written by hand.

use focalnet_contract::proto::FreezingRequest;
use focalnet_domain::{
    freezing_request::{ActKind, State},
    organization::Role,
};
use tonic::Code;

use crate::support::{
    acts::{Deed, rpc_of},
    cast::Org,
    refusals::refused,
    world::World,
};

/// The columns of the tables below. Everybody else sees nothing.
const SEEING: [(Org, Role); 9] = [
    (Org::Registry, Role::RegistryCooperationOfficer),
    (Org::Registry, Role::RegistryApprover),
    (Org::Otp, Role::OtpFinancialInvestigator),
    (Org::Otp, Role::OtpApprover),
    (Org::Chamber, Role::ChamberLegalOfficer),
    (Org::Chamber, Role::Judge),
    (Org::Portugal, Role::FocalPoint),
    (Org::Portugal, Role::DeputyFocalPoint),
    (Org::Authority, Role::AuthorityUser),
];

/// `+` may, `r` has no role for it, `p` has the role but not the part in the request, `.` does not see it.
type Table = &'static [(&'static [ActKind], &'static str)];

use ActKind::*;

// Registry: officer, approver · OTP: investigator, approver · Chamber: legal officer, judge · Portugal: focal point,
// deputy · its authority.

/// A request under an order that the Prosecutor applied for, sent to Portugal and with its authority.
const OF_CHAMBER: Table = &[
    (&[Update, MarkReady, Amend], "+r pr +r rr r"),
    (&[Transmit, ConfirmUrgentTransmission, Withdraw, Cease, Close], "+r pr rr rr r"),
    (&[Acknowledge, AssignAuthority, Postpone, Resume, Deny, OpenConsultation], "rr rr rr ++ r"),
    (&[StartExecution, ReportExecution, ReportRelease], "rr rr rr ++ +"),
    (&[CloseConsultation], "+r pr rr ++ r"),
];

/// One of the Prosecutor's own to Portugal, with its authority.
const OF_PROSECUTOR: Table = &[
    (&[Update, MarkReady, Amend], ".. +r .. rr r"),
    (&[Transmit, ConfirmUrgentTransmission, Withdraw, Cease, Close], ".. +r .. rr r"),
    (&[Acknowledge, AssignAuthority, Postpone, Resume, Deny, OpenConsultation], ".. rr .. ++ r"),
    (&[StartExecution, ReportExecution, ReportRelease], ".. rr .. ++ +"),
    (&[CloseConsultation], ".. +r .. ++ r"),
];

/// A draft under that order.
const DRAFT: Table = &[
    (&[Update, MarkReady, Amend], "+r pr +r .. ."),
    (&[Transmit, ConfirmUrgentTransmission, Withdraw, Cease, Close], "+r pr rr .. ."),
    (&[Acknowledge, AssignAuthority, Postpone, Resume, Deny, OpenConsultation], "rr rr rr .. ."),
    (&[StartExecution, ReportExecution], "rr rr rr .. ."),
    (&[CloseConsultation], "+r pr rr .. ."),
];

/// Tries acts with an etag that never existed. The server looks at it right after who calls and what is sent.
/// So nothing is done, and whoever may act is told that the request has changed.
async fn by_everybody(world: &World, read: &FreezingRequest, table: Table) {
    let stale = FreezingRequest { etag: "\"AAAAAAAAAAAAAAAAAAAAAA\"".into(), ..read.clone() };
    for (act, cells) in table.iter().flat_map(|(acts, cells)| acts.iter().map(move |act| (*act, cells))) {
        let cells: Vec<_> = cells.chars().filter(|cell| *cell != ' ').collect();
        assert_eq!(cells.len(), SEEING.len(), "{act}");
        for caller in world.everybody() {
            let column = SEEING.iter().position(|who| *who == (caller.org, caller.role));
            let expected = match column.map_or('.', |column| cells[column]) {
                // A draft has no persons yet: that is told before the etag is looked at.
                '+' if act == Cease && read.persons.is_empty() => (Code::InvalidArgument, "INVALID_ARGUMENT"),
                '+' => (Code::Aborted, "STALE"),
                'r' => (Code::PermissionDenied, "ROLE_MISSING"),
                'p' => (Code::PermissionDenied, "WRONG_PARTY"),
                _ => (Code::NotFound, "NOT_FOUND"),
            };
            let message = caller.accompanies(act, &stale).await;
            let told = refused(caller.call(rpc_of(act), message).await);
            assert_eq!((told.0, told.1.as_str()), expected, "{act} by {} of {}", caller.role, caller.org);
        }
    }
}

#[tokio::test]
async fn acts_on_a_request_of_a_chamber() {
    let world = World::new().await;
    let name = world.in_state(State::Executed).await;
    let read = world.registry().officer().reads(&name).await.unwrap();
    by_everybody(&world, &read, OF_CHAMBER).await;
}

#[tokio::test]
async fn acts_on_a_request_of_the_prosecutor() {
    let world = World::new().await;
    let name = world.otp().investigator().drafts_to(world.portugal().name()).await.unwrap().name;
    let way = [MarkReady, Transmit, Acknowledge, AssignAuthority, StartExecution, ReportExecution];
    world.performed(&name, &way.map(Deed::from)).await;
    let read = world.otp().investigator().reads(&name).await.unwrap();
    by_everybody(&world, &read, OF_PROSECUTOR).await;
}

#[tokio::test]
async fn acts_on_a_draft() {
    let world = World::new().await;
    let name = world.draft_for(&world.portugal()).await;
    let read = world.registry().officer().reads(&name).await.unwrap();
    by_everybody(&world, &read, DRAFT).await;
}

#[test]
fn every_act_is_in_the_tables() {
    for table in [OF_CHAMBER, OF_PROSECUTOR] {
        let mut acts: Vec<_> = table.iter().flat_map(|(acts, _)| acts.iter().copied()).collect();
        // Drafting has a test of its own.
        acts.push(Create);
        assert!(ActKind::ALL.iter().all(|act| acts.contains(act)));
        assert_eq!(acts.len(), ActKind::ALL.len());
    }
}

#[tokio::test]
async fn drafting_under_an_order() {
    let world = World::new().await;
    let portugal = world.portugal().name();
    for caller in world.everybody() {
        let drafted = caller.drafts_to(portugal).await;
        let expected = match (caller.org, caller.role) {
            (Org::Registry, Role::RegistryCooperationOfficer)
            | (Org::Chamber, Role::ChamberLegalOfficer)
            // The Prosecutor's people draft requests of their own, here as elsewhere.
            | (Org::Otp, Role::OtpFinancialInvestigator) => {
                assert!(drafted.is_ok(), "{} of {}", caller.role, caller.org);
                continue;
            }
            (Org::Registry, Role::RegistryApprover) | (Org::Otp, Role::OtpApprover) | (Org::Chamber, Role::Judge) => {
                (Code::PermissionDenied, "ROLE_MISSING")
            }
            // Neither administrators nor States know of cases.
            _ => (Code::NotFound, "NOT_FOUND"),
        };
        let told = refused(drafted);
        assert_eq!((told.0, told.1.as_str()), expected, "{} of {}", caller.role, caller.org);
    }
}
