//! Each question says how it differs from the version before, and what it says must be true.

use super::*;

/// The one thing that is wrong with the change of the question `A2`, after something was done to it and to the
/// question in the version before.
fn problem(
    change: Option<Change>,
    edit: impl Fn(&mut Question),
    edit_before: impl Fn(&mut Question),
) -> Option<String> {
    let (mut before, mut document) = (sound(), sound());
    edit_before(&mut before.questions[1]);
    for question in &mut document.questions {
        question.change = Some(Change::Unchanged);
    }
    document.questions[1].change = change;
    edit(&mut document.questions[1]);
    let found = violations(&document, Some(&before));
    if !found.is_empty() {
        assert_eq!(paths(&found), ["questions[1].change"], "{found:?}");
    }
    found.into_iter().next().map(|violation| violation.description)
}

#[test]
fn each_question_is_what_it_says_it_is() {
    type Edit = fn(&mut Question);
    let nothing: Edit = |_| {};
    let label: Edit = |question| question.label = texts("What, then, does the law say?");
    let condition: Edit = |question| question.relevant = None;
    let rule: Edit = |question| question.gap_rules = sound().questions[0].gap_rules.clone();
    let more: Edit = |question| question.options.push(option("x"));
    let fewer: Edit = |question| drop(question.options.pop());
    let order: Edit = |question| question.options.reverse();
    let option_label: Edit = |question| question.options[0].label = texts("Otherwise");
    let another: Edit = |question| question.kind = QuestionType::SelectMultiple;
    for (change, edit, words) in [
        (None, nothing, "say what the question is"),
        (Some(Change::New), nothing, "is not new"),
        (Some(Change::Unchanged), nothing, ""),
        (Some(Change::Unchanged), label, "differs"),
        (Some(Change::Unchanged), condition, "differs"),
        (Some(Change::Unchanged), rule, "differs"),
        (Some(Change::Unchanged), more, "differs"),
        (Some(Change::Unchanged), order, "differs"),
        (Some(Change::Reworded), nothing, ""),
        (Some(Change::Reworded), label, ""),
        (Some(Change::Reworded), option_label, ""),
        (Some(Change::Reworded), more, ""),
        (Some(Change::Reworded), order, ""),
        (Some(Change::Reworded), fewer, "change the meaning"),
        (Some(Change::Reworded), another, "change the meaning"),
        (Some(Change::ChangedInMeaning), nothing, ""),
        (Some(Change::ChangedInMeaning), another, ""),
        (Some(Change::ChangedInMeaning), fewer, ""),
        (Some(Change::Retired), nothing, ""),
        (Some(Change::Retired), label, ""),
    ] {
        // What feeds the channel has its own rules on types and options.
        let edit = |question: &mut Question| {
            question.feeds = None;
            edit(question);
        };
        let found = problem(change, edit, |question| question.feeds = None);
        assert_eq!(found.is_some(), !words.is_empty(), "{change:?} {words}: {found:?}");
        assert!(found.unwrap_or_default().contains(words), "{change:?} {words}");
    }
}

#[test]
fn a_question_that_comes_back_is_not_unchanged() {
    let retired = |question: &mut Question| question.change = Some(Change::Retired);
    assert!(problem(Some(Change::Unchanged), |_| {}, retired).unwrap().contains("differs"));
    for change in [Change::Reworded, Change::ChangedInMeaning, Change::Retired] {
        assert_eq!(problem(Some(change), |_| {}, retired), None, "{change}");
    }
    // What changed from one version to the next before is not held against this one.
    assert_eq!(problem(Some(Change::Unchanged), |_| {}, |q| q.change = Some(Change::Reworded)), None);
}

#[test]
fn a_question_without_a_version_before_is_new() {
    let mut before = sound();
    before.questions.remove(4);
    let mut document = sound();
    for question in &mut document.questions {
        question.change = Some(Change::Unchanged);
    }
    for change in Change::ALL {
        document.questions[4].change = Some(*change);
        let found = violations(&document, Some(&before));
        if *change == Change::New {
            assert_eq!(found, []);
        } else {
            assert_eq!(paths(&found), ["questions[4].change"], "{change}");
            assert!(found[0].description.contains("it is new"), "{change}");
        }
    }
}

#[test]
fn no_question_of_the_version_before_is_dropped() {
    let mut document = sound();
    for question in &mut document.questions {
        question.change = Some(Change::Unchanged);
    }
    document.questions.remove(4);
    let found = violations(&document, Some(&sound()));
    assert_eq!(paths(&found), ["questions"]);
    assert!(found[0].description.contains("`B2` of the version before is missing"));
}

#[test]
fn in_a_first_version_every_question_is_new() {
    for change in Change::ALL {
        let mut document = sound();
        document.questions[3].change = Some(*change);
        let found = violations(&document, None);
        if *change == Change::New {
            assert_eq!(found, []);
        } else {
            assert_eq!(paths(&found), ["questions[3].change"], "{change}");
            assert!(found[0].description.contains("first version"), "{change}");
        }
    }
}

#[test]
fn what_is_plain_need_not_be_said() {
    let (before, mut next) = (sound(), sound());
    for question in &mut next.questions {
        question.change = None;
    }
    let mut another = next.questions[0].clone();
    another.key = "another".into();
    next.questions.push(another);
    next.questions[1].legal_basis = Some("RS 88".into());
    let mut before = before;
    before.questions[2].change = Some(Change::Retired);
    say_what_is_plain(&mut next, &before);
    let changes: Vec<_> = next.questions.iter().map(|question| question.change).collect();
    assert_eq!(changes.first(), Some(&Some(Change::Unchanged)));
    assert_eq!(changes[1], None, "whether its meaning changed its author says");
    assert_eq!(changes[2], None, "what was retired comes back by its author's word only");
    assert_eq!(changes.last(), Some(&Some(Change::New)));
}

#[test]
fn what_somebody_has_to_say_is_named() {
    let (before, mut next) = (sound(), sound());
    for question in &mut next.questions {
        question.change = None;
    }
    say_what_is_plain(&mut next, &before);
    assert_eq!(unsaid(&next, &before), [""; 0], "a version that changes nothing says so by itself");
    assert_eq!(violations(&next, Some(&before)), []);
    next.questions[1].legal_basis = Some("RS 88".into());
    next.questions[1].change = None;
    let gone = next.questions.pop().unwrap().key;
    assert_eq!(unsaid(&next, &before), [next.questions[1].key.as_str(), &gone]);
}
