//! The derived command line, held against the contract.

use std::collections::{BTreeSet, HashSet};

use clap::{Arg, ArgAction, ArgMatches, Command};
use focalnet_contract::{catalogue, naming};
use prost_reflect::{DynamicMessage, Kind, MessageDescriptor};

use super::{
    Handwritten, derive,
    inputs::{How, Invocation},
    message, program, value,
};

fn call(name: &str) -> Invocation {
    Invocation::new(catalogue::method(name).unwrap())
}

fn parse(call: &Invocation, args: &[&str]) -> Result<ArgMatches, clap::Error> {
    derive::verb(call).try_get_matches_from([&["verb"], args].concat())
}

fn message_of(name: &str, args: &[&str]) -> DynamicMessage {
    let call = call(name);
    let matches = parse(&call, args).unwrap_or_else(|error| panic!("{error}"));
    let mut built = message::base(&call, &matches).unwrap();
    for (input, value) in message::given(&call, &matches) {
        message::set(&mut built, &input.trail, value);
    }
    built
}

fn expected(name: &str, json: &str) -> DynamicMessage {
    value::parse(catalogue::method(name).unwrap().input(), json).unwrap()
}

#[test]
fn clap_is_content() {
    program(&[]).debug_assert();
}

#[test]
fn every_rpc_has_a_command() {
    let program = program(&[]);
    for method in catalogue::methods() {
        let noun = program.find_subcommand(naming::noun(method.parent_service()));
        let verb = noun.and_then(|noun| noun.find_subcommand(naming::verb(&method)));
        let verb = verb.unwrap_or_else(|| panic!("no command for {}", method.full_name()));
        assert!(
            verb.get_about().is_some_and(|about| !about.to_string().is_empty()),
            "{}",
            method.full_name()
        );
    }
}

/// All fields that a caller may send, found without the code under test.
fn fields(message: &MessageDescriptor, path: &str, depth: u32, found: &mut BTreeSet<String>) {
    for field in message.fields() {
        let path = if path.is_empty() { field.name().to_owned() } else { format!("{path}.{}", field.name()) };
        if catalogue::is_output_only(&field) || catalogue::is_secret(&field) || depth > 8 {
            continue;
        }
        match field.kind() {
            Kind::Message(inner) if inner.package_name() == "focalnet.v1" => {
                fields(&inner, &path, depth + 1, found);
            }
            Kind::Message(inner) if inner.name() == "FieldMask" => {}
            _ => drop(found.insert(path)),
        }
    }
}

#[test]
fn every_field_has_a_flag() {
    for method in catalogue::methods() {
        let mut wanted = BTreeSet::new();
        fields(&method.input(), "", 0, &mut wanted);
        let call = Invocation::new(method);
        let command = derive::verb(&call);
        let args: Vec<_> = command.get_arguments().map(|arg| arg.get_id().to_string()).collect();
        for path in wanted {
            // A repeated message is one flag for all that is inside of it.
            let found = args.iter().any(|arg| path == *arg || path.starts_with(&format!("{arg}.")));
            assert!(found, "{}: nothing for {path}", call.method.full_name());
        }
    }
}

#[test]
fn no_secret_is_a_flag() {
    for method in catalogue::methods() {
        let call = Invocation::new(method);
        let command = derive::verb(&call);
        for input in call.inputs.iter().filter(|input| input.how == How::Prompt) {
            assert!(command.get_arguments().all(|arg| arg.get_id() != input.path.as_str()), "{}", input.path);
        }
    }
}

#[test]
fn no_two_flags_are_the_same() {
    let program = program(&[]);
    let global: Vec<_> =
        program.get_arguments().filter_map(|arg| arg.get_long().map(str::to_owned)).collect();
    for method in catalogue::methods() {
        let mut seen: HashSet<_> = global.iter().cloned().collect();
        for arg in derive::verb(&Invocation::new(method.clone())).get_arguments() {
            let names = arg
                .get_long_and_visible_aliases()
                .unwrap_or_default()
                .into_iter()
                .chain(arg.get_all_aliases().unwrap_or_default());
            for name in names.map(str::to_owned).collect::<BTreeSet<_>>() {
                assert!(seen.insert(name.clone()), "{}: --{name} twice", method.full_name());
            }
        }
    }
}

#[test]
fn dotted_flags_build_the_message() {
    let args = [
        "--origin",
        "chamber",
        "--case",
        "cases/1",
        "--measures",
        "freeze",
        "--measures",
        "MEASURE_TRACE",
        "--content.amount.amount",
        "300000.00",
        "--content.amount.currency-code",
        "EUR",
        "--content.urgency.urgent",
        "--content.reporting-interval-days",
        "30",
        "--content.purposes",
        r#"{"purpose": "PURPOSE_KIND_FINE", "basis": "RS 77"}"#,
        "--content.purposes",
        r#"[{"basis": "RS 75"}]"#,
        "--freezing-request.content.crimes",
        "x",
    ];
    let json = r#"{"freezing_request": {"origin": "ORIGIN_CHAMBER", "case": "cases/1",
        "measures": ["MEASURE_FREEZE", "MEASURE_TRACE"],
        "content": {"amount": {"amount": "300000.00", "currency_code": "EUR"}, "urgency": {"urgent": true},
            "reporting_interval_days": 30, "crimes": "x",
            "purposes": [{"purpose": "PURPOSE_KIND_FINE", "basis": "RS 77"}, {"basis": "RS 75"}]}}}"#;
    assert_eq!(message_of("CreateFreezingRequest", &args), expected("CreateFreezingRequest", json));
}

