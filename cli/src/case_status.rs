//! `focalnet case status`: what is frozen, where, worth what, until when, and what is open, on one screen.

use clap::{Arg, ArgMatches, Command};
use comfy_table::{Table, presets};
use focalnet_contract::{
    client::{Failure, escape, words},
    proto,
    proto::{AssetGroup, AssetLine, AssetOverview, Money, Recovery, Tally, asset},
};
use rust_decimal::Decimal;
use serde_json::json;

use self::chart::charts;
use super::{Context, Handwritten, block_on, render};

mod chart;
mod conversion;
mod subject;

pub(super) use subject::case_named;

/// The verbs of a case that are written by hand.
pub(crate) const VERBS: &[Handwritten] = &[Handwritten { command, run }];

fn command() -> Command {
    let day =
        |name: &'static str, help: &'static str| Arg::new(name).long(name).value_name("DATE").help(help);
    let within = Arg::new("within-days").long("within-days").value_name("DAYS");
    Command::new("status")
        .about("Show what is frozen in a case, where, worth what, until when, and what is open")
        .long_about(
            "Show what is frozen in a case, where, worth what, until when, and what is open: all of it as far as you may \
             see it, the totals too. A group of two persons or purposes can share assets; the total counts each once.",
        )
        .arg(Arg::new("case").value_name("CASE").help(
            "`cases/{uuid}` or its number, as ICC-01/05-01/08; may be left out by who sees only one case",
        ))
        .arg(Arg::new("person").long("person").value_name("PERSON").help(
            "Only of this person, over all States: `cases/{uuid}/persons/{uuid}`, or a part of the name",
        ))
        .arg(day("as-of-date", "The day to tell of [default: today]"))
        .arg(day("known-date", "Leave out what was reported after this day"))
        .arg(
            within
                .value_parser(clap::value_parser!(i32).range(1..=3_650))
                .help("How many days ahead a measure counts as expiring [default: 30]"),
        )
        .args(conversion::args())
}

fn run(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let text = |name: &str| matches.get_one::<String>(name).cloned();
    block_on(async {
        let mut client = context.client()?;
        let (method, name) = subject::named(&mut client, text("case"), text("person")).await?;
        let mut message = json!({ "name": name });
        for (flag, field) in [("as-of-date", "as_of_date"), ("known-date", "known_date")] {
            if let Some(day) = text(flag) {
                message[field] = day.into();
            }
        }
        if let Some(days) = matches.get_one::<i32>("within-days") {
            message["expiring_within_days"] = (*days).into();
        }
        if let Some(rates) = conversion::rates(matches)? {
            message["convert_by"] = rates;
        }
        let answer = client.json(method, message).await?;
        if context.json {
            return render::print(&words::json(&answer)?);
        }
        render::print(&screen(&subject::read(&answer)?))
    })
}

/// A word of an enum as people write it.
fn word(name: &str, prefix: &str) -> String {
    name.trim_start_matches(prefix).to_lowercase().replace('_', " ")
}

/// An amount with its thousands apart.
#[must_use]
pub fn money(money: &Money) -> String {
    let (whole, decimals) = money.amount.split_once('.').unwrap_or((&money.amount, ""));
    let digits = whole.len();
    let mut apart = String::new();
    for (number, digit) in whole.chars().enumerate() {
        if number > 0 && (digits - number).is_multiple_of(3) {
            apart.push(',');
        }
        apart.push(digit);
    }
    let point = if decimals.is_empty() { "" } else { "." };
    format!("{} {apart}{point}{decimals}", money.currency_code)
}

/// By how much an amount is another, in whole percent; nothing where it is the same or the first is nothing.
fn change(first: &Money, now: &Money) -> Option<String> {
    let (first, now): (Decimal, Decimal) = (first.amount.parse().ok()?, now.amount.parse().ok()?);
    let percent = (now - first).checked_div(first)?.checked_mul(Decimal::ONE_HUNDRED)?.round();
    (!percent.is_zero()).then(|| format!("{percent:+} %"))
}

fn count(tally: Option<&Tally>) -> i32 {
    tally.map_or(0, |tally| tally.count)
}

fn many(number: i32, one: &str, more: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { more })
}

