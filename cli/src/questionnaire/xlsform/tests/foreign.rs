//! Forms as others write them.

use focalnet_domain::questionnaire::QuestionType;
use rust_xlsxwriter::Workbook;

use super::{Finding, Imported, read};

pub(super) type Table<'a> = &'a [&'a [&'a str]];

const CHOICES: Table = &[
    &["list name", "name", "label::English", "label::fr"],
    &["fish", "cod", "Cod", "Cabillaud"],
    &[],
    &["fish", "eel", "Eel", "Anguille"],
];

pub(super) fn workbook(sheets: &[(&str, Table)]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, table) in sheets {
        let sheet = workbook.add_worksheet().set_name(*name).unwrap();
        for (row, cells) in (0..).zip(*table) {
            for (column, text) in (0..).zip(*cells) {
                sheet.write_string(row, column, *text).unwrap();
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn form(survey: Table) -> Result<Imported, Vec<Finding>> {
    read(&workbook(&[("survey", survey), ("choices", CHOICES)]))
}

fn told(findings: &[Finding]) -> Vec<String> {
    findings.iter().map(ToString::to_string).collect()
}

/// What is refused of one row with these columns besides a name and a label.
fn refused(kind: &str, columns: &[(&str, &str)]) -> Vec<String> {
    let mut table = [vec!["type", "name", "label"], vec![kind, "q", "Q"]];
    for (header, text) in columns {
        table[0].push(header);
        table[1].push(text);
    }
    told(&form(&[&table[0], &table[1]]).unwrap_err())
}

#[test]
fn columns_and_types_have_many_spellings() {
    let settings: Table = &[&["title", "id_string", "default_language"], &["Poisson", "fish_2", "Français"]];
    let survey: Table = &[
        &["Type", "name", "label", "label::English (en)", "Hint : fr", "Relevance", "required"],
        &["start", "start", "", "", "", "", "", "a comment"],
        &["begin group", "a", "Un", "One"],
        &["select one from fish", "q1", " Lequel ? ", "Which?", "", "", "TRUE"],
        &["Select_Multiple  fish", "q2", "Lesquels ?", "", "Tous", "", "no"],
        &["int", "q3", "Combien ?", "", "", "${q1} = 'cod'", "${q1} = 'cod'"],
        &[],
        &["photo", "q4", "Photo"],
        &["end group"],
    ];
    let sheets = [("Survey", survey), ("settings", settings), ("CHOICES", CHOICES), ("Notes", CHOICES)];
    let Imported { document, remarks, .. } = read(&workbook(&sheets)).unwrap();

    let written = super::super::super::toml_file::write(&document);
    assert_eq!(
        written,
        r#"key = "fish_2"
title = { fr = "Poisson" }

[[sections]]
key = "a"
label = { en = "One", fr = "Un" }

[[questions]]
key = "q1"
section = "a"
type = "select_one"
label = { en = "Which?", fr = "Lequel ?" }
options = [
  { key = "cod", label = { en = "Cod", fr = "Cabillaud" } },
  { key = "eel", label = { en = "Eel", fr = "Anguille" } },
]
required = "true()"

[[questions]]
key = "q2"
section = "a"
type = "select_multiple"
label = { fr = "Lesquels ?" }
help = { fr = "Tous" }
options = [
  { key = "cod", label = { en = "Cod", fr = "Cabillaud" } },
  { key = "eel", label = { en = "Eel", fr = "Anguille" } },
]

[[questions]]
key = "q3"
section = "a"
type = "integer"
label = { fr = "Combien ?" }
relevant = "${q1} = 'cod'"
required = "${q1} = 'cod'"

[[questions]]
key = "q4"
section = "a"
type = "file"
label = { fr = "Photo" }
"#
    );
    assert_eq!(
        told(&remarks),
        [
            "Notes: this sheet is not read",
            "Survey, row 2: cells under no header are not kept",
            "Survey, row 2, column Type: this row asks nothing and is not kept"
        ]
    );
}

#[test]
fn groups_become_sections_and_their_conditions_stay() {
    let survey: Table = &[
        &["type", "name", "label", "relevant", "appearance", "disabled"],
        &["text", "q1", "Q1"],
        &["begin_group", "a", "A", "${q1} = 'x' or ${q1} = 'y'", "field-list"],
        &["text", "q2", "Q2"],
        &["begin_group", "b", "B", "${q2} != ''"],
        &["text", "q3", "Q3", "${q2} = 'z'"],
        &["end_group"],
        &["text", "q4", "Q4", "", "", "yes"],
        &["end_group"],
        &["text", "q5", "Q5"],
        &["begin_group", "general_2", ""],
        &["end_group"],
    ];
    let problems = form(survey).unwrap_err();
    assert_eq!(told(&problems), ["survey, row 11, column name: there is a section `general_2` already"]);

    let Imported { document, remarks, .. } = form(&survey[..10]).unwrap();
    let sections: Vec<_> = document.sections.iter().map(|section| section.key.as_str()).collect();
    assert_eq!(sections, ["general", "a", "general_2"]);
    let questions: Vec<_> = document
        .questions
        .iter()
        .map(|question| {
            (&*question.key, &*question.section, question.relevant.as_deref().unwrap_or_default())
        })
        .collect();
    let group = "${q1} = 'x' or ${q1} = 'y'";
    let all = format!("({group}) and (${{q2}} != '') and (${{q2}} = 'z')");
    let expected = [("q1", "general", ""), ("q2", "a", group), ("q3", "a", &all), ("q5", "general_2", "")];
    assert_eq!(questions, expected);
    assert_eq!(
        told(&remarks),
        [
            "choices, row 2, column list name: the list `fish` is not used",
            "settings: there is no `form_id`: the key is `questionnaire`",
            "survey, row 2: this question is in no group: its section is `general`",
            "survey, row 3, column appearance: what this column says is not kept",
            "survey, row 5, column name: this group is within another: its questions are in the section of the outer one",
            "survey, row 8, column disabled: this row is disabled and not read",
            "survey, row 10: this question is in no group: its section is `general_2`",
        ]
    );
}

#[test]
fn what_a_questionnaire_cannot_say_is_refused() {
    for kind in ["calculate", "geopoint", "barcode", "range", "time", "hidden", "acknowledge", "rank fish"] {
        assert_eq!(refused(kind, &[]).len(), 1, "{kind}");
    }
    for kind in [
        "select_one fish or_other",
        "select_one",
        "select_one_from_file f.csv",
        "select_one meat",
        "end group",
    ] {
        assert!(refused(kind, &[])[0].starts_with("survey, row 2, column type: "), "{kind}");
    }
    for header in ["calculation", "choice_filter", "default", "media::image", "image::fr", "bind::x"] {
        let told = refused("text", &[(header, "1")]);
        assert!(
            matches!(&told[..], [one] if one.starts_with(&format!("survey, row 2, column {header}: "))),
            "{told:?}"
        );
    }
    for (column, text) in [("appearance", "search('f')"), ("readonly", "true()"), ("hint", "for ${q}")] {
        assert_eq!(refused("text", &[(column, text)]).len(), 1, "{column}");
    }
    assert_eq!(
        refused("begin repeat", &[]),
        [
            "survey, row 2, column type: `begin_repeat` is not supported: each question is asked once; write a question \
             for each time, as bank_1 and bank_2, or one of the type `text`",
            "survey, row 2, column type: this group has no end"
        ]
    );
}

#[test]
fn all_problems_are_told_at_once() {
    let survey: Table = &[
        &["type", "name", "label", "label::Klingon", "relevant", "focalnet_type", "focalnet_feeds"],
        &["select_one fish", "q 1", "Q", "x", "today() > 1", "boolean", "fish"],
        &["text", "q2", "", "", "", "period"],
        &["text", "q2", "Again"],
        &["begin group", "1", "G"],
        &["", "q3", "No type"],
    ];
    let choices: Table =
        &[&["list_name", "name", "label"], &["fish", "o ne", "One"], &["fish", "a"], &["", "b", "B"]];
    let rules: Table =
        &[&["question", "when", "severity", "stale_after_months"], &["q9", "1 +", "huge", "soon"]];
    let settings: Table = &[&["form_id", "default_language"], &["my form", "Klingon"]];
    let sheets = [("survey", survey), ("choices", choices), ("settings", settings), ("gap_rules", rules)];
    let places: Vec<_> = read(&workbook(&sheets))
        .unwrap_err()
        .into_iter()
        .map(|Finding { sheet, row, column, .. }| format!("{sheet} {row} {column}"))
        .collect();
    assert_eq!(
        places,
        [
            "choices 2 name",
            "choices 3 label",
            "choices 4 list_name",
            "gap_rules 2 question",
            "gap_rules 2 severity",
            "gap_rules 2 stale_after_months",
            "gap_rules 2 when",
            "settings 2 default_language",
            "settings 2 form_id",
            "survey 1 label::Klingon",
            "survey 2 focalnet_feeds",
            "survey 2 name",
            "survey 2 relevant",
            "survey 2 type",
            "survey 3 focalnet_type",
            "survey 3 label",
            "survey 4 name",
            "survey 5 name",
            "survey 5 type",
            "survey 6 type",
        ]
    );
}

#[test]
fn a_file_without_a_survey_is_no_form() {
    assert!(told(&read(b"type,name").unwrap_err())[0].starts_with("this is no workbook: "));
    assert_eq!(
        told(&read(&workbook(&[("choices", CHOICES)])).unwrap_err()),
        ["survey: the workbook has no such sheet"]
    );
    assert_eq!(
        told(&form(&[&["type", "name", "label"]]).unwrap_err()),
        ["survey: there is no question in it"]
    );
}

#[test]
fn a_list_of_yes_and_no_is_one_of_options_unless_the_form_is_ours() {
    let choices: Table =
        &[&["list_name", "name", "label"], &["yes_no", "yes", "Sure"], &["yes_no", "no", "Never"]];
    let survey = |kind| -> Vec<Vec<&'static str>> {
        vec![vec!["type", "name", "label", "focalnet_type"], vec!["select_one yes_no", "q", "Q", kind]]
    };
    for (kind, expected) in [("", QuestionType::SelectOne), ("boolean", QuestionType::Boolean)] {
        let survey = survey(kind);
        let survey: Vec<&[&str]> = survey.iter().map(Vec::as_slice).collect();
        let document = read(&workbook(&[("survey", &survey), ("choices", choices)])).unwrap().document;
        assert_eq!(document.questions[0].kind, expected);
    }
}

#[test]
fn notes_and_constraints_are_taken() {
    let survey: Table = &[
        &[
            "type",
            "name",
            "label",
            "constraint",
            "Constraint message",
            "constraint_message::French (fr)",
            "relevant",
        ],
        &["note", "", "Welcome.", "", "", "", ""],
        &["integer", "q1", "How many?", ". >= 1 and . <= 5", "One to five.", "De un à cinq.", ""],
        &["add note prompt", "n2", "More about these.", "", "Nothing", "", "${q1} > 1"],
        &["select_multiple fish", "q2", "Which?", "not(selected(., 'cod')) or ${q1} = 1", "", "", ""],
    ];
    let Imported { document, remarks, .. } = form(survey).unwrap();
    let kinds: Vec<_> =
        document.questions.iter().map(|question| (question.key.as_str(), question.kind)).collect();
    assert_eq!(
        kinds,
        [
            ("generated_note_name_2", QuestionType::Note),
            ("q1", QuestionType::Integer),
            ("n2", QuestionType::Note),
            ("q2", QuestionType::SelectMultiple)
        ]
    );
    let [_, q1, n2, q2] = &document.questions[..] else { panic!() };
    assert_eq!(q1.constraint.as_deref(), Some(". >= 1 and . <= 5"));
    assert_eq!((q1.refusal("en").as_str(), q1.refusal("fr").as_str()), ("One to five.", "De un à cinq."));
    assert_eq!((n2.label.get("en"), n2.relevant.as_deref()), (Some("More about these."), Some("${q1} > 1")));
    assert_eq!(q2.refusal("en"), "must satisfy the constraint `not(selected(., 'cod')) or ${q1} = 1`");
    let told = told(&remarks);
    assert!(told.contains(
        &"survey, row 2, column name: this note has no name: its key is `generated_note_name_2`".to_owned()
    ));
    assert!(
        told.contains(
            &"survey, row 4, column Constraint message: there is no constraint: its message is not kept"
                .to_owned()
        )
    );
    assert_eq!(focalnet_domain::questionnaire::publication::violations(&document, None), []);
}

#[test]
fn a_message_of_a_constraint_has_many_spellings() {
    for header in [
        "constraint_message::fr",
        "Constraint message :: fr",
        "constraining_message:fr",
        "jr:constraintMsg::fr",
        "jr:constraintMsg:fr",
        "bind::jr:constraintMsg::fr",
        "bind:jr:constraintMsg:fr",
    ] {
        let survey =
            [&["type", "name", "label", "bind:constraint", header], &["text", "q", "Q", ". != 'x'", "Non."]];
        let document = form(&[survey[0], survey[1]]).unwrap().document;
        assert_eq!(document.questions[0].constraint_message.get("fr"), Some("Non."), "{header}");
    }
}

#[test]
fn a_constraint_that_cannot_be_kept_is_refused() {
    for (constraint, why) in [
        ("regex(., '^[a-z]+$')", "there is no function `regex`"),
        (". <= today()", "there is no function `today`"),
        ("../a = 1", "position 3: write `div` for `/`"),
        (".", "a condition is needed here"),
    ] {
        let told = refused("text", &[("constraint", constraint)]);
        assert!(
            matches!(&told[..], [one] if one.starts_with("survey, row 2, column constraint: ") && one.contains(why)),
            "{told:?}"
        );
    }
    let survey: Table =
        &[&["type", "name", "label", "constraint"], &["begin group", "g", "G", ". > 1"], &["text", "q", "Q"]];
    let end: &[&str] = &["end group"];
    assert_eq!(
        told(&form(&[survey[0], survey[1], survey[2], end]).unwrap_err()),
        ["survey, row 2, column constraint: a group has no answer: hold its questions to constraints"]
    );
}

#[test]
fn what_is_refused_is_named_in_the_words_of_the_format() {
    for (kind, word) in [
        ("calculate", "`calculate`"),
        ("begin repeat", "`begin_repeat`"),
        ("geopoint", "`geopoint`"),
        ("geoshape", "`geoshape`"),
        ("time", "`time`"),
        ("dateTime", "`dateTime`"),
        ("range", "`constraint`"),
        ("barcode", "`barcode`"),
        ("rank fish", "`select_multiple`"),
    ] {
        let told = refused(kind, &[]);
        assert!(told[0].contains(word) && told[0].contains("not supported"), "{told:?}");
    }
    for (column, word) in
        [("calculation", "`calculate`"), ("choice_filter", "`choice_filter`"), ("default", "`default`")]
    {
        let told = refused("text", &[(column, "1")]);
        assert!(told[0].contains(word) && told[0].contains("not supported"), "{told:?}");
    }
}