#[test]
fn acts_take_their_words() {
    let args = ["freezingRequests/1", "--medium", "formal-channel", "--reference", "NV/1"];
    let json = r#"{"name": "freezingRequests/1", "transmission": {"medium": "MEDIUM_FORMAL_CHANNEL", "reference": "NV/1"}}"#;
    assert_eq!(message_of("TransmitFreezingRequest", &args), expected("TransmitFreezingRequest", json));
    let args = ["freezingRequests/1", "--persons", "1", "--persons", "2", "--effective-date", "2018-06-08"];
    let json = r#"{"name": "freezingRequests/1", "persons": [1, 2], "effective_date": "2018-06-08"}"#;
    assert_eq!(message_of("CeaseFreezingRequest", &args), expected("CeaseFreezingRequest", json));
}

#[test]
fn a_oneof_takes_one() {
    let create = call("CreateFreezingRequest");
    let (value, absence) =
        (["--content.formalities.value", "x"], ["--content.formalities.absence", "withheld"]);
    assert!(parse(&create, &value).is_ok() && parse(&create, &absence).is_ok());
    let error = parse(&create, &[value, absence].concat()).unwrap_err();
    assert_eq!(error.kind(), clap::error::ErrorKind::ArgumentConflict);
}

#[test]
fn words_of_an_enum_are_checked_and_listed() {
    let transmit = call("TransmitFreezingRequest");
    let error = parse(&transmit, &["freezingRequests/1", "--medium", "pigeon"]).unwrap_err().to_string();
    assert!(error.contains("formal-channel") && !error.contains("unspecified"), "{error}");
}

#[test]
fn a_name_is_needed_unless_a_message_has_it() {
    let get = call("GetCase");
    assert!(parse(&get, &[]).is_err());
    assert!(parse(&get, &["--from", "-"]).is_ok());
}

#[test]
fn from_takes_the_message_or_the_resource() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, json: &str| {
        let path = folder.path().join(name);
        std::fs::write(&path, json).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let json = r#"{"case": {"situation_number": "S", "case_number": "C"}}"#;
    let whole = file("whole.json", json);
    assert_eq!(message_of("CreateCase", &["--from", &whole]), expected("CreateCase", json));
    let resource = file(
        "resource.json",
        r#"{"name": "cases/9", "etag": "e", "situationNumber": "S", "case_number": "X"}"#,
    );
    assert_eq!(
        message_of("CreateCase", &["--from", &resource, "--case-number", "C"]),
        expected("CreateCase", json)
    );
    let read = file(
        "read.json",
        r#"{"name": "organizations/1", "etag": "e", "kind": "KIND_STATE", "display_name": "P"}"#,
    );
    let json = r#"{"organization": {"name": "organizations/1", "kind": "KIND_STATE", "display_name": "P"}, "etag": "e"}"#;
    assert_eq!(message_of("UpdateOrganization", &["--from", &read]), expected("UpdateOrganization", json));
}

#[test]
fn help_says_what_is_required() {
    let command = derive::verb(&call("CreateCase"));
    let number = command.get_arguments().find(|arg| arg.get_long() == Some("case-number")).unwrap();
    assert!(number.get_help().unwrap().to_string().ends_with("(required)"));
    assert!(number.get_long_help().unwrap().to_string().starts_with("Required. Immutable."));
}

#[test]
fn commands_of_the_operator_stand_beside() {
    fn demo() -> Command {
        let json = Arg::new("json").long("json").action(ArgAction::SetTrue).help("One line of JSON");
        Command::new("demo").arg(json).subcommand(Command::new("again"))
    }
    let own = [Handwritten { command: demo, run: |_, _| Ok(()) }];
    let mut program = program(&own);
    program.build();
    program.clone().debug_assert();
    let demo = program.find_subcommand_mut("demo").unwrap();
    let help = demo.render_help().to_string();
    assert!(help.contains("One line of JSON") && !help.contains("--endpoint"), "{help}");
    let help = demo.find_subcommand_mut("again").unwrap().render_help().to_string();
    assert!(!help.contains("--endpoint"), "{help}");
    let matches = program.try_get_matches_from(["focalnet", "demo", "--json"]).unwrap();
    assert!(matches.get_flag("json") && matches.subcommand().unwrap().1.get_flag("json"));
}

#[test]
fn flags_of_the_client_stand_anywhere() {
    for args in [["--json", "case", "list"], ["case", "--json", "list"], ["case", "list", "--json"]] {
        let matches = program(&[]).try_get_matches_from([&["focalnet"], &args[..]].concat()).unwrap();
        assert!(matches.get_flag("json"), "{args:?}");
    }
}
