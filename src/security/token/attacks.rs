//! The attack list: every row is refused, with the same error.

use aws_lc_rs::{
    hmac,
    rand::SystemRandom,
    signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair},
};
use base64::engine::general_purpose::{STANDARD, URL_SAFE};
use secrecy::ExposeSecret;
use serde_json::{Map, Value, json};

use super::{
    tests::{NAME, SESSION, USER, World, now, sign_with, unsigned, with},
    *,
};

fn without(object: &Value, member: &str) -> String {
    let kept = object.as_object().unwrap().iter().filter(|(name, _)| *name != member);
    Value::from(kept.map(|(name, value)| (name.clone(), value.clone())).collect::<Map<_, _>>()).to_string()
}

fn hs256(secret: &[u8], header: &str, claims: &str) -> String {
    let message = unsigned(header, claims);
    let tag = hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret), message.as_bytes());
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(tag))
}

fn es256(header: &str, claims: &str) -> String {
    let message = unsigned(header, claims);
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
    let signature = pair.sign(&SystemRandom::new(), message.as_bytes()).unwrap();
    format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn algorithm(world: &World) -> Vec<(String, String)> {
    let claims = World::claims().to_string();
    let mut rows = Vec::new();
    for alg in ["none", "None", "nOnE", "NONE", ""] {
        let message = unsigned(&with(world.header(), "alg", json!(alg)), &claims);
        rows.push((format!("alg {alg:?}, no signature"), format!("{message}.")));
        rows.push((format!("alg {alg:?}, signed"), world.with_header("alg", json!(alg))));
    }
    for alg in ["HS256", "ES256", "RS256", "PS256", "eddsa", "EDDSA", "Ed25519", "ES256K"] {
        rows.push((format!("alg {alg}, our signature"), world.with_header("alg", json!(alg))));
    }
    let key = &world.keys.token_keys()[0];
    for alg in ["HS256", "EdDSA"] {
        let header = with(world.header(), "alg", json!(alg));
        let b64 = URL_SAFE_NO_PAD.encode(key.bytes());
        for secret in [key.bytes().as_slice(), b64.as_bytes(), key.to_string().as_bytes(), b""] {
            rows.push((format!("{alg} with a public key as secret"), hs256(secret, &header, &claims)));
        }
    }
    for alg in ["ES256", "EdDSA"] {
        rows.push((
            format!("{alg}, P-256 signature"),
            es256(&with(world.header(), "alg", json!(alg)), &claims),
        ));
    }
    let message = unsigned(&world.header().to_string(), &claims);
    for signature in [vec![], vec![0; 64], vec![0; 63], vec![0xff; 64]] {
        let row = format!("signature of {} equal bytes", signature.len());
        rows.push((row, format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))));
    }
    rows
}

fn shape_and_encoding(world: &World) -> Vec<(String, String)> {
    let good = world.good();
    let parts: Vec<_> = good.split('.').collect();
    let [header, claims, signature] = parts[..] else { panic!("three parts") };
    let long = world.with_claim("jti", json!("x".repeat(2048)));
    let mut rows: Vec<(String, String)> = [
        ("nothing", String::new()),
        ("dots", "..".to_owned()),
        ("header alone", header.to_owned()),
        ("no signature", format!("{header}.{claims}")),
        ("empty signature", format!("{header}.{claims}.")),
        ("empty header", format!(".{claims}.{signature}")),
        ("empty claims", format!("{header}..{signature}")),
        ("four parts", format!("{good}.{signature}")),
        ("leading dot", format!(".{good}")),
        ("trailing dot", format!("{good}.")),
        ("double dot", format!("{header}..{claims}.{signature}")),
        ("twice", format!("{good}{good}")),
        ("parts swapped", format!("{claims}.{header}.{signature}")),
        ("1 MiB", "a".repeat(1 << 20)),
        ("1 MiB of dots", ".".repeat(1 << 20)),
        ("well signed but long", long),
        ("NUL", format!("{good}\0")),
        ("scheme left on", format!("Bearer {good}")),
        ("not ASCII", good.replacen('e', "е", 1)),
    ]
    .map(|(name, token)| (name.to_owned(), token))
    .into();
    for (name, change) in [("=", "="), ("==", "=="), ("space", " "), ("newline", "\n"), ("tab", "\t")] {
        for at in 0..3 {
            let mut parts = parts.iter().map(ToString::to_string).collect::<Vec<_>>();
            parts[at].push_str(change);
            rows.push((format!("{name} after part {at}"), parts.join(".")));
            parts[at] = format!("{change}{}", &good.split('.').nth(at).unwrap());
            rows.push((format!("{name} before part {at}"), parts.join(".")));
        }
    }
    // Claims and signatures that need both of the characters in which the alphabets differ.
    let signed = (0..).map(|n| world.with_claim("jti", json!(format!("???>>>{n}"))));
    let mixed = signed.filter(|token| token.contains('-') && token.contains('_')).take(1).next().unwrap();
    assert!(world.tokens.verify(&mixed).is_ok());
    rows.push(("standard alphabet".to_owned(), mixed.replace('-', "+").replace('_', "/")));
    let message = unsigned(&world.header().to_string(), &World::claims().to_string());
    let bytes = world.keys.token_pair().sign(message.as_bytes());
    rows.push(("padded signature".to_owned(), format!("{message}.{}", URL_SAFE.encode(bytes))));
    rows.push(("padded standard signature".to_owned(), format!("{message}.{}", STANDARD.encode(bytes))));
    // 64 bytes leave four unused bits in the last character.
    let mut spare = good.clone().into_bytes();
    let last = spare.last_mut().unwrap();
    *last += 1;
    rows.push(("unused bits set".to_owned(), String::from_utf8(spare).unwrap()));
    rows
}

