//! Access tokens: what time it is for them, and what does not count as one.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::Duration;
use focalnet::testing::security::{Claims, Keys, Tokens};
use focalnet_contract::Rpc;
use focalnet_domain::{clock::Clock, ids};
use secrecy::ExposeSecret as _;
use tonic::{Code, Status, metadata::MetadataMap};

use super::{refreshes, signed_in, who_am_i};
use crate::{
    support::{
        actor::{Bearer, Clients},
        cast::Org,
        refusals::{all_of, refused, why},
        world::World,
    },
    wire::{authorized, send},
};

fn not_signed_in() -> (Code, String) {
    (Code::Unauthenticated, "NOT_SIGNED_IN".into())
}

/// A token of the focal point of Portugal that was issued then.
fn issued(world: &World, then: Duration) -> String {
    let role = focalnet_domain::organization::Role::FocalPoint;
    world.cast().member(Org::Portugal, role).token(&world.base.tokens, then)
}

fn clients(world: &World, token: &str) -> Clients {
    Clients { channel: world.server.channel.clone(), bearer: Bearer::new(token) }
}

#[tokio::test]
async fn a_token_is_good_for_five_minutes() {
    let world = World::new().await;
    let good = [Duration::zero(), -Duration::minutes(4)];
    let bad = [-Duration::minutes(6), -Duration::days(30), Duration::minutes(1), Duration::days(30)];
    for then in good {
        who_am_i(&clients(&world, &issued(&world, then))).await.unwrap();
    }
    for then in bad {
        let told = who_am_i(&clients(&world, &issued(&world, then))).await;
        assert_eq!(refused(told), not_signed_in(), "{then}");
    }
}

#[tokio::test]
async fn the_clock_of_the_database_decides() {
    let world = World::new().await;
    let token = issued(&world, Duration::zero());
    let later = Duration::days(365);
    world.set_clock_ahead(later).await;
    assert_eq!(refused(who_am_i(&clients(&world, &token)).await), not_signed_in());
    who_am_i(&clients(&world, &issued(&world, later))).await.unwrap();
    world.set_clock_ahead(Duration::zero()).await;
    who_am_i(&clients(&world, &token)).await.unwrap();
    assert_eq!(refused(who_am_i(&clients(&world, &issued(&world, later))).await), not_signed_in());
}

/// The claims of a token that works, for others that do not.
fn claims(world: &World) -> Claims {
    world.base.tokens.verify(&issued(world, Duration::zero())).unwrap()
}

fn segments(token: &str) -> [String; 3] {
    let mut parts = token.split('.').map(str::to_owned);
    std::array::from_fn(|_| parts.next().unwrap())
}

fn encoded(json: &str) -> String {
    URL_SAFE_NO_PAD.encode(json)
}

/// Values of the header that say nothing for their bearer.
async fn forgeries(world: &World) -> Vec<(&'static str, String)> {
    let token = issued(world, Duration::zero());
    let [header, payload, signature] = segments(&token);
    let claims = claims(world);
    let mine = |tokens: &Tokens, user, session| {
        let token = tokens.issue(user, session, Clock.now(Duration::zero())).unwrap();
        format!("Bearer {}", token.token.expose_secret())
    };
    let other_ring = Tokens::new(&Keys::generate("focalnet.test").unwrap()).unwrap();
    let tokens = &world.base.tokens;
    let own = world.portugal().focal_point();
    let bearer = |token: String| format!("Bearer {token}");
    let old_refresh = signed_in(&world.server.channel, &own).await.refresh_token;
    let signed_out = signed_in(&world.server.channel, &own).await;
    let out = super::with(&world.server.channel, &signed_out);
    out.auth().logout(focalnet_contract::proto::LogoutRequest {}).await.unwrap();
    let other_user = world.portugal().deputy().name;
    let other_user = other_user.strip_prefix("users/").unwrap().parse().unwrap();
    vec![
        ("nothing", String::new()),
        ("no token", "Bearer".into()),
        ("an empty token", "Bearer ".into()),
        ("a word", bearer("token".into())),
        ("dots", bearer("..".into())),
        ("another scheme", format!("Basic {token}")),
        ("no scheme", token.clone()),
        ("two tokens", format!("Bearer {token} {token}")),
        ("no signature", bearer(format!("{header}.{payload}."))),
        ("two parts", bearer(format!("{header}.{payload}"))),
        ("four parts", bearer(format!("{token}.{signature}"))),
        ("padding", bearer(format!("{token}=="))),
        ("none as algorithm", bearer(format!("{}.{payload}.", encoded(r#"{"alg":"none","typ":"at+jwt"}"#)))),
        ("a header of its own", bearer(format!("{}.{payload}.{signature}", encoded("{}")))),
        ("a payload of its own", bearer(format!("{header}.{}.{signature}", encoded("{}")))),
        ("a payload that is no JSON", bearer(format!("{header}.AAAA.{signature}"))),
        ("very long", bearer(format!("{header}.{}.{signature}", "A".repeat(3_000)))),
        ("a key of another server", mine(&other_ring, claims.user, claims.session)),
        ("a session that never was", mine(tokens, claims.user, ids::new())),
        ("a user that never was", mine(tokens, ids::new(), claims.session)),
        ("another one's session", mine(tokens, other_user, claims.session)),
        ("a session that has ended", bearer(signed_out.access_token)),
        ("a refresh token", bearer(old_refresh)),
        ("expired", bearer(issued(world, -Duration::hours(1)))),
        ("not yet valid", bearer(issued(world, Duration::hours(1)))),
    ]
}

#[tokio::test]
async fn whatever_is_no_token_is_refused_alike() {
    let world = World::new().await;
    let channel = &world.server.channel;
    let (service, method) = Rpc::GetSelf.names();
    let path = format!("/{service}/{method}");
    let ask = async |metadata: MetadataMap| send(channel, &path, metadata, &[]).await;
    let token = format!("Bearer {}", issued(&world, Duration::zero()));

    let without: Status = ask(MetadataMap::new()).await.unwrap_err();
    assert_eq!(why(&without), not_signed_in());
    for (what, value) in forgeries(&world).await {
        let told = ask(authorized(&value)).await.unwrap_err();
        assert_eq!(all_of(&told), all_of(&without), "{what}");
    }
    let mut twice = authorized(&token);
    twice.append("authorization", token.parse().unwrap());
    assert_eq!(all_of(&ask(twice).await.unwrap_err()), all_of(&without), "two headers");
    let mut binary = MetadataMap::new();
    binary.insert_bin("authorization-bin", tonic::metadata::MetadataValue::from_bytes(token.as_bytes()));
    assert_eq!(all_of(&ask(binary).await.unwrap_err()), all_of(&without), "another header");
    let mut latin = MetadataMap::new();
    latin.insert("authorization", b"Bearer \xe9"[..].try_into().unwrap());
    assert_eq!(all_of(&ask(latin).await.unwrap_err()), all_of(&without), "not even text");

    // None of this was the token's fault, and the case of the scheme does not matter (RFC 9110).
    ask(authorized(&token)).await.unwrap();
    ask(authorized(&token.replace("Bearer", "bEARER"))).await.unwrap();
    refreshes(channel, "x").await.unwrap_err();
}
