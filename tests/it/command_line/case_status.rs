//! What is frozen in a case, on one screen.

use focalnet_contract::Rpc;
use focalnet_domain::freezing_request::State;
use serde_json::{Value, json};

use crate::support::{cast::PASSWORD, program::Program, terminal::Terminal, world::World};

/// A world in which a house in Portugal is frozen beside an aircraft: it has lost half of its value, a claim is pending, a
/// cost is due, and its freeze ends soon.
async fn with_a_house() -> (World, String) {
    let world = World::new().await;
    let request = world.in_state(State::Executed).await;
    let portugal = world.portugal().focal_point();
    let value = |day: &str, amount: &str| json!({ "value": { "currency_code": "EUR", "amount": amount }, "valuation_date": day, "method": "METHOD_APPRAISAL" });
    let house = json!({
        "type": "ASSET_TYPE_REAL_ESTATE", "jurisdiction": "PT", "holder": "He", "persons": [0],
        "description": "A house at Quinta do Lago with a long description",
        "measures": [{ "kind": "KIND_FREEZE", "national_reference": "118/08", "start_date": "2008-07-02", "end_date": "2011-01-20" }],
        "valuations": [value("2008-07-02", "400000.00"), value("2009-07-02", "300000.00"), value("2010-07-02", "200000.00")],
    });
    let house = portugal.reports_asset(&request, house).await.unwrap().name;
    let claim = json!({ "claim": {
        "claimant": "His wife", "right": "RIGHT_SPOUSE_SHARE", "share": { "numerator": 1, "denominator": 2 },
        "forum": "FORUM_NATIONAL", "lodged_date": "2009-01-15",
    }});
    portugal.does_to(&house, Rpc::RecordClaim, claim).await.unwrap();
    let cost = json!({ "cost": {
        "kind": "KIND_TAX", "amount": { "currency_code": "EUR", "amount": "1250.50" }, "due_date": "2010-03-31",
        "bearer": "BEARER_REQUESTED_STATE",
    }});
    portugal.does_to(&house, Rpc::RecordCost, cost).await.unwrap();
    (world, house)
}

/// The line of a screen that begins with a word.
#[track_caller]
fn line<'a>(screen: &'a str, word: &str) -> &'a str {
    screen
        .lines()
        .find(|line| line.starts_with(word))
        .unwrap_or_else(|| unreachable!("no {word} in {screen}"))
}

