//! What to do next, by the reason that the server gives.

use super::exit::Exit;

const HINTS: &[(&str, &str)] = &[
    ("NOT_SIGNED_IN", SIGN_IN),
    (
        "LOGIN_FAILED",
        "check login and password and try again; an administrator can tell whether the account is active.",
    ),
    ("PASSWORD_CHANGE_REQUIRED", "choose a password with `focalnet auth change-password`."),
    ("NOT_FOUND", NOT_FOUND),
    ("ROLE_MISSING", "`focalnet whoami` shows your roles; an administrator grants mandates."),
    ("WRONG_PARTY", "this is for another party; `focalnet whoami` shows for whom you act."),
    (
        "SECOND_PERSON_REQUIRED",
        "another person of your side decides: a proposal they find with `focalnet approval list`, a response with \
         `focalnet questionnaire list-responses`.",
    ),
    ("INVALID_ARGUMENT", "correct what is named and send it again; `--help` tells each field's format."),
    ("REQUEST_ID_REUSED", "leave --request-id out, or repeat the first call exactly."),
    (
        "WRONG_STATE",
        "read the resource to see where it stands; `focalnet lifecycle` prints what is allowed from there.",
    ),
    (
        "APPROVAL_PENDING",
        "`focalnet approval list` shows the open proposal: approve, decline or withdraw it first.",
    ),
    (
        "APPROVAL_NOT_OPEN",
        "`focalnet approval get` shows how it ended; propose the act anew if it is still wanted.",
    ),
    (
        "INCOMPLETE",
        "the fields named are missing or wrong; for a request, `focalnet request check` lists all of them.",
    ),
    ("LEAD_ONLY", "ask the State for its consent; it clears the mark with `focalnet asset update`."),
    ("DISPOSAL_HOLD", "a claim has to be final first: `focalnet asset decide-claim`."),
    ("ASSETS_OUTSTANDING", "the State reports what became of them with `focalnet request report-release`."),
    ("STALE", "it was changed meanwhile: read it again and decide anew."),
    (
        "ANSWER_CONFLICT",
        "somebody else of your State answered meanwhile: read the response again, decide, and save with its etag.",
    ),
    ("ALREADY_EXISTS", "use the one that exists."),
    ("THROTTLED", "wait, then try again."),
    ("OVERLOADED", LATER),
    (
        "ANSWER_TOO_LARGE",
        "nothing was done: make what is named shorter, or ask for less, as with a filter or an earlier end.",
    ),
    (
        "LIMIT_REACHED",
        "nothing was done: what is named has as many entries as it may have; `--help` tells the limit of each list.",
    ),
    ("STORE_UNAVAILABLE", LATER),
    ("DEADLINE_EXCEEDED", LATER),
    ("INTERNAL", "try again; if it stays, tell the operator the id of the call."),
];

const SIGN_IN: &str = "sign in with `focalnet login`.";
const NOT_FOUND: &str = "check the name; what you may not see answers exactly like what does not exist.";
const LATER: &str = "try again in a moment.";

/// The hint for a reason, or else for the way the program ends.
pub(super) fn next(reason: Option<&str>, exit: Exit) -> Option<&'static str> {
    let known = HINTS.iter().find(|(name, _)| Some(*name) == reason).map(|(_, hint)| *hint);
    known.or(match exit {
        Exit::NotSignedIn => Some(SIGN_IN),
        Exit::NotFound => Some(NOT_FOUND),
        Exit::Unavailable => Some("check --endpoint and that the server runs, then try again."),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use prost_reflect::DescriptorPool;

    use super::*;
    use crate::proto::FILE_DESCRIPTOR_SET;

    #[test]
    fn every_reason_has_a_hint() {
        let pool = DescriptorPool::decode(FILE_DESCRIPTOR_SET).unwrap();
        let reasons = pool.get_enum_by_name("focalnet.v1.ErrorReason").unwrap();
        let expected: BTreeSet<_> = reasons
            .values()
            .filter(|value| value.number() != 0)
            .map(|value| value.name().trim_start_matches("ERROR_REASON_").to_owned())
            .collect();
        let known: BTreeSet<_> = HINTS.iter().map(|(name, _)| (*name).to_owned()).collect();
        assert_eq!(known, expected);
    }
}
