//! The words of faults in forms.

use std::time::Duration;

use crate::domain::accounts::addresses;
use crate::domain::tokens;
use crate::error::{Error, Thing};
use crate::fault::{Fault, Rule};
use crate::words::Text;

/// Where an error is told.
pub enum Told {
    /// Beside fields.
    Fields(Vec<(&'static str, Text)>),
    /// Above the form.
    Form(Text),
}

/// Where and in which words a form tells of an error.
///
/// # Errors
/// An error that has no place in a form: it gets a page of its own.
pub fn told(error: Error) -> Result<Told, Error> {
    let beside = |field: &'static str, key: &'static str| Ok(Told::Fields(vec![(field, Text::of(key))]));
    let above = |text: Text| Ok(Told::Form(text));
    match error {
        Error::Invalid(faults) => Ok(Told::Fields(faults.iter().map(|fault| (fault.field, words(fault))).collect())),
        Error::AddressTaken => beside("email", "fault-address-taken"),
        Error::UsernameTaken | Error::UsernameReserved => beside("username", "fault-username-taken"),
        Error::WrongPassword | Error::UnknownUser => above(Text::of("fault-wrong-password")),
        Error::Deactivated | Error::UserDeactivated(_) => above(Text::of("fault-deactivated")),
        Error::OldPasswordWrong => beside("oldPassword", "fault-old-password-wrong"),
        Error::OwnPasswordWrong => beside("password", "fault-old-password-wrong"),
        Error::Unproved => above(Text::of("fault-unproved")),
        Error::PasswordsDiffer => beside("newPasswordAgain", "fault-passwords-differ"),
        Error::EnvironmentNameTaken => beside("envName", "fault-environment-name-taken"),
        Error::KeysNameTaken => beside("keysName", "fault-keys-name-taken"),
        Error::SlackConfigured => above(Text::of("fault-slack-configured")),
        Error::InviteSelf => beside("userEmail", "fault-invite-self"),
        Error::InviteMember(_) => beside("userEmail", "fault-invite-member"),
        Error::InviteeDeactivated => beside("userEmail", "fault-invitee-deactivated"),
        Error::InviteeUnknown(_) => beside("userEmail", "fault-invitee-unknown"),
        Error::InviterUnverified => beside("userEmail", "fault-inviter-unverified"),
        Error::NotFound(Thing::User) => beside("userKey", "fault-not-found-user"),
        Error::SlugTaken => beside("slug", "fault-slug-taken"),
        Error::SlugReserved => beside("slug", "fault-slug-reserved"),
        Error::PermissionNameTaken(_) => beside("name", "fault-permission-name-taken"),
        Error::PermissionNameReserved => beside("name", "fault-permission-name-reserved"),
        Error::RoleNameTaken(_) => beside("name", "fault-role-name-taken"),
        Error::PermissionUnknown(_) => beside("permissions", "fault-permission-unknown"),
        Error::LastAdministrator => above(Text::of("fault-last-administrator")),
        Error::LastSuperuser => above(Text::of("fault-last-superuser")),
        Error::NoHeir(_) => beside("unowned", "fault-no-heir"),
        Error::AlreadyAssigned => beside("right", "fault-already-assigned"),
        Error::CodeUnknown => beside("inviteCode", "fault-code-unknown"),
        Error::InvitationAccepted => beside("inviteCode", "fault-invitation-accepted"),
        Error::InvitationExpired => beside("inviteCode", "fault-invitation-expired"),
        Error::PictureUnreadable => beside("picture", "fault-picture-unreadable"),
        Error::PictureTooSmall => beside("picture", "fault-picture-too-small"),
        Error::PictureTooLarge => beside("picture", "fault-picture-too-large"),
        Error::AddressOwn => beside("email", "fault-address-own"),
        Error::TooManyAddresses => above(Text::of("fault-too-many-addresses").with("most", addresses::MOST)),
        Error::TooManyTokens => above(Text::of("fault-too-many-tokens").with("most", tokens::MOST)),
        Error::TooMany { retry_after } => above(too_many(retry_after)),
        other => Err(other),
    }
}

/// What an error says, where there is room for little.
pub fn short(error: Error) -> Vec<Text> {
    match told(error) {
        Ok(Told::Fields(faults)) => faults.into_iter().map(|(_, text)| text).collect(),
        Ok(Told::Form(text)) => vec![text],
        Err(_) => vec![Text::of("fault-other")],
    }
}

/// That it was one try too many, and how long to wait.
fn too_many(wait: Duration) -> Text {
    waiting("fault-too-many-seconds", "fault-too-many-minutes", wait)
}

/// How long to wait.
pub fn wait_for(wait: Duration) -> Text {
    waiting("error-wait-seconds", "error-wait-minutes", wait)
}

/// Rounded up: `40 seconds`, `12 minutes`.
fn waiting(in_seconds: &'static str, in_minutes: &'static str, wait: Duration) -> Text {
    match wait.as_secs() {
        seconds @ 0..=60 => Text::of(in_seconds).with("seconds", seconds.max(1)),
        seconds => Text::of(in_minutes).with("minutes", seconds.div_ceil(60)),
    }
}

fn words(fault: &Fault) -> Text {
    let key = match fault.rule {
        Rule::Required => required(fault.field),
        Rule::Text => "rule-text",
        Rule::Number => "rule-number",
        Rule::Bool => "rule-bool",
        Rule::Name => "rule-name",
        Rule::EmailAddress => "rule-email-address",
        Rule::Password => "rule-password",
        Rule::AccessKey => "rule-access-key",
        Rule::SecretKey => "rule-secret-key",
        Rule::Region => "rule-region",
        Rule::Bucket => "rule-bucket",
        Rule::Prefix => "rule-prefix",
        Rule::DbName => "rule-db-name",
        Rule::Host => "rule-host",
        Rule::NotEmpty => "rule-not-empty",
        Rule::OneLine => "rule-one-line",
        Rule::InviteCode => "rule-invite-code",
        Rule::LinkToken => "rule-link-token",
        Rule::FullName | Rule::TokenName => "rule-full-name",
        Rule::OrgName => "rule-org-name",
        Rule::Slug => "rule-slug",
        Rule::PermissionName => "rule-permission-name",
        Rule::RoleName => "rule-role-name",
        Rule::Description => "rule-description",
        Rule::ResourceId => "rule-resource-id",
        Rule::Choice => "rule-choice",
        Rule::TokenLife => "rule-token-life",
        Rule::InvitationLife => "rule-invitation-life",
        Rule::Username => "rule-username",
    };
    Text::of(key)
}

fn required(field: &str) -> &'static str {
    match field {
        "email" => "required-email",
        "userEmail" => "required-user-email",
        "password" => "required-password",
        "oldPassword" => "required-old-password",
        "picture" => "required-picture",
        "username" => "required-username",
        "newPassword" => "required-new-password",
        "newPasswordAgain" => "required-new-password-again",
        "inviteCode" => "required-invite-code",
        "channel" => "required-channel",
        "token" => "required-token",
        "userId" => "required-user-id",
        "right" => "required-right",
        "userKey" => "required-user-key",
        "slug" => "required-slug",
        "permissions" => "required-permissions",
        "envName" | "name" => "required-env-name",
        _ => "required-other",
    }
}
