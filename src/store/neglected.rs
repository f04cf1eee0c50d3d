//! Open invitations that wait for their inviter.

use sea_orm::{ActiveEnum as _, ConnectionTrait, FromQueryResult};

use super::definitions::Scopes;
use super::invitations::INVITEE;
use super::places::Place;
use super::{all, is_present};
use crate::clock::Timestamp;
use crate::entity::Kind;
use crate::error::Error;
use crate::ids::{InvitationId, UserId};

/// An invitation that will come to nothing unless its inviter does something.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Neglected {
    pub invitation_id: InvitationId,
    #[sea_orm(nested)]
    pub place: Place,
    /// As [`super::invitations::Found::invitee`].
    pub invitee: String,
    pub expires_at: Timestamp,
    /// The invitee came too late.
    pub link_asked_at: Option<Timestamp>,
    pub mail_failed_at: Option<Timestamp>,
}

/// The open invitations of an inviter to places that they administer and to these orgs: those whose mail failed
/// (the latest ten); then those that nobody has answered in all but the last quarter of their life, at most a day (the
/// ten that end first); then those for which a new link is wanted (the ten latest wishes). Of each sort the first
/// [`CANDIDATES`] are looked at.
pub async fn of_inviter(
    connection: &impl ConnectionTrait,
    inviter_id: UserId,
    managed: &[(Kind, Managed)],
    now: Timestamp,
) -> Result<Vec<Neglected>, Error> {
    let present = is_present("m", "$2");
    let managed: Vec<String> = managed.iter().map(|(kind, managed)| managed.condition(*kind)).collect();
    let managed = managed.join(" OR ");
    // The conditions are those of partial indexes, in whose order the candidates are.
    let such = |part: u8, condition: &str, order: &str, still: &str, turn: &str| {
        format!(
            "SELECT * FROM (
                 SELECT i.id AS invitation_id, g.id, g.kind, g.name, g.key, {INVITEE} AS invitee, i.expires_at,
                        i.link_asked_at, i.mail_failed_at, {part} AS part, {turn} AS turn
                 FROM (SELECT * FROM invitations WHERE inviter_id = $1 AND state = 'pending' AND {condition}
                       ORDER BY {order} LIMIT {CANDIDATES}) i
                 JOIN places g ON g.id = i.place_id
                 LEFT JOIN members m ON m.place_id = i.place_id AND m.user_id = i.inviter_id AND {present}
                 WHERE ({managed}){still} ORDER BY turn, i.id LIMIT 10) part{part}"
        )
    };
    let failed = such(1, "mail_failed_at IS NOT NULL", "mail_failed_at DESC", "", "-i.mail_failed_at");
    let ending = such(
        2,
        "mail_failed_at IS NULL AND link_asked_at IS NULL AND expires_at > $2 AND expires_at <= $2 + 86400000",
        "expires_at",
        &format!(" AND i.expires_at <= $2 + {LAST_QUARTER}"),
        "i.expires_at",
    );
    let wanted =
        such(3, "mail_failed_at IS NULL AND link_asked_at IS NOT NULL", "link_asked_at DESC", "", "-i.link_asked_at");
    let sql = format!("{failed} UNION ALL {ending} UNION ALL {wanted} ORDER BY part, turn, invitation_id");
    all(connection, &sql, [inviter_id.into(), now.into()]).await
}

/// How many invitations of a sort are looked at. Nearly all are to places that their inviter manages: who loses that right
/// loses the open invitations.
const CANDIDATES: u32 = 500;

/// Which places of a kind the inviter manages.
#[derive(Clone, Debug)]
pub enum Managed {
    /// Those in which they are an administrator.
    ByLevel,
    /// Those that are one of these orgs.
    Orgs(Scopes),
}

impl Managed {
    /// For an invitation `i` of a kind whose inviter is the member `m`.
    fn condition(&self, kind: Kind) -> String {
        let kind = kind.to_value();
        match self {
            Self::ByLevel => format!("(i.kind = '{kind}' AND m.level = 'administrator')"),
            Self::Orgs(orgs) => format!(
                "(i.kind = '{kind}' AND EXISTS (SELECT 1 FROM orgs r WHERE r.place_id = i.place_id AND {}))",
                orgs.condition("r.id")
            ),
        }
    }
}

/// In milliseconds; a day at most.
const LAST_QUARTER: &str = "CASE WHEN i.life < 4 * 86400000 THEN i.life / 4 ELSE 86400000 END";
