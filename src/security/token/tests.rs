//! What is accepted, and the tools with which [`super::attacks`] builds what is not.

use aws_lc_rs::signature::Ed25519KeyPair;
use proptest::prelude::*;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use super::*;

pub(super) const NAME: &str = "focalnet.example";
pub(super) const USER: Uuid = Uuid::from_u128(1);
pub(super) const SESSION: Uuid = Uuid::from_u128(2);

pub(super) fn now() -> DateTime<Utc> {
    "2026-03-02T09:30:00.7Z".parse().unwrap()
}

pub(super) struct World {
    pub(super) keys: Keys,
    pub(super) tokens: Tokens,
}

impl World {
    pub(super) fn new() -> Self {
        let keys = Keys::generate(NAME).unwrap();
        let tokens = Tokens::new(&keys).unwrap();
        Self { keys, tokens }
    }

    pub(super) fn good(&self) -> String {
        self.tokens.issue(USER, SESSION, now()).unwrap().token.expose_secret().to_owned()
    }

    pub(super) fn header(&self) -> Value {
        json!({"alg": "EdDSA", "typ": "at+jwt", "kid": self.keys.token_keys()[0].kid()})
    }

    pub(super) fn claims() -> Value {
        let iat = now().timestamp();
        json!({
            "iss": NAME, "aud": NAME, "sub": USER, "sid": SESSION,
            "iat": iat, "nbf": iat, "exp": iat + 300, "jti": "x",
        })
    }

    /// Signed with the right key, whatever it says.
    pub(super) fn signed(&self, header: &str, claims: &str) -> String {
        sign_with(self.keys.token_pair(), header, claims)
    }

    pub(super) fn with_header(&self, member: &str, value: Value) -> String {
        self.signed(&with(self.header(), member, value), &Self::claims().to_string())
    }

    pub(super) fn with_claim(&self, claim: &str, value: Value) -> String {
        self.signed(&self.header().to_string(), &with(Self::claims(), claim, value))
    }

    /// Right in all but the text of one claim, which no JSON value could hold.
    pub(super) fn with_raw_claim(&self, claim: &str, raw: &str) -> String {
        let claims = with(Self::claims(), claim, json!("RAW")).replace("\"RAW\"", raw);
        self.signed(&self.header().to_string(), &claims)
    }
}

pub(super) fn with(mut object: Value, member: &str, value: Value) -> String {
    object[member] = value;
    object.to_string()
}

pub(super) fn unsigned(header: &str, claims: &str) -> String {
    format!("{}.{}", URL_SAFE_NO_PAD.encode(header), URL_SAFE_NO_PAD.encode(claims))
}

pub(super) fn sign_with(pair: &Ed25519KeyPair, header: &str, claims: &str) -> String {
    let message = unsigned(header, claims);
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(pair.sign(message.as_bytes())))
}

#[test]
fn the_table_is_built_from_a_token_that_is_accepted() {
    let world = World::new();
    let accepted = world.tokens.verify(&world.with_claim("jti", json!("y"))).unwrap();
    assert_eq!((accepted.user, accepted.session), (USER, SESSION));
    let other_order =
        format!(r#"{{ "kid":"{}","typ":"at+jwt", "alg":"EdDSA" }}"#, world.keys.token_keys()[0].kid());
    assert!(world.tokens.verify(&world.signed(&other_order, &World::claims().to_string())).is_ok());
    // The longest that is read.
    let padding = |token: String| 2048 - token.len();
    let room = padding(world.with_claim("jti", json!("")));
    let fitting =
        (0..room).rev().map(|n| world.with_claim("jti", json!("x".repeat(n)))).find(|t| t.len() <= 2048);
    assert!(world.tokens.verify(&fitting.unwrap()).is_ok());
}

#[test]
fn issued_tokens_say_who_and_when() {
    let world = World::new();
    let issued = world.tokens.issue(USER, SESSION, now()).unwrap();
    assert_eq!(issued.expires, "2026-03-02T09:35:00Z".parse::<DateTime<Utc>>().unwrap());
    assert!(!format!("{issued:?}").contains(issued.token.expose_secret()));
    let claims = world.tokens.verify(issued.token.expose_secret()).unwrap();
    assert_eq!((claims.user, claims.session), (USER, SESSION));
    assert_eq!((claims.iss.as_str(), claims.aud.as_str()), (NAME, NAME));
    let again = world.tokens.verify(&world.good()).unwrap();
    assert_ne!(claims.jti, again.jti);
    let before_1970 = world.tokens.issue(USER, SESSION, "1969-12-31T23:59:59Z".parse().unwrap());
    assert!(matches!(before_1970, Err(Error::Internal(_))));
    assert_eq!(format!("{:?}", world.tokens), r#"Tokens { name: "focalnet.example", .. }"#);
}

#[test]
fn time_is_checked_against_the_given_clock_only() {
    let world = World::new();
    let claims = world.tokens.verify(&world.good()).unwrap();
    for (time, good) in [
        ("1969-12-31T23:59:59Z", false),
        ("2026-03-02T09:29:54.999999Z", false),
        ("2026-03-02T09:29:55Z", true),
        ("2026-03-02T09:30:00Z", true),
        ("2026-03-02T09:35:00Z", true),
        ("2026-03-02T09:35:04.999999Z", true),
        ("2026-03-02T09:35:05Z", false),
        ("2036-03-02T09:30:00Z", false),
    ] {
        let outcome = claims.check_time(time.parse().unwrap());
        assert_eq!(outcome.is_ok(), good, "{time}");
        assert!(good || matches!(outcome, Err(Error::Unauthenticated(Reason::NotSignedIn))));
    }
}

proptest! {
    #[test]
    fn any_changed_character_is_refused(at: prop::sample::Index, flip in 1..128_u8) {
        let world = World::new();
        let mut token = world.good().into_bytes();
        let at = at.index(token.len());
        token[at] ^= flip;
        prop_assert!(world.tokens.verify(&String::from_utf8(token).unwrap()).is_err());
    }

    #[test]
    fn any_text_is_refused_without_a_panic(text: String) {
        prop_assert!(World::new().tokens.verify(&text).is_err());
    }
}
