//! Answering: several people at once, all or nothing, and what is wrong with an answer is named where it stands.

use focalnet_contract::Rpc;
use serde_json::{Value, json};
use tonic::Code;

use crate::support::{
    asking::{answer, complaints, detail, entry, fields, following},
    cast::Org,
    new_id,
    questionnaires::{answers, document, question, words},
    refusals::why,
    respondents::Respondents,
    world::World,
};

/// Portugal, asked a questionnaire; and its response.
async fn asked(world: &World, document: Value) -> (Respondents, String) {
    let portugal = world.respondents(Org::Portugal);
    let questionnaire = world.published(document).await;
    let response = world.circulates(&questionnaire.name, &[&portugal.name], "2100-01-01").await.remove(0);
    (portugal, response)
}

fn yes(question: &str) -> Value {
    answer(question, json!({ "boolean": true }), json!({}))
}

fn months(amount: i32) -> Value {
    answer("D2", json!({ "period": { "amount": amount, "unit": "UNIT_MONTHS" } }), json!({}))
}

/// What is saved: the rows of answers and the events of the State's own stream.
async fn saved(portugal: &Respondents, response: &str) -> [Vec<u8>; 2] {
    [
        portugal.focal_point.bytes_of(Rpc::GetResponse, json!({ "name": response })).await,
        portugal.focal_point.bytes_of(Rpc::ListEvents, json!({ "parent": response })).await,
    ]
}

#[tokio::test]
async fn two_people_who_answer_different_questions_at_once_are_both_heard() {
    let world = World::new().await;
    let (portugal, response) = asked(&world, document()).await;
    portugal.focal_point.saves(&response, answers()).await.unwrap();
    // Both read, then both save.
    let read = portugal.deputy.reads_response(&response).await.unwrap();
    let no = json!([answer("A1", json!({ "boolean": false }), json!({}))]);
    let save = |answers| json!({ "name": response, "answers": following(&read, answers) });
    let (one, other) = tokio::join!(
        portugal.focal_point.asks(Rpc::SaveAnswers, save(no)),
        portugal.deputy.asks(Rpc::SaveAnswers, save(json!([months(6)]))),
    );
    let texts = [one.unwrap(), other.unwrap()].map(|answer| answer["etag"].clone());
    let read = portugal.deputy.reads_response(&response).await.unwrap();
    assert!(texts.contains(&read["etag"]), "the later answer tells how it stands now");
    let [a1, d2] = ["A1", "D2"].map(|key| entry(&read["answers"], "question", key));
    assert_eq!((&a1["value"], &a1["number"]), (&json!({ "boolean": false }), &json!(2)));
    assert_eq!((&d2["value"]["period"]["amount"], &d2["number"]), (&json!(6), &json!(2)));
    assert_ne!(a1["author_display_name"], d2["author_display_name"]);
}

#[tokio::test]
async fn two_answers_to_the_same_question_are_told_to_whoever_comes_second() {
    let world = World::new().await;
    let (portugal, response) = asked(&world, document()).await;
    portugal.focal_point.saves(&response, answers()).await.unwrap();
    let read = portugal.deputy.reads_response(&response).await.unwrap();
    portugal.focal_point.saves(&response, json!([months(6)])).await.unwrap();
    let before = saved(&portugal, &response).await;

    // The deputy still sees 24 months, and has changed the other answer as well.
    let sent = following(&read, json!([yes("A1"), months(12)]));
    let told = portugal.deputy.asks(Rpc::SaveAnswers, json!({ "name": response, "answers": sent })).await;
    let told = told.unwrap_err();
    assert_eq!(why(&told), (Code::Aborted, "ANSWER_CONFLICT".into()));
    let conflicts = detail(&told, "focalnet.v1.AnswerConflicts").unwrap();
    let [conflict] = conflicts["conflicts"].as_array().unwrap().as_slice() else {
        unreachable!("one question of the two: {conflicts}")
    };
    let (sent, present) = (&conflict["sent"], &conflict["present"]);
    assert_eq!((&sent["question"], &present["question"]), (&json!("D2"), &json!("D2")));
    assert_eq!(sent["value"]["period"]["amount"], 12);
    assert_eq!(present["value"]["period"]["amount"], 6);
    assert_eq!(sent["author_display_name"], "Somebody called portugal.deputy_focal_point");
    assert_eq!(present["author_display_name"], "Somebody called portugal.focal_point");

    assert_eq!(saved(&portugal, &response).await, before, "nothing of the call is saved");
    // Whoever saves over an answer has read it: the etag for it is not told here.
    let read = portugal.deputy.reads_response(&response).await.unwrap();
    let etags = read["answers"].as_array().unwrap().iter().map(|answer| answer["etag"].as_str().unwrap());
    for etag in etags.chain(read["etag"].as_str()) {
        let bare = etag.trim_matches('"');
        assert!(!told.details().escape_ascii().to_string().contains(bare));
        assert!(!format!("{told:?}").contains(bare));
    }

    portugal.deputy.saves(&response, json!([months(12)])).await.unwrap();
}

