//! Filters of lists: `field = value` joined by `AND`, over the fields a list documents.

/// A condition of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    /// The field.
    pub field: String,
    /// The value, without quotes.
    pub value: String,
}

/// Reads a filter; the error says what is wrong and where.
pub fn parse(text: &str, fields: &[&str]) -> Result<Vec<Condition>, String> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let mut conditions: Vec<Condition> = Vec::new();
    for (number, part) in (1..).zip(text.split(" AND ")) {
        let (field, value) = part
            .split_once('=')
            .map(|(field, value)| (field.trim(), value.trim()))
            .ok_or_else(|| format!("condition {number} is not `field = value`"))?;
        if !fields.contains(&field) {
            return Err(format!(
                "condition {number} names no field of this list; fields: {}",
                fields.join(", ")
            ));
        }
        if conditions.iter().any(|known| known.field == field) {
            return Err(format!("condition {number} names `{field}` a second time"));
        }
        let quoted = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let value = quoted.unwrap_or(value);
        if value.is_empty()
            || value.contains('"')
            || (quoted.is_none() && value.contains(char::is_whitespace))
        {
            return Err(format!("condition {number} has no plain or \"quoted\" value"));
        }
        conditions.push(Condition { field: field.to_owned(), value: value.to_owned() });
    }
    Ok(conditions)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_conditions() {
        let read = parse(r#"state = STATE_OPEN AND login="a b""#, &["state", "login"]).unwrap();
        let condition = |field: &str, value: &str| Condition { field: field.into(), value: value.into() };
        assert_eq!(read, [condition("state", "STATE_OPEN"), condition("login", "a b")]);
        assert_eq!(parse("  ", &["state"]), Ok(vec![]));
    }

    #[test]
    fn refuses_everything_else() {
        for bad in [
            "state",
            "= x",
            "state =",
            "other = x",
            "state = a b",
            "state = a AND state = b",
            "state = \"a",
            "state=a AND ",
        ] {
            assert!(parse(bad, &["state"]).is_err(), "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn never_panics(text in ".*") {
            let _ = parse(&text, &["state"]);
        }
    }
}
