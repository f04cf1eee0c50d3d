//! Offers from an inviter to an invitee.

use migration::folding::folded;
use sea_orm::{ActiveEnum as _, ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult, Value};

use super::places::Place;
use super::{HALF_A_PAGE, PAGE_AND_ONE, Page, all, execute, is_present, one};
use crate::clock::Timestamp;
use crate::entity::Kind;
use crate::entity::invitation::{ActiveModel, Entity, InvitationState};
use crate::entity::member::Level;
use crate::entity::outbox::MailState;
use crate::entity::retired_link;
use crate::error::{Error, unique_or};
use crate::ids::{InvitationId, PlaceId, UserId};

/// An invitation with what it is about, as the engine needs it.
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
    pub invitee_id: Option<UserId>,
    pub address: String,
    pub normal: String,
    /// How the inviting side named the invitee, where that is not the address.
    pub named_as: Option<String>,
    pub state: InvitationState,
    pub generation: i64,
    pub life: i64,
    pub created_at: Timestamp,
    pub expires_at: Timestamp,
    pub answered_by: Option<UserId>,
    pub link_asked_at: Option<Timestamp>,
    pub mailed_digest: String,
    pub copied_digest: String,
    /// Raised when more is offered: links that were copied before lead nowhere.
    pub copied_edition: i64,
}

impl Found {
    /// What it leads to; `None`: that is gone.
    pub fn place(&self) -> Option<Place> {
        let (id, key) = (self.place_id?, self.place_key.clone()?);
        Some(Place { id, kind: self.kind, name: self.target_name.clone(), key })
    }

    /// What the inviting side may know the invitee by: as it named them, until they have joined.
    pub fn invitee(&self) -> &str {
        match &self.named_as {
            Some(name) if self.state != InvitationState::Accepted => name,
            _ => &self.address,
        }
    }
}

/// [`Found::invitee`] of an invitation `i`.
pub(super) const INVITEE: &str =
    "CASE WHEN i.state = 'accepted' THEN i.address ELSE COALESCE(i.named_as, i.address) END";

const FOUND: &str = "SELECT i.id, i.uid, i.kind, i.place_id, p.key AS place_key, i.level,
                            COALESCE(p.name, i.target_name) AS target_name,
                            i.inviter_id, u.full_name AS inviter_name, a.address AS inviter_address,
                            i.invitee_id, i.address, i.normal, i.named_as, i.state, i.generation, i.life, i.created_at,
                            i.expires_at, i.answered_by, i.link_asked_at, i.mailed_digest, i.copied_digest,
                            i.copied_edition
                     FROM invitations i
                     LEFT JOIN places p ON p.id = i.place_id
                     LEFT JOIN users u ON u.id = i.inviter_id
                     LEFT JOIN addresses a ON a.user_id = i.inviter_id AND a.is_primary";

/// The invitation of an id.
pub async fn find(connection: &impl ConnectionTrait, id: InvitationId) -> Result<Option<Found>, Error> {
    one(connection, &format!("{FOUND} WHERE i.id = $1"), [id.into()]).await
}

/// The invitation that a link leads to, be it the present one or one that a newer mail replaced.
pub async fn by_link(connection: &impl ConnectionTrait, digest: &str) -> Result<Option<Found>, Error> {
    let sql = format!(
        "{FOUND} WHERE i.mailed_digest = $1 OR i.copied_digest = $1
         OR i.id = (SELECT invitation_id FROM retired_links WHERE digest = $1)"
    );
    one(connection, &sql, [digest.into()]).await
}

/// The invitation of a code: the open one, else the last that had it.
pub async fn by_code(connection: &impl ConnectionTrait, digest: &str) -> Result<Option<Found>, Error> {
    let sql = format!(
        "{FOUND} WHERE i.code_digest = $1 ORDER BY CASE WHEN i.state = 'pending' THEN 0 ELSE 1 END, i.id DESC LIMIT 1"
    );
    one(connection, &sql, [digest.into()]).await
}

