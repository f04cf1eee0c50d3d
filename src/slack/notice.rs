//! Loads a notice's content at the moment of sending: no token waits in the outbox.

use crate::domain::environments::slack::token_of;
use crate::email_address::shown;
use crate::entity::outbox::MessageKind;
use crate::error::Error;
use crate::plain_text::clean;
use crate::secret::Secret;
use crate::store;
use crate::store::invitations::Found;
use crate::store::outbox::Leased;
use crate::usher::Usher;
use crate::words::{Language, Text};

/// A channel has readers of several languages and no setting of its own.
const LANGUAGE: Language = Language::English;

pub(super) struct Post {
    pub token: Secret,
    pub channel: String,
    pub text: String,
}

/// The notice to post; `None` when notices were switched off, or what it is about is gone.
pub(super) async fn load(usher: &Usher, notice: &Leased) -> Result<Option<Post>, Error> {
    let Some(place_id) = notice.place_id else { return Ok(None) };
    let slack = store::slack::of_place(usher.db.read(), place_id).await?;
    let Some(slack) = slack.filter(|slack| slack.is_on) else { return Ok(None) };
    let Some(text) = text(usher, notice).await? else { return Ok(None) };
    let text = text.with("environment", slack.environment_name.as_str()).in_language(LANGUAGE);
    Ok(Some(Post { token: token_of(&usher.keys, &slack)?, channel: slack.channel, text: plain(&text) }))
}

async fn text(usher: &Usher, notice: &Leased) -> Result<Option<Text>, Error> {
    match notice.kind {
        MessageKind::SlackSetUp => Ok(Some(of_user(usher, notice, "slack-set-up").await?)),
        MessageKind::SlackInvited => {
            let Some(id) = notice.invitation_id else { return Ok(None) };
            let found = store::invitations::find(usher.db.read(), id).await?;
            Ok(found.as_ref().map(invited))
        }
        MessageKind::SlackJoined => Ok(Some(of_user(usher, notice, "slack-joined").await?)),
        MessageKind::SlackPromoted => Ok(Some(of_user(usher, notice, "slack-promoted").await?)),
        MessageKind::Invitation
        | MessageKind::InvitationAccepted
        | MessageKind::InvitationDeclined
        | MessageKind::NewLinkWanted
        | MessageKind::VerifyAddress
        | MessageKind::ResetPassword
        | MessageKind::PasswordChanged
        | MessageKind::PrimaryAddressChanged
        | MessageKind::AddressAdded
        | MessageKind::MemberAdded
        | MessageKind::RightsChanged
        | MessageKind::GlobalRightsChanged
        | MessageKind::MemberRemoved => Ok(None),
    }
}

/// The text of a notice about its user's action.
async fn of_user(usher: &Usher, notice: &Leased, key: &'static str) -> Result<Text, Error> {
    let user = match notice.user_id {
        Some(id) => store::users::find(usher.db.read(), id).await?,
        None => None,
    };
    Ok(Text::of(key).with("who", named(user.map(|user| user.full_name))))
}

fn invited(found: &Found) -> Text {
    let text = Text::of("slack-invited").with("who", named(found.inviter_name.clone()));
    text.with("address", shown(found.invitee()).into_owned()).with("right", found.level.word())
}

fn named(name: Option<String>) -> String {
    name.unwrap_or_else(|| Text::of("slack-somebody").in_language(LANGUAGE))
}

/// Escapes the three characters that Slack treats specially
/// (<https://docs.slack.dev/messaging/formatting-message-text#escaping>).
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
