//! Open invitations that wait for their inviter.

use sea_orm::{ConnectionTrait, FromQueryResult};

use super::all;
use crate::clock::Timestamp;
use crate::entity::outbox::MailState;
use crate::error::Error;

/// An invitation that will come to nothing unless its inviter does something.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Neglected {
    pub id: i64,
    /// `None`: the invitation is to an org.
    pub environment_id: Option<i64>,
    pub org_slug: Option<String>,
    pub target_name: String,
    pub address: String,
    pub expires_at: Timestamp,
    /// The invitee came too late.
    pub link_asked_at: Option<Timestamp>,
    pub mail_state: Option<MailState>,
}

/// The open invitations of an inviter whose mail failed (the latest ten); and those that nobody has answered in all but
/// the last quarter of their life, at most a day, or for which a new link is wanted (the ten that end first).
pub async fn of_inviter(
    connection: &impl ConnectionTrait,
    inviter_id: i64,
    now: Timestamp,
) -> Result<Vec<Neglected>, Error> {
    let mine = "SELECT i.id, e.id AS environment_id, g.slug AS org_slug, COALESCE(e.name, g.name) AS target_name,
                       i.address, i.expires_at, i.link_asked_at, o.state AS mail_state
                FROM invitations i
                LEFT JOIN environments e ON e.id = i.environment_id
                LEFT JOIN orgs g ON g.id = i.org_id
                LEFT JOIN outbox o ON o.invitation_id = i.id AND o.generation = i.generation AND o.kind = 'invitation'
                WHERE i.inviter_id = $1 AND i.state = 'pending' AND (e.id IS NOT NULL OR g.id IS NOT NULL)";
    let sql = format!(
        "SELECT * FROM ({mine} AND o.state = 'failed' ORDER BY i.id DESC LIMIT 10) failed
         UNION ALL
         SELECT * FROM ({mine} AND (o.state IS NULL OR o.state <> 'failed') AND (i.link_asked_at IS NOT NULL
             OR (i.expires_at > $2 AND i.expires_at <= $2 + {LAST_QUARTER}))
             ORDER BY i.expires_at LIMIT 10) ending"
    );
    all(connection, &sql, [inviter_id.into(), now.into()]).await
}

/// In milliseconds; a day at most.
const LAST_QUARTER: &str = "CASE WHEN i.life < 4 * 86400000 THEN i.life / 4 ELSE 86400000 END";
