//! Accepts an invitation to an address that nobody has, signed in to an account with another one: the mailed link proves
//! the mailbox, and the account gets the address.

use sea_orm::{ConnectionTrait, DatabaseTransaction};

use super::accept::{Accept, Joined, refusal};
use super::lookup::{Lookup, ResolvedInvitation};
use super::preview::Preview;
use super::standing::Standing;
use super::token::{self, Route};
use crate::db::Operation;
use crate::domain::accounts::addresses::check_has_room;
use crate::domain::accounts::passwords::need_own;
use crate::domain::accounts::proof::{self, prove};
use crate::domain::actor::Actor;
use crate::domain::audit;
use crate::email_address::EmailAddress;
use crate::entity::audit_event::Action;
use crate::entity::outbox::MessageKind;
use crate::error::{AccountError, Error};
use crate::ids::new_uid;
use crate::secret::Secret;
use crate::store;
use crate::store::addresses::{NewAddress, OfUser};
use crate::store::invitations::Found;
use crate::store::locks::{Lock, Locks};
use crate::store::outbox::NewMail;
use crate::usher::Usher;

/// Whether the actor may say of the invited address that it is theirs too.
///
/// # Errors
/// When the database cannot be read.
pub async fn may(usher: &Usher, actor: &Actor, seen: &Preview) -> Result<bool, Error> {
    let db = usher.db.read();
    Ok(may_be_anybodys(db, seen.standing, seen.route, &seen.invitation).await?
        && store::addresses::primary_is_verified(db, actor.user_id).await?)
}

/// Whether the visitor, somebody else than the invitee, presents the mailed link, and no account has the address.
async fn may_be_anybodys(
    connection: &impl ConnectionTrait,
    standing: Standing,
    route: Route,
    invitation: &Found,
) -> Result<bool, Error> {
    if standing != Standing::Other || route != Route::Mailed || invitation.invitee_id.is_some() {
        return Ok(false);
    }
    Ok(store::addresses::owner(connection, &invitation.normal).await?.is_none())
}

/// Adds the invited address to the actor's, verified, and accepts. Tells both mailboxes.
///
/// # Errors
/// [`Error::LinkUnknown`], those of [`refusal`], [`AccountError::AddressTaken`]; [`AccountError::Unproved`],
/// [`AccountError::OwnPasswordWrong`], [`Error::TooMany`], [`AccountError::TooManyAddresses`].
pub async fn add_and_accept(usher: &Usher, actor: &Actor, link: &str, password: Secret) -> Result<Joined, Error> {
    let lookup = Lookup::Link(token::link_digest(&usher.keys, link));
    let now = usher.now();
    let operation = AddAndAccept(Accept { actor: actor.clone(), lookup, now });
    // Before the password is counted as tried.
    operation.check(usher.db.read()).await?;
    need_own(usher, actor, password).await?;
    actor.write_and_mail(usher, operation).await
}

#[derive(Clone, Debug)]
struct AddAndAccept(Accept);

impl Operation for AddAndAccept {
    type Output = Joined;

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        // Accepting holds the user, too: addresses are counted.
        Ok(self.0.locks(txn).await?.hold(Lock::User(self.0.actor.user_id)))
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Joined, Error> {
        let invitation = self.check(txn).await?;
        self.add(txn, &invitation).await?;
        self.0.run(txn).await
    }
}

impl AddAndAccept {
    /// The invitation, if the actor may take its address.
    async fn check(&self, connection: &impl ConnectionTrait) -> Result<Found, Error> {
        let Accept { actor, lookup, now } = &self.0;
        let ResolvedInvitation { invitation, route, standing, .. } =
            lookup.resolve(connection, Some(actor.user_id), *now).await?;
        if !may_be_anybodys(connection, standing, route, &invitation).await? {
            return Err(refusal(standing));
        }
        proof::need(connection, actor.user_id).await?;
        Ok(invitation)
    }

    async fn add(&self, txn: &DatabaseTransaction, invitation: &Found) -> Result<(), Error> {
        let Accept { actor, now, .. } = &self.0;
        let address = match self.waiting(txn, invitation).await? {
            Some(address) => address,
            None => self.insert(txn, invitation).await?,
        };
        prove(txn, &address, Some(actor.session_id), actor.ip, *now).await?;
        store::users::touch(txn, actor.user_id, *now).await?;
        for to in [&actor.address, &address.address] {
            let mail = NewMail {
                uid: new_uid(*now),
                kind: MessageKind::AddressAdded,
                address: to.clone(),
                user_id: Some(actor.user_id),
                invitation_id: None,
                generation: None,
                subject_uid: Some(address.uid.clone()),
                now: *now,
            };
            store::outbox::insert(txn, mail).await?;
        }
        Ok(())
    }

    /// The address, if the actor has added it before and has not confirmed it.
    async fn waiting(&self, txn: &DatabaseTransaction, invitation: &Found) -> Result<Option<OfUser>, Error> {
        let addresses = store::addresses::all_of_user(txn, self.0.actor.user_id).await?;
        Ok(addresses.into_iter().find(|address| address.normal == invitation.normal))
    }

    async fn insert(&self, txn: &DatabaseTransaction, invitation: &Found) -> Result<OfUser, Error> {
        let Accept { actor, now, .. } = &self.0;
        let (user_id, now) = (actor.user_id, *now);
        check_has_room(txn, user_id).await?;
        let address = EmailAddress::try_from(invitation.address.as_str())
            .map_err(|_| Error::internal("a stored address is invalid"))?;
        let new = NewAddress { uid: new_uid(now), user_id, address, verified_at: None, verification: None, now };
        store::addresses::insert_waiting(txn, new).await?;
        let subject = Some(invitation.address.clone());
        audit::record(txn, actor, Action::AddressAdded, audit::Where::NOWHERE, subject, now).await?;
        let added = self.waiting(txn, invitation).await?;
        added.ok_or(Error::Account(AccountError::AddressTaken))
    }
}
