//! What a notice says, read at the moment of sending: no token waits in the outbox.

use crate::domain::environments::slack::token_of;
use crate::domain::invitations::offer::Right;
use crate::entity::outbox::MailKind;
use crate::error::Error;
use crate::mail::message::clean;
use crate::secret::Secret;
use crate::store;
use crate::store::outbox::Leased;
use crate::usher::Usher;

/// A text for a channel.
pub(super) struct Post {
    pub token: Secret,
    pub channel: String,
    pub text: String,
}

/// What is to be posted; `None` when notices were switched off, or what it told of is gone.
pub(super) async fn load(usher: &Usher, notice: &Leased) -> Result<Option<Post>, Error> {
    let Some(environment_id) = notice.environment_id else { return Ok(None) };
    let slack = store::slack::of_environment(usher.db.read(), environment_id).await?;
    let Some(slack) = slack.filter(|slack| slack.is_on) else { return Ok(None) };
    let Some(text) = text(usher, notice, &slack.environment_name).await? else { return Ok(None) };
    Ok(Some(Post { token: token_of(&usher.keys, &slack)?, channel: slack.channel, text: plain(&text) }))
}

async fn text(usher: &Usher, notice: &Leased, environment: &str) -> Result<Option<String>, Error> {
    match notice.kind {
        MailKind::SlackSetUp => {
            Ok(Some(format!("{} set up notices about {environment} in this channel.", who(usher, notice).await?)))
        }
        MailKind::SlackInvited => {
            let Some(id) = notice.invitation_id else { return Ok(None) };
            let found = store::invitations::find(usher.db.read(), id).await?;
            Ok(found.map(|found| {
                let inviter = found.inviter_name.unwrap_or_else(|| SOMEBODY.to_owned());
                let as_what = match Right::from_is_admin(found.is_admin) {
                    Right::Administrator => " as administrator",
                    Right::Member => "",
                };
                format!("{inviter} invited {} to {environment}{as_what}.", found.address)
            }))
        }
        MailKind::SlackJoined => Ok(Some(format!("{} joined {environment}.", who(usher, notice).await?))),
        MailKind::SlackPromoted => {
            Ok(Some(format!("{} is now an administrator of {environment}.", who(usher, notice).await?)))
        }
        MailKind::Invitation
        | MailKind::InvitationAccepted
        | MailKind::InvitationDeclined
        | MailKind::NewLinkWanted
        | MailKind::VerifyAddress
        | MailKind::ResetPassword
        | MailKind::PasswordChanged
        | MailKind::PrimaryAddressChanged
        | MailKind::MemberAdded
        | MailKind::RightsChanged
        | MailKind::MemberRemoved => Ok(None),
    }
}

const SOMEBODY: &str = "Somebody";

/// The user whom a notice tells of.
async fn who(usher: &Usher, notice: &Leased) -> Result<String, Error> {
    let Some(id) = notice.user_id else { return Ok(SOMEBODY.to_owned()) };
    let user = store::users::find(usher.db.read(), id).await?;
    Ok(user.map_or_else(|| SOMEBODY.to_owned(), |user| user.full_name))
}

/// The three characters that Slack gives a meaning
/// (<https://docs.slack.dev/messaging/formatting-message-text#escaping>), as text.
fn plain(text: &str) -> String {
    clean(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_name_calls_nobody() {
        assert_eq!(plain("<!channel> & \u{202e}co"), "&lt;!channel&gt; &amp; co");
    }
}
