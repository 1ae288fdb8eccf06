//! Access tokens: JWT (RFC 7519, profile RFC 9068) signed with Ed25519, good for five minutes.
//!
//! Only the form that [`Tokens::issue`] writes is accepted. Whether the session is alive and what time it is are
//! questions for the caller: the clock's offset lies beside the session.

use std::collections::HashMap;

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Duration, SubsecRound, Utc};
use focalnet_contract::receipt::PublicKey;
use focalnet_domain::{
    error::Reason,
    journal::{Hash, sha256},
};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation, decode, encode};
use quick_cache::sync::Cache;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{digest::random, keys::Keys};
use crate::error::{Error, Result};

/// From the issue of a token to its end, in seconds.
const LIFETIME: u64 = 5 * 60;
/// By how much the clocks of two processes may differ, in seconds.
const LEEWAY: u64 = 5;
/// No longer token is read, in bytes.
const MAX_LENGTH: usize = 2048;
/// How many tokens are known at a time.
const KNOWN: usize = 10_000;
/// The header's `typ` (RFC 9068), which no other kind of token bears.
const TYPE: &str = "at+jwt";
/// The header's `alg`.
const ALGORITHM: &str = "EdDSA";
/// The last second of the year 9999.
const END_OF_TIME: u64 = 253_402_300_799;

/// A token just issued.
#[derive(Debug)]
pub struct AccessToken {
    /// What the client sends back.
    pub token: SecretString,
    /// From then on it is refused.
    pub expires: DateTime<Utc>,
}

/// What a token says. Its signature is good; its time and its session are still to be checked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    iss: String,
    aud: String,
    /// The user.
    #[serde(rename = "sub")]
    pub user: Uuid,
    /// The session; the token is good no longer than it lives.
    #[serde(rename = "sid")]
    pub session: Uuid,
    iat: u64,
    nbf: u64,
    exp: u64,
    jti: String,
}

impl Claims {
    /// Whether the token is in force at `now`, give or take five seconds.
    pub fn check_time(&self, now: DateTime<Utc>) -> Result<()> {
        let now = u64::try_from(now.timestamp()).map_err(|_| refused())?;
        if self.nbf <= now + LEEWAY && now < self.exp + LEEWAY { Ok(()) } else { Err(refused()) }
    }

    fn is_sane(&self) -> bool {
        self.iat <= self.nbf
            && self.nbf < self.exp
            && self.exp <= END_OF_TIME
            && self.exp - self.iat <= LIFETIME
            && !self.jti.is_empty()
    }
}

/// The only header members there may be: what is not here (`crit`, `jwk`, `jku`, `x5c`, `b64` …) refuses the token.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StrictHeader {
    alg: String,
    typ: String,
    kid: String,
}

/// Issues and verifies access tokens. The server is issuer and audience, under the name of its key ring.
pub struct Tokens {
    name: String,
    header: Header,
    signing: EncodingKey,
    verifying: HashMap<String, DecodingKey>,
    validation: Validation,
    /// What tokens said whose signature was good, by their digest: a token comes with each call of its five minutes. Nothing
    /// that can change is kept: time and session are checked at each call.
    known: Cache<Hash, Claims>,
}

impl Tokens {
    /// Signs with the token key in use and accepts the retired ones too.
    pub fn new(keys: &Keys) -> Result<Self> {
        let pkcs8 = keys.token_pair().to_pkcs8v1().map_err(|error| Error::Internal(Box::new(error)))?;
        let mut header = Header::new(Algorithm::EdDSA);
        header.typ = Some(TYPE.to_owned());
        header.kid = keys.token_keys().first().map(PublicKey::kid);
        let mut validation = Validation::new(Algorithm::EdDSA);
        validation.validate_exp = false;
        validation.validate_nbf = false;
        validation.set_issuer(&[keys.name()]);
        validation.set_audience(&[keys.name()]);
        validation.set_required_spec_claims(&["exp", "nbf", "iss", "aud", "sub"]);
        let verifying =
            keys.token_keys().iter().map(|key| (key.kid(), DecodingKey::from_ed_der(key.bytes())));
        Ok(Self {
            name: keys.name().to_owned(),
            header,
            signing: EncodingKey::from_ed_der(pkcs8.as_ref()),
            verifying: verifying.collect(),
            validation,
            known: Cache::new(KNOWN),
        })
    }

    /// A token for `user` in `session`, from `now` on for five minutes.
    pub fn issue(&self, user: Uuid, session: Uuid, now: DateTime<Utc>) -> Result<AccessToken> {
        let start = now.timestamp();
        let iat = u64::try_from(start).map_err(|_| Error::internal("the clock stands before 1970"))?;
        let claims = Claims {
            iss: self.name.clone(),
            aud: self.name.clone(),
            user,
            session,
            iat,
            nbf: iat,
            exp: iat + LIFETIME,
            jti: URL_SAFE_NO_PAD.encode(random::<16>()?),
        };
        let token =
            encode(&self.header, &claims, &self.signing).map_err(|error| Error::Internal(Box::new(error)))?;
        let expires = now.trunc_subsecs(0) + Duration::seconds(LIFETIME.cast_signed());
        Ok(AccessToken { token: token.into(), expires })
    }

    /// What `token` says, if it was issued here. Every refusal is the same error.
    ///
    /// Then read the session, and call [`Claims::check_time`].
    pub fn verify(&self, token: &str) -> Result<Claims> {
        if token.len() > MAX_LENGTH {
            return Err(refused());
        }
        let digest = sha256(&[token.as_bytes()]);
        if let Some(claims) = self.known.get(&digest) {
            return Ok(claims);
        }
        let claims = self.read(token).filter(Claims::is_sane).ok_or_else(refused)?;
        self.known.insert(digest, claims.clone());
        Ok(claims)
    }

    fn read(&self, token: &str) -> Option<Claims> {
        let (header, _) = token.split_once('.')?;
        let header: StrictHeader = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(header).ok()?).ok()?;
        if header.alg != ALGORITHM || header.typ != TYPE {
            return None;
        }
        decode(token, self.verifying.get(&header.kid)?, &self.validation).ok().map(|data| data.claims)
    }
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tokens").field("name", &self.name).finish_non_exhaustive()
    }
}

fn refused() -> Error {
    Error::Unauthenticated(Reason::NotSignedIn)
}

#[cfg(test)]
mod attacks;
#[cfg(test)]
mod tests;
