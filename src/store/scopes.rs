//! What a scope sees, as conditions: the one place where a scope becomes SQL. Every read of the store carries one of
//! these, or reads what hangs on something that was read with one.

use focalnet_domain::{
    journal::Audience,
    names::UserId,
    organization::{Kind, Role},
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, SelectStatement, SimpleExpr},
};

use super::{
    column,
    entity::{
        account, approval, case_member, court_case, court_order, freezing_request, journal_event, mandate,
        organization, questionnaire, request_version, response,
    },
};
use crate::authz::{
    Scope,
    scope::{Accounts, ReadsAs},
};

mod assets;

pub(super) use assets::{Within, assets, own_assets, ways};

fn nothing() -> Condition {
    Condition::all().add(Expr::cust("false"))
}

/// What a scope sees: the Court everything; a State itself, its authorities, and the organs it answers to.
pub(super) fn organizations(scope: &Scope) -> Condition {
    if scope.is_court() {
        return Condition::all();
    }
    let own = scope.organization().0;
    Condition::any()
        .add(organization::Column::Id.eq(own))
        .add(organization::Column::StateId.eq(own))
        .add(organization::Column::Kind.is_in([Kind::Registry.as_str(), Kind::Otp.as_str()]))
}

/// Entries of the directory: the Court sees all States, but for its administrators; a State itself, its administrators
/// included, who keep it.
pub(super) fn directory(scope: &Scope) -> Condition {
    let states = Condition::all().add(organization::Column::Kind.eq(Kind::State.as_str()));
    match (scope.is_court(), scope.sees_content()) {
        (true, true) => states,
        (true, false) => nothing(),
        (false, _) => states.add(organization::Column::Id.eq(scope.organization().0)),
    }
}

/// Questionnaires: the Registry sees all, others of the Court what is published, a State what was circulated to it.
pub(super) fn questionnaires(scope: &Scope) -> Condition {
    use questionnaire::Column;
    match scope.reads_as() {
        ReadsAs::Court(..) if scope.kind() == Kind::Registry => Condition::all(),
        ReadsAs::Court(..) => Condition::all().add(Column::PublishTime.is_not_null()),
        ReadsAs::State(own) => {
            let mut circulated = response::Entity::find()
                .select_only()
                .column(response::Column::QuestionnaireId)
                .filter(response::Column::RequestedStateId.eq(own.0));
            Condition::all().add(Column::Id.in_subquery(QuerySelect::query(&mut circulated).to_owned()))
        }
        ReadsAs::None | ReadsAs::Authority(_) => nothing(),
    }
}

/// Responses: the Registry sees all of them, others of the Court what was attested, a State its own.
pub(super) fn responses(scope: &Scope) -> Condition {
    match scope.reads_as() {
        ReadsAs::Court(..) if scope.kind() == Kind::Registry => Condition::all(),
        ReadsAs::Court(..) => Condition::all().add(response::Column::AttestTime.is_not_null()),
        ReadsAs::State(own) => Condition::all().add(response::Column::RequestedStateId.eq(own.0)),
        ReadsAs::None | ReadsAs::Authority(_) => nothing(),
    }
}

/// Whose answers in force a scope reads.
#[derive(Debug, Clone, Copy)]
pub(super) struct AnswersSeen {
    /// Those of all States.
    pub(super) all: bool,
    /// Those of this State.
    pub(super) own: Option<uuid::Uuid>,
}

/// Answers in force: the Court reads all of them, a State its own; what others share comes on top, where it is asked
/// for.
pub(super) fn answers(scope: &Scope) -> AnswersSeen {
    match scope.reads_as() {
        ReadsAs::Court(..) => AnswersSeen { all: true, own: None },
        ReadsAs::State(own) => AnswersSeen { all: false, own: Some(own.0) },
        ReadsAs::None | ReadsAs::Authority(_) => AnswersSeen { all: false, own: None },
    }
}

