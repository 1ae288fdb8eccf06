use std::collections::{BTreeSet, HashMap};

use proptest::prelude::*;

use super::*;

/// In time, late and not answered of each group, in the order of the groups.
type Table = Vec<[i64; 3]>;

fn publish(table: &Table) -> Vec<Row> {
    let counts = |&[in_time, late, not_answered]: &[i64; 3]| Counts { in_time, late, not_answered };
    let counted = RegionalGroup::ALL.iter().copied().zip(table.iter().map(counts));
    rows(&counted.filter(|(_, counts)| counts.asked() > 0).collect())
}

/// The rows as asked, answered, in time, not answered and rate, with a dot where a number is left out.
fn print(rows: &[Row]) -> Vec<String> {
    let print = |number: Option<i64>| number.map_or(".".to_owned(), |number| number.to_string());
    let numbers = |row: &Row| [row.asked, row.answered, row.answered_in_time, row.not_answered].map(print);
    rows.iter()
        .map(|row| format!("{} {}", numbers(row).join(" "), row.rate.as_deref().unwrap_or(".")))
        .collect()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn asked(group: RegionalGroup, state: u128, circulate: &str, due: &str, attest: Option<&str>) -> Asked {
    Asked {
        group,
        state: Uuid::from_u128(state),
        circulate_date: day(circulate),
        due_date: day(due),
        attest_date: attest.map(day),
    }
}

#[test]
fn a_state_counts_once_and_by_its_worst_circulation() {
    use RegionalGroup::{African, Weog};
    let due = "2024-12-01";
    let rows = [
        asked(African, 1, "2024-10-01", due, Some("2024-12-01")),
        asked(African, 2, "2024-10-01", due, Some("2024-12-02")),
        asked(African, 3, "2024-10-01", due, Some("2025-01-02")),
        asked(African, 4, "2024-10-01", due, None),
        // Two circulations: in time and late, late and not answered, in time and in time but of another group.
        asked(African, 5, "2024-10-01", due, Some("2024-11-01")),
        asked(African, 5, "2024-10-02", due, Some("2024-12-31")),
        asked(African, 6, "2024-10-02", due, None),
        asked(African, 6, "2024-10-01", due, Some("2024-12-31")),
        asked(Weog, 7, "2024-10-02", due, Some("2024-11-01")),
        asked(African, 7, "2024-10-01", due, Some("2024-11-01")),
        // Circulated after the day the statistics are taken.
        asked(African, 8, "2025-01-02", "2025-02-01", Some("2025-01-02")),
    ];
    let counted = count(rows.iter(), day("2025-01-01"));
    let african = Counts { in_time: 1, late: 2, not_answered: 3 };
    let weog = Counts { in_time: 1, late: 0, not_answered: 0 };
    assert_eq!(counted, BTreeMap::from([(African, african), (Weog, weog)]));
    assert_eq!(count(rows.iter().rev(), day("2025-01-01")), counted);
    let next_day = Counts { in_time: 2, late: 3, not_answered: 2 };
    assert_eq!(count(rows.iter(), day("2025-01-02"))[&African], next_day);
}

#[test]
fn periods_are_years_from_the_start() {
    let query = |start, end| Query { start: day(start), end: day(end), known: day("2026-01-01") };
    let periods = |query: Query| -> Vec<String> {
        response_statistics(&[], &query).iter().map(|p| format!("{}..{}", p.start, p.end)).collect()
    };
    let court = query("2023-09-16", "2025-10-01");
    assert_eq!(
        periods(court),
        ["2023-09-16..2024-09-16", "2024-09-16..2025-09-16", "2025-09-16..2025-10-01"]
    );
    assert_eq!(periods(query("2024-02-29", "2025-02-28")), ["2024-02-29..2025-02-28"]);
    assert!(periods(query("2024-09-16", "2024-09-16")).is_empty());
    assert!(periods(query("2024-09-16", "2023-09-16")).is_empty());
    let last = Query { start: NaiveDate::MAX.pred_opt().unwrap(), end: NaiveDate::MAX, ..court };
    assert_eq!(periods(last).len(), 1);

    let edges: Vec<Asked> = (0..12)
        .map(|state| {
            let circulate = if state < 6 { "2024-09-15" } else { "2024-09-16" };
            let attest = (state % 2 == 0).then_some("2024-09-20");
            asked(RegionalGroup::Grulac, state, circulate, "2024-09-19", attest)
        })
        .collect();
    for (period, asked) in response_statistics(&edges, &court).iter().zip([6, 6, 0]) {
        assert_eq!(period.rows[3].group, Some(RegionalGroup::Grulac));
        assert_eq!(period.rows[3].asked, Some(asked));
    }
}

#[test]
fn rates_round_half_up() {
    let cases = [(0, 7, "0.0"), (7, 7, "100.0"), (5, 8, "62.5"), (1, 3, "33.3"), (2, 3, "66.7")];
    for (part, whole, rate) in cases.into_iter().chain([(1, 2000, "0.1"), (1, 2001, "0.0"), (1, 16, "6.3")]) {
        assert_eq!(percent(part, whole).as_deref(), Some(rate), "{part} of {whole}");
    }
    assert_eq!(percent(0, 0), None);
}

#[test]
fn a_small_number_leaves_out_its_group_and_never_it_alone() {
    let none = "0 0 0 0 .";
    let table = |rows: &[[i64; 3]]| print(&publish(&rows.to_vec()));
    // Nothing small, and a group of which nobody was asked.
    assert_eq!(
        table(&[[10, 3, 20], [0, 0, 0], [3, 4, 3]]),
        ["33 13 10 20 39.4", none, "10 7 3 3 70.0", none, none, none, "43 20 13 23 46.5"]
    );
    // One small group takes the next smallest with it.
    assert_eq!(
        table(&[[10, 3, 20], [2, 0, 4], [3, 4, 3]]),
        ["33 13 10 20 39.4", ". . . . .", ". . . . .", none, none, none, "49 22 15 27 44.9"]
    );
    // A large one takes all that are smaller: else one could tell which of those left out is small itself.
    assert_eq!(
        table(&[[1, 1, 20], [4, 4, 4], [3, 4, 3], [20, 20, 20]]),
        [". . . . .", ". . . . .", ". . . . .", "60 40 20 20 66.7", none, none, "104 57 28 47 54.8"]
    );
    // Those left out are small together, so that more are left out, and at last the total.
    assert_eq!(
        table(&[[1, 0, 0], [1, 0, 0], [3, 4, 3]]),
        [". . . . .", ". . . . .", ". . . . .", none, none, none, "12 9 5 3 75.0"]
    );
    assert_eq!(table(&[[2, 0, 8]]), [". . . . .", none, none, none, none, none, ". . . . ."]);
    // Before the due date nobody is late, and the number answered can still be told.
    assert_eq!(
        table(&[[10, 0, 20], [4, 0, 6]]),
        ["30 10 . 20 33.3", "10 4 . 6 40.0", none, none, none, none, "40 14 . 26 35.0"]
    );
}

/// Every table where the groups have so many asked.
fn tables(asked: &[i64]) -> Vec<Table> {
    asked.iter().fold(vec![Table::new()], |tables, &n| {
        let splits = || (0..=n).flat_map(move |t| (0..=n - t).map(move |l| [t, l, n - t - l]));
        tables.iter().flat_map(|table| splits().map(|split| [table.as_slice(), &[split]].concat())).collect()
    })
}

/// The numbers that are left out, in a fixed order.
fn left_out(published: &[Row], table: &Table) -> Vec<i64> {
    let of_row = |(row, &[in_time, late, not_answered]): (&Row, &[i64; 3])| {
        let answers = [in_time + late, not_answered].into_iter().filter(|_| row.answered.is_none());
        let times = [in_time, late].into_iter().filter(|_| row.answered_in_time.is_none());
        answers.chain(times).collect::<Vec<_>>()
    };
    published.iter().zip(table).flat_map(of_row).collect()
}

/// An attacker who knows what is published, how many States of each group were asked, and this very program, goes
/// through every table there can be: those published alike must differ in each number that is left out.
#[test]
fn nothing_left_out_can_be_computed_from_small_tables() {
    let single = (1..=12).map(|only| vec![only]);
    let pairs = (1..=9).flat_map(|first| (first..=9).map(move |second| vec![first, second]));
    let triples =
        [[1, 6, 6], [1, 7, 6], [2, 6, 7], [1, 9, 9], [3, 3, 3], [6, 6, 6], [5, 6, 7]].map(Vec::from);
    let more = [vec![1, 1, 6, 6], vec![1, 1, 1, 9], vec![1, 1, 1, 1, 1, 7]];
    for asked in single.chain(pairs).chain(triples).chain(more) {
        let mut seen: HashMap<Vec<Row>, Vec<BTreeSet<i64>>> = HashMap::new();
        for table in tables(&asked) {
            let published = publish(&table);
            let numbers = left_out(&published, &table);
            let values = seen.entry(published).or_insert_with(|| vec![BTreeSet::new(); numbers.len()]);
            for (values, number) in values.iter_mut().zip(numbers) {
                values.insert(number);
            }
        }
        for (published, values) in seen {
            assert!(values.iter().all(|values| values.len() > 1), "{asked:?}: {:?}", print(&published));
        }
    }
}

/// Somebody who does not know how many States of a group were asked cannot compute this number where it is
/// left out.
#[test]
fn the_number_asked_cannot_be_computed_from_small_tables() {
    let pairs = (1..=13).flat_map(|first| (1..=14 - first).map(move |second| vec![first, second]));
    let triples = (1..=10)
        .flat_map(|first| (1..=11 - first).map(move |second| vec![first, second, 12 - first - second]));
    let mut seen: HashMap<Vec<Row>, BTreeSet<Vec<i64>>> = HashMap::new();
    for asked in pairs.chain(triples) {
        for table in tables(&asked) {
            seen.entry(publish(&table)).or_default().insert(asked.clone());
        }
    }
    for (published, asked) in seen {
        let groups = asked.first().map_or(0, Vec::len);
        for (at, _) in published.iter().take(groups).enumerate().filter(|(_, row)| row.asked.is_none()) {
            let values: BTreeSet<i64> = asked.iter().map(|asked| asked[at]).collect();
            assert!(values.len() > 1, "{:?}", print(&published));
        }
    }
}

/// The tables where one State stands elsewhere, or two of different groups have changed places.
fn near(table: &Table) -> impl Iterator<Item = Table> {
    let step = |mut table: Table, group: usize, from: usize, to: usize| {
        table[group][from] -= 1;
        table[group][to] += 1;
        table
    };
    let at = |table: &Table| (0..table.len()).flat_map(|group| (0..3).map(move |place| (group, place)));
    at(table)
        .flat_map(move |one| at(table).map(move |other| (one, other)))
        .map(move |((group, place), (other, other_place))| {
            let moved = step(table.clone(), group, place, other_place);
            if group == other { moved } else { step(moved, other, other_place, place) }
        })
        .filter(|table| table.iter().flatten().all(|number| *number >= 0))
}

/// The tables of up to six groups, with small numbers more often than large ones.
fn any_table() -> impl Strategy<Value = Table> {
    let number = || prop_oneof![0..=4_i64, 0..=30_i64];
    prop::collection::vec([number(), number(), number()], 1..=6)
}

proptest! {
    /// As above, but only through the tables that are two steps away.
    #[test]
    fn nothing_left_out_can_be_computed(table in any_table()) {
        let published = publish(&table);
        let numbers = left_out(&published, &table);
        let mut open: BTreeSet<usize> = (0..numbers.len()).collect();
        let two_steps = near(&table).flat_map(|table| near(&table).collect::<Vec<_>>());
        for other in near(&table).chain(two_steps).filter(|other| publish(other) == published) {
            let others = left_out(&published, &other);
            open.retain(|at| others[*at] == numbers[*at]);
            if open.is_empty() {
                break;
            }
        }
        prop_assert!(open.is_empty(), "{:?}", print(&published));
    }

    /// Neither as a number nor as a difference of numbers.
    #[test]
    fn nothing_published_counts_fewer_than_three(table in any_table()) {
        let published = publish(&table);
        let (total, groups) = published.split_last().unwrap();
        let large = |numbers: &[Option<i64>]| numbers.iter().flatten().all(|number| *number >= 3);
        for row in &published {
            let late = row.answered.zip(row.answered_in_time).map(|(answered, in_time)| answered - in_time);
            let numbers = [row.asked, row.answered, row.not_answered, row.answered_in_time, late];
            prop_assert!(row.asked == Some(0) || large(&numbers), "{:?}", print(&published));
        }
        let numbers: [fn(&Row) -> Option<i64>; 3] =
            [|row| row.answered, |row| row.not_answered, |row| row.answered_in_time];
        for number in numbers {
            let left_out = groups.iter().filter(|row| number(row).is_none()).count();
            let shown: i64 = groups.iter().filter_map(number).sum();
            let together = number(total).map(|total| total - shown);
            let safe = left_out == 0 || together.is_none_or(|together| left_out > 1 && together >= 3);
            prop_assert!(safe, "{:?}", print(&published));
        }
    }
}
