//! Round trips to the database: how often the talk of a server with its database turns from the database's answers to the
//! server's next question. A server of its own talks through here, with one caller and on one connection; what is measured
//! otherwise does not pay for the counting.

use std::{
    io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{UnixListener, UnixStream},
    task::JoinHandle,
};

use crate::{
    drive::Scene,
    world::{Failed, World},
};

/// Calls of a scene that are not counted: they prepare statements.
const FIRST: u64 = 3;
/// Calls of a scene that are counted one by one.
const COUNTED: u64 = 5;
/// What PostgreSQL calls its socket.
const SOCKET: &str = ".s.PGSQL.5432";

/// What stands between a server and the socket of its database.
#[derive(Debug)]
pub(crate) struct Between {
    turns: Arc<AtomicU64>,
    listener: JoinHandle<()>,
}

impl Between {
    /// Listens in a folder, and passes everything on to the socket in another.
    pub(crate) fn start(folder: &Path, database: &Path) -> io::Result<Self> {
        let (listener, database) = (UnixListener::bind(folder.join(SOCKET))?, database.join(SOCKET));
        let turns = Arc::new(AtomicU64::new(0));
        let counted = Arc::clone(&turns);
        let listener = tokio::spawn(async move {
            while let Ok((server, _)) = listener.accept().await {
                // A connection that fails is lost for the server as well, which says so.
                let Ok(database) = UnixStream::connect(&database).await else { continue };
                pass(server, database, &counted);
            }
        });
        Ok(Self { turns, listener })
    }

    /// How many round trips one call of a scene takes: the median of some, because now and then a server has work of its
    /// own.
    pub(crate) async fn of_call(&self, scene: &Scene) -> Result<u64, Failed> {
        let mut counts = Vec::new();
        for number in 0..FIRST + COUNTED {
            let before = self.turns.load(Ordering::SeqCst);
            scene(number).await?;
            counts.push(self.turns.load(Ordering::SeqCst) - before);
        }
        let mut counts = counts.split_off(usize::try_from(FIRST)?);
        counts.sort_unstable();
        Ok(counts[counts.len() / 2])
    }
}

impl Drop for Between {
    fn drop(&mut self) {
        self.listener.abort();
    }
}

/// Counts the round trips of all scenes, on a server that is started for it. The callers' connections lead to it from then
/// on.
pub(crate) async fn count(world: &mut World, program: &Path, scenes: &[&Scene]) -> Result<Vec<u64>, Failed> {
    let (between, server) = world.serve_through(program).await?;
    world.line.connect(&server.address, 1).await?;
    let mut counts = Vec::with_capacity(scenes.len());
    for scene in scenes {
        counts.push(between.of_call(scene).await?);
    }
    Ok(counts)
}

fn pass(server: UnixStream, database: UnixStream, turns: &Arc<AtomicU64>) {
    let (mut from_server, mut to_server) = server.into_split();
    let (mut from_database, mut to_database) = database.into_split();
    let answered = Arc::new(AtomicBool::new(true));
    let (counted, heard) = (Arc::clone(turns), Arc::clone(&answered));
    tokio::spawn(async move {
        let mut bytes = vec![0; 1 << 16];
        while let Ok(length @ 1..) = from_server.read(&mut bytes).await {
            if answered.swap(false, Ordering::SeqCst) {
                counted.fetch_add(1, Ordering::SeqCst);
            }
            if to_database.write_all(&bytes[..length]).await.is_err() {
                break;
            }
        }
    });
    tokio::spawn(async move {
        let mut bytes = vec![0; 1 << 16];
        while let Ok(length @ 1..) = from_database.read(&mut bytes).await {
            heard.store(true, Ordering::SeqCst);
            if to_server.write_all(&bytes[..length]).await.is_err() {
                break;
            }
        }
    });
}
