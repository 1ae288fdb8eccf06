//! What is written is read, and what is read is written again as it was.

use chrono::NaiveDate;
use focalnet_domain::questionnaire::{Change, Question, QuestionType, answer::Absence};
use proptest::prelude::*;

use super::{super::super::samples, *};

fn read(workbook: &[u8], document: &Document) -> Vec<NewAnswer> {
    let reading = Workbook::open(workbook).unwrap().read(document);
    assert_eq!(reading.problems, []);
    reading.entries.into_iter().filter_map(|entry| entry.answer).collect()
}

#[test]
fn answers_of_every_type_are_read_as_they_were_written() {
    for language in ["en", "fr", "ar"] {
        let workbook = write(&origin(language), &sample(), &answers()).unwrap();
        assert_eq!(workbook, write(&origin(language), &sample(), &answers()).unwrap());
        let expected: Vec<_> = answers().iter().map(same::sendable).collect();
        assert_eq!(read(&workbook, &sample()), expected);
        assert_eq!(Workbook::open(&workbook).unwrap().origin, origin(language));
    }
}

#[test]
fn nothing_is_saved_of_a_workbook_that_nobody_touched() {
    assert_eq!(Edited::new(&answers()).changes(&answers()), Ok(vec![]));
    assert_eq!(Edited::new(&[]).changes(&[]), Ok(vec![]));
    // Not even where somebody else answered since.
    assert_eq!(Edited::new(&[]).changes(&answers()), Ok(vec![]));
    let mut newer = answers();
    for answer in &mut newer {
        (answer.etag, answer.shared) = ("newer".to_owned(), false);
    }
    assert_eq!(Edited::new(&answers()).changes(&newer), Ok(vec![]));
}

fn said() -> impl Strategy<Value = LocalizedText> {
    let language = prop::sample::select(vec!["en", "fr", "zh-Hant"]).prop_map(str::to_owned);
    (samples::words(), language).prop_map(|(text, language_code)| LocalizedText { text, language_code })
}

fn days() -> impl Strategy<Value = NaiveDate> {
    // From 1600 to 2400.
    (584_000..877_000_i32).prop_map(|days| NaiveDate::from_num_days_from_ce_opt(days).unwrap())
}

fn maybe() -> impl Strategy<Value = Option<String>> {
    prop::option::of(samples::words())
}

fn law() -> impl Strategy<Value = LegislationReference> {
    (said(), maybe(), maybe(), prop::option::of(days())).prop_map(
        |(title, article, url, in_force_from_date)| LegislationReference {
            title,
            article,
            url,
            in_force_from_date,
        },
    )
}

fn contact() -> impl Strategy<Value = Contact> {
    let email = prop::option::of(Just("a@b.org".to_owned()));
    let telephone = prop::option::of("\\+[1-9][0-9]{1,2} [0-9]{7,9}");
    (samples::words(), maybe(), maybe(), email, telephone, any::<bool>()).prop_map(
        |(authority, person_display_name, postal_address, email, telephone, around_the_clock)| Contact {
            authority,
            person_display_name,
            postal_address,
            email,
            telephone,
            around_the_clock,
        },
    )
}

fn file() -> impl Strategy<Value = Attachment> {
    (samples::words(), samples::words(), "[0-9a-f]{64}", 0..i64::MAX, maybe()).prop_map(
        |(kind, file_name, sha256, size_bytes, translation_of)| Attachment {
            kind,
            file_name,
            sha256,
            size_bytes,
            language_code: "fr".to_owned(),
            translation_of,
        },
    )
}

fn values(question: &Question) -> BoxedStrategy<Value> {
    let keys: Vec<_> = question.options.iter().map(|option| option.key.clone()).collect();
    let given = match question.kind {
        QuestionType::Boolean => any::<bool>().prop_map(Value::Boolean).boxed(),
        QuestionType::SelectOne => prop::sample::select(keys).prop_map(Value::Option).boxed(),
        QuestionType::SelectMultiple => {
            let count = 1..=keys.len();
            prop::sample::subsequence(keys, count)
                .prop_map(|keys| Value::Options(OptionKeys { keys }))
                .boxed()
        }
        QuestionType::Text => said().prop_map(Value::Text).boxed(),
        QuestionType::Integer => prop_oneof![any::<i64>(), -5..5_i64].prop_map(Value::Integer).boxed(),
        QuestionType::Decimal => "-?[0-9]{1,9}(\\.[0-9]{1,9})?".prop_map(Value::Decimal).boxed(),
        QuestionType::Date => days().prop_map(Value::Date).boxed(),
        QuestionType::Period => (0..=Period::MAX, prop::sample::select(Unit::ALL))
            .prop_map(|(amount, unit)| Value::Period(Period { amount, unit }))
            .boxed(),
        QuestionType::Legislation => prop::collection::vec(law(), 1..12)
            .prop_map(|references| Value::Legislation(LegislationReferences { references }))
            .boxed(),
        QuestionType::File => file().prop_map(Value::File).boxed(),
        QuestionType::Contact => contact().prop_map(Value::Contact).boxed(),
        QuestionType::Note => unreachable!("a note has no answer"),
    };
    prop_oneof![4 => given, 1 => prop::sample::select(Absence::ALL).prop_map(Value::Absence)].boxed()
}

fn views(question: &Question) -> BoxedStrategy<Option<AnswerView>> {
    let key = question.key.clone();
    let view = (values(question), days(), any::<bool>(), prop::option::of(said()), any::<bool>()).prop_map(
        move |(value, valid_from_date, shared, comment, unconfirmed)| AnswerView {
            question: key.clone(),
            value,
            valid_from_date,
            shared,
            comment,
            etag: if unconfirmed { String::new() } else { format!("etag-{key}") },
            number: i32::from(!unconfirmed),
            unconfirmed,
            author_display_name: None,
            create_time: None,
        },
    );
    prop::option::of(view).boxed()
}

fn responses() -> impl Strategy<Value = (Document, Vec<AnswerView>)> {
    samples::documents().prop_flat_map(|document| {
        let asked = document.questions.iter().filter(|question| question.change != Some(Change::Retired));
        let asked = asked.filter(|question| question.kind != QuestionType::Note);
        let views: Vec<_> = asked.map(views).collect();
        (Just(document), views.prop_map(|views| views.into_iter().flatten().collect()))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_written_is_read((document, answers) in responses(), language in "en|fr|ach") {
        let workbook = write(&origin(&language), &document, &answers).unwrap();
        let found = read(&workbook, &document);
        let expected: Vec<_> = answers.iter().map(same::sendable).collect();
        prop_assert_eq!(&found, &expected);

        // And what was read is written as it was.
        let again: Vec<_> = answers.iter().zip(found).map(|(before, read)| AnswerView {
            value: read.value,
            valid_from_date: read.valid_from_date.unwrap(),
            shared: read.shared,
            comment: read.comment,
            etag: read.etag.unwrap_or_default(),
            ..before.clone()
        }).collect();
        prop_assert!(workbook == write(&origin(&language), &document, &again).unwrap());
    }

    #[test]
    fn nothing_of_it_was_touched((document, answers) in responses()) {
        let workbook = Workbook::open(&write(&origin("en"), &document, &answers).unwrap()).unwrap();
        for entry in workbook.read(&document).entries {
            let question = document.questions.iter().find(|question| question.key == entry.question).unwrap();
            let digest = entry.answer.map(|answer| same::digest(&answer, question));
            prop_assert_eq!(digest.as_ref(), workbook.digests.get(&entry.question));
        }
    }
}
