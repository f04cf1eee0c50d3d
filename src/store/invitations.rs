//! Offers from an inviter to an invitee.

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult};

use super::places::Place;
use super::{one, one_row};
use crate::clock::Timestamp;
use crate::entity::Kind;
use crate::entity::invitation::{ActiveModel, Entity, InvitationState};
use crate::entity::member::Level;
use crate::error::{Error, unique_or};
use crate::ids::{InvitationId, PlaceId, UserId};

/// An invitation with its place and inviter.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Found {
    pub id: InvitationId,
    pub uid: String,
    pub kind: Kind,
    /// `None`: it is gone.
    pub place_id: Option<PlaceId>,
    pub place_key: Option<String>,
    pub level: Level,
    /// The place's present name, or its last one.
    pub target_name: String,
    pub inviter_id: Option<UserId>,
    pub inviter_name: Option<String>,
    pub inviter_address: Option<String>,
    /// When that address was verified.
    pub inviter_verified_at: Option<Timestamp>,
    pub invitee_id: Option<UserId>,
    pub address: String,
    pub normal: String,
    /// How the inviter named the invitee, if not by the address.
    pub named_as: Option<String>,
    /// The name that the inviter gave with the address of somebody without an account.
    pub invitee_name: Option<String>,
    /// What the inviter wrote to the invitee.
    pub note: Option<String>,
    pub state: InvitationState,
    pub generation: i64,
    pub life: i64,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub answered_by: Option<UserId>,
    pub link_asked_at: Option<Timestamp>,
    pub mailed_digest: String,
    pub copied_digest: String,
    /// Raised when more is offered: links that were copied before no longer work.
    pub copied_edition: i64,
}

impl Found {
    /// Its place; `None`: it is gone.
    pub fn place(&self) -> Option<Place> {
        let (id, key) = (self.place_id?, self.place_key.clone()?);
        Some(Place { id, kind: self.kind, name: self.target_name.clone(), key })
    }

    /// The invitee as the inviter named them, until they have joined.
    pub fn invitee(&self) -> &str {
        match &self.named_as {
            Some(name) if self.state != InvitationState::Accepted => name,
            _ => &self.address,
        }
    }

    /// The inviter's primary address, if they proved that it is theirs.
    pub fn proved_inviter_address(&self) -> Option<&str> {
        self.inviter_address.as_deref().filter(|_| self.inviter_verified_at.is_some())
    }
}

/// [`Found::invitee`] of an invitation `i`.
pub(super) const INVITEE: &str =
    "CASE WHEN i.state = 'accepted' THEN i.address ELSE COALESCE(i.named_as, i.address) END";

pub(super) const FOUND: &str = "SELECT i.id, i.uid, i.kind, i.place_id, p.key AS place_key, i.level,
                            COALESCE(p.name, i.target_name) AS target_name,
                            i.inviter_id, u.full_name AS inviter_name, a.address AS inviter_address,
                            a.verified_at AS inviter_verified_at, i.invitee_id, i.address, i.normal, i.named_as, i.invitee_name, i.note,
                            i.state, i.generation, i.life, i.created_at, i.expires_at, i.answered_by, i.link_asked_at, i.mailed_digest,
                            i.copied_digest, i.copied_edition
                     FROM invitations i
                     LEFT JOIN places p ON p.id = i.place_id
                     LEFT JOIN users u ON u.id = i.inviter_id
                     LEFT JOIN addresses a ON a.user_id = i.inviter_id AND a.is_primary";

/// The invitation of an id.
pub async fn find(connection: &impl ConnectionTrait, id: InvitationId) -> Result<Option<Found>, Error> {
    one(connection, &format!("{FOUND} WHERE i.id = $1"), [id.into()]).await
}

/// The invitation of a link, be it retired.
pub async fn by_link(connection: &impl ConnectionTrait, digest: &str) -> Result<Option<Found>, Error> {
    let sql = format!(
        "{FOUND} WHERE i.mailed_digest = $1 OR i.copied_digest = $1
         OR i.id = (SELECT invitation_id FROM retired_links WHERE digest = $1)"
    );
    one(connection, &sql, [digest.into()]).await
}

