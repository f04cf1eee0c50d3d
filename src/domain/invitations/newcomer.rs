//! Accepts without an account: the link creates one, in the same transaction.

use std::net::IpAddr;

use sea_orm::DatabaseTransaction;

use super::accept::{Joined, claim, give, refusal};
use super::lookup::{Lookup, ResolvedInvitation, Seen};
use super::preview::{self, Preview, preview};
use super::standing::Standing;
use super::token::{self, Route};
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::accounts::proof::Proved;
use crate::domain::accounts::sign_up::NewAccount;
use crate::domain::accounts::usernames::refuse_reserved;
use crate::domain::accounts::verification::{new_verification, verification_mail};
use crate::domain::actor::Client;
use crate::domain::audit::{self, About, By};
use crate::domain::sessions::{Opened, browser_session};
use crate::email_address::EmailAddress;
use crate::entity::audit_event::Action;
use crate::error::Error;
use crate::fields::{FullName, Password, Username};
use crate::store;
use crate::store::locks::Locks;
use crate::store::outbox::NewMail;
use crate::store::sessions::NewSession;
use crate::usher::Usher;

/// What a newcomer enters for the new account.
#[derive(Clone, Debug)]
pub struct Newcomer {
    pub username: Option<Username>,
    pub full_name: Option<FullName>,
    pub password: Password,
    /// A URL.
    pub picture: Option<String>,
}

/// Creates an account, signs it in and accepts, in one step, even if sign-up is closed. A mailed link proves the
/// mailbox; a copied one does not.
///
/// # Errors
/// [`Error::LinkUnknown`], `AccountError::UsernameTaken`, `AccountError::UsernameReserved`, and those of [`refusal`].
pub async fn as_newcomer(
    usher: &Usher,
    link: &str,
    seen: Seen,
    newcomer: Newcomer,
    client: &Client,
) -> Result<(Joined, Opened), Error> {
    let lookup = Lookup::on_page(&usher.keys, link, seen);
    let seen = preview::seen_as(usher, link, seen, None).await?;
    let (secret, session) = browser_session(&usher.keys, client, usher.now());
    let operation = prepare_newcomer(usher, lookup, seen, newcomer, client, Some(session)).await?;
    let joined = usher.write_and_mail(operation).await?;
    let opened = Opened { secret, user_id: joined.user_id };
    Ok((joined, opened))
}

/// [`as_newcomer`] for a program, which signs in separately.
///
/// # Errors
/// As [`as_newcomer`].
pub async fn as_newcomer_without_session(
    usher: &Usher,
    link: &str,
    newcomer: Newcomer,
    client: &Client,
) -> Result<Joined, Error> {
    let seen = preview(usher, link, None).await?;
    let lookup = Lookup::Link(token::link_digest(&usher.keys, link));
    let operation = prepare_newcomer(usher, lookup, seen, newcomer, client, None).await?;
    usher.write_and_mail(operation).await
}

async fn prepare_newcomer(
    usher: &Usher,
    lookup: Lookup,
    seen: Preview,
    newcomer: Newcomer,
    client: &Client,
    session: Option<NewSession>,
) -> Result<AcceptAsNewcomer, Error> {
    if seen.standing != Standing::Newcomer {
        return Err(refusal(seen.standing));
    }
    refuse_reserved(newcomer.username.as_ref())?;
    let address = EmailAddress::try_from(seen.invitation.address.as_str())
        .map_err(|_| Error::internal("a stored address is invalid"))?;
    let password_hash = usher.passwords.hash(newcomer.password.secret()).await?;
    let now = usher.now();
    let verified_at = (seen.route == Route::Mailed).then_some(now);
    let (username, full_name) = (newcomer.username, newcomer.full_name);
    let mut account = NewAccount::ready_made(username, full_name, address, password_hash, verified_at, now);
    account.user.birth_org_id = match &seen.offer {
        Some(offer) => offer.place.birth_org(usher.db.read()).await?,
        None => None,
    };
    account.user.picture = newcomer.picture;
    account.user.language = client.language;
    let mut mail = None;
    if seen.route == Route::Copied {
        account.verification = Some(new_verification(&usher.keys, &account.address_uid, 1, now));
        mail = Some(verification_mail(&account.address_uid, 1, account.address.as_given(), now));
    }
    Ok(AcceptAsNewcomer { lookup, account, mail, session, ip: client.ip, now })
}

#[derive(Clone, Debug)]
struct AcceptAsNewcomer {
    lookup: Lookup,
    account: NewAccount,
    /// The verification mail, for an address that the link does not prove.
    mail: Option<NewMail>,
    session: Option<NewSession>,
    ip: Option<IpAddr>,
    now: Timestamp,
}

impl Operation for AcceptAsNewcomer {
    type Output = Joined;

    async fn locks(&self, txn: &DatabaseTransaction) -> Result<Locks, Error> {
        self.lookup.locks(txn).await
    }

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Joined, Error> {
        let ResolvedInvitation { invitation, offer, route, standing } =
            self.lookup.resolve(txn, None, self.now).await?;
        let (Standing::Newcomer, Some(offer)) = (standing, offer) else {
            return Err(refusal(standing));
        };
        // Before the account: concurrent requests then fail on this row, not on the address taken by then.
        claim(txn, &invitation, None, self.now).await?;
        let user_id = self.account.insert_by_owner(txn, self.ip).await?;
        store::invitation_changes::set_answerer(txn, invitation.id, user_id).await?;
        if let Some(session) = self.session.clone() {
            store::sessions::insert(txn, user_id, session).await?;
        }
        if let Some(mail) = self.mail.clone() {
            store::outbox::insert(txn, NewMail { user_id: Some(user_id), ..mail }).await?;
        }
        give(txn, &invitation, &offer, user_id, self.now).await?;
        if route == Route::Copied {
            store::members::await_proof(txn, invitation.id.into()).await?;
        }
        let newcomer = By { user_id: Some(user_id), name: &self.account.user.full_name, ip: self.ip };
        let about = About::from(invitation.inviter_name).with(offer.details(txn).await?);
        audit::record(txn, newcomer, Action::InvitationAccepted, &offer.place, about, self.now).await?;
        Ok(Joined { user_id, offer, proved: Proved::Quietly })
    }
}