/// An invitation to be.
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
    pub life: i64,
    pub now: Timestamp,
    pub expires_at: Timestamp,
    pub links: Links,
}

/// What is kept of the secrets of an invitation.
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
        state: Set(InvitationState::Pending),
        generation: Set(1),
        life: Set(new.life),
        created_at: Set(new.now),
        sent_at: Set(new.now),
        expires_at: Set(new.expires_at),
        answered_at: Set(None),
        answered_by: Set(None),
        link_asked_at: Set(None),
        mailed_digest: Set(new.links.mailed_digest),
        copied_digest: Set(new.links.copied_digest),
        copied_edition: Set(1),
        code_digest: Set(new.links.code_digest),
        ..Default::default()
    };
    Ok(unique_or(Entity::insert(row).exec(connection).await, Error::Collision)?.last_insert_id)
}

/// Retires the open invitations of an invitee to a place: how many there were.
pub async fn supersede(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    invitee_id: Option<UserId>,
    normal: &str,
    now: Timestamp,
) -> Result<u64, Error> {
    // Two questions, each with an index of its own: an OR would read all open invitations to the place.
    let sql = "UPDATE invitations SET state = 'superseded', answered_at = $1
               WHERE state = 'pending' AND id IN (
                   SELECT id FROM invitations WHERE place_id = $2 AND normal = $3 AND state = 'pending'
                   UNION ALL
                   SELECT id FROM invitations WHERE place_id = $2 AND invitee_id = $4 AND state = 'pending')";
    execute(connection, sql, [now.into(), place_id.into(), normal.into(), invitee_id.into()]).await
}

/// Answers an open invitation: false when it is not open (any more).
pub async fn answer(
    connection: &impl ConnectionTrait,
    id: InvitationId,
    state: InvitationState,
    by: Option<UserId>,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = "UPDATE invitations SET state = $1, answered_at = $2, answered_by = $3
               WHERE id = $4 AND state = 'pending' AND expires_at > $2";
    Ok(execute(connection, sql, [state.into(), now.into(), by.into(), id.into()]).await? > 0)
}

/// Notes who accepted: a newcomer has no id before the answer.
pub async fn set_answerer(connection: &impl ConnectionTrait, id: InvitationId, by: UserId) -> Result<(), Error> {
    let sql = "UPDATE invitations SET answered_by = $1 WHERE id = $2";
    execute(connection, sql, [by.into(), id.into()]).await.map(drop)
}

/// Closes an open invitation, expired or not: false when it was closed before.
pub async fn close(
    connection: &impl ConnectionTrait,
    id: InvitationId,
    state: InvitationState,
    by: UserId,
    now: Timestamp,
) -> Result<bool, Error> {
    let sql = "UPDATE invitations SET state = $1, answered_at = $2, answered_by = $3
               WHERE id = $4 AND state = 'pending'";
    Ok(execute(connection, sql, [state.into(), now.into(), by.into(), id.into()]).await? > 0)
}

/// Revokes the open invitations of an inviter who lost the right to them.
pub async fn revoke_of_inviter(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    inviter_id: UserId,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "UPDATE invitations SET state = 'revoked', answered_at = $1
               WHERE state = 'pending' AND place_id = $2 AND inviter_id = $3";
    execute(connection, sql, [now.into(), place_id.into(), inviter_id.into()]).await.map(drop)
}

/// Revokes the open invitations from and to a user whose account ends.
pub async fn revoke_of_user(connection: &impl ConnectionTrait, user_id: UserId, now: Timestamp) -> Result<(), Error> {
    let sql = "UPDATE invitations SET state = 'revoked', answered_at = $1
               WHERE state = 'pending' AND (inviter_id = $2 OR invitee_id = $2)";
    execute(connection, sql, [now.into(), user_id.into()]).await.map(drop)
}

