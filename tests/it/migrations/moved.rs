//! Steps that move rows, on rows made for them.

use super::fixture::{Aged, number_of};
use crate::support::ledger::texts;

/// Request, position and purpose, with day and time of the end.
const OF_REQUESTS: &str = "
    SELECT concat_ws(' ', right(request_id::text, 2), position, purpose, end_date, to_char(end_time AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI'))
    FROM request_purpose ORDER BY 1";

/// Order, position, person and purpose, with day and time of the end.
const OF_ORDERS: &str = "
    SELECT concat_ws(' ', right(order_id::text, 2), position, right(person_id::text, 2), purpose, end_date,
        to_char(end_time AT TIME ZONE 'UTC', 'YYYY-MM-DD'))
    FROM order_purpose ORDER BY 1";

async fn at_0012() -> Aged {
    let mut aged = Aged::after(number_of("0012")).await;
    aged.does(include_str!("rows_0012.sql")).await;
    aged
}

#[tokio::test]
async fn each_purpose_of_a_request_ended_when_its_own_end_became_known() {
    let mut aged = at_0012().await;
    let known = [
        "30 0 fine 2010-01-01 2010-01-05 00:00",
        "30 0 forfeiture 2012-01-01 2012-01-05 00:00",
        "30 1 fine 2012-01-01 2012-01-05 00:00",
        "30 1 legal_aid",
        "31 0 fine 2010-01-01 2010-01-05 00:00",
        // It was withdrawn, which ended nothing then.
        "31 0 forfeiture",
        // What each end said was destroyed: one of them was the last.
        "32 0 fine 2010-01-01 2010-01-06 00:00",
        // Nobody tells: not later than the day from which it held.
        "33 0 fine 2010-01-01 2010-01-01 00:00",
    ];
    for _ in 0..2 {
        aged.goes_to(number_of("0013")).await;
        assert_eq!(texts(&mut aged.database.superuser, OF_REQUESTS).await, known);
        aged.goes_to(number_of("0012")).await;
    }
}

#[tokio::test]
async fn what_was_withdrawn_binds_no_more_until_the_step_is_taken_back() {
    let mut aged = at_0012().await;
    aged.goes_to(number_of("0013")).await;
    let before = texts(&mut aged.database.superuser, OF_REQUESTS).await;
    let mut after = before.clone();
    let withdrawn = after.iter_mut().find(|line| *line == "31 0 forfeiture").unwrap();
    withdrawn.push_str(" 2011-07-01 2011-07-01 23:30");
    for _ in 0..2 {
        aged.goes_to(number_of("0014")).await;
        assert_eq!(texts(&mut aged.database.superuser, OF_REQUESTS).await, after);
        aged.goes_to(number_of("0013")).await;
        assert_eq!(texts(&mut aged.database.superuser, OF_REQUESTS).await, before);
    }
}

#[tokio::test]
async fn an_order_knows_for_whom_its_purposes_have_ended() {
    let mut aged = at_0012().await;
    let known = [
        // An acquittal ends all but the debt, and only for the person acquitted.
        "20 0 10 forfeiture 2018-06-08 2018-06-12",
        "20 0 10 legal_aid",
        "20 1 11 forfeiture",
        "20 1 11 legal_aid",
        // Revoked: what had ended before keeps its end.
        "21 0 10 fine 2018-06-08 2018-06-12",
        "21 0 10 legal_aid 2019-01-02 2019-01-03",
        "21 1 11 fine 2019-01-02 2019-01-03",
        "21 1 11 legal_aid 2019-01-02 2019-01-03",
        // Who was left out of the list is still named; reparations ended for all, and then somebody came who never
        // came under them; forfeiture ended for one.
        "22 0 12 forfeiture",
        "22 0 12 reparations 2009-01-31 2009-02-01",
        "22 1 11 forfeiture 2009-03-31 2009-04-01",
        "22 1 11 reparations 2009-01-31 2009-02-01",
        "22 2 13 forfeiture",
        // The acquittal was known when this was decided.
        "23 0 10 fine",
        // What it says now is all there is.
        "24 0 10 fine 2018-06-08 2018-06-12",
        "24 1 11 fine",
        // And when it was revoked.
        "25 0 11 fine 2019-01-03 2019-01-03",
    ];
    for _ in 0..2 {
        aged.goes_to(number_of("0014")).await;
        assert_eq!(texts(&mut aged.database.superuser, OF_ORDERS).await, known);
        aged.goes_to(number_of("0012")).await;
    }
}

/// From the event that told of its transmission; not where that was destroyed, and not of what was not sent.
#[tokio::test]
async fn a_version_that_was_sent_has_the_digest_that_its_event_has() {
    let digests = "SELECT concat_ws(' ', right(request_id::text, 2), number, content_sha256) FROM request_version ORDER BY 1";
    let mut aged = at_0012().await;
    aged.goes_to(number_of("0017")).await;
    aged.does(include_str!("rows_0017.sql")).await;
    for _ in 0..2 {
        aged.goes_to(number_of("0018")).await;
        let known = ["30 1 d1", "30 2 d2", "30 3", "31 1 d1", "32 1"];
        assert_eq!(texts(&mut aged.database.superuser, digests).await, known);
        aged.goes_to(number_of("0017")).await;
    }
}

/// How requests 30 to 32 were sent, as it stood in the requests: 30 by an urgent medium at first, 31 and 32 only so.
const SENT: &str = r#"
UPDATE freezing_request r SET facts = jsonb_build_object('transmissions', t.sent, 'acknowledged_version', 1)
FROM (VALUES
    ('30', jsonb '[{"version": 1, "transmission": {"medium": "urgent", "reference": "a", "channel": {"number": 1},
        "confirmation_reference": null}}, {"version": 2, "transmission": {"medium": "formal_channel", "reference": "b"}}]'),
    ('31', '[{"version": 1, "transmission": {"medium": "urgent", "reference": "c", "confirmation_reference": "d"}}]'),
    ('32', '[{"version": 1, "transmission": {"medium": "urgent", "reference": "e"}}]')
) AS t (number, sent) WHERE right(r.id::text, 2) = t.number"#;