/// What a group is worth, currency by currency.
fn worth(group: &AssetGroup) -> String {
    let sum = |sum: &proto::ValueSum| {
        let now = sum.amount.clone().unwrap_or_default();
        let fall = sum.first_amount.as_ref().and_then(|first| change(first, &now));
        format!("{}{}", money(&now), fall.map(|fall| format!(" ({fall})")).unwrap_or_default())
    };
    let sums: Vec<_> = group.values.iter().map(sum).collect();
    if sums.is_empty() {
        return "not valued".to_owned();
    }
    let together = group.converted.as_ref().map(conversion::shown).unwrap_or_default();
    sums.join(" · ") + &together
}

/// What is open in a group.
fn open(group: &AssetGroup) -> String {
    let tallies = [
        (count(group.claims_pending.as_ref()), "claim pending", "claims pending"),
        (count(group.releases_outstanding.as_ref()), "release outstanding", "releases outstanding"),
        (count(group.renewals_due.as_ref()), "renewal due", "renewals due"),
        (count(group.stale_values.as_ref()), "stale value", "stale values"),
        (count(group.outlived.as_ref()), "measure without legal basis", "measures without legal basis"),
    ];
    let unpaid =
        group.unpaid.iter().filter_map(|sum| sum.amount.as_ref()).map(|sum| format!("{} unpaid", money(sum)));
    let counted =
        tallies.iter().filter(|(number, ..)| *number > 0).map(|(number, one, more)| many(*number, one, more));
    let all: Vec<_> = counted.chain(unpaid).collect();
    if all.is_empty() { "nothing".to_owned() } else { all.join(", ") }
}

fn states(group: &AssetGroup) -> String {
    let state = |entry: &proto::StateCount| {
        format!("{} {}", entry.count, word(entry.state().as_str_name(), "STATE_"))
    };
    group.states.iter().map(state).collect::<Vec<_>>().join(", ")
}

