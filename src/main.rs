//! The program: server, operator's tool and command line in one.

use std::process::ExitCode;

/// A call makes many small things and drops them again; measured against the system's allocator in docs/performance.md.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // The first provider installed wins, and there is only one compiled in.
    let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
    focalnet::run(std::env::args_os())
}
