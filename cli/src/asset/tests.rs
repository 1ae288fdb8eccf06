//! The assets of `tests/vectors/assets.json`, in every format.

use calamine::{Data, Reader as _, Xlsx};
use chrono::NaiveDate;
use focalnet_contract::catalogue;
use focalnet_domain::asset::AssetType;
use prost_reflect::Value;
use serde_json::Value as Json;

use super::{
    csv_file, export, ftm, inventory,
    listed::Listed,
    table::{Cell, Table},
    workbook,
};
use crate::value;

/// The day of the vectors.
const DAY: NaiveDate = NaiveDate::from_ymd_opt(2026, 9, 1).unwrap();

/// The assets of a list as the server answers it, with one of every type.
fn assets() -> Vec<Listed> {
    let list = catalogue::message("ListAssetsResponse").unwrap();
    let message = value::parse(list, include_str!("../../../tests/vectors/assets.json")).unwrap();
    let rows = message.get_field_by_name("assets").unwrap();
    let messages = rows.as_list().unwrap().iter().filter_map(Value::as_message);
    messages.map(|message| export::read(message).unwrap()).collect()
}

fn cell<'a>(table: &'a Table, row: usize, heading: &str) -> &'a Cell {
    &table.rows[row][table.columns.iter().position(|column| column.heading == heading).unwrap()]
}

fn text(text: &str) -> Cell {
    Cell::Text(text.to_owned())
}

fn day(text: &str) -> Cell {
    Cell::Day(text.parse().unwrap())
}

#[test]
fn the_vectors_have_every_type() {
    let assets = assets();
    for kind in AssetType::ALL {
        assert!(assets.iter().any(|asset| asset.description.kind == *kind), "{kind}");
    }
}

fn lines() -> String {
    ftm::write(&ftm::entities(&assets(), DAY)).unwrap()
}

#[test]
fn follow_the_money_is_what_the_vectors_say() {
    let vectors = include_str!("../../../tests/vectors/assets.ftm.jsonl");
    let written = lines();
    for (number, (written, vector)) in written.lines().zip(vectors.lines()).enumerate() {
        assert_eq!(written, vector, "line {}", number + 1);
    }
    assert_eq!(written.lines().count(), vectors.lines().count());
}

#[test]
#[ignore = "writes the vectors anew, to be looked at and committed"]
fn follow_the_money_vectors() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/assets.ftm.jsonl");
    std::fs::write(path, lines()).unwrap();
}

fn of<'a>(entities: &'a [Json], schema: &str) -> Vec<&'a Json> {
    entities.iter().filter(|entity| entity["schema"] == schema).collect()
}

