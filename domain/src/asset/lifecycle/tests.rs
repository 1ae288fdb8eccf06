use super::*;

#[test]
fn each_act_has_one_row_with_sides_roles_and_states() {
    for act in AssetActKind::ALL {
        let rows: Vec<_> = ROWS.iter().filter(|row| row.act == *act).collect();
        let [row] = rows[..] else { panic!("{act} has {} rows", rows.len()) };
        assert!(!row.sides.is_empty() && !row.roles.is_empty() && !row.during.is_empty(), "{act}");
        assert!(!row.accompanied_by.is_empty() && !row.basis.is_empty(), "{act}");
        assert_eq!(act.row().map(|row| row.act), Some(*act));
    }
    assert_eq!(ROWS.len(), AssetActKind::ALL.len());
}

#[test]
fn roles_are_those_of_the_sides() {
    let court = |role: &&Role| [RegistryCooperationOfficer, OtpFinancialInvestigator].contains(role);
    for row in ROWS {
        let of_state = row.roles.iter().any(|role| !court(&role));
        assert_eq!(of_state, row.sides.contains(&Side::Holder), "{}", row.act);
        // Only what is the Court's alone is hidden from the State.
        assert_eq!(row.audience == Audience::Issuer, row.sides == [Side::Court], "{}", row.act);
        // The Prosecutor holds nothing himself.
        let investigator = row.roles.contains(&OtpFinancialInvestigator);
        assert_eq!(investigator, row.sides.contains(&Side::Court), "{}", row.act);
    }
}

#[test]
fn nothing_is_done_to_assets_of_a_request_that_is_not_sent_or_closed() {
    for row in ROWS {
        for state in [State::Draft, State::Ready, State::Transmitted, State::Denied, State::Closed] {
            assert!(!row.during.contains(&state), "{} while {state}", row.act);
        }
    }
}

#[test]
fn the_page_has_a_line_for_each_row() {
    let page = markdown();
    let lines: Vec<_> = page.lines().filter(|line| line.starts_with("| `")).collect();
    assert_eq!(lines.len(), ROWS.len());
    for (row, line) in ROWS.iter().zip(lines) {
        assert!(line.starts_with(&format!("| `{}` |", row.act)), "{line}");
        assert_eq!(line.matches(" | ").count(), 6, "{line}");
    }
}