fn table(headings: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(headings);
    for row in rows {
        table.add_row(row);
    }
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    table.lines().map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// Groups in a line each.
#[must_use]
pub fn groups(heading: &str, groups: &[AssetGroup]) -> String {
    let row = |group: &AssetGroup| {
        vec![
            escape::line(&group.display_name).replace('_', " "),
            states(group),
            count(group.measures_in_force.as_ref()).to_string(),
            count(group.expiring.as_ref()).to_string(),
            worth(group),
            open(group),
        ]
    };
    table(&[heading, "ASSETS", "IN FORCE", "EXPIRING", "WORTH", "OPEN"], groups.iter().map(row))
}

/// Letters of a description that a line shows.
const SHOWN: usize = 34;

fn lines(assets: &[AssetLine]) -> String {
    let row = |line: &AssetLine| {
        let mut description: String = escape::line(&line.description).chars().take(SHOWN + 1).collect();
        if description.chars().count() > SHOWN {
            description = description.chars().take(SHOWN - 1).chain(['…']).collect();
        }
        let worth = line.worth.as_ref().map_or_else(|| "–".to_owned(), money);
        let fall = line
            .first_value
            .as_ref()
            .zip(line.value.as_ref())
            .filter(|(first, now)| line.worth.is_some() && first.currency_code == now.currency_code);
        let fall = fall.and_then(|(first, now)| change(first, now)).map(|fall| format!(" ({fall})"));
        vec![
            description,
            word(asset::State::try_from(line.state).unwrap_or_default().as_str_name(), "STATE_"),
            escape::line(&line.state_display_name),
            line.persons.iter().map(|person| escape::line(person)).collect::<Vec<_>>().join(", "),
            format!("{worth}{}", fall.unwrap_or_default()),
            match (line.last_date.as_str(), line.reminder_date.as_str()) {
                ("", "") => "–".to_owned(),
                ("", reminder) => format!("renew by {reminder}"),
                (last, _) => last.to_owned(),
            },
            line.open().map(|matter| word(matter.as_str_name(), "MATTER_")).collect::<Vec<_>>().join(", "),
            line.asset.clone(),
        ]
    };
    table(&["ASSET", "STATE", "WHERE", "WHOSE", "WORTH", "UNTIL", "OPEN", "NAME"], assets.iter().map(row))
}

/// How much orders ask for, and how much of it was recovered.
#[must_use]
pub fn recoveries(all: &[Recovery]) -> String {
    let shown = |amount: &Option<Money>| amount.as_ref().map(money).unwrap_or_default();
    let row = |recovery: &Recovery| {
        let ended = Some(&recovery.end_date).filter(|day| !day.is_empty());
        vec![
            escape::line(&recovery.document_number),
            word(recovery.purpose().as_str_name(), "PURPOSE_KIND_"),
            shown(&recovery.amount),
            shown(&recovery.recovered),
            ended.map_or_else(|| shown(&recovery.outstanding), |day| format!("ended {day}")),
        ]
    };
    table(&["ORDER", "PURPOSE", "ASKED", "RECOVERED", "LEFT"], all.iter().map(row))
}

/// A group in four lines: how many, worth what, held by what, and what is open.
#[must_use]
pub fn summary(group: &AssetGroup) -> String {
    let oldest = group.values.iter().map(|sum| sum.oldest_date.as_str()).min().filter(|day| !day.is_empty());
    let oldest = oldest.map(|day| format!("; oldest value {day}")).unwrap_or_default();
    let (in_force, expiring) = (count(group.measures_in_force.as_ref()), count(group.expiring.as_ref()));
    format!(
        "Assets    {}: {}\nHeld      {}{oldest}\nMeasures  {in_force} in force, {expiring} of them end soon\nOpen      {}\n",
        group.count,
        states(group),
        worth(group),
        open(group)
    )
}

/// The whole screen.
fn screen(overview: &AssetOverview) -> String {
    let total = overview.total.clone().unwrap_or_default();
    let mut parts = vec![format!("{}, on {}\n", escape::line(&overview.display_name), overview.as_of_date)];
    if total.count == 0 {
        parts.push("No asset that you may see was reported.\n".to_owned());
    } else {
        parts.extend(of_assets(overview, &total));
    }
    if let Some(group) = &overview.unattributed {
        parts.push(groups(
            "NOBODY HAS SAID WHOSE",
            &[AssetGroup { display_name: "perhaps".into(), ..group.clone() }],
        ));
    }
    if !overview.recoveries.is_empty() {
        parts.push(recoveries(&overview.recoveries));
    }
    parts.extend(charts(&overview.values));
    parts.join("\n")
}

fn of_assets(overview: &AssetOverview, total: &AssetGroup) -> Vec<String> {
    let mut parts =
        vec![summary(total) + &total.converted.as_ref().map(conversion::note).unwrap_or_default()];
    for (heading, all) in
        [("STATE", &overview.states), ("PERSON", &overview.persons), ("PURPOSE", &overview.purposes)]
    {
        if !all.is_empty() {
            parts.push(groups(heading, all));
        }
    }
    let left_out = match overview.left_out {
        0 => String::new(),
        number => format!("and {number} more: `focalnet asset list`\n"),
    };
    parts.push(lines(&overview.assets) + &left_out);
    for same in &overview.duplicates {
        let value =
            same.identifier.as_ref().map(|identifier| escape::line(&identifier.value)).unwrap_or_default();
        parts.push(format!("Perhaps one and the same ({value}): {}\n", same.assets.join(", ")));
    }
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn euros(amount: &str) -> Money {
        Money { currency_code: "EUR".into(), amount: amount.into() }
    }

    #[test]
    fn thousands_stand_apart() {
        for (amount, shown) in [
            ("0.00", "EUR 0.00"),
            ("999.99", "EUR 999.99"),
            ("1000", "EUR 1,000"),
            ("1234567.80", "EUR 1,234,567.80"),
        ] {
            assert_eq!(money(&euros(amount)), shown);
        }
    }

    #[test]
    fn a_fall_is_told_in_percent() {
        assert_eq!(change(&euros("200.00"), &euros("50.00")).as_deref(), Some("-75 %"));
        assert_eq!(change(&euros("100.00"), &euros("150.00")).as_deref(), Some("+50 %"));
        assert_eq!(change(&euros("100.00"), &euros("100.00")), None);
        assert_eq!(change(&euros("0.00"), &euros("100.00")), None);
    }

    #[test]
    fn nothing_is_told_as_such() {
        let overview =
            AssetOverview { display_name: "ICC-01/05-01/08 Bemba".into(), ..AssetOverview::default() };
        assert!(screen(&overview).contains("No asset that you may see"));
    }
}