fn entities() -> Vec<Json> {
    lines().lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn identifiers_stand_where_the_schema_wants_them() {
    let entities = entities();
    let one = |schema: &str, property: &str| of(&entities, schema)[0]["properties"][property][0].clone();
    for (schema, property, expected) in [
        ("BankAccount", "iban", "PT50000201231234567890154"),
        ("BankAccount", "bic", "BCOMPTPL"),
        ("Security", "isin", "US0378331005"),
        ("Company", "leiCode", "5493001KJTIIGC8Y1R12"),
        ("Company", "registrationNumber", "PT 508 123 456"),
        ("RealEstate", "cadastralCode", "150301-U-1234"),
        ("RealEstate", "titleNumber", "1234/19980512"),
        ("RealEstate", "address", "Rua do Exemplo 5, 8600 Lagos"),
        ("Vehicle", "registrationNumber", "AA-00-BB"),
        ("Vehicle", "notes", "vin: 1M8GDM9AXKP042788"),
        ("Vessel", "imoNumber", "IMO9074729"),
        ("Vessel", "mmsi", "263000000"),
        ("Airplane", "registrationNumber", "CSDTP"),
        ("Airplane", "serialNumber", "FL-0123"),
        ("Airplane", "notes", "icao24: 4951a2"),
        ("CryptoWallet", "publicKey", "0x52908400098527886E0F7030069857D2E4169EE7"),
    ] {
        assert_eq!(one(schema, property), expected, "{schema} {property}");
    }
}

#[test]
fn amounts_are_in_dollars_only_where_they_are_dollars() {
    for entity in entities() {
        let properties = &entity["properties"];
        let is = |currency: &str| properties["currency"][0] == currency;
        assert_eq!(properties.get("amountUsd").is_some(), is("USD"), "{entity}");
        assert_eq!(properties.get("amountEur").is_some(), is("EUR"), "{entity}");
    }
}

#[test]
fn owners_own_and_holders_do_not() {
    let entities = entities();
    let id = |entity: &Json| entity["id"].clone();
    let person = of(&entities, "Person")[0];
    assert_eq!(person["properties"]["name"][0], "Albert Test");
    // He is one person on all assets of his request; of another request nobody says that he is the same.
    assert_eq!(of(&entities, "Person").len(), 3);
    let shares = |asset: &Json| {
        let owned =
            of(&entities, "Ownership").into_iter().filter(|edge| edge["properties"]["asset"][0] == id(asset));
        owned.map(|edge| edge["properties"]["percentage"][0].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(shares(of(&entities, "BankAccount")[0]), ["1/3", "1/3"]);
    // Only what is stated last of a layer.
    let company = of(&entities, "Company")[0];
    assert_eq!(shares(company), ["1/2", "1/2"]);
    assert!(!of(&entities, "Ownership").iter().any(|edge| {
        edge["properties"]["asset"][0] == id(company) && edge["properties"]["owner"][0] == id(person)
    }));
    // A wallet is nothing that can be owned in the schema.
    let wallet = of(&entities, "CryptoWallet")[0];
    assert_eq!(shares(wallet), [""; 0]);
    assert_eq!(wallet["properties"]["holder"].as_array().map(Vec::len), Some(1));
}

#[test]
fn only_measures_in_force_are_sanctions() {
    let entities = entities();
    let against = |schema: &str| {
        let id = &of(&entities, schema)[0]["id"];
        of(&entities, "Sanction").into_iter().filter(|one| one["properties"]["entity"][0] == *id).count()
    };
    assert_eq!((against("BankAccount"), against("RealEstate")), (1, 2));
    assert_eq!((against("Security"), against("Vehicle")), (0, 0));
    let renewed = &of(&entities, "Sanction")[0]["properties"];
    assert_eq!(renewed["endDate"][0], "2027-01-01");
    assert_eq!(renewed["country"][0], "pt");
}

#[test]
fn ids_tell_nothing_and_stay() {
    let (first, again) = (entities(), entities());
    assert_eq!(first, again);
    for entity in first {
        let id = entity["id"].as_str().unwrap();
        let digits = id.strip_prefix("focalnet-").unwrap();
        assert!(digits.len() == 40 && digits.bytes().all(|byte| byte.is_ascii_hexdigit()), "{id}");
    }
}

#[test]
fn the_inventory_has_a_row_for_each_asset() {
    let (assets, money) = (assets(), |amount: &str| Cell::Amount(amount.parse().unwrap()));
    let table = inventory::inventory(&assets, DAY);
    assert!(
        table.rows.len() == assets.len() && table.rows.iter().all(|row| row.len() == table.columns.len())
    );
    for (heading, expected) in [
        ("type", text("bank_account")),
        ("identifiers", text("iban PT50 0002 0123 1234 5678 9015 4; bic BCOMPTPLXXX")),
        ("holders_by_layer", text("Albert Test 1/1")),
        ("legal_owners", Cell::Empty),
        ("beneficial_owners", text("Albert Test 1/3; Beatrice Test 1/3")),
        ("measures_in_force", text("freeze 12/26.0TELSB until 2027-01-01")),
        ("next_reminder_date", day("2026-12-02")),
        ("first_value", money("1200000.00")),
        ("newest_value", money("1180500.25")),
        ("newest_valuation_date", day("2026-06-30")),
        // The income is no cost, and what is paid is not open.
        ("open_costs", text("EUR 199.50; USD 80.00")),
        ("claims_pending", Cell::Count(0)),
        ("remaining", text("1/1")),
        ("last_disposition", Cell::Empty),
    ] {
        assert_eq!(*cell(&table, 0, heading), expected, "{heading}");
    }
    assert_eq!(*cell(&table, 4, "claims_pending"), Cell::Count(1));
    assert_eq!(*cell(&table, 4, "disposal_hold"), Cell::Flag(true));
    assert_eq!(*cell(&table, 5, "last_disposition"), text("released"));
    assert_eq!(*cell(&table, 5, "measures_in_force"), Cell::Empty);
    assert_eq!(*cell(&table, 9, "freezing_request"), Cell::Empty);

    // As it was before: what came later does not count.
    let before = inventory::inventory(&assets, "2026-05-01".parse().unwrap());
    assert_eq!(*cell(&before, 0, "newest_value"), money("1200000.00"));
    assert_eq!(*cell(&before, 5, "last_disposition"), Cell::Empty);
    let csv = csv_file::write(&table).unwrap();
    let csv = String::from_utf8(csv).unwrap();
    assert!(
        csv.contains(",\"'=2,000 shares of a listed company\",") && csv.contains(",1180500.25,\"EUR\","),
        "{csv}"
    );
}

/// All tables of the workbook.
fn tables() -> [Table; 4] {
    let assets = assets();
    [
        inventory::inventory(&assets, DAY),
        inventory::values(&assets),
        inventory::measures(&assets, DAY),
        inventory::costs(&assets),
    ]
}

#[test]
fn a_workbook_has_numbers_and_no_formulas() {
    let tables = tables();
    let bytes = workbook::write(&tables).unwrap();
    assert_eq!(bytes, workbook::write(&tables).unwrap());
    let mut book = Xlsx::new(std::io::Cursor::new(bytes)).unwrap();
    assert_eq!(book.sheet_names(), ["Inventory", "Values", "Measures", "Costs"]);
    for (name, table) in ["Inventory", "Values", "Measures", "Costs"].into_iter().zip(&tables) {
        assert!(
            !table.rows.is_empty() && table.rows.iter().all(|row| row.len() == table.columns.len()),
            "{name}"
        );
        assert_eq!(book.worksheet_range(name).unwrap().height(), table.rows.len() + 1, "{name}");
        assert_eq!(book.worksheet_formula(name).unwrap().used_cells().count(), 0, "{name}");
    }
    let values = book.worksheet_range("Values").unwrap();
    assert_eq!(values.get((1, 3)), Some(&Data::Float(1_200_000.0)));
    // More digits than a spreadsheet program keeps.
    assert_eq!(values.get((4, 3)), Some(&Data::String("99999999999999999999.99".to_owned())));
    let inventory = book.worksheet_range("Inventory").unwrap();
    assert_eq!(inventory.get((3, 3)), Some(&Data::String("=2,000 shares of a listed company".to_owned())));
}

#[test]
fn a_workbook_prints_as_wide_as_a_page() {
    let tables = tables();
    // What is shown of a table has room on a page of A4 in letters of seven points.
    for table in &tables {
        let shown: f64 =
            table.columns.iter().filter(|column| !column.folded).map(|column| column.width).sum();
        assert!(shown <= 205.0, "{}: {shown}", table.title);
    }
    let bytes = workbook::write(&tables).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    for number in 1..=4 {
        let name = format!("xl/worksheets/sheet{number}.xml");
        let sheet = std::io::read_to_string(archive.by_name(&name).unwrap()).unwrap();
        for mark in ["fitToPage=\"1\"", "orientation=\"landscape\"", "outlineLevel=\"1\""] {
            assert!(sheet.contains(mark), "{name} {mark}");
        }
        assert!(!sheet.contains("customHeight"), "{name}");
    }
}