/// The invitation of a code: the open one, else the latest.
pub async fn by_code(connection: &impl ConnectionTrait, digest: &str) -> Result<Option<Found>, Error> {
    let sql = format!(
        "{FOUND} WHERE i.code_digest = $1 ORDER BY CASE WHEN i.state = 'pending' THEN 0 ELSE 1 END, i.id DESC LIMIT 1"
    );
    one(connection, &sql, [digest.into()]).await
}

/// Whether the invitee of an invitation, by address or as a user, was invited to its place once more, however that ended.
pub async fn is_invited_anew(
    connection: &impl ConnectionTrait,
    found: &Found,
    invitee_id: Option<UserId>,
) -> Result<bool, Error> {
    // A UNION, so that each half uses its index.
    let sql = "SELECT id FROM invitations WHERE normal = $1 AND place_id = $2 AND id > $3
               UNION ALL
               SELECT id FROM invitations WHERE invitee_id = $4 AND place_id = $2 AND id > $3";
    let values = [found.normal.as_str().into(), found.place_id.into(), found.id.into(), invitee_id.into()];
    Ok(one_row(connection, sql, values).await?.is_some())
}

/// A new invitation.
#[derive(Clone, Debug)]
pub struct NewInvitation {
    pub uid: String,
    pub place: Place,
    pub level: Level,
    pub inviter_id: UserId,
    pub invitee_id: Option<UserId>,
    pub address: String,
    pub normal: String,
    pub named_as: Option<String>,
    pub invitee_name: Option<String>,
    pub note: Option<String>,
    pub life: i64,
    pub now: Timestamp,
    pub expires_at: Timestamp,
    pub links: Links,
}

/// The stored digests of an invitation's secrets.
#[derive(Clone, Debug)]
pub struct Links {
    pub mailed_digest: String,
    pub copied_digest: String,
    pub code_digest: Option<String>,
}

/// Adds an invitation.
///
/// # Errors
/// [`Error::Collision`] when an open one has the same code, or came in between.
pub async fn insert(connection: &impl ConnectionTrait, new: NewInvitation) -> Result<InvitationId, Error> {
    let row = ActiveModel {
        uid: Set(new.uid),
        kind: Set(new.place.kind),
        place_id: Set(Some(new.place.id)),
        level: Set(new.level),
        target_name: Set(new.place.name),
        inviter_id: Set(Some(new.inviter_id)),
        invitee_id: Set(new.invitee_id),
        address: Set(new.address),
        normal: Set(new.normal),
        named_as: Set(new.named_as),
        invitee_name: Set(new.invitee_name),
        note: Set(new.note),
        state: Set(InvitationState::Pending),
        generation: Set(1),
        life: Set(new.life),
        created_at: Set(new.now),
        sent_at: Set(new.now),
        expires_at: Set(new.expires_at),
        answered_at: Set(None),
        answered_by: Set(None),
        link_asked_at: Set(None),
        mail_failed_at: Set(None),
        mailed_digest: Set(new.links.mailed_digest),
        copied_digest: Set(new.links.copied_digest),
        copied_edition: Set(1),
        code_digest: Set(new.links.code_digest),
        ..Default::default()
    };
    Ok(unique_or(Entity::insert(row).exec(connection).await, Error::Collision)?.last_insert_id)
}

/// How many open invitations were sent to an address.
pub async fn count_sent_to(connection: &impl ConnectionTrait, normal: &str, now: Timestamp) -> Result<i64, Error> {
    let sql = "SELECT COUNT(*) AS count FROM invitations
               WHERE state = 'pending' AND expires_at > $1 AND normal = $2
                 AND place_id IS NOT NULL";
    let row = one_row(connection, sql, [now.into(), normal.into()]).await?;
    row.map_or(Ok(0), |row| Ok(row.try_get("", "count")?))
}
