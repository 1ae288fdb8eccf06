//! Documents for tests.

use focalnet_domain::{
    questionnaire::{
        Change, Document, Feed, GapRule, GapSeverity, Question, QuestionOption, QuestionType, Section, Texts,
    },
    text::LocalizedText,
};
use proptest::prelude::*;

use super::toml_file;

/// A questionnaire with a question of every type.
pub(super) fn sample() -> Document {
    toml_file::read(include_str!("sample.toml")).unwrap()
}

/// Words with whatever a person or a program may put into them, without white space around.
pub(super) fn words() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        any::<char>().prop_map(String::from),
        "[a-zé中 ]{1,5}",
        prop::sample::select(vec![
            "\n", "\r\n", "\t", "\"", "'''", "\"\"\"", "\\", "_x0041_", "_x", "=1+1", "<&>", "#"
        ])
        .prop_map(str::to_owned),
    ];
    prop::collection::vec(piece, 1..5)
        .prop_map(|pieces| pieces.concat().trim().to_owned())
        .prop_filter("words", |text| !text.is_empty() && !text.contains("${"))
}

fn texts() -> impl Strategy<Value = Texts> {
    let language = prop::sample::select(vec!["en", "fr", "ar", "zh-Hant", "ach"]).prop_map(str::to_owned);
    prop::collection::btree_map(language, words(), 1..3).prop_map(|texts| {
        let entry = |(language_code, text)| LocalizedText { text, language_code };
        texts.into_iter().map(entry).collect()
    })
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof!["[A-Za-z_][A-Za-z0-9_-]{0,5}", Just("yes_no".to_owned()), Just("general".to_owned())]
}

fn options(kind: QuestionType) -> BoxedStrategy<Vec<QuestionOption>> {
    if !matches!(kind, QuestionType::SelectOne | QuestionType::SelectMultiple) {
        return Just(Vec::new()).boxed();
    }
    prop::collection::btree_map(key(), texts(), 1..4)
        .prop_map(|options| options.into_iter().map(|(key, label)| QuestionOption { key, label }).collect())
        .boxed()
}

fn gap_rule() -> impl Strategy<Value = GapRule> {
    let when = prop::option::of(Just("${A} = 'no'".to_owned()));
    let severity = prop::sample::select(GapSeverity::ALL);
    (when, prop::option::of(any::<i32>()), severity, words(), texts()).prop_map(
        |(when, stale_after_months, severity, provision, description)| GapRule {
            when,
            stale_after_months,
            severity,
            provision,
            description,
        },
    )
}

fn question() -> impl Strategy<Value = Question> {
    let kind = prop::sample::select(QuestionType::ALL).prop_flat_map(|kind| (Just(kind), options(kind)));
    let help = prop_oneof![Just(Texts::default()), texts()];
    let condition =
        || prop::option::of(prop::sample::select(vec!["true()", "false()", "${A} = 'x' or 2 < 1"]));
    let rules = prop::collection::vec(gap_rule(), 0..3);
    let feeds = prop::option::of(prop::sample::select(Feed::ALL));
    let change = prop::option::of(prop::sample::select(Change::ALL));
    let constraint =
        prop::option::of(prop::sample::select(vec![". != 'x'", "string-length(.) > 2 or ${A} = ."]));
    let constraint = (constraint, prop_oneof![Just(Texts::default()), texts()]);
    (
        kind,
        texts(),
        help,
        (condition(), condition(), constraint),
        rules,
        prop::option::of(words()),
        feeds,
        change,
    )
        .prop_map(|((kind, options), label, help, conditions, gap_rules, legal_basis, feeds, change)| {
            let (relevant, required, (constraint, message)) = conditions;
            let note = kind == QuestionType::Note;
            Question {
                key: String::new(),
                section: String::new(),
                kind,
                label,
                help,
                options,
                relevant: relevant.map(str::to_owned),
                required: required.filter(|_| !note).map(str::to_owned),
                constraint_message: if constraint.is_some() && !note { message } else { Texts::default() },
                constraint: constraint.filter(|_| !note).map(str::to_owned),
                gap_rules: if note { Vec::new() } else { gap_rules },
                legal_basis,
                feeds: feeds.filter(|_| !note),
                change,
            }
        })
}

/// Sound documents.
pub(super) fn documents() -> impl Strategy<Value = Document> {
    let sections = prop::collection::btree_map(key(), texts(), 1..4);
    let questions = prop::collection::btree_map(key(), (question(), any::<prop::sample::Index>()), 1..6);
    (key(), texts(), sections, questions).prop_map(|(key, title, sections, questions)| {
        let sections: Vec<_> = sections.into_iter().map(|(key, label)| Section { key, label }).collect();
        let mut questions: Vec<_> = questions
            .into_iter()
            .map(|(key, (question, section))| {
                let section = section.get(&sections).key.clone();
                Question { key, section, ..question }
            })
            .collect();
        questions.sort_by_key(|question| sections.iter().position(|section| section.key == question.section));
        Document { key, title, sections, questions }
    })
}
