//! People who sign in with a password.

use focalnet_contract::Rpc;
use serde_json::json;

use super::{Named, reads::in_turn, stage::Stage};
use crate::{caller::encoded, world::Failed};

/// A one-time code in the one spelling whose digest is stored.
const CODE: &str = "M3AS-M3AS-M3AS-M3AS-M3AS-M3AS-M3AS";
/// Hard to guess, for a server that nobody else reaches.
const PASSWORD: &str = "9 tepid gravel umbrellas";

/// Everybody in turn, so that no login is tried again while it is being tried.
pub(super) async fn password(stage: &mut Stage<'_>) -> Result<Named, Failed> {
    let login = "load.otp";
    let owner = &mut stage.world.owner;
    sqlx::query(
        "UPDATE account SET code_hash = sha256(convert_to($1, 'UTF8')), code_expire_time = now() + interval '1 day'
         WHERE login = $2",
    )
    .bind(CODE)
    .bind(login)
    .execute(&mut *owner)
    .await?;
    // The change ends all sessions of the account: it is one by which no other scene calls.
    let somebody = stage.world.somebody(login).await?;
    let change = json!({ "current_password": CODE, "new_password": PASSWORD });
    somebody.call(Rpc::ChangePassword, change).await?;
    // A hash does not say whose it is: the same one is good for everybody.
    sqlx::query(
        "UPDATE account SET password_hash = (SELECT password_hash FROM account WHERE login = $1)
         WHERE login LIKE 'load.%' AND password_hash IS NULL",
    )
    .bind(login)
    .execute(&mut stage.world.owner)
    .await?;
    let people = stage.world.loaded.people.iter();
    let messages =
        people.map(|person| Ok(encoded(Rpc::Login, json!({ "login": person.login, "password": PASSWORD }))?));
    let messages = messages.collect::<Result<Vec<_>, Failed>>()?;
    Ok(Named::read("sign_in", in_turn(stage.world.nobody(), Rpc::Login, messages)))
}
