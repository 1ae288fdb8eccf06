//! Every list of the contract, at its first page and far behind: a method that is new is measured without anybody
//! thinking of it.

use focalnet_contract::Rpc;
use prost::bytes::Bytes;
use serde_json::{Value, json};
use tonic::{Code, Status};

use self::parents::{parent_of, snake};
use super::{Named, reads::in_turn, save, stage::Stage, things::Things};
use crate::{
    caller::{Answer, Caller, encoded, method},
    world::Failed,
};

mod parents;

/// Who reads lists: an officer of all cases, one of a single case, and a State.
const READERS: [(&str, &str); 3] =
    [("court", "load.officer"), ("newcomer", "load.newcomer"), ("state", "load.state.af")];
/// Rows of a page, when nobody says how many.
const PAGE: usize = 50;
/// Rows of the largest page.
const LARGEST: usize = 200;
/// How many rows come before page 200.
const BEFORE: usize = 199 * PAGE;

/// A list as somebody asks for it.
struct List {
    caller: Caller,
    rpc: Rpc,
    parent: Option<String>,
}

/// All wanted lists, for all who may read them.
pub(super) async fn all(
    stage: &mut Stage<'_>,
    is_wanted: impl Fn(&str) -> bool,
) -> Result<Vec<Named>, Failed> {
    let circulated = "SELECT EXISTS (SELECT 1 FROM response)";
    if !sqlx::query_scalar(circulated).fetch_one(&mut stage.world.owner).await? {
        save::circulated(stage).await?;
    }
    let mut made = Vec::new();
    for (reader, login) in READERS {
        let things = Things::of(stage, login).await?;
        for rpc in Rpc::ALL.iter().copied().filter(|rpc| rpc.names().1.starts_with("List")) {
            let parent = parent_of(rpc)?;
            // A list below one thing is the same for everybody of the Court who sees the thing.
            if reader == "newcomer" && parent.as_ref().is_some_and(|pattern| !pattern.ends_with("/-")) {
                continue;
            }
            let name = format!("{}_{reader}", snake(rpc.names().1));
            if !is_wanted(&name) && !is_wanted(&late(&name)) {
                continue;
            }
            let parent = parent.map(|pattern| things.named(&pattern)).transpose()?;
            let list = List { caller: stage.caller(login).await?, rpc, parent };
            made.extend(list.scenes(&name).await?.into_iter().filter(|made| is_wanted(&made.name)));
        }
    }
    Ok(made)
}

/// The first page of one list.
pub(super) async fn first(stage: &mut Stage<'_>, rpc: Rpc, login: &str) -> Result<Named, Failed> {
    let things = Things::of(stage, login).await?;
    let parent = parent_of(rpc)?.map(|pattern| things.named(&pattern)).transpose()?;
    let list = List { caller: stage.caller(login).await?, rpc, parent };
    Ok(list.scene(&snake(rpc.names().1), 1, list.message(PAGE, "")?))
}

/// What a page far behind is called.
fn late(name: &str) -> String {
    format!("{name}_late")
}

impl List {
    /// The first page and page 200, or the last page of a list that has fewer; nothing where the reader sees nothing.
    async fn scenes(&self, name: &str) -> Result<Vec<Named>, Failed> {
        let message = if self.has_pages()? { self.message(PAGE, "")? } else { encoded(self.rpc, json!({}))? };
        let answer = match self.caller.send(self.rpc, message.clone()).await {
            Err(status) if matches!(status.code(), Code::NotFound | Code::PermissionDenied) => {
                return Ok(Vec::new());
            }
            answer => answer.map_err(|status| format!("{name}: {status}"))?,
        };
        let mut made = vec![self.scene(name, 1, message)];
        if !answer.text("next_page_token")?.is_empty() {
            let (page, message) = self.late().await?;
            made.push(self.scene(&late(name), page, message));
        }
        Ok(made)
    }

    fn scene(&self, name: &str, page: usize, message: Bytes) -> Named {
        let scene = in_turn(self.caller.clone(), self.rpc, vec![message]);
        Named { note: format!("page {page}"), is_brief: true, ..Named::read(name, scene) }
    }

    /// Page 200, or the last one, with its number.
    async fn late(&self) -> Result<(usize, Bytes), Failed> {
        let (mut before, mut token) = (0, String::new());
        for size in [LARGEST, PAGE] {
            while before + size <= BEFORE {
                let answer = self.page(size, &token).await?;
                let next = answer.text("next_page_token")?;
                if next.is_empty() {
                    break;
                }
                before += answer.rows()?;
                token = next;
            }
        }
        Ok((1 + before / PAGE, self.message(PAGE, &token)?))
    }

    async fn page(&self, size: usize, token: &str) -> Result<Answer, Status> {
        self.caller.send(self.rpc, self.message(size, token)?).await
    }

    fn message(&self, size: usize, token: &str) -> Result<Bytes, Status> {
        let mut message = json!({ "page_size": size, "page_token": token });
        if let Some(parent) = &self.parent {
            message["parent"] = Value::from(parent.as_str());
        }
        encoded(self.rpc, message)
    }

    fn has_pages(&self) -> Result<bool, Status> {
        Ok(method(self.rpc)?.input().get_field_by_name("page_token").is_some())
    }
}
