//! What those learn who have no business here: nothing, and the same nothing on every path.

mod doors;
mod hidden;
mod references;
