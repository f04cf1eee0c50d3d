//! What a user says of themselves.

use sea_orm::DatabaseTransaction;

use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::fields::FullName;
use crate::store;
use crate::store::users::Listed;
use crate::usher::Usher;

/// The actor as MyCRT's clients see a user.
///
/// # Errors
/// [`Error::SignInRequired`] when the account has just ended.
pub async fn me(usher: &Usher, user_id: i64) -> Result<Listed, Error> {
    store::users::listed(usher.db.read(), user_id).await?.ok_or(Error::SignInRequired)
}

/// All users, for a superuser.
///
/// # Errors
/// [`Error::SuperuserRequired`].
pub async fn list_users(usher: &Usher, actor: &Actor) -> Result<Vec<Listed>, Error> {
    if !store::users::is_superuser(usher.db.read(), actor.user_id).await? {
        return Err(Error::SuperuserRequired);
    }
    store::users::all_listed(usher.db.read()).await
}

/// Gives the actor another full name.
///
/// # Errors
/// When the database cannot be had.
pub async fn rename(usher: &Usher, actor: &Actor, full_name: FullName) -> Result<(), Error> {
    usher.db.write(Rename { user_id: actor.user_id, full_name: full_name.into(), now: usher.now() }).await
}

#[derive(Clone, Debug)]
struct Rename {
    user_id: i64,
    full_name: String,
    now: Timestamp,
}

impl Operation for Rename {
    type Output = ();

    async fn run(&self, txn: &DatabaseTransaction) -> Result<(), Error> {
        store::users::rename(txn, self.user_id, &self.full_name, self.now).await
    }
}
