//! Loads a mail's content at the moment of sending: no link and no secret waits in the outbox.

use super::access;
use super::render::{AccessChange, MailView};
use crate::domain::accounts::{resets, verification};
use crate::domain::invitations::standing::is_expired;
use crate::domain::invitations::token;
use crate::domain::offer::Place;
use crate::entity::invitation::InvitationState;
use crate::entity::outbox::MessageKind;
use crate::entity::password_reset::Model as Reset;
use crate::entity::user;
use crate::error::Error;
use crate::ids::UserId;
use crate::store;
use crate::store::invitations::Found;
use crate::store::outbox::Leased;
use crate::usher::Usher;
use crate::words::Language;

/// A mail with its reader's name and language.
pub(super) struct Addressed {
    pub to_name: Option<String>,
    /// The name of the person who causes it.
    pub by: Option<String>,
    /// Their address, if they proved it and the reader may know it.
    pub reply_to: Option<String>,
    pub language: Language,
    pub view: MailView,
}

/// The content of a mail; `None` when it is obsolete.
pub(super) async fn load(usher: &Usher, mail: &Leased) -> Result<Option<Addressed>, Error> {
    match mail.kind {
        MessageKind::Invitation => invitation(usher, mail).await,
        MessageKind::InvitationAccepted => answered(usher, mail, true).await,
        MessageKind::InvitationDeclined => answered(usher, mail, false).await,
        MessageKind::NewLinkWanted => new_link_wanted(usher, mail).await,
        MessageKind::VerifyAddress => verify_address(usher, mail).await,
        MessageKind::ResetPassword => reset_password(usher, mail).await,
        MessageKind::PasswordChanged => password_changed(usher, mail).await,
        MessageKind::MemberAdded => access_changed(usher, mail, AccessChange::Added).await,
        MessageKind::RightsChanged | MessageKind::GlobalRightsChanged => {
            access_changed(usher, mail, AccessChange::Changed).await
        }
        MessageKind::MemberRemoved => access_changed(usher, mail, AccessChange::Removed).await,
        MessageKind::SlackSetUp | MessageKind::SlackInvited | MessageKind::SlackJoined | MessageKind::SlackPromoted => {
            Ok(None)
        }
        MessageKind::PrimaryAddressChanged => primary_address_changed(usher, mail).await,
        MessageKind::AddressAdded => address_added(usher, mail).await,
    }
}

async fn invitation(usher: &Usher, mail: &Leased) -> Result<Option<Addressed>, Error> {
    let Some(found) = find_invitation(usher, mail).await? else { return Ok(None) };
    let is_present = found.state == InvitationState::Pending && mail.generation == Some(found.generation);
    // A life of zero is requested on purpose: such an invitation is mailed although it has expired.
    if !is_present || (is_expired(found.expires_at, usher.now()) && found.life > 0) {
        return Ok(None);
    }
    let token = token::mailed_link(&usher.keys, &found.uid, found.generation);
    let code = found.kind.facts().has_code.then(|| token::code(&usher.keys, &found.uid, found.generation));
    let grants = access::offered(usher, &found).await?;
    let proved = found.proved_inviter_address().map(str::to_owned);
    let name = if found.invitee_id.is_none() { found.invitee_name.clone() } else { None };
    Ok(Some(Addressed {
        to_name: name.clone(),
        by: found.inviter_name.clone(),
        reply_to: proved.clone(),
        language: language_of(find_user(usher, found.invitee_id.or(found.inviter_id)).await?.as_ref()),
        view: MailView::Invitation {
            name: name.unwrap_or_default(),
            inviter_name: found.inviter_name.unwrap_or_default(),
            note: found.note.filter(|_| proved.is_some()),
            inviter_address: proved,
            kind: found.kind.word().to_owned(),
            target_name: found.target_name,
            right: found.level.word().to_owned(),
            grants,
            expires: found.expires_at.parts_at(usher.now()),
            link: usher.config.public_url.join(&format!("/invitations/{token}")),
            code,
            to_address: found.address,
        },
    }))
}

