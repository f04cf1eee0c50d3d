//! Users as programs and administrators see them.

use sea_orm::ConnectionTrait;

use crate::domain::invitations::offer::Offer;
use crate::entity::user::Model;
use crate::error::{Error, Thing};
use crate::store;
use crate::store::addresses::OfUser;
use crate::usher::Usher;

/// A user with their addresses, the primary one first.
#[derive(Clone, Debug)]
pub struct Profile {
    pub user: Model,
    pub addresses: Vec<OfUser>,
}

/// The profile of a user.
pub(crate) async fn profile(connection: &impl ConnectionTrait, id: i64) -> Result<Option<Profile>, Error> {
    let Some(user) = store::users::find(connection, id).await? else { return Ok(None) };
    let addresses = store::addresses::of_user(connection, id).await?;
    Ok(Some(Profile { user, addresses }))
}

/// A user with the uids of their orgs.
///
/// # Errors
/// [`Error::NotFound`] when the account has just ended.
pub async fn profile_with_orgs(usher: &Usher, id: i64) -> Result<(Profile, Vec<String>), Error> {
    let db = usher.db.read();
    let profile = profile(db, id).await?.ok_or(Error::NotFound(Thing::User))?;
    let orgs = store::org_members::org_uids(db, &[id], usher.now()).await?;
    Ok((profile, orgs.into_iter().map(|(_, uid)| uid).collect()))
}

/// Whether a user is in already what is offered.
///
/// # Errors
/// When the database cannot be read.
pub async fn is_member(usher: &Usher, offer: &Offer, user_id: i64) -> Result<bool, Error> {
    offer.has_member(usher.db.read(), user_id, usher.now()).await
}

/// The uids of a user and of the org that is offered.
///
/// # Errors
/// [`Error::NotFound`] when either has just gone.
pub async fn names_of_membership(usher: &Usher, user_id: i64, offer: &Offer) -> Result<(String, String), Error> {
    let db = usher.db.read();
    let user = store::users::find(db, user_id).await?.ok_or(Error::NotFound(Thing::User))?;
    let org = match offer {
        Offer::Org { id, .. } => store::orgs::find(db, *id).await?,
        Offer::Environment { .. } => None,
    };
    Ok((user.uid, org.ok_or(Error::NotFound(Thing::Org))?.uid))
}