fn claims(world: &World) -> Vec<(String, String)> {
    let header = world.header().to_string();
    let mut rows = Vec::new();
    for claim in ["iss", "aud", "sub", "sid", "iat", "nbf", "exp", "jti"] {
        let missing = without(&World::claims(), claim);
        rows.push((format!("{claim} missing"), world.signed(&header, &missing)));
        let value = &World::claims()[claim];
        let doubled = format!("{},\"{claim}\":{value}}}", World::claims().to_string().trim_end_matches('}'));
        rows.push((format!("{claim} twice"), world.signed(&header, &doubled)));
        for value in [json!(null), json!([]), json!({}), json!(true), json!(""), json!([value])] {
            rows.push((format!("{claim} is {value}"), world.with_claim(claim, value)));
        }
    }
    let time = now().timestamp();
    for claim in ["iat", "nbf", "exp"] {
        for raw in [
            format!("\"{time}\""),
            format!("{time}.0"),
            format!("{time}.5"),
            "1772443800e0".to_owned(),
            "1e400".to_owned(),
            format!("-{time}"),
            "-1".to_owned(),
            "-0".to_owned(),
            "0".to_owned(),
            "9223372036854775807".to_owned(),
            "9223372036854775808".to_owned(),
            "18446744073709551615".to_owned(),
            "18446744073709551616".to_owned(),
            "253402300800".to_owned(),
            format!("0{time}"),
            "NaN".to_owned(),
            "Infinity".to_owned(),
        ] {
            rows.push((format!("{claim} is {raw}"), world.with_raw_claim(claim, &raw)));
        }
    }
    let far = json!({
        "iss": NAME, "aud": NAME, "sub": USER, "sid": SESSION, "jti": "x",
        "iat": END_OF_TIME, "nbf": END_OF_TIME, "exp": END_OF_TIME + 1,
    });
    rows.push(("after the year 9999".to_owned(), world.signed(&header, &far.to_string())));
    rows.push(("longer than five minutes".to_owned(), world.with_claim("exp", json!(time + 301))));
    rows.push(("ends as it begins".to_owned(), world.with_claim("exp", json!(time))));
    rows.push(("before its issue".to_owned(), world.with_claim("nbf", json!(time - 1))));
    rows.push(("begins at its end".to_owned(), world.with_claim("nbf", json!(time + 300))));
    for claim in ["iss", "aud"] {
        for value in ["focalnet.example ", "Focalnet.example", "focalnet.example/token", "other.example"] {
            rows.push((format!("{claim} is {value}"), world.with_claim(claim, json!(value))));
        }
        rows.push((format!("{claim} is a list"), world.with_claim(claim, json!([NAME, "other.example"]))));
    }
    for claim in ["sub", "sid"] {
        rows.push((format!("{claim} is no UUID"), world.with_claim(claim, json!("users/1"))));
    }
    rows.push(("another claim".to_owned(), world.with_claim("admin", json!(true))));
    rows.push(("claims in a list".to_owned(), world.signed(&header, &format!("[{}]", World::claims()))));
    let listed: Vec<_> = ["iss", "aud", "sub", "sid", "iat", "nbf", "exp", "jti"]
        .into_iter()
        .map(|claim| World::claims()[claim].clone())
        .collect();
    rows.push(("claims by place".to_owned(), world.signed(&header, &json!(listed).to_string())));
    for text in ["", "null", "{}", "{", "\"x\""] {
        rows.push((format!("claims are {text:?}"), world.signed(&header, text)));
    }
    rows.push((
        "more after the claims".to_owned(),
        world.signed(&header, &format!("{} {{}}", World::claims())),
    ));
    rows
}

