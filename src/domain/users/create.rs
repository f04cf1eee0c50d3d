//! Creates a user for somebody else.

use sea_orm::DatabaseTransaction;

use super::{Belonging, belonging};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::access::rights::{self, SystemPermission};
use crate::domain::accounts::usernames::refuse_reserved;
use crate::domain::offer::Level;
use crate::domain::{actor::Actor, audit};
use crate::email_address::EmailAddress;
use crate::entity::audit_event::Action;
use crate::error::{AccountError, Error, OrgError};
use crate::fields::{FullName, Username};
use crate::ids::new_uid;
use crate::secret::Secret;
use crate::store;
use crate::store::addresses::NewAddress;
use crate::store::locks::{Lock, Locks};
use crate::store::members::NewMember;
use crate::store::users::NewUser;
use crate::usher::Usher;

/// The fields of a new user.
#[derive(Clone, Debug)]
pub struct RequestedUser {
    pub username: Option<Username>,
    pub password: Secret,
    pub full_name: FullName,
    /// An http or https URL.
    pub picture: Option<String>,
    pub addresses: Vec<RequestedAddress>,
    /// Orgs to add the user to, without rights. The first counts as the org where the account was created.
    pub org_uids: Vec<String>,
}

/// An address of a new user. It counts from the start, verified or not.
#[derive(Clone, Debug)]
pub struct RequestedAddress {
    pub address: EmailAddress,
    pub is_verified: bool,
    pub is_primary: bool,
}

/// Creates a user.
///
/// # Errors
/// In this order: [`Error::Forbidden`]; [`AccountError::UsernameRequired`] or [`AccountError::UsernamesOff`];
/// [`AccountError::PrimaryAddressMissing`], [`AccountError::PrimaryAddressTwice`]; [`AccountError::UsernameReserved`];
/// [`AccountError::UsernameTaken`]; [`AccountError::AddressTaken`]; [`OrgError::Unknown`].
pub async fn create(usher: &Usher, actor: &Actor, wanted: RequestedUser) -> Result<Belonging, Error> {
    let now = usher.now();
    // Checked before the costly hash, and again within the transaction.
    rights::in_scope(usher.db.read(), actor, None, now).await?.need(SystemPermission::UserWrite, None)?;
    check_username_is_wanted(usher, wanted.username.as_ref())?;
    check_primary(&wanted.addresses)?;
    refuse_reserved(wanted.username.as_ref())?;
    let password_hash = usher.passwords.hash(wanted.password).await?;
    let user = NewUser {
        uid: new_uid(now),
        username: wanted.username.map(String::from),
        full_name: wanted.full_name.into(),
        password_hash,
        birth_org_id: None,
        picture: wanted.picture,
        language: None,
        now,
    };
    let (addresses, org_uids) = (wanted.addresses, wanted.org_uids);
    actor.write(usher, Create { actor: actor.clone(), user, addresses, org_uids, now }).await
}

/// # Errors
/// [`AccountError::UsernameRequired`], [`AccountError::UsernamesOff`].
pub(crate) fn check_username_is_wanted(usher: &Usher, username: Option<&Username>) -> Result<(), Error> {
    match (usher.config.usernames_enabled, username) {
        (true, None) => Err(AccountError::UsernameRequired.into()),
        (false, Some(_)) => Err(AccountError::UsernamesOff.into()),
        (true, Some(_)) | (false, None) => Ok(()),
    }
}

fn check_primary(addresses: &[RequestedAddress]) -> Result<(), Error> {
    match addresses.iter().filter(|address| address.is_primary).count() {
        0 => Err(AccountError::PrimaryAddressMissing.into()),
        1 => Ok(()),
        _ => Err(AccountError::PrimaryAddressTwice.into()),
    }
}

#[derive(Clone, Debug)]
struct Create {
    actor: Actor,
    user: NewUser,
    addresses: Vec<RequestedAddress>,
    org_uids: Vec<String>,
    now: Timestamp,
}

impl Operation for Create {
    type Output = Belonging;

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        let mut locks = Locks::default().share(Lock::Global);
        for uid in &self.org_uids {
            if let Some(org) = store::orgs::by_uid(txn, uid).await? {
                locks = locks.share(Lock::Place(org.place_id));
            }
        }
        Ok(locks)
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Belonging, Error> {
        let now = self.now;
        rights::in_scope(txn, &self.actor, None, now).await?.need(SystemPermission::UserWrite, None)?;
        let user_id = store::users::insert(txn, self.user.clone()).await?;
        for wanted in &self.addresses {
            let address = NewAddress {
                uid: new_uid(now),
                user_id,
                address: wanted.address.clone(),
                verified_at: wanted.is_verified.then_some(now),
                verification: None,
                now,
            };
            if wanted.is_primary {
                store::addresses::insert_first(txn, address).await?;
            } else {
                store::addresses::insert_further(txn, address).await?;
            }
        }
        let mut birth_org_id = None;
        for uid in &self.org_uids {
            let org = store::orgs::by_uid(txn, uid).await?.ok_or_else(|| OrgError::Unknown(uid.clone()))?;
            let member = NewMember {
                id: store::members::next_id(txn).await?,
                place_id: org.place_id,
                user_id,
                level: Level::Member,
                expires_at: None,
                let_in_by: Some(&self.actor.full_name),
                now,
            };
            store::members::insert(txn, member).await?;
            birth_org_id = birth_org_id.or(Some(org.id));
        }
        if let Some(org_id) = birth_org_id {
            store::users::set_birth_org(txn, user_id, org_id).await?;
        }
        let subject = audit::About::user(self.user.full_name.as_str(), user_id);
        let place = audit::in_org(txn, birth_org_id).await?;
        audit::record(txn, &self.actor, Action::UserCreated, place, subject, now).await?;
        let user = store::users::find(txn, user_id).await?;
        belonging(txn, user.ok_or_else(|| Error::internal("a new user is missing"))?, now).await
    }
}
