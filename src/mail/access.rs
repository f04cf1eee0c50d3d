//! What a user may do in a place, for a mail.

use super::render::{AccessChange, Grant, GrantKind};
use crate::domain::offer::{Held, Level};
use crate::entity::outbox::MessageKind;
use crate::error::Error;
use crate::fields::ResourceId;
use crate::ids::{DefinitionKind, UserId};
use crate::store;
use crate::store::assignments::Granted;
use crate::store::invitations::Found;
use crate::store::outbox::Leased;
use crate::usher::Usher;

/// A place, and the user's rights there.
pub(super) struct Access {
    /// `None`: global.
    pub kind: Option<&'static str>,
    pub target_name: String,
    /// `owner`, `administrator` or `member`; empty if global.
    pub right: &'static str,
    pub grants: Vec<Grant>,
    /// The page to link to.
    pub path: String,
}

/// The roles and permissions that an invitation offers.
pub(super) async fn offered(usher: &Usher, found: &Found) -> Result<Vec<Grant>, Error> {
    if !found.place().is_some_and(|place| place.kind.facts().has_grants) {
        return Ok(Vec::new());
    }
    let named = store::invitation_grants::named(usher.db.read(), &[found.id]).await?;
    Ok(named.into_iter().map(|offered| grant(offered.granted)).collect())
}

/// The rights that a mail is about; `None` when the user no longer has them, or never had.
pub(super) async fn load(
    usher: &Usher,
    mail: &Leased,
    user_id: UserId,
    change: AccessChange,
) -> Result<Option<Access>, Error> {
    let db = usher.db.read();
    if mail.kind == MessageKind::GlobalRightsChanged {
        return Ok(Some(everywhere(usher, user_id).await?));
    }
    let place = match mail.place_id {
        Some(id) => store::places::find(db, id).await?,
        None => None,
    };
    let Some(place) = place else { return Ok(None) };
    let (path, held) = match (change, place.held(db, user_id, usher.now()).await?) {
        (AccessChange::Removed, _) => ("/".to_owned(), Held { right: Level::Member.word(), grants: Vec::new() }),
        (AccessChange::Added | AccessChange::Changed, Some(held)) => (place.path(), held),
        (AccessChange::Added | AccessChange::Changed, None) => return Ok(None),
    };
    let grants = held.grants.into_iter().map(grant).collect();
    Ok(Some(Access { kind: Some(place.kind.word()), target_name: place.name, right: held.right, grants, path }))
}

async fn everywhere(usher: &Usher, user_id: UserId) -> Result<Access, Error> {
    let held = store::assignments::global(usher.db.read(), user_id, 0).await?;
    let grants = held.rows.into_iter().map(|held| grant(held.granted)).collect();
    Ok(Access { kind: None, target_name: String::new(), right: "", grants, path: "/".to_owned() })
}

fn grant(granted: Granted) -> Grant {
    let kind = match granted.definition.kind() {
        DefinitionKind::Role => GrantKind::Role,
        DefinitionKind::Permission => GrantKind::Permission,
    };
    Grant { kind, name: granted.name, resource: granted.resource_id.as_deref().map(ResourceId::as_typed) }
}
