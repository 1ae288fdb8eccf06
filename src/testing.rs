//! What tests and benchmarks of this package stand on, and nothing else of the server. Only the feature `testing` shows
//! it.

/// The use cases.
pub mod app {
    pub use crate::app::{Answer, App, FirstAdministrator, Seen};
}

/// Who may do and see what.
pub mod authz {
    pub use crate::authz::{Actor, Permit, authorize};

    /// The field table.
    pub mod fields {
        pub use crate::authz::fields::{FIELDS, Reader};
    }

    /// The policy table.
    pub mod policy {
        pub use crate::authz::policy::{Relation, Rule, rule};
    }
}

/// The private PostgreSQL.
pub mod cluster {
    pub use crate::cluster::{Cluster, Options, scratch_folder};
}

/// The settings.
pub mod config {
    pub use crate::config::{Config, Profile};
}

/// The errors.
pub mod error {
    pub use crate::error::{Error, Result};
}

/// The operator's commands.
pub mod operator {
    /// The story, on a server of its own.
    pub mod demo {
        pub use crate::operator::demo::World;
    }
}

/// What a server process stands on.
pub mod runtime {
    pub use crate::runtime::{Database, app};
}

/// Keys and tokens.
pub mod security {
    pub use crate::security::{Claims, Keys, PasswordCost, Tokens};
}

/// The server.
pub mod server {
    pub use crate::server::{Options, Reflection, Tls, serve};
}

/// The store.
pub mod store {
    pub use crate::store::{Entrant, Store, provision};
}
