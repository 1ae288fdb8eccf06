//! The lifecycle once more, written by hand from the decisions and not from the code, and held against the code for
//! all acts, states and flags.

use focalnet_domain::freezing_request::{
    ActKind, Flag, State,
    lifecycle::{ROWS, To, row},
};

use crate::support::acts::Deed;

/// When a deed is allowed: one character for each state in the order of the contract. `+` always; a letter for a
/// flag: `u` for `urgent_unconfirmed`, `p` for `postponed`, `c` for `consultation_open`, `a` for `amendment_unsent`,
/// `k` for `amendment_unacknowledged`. A small letter: only while it is raised; a capital: only while it is not.
///
/// Behind it, where the deed leads; `None` is back to where it was.
pub(super) const TABLE: &[(Deed, &str, Option<State>)] = {
    use ActKind::*;
    use Deed::{Plain, Report, Supersede};
    &[
        // Of:    draft ready | transmitted acknowledged under_examination executing | executed_in_part executed
        //        nothing_found impossible | denied ceased release_reported | withdrawn superseded closed
        (Plain(Create), "..|....|....|...|...", Some(State::Draft)),
        (Plain(Update), "++|....|....|...|...", Some(State::Draft)),
        (Plain(MarkReady), "+.|....|....|...|...", Some(State::Ready)),
        (Plain(Transmit), ".+|aaaa|aaaa|...|...", Some(State::Transmitted)),
        (Plain(ConfirmUrgentTransmission), "..|uuuu|uuuu|uuu|uu.", None),
        (Plain(Acknowledge), "..|+kkk|kkkk|...|...", Some(State::Acknowledged)),
        (Plain(AssignAuthority), "..|.+++|+...|...|...", Some(State::UnderExamination)),
        (Plain(StartExecution), "..|.PP.|..PP|...|...", Some(State::Executing)),
        (Report(State::ExecutedInPart), "..|...P|PP..|...|...", Some(State::ExecutedInPart)),
        (Report(State::Executed), "..|...P|PP..|...|...", Some(State::Executed)),
        (Report(State::NothingFound), "..|..PP|..PP|...|...", Some(State::NothingFound)),
        (Report(State::Impossible), "..|..PP|..PP|...|...", Some(State::Impossible)),
        (Plain(Postpone), "..|PPPP|P...|...|...", None),
        (Plain(Resume), "..|pppp|p...|...|...", None),
        (Plain(Deny), "..|++++|....|...|...", Some(State::Denied)),
        (Plain(OpenConsultation), "..|CCCC|CCCC|...|...", None),
        (Plain(CloseConsultation), "..|cccc|cccc|ccc|cc.", None),
        (Plain(Amend), "..|++++|++++|...|...", None),
        (Plain(Withdraw), "++|++++|....|...|...", Some(State::Withdrawn)),
        (Supersede, "++|++++|....|...|...", Some(State::Superseded)),
        (Plain(Cease), "..|++++|++++|...|...", Some(State::Ceased)),
        (Plain(ReportRelease), "..|....|....|.++|...", Some(State::ReleaseReported)),
        (Plain(Close), "..|....|..++|+++|++.", Some(State::Closed)),
    ]
};

/// All that can be tried.
pub(super) fn deeds() -> impl Iterator<Item = Deed> {
    TABLE.iter().map(|(deed, ..)| *deed)
}

fn entry(deed: Deed, state: State) -> (char, Option<State>) {
    let (_, cells, leads) = TABLE.iter().find(|(known, ..)| *known == deed).unwrap();
    let position = State::ALL.iter().position(|known| *known == state).unwrap();
    (cells.chars().filter(|cell| *cell != '|').nth(position).unwrap(), *leads)
}

fn flag(letter: char) -> Flag {
    match letter.to_ascii_lowercase() {
        'u' => Flag::UrgentUnconfirmed,
        'p' => Flag::Postponed,
        'c' => Flag::ConsultationOpen,
        'a' => Flag::AmendmentUnsent,
        'k' => Flag::AmendmentUnacknowledged,
        _ => unreachable!("no flag {letter}"),
    }
}

/// Whether a deed is allowed, by the table.
pub(super) fn allowed(deed: Deed, state: State, flags: &[Flag]) -> bool {
    match entry(deed, state).0 {
        '.' => false,
        '+' => true,
        letter => flags.contains(&flag(letter)) == letter.is_lowercase(),
    }
}

/// Where an allowed deed leads. What is said again of a request in a later state (a transmission, an
/// acknowledgement, an assignment) leaves the state as it is.
pub(super) fn leads(deed: Deed, state: State) -> State {
    let again = match deed.act() {
        ActKind::Transmit => state != State::Ready,
        ActKind::Acknowledge => state != State::Transmitted,
        ActKind::AssignAuthority => state != State::Acknowledged,
        _ => false,
    };
    entry(deed, state).1.filter(|_| !again).unwrap_or(state)
}

/// What the code is asked: the act, and the state its content asks for.
fn question(deed: Deed) -> (ActKind, Option<State>) {
    let target = match deed {
        Deed::Report(result) => Some(result),
        Deed::Supersede => Some(State::Superseded),
        Deed::Plain(ActKind::Withdraw) => Some(State::Withdrawn),
        Deed::Plain(ActKind::Cease) => Some(State::Ceased),
        Deed::Plain(_) | Deed::TransmitUrgently => None,
    };
    (deed.act(), target)
}

#[test]
fn code_and_table_agree_in_every_state_with_all_flags() {
    let mut pairs = 0;
    for (deed, cells, _) in TABLE {
        assert_eq!(cells.chars().filter(|cell| *cell != '|').count(), State::ALL.len(), "{deed:?}");
        for state in State::ALL {
            for set in 0..1_u32 << Flag::ALL.len() {
                let flags: Vec<_> = (0..)
                    .zip(Flag::ALL)
                    .filter(|(bit, _)| set >> bit & 1 == 1)
                    .map(|(_, flag)| *flag)
                    .collect();
                let (act, target) = question(*deed);
                let row = row(act, target, *state, &flags);
                assert_eq!(
                    row.is_some(),
                    allowed(*deed, *state, &flags),
                    "{deed:?} in {state} with {flags:?}"
                );
                let Some(row) = row else { continue };
                pairs += 1;
                let after = match (row.to, target) {
                    (To::State(after), _) | (To::OneOf(_), Some(after)) => after,
                    (To::Same | To::OneOf(_), _) => *state,
                };
                assert_eq!(after, leads(*deed, *state), "{deed:?} in {state} with {flags:?}");
            }
        }
    }
    assert!(pairs > 1_000, "the test looks at something");
}

#[test]
fn the_table_names_every_act() {
    for act in ActKind::ALL {
        assert!(deeds().any(|deed| deed.act() == *act), "{act} has no row in the test's table");
        assert!(ROWS.iter().any(|row| row.act == *act), "{act} has no row in the code's table");
    }
}

/// A cease that leaves somebody's obligation keeps the state, wherever it is allowed.
#[test]
fn a_cease_in_part_keeps_the_state() {
    for state in State::ALL {
        let row = row(ActKind::Cease, None, *state, &[]);
        assert_eq!(row.is_some(), allowed(Deed::Plain(ActKind::Cease), *state, &[]), "{state}");
    }
}
