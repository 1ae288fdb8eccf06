//! What opened and what closed between two days.

use super::*;

/// Keys of the questions whose gaps opened, and of those whose gaps closed.
fn changes(before: &[InForce], after: &[InForce]) -> [Vec<String>; 2] {
    let document = document();
    let (opened, closed) = compare(&gaps(&document, before), &gaps(&document, after));
    [opened, closed].map(|gaps| gaps.into_iter().map(|gap| gap.question).collect())
}

#[test]
fn a_gap_closes_only_where_the_later_answers_settle_the_question() {
    let slow = [yes("freezing"), no("quickly")];
    for (before, after, opened, closed) in [
        (&slow[..], vec![yes("freezing"), no("quickly")], "", ""),
        (&slow, vec![yes("freezing"), yes("quickly")], "", "quickly"),
        (&slow, vec![yes("freezing"), absence("quickly", Absence::DoesNotApply)], "", "quickly"),
        (&slow, vec![yes("freezing"), absence("quickly", Absence::Unknown)], "", ""),
        (&slow, vec![yes("freezing"), absence("quickly", Absence::UnderReform)], "", ""),
        (&slow, vec![yes("freezing"), absence("quickly", Absence::Withheld)], "", ""),
        (&slow, vec![yes("freezing")], "", ""),
        // No longer asked, and nobody knows whether it should be: that is no good news.
        (&slow, vec![absence("freezing", Absence::Unknown), no("quickly")], "", ""),
        (&slow, vec![], "", ""),
        (&slow, vec![no("freezing"), no("quickly")], "freezing", "quickly"),
        (&[], vec![no("freezing")], "freezing", ""),
        (&[], vec![yes("freezing"), no("quickly")], "quickly", ""),
        (&[no("freezing")], vec![yes("freezing"), no("quickly")], "quickly", "freezing"),
        (&[no("freezing")], vec![yes("freezing")], "", "freezing"),
        (&[], vec![], "", ""),
    ] {
        let expected = [opened, closed].map(|key| match key {
            "" => Vec::new(),
            key => vec![key.to_owned()],
        });
        assert_eq!(changes(before, &after), expected, "{before:?} {after:?}");
    }
}

#[test]
fn gaps_of_one_question_are_told_apart() {
    let mut document = document();
    let second = GapRule { provision: "RS 93".into(), ..rule("${freezing} = 'no'", GapSeverity::Minor) };
    document.questions[0].gap_rules.push(second);
    let both = gaps(&document, &[no("freezing")]);
    assert_eq!(both.gaps.len(), 2);
    let mut one = both.clone();
    one.gaps.truncate(1);
    assert_eq!(compare(&both, &one), (vec![], vec![both.gaps[1].clone()]));
    assert_eq!(compare(&one, &both), (vec![both.gaps[1].clone()], vec![]));
    assert_eq!(compare(&both, &both), (vec![], vec![]));
}
