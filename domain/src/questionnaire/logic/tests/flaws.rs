//! Conditions that cannot be evaluated are named, all of them.

use super::*;

/// Flaws as `key.field: description`.
fn flaws(document: &Document) -> Vec<String> {
    let flaws = Logic::of(document).err().unwrap_or_default();
    let name = |flaw: &Flaw| {
        let key = &document.questions[flaw.question].key;
        format!("{key}.{}: {}", flaw.condition.field(), flaw.description)
    };
    flaws.iter().map(name).collect()
}

#[test]
fn every_flaw_is_named_by_question_and_condition() {
    for (questions, expected) in [
        (&[("A", ""), ("B", "${A} = 'x'")][..], &[][..]),
        (&[("A", ""), ("B", "${A} == 'x'")], &["B.relevant: position 6: write `=` for `==`"]),
        (&[("A", ""), ("B", "${Z} = 'x'")], &["B.relevant: refers to `Z`, which is no question"]),
        (
            &[("A", "${Y} = ${Z}"), ("B", "${")],
            &[
                "A.relevant: refers to `Y`, which is no question",
                "A.relevant: refers to `Z`, which is no question",
                "B.relevant: position 3: the key of a question is missing after `${`: \
                 a letter or `_`, then letters, digits, `_` or `-`",
            ],
        ),
        (&[("A", "${A} = 'x'")], &["A.relevant: depends on itself, in the circle of `A`"]),
        (
            &[("A", "${B} = 'x'"), ("B", "${A} = 'x'")],
            &[
                "A.relevant: depends on itself, in the circle of `A`, `B`",
                "B.relevant: depends on itself, in the circle of `A`, `B`",
            ],
        ),
        (
            &[("A", "${C} = 'x'"), ("B", "${A} = 'x'"), ("C", "${B} = 'x'")],
            &[
                "A.relevant: depends on itself, in the circle of `A`, `B`, `C`",
                "B.relevant: depends on itself, in the circle of `A`, `B`, `C`",
                "C.relevant: depends on itself, in the circle of `A`, `B`, `C`",
            ],
        ),
    ] {
        assert_eq!(flaws(&document(questions)), expected, "{questions:?}");
    }
}

#[test]
fn what_comes_before_or_after_a_circle_is_not_accused() {
    let document = document(&[
        ("before", ""),
        ("A", "${before} = 'x' and ${A} = 'x'"),
        ("between", "${A} = 'x'"),
        ("B", "${between} = 'x' and ${C} = 'x'"),
        ("C", "${B} = 'x'"),
        ("after", "${C} = 'x'"),
    ]);
    assert_eq!(
        flaws(&document),
        [
            "A.relevant: depends on itself, in the circle of `A`",
            "B.relevant: depends on itself, in the circle of `B`, `C`",
            "C.relevant: depends on itself, in the circle of `B`, `C`",
        ]
    );
}

#[test]
fn requiredness_may_look_at_anything_that_is_asked() {
    let mut document = document(&[("A", ""), ("B", "")]);
    document.questions[0].required = Some("${A} = '' and ${B} = 'x'".into());
    document.questions[1].required = Some("${A} = 'x'".into());
    assert_eq!(flaws(&document), [""; 0]);
    document.questions[1].required = Some("${A} = 'x".into());
    assert_eq!(flaws(&document), ["B.required: position 8: the text that begins here has no closing '"]);
    document.questions[1].required = Some("${Z} = 'x'".into());
    assert_eq!(flaws(&document), ["B.required: refers to `Z`, which is no question"]);
}

#[test]
fn nothing_depends_on_a_retired_question_but_what_is_retired_with_it() {
    let mut document = document(&[("A", ""), ("B", "${A} = 'x'")]);
    document.questions[0].change = Some(Change::Retired);
    document.questions[1].required = Some("${A} = 'y'".into());
    assert_eq!(
        flaws(&document),
        [
            "B.relevant: refers to `A`, which is no longer asked",
            "B.required: refers to `A`, which is no longer asked"
        ]
    );
    document.questions[1].change = Some(Change::Retired);
    assert_eq!(flaws(&document), [""; 0]);
}

#[test]
fn a_constraint_refers_to_its_own_question_and_to_others_without_a_circle() {
    let mut document = document(&[("A", ""), ("B", "${A} = 'x'")]);
    document.questions[0].constraint = Some(". != ${B} and ${A} != 'y'".into());
    document.questions[1].constraint = Some(". != ${A}".into());
    assert_eq!(flaws(&document), [""; 0]);
    document.questions[0].constraint = Some(". = ${Z}".into());
    document.questions[1].constraint = Some(". = ".into());
    assert_eq!(
        flaws(&document),
        [
            "A.constraint: refers to `Z`, which is no question",
            "B.constraint: position 5: expected a question, text, number, function or `(`, found the end"
        ]
    );
}

#[test]
fn nothing_depends_on_a_note() {
    let mut document = document(&[("A", ""), ("B", "${A} = ''")]);
    document.questions[0].kind = QuestionType::Note;
    assert_eq!(flaws(&document), ["B.relevant: refers to `A`, which is a note and has no answer"]);
}
