//! Signing in and out, and who one is.

use clap::{Arg, ArgMatches, Command};
use focalnet_contract::{
    catalogue,
    client::{call::Client, escape, exit::Exit, failure::Failure, text_of, words},
};
use prost_reflect::{DynamicMessage, Value};

use super::{Context, Handwritten, prompt, render};

/// The commands of this file.
pub(crate) const COMMANDS: &[Handwritten] = &[
    Handwritten { command: login_command, run: login },
    Handwritten { command: logout_command, run: logout },
    Handwritten { command: whoami_command, run: whoami },
];

fn login_command() -> Command {
    Command::new("login")
        .about("Sign in")
        .long_about(
            "Sign in. The password is asked for, or read as a line of standard input; the tokens are kept in a file \
             that only you can read. The one-time code of a new account counts as its password: a new password is \
             asked for at once.",
        )
        .arg(Arg::new("login").value_name("LOGIN").help("The login of the account; asked for when left out"))
}

fn login(context: &Context<'_>, matches: &ArgMatches) -> Result<(), Failure> {
    let login = match matches.get_one::<String>("login") {
        Some(login) => login.clone(),
        None => prompt::shown("login")?,
    };
    let password = prompt::secret("password")?;
    super::block_on(async {
        let mut client = context.client()?;
        let fields = [("login", login), ("password", password.clone())];
        let tokens = call(&mut client, "Login", fields).await?;
        if tokens.get_field_by_name("password_change_required").and_then(|value| value.as_bool())
            == Some(true)
        {
            eprintln!("This account needs a password of its own.");
            let fields =
                [("current_password", password), ("new_password", prompt::new_secret("new password")?)];
            call(&mut client, "ChangePassword", fields).await?;
        }
        show_self(context, &mut client).await
    })
}

fn logout_command() -> Command {
    Command::new("logout").about("End the session, here and at the server")
}

fn logout(context: &Context<'_>, _: &ArgMatches) -> Result<(), Failure> {
    super::block_on(async {
        let mut client = context.client()?;
        let answer = call(&mut client, "Logout", []).await;
        match answer {
            // The server knows no such session any more: then there is only this side to clear.
            Err(failure) if failure.exit() != Exit::NotSignedIn => Err(failure),
            _ => client.forget(),
        }
    })
}

fn whoami_command() -> Command {
    Command::new("whoami").about("Show who is signed in, for which organization and with which roles")
}

fn whoami(context: &Context<'_>, _: &ArgMatches) -> Result<(), Failure> {
    super::block_on(async {
        let mut client = context.client()?;
        show_self(context, &mut client).await
    })
}

async fn show_self(context: &Context<'_>, client: &mut Client) -> Result<(), Failure> {
    let mut answer = call(client, "GetSelf", []).await?;
    if context.json {
        return render::print(&words::json(&answer)?);
    }
    let mut part = |name: &str| answer.take_field_by_name(name).and_then(|value| value.as_message().cloned());
    let (user, organization) = (part("user"), part("organization"));
    let text = |message: Option<&DynamicMessage>, field| {
        escape::line(&message.and_then(|message| text_of(message, field)).unwrap_or_default())
    };
    let lines = format!(
        "login: {}\nname: {}\norganization: {}\n",
        text(user.as_ref(), "login"),
        text(user.as_ref(), "display_name"),
        text(organization.as_ref(), "display_name")
    );
    // What is left are the roles.
    render::print(&(lines + &render::human(&answer)))
}

async fn call<const N: usize>(
    client: &mut Client,
    name: &str,
    fields: [(&str, String); N],
) -> Result<DynamicMessage, Failure> {
    let method = catalogue::method(name)?;
    let mut message = DynamicMessage::new(method.input());
    for (field, text) in fields {
        message.set_field_by_name(field, Value::String(text));
    }
    client.call(&method, &message).await
}