/// Closes the open invitations to a place that goes.
pub async fn close_of_place(connection: &impl ConnectionTrait, place_id: PlaceId, now: Timestamp) -> Result<(), Error> {
    let sql = "UPDATE invitations SET state = 'revoked', answered_at = $1
               WHERE state = 'pending' AND place_id = $2";
    execute(connection, sql, [now.into(), place_id.into()]).await.map(drop)
}

/// A newer link for an open invitation.
#[derive(Clone, Debug)]
pub struct Renewal {
    pub id: InvitationId,
    pub generation: i64,
    pub inviter_id: UserId,
    pub links: Links,
    pub now: Timestamp,
    pub expires_at: Timestamp,
}

/// Puts a newer link in the place of the present one, which is kept as retired: false when the
/// invitation is closed, or somebody else was faster.
pub async fn renew(connection: &impl ConnectionTrait, former: &Found, renewal: Renewal) -> Result<bool, Error> {
    let sql = "UPDATE invitations SET generation = $1, inviter_id = $2, mailed_digest = $3, copied_digest = $4,
                   code_digest = $5, copied_edition = 1, sent_at = $6, expires_at = $7, link_asked_at = NULL
               WHERE id = $8 AND state = 'pending' AND generation = $9";
    let values = [
        renewal.generation.into(),
        renewal.inviter_id.into(),
        renewal.links.mailed_digest.into(),
        renewal.links.copied_digest.into(),
        renewal.links.code_digest.into(),
        renewal.now.into(),
        renewal.expires_at.into(),
        renewal.id.into(),
        former.generation.into(),
    ];
    let statement = super::statement(connection, sql, values);
    let renewed = unique_or(connection.execute_raw(statement).await, Error::Collision)?;
    if renewed.rows_affected() == 0 {
        return Ok(false);
    }
    retire(connection, renewal.id, &[&former.mailed_digest, &former.copied_digest]).await?;
    Ok(true)
}

/// Keeps former links of an invitation, to say that there is a newer one.
async fn retire(
    connection: &impl ConnectionTrait,
    invitation_id: InvitationId,
    digests: &[&String],
) -> Result<(), Error> {
    let retired = digests
        .iter()
        .map(|digest| retired_link::ActiveModel { digest: Set((*digest).clone()), invitation_id: Set(invitation_id) });
    retired_link::Entity::insert_many(retired).exec_without_returning(connection).await?;
    Ok(())
}

/// Puts another copied link in the place of the present one, which is kept as retired.
pub async fn renew_copied(
    connection: &impl ConnectionTrait,
    former: &Found,
    edition: i64,
    digest: &str,
) -> Result<(), Error> {
    let sql = "UPDATE invitations SET copied_edition = $1, copied_digest = $2 WHERE id = $3";
    execute(connection, sql, [edition.into(), digest.into(), former.id.into()]).await?;
    retire(connection, former.id, &[&former.copied_digest]).await
}

/// Changes who answers for an open invitation, and which level it offers: false when it is closed.
pub async fn change(
    connection: &impl ConnectionTrait,
    id: InvitationId,
    level: Level,
    inviter_id: Option<UserId>,
) -> Result<bool, Error> {
    let sql = "UPDATE invitations SET level = $1, inviter_id = $2 WHERE id = $3 AND state = 'pending'";
    Ok(execute(connection, sql, [level.into(), inviter_id.into(), id.into()]).await? > 0)
}

/// Notes that the invitee came too late and asks for a new link: false when that was noted before.
pub async fn ask_for_link(connection: &impl ConnectionTrait, id: InvitationId, now: Timestamp) -> Result<bool, Error> {
    let sql = "UPDATE invitations SET link_asked_at = $1
               WHERE id = $2 AND state = 'pending' AND expires_at <= $1 AND link_asked_at IS NULL";
    Ok(execute(connection, sql, [now.into(), id.into()]).await? > 0)
}