/// Accounts: the own one, or those that an administrator keeps.
pub(super) fn accounts(scope: &Scope) -> Condition {
    let in_organizations = |which: Condition| {
        let ids = sea_orm::QuerySelect::query(
            &mut organization::Entity::find().select_only().column(organization::Column::Id).filter(which),
        )
        .to_owned();
        Condition::all().add(account::Column::OrganizationId.in_subquery(ids))
    };
    let own = Condition::any().add(account::Column::Id.eq(scope.user().0));
    own.add(match scope.accounts() {
        Accounts::Own(user) => Condition::all().add(account::Column::Id.eq(user.0)),
        // The Court's people, and in a State only those who are, or are to be, its administrators.
        Accounts::Platform => {
            let kinds = |kinds: &[Kind]| {
                let kinds = kinds.iter().map(|kind| kind.as_str());
                in_organizations(Condition::all().add(organization::Column::Kind.is_in(kinds)))
            };
            let court: Vec<Kind> = Kind::ALL.iter().copied().filter(|kind| kind.is_court()).collect();
            let mut others = mandate::Entity::find()
                .select_only()
                .column(mandate::Column::AccountId)
                .filter(mandate::Column::Role.ne(Role::StateAdmin.as_str()));
            let others = QuerySelect::query(&mut others).to_owned();
            let administrators = kinds(&[Kind::State]).add(account::Column::Id.not_in_subquery(others));
            Condition::any().add(kinds(&court)).add(administrators)
        }
        Accounts::State(state) => in_organizations(
            Condition::any()
                .add(organization::Column::Id.eq(state.0))
                .add(organization::Column::StateId.eq(state.0)),
        ),
    })
}

/// The cases a Court user is assigned to now.
fn cases_of(user: UserId) -> SelectStatement {
    let mut select = case_member::Entity::find()
        .select_only()
        .column(case_member::Column::CaseId)
        .filter(case_member::Column::AccountId.eq(user.0))
        .filter(case_member::Column::EndTime.is_null());
    QuerySelect::query(&mut select).to_owned()
}

/// Cases: those a Court user is assigned to now.
pub(super) fn cases(scope: &Scope) -> Condition {
    match scope.reads_as() {
        ReadsAs::Court(_, user) => Condition::all().add(court_case::Column::Id.in_subquery(cases_of(user))),
        ReadsAs::None | ReadsAs::State(_) | ReadsAs::Authority(_) => nothing(),
    }
}

/// An order is seen by members of its case who belong to the Registry, to the Chamber or to the applicant.
pub(super) fn orders(scope: &Scope) -> Condition {
    let ReadsAs::Court(own, user) = scope.reads_as() else {
        return nothing();
    };
    let mut registry = organization::Entity::find_by_id(own.0)
        .select_only()
        .column(organization::Column::Id)
        .filter(organization::Column::Kind.eq(Kind::Registry.as_str()));
    let party = Condition::any()
        .add(court_order::Column::ChamberId.eq(own.0))
        .add(court_order::Column::ApplicantId.eq(own.0))
        .add(Expr::exists(QuerySelect::query(&mut registry).to_owned()));
    Condition::all().add(court_order::Column::CaseId.in_subquery(cases_of(user))).add(party)
}

/// What a scope sees: the Court's parties by assignment to the case, a State what was sent to it, an authority what is
/// assigned to it.
pub(super) fn requests(scope: &Scope) -> Condition {
    use freezing_request::Column;
    match scope.reads_as() {
        ReadsAs::None => nothing(),
        ReadsAs::Court(own, user) => Condition::all().add(Column::CaseId.in_subquery(cases_of(user))).add(
            Condition::any()
                .add(Column::IssuingOrganizationId.eq(own.0))
                .add(Column::ChamberId.eq(own.0))
                .add(Column::ApplicantId.eq(own.0)),
        ),
        ReadsAs::State(own) => {
            Condition::all().add(Column::RequestedStateId.eq(own.0)).add(Column::TransmitTime.is_not_null())
        }
        ReadsAs::Authority(own) => Condition::all().add(Column::AuthorityId.eq(own.0)),
    }
}

/// The requests a scope sees, for what hangs on them.
pub(super) fn request_ids(scope: &Scope) -> SelectStatement {
    ids_of(freezing_request::Entity::find().filter(requests(scope)))
}

/// The ids of requests.
fn ids_of(requests: Select<freezing_request::Entity>) -> SelectStatement {
    requests.select_only().column(freezing_request::Column::Id).into_query()
}

/// The versions of a request that it sees: the Court all of them, all others what was sent.
pub(super) fn versions(scope: &Scope) -> Condition {
    let unsent = scope.is_court().then(Condition::all);
    unsent.unwrap_or_else(|| Condition::all().add(request_version::Column::TransmitTime.is_not_null()))
}

/// Whether an outer row points to one of the selected rows. The offset makes the plan look for that one row;
/// without it, the plan may read all rows there are to answer for a few.
fn exists<E: EntityTrait>(select: Select<E>, own: E::Column, outer: SimpleExpr) -> SimpleExpr {
    let mut select = select.select_only().expr(Expr::val(1)).filter(column(own).eq(outer)).offset(0);
    Expr::exists(QuerySelect::query(&mut select).to_owned())
}

