//! A server in a process of its own.

use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
    thread,
};

use tonic::transport::Channel;

use super::{server::connect, waiting::within, world::World};

/// `focalnet serve`, until the test is over.
pub(crate) struct Process {
    child: Child,
    /// A connection to it.
    pub(crate) channel: Channel,
}

impl Process {
    /// Serves the database of a world, with the same keys as all servers of the tests.
    pub(crate) fn serving(world: &World) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_focalnet"))
            .arg("serve")
            .envs(world.base.environment(&world.database))
            .env("FOCALNET__LOG__FILTER", "error")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
        let serves = within(move || {
            let address = said.find_map(|line| Some(line.split_once("serves on http://")?.1.to_owned()));
            (address, said)
        });
        let Some((Some(address), said)) = serves else {
            let _ = child.kill();
            unreachable!("it does not say where it serves");
        };
        // What it says later must find a reader, or it would stop.
        thread::spawn(move || said.for_each(|line| eprintln!("server: {line}")));
        Self { child, channel: connect(&address) }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