#[tokio::test]
async fn one_bad_answer_among_many_saves_none() {
    let world = World::new().await;
    let (portugal, response) = asked(&world, document()).await;
    let before = saved(&portugal, &response).await;
    let bad = json!([yes("A1"), months(24), answer("A2", json!({ "boolean": true }), json!({}))]);
    let told = portugal.focal_point.saves(&response, bad).await.unwrap_err();
    assert_eq!(fields(&told), ["answers[2].value"]);
    assert_eq!(saved(&portugal, &response).await, before);
    // The same questions, told well.
    let words = json!({ "text": { "text": "The Ministry", "language_code": "en" } });
    let good = json!([yes("A1"), months(24), answer("A2", words, json!({}))]);
    portugal.focal_point.saves(&response, good).await.unwrap();
}

#[tokio::test]
async fn the_same_save_again_gives_the_same_answer_and_saves_nothing() {
    let world = World::new().await;
    let (portugal, response) = asked(&world, document()).await;
    let message = json!({ "name": response, "answers": answers(), "request_id": new_id() });
    let first = portugal.focal_point.asks(Rpc::SaveAnswers, message.clone()).await.unwrap();
    let before = saved(&portugal, &response).await;
    assert_eq!(portugal.focal_point.asks(Rpc::SaveAnswers, message.clone()).await.unwrap(), first);
    assert_eq!(saved(&portugal, &response).await, before);
    let mut other = message;
    other["answers"][0]["shared"] = true.into();
    let told = portugal.focal_point.asks(Rpc::SaveAnswers, other).await.unwrap_err();
    assert_eq!(why(&told), (Code::InvalidArgument, "REQUEST_ID_REUSED".into()));
}

/// One question of each type, and one that is asked only after a yes.
fn of_all_types() -> Value {
    let options =
        json!({ "options": [{ "key": "one", "label": words("1") }, { "key": "two", "label": words("2") }] });
    let mut document = document();
    document["questions"] = json!([
        question("boolean", "BOOLEAN", json!({})),
        question("one", "SELECT_ONE", options.clone()),
        question("many", "SELECT_MULTIPLE", options),
        question("text", "TEXT", json!({})),
        question("integer", "INTEGER", json!({})),
        question("decimal", "DECIMAL", json!({})),
        question("date", "DATE", json!({})),
        question("period", "PERIOD", json!({})),
        question("laws", "LEGISLATION", json!({})),
        question("contact", "CONTACT", json!({})),
        question("hidden", "TEXT", json!({ "relevant": "${boolean} = 'yes'" })),
    ]);
    document
}