async fn answered(usher: &Usher, mail: &Leased, accepted: bool) -> Result<Option<Addressed>, Error> {
    let Some(found) = find_invitation(usher, mail).await? else { return Ok(None) };
    let Some(link) = found.place().map(|place| page_of(usher, &place)) else { return Ok(None) };
    let who = find_user(usher, mail.user_id).await?;
    Ok(Some(Addressed {
        to_name: found.inviter_name.clone(),
        by: who.as_ref().map(|user| user.full_name.clone()),
        reply_to: None,
        language: language_of(find_user(usher, found.inviter_id).await?.as_ref()),
        view: MailView::InvitationAnswered {
            who_name: who.map(|user| user.full_name).unwrap_or_default(),
            who_address: found.invitee().to_owned(),
            kind: found.kind.word().to_owned(),
            target_name: found.target_name,
            accepted,
            link,
        },
    }))
}

async fn new_link_wanted(usher: &Usher, mail: &Leased) -> Result<Option<Addressed>, Error> {
    let Some(found) = find_invitation(usher, mail).await? else { return Ok(None) };
    let Some(link) = found.place().map(|place| page_of(usher, &place)) else { return Ok(None) };
    Ok(Some(Addressed {
        to_name: found.inviter_name.clone(),
        by: None,
        reply_to: None,
        language: language_of(find_user(usher, found.inviter_id).await?.as_ref()),
        view: MailView::NewLinkWanted {
            who_address: found.invitee().to_owned(),
            kind: found.kind.word().to_owned(),
            target_name: found.target_name,
            link,
        },
    }))
}

async fn verify_address(usher: &Usher, mail: &Leased) -> Result<Option<Addressed>, Error> {
    let (Some(uid), Some(generation)) = (&mail.subject_uid, mail.generation) else { return Ok(None) };
    let address = store::addresses::by_uid(usher.db.read(), uid).await?;
    let is_open =
        |address: &store::addresses::OfUser| address.verified_at.is_none() && address.generation == generation;
    let Some(address) = address.filter(is_open) else { return Ok(None) };
    let Some(user) = store::users::find(usher.db.read(), address.user_id).await? else { return Ok(None) };
    let token = verification::token(&usher.keys, uid, generation);
    let account = verification::account_of(usher, &address).await?;
    Ok(Some(Addressed {
        to_name: None,
        by: None,
        reply_to: None,
        language: language_of(Some(&user)),
        view: MailView::VerifyAddress {
            address: address.address,
            link: usher.config.public_url.join(&format!("/verify/{token}")),
            expires: address.verify_expires_at.map(|expires| expires.parts_at(usher.now())).unwrap_or_default(),
            account,
        },
    }))
}

async fn reset_password(usher: &Usher, mail: &Leased) -> Result<Option<Addressed>, Error> {
    let Some(uid) = &mail.subject_uid else { return Ok(None) };
    let now = usher.now();
    let reset = store::resets::by_uid(usher.db.read(), uid).await?;
    // A program may request a link that is dead on arrival: it is sent all the same.
    let is_due = |reset: &Reset| reset.expires_at > now || reset.expires_at == reset.created_at;
    let Some(reset) = reset.filter(|reset| reset.used_at.is_none() && is_due(reset)) else {
        return Ok(None);
    };
    let Some(user) = store::users::find(usher.db.read(), reset.user_id).await? else { return Ok(None) };
    let token = resets::reset_token(&usher.keys, uid);
    let name = own_name(usher, &user).await?;
    Ok(Some(Addressed {
        to_name: Some(name.clone()),
        by: None,
        reply_to: None,
        language: language_of(Some(&user)),
        view: MailView::ResetPassword {
            name,
            link: usher.config.public_url.join(&format!("/password/reset/{token}")),
            expires: reset.expires_at.parts_at(usher.now()),
        },
    }))
}