fn kind_and_key(world: &World) -> Vec<(String, String)> {
    let (header, claims) = (world.header(), World::claims().to_string());
    let mut rows = Vec::new();
    for member in ["alg", "typ", "kid"] {
        rows.push((format!("{member} missing"), world.signed(&without(&header, member), &claims)));
        let doubled =
            format!("{},\"{member}\":{}}}", header.to_string().trim_end_matches('}'), header[member]);
        rows.push((format!("{member} twice"), world.signed(&doubled, &claims)));
        rows.push((format!("{member} null"), world.with_header(member, json!(null))));
        rows.push((format!("{member} listed"), world.with_header(member, json!([header[member]]))));
    }
    for typ in ["JWT", "rt+jwt", "AT+JWT", "application/at+jwt", "at+jwt ", ""] {
        rows.push((format!("typ {typ}"), world.with_header("typ", json!(typ))));
    }
    let other = Keys::generate(NAME).unwrap();
    let key = world.keys.token_keys()[0].clone();
    for kid in [
        String::new(),
        "../../dev/null".to_owned(),
        "' or 1=1 --".to_owned(),
        format!("{} ", key.kid()),
        key.kid().to_lowercase(),
        other.token_keys()[0].kid(),
        world.keys.receipt_keys()[0].kid(),
    ] {
        rows.push((format!("kid {kid}"), world.with_header("kid", json!(kid))));
    }
    let jwk = |bytes: &[u8]| json!({"kty": "OKP", "crv": "Ed25519", "x": URL_SAFE_NO_PAD.encode(bytes)});
    let hostile = other.token_keys()[0].bytes().as_slice();
    for (member, value) in [
        ("jwk", jwk(hostile)),
        ("jwk", jwk(key.bytes())),
        ("jku", json!("https://attacker.example/jwks")),
        ("x5u", json!("https://attacker.example/cert")),
        ("x5c", json!(["AAAA"])),
        ("x5t", json!("AAAA")),
        ("x5t#S256", json!("AAAA")),
        ("crit", json!([])),
        ("crit", json!(["b64"])),
        ("b64", json!(false)),
        ("b64", json!(true)),
        ("cty", json!("JWT")),
        ("zip", json!("DEF")),
        ("enc", json!("A256GCM")),
        ("other", json!(1)),
    ] {
        rows.push((format!("{member} in the header"), world.with_header(member, value.clone())));
        let forged = sign_with(other.token_pair(), &with(header.clone(), member, value), &claims);
        rows.push((format!("{member} in the header, foreign signature"), forged));
    }
    // Detached content of RFC 7797: the claims stand bare between the dots.
    let bare = with(header.clone(), "b64", json!(false));
    let message = format!("{}.{claims}", URL_SAFE_NO_PAD.encode(bare));
    let signature = URL_SAFE_NO_PAD.encode(world.keys.token_pair().sign(message.as_bytes()));
    rows.push(("b64 false, bare claims".to_owned(), format!("{message}.{signature}")));
    let text = header.to_string();
    rows.push(("foreign key, our kid".to_owned(), sign_with(other.token_pair(), &text, &claims)));
    rows.push((
        "foreign token".to_owned(),
        World { tokens: Tokens::new(&other).unwrap(), keys: other }.good(),
    ));
    rows.push(("receipt key".to_owned(), sign_with(world.keys.receipt_signer().pair(), &text, &claims)));
    let own_kid = with(header.clone(), "kid", json!(world.keys.receipt_keys()[0].kid()));
    rows.push((
        "receipt key and kid".to_owned(),
        sign_with(world.keys.receipt_signer().pair(), &own_kid, &claims),
    ));
    rows.push((
        "header by place".to_owned(),
        world.signed(&json!(["EdDSA", "at+jwt", key.kid()]).to_string(), &claims),
    ));
    rows.push((
        "refresh token".to_owned(),
        crate::security::refresh_token().unwrap().expose_secret().to_owned(),
    ));
    rows.push((
        "one-time code".to_owned(),
        crate::security::one_time_code().unwrap().expose_secret().to_owned(),
    ));
    let receipt = focalnet_contract::receipt::Receipt {
        stream: "organizations/00000000-0000-4000-8000-000000000001/keepers".parse().unwrap(),
        index: 1,
        head: [1; 32],
        time: now(),
        event: focalnet_domain::names::EventId(SESSION),
        event_digest: [2; 32],
    };
    rows.push(("receipt".to_owned(), receipt.sign(world.keys.receipt_signer())));
    rows
}

#[test]
fn attacks_are_refused_alike() {
    let world = World::new();
    let tables = [algorithm(&world), shape_and_encoding(&world), claims(&world), kind_and_key(&world)];
    let rows: Vec<_> = tables.into_iter().flatten().collect();
    assert!(rows.len() > 200, "{}", rows.len());
    for (name, token) in rows {
        let outcome = world.tokens.verify(&token);
        assert!(matches!(outcome, Err(Error::Unauthenticated(Reason::NotSignedIn))), "{name}: {outcome:?}");
    }
}
