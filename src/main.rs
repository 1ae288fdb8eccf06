//! The program: server, operator's tool and command line in one.

use std::process::ExitCode;

fn main() -> ExitCode {
    // The first provider installed wins, and there is only one compiled in.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    focalnet::run(std::env::args_os())
}