#[tokio::test]
async fn what_is_wrong_with_an_answer_is_named_where_it_stands() {
    let world = World::new().await;
    let (portugal, response) = asked(&world, of_all_types()).await;
    let before = saved(&portugal, &response).await;
    let told = async |question: &str, value: Value| {
        let answers = json!([answer(question, value, json!({}))]);
        let told = portugal.focal_point.saves(&response, answers).await.unwrap_err();
        assert_eq!(told.code(), Code::InvalidArgument, "{question}");
        complaints(&told)
    };
    let long = "x".repeat(20_001);
    let en = |text: &str| json!({ "text": text, "language_code": "en" });
    let rows = [
        ("boolean", json!({ "integer": 1 }), "value", "boolean"),
        ("nobody", json!({ "boolean": true }), "question", "no question"),
        ("one", json!({ "option": "three" }), "value.option", "one, two"),
        ("many", json!({ "options": { "keys": ["one", "three"] } }), "value.options.keys", "one, two"),
        ("many", json!({ "options": { "keys": ["one", "one"] } }), "value.options.keys", "once"),
        ("many", json!({ "options": { "keys": [] } }), "value.options.keys", ""),
        ("text", json!({ "text": en(&long) }), "value.text.text", "20"),
        (
            "text",
            json!({ "text": { "text": "Loi", "language_code": "french" } }),
            "value.text.language_code",
            "",
        ),
        ("decimal", json!({ "decimal": "12,5" }), "value.decimal", "12.5"),
        ("date", json!({ "date": "2026-02-30" }), "value.date", ""),
        (
            "period",
            json!({ "period": { "amount": 10_001, "unit": "UNIT_DAYS" } }),
            "value.period.amount",
            "10,000",
        ),
        ("period", json!({ "period": { "amount": 3 } }), "value.period.unit", ""),
        ("laws", json!({ "legislation": { "references": [] } }), "value.legislation.references", ""),
        ("contact", json!({ "contact": { "email": "a@b.example" } }), "value.contact", "authority"),
        ("contact", json!({ "contact": { "authority": "x", "email": "nobody" } }), "value.contact.email", ""),
        ("hidden", json!({ "text": en("Anything") }), "question", "is not asked"),
        ("boolean", json!({}), "value", ""),
    ];
    for (question, value, path, says) in rows {
        let found = told(question, value.clone()).await;
        let [(field, description)] = found.as_slice() else { unreachable!("{question}: {found:?}") };
        assert!(field.starts_with(&format!("answers[0].{path}")), "{question} {value}: {field}");
        assert!(description.contains(says), "{question}: {description}");
    }
    let twice = json!([
        answer("boolean", json!({ "boolean": true }), json!({})),
        answer("boolean", json!({ "boolean": true }), json!({}))
    ]);
    let told = portugal.focal_point.saves(&response, twice).await.unwrap_err();
    assert_eq!(fields(&told), ["answers[1].question"]);
    assert_eq!(saved(&portugal, &response).await, before);
}

/// That something is unknown, does not apply, is under reform or withheld is an answer to any question.
#[tokio::test]
async fn a_reason_why_there_is_no_value_answers_any_question() {
    let world = World::new().await;
    let (portugal, response) = asked(&world, of_all_types()).await;
    let questions =
        ["boolean", "one", "many", "text", "integer", "decimal", "date", "period", "laws", "contact"];
    for absence in ["UNKNOWN", "DOES_NOT_APPLY", "UNDER_REFORM", "WITHHELD"] {
        let value = json!({ "absence": format!("ABSENCE_{absence}") });
        let answers: Value = questions.iter().map(|key| answer(key, value.clone(), json!({}))).collect();
        let read = portugal.focal_point.saves(&response, answers).await.unwrap();
        for key in questions {
            assert_eq!(entry(&read["answers"], "question", key)["value"], value, "{key}");
        }
        assert_eq!(read["progress"]["open"], Value::Null, "each is an answer");
        assert_eq!(read["progress"]["hidden"], json!(["hidden"]), "but no yes");
    }
}

#[tokio::test]
async fn five_hundred_answers_are_saved_in_one_call() {
    let world = World::new().await;
    let keys: Vec<String> = (0..500).map(|number| format!("Q{number}")).collect();
    let mut document = document();
    document["questions"] = keys.iter().map(|key| question(key, "INTEGER", json!({}))).collect();
    let (portugal, response) = asked(&world, document).await;
    let answers: Value = keys
        .iter()
        .enumerate()
        .map(|(number, key)| answer(key, json!({ "integer": number.to_string() }), json!({})))
        .collect();
    let read = portugal.focal_point.saves(&response, answers.clone()).await.unwrap();
    assert_eq!(read["answers"].as_array().unwrap().len(), 500);
    let mut more = answers;
    more.as_array_mut().unwrap().push(answer("Q500", json!({ "integer": "1" }), json!({})));
    let told = portugal.focal_point.saves(&response, more).await.unwrap_err();
    assert_eq!(fields(&told)[0], "answers");
}

