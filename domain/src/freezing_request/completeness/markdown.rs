//! The table and the rules as a page of the manual.

use std::fmt::Write;

use super::{
    preflight,
    rules::RULES,
    table::{Need, TABLE},
};
use crate::freezing_request::Measure;

const INTRODUCTION: &str = "\
# What a request must contain

This page is printed from the table that the check itself reads. The sections are those of the freezing certificate
of Regulation (EU) 2018/1805; `RS` is the Rome Statute, `RPE` the Rules of Procedure and Evidence, `EU II-M` section M
of the confiscation certificate. Section G, the other States addressed, is left out: no State learns of another.

`M` mandatory, `C` mandatory when the condition holds and optional else, `O` optional, `–` not asked for. With several
measures a field is as mandatory as the strictest of them makes it. A mandatory field that takes a statement may say
that its value is unknown, not applicable or withheld; unknown and withheld are reported as warnings. A field inside
another, or of an item of a list (`[]`), is asked for where the other or the item is there. The fields of a person are
asked for of targets and owners.

";

/// The page, in Markdown.
#[must_use]
pub fn markdown() -> String {
    let mut page = INTRODUCTION.to_owned();
    let titles: Vec<_> = Measure::ALL.iter().map(|measure| measure.as_str()).collect();
    line(&mut page, &["Section", "Field", &titles.join(" | "), "Condition"]);
    page.push_str("|---|---|:-:|:-:|:-:|:-:|---|\n");
    for row in TABLE {
        let needs = Measure::ALL.iter().map(|measure| row.need(*measure));
        let letters: Vec<_> = needs.clone().map(letter).collect();
        let condition = needs.into_iter().find_map(|need| match need {
            Need::Conditional(condition) => Some(condition.when),
            _ => None,
        });
        let field = format!("`{}`", row.path);
        line(&mut page, &[row.section, &field, &letters.join(" | "), condition.unwrap_or_default()]);
    }
    page.push_str("\n## Rules beyond presence\n\n");
    for rule in RULES {
        // Writing to a String cannot fail.
        let _ = writeln!(page, "- {}", rule.says);
    }
    page.push_str("\n## What the requested State says of its law\n\nThe answers in force on the day of the check; a question that nobody has answered is reported as not known.\n\n");
    line(&mut page, &["Question", "Field", "Rule"]);
    page.push_str("|---|---|---|\n");
    for row in preflight::TABLE {
        line(&mut page, &[row.question, &format!("`{}`", row.path), row.says]);
    }
    page
}

fn line(page: &mut String, cells: &[&str]) {
    let _ = writeln!(page, "| {} |", cells.join(" | "));
}

fn letter(need: Need) -> &'static str {
    match need {
        Need::Mandatory => "M",
        Need::Conditional(_) => "C",
        Need::Optional => "O",
        Need::NotAsked => "–",
    }
}
