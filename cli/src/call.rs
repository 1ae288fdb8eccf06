//! The client of a command, with a spinner while it waits.

use std::{any::Any, time::Duration};

use focalnet_contract::client::{Client, Failure, session::SessionFile};
use indicatif::ProgressBar;

use super::Context;

impl Context<'_> {
    /// A client in the session of the profile; the connection is made by its first call.
    pub(crate) fn client(&self) -> Result<Client, Failure> {
        let file = SessionFile::of(&self.profile)?;
        Ok(Client::with(file, self.endpoint.clone(), self.ca.clone())?.showing(spinner))
    }
}

fn spinner(what: &str) -> Box<dyn Any + Send> {
    let bar = ProgressBar::new_spinner().with_message(format!("waiting for {what}"));
    bar.enable_steady_tick(Duration::from_millis(100));
    Box::new(Spinner(bar))
}

/// A spinner that goes when it is dropped.
struct Spinner(ProgressBar);

impl Drop for Spinner {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
