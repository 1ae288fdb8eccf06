//! Whether the rival answers like focalnet: a comparison of two that do not give the same would say nothing.

use focalnet_contract::Rpc;
use focalnet_load::Random;
use serde_json::{Value, json};

use crate::{
    scenes,
    world::{Failed, World},
};

/// How many requests are read, and asked about.
const REQUESTS: usize = 20;
/// What differs between two answers, wherever it stands: names of what an act has just made, times, and proofs.
const OWN: [&str; 9] =
    ["name", "etag", "note", "index", "time", "event", "create_time", "expected_reply_time", "update_time"];

/// Calls both of them, and fails where an answer differs.
pub(super) async fn check(world: &mut World, own: &str, rival: &str) -> Result<(), Failed> {
    // Who calls, on which line, is settled by the world: the line is turned to the one, then to the other.
    world.line.connect(own, 1).await?;
    let calls = scenes::one_by_one(world, &mut Random::new(1), REQUESTS).await?;
    for (rpc, is_act) in [(Rpc::GetFreezingRequest, false), (Rpc::OpenClarification, true)] {
        let mut answers = [Vec::new(), Vec::new()];
        for (address, answers) in [own, rival].into_iter().zip(&mut answers) {
            world.line.connect(address, 1).await?;
            for (caller, message) in calls.iter().filter(|(of, ..)| *of == rpc).map(|(_, call)| call) {
                // Each act needs an id of its own.
                let answer = caller.call(rpc, message()).await?.json()?;
                answers.push(blurred(answer, is_act));
            }
        }
        let [own, other] = answers;
        for (own, other) in own.iter().zip(&other) {
            same(&format!("{rpc:?}"), own, other)?;
        }
    }
    Ok(())
}

/// An answer without what differs in any case. Of a read only the etag does.
fn blurred(answer: Value, is_act: bool) -> Value {
    match answer {
        Value::Object(fields) => fields
            .into_iter()
            .map(|(name, value)| {
                let own = if is_act { OWN.contains(&name.as_str()) } else { name == "etag" };
                let value = if own { blot(&name, &value) } else { blurred(value, is_act) };
                (name, value)
            })
            .collect(),
        Value::Array(values) => values.into_iter().map(|value| blurred(value, is_act)).collect(),
        value => value,
    }
}

/// What is left of a value that differs: that it is there, and how long a text is. A time may end in noughts, and so may
/// a signed note, which holds one.
fn blot(name: &str, value: &Value) -> Value {
    let length = if matches!(name, "name" | "etag" | "event") { value.as_str().map(str::len) } else { None };
    json!({ "is_there": true, "length": length })
}

fn same(place: &str, own: &Value, other: &Value) -> Result<(), Failed> {
    match (own, other) {
        (Value::Object(own), Value::Object(other)) => {
            for name in own.keys().chain(other.keys()) {
                let [own, other] = [own, other].map(|fields| fields.get(name).unwrap_or(&Value::Null));
                same(&format!("{place}.{name}"), own, other)?;
            }
            Ok(())
        }
        (Value::Array(own), Value::Array(other)) if own.len() == other.len() => {
            own.iter().zip(other).try_for_each(|(own, other)| same(&format!("{place}[]"), own, other))
        }
        _ if own == other => Ok(()),
        _ => Err(format!("the rival answers otherwise: {place} is {other}, not {own}").into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_differs_is_told_by_its_place() {
        let answer = |name: &str, topic: &str| json!({ "name": name, "first_message": { "topic": topic } });
        let [own, alike, other] =
            [("a/1", "costs"), ("a/2", "costs"), ("a/3", "scope")].map(|(name, topic)| answer(name, topic));
        let [own, alike, other] = [own, alike, other].map(|answer| blurred(answer, true));
        assert!(same("ask", &own, &alike).is_ok());
        let told = same("ask", &own, &other).unwrap_err().to_string();
        assert_eq!(told, r#"the rival answers otherwise: ask.first_message.topic is "scope", not "costs""#);
        let longer = blurred(answer("a/10", "costs"), true);
        assert!(same("ask", &own, &longer).is_err(), "a name is as long as another");
    }
}
