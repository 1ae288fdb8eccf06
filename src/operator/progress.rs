//! Progress of long steps: a moving line on a terminal, plain lines elsewhere.

use std::{io::IsTerminal as _, sync::Mutex, time::Duration};

use indicatif::{ProgressBar, ProgressStyle};

/// The step that is being waited for.
pub(crate) struct Steps {
    bar: Option<ProgressBar>,
    last: Mutex<String>,
}

impl Steps {
    /// Steps told on standard error.
    pub(crate) fn new() -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new_spinner();
            if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} ({elapsed})") {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_millis(100));
            bar
        });
        Self { bar, last: Mutex::default() }
    }

    /// Something is being waited for.
    pub(crate) fn say(&self, what: &str) {
        if let Some(bar) = &self.bar {
            bar.set_message(format!("{what} …"));
            return;
        }
        let Ok(mut last) = self.last.lock() else { return };
        if *last != what {
            eprintln!("{what} …");
            what.clone_into(&mut last);
        }
    }

    /// Nothing is being waited for any more.
    pub(crate) fn done(self) {
        if let Some(bar) = self.bar {
            bar.finish_and_clear();
        }
    }
}
