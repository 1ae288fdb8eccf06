//! What scenes are made of: who calls, and about which requests.

use std::collections::{HashMap, hash_map::Entry};

use focalnet_load::{Loaded, LoadedCase, Random};

use crate::{
    caller::Caller,
    world::{Failed, World},
};

/// Of so many requests one is kept for acts that must not meet others.
const KEPT: usize = 4;

/// The cases that are measured whole: the one with the fewest requests, one in the middle, the one with the most.
pub(super) fn cases(loaded: &Loaded) -> Result<[&LoadedCase; 3], Failed> {
    let cases = &loaded.cases;
    match (cases.last(), cases.get(cases.len() / 2), cases.first()) {
        (Some(small), Some(median), Some(largest)) => Ok([small, median, largest]),
        _ => Err("there is no case".into()),
    }
}

/// A request of a Chamber or of the Registry.
#[derive(Debug, Clone)]
pub(super) struct Dossier {
    /// Its name.
    pub(super) name: String,
    /// Who signs in for the requested State.
    pub(super) focal_point: String,
    /// Where it stands, in the words of the store.
    pub(super) state: String,
    /// How many assets it has.
    pub(super) assets: usize,
}

/// The world, with what the scenes have taken of it.
pub(super) struct Stage<'a> {
    /// The world.
    pub(super) world: &'a mut World,
    /// What chance decides.
    pub(super) random: &'a mut Random,
    /// Requests that several scenes may use, in a random order.
    pub(super) shared: Vec<Dossier>,
    kept: Vec<Dossier>,
    callers: HashMap<String, Caller>,
}

impl<'a> Stage<'a> {
    /// Nothing is taken yet.
    pub(super) async fn new(world: &'a mut World, random: &'a mut Random) -> Result<Self, Failed> {
        // Acts change how much there is to read: they keep away from the cases that are measured whole.
        let measured: Vec<_> = cases(&world.loaded)?.iter().map(|case| case.name.to_string()).collect();
        let rows: Vec<(String, String, String, i64, bool)> = sqlx::query_as(
            "SELECT 'freezingRequests/' || r.id, 'load.state.' || lower(o.country_code), r.state,
                (SELECT count(*) FROM asset a WHERE a.request_id = r.id), 'cases/' || r.case_id = ANY($1)
             FROM freezing_request r JOIN organization o ON o.id = r.requested_state_id
             WHERE r.origin <> 'prosecutor' ORDER BY r.id LIMIT 20000",
        )
        .bind(measured)
        .fetch_all(&mut world.owner)
        .await?;
        let (mut shared, mut kept, most) = (Vec::with_capacity(rows.len()), Vec::new(), rows.len() / KEPT);
        let mut dossiers = Vec::with_capacity(rows.len());
        for (name, focal_point, state, assets, measured) in rows {
            let assets = usize::try_from(assets)?;
            dossiers.push((Dossier { name, focal_point, state, assets }, measured));
        }
        random.shuffle(&mut dossiers);
        for (dossier, measured) in dossiers {
            let of = if measured || kept.len() == most { &mut shared } else { &mut kept };
            of.push(dossier);
        }
        Ok(Self { world, random, shared, kept, callers: HashMap::new() })
    }

    /// Somebody who has signed in.
    pub(super) async fn caller(&mut self, login: &str) -> Result<Caller, Failed> {
        match self.callers.entry(login.to_owned()) {
            Entry::Occupied(known) => Ok(known.get().clone()),
            Entry::Vacant(vacant) => Ok(vacant.insert(self.world.somebody(login).await?).clone()),
        }
    }

    /// Up to so many requests that fit and that no other scene uses.
    pub(super) fn take(
        &mut self,
        count: usize,
        fits: impl Fn(&Dossier) -> bool,
    ) -> Result<Vec<Dossier>, Failed> {
        let taken: Vec<_> = self.kept.extract_if(.., |dossier| fits(dossier)).take(count).collect();
        if taken.is_empty() { Err("no request fits: load more".into()) } else { Ok(taken) }
    }
}

impl Dossier {
    /// Whether its State can report what it has found.
    pub(super) fn is_being_executed(&self) -> bool {
        matches!(self.state.as_str(), "executing" | "executed_in_part" | "executed")
    }
}
