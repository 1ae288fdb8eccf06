//! A row of the survey that is a question.

use focalnet_domain::questionnaire::{
    Change, Feed, Question, QuestionOption, QuestionType, Section, Texts, expression::Expression,
    publication::is_key,
};

use super::{
    super::{
        Finding, choices,
        columns::truth,
        own,
        places::Rows,
        read::{NO_KEY, condition, constraint},
        sheet::Row,
        types,
    },
    READ, Survey,
};

impl Survey<'_> {
    pub(super) fn question(&mut self, row: &Row, kind: QuestionType, list: Option<&str>) {
        let key = self.key(row, kind);
        let kind = self.kind(row, kind);
        let (mut options, option_rows) = list.map(|list| self.options(row, list)).unwrap_or_default();
        if kind == QuestionType::Boolean {
            if !choices::are_yes_and_no(&options) {
                self.problem(
                    row,
                    "type",
                    "the list of a question of yes or no must have the options yes and no alone",
                );
            }
            options.clear();
        }
        let section = self.section_of_question(row);
        let relevant = self.relevant(row);
        let required = self.required(row);
        let (constraint, constraint_message) = self.constraint(row, &key);
        let problems = &mut self.findings.problems;
        let label = row.texts("label", self.default, problems);
        if label.is_empty() {
            problems.push(row.finding("label", "this question has no words"));
        }
        let question = Question {
            key,
            section,
            kind,
            label,
            help: row.texts("hint", self.default, problems),
            options,
            relevant,
            required,
            constraint,
            constraint_message,
            gap_rules: Vec::new(),
            legal_basis: row.find(own::LEGAL_BASIS),
            feeds: word::<Feed>(row, own::FEEDS, problems),
            change: word::<Change>(row, own::CHANGE, problems),
        };
        self.leftovers.check(row, READ, problems);
        self.read.questions.push(question);
        let rows = Rows { question: row.clone(), options: option_rows, gap_rules: Vec::new() };
        self.read.places.questions.push(rows);
    }

    /// The key: the name of the row. A note may go without one, as for the converter of this format.
    fn key(&mut self, row: &Row, kind: QuestionType) -> String {
        let mut key = row.get("name").to_owned();
        if key.is_empty() && kind == QuestionType::Note {
            key = format!("generated_note_name_{}", row.number);
            self.remark(row, "name", format!("this note has no name: its key is `{key}`"));
        }
        if !is_key(&key) {
            self.problem(row, "name", format!("`{key}` {NO_KEY}"));
        } else if !self.keys.insert(key.clone()) {
            self.problem(row, "name", format!("there is a question `{key}` already"));
        }
        key
    }

    /// The constraint, and the message of one that there is.
    fn constraint(&mut self, row: &Row, key: &str) -> (Option<String>, Texts) {
        let problems = &mut self.findings.problems;
        let constraint = constraint(row, key, problems);
        if constraint.is_some() {
            return (constraint, row.texts("constraint_message", self.default, problems));
        }
        if row.cells.iter().any(|cell| cell.column == "constraint_message") {
            self.remark(row, "constraint_message", "there is no constraint: its message is not kept");
        }
        (None, Texts::default())
    }

    /// The type: the one in the column of ours if it goes with the type of the form.
    fn kind(&mut self, row: &Row, kind: QuestionType) -> QuestionType {
        let Some(exact) = word::<QuestionType>(row, own::TYPE, &mut self.findings.problems) else {
            return kind;
        };
        if types::written(exact) != types::written(kind) {
            let reason = format!("`{exact}` does not go with the type `{}`", row.get("type"));
            self.problem(row, own::TYPE, reason);
        }
        exact
    }

    fn options(&mut self, row: &Row, list: &str) -> (Vec<QuestionOption>, Vec<Row>) {
        let options = self.choices.options(list, &mut self.findings.problems);
        if options.is_none() {
            self.problem(row, "type", format!("there is no list `{list}` in the sheet choices"));
        }
        options.unwrap_or_default()
    }

    fn section_of_question(&mut self, row: &Row) -> String {
        if self.open.is_empty() && !self.general {
            let free = |key: &String| self.read.sections.iter().all(|section| section.key != *key);
            let numbered = (2..).map(|number| format!("general_{number}"));
            let key = std::iter::once("general".to_owned()).chain(numbered).find(free).unwrap_or_default();
            self.remark(row, "", format!("this question is in no group: its section is `{key}`"));
            let mut label = Texts::default();
            label.insert("en", "General".to_owned());
            self.read.sections.push(Section { key, label });
            self.read.places.sections.push(row.clone());
            self.general = true;
        }
        self.read.sections.last().map(|section| section.key.clone()).unwrap_or_default()
    }

    /// The condition of a question together with those of its groups.
    fn relevant(&mut self, row: &Row) -> Option<String> {
        let own = condition(row, "relevant", &mut self.findings.problems);
        let mut all: Vec<&str> = self.open.iter().filter_map(|open| open.relevant.as_deref()).collect();
        all.extend(own.as_deref());
        match all[..] {
            [] => None,
            [one] => Some(one.to_owned()),
            _ => {
                let joined = all.iter().map(|one| format!("({one})")).collect::<Vec<_>>().join(" and ");
                let each_is_one = all.iter().all(|one| Expression::parse(one).is_ok());
                if let (true, Err(reason)) = (each_is_one, Expression::parse(&joined)) {
                    self.problem(row, "relevant", format!("with the conditions of its groups: {reason}"));
                }
                Some(joined)
            }
        }
    }

    fn required(&mut self, row: &Row) -> Option<String> {
        let condition = condition(row, "required", &mut self.findings.problems);
        // A word for no says as much as nothing.
        let said = row.get("required");
        condition.filter(|_| said == "false()" || truth(said) != Some(false))
    }
}

/// A word of a closed list in a column of ours.
fn word<W: std::str::FromStr>(row: &Row, column: &str, problems: &mut Vec<Finding>) -> Option<W> {
    let text = row.find(column)?;
    let word = text.parse().ok();
    if word.is_none() {
        problems.push(row.finding(column, format!("`{text}` is none of the words of this column")));
    }
    word
}