/// An invitation as the inviting side sees it.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Open {
    pub id: InvitationId,
    pub state: InvitationState,
    /// As [`Found::invitee`].
    pub invitee: String,
    /// Whether the inviting side does not know the address.
    pub is_address_hidden: bool,
    pub level: Level,
    /// `None`: their account is gone.
    pub inviter_name: Option<String>,
    pub inviter_deactivated_at: Option<Timestamp>,
    pub sent_at: Timestamp,
    pub expires_at: Timestamp,
    pub link_asked_at: Option<Timestamp>,
    pub mail_state: Option<MailState>,
    pub mail_fault: Option<String>,
}

/// Which invitations to a place are wanted.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Expired ones count as pending.
    pub state: InvitationState,
    /// Words in the invitee or the inviter's name; empty: any.
    pub search: &'a str,
    /// An invitation's id.
    pub before: i64,
}

/// A part of the invitations to a place, the latest first.
pub async fn page(
    connection: &impl ConnectionTrait,
    place_id: PlaceId,
    wanted: Wanted<'_>,
) -> Result<Page<Open>, Error> {
    let mut values: Vec<Value> = vec![place_id.into(), wanted.before.into()];
    let words = wanted.search.split_whitespace().take(super::MOST_WORDS);
    let searched: String = words
        .map(|word| {
            values.push(format!("%{}%", super::like_literal(&word.to_lowercase())).into());
            values.push(format!("%{}%", super::like_literal(&folded(word))).into());
            let [given, folded] = [values.len() - 1, values.len()];
            format!(" AND (LOWER({INVITEE}) LIKE ${given} ESCAPE '!' OR u.sort_key LIKE ${folded} ESCAPE '!')")
        })
        .collect();
    // The state stands in the text: that of open ones has indexes of its own.
    let sql = format!(
        "SELECT i.id, i.state, {INVITEE} AS invitee, {INVITEE} <> i.address AS is_address_hidden, i.level,
                u.full_name AS inviter_name, u.deactivated_at AS inviter_deactivated_at, i.sent_at, i.expires_at,
                i.link_asked_at, o.state AS mail_state, o.fault AS mail_fault
         FROM invitations i
         LEFT JOIN users u ON u.id = i.inviter_id
         LEFT JOIN outbox o ON o.invitation_id = i.id AND o.generation = i.generation AND o.kind = 'invitation'
         WHERE i.place_id = $1 AND i.state = '{}' AND i.id < $2{searched}
         ORDER BY i.id DESC LIMIT {}",
        wanted.state.to_value(),
        HALF_A_PAGE + 1
    );
    let rows = all(connection, &sql, values).await?;
    Ok(Page::cut_at_half(rows, |open: &Open| open.id.0))
}

/// The open invitations that were sent to a verified address of a user, the latest first.
pub async fn waiting_for(
    connection: &impl ConnectionTrait,
    user_id: UserId,
    now: Timestamp,
    before: i64,
) -> Result<Page<Found>, Error> {
    let sql = format!(
        "{FOUND}
         WHERE i.state = 'pending' AND i.expires_at > $1 AND i.id < $3
           AND i.place_id IS NOT NULL
           AND i.normal IN (SELECT normal FROM addresses
                            WHERE user_id = $2 AND counts AND verified_at IS NOT NULL)
           AND NOT EXISTS (SELECT 1 FROM members m WHERE m.place_id = i.place_id AND m.user_id = $2 AND {})
         ORDER BY i.id DESC LIMIT {PAGE_AND_ONE}",
        is_present("m", "$1")
    );
    let rows = all(connection, &sql, [now.into(), user_id.into(), before.into()]).await?;
    Ok(Page::cut(rows, |found: &Found| found.id.0))
}

/// How many open invitations were sent to an address.
pub async fn count_sent_to(connection: &impl ConnectionTrait, normal: &str, now: Timestamp) -> Result<i64, Error> {
    let sql = "SELECT COUNT(*) AS count FROM invitations
               WHERE state = 'pending' AND expires_at > $1 AND normal = $2
                 AND place_id IS NOT NULL";
    let row = super::one_row(connection, sql, [now.into(), normal.into()]).await?;
    row.map_or(Ok(0), |row| Ok(row.try_get("", "count")?))
}