#[tokio::test]
async fn how_a_version_was_sent_stands_with_the_version() {
    let of_versions = "SELECT concat_ws(' ', right(request_id::text, 2), number, transmission ->> 'medium',
        transmission ->> 'reference', transmission ->> 'confirmation_reference') FROM request_version ORDER BY 1";
    let of_requests = "SELECT concat_ws(' ', right(id::text, 2), facts ->> 'urgent_unconfirmed', facts -> 'channel' ->> 'number',
        facts ->> 'acknowledged_version') FROM freezing_request ORDER BY 1";
    let facts = "SELECT right(id::text, 2) || facts FROM freezing_request WHERE facts ? 'acknowledged_version' ORDER BY 1";
    let mut aged = at_0012().await;
    aged.goes_to(number_of("0017")).await;
    aged.does(include_str!("rows_0017.sql")).await;
    aged.does(SENT).await;
    aged.does("UPDATE court_order SET changes = '[]'").await;
    aged.goes_to(number_of("0019")).await;
    let before = texts(&mut aged.database.superuser, facts).await;
    for _ in 0..2 {
        aged.goes_to(number_of("0020")).await;
        let known = ["30 1 urgent a", "30 2 formal_channel b", "30 3", "31 1 urgent c d", "32 1 urgent e"];
        assert_eq!(texts(&mut aged.database.superuser, of_versions).await, known);
        let known = ["30 true 1 1", "31 false 1", "32 true 1", "33 false"];
        assert_eq!(texts(&mut aged.database.superuser, of_requests).await, known);
        aged.goes_to(number_of("0019")).await;
        assert_eq!(texts(&mut aged.database.superuser, facts).await, before);
    }
}

/// The asset is older than the step then, and rests on the event that told of it.
#[tokio::test]
async fn an_asset_that_the_court_holds_outlives_a_way_below_its_ledger() {
    let mut aged = at_0012().await;
    let rests =
        "SELECT a.id || ' on ' || e.act || CASE WHEN e.hash = a.head THEN '' ELSE ', but not by its head' END
        FROM asset a JOIN journal_event e ON e.id = a.event_id";
    let before = texts(&mut aged.database.superuser, rests).await;
    assert_eq!(before, ["00000000-0000-4000-8000-000000000040 on report_asset"]);
    aged.goes_to(number_of("0008")).await;
    aged.goes_to(number_of("0012")).await;
    assert_eq!(texts(&mut aged.database.superuser, rests).await, before);
}