/// Whether an id is that of a row that is seen.
fn is_one<E: EntityTrait>(own: E::Column, seen: Condition, id: &SimpleExpr) -> SimpleExpr {
    exists(E::find().filter(seen), own, id.clone())
}

/// The streams of proposals of one's side.
fn own_side(scope: &Scope) -> &'static [Audience] {
    match scope.reads_as() {
        ReadsAs::Court(..) => &[Audience::Issuer, Audience::Court],
        ReadsAs::State(_) => &[Audience::State],
        ReadsAs::None | ReadsAs::Authority(_) => &[],
    }
}

/// The ways in which a scope comes to see proposals, for a list: together they are [`approvals`].
pub(super) fn ways_to_approvals(scope: &Scope) -> Vec<Condition> {
    use approval::Column;
    let way = |side: &Audience| {
        let about = match side {
            Audience::Court => Column::OrderId.in_subquery(Within::default().orders(scope)),
            _ => Column::RequestId.in_subquery(request_ids(scope)),
        };
        Condition::all().add(Column::Audience.eq(side.as_str())).add(about)
    };
    own_side(scope).iter().map(way).collect()
}

/// Proposals are seen by the side that made them, never by an authority, and by those of it who see what they are about.
pub(super) fn approvals(scope: &Scope) -> Condition {
    use approval::Column;
    let own_side = own_side(scope);
    let seen_requests = freezing_request::Entity::find().filter(requests(scope));
    let seen_orders = court_order::Entity::find().filter(orders(scope));
    let about = Condition::any()
        .add(exists(seen_requests, freezing_request::Column::Id, column(Column::RequestId)))
        .add(exists(seen_orders, court_order::Column::Id, column(Column::OrderId)));
    Condition::all().add(Column::Audience.is_in(own_side.iter().map(|side| side.as_str()))).add(about)
}

/// Events: of requests in the streams of one's side, of cases and orders one sees, of organizations one keeps. `subject` is
/// the id that an event is about: the column, or the one id that is asked for, of which then is asked once.
pub(super) fn events(scope: &Scope, subject: &SimpleExpr) -> Condition {
    use journal_event::Column;
    let streams: &[Audience] = match scope.reads_as() {
        ReadsAs::None => &[],
        ReadsAs::Court(..) => &[Audience::Shared, Audience::Issuer],
        ReadsAs::State(_) => &[Audience::Shared, Audience::State],
        ReadsAs::Authority(_) => &[Audience::Shared],
    };
    // Who was asked, who has not answered and who was reminded is the Registry's affair.
    let registry = scope.kind() == Kind::Registry;
    let circulations: &[Audience] = if registry { &[Audience::Court] } else { &[] };
    let of_responses = if registry || !scope.is_court() { streams } else { &[Audience::Shared] };
    let seen = [
        (
            is_one::<questionnaire::Entity>(questionnaire::Column::Id, questionnaires(scope), subject),
            circulations,
        ),
        (is_one::<response::Entity>(response::Column::Id, responses(scope), subject), of_responses),
        (
            is_one::<organization::Entity>(organization::Column::Id, directory(scope), subject),
            &[Audience::Directory],
        ),
        (is_one::<freezing_request::Entity>(freezing_request::Column::Id, requests(scope), subject), streams),
        (is_one::<court_case::Entity>(court_case::Column::Id, cases(scope), subject), &[Audience::Court]),
        (is_one::<court_order::Entity>(court_order::Column::Id, orders(scope), subject), &[Audience::Court]),
        (
            is_one::<organization::Entity>(organization::Column::Id, keeps(scope), subject),
            &[Audience::Keepers],
        ),
    ];
    let any = seen.into_iter().fold(Condition::any(), |any, (is_seen, audiences)| {
        let audiences = audiences.iter().map(|audience| audience.as_str());
        any.add(Condition::all().add(Column::Audience.is_in(audiences)).add(is_seen))
    });
    Condition::all().add(any)
}

/// Organizations whose users one keeps.
fn keeps(scope: &Scope) -> Condition {
    match scope.accounts() {
        Accounts::Own(_) => nothing(),
        Accounts::Platform => Condition::all().add(organization::Column::Kind.ne(Kind::Authority.as_str())),
        Accounts::State(state) => Condition::any()
            .add(organization::Column::Id.eq(state.0))
            .add(organization::Column::StateId.eq(state.0)),
    }
}