#[tokio::test]
async fn the_status_of_a_case_fits_on_one_screen() {
    let (world, house) = with_a_house().await;
    let program = Program::start(&["serve"], world.base.environment(&world.database));
    let endpoint = program.endpoint();
    let officer = Terminal::of(&endpoint, &world.registry().officer().login, PASSWORD);
    let on = ["--as-of-date", "2011-01-01"];
    let screen = officer.runs(&[&["case", "status"][..], &on].concat()).done();

    assert!(
        screen.starts_with("ICC-01/05-01/08 The Prosecutor v. Jean Paul Ngoma, on 2011-01-01\n"),
        "{screen}"
    );
    assert_eq!(line(&screen, "Assets"), "Assets    2: 1 frozen, 1 seized");
    assert_eq!(line(&screen, "Held"), "Held      EUR 1,100,000.00 (-15 %); oldest value 2008-07-02");
    assert_eq!(line(&screen, "Measures"), "Measures  2 in force, 1 of them end soon");
    assert_eq!(
        line(&screen, "Open"),
        "Open      1 claim pending, 1 renewal due, 1 stale value, EUR 1,250.50 unpaid"
    );
    for heading in ["STATE ", "PERSON ", "PURPOSE ", "ASSET "] {
        line(&screen, heading);
    }
    for group in ["Portugal ", "Jean Paul Ngoma ", "forfeiture ", "reparations "] {
        assert!(line(&screen, group).contains(" 1 frozen, 1 seized "), "{screen}");
    }
    let of_house = line(&screen, "A house at Quinta do Lago with a …");
    for told in [
        "frozen",
        "Portugal",
        "Ngoma",
        "EUR 200,000.00 (-50 %)",
        "2011-01-20",
        "expiring, renewal due, claim pending, unpaid",
        &house,
    ] {
        assert!(of_house.contains(told), "{told} in {of_house}");
    }
    // What is open stands first.
    assert!(screen.find("A house at").unwrap() < screen.find("Aircraft at Faro").unwrap());
    let chart = line(&screen, "2008-07-02  EUR 1,300,000.00  ");
    assert_eq!(chart, "2008-07-02  EUR 1,300,000.00  ██▇▇  EUR 1,100,000.00  2011-01-01");
    // Nobody looks at a terminal: no colours, no moving cursor.
    assert!(!screen.contains('\u{1b}') && !screen.contains('\r'), "{screen}");

    // The same case by name and by number, with other days ahead, and nothing known yet.
    for case in [world.cast().case.as_str(), "ICC-01/05-01/08"] {
        assert_eq!(officer.runs(&[&["case", "status", case][..], &on].concat()).done(), screen);
    }
    for person in ["ngoma", &world.cast().person] {
        let of_person = officer.runs(&[&["case", "status", "--person", person][..], &on].concat()).done();
        assert!(of_person.starts_with("Jean Paul Ngoma, on 2011-01-01\n"), "{of_person}");
        assert_eq!(line(&of_person, "Assets"), "Assets    2: 1 frozen, 1 seized");
    }
    officer.runs(&["case", "status", "--person", "Mbala"]).refused(5);
    let soon = officer.runs(&[&["case", "status", "--within-days", "18"][..], &on].concat()).done();
    assert_eq!(line(&soon, "Measures"), "Measures  2 in force, 0 of them end soon");
    let dollars = |rate: &str| {
        let rates =
            ["--convert-to", "USD", "--rate", rate, "--rate-date", "2010-12-31", "--rate-source", "ECB"];
        officer.runs(&[&["case", "status"][..], &on, &rates].concat())
    };
    let converted = dollars("EUR=1.3362").done();
    let held = "Held      EUR 1,100,000.00 (-15 %) = USD 1,469,820.00; oldest value 2008-07-02";
    assert_eq!(line(&converted, "Held"), held);
    assert_eq!(line(&converted, "Rates"), "Rates     of 2010-12-31, ECB");
    let without = dollars("XAF=0.002").done();
    assert!(line(&without, "Held").contains(" = USD 0.00 without EUR;"), "{without}");
    assert!(dollars("EUR").refused(2).contains("write it as"));
    assert!(dollars("EUR=0").refused(2).contains("convert_by.rates[0].rate"));
    officer.runs(&["case", "status", "--convert-to", "USD"]).refused(2);
    let before = officer.runs(&["case", "status", "--known-date", "2008-01-01"]).done();
    assert!(before.ends_with("No asset that you may see was reported.\n"), "{before}");
    officer.runs(&["case", "status", "ICC-01/05-01/99"]).refused(5);
    officer.runs(&["case", "status", "--within-days", "0"]).refused(2);
    officer.runs(&["case", "status", "--as-of-date", "yesterday"]).refused(2);

    let portugal = Terminal::of(&endpoint, &world.portugal().focal_point().login, PASSWORD);
    portugal.runs(&["case", "status"]).refused(5);
    portugal.runs(&["case", "status", &world.cast().case]).refused(5);
}

#[tokio::test]
async fn programs_are_told_the_status_in_json() {
    let (world, house) = with_a_house().await;
    let program = Program::start(&["serve"], world.base.environment(&world.database));
    let officer = Terminal::of(&program.endpoint(), &world.registry().officer().login, PASSWORD);
    let told: Value = officer.asks(&["case", "status", "--as-of-date", "2011-01-01"]);
    let asked = json!({ "name": world.cast().case, "as_of_date": "2011-01-01" });
    let answered = world.registry().officer().asks(Rpc::GetCaseAssetStatus, asked).await.unwrap();
    assert_eq!(told["assets"][0]["asset"], house.as_str());
    assert_eq!(told["total"]["values"][0]["amount"]["amount"], "1100000.00");
    assert_eq!(told["total"]["values"], answered["total"]["values"], "as the server answers");
    assert_eq!(told["values"].as_array().unwrap().len(), 4, "with the day that was asked about");
}
