//! What a list is a list of, and what it is called.

use focalnet_contract::{Rpc, catalogue};

use crate::{caller::method, world::Failed};

/// What the comment of the field `parent` says first: everything where it can be everything, else one thing.
pub(super) fn parent_of(rpc: Rpc) -> Result<Option<String>, Failed> {
    let Some(parent) = method(rpc)?.input().get_field_by_name("parent") else { return Ok(None) };
    let comment = catalogue::comment(&method(rpc)?.input().parent_file(), parent.path());
    let patterns: Vec<_> = comment.split('`').skip(1).step_by(2).filter(|word| word.contains('/')).collect();
    let all = patterns.iter().find(|pattern| pattern.ends_with("/-"));
    let pattern =
        all.or(patterns.first()).ok_or_else(|| format!("{rpc:?} does not say what is its parent"))?;
    Ok(Some((*pattern).to_owned()))
}

/// The name of a method in lower case.
pub(super) fn snake(name: &str) -> String {
    let mut snake = String::new();
    for (place, letter) in name.char_indices() {
        if letter.is_uppercase() && place > 0 {
            snake.push('_');
        }
        snake.push(letter.to_ascii_lowercase());
    }
    snake
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_says_what_is_its_parent() {
        for rpc in Rpc::ALL.iter().copied().filter(|rpc| rpc.names().1.starts_with("List")) {
            parent_of(rpc).unwrap();
        }
        assert_eq!(parent_of(Rpc::ListAssets).unwrap().unwrap(), "freezingRequests/-");
        assert_eq!(parent_of(Rpc::ListEvents).unwrap().unwrap(), "freezingRequests/{uuid}");
        assert_eq!(parent_of(Rpc::ListCases).unwrap(), None);
        assert_eq!(snake("ListOrderWork"), "list_order_work");
    }
}
