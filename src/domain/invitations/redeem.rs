//! Joins an org by token, as Yeep's programs do: signed in, or with an account that the token creates.

use super::accept;
use super::newcomer::{self, Newcomer};
use super::preview::{Preview, preview};
use super::standing::Standing;
use crate::domain::accounts::sign_up::check_username;
use crate::domain::actor::{Actor, Client};
use crate::domain::offer::{Kind, Offer};
use crate::domain::users;
use crate::error::{AccountError, Error};
use crate::ids::UserId;
use crate::usher::Usher;

/// What a visitor may do with a token.
#[derive(Clone, Debug)]
pub enum Redeemable {
    /// Join as the signed-in user.
    BySelf,
    /// Create an account.
    ByNewcomer,
    /// Nothing while signed out: it is for a user, who has to sign in.
    BySomebodyNamed,
    /// Nothing: the token is for somebody else. `is_exclusive`: for a user, not merely an address.
    ByAnother { is_exclusive: bool },
    /// Nothing: the user is a member already. The uids of user and org.
    AlreadyIn { user: String, org: String },
}

/// What a visitor may do with a token.
///
/// # Errors
/// [`Error::LinkUnknown`], also for a token that can no longer be used, and for one of an environment.
pub async fn look(usher: &Usher, token: &str, visitor: Option<&Actor>) -> Result<Redeemable, Error> {
    let seen = preview(usher, token, visitor).await?;
    let offer = usable(&seen)?;
    let is_exclusive = seen.invitation.invitee_id.is_some();
    let Some(actor) = visitor else {
        return Ok(if is_exclusive { Redeemable::BySomebodyNamed } else { Redeemable::ByNewcomer });
    };
    if seen.standing == Standing::Member {
        // Membership would hide the token's standing, which comes first here.
        usable(&preview(usher, token, None).await?)?;
    }
    if is_exclusive && seen.standing == Standing::Other {
        return Ok(Redeemable::ByAnother { is_exclusive });
    }
    if users::is_member(usher, offer, actor.user_id).await? {
        let (user, org) = users::names_of_membership(usher, actor.user_id, offer).await?;
        return Ok(Redeemable::AlreadyIn { user, org });
    }
    if seen.standing == Standing::Other {
        return Ok(Redeemable::ByAnother { is_exclusive });
    }
    Ok(Redeemable::BySelf)
}

/// The offer of a usable token to an org.
fn usable(seen: &Preview) -> Result<&Offer, Error> {
    let is_open = match seen.standing {
        Standing::Newcomer | Standing::SignIn | Standing::Ready | Standing::Other | Standing::Member => true,
        Standing::AcceptedByMe
        | Standing::Accepted
        | Standing::Expired
        | Standing::Revoked
        | Standing::Superseded
        | Standing::Declined
        | Standing::Gone => false,
    };
    let offer = seen.offer.as_ref().filter(|offer| is_open && offer.place.kind == Kind::Org);
    offer.ok_or(Error::LinkUnknown)
}

/// Joins as the signed-in user.
///
/// # Errors
/// As [`accept::by_link`].
pub async fn as_self(usher: &Usher, actor: &Actor, token: &str) -> Result<UserId, Error> {
    Ok(accept::by_link(usher, actor, token).await?.user_id)
}

/// Joins with an account that the token creates.
///
/// # Errors
/// As [`newcomer::as_newcomer`], the username first; [`AccountError::AddressTaken`] when somebody has signed up with
/// the invited address since.
pub async fn as_newcomer(usher: &Usher, token: &str, newcomer: Newcomer, client: &Client) -> Result<UserId, Error> {
    let joined = async {
        if let Some(username) = &newcomer.username {
            // Takes precedence over faults of the address.
            check_username(usher, username).await?;
        }
        newcomer::as_newcomer_without_session(usher, token, newcomer, client).await
    };
    let refused = match joined.await {
        Ok(joined) => return Ok(joined.user_id),
        Err(Error::SignInRequired) => AccountError::AddressTaken.into(),
        Err(error) => error,
    };
    // If somebody else has joined by the token meanwhile, report the used token, not that their username is taken.
    usable(&preview(usher, token, None).await?)?;
    Err(refused)
}
