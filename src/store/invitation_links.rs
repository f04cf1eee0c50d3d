//! The links of open invitations, and the retired ones.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::invitations::{Found, Links};
use super::{execute, statement};
use crate::clock::Timestamp;
use crate::entity::invitation::{ActiveModel, Column, Entity};
use crate::entity::retired_link;
use crate::error::{Error, unique_or};
use crate::ids::{InvitationId, MessageId, UserId};

/// New links for an open invitation.
#[derive(Clone, Debug)]
pub struct Renewal {
    pub id: InvitationId,
    pub generation: i64,
    pub inviter_id: UserId,
    pub links: Links,
    pub now: Timestamp,
    pub expires_at: Timestamp,
}

/// Replaces the links, and keeps the former ones as retired: false when the invitation is closed, or was renewed
/// meanwhile. A note goes with its writer, as in [`change`](super::invitation_changes::change).
pub async fn renew(connection: &impl ConnectionTrait, former: &Found, renewal: Renewal) -> Result<bool, Error> {
    let sql = "UPDATE invitations SET generation = $1, inviter_id = $2, mailed_digest = $3, copied_digest = $4,
                   code_digest = $5, copied_edition = 1, sent_at = $6, expires_at = $7, link_asked_at = NULL,
                   mail_failed_at = NULL, note = CASE WHEN inviter_id = $2 THEN note END
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
    let statement = statement(connection, sql, values);
    let renewed = unique_or(connection.execute_raw(statement).await, Error::Collision)?;
    if renewed.rows_affected() == 0 {
        return Ok(false);
    }
    retire(connection, renewal.id, &[&former.mailed_digest, &former.copied_digest]).await?;
    Ok(true)
}

/// Keeps former links, so that their page can say that there is a newer one.
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

/// Replaces the copied link, and keeps the former one as retired.
pub async fn renew_copied(
    connection: &impl ConnectionTrait,
    former: &Found,
    edition: i64,
    digest: &str,
) -> Result<(), Error> {
    let row = ActiveModel { copied_edition: Set(edition), copied_digest: Set(digest.to_owned()), ..Default::default() };
    Entity::update_many().set(row).filter(Column::Id.eq(former.id)).exec(connection).await?;
    retire(connection, former.id, &[&former.copied_digest]).await
}

/// Sets when the invitee asked for a new link to an expired invitation: false when that was set before.
pub async fn ask_for_link(connection: &impl ConnectionTrait, id: InvitationId, now: Timestamp) -> Result<bool, Error> {
    let sql = "UPDATE invitations SET link_asked_at = $1
               WHERE id = $2 AND state = 'pending' AND expires_at <= $1 AND link_asked_at IS NULL";
    Ok(execute(connection, sql, [now.into(), id.into()]).await? > 0)
}

/// Notes that the mail with an invitation's present link failed, if this message is that mail.
pub async fn note_failed_mail(
    connection: &impl ConnectionTrait,
    message_id: MessageId,
    now: Timestamp,
) -> Result<(), Error> {
    let sql = "UPDATE invitations SET mail_failed_at = $1 FROM outbox o
               WHERE o.id = $2 AND o.kind = 'invitation' AND o.state = 'failed' AND invitations.id = o.invitation_id
                 AND invitations.generation = o.generation";
    execute(connection, sql, [now.into(), message_id.into()]).await.map(drop)
}