async fn password_changed(usher: &Usher, mail: &Leased) -> Result<Option<Addressed>, Error> {
    let Some(user_id) = mail.user_id else { return Ok(None) };
    let Some(user) = store::users::find(usher.db.read(), user_id).await? else { return Ok(None) };
    let name = own_name(usher, &user).await?;
    Ok(Some(Addressed {
        to_name: Some(name.clone()),
        by: None,
        reply_to: None,
        language: language_of(Some(&user)),
        view: MailView::PasswordChanged {
            name,
            when: mail.created_at.parts_at(usher.now()),
            link: usher.config.public_url.join("/password/forgot"),
        },
    }))
}

async fn access_changed(usher: &Usher, mail: &Leased, change: AccessChange) -> Result<Option<Addressed>, Error> {
    let Some(user_id) = mail.user_id else { return Ok(None) };
    let Some(user) = store::users::find(usher.db.read(), user_id).await? else { return Ok(None) };
    let who = find_user(usher, mail.actor_id).await?;
    let Some(access) = access::load(usher, mail, user_id, change).await? else { return Ok(None) };
    let name = own_name(usher, &user).await?;
    Ok(Some(Addressed {
        to_name: Some(name.clone()),
        by: who.as_ref().map(|who| who.full_name.clone()),
        reply_to: None,
        language: language_of(Some(&user)),
        view: MailView::AccessChanged {
            name,
            who: who.map(|who| who.full_name).unwrap_or_default(),
            change,
            kind: access.kind,
            target_name: access.target_name,
            right: access.right.to_owned(),
            grants: access.grants,
            link: usher.config.public_url.join(&access.path),
        },
    }))
}

async fn primary_address_changed(usher: &Usher, mail: &Leased) -> Result<Option<Addressed>, Error> {
    let Some(user_id) = mail.user_id else { return Ok(None) };
    let Some(user) = store::users::find(usher.db.read(), user_id).await? else { return Ok(None) };
    let name = own_name(usher, &user).await?;
    Ok(Some(Addressed {
        to_name: Some(name.clone()),
        by: None,
        reply_to: None,
        language: language_of(Some(&user)),
        view: MailView::PrimaryAddressChanged {
            name,
            address: mail.address.clone(),
            when: mail.created_at.parts_at(usher.now()),
            link: usher.config.public_url.join("/password/forgot"),
        },
    }))
}

async fn address_added(usher: &Usher, mail: &Leased) -> Result<Option<Addressed>, Error> {
    let (Some(user_id), Some(uid)) = (mail.user_id, &mail.subject_uid) else { return Ok(None) };
    let Some(user) = store::users::find(usher.db.read(), user_id).await? else { return Ok(None) };
    // It may have been removed again.
    let Some(added) = store::addresses::by_uid(usher.db.read(), uid).await? else { return Ok(None) };
    let name = own_name(usher, &user).await?;
    Ok(Some(Addressed {
        to_name: Some(name.clone()),
        by: None,
        reply_to: None,
        language: language_of(Some(&user)),
        view: MailView::AddressAdded {
            name,
            address: added.address,
            when: mail.created_at.parts_at(usher.now()),
            link: usher.config.public_url.join("/password/forgot"),
        },
    }))
}

async fn find_invitation(usher: &Usher, mail: &Leased) -> Result<Option<Found>, Error> {
    match mail.invitation_id {
        Some(id) => store::invitations::find(usher.db.read(), id).await,
        None => Ok(None),
    }
}

async fn find_user(usher: &Usher, id: Option<UserId>) -> Result<Option<user::Model>, Error> {
    match id {
        Some(id) => store::users::find(usher.db.read(), id).await,
        None => Ok(None),
    }
}

/// The name, if the reader chose it; empty while somebody else may have.
async fn own_name(usher: &Usher, user: &user::Model) -> Result<String, Error> {
    let is_proved = store::addresses::primary_is_verified(usher.db.read(), user.id).await?;
    Ok(if is_proved { user.full_name.clone() } else { String::new() })
}

/// The language that a user chose, or signed up in. People without an account get the inviter's.
fn language_of(user: Option<&user::Model>) -> Language {
    user.and_then(|user| user.language).unwrap_or_default()
}

/// The inviting side's page.
fn page_of(usher: &Usher, place: &Place) -> String {
    usher.config.public_url.join(&place.invitations_path())
}