/// Two numbers, the second at least the first, and a note between them.
fn ordered() -> Value {
    let message = json!([
        { "language_code": "en", "text": "The most is not less than the least." },
        { "language_code": "fr", "text": "Le maximum n'est pas inférieur au minimum." },
    ]);
    let mut document = document();
    document["questions"] = json!([
        question("least", "INTEGER", json!({})),
        question("figures", "NOTE", json!({ "relevant": "${least} > 0" })),
        question("most", "INTEGER", json!({ "constraint": ". >= ${least}", "constraint_message": message })),
    ]);
    document
}

#[tokio::test]
async fn an_answer_is_held_to_its_constraint_when_it_is_saved_and_when_the_response_is_submitted() {
    let world = World::new().await;
    let (portugal, response) = asked(&world, ordered()).await;
    let number = |key: &str, number: i32| answer(key, json!({ "integer": number.to_string() }), json!({}));
    let message = "The most is not less than the least.".to_owned();

    let before = saved(&portugal, &response).await;
    let told = portugal.focal_point.saves(&response, json!([number("least", 5), number("most", 4)])).await;
    assert_eq!(complaints(&told.unwrap_err()), [("answers[1].value".to_owned(), message.clone())]);
    assert_eq!(saved(&portugal, &response).await, before, "all or nothing");
    let read = portugal.focal_point.saves(&response, json!([number("least", 5), number("most", 7)])).await;
    assert_eq!(read.unwrap()["progress"]["open"], Value::Null);

    // The other answer may change: what no longer fits it is open again, and stands against submission.
    let read = portugal.focal_point.reads_response(&response).await.unwrap();
    let nine = following(&read, json!([number("least", 9)]));
    let read = portugal.focal_point.saves(&response, nine).await.unwrap();
    assert_eq!(read["progress"]["required"], json!(["most"]));
    let told = portugal.focal_point.acts_on(Rpc::SubmitResponse, &response, json!({})).await.unwrap_err();
    assert_eq!(why(&told), (Code::InvalidArgument, "INCOMPLETE".into()));
    assert_eq!(complaints(&told), [("answers.most".to_owned(), message)]);

    // That there is no value satisfies every constraint.
    let read = portugal.focal_point.reads_response(&response).await.unwrap();
    let unknown = answer("most", json!({ "absence": "ABSENCE_UNKNOWN" }), json!({}));
    portugal.focal_point.saves(&response, following(&read, json!([unknown]))).await.unwrap();
    portugal.focal_point.acts_on(Rpc::SubmitResponse, &response, json!({})).await.unwrap();
}

#[tokio::test]
async fn a_note_is_shown_and_never_answered_nor_waited_for() {
    let world = World::new().await;
    let (portugal, response) = asked(&world, ordered()).await;
    let read = portugal.focal_point.reads_response(&response).await.unwrap();
    assert_eq!(read["progress"], json!({ "asked": ["least", "most"], "open": ["least", "most"] }));
    for value in [json!({ "absence": "ABSENCE_UNKNOWN" }), json!({ "boolean": true })] {
        let told = portugal.focal_point.saves(&response, json!([answer("figures", value, json!({}))])).await;
        let [(field, description)] = &complaints(&told.unwrap_err())[..] else { unreachable!("one answer") };
        assert_eq!(field, "answers[0].value");
        assert!(description.contains("is a note"), "{description}");
    }
    let name = json!({ "name": read["questionnaire"] });
    let document = portugal.focal_point.asks(Rpc::GetQuestionnaire, name).await.unwrap();
    assert_eq!(document["questions"][1]["type"], "TYPE_NOTE");
    assert_eq!(document["questions"][2]["constraint_message"].as_array().unwrap().len(), 2);
    portugal.focal_point.acts_on(Rpc::SubmitResponse, &response, json!({})).await.unwrap();
}
