//! Every row of the lifecycle is allowed, and everything else is refused.

mod doers;
mod live;
mod table;
