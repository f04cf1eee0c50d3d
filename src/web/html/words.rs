//! The texts of errors in forms.

use std::time::Duration;

use crate::domain::accounts::addresses;
use crate::domain::invitations::invite;
use crate::domain::tokens;
use crate::error::{
    AccessError, AccountError, EnvironmentError, Error, InvitationError, OrgError, PictureError, Thing,
};

use crate::fault::{Fault, Rule};
use crate::ids::DefinitionKind;
use crate::words::Text;

/// Where a form shows an error.
pub enum FormError {
    /// Beside fields.
    Fields(Vec<(&'static str, Text)>),
    /// Above the form.
    Form(Text),
}

/// Where a form shows an error, and its text.
///
/// # Errors
/// An error that no form shows: it gets a page of its own.
pub fn form_error(error: Error) -> Result<FormError, Error> {
    if let Some((field, key)) = beside(&error) {
        return Ok(FormError::Fields(vec![(field, Text::of(key))]));
    }
    let above = match error {
        Error::Invalid(faults) => {
            return Ok(FormError::Fields(faults.iter().map(|fault| (fault.field, words(fault))).collect()));
        }
        Error::TooMany { retry_after } => too_many(retry_after),
        Error::Account(AccountError::TooManyAddresses) => {
            Text::of("fault-too-many-addresses").with("most", addresses::MAX_ADDRESSES)
        }
        Error::Account(AccountError::TooManyTokens) => {
            Text::of("fault-too-many-tokens").with("most", tokens::MAX_TOKENS)
        }
        Error::Account(AccountError::WrongPassword | AccountError::Unknown) => Text::of("fault-wrong-password"),
        Error::Account(AccountError::Deactivated | AccountError::UserDeactivated(_)) => Text::of("fault-deactivated"),
        Error::Account(AccountError::Unproved) => Text::of("fault-unproved"),
        Error::Invitation(InvitationError::TooManyAtOnce) => {
            Text::of("fault-invited-too-many").with("most", invite::MAX_INVITEES)
        }
        // Above the form: it does not show them the field.
        Error::Invitation(InvitationError::NoteUnverified) => Text::of("fault-note-unverified"),
        Error::Environment(EnvironmentError::SlackConfigured) => Text::of("fault-slack-configured"),
        Error::Org(OrgError::LastAdministrator) => Text::of("fault-last-administrator"),
        Error::Access(AccessError::LastSuperuser) => Text::of("fault-last-superuser"),
        other => return Err(other),
    };
    Ok(FormError::Form(above))
}

/// The field of an error, and its message key.
fn beside(error: &Error) -> Option<(&'static str, &'static str)> {
    match error {
        Error::NotFound(Thing::User) => Some(("userKey", "fault-not-found-user")),
        Error::Account(error) => beside_account(error),
        Error::Picture(error) => match error {
            PictureError::Unreadable => Some(("picture", "fault-picture-unreadable")),
            PictureError::TooSmall => Some(("picture", "fault-picture-too-small")),
            PictureError::TooLarge => Some(("picture", "fault-picture-too-large")),
            PictureError::TooCostly => Some(("picture", "fault-picture-too-costly")),
            PictureError::CropOutside => None,
        },
        Error::Environment(error) => match error {
            EnvironmentError::NameTaken => Some(("envName", "fault-environment-name-taken")),
            EnvironmentError::KeysNameTaken => Some(("keysName", "fault-keys-name-taken")),
            EnvironmentError::NoSuccessor(_) => Some(("unowned", "fault-no-successor")),
            _ => None,
        },
        Error::Invitation(error) => beside_invitation(error),
        Error::Org(error) => match error {
            OrgError::SlugTaken(_) => Some(("slug", "fault-slug-taken")),
            OrgError::SlugReserved(_) => Some(("slug", "fault-slug-reserved")),
            _ => None,
        },
        Error::Access(error) => match error {
            AccessError::NameTaken(DefinitionKind::Permission, _) => Some(("name", "fault-permission-name-taken")),
            AccessError::NameTaken(DefinitionKind::Role, _) => Some(("name", "fault-role-name-taken")),
            AccessError::NameReserved => Some(("name", "fault-permission-name-reserved")),
            AccessError::Unknown(DefinitionKind::Permission, _) => Some(("permissions", "fault-permission-unknown")),
            AccessError::AlreadyAssigned(..) => Some(("right", "fault-already-assigned")),
            _ => None,
        },
        _ => None,
    }
}

fn beside_account(error: &AccountError) -> Option<(&'static str, &'static str)> {
    match error {
        AccountError::AddressTaken => Some(("email", "fault-address-taken")),
        AccountError::AddressOwn => Some(("email", "fault-address-own")),
        AccountError::UsernameTaken(_) | AccountError::UsernameReserved(_) => {
            Some(("username", "fault-username-taken"))
        }
        AccountError::OldPasswordWrong => Some(("oldPassword", "fault-old-password-wrong")),
        AccountError::OwnPasswordWrong => Some(("password", "fault-old-password-wrong")),
        AccountError::PasswordsDiffer => Some(("newPasswordAgain", "fault-passwords-differ")),
        _ => None,
    }
}

fn beside_invitation(error: &InvitationError) -> Option<(&'static str, &'static str)> {
    match error {
        InvitationError::InviteeSelf => Some(("userEmail", "fault-invite-self")),
        InvitationError::InviteeMember(_) => Some(("userEmail", "fault-invite-member")),
        InvitationError::InviteeDeactivated => Some(("userEmail", "fault-invitee-deactivated")),
        InvitationError::InviteeUnknown(_) => Some(("userEmail", "fault-invitee-unknown")),
        InvitationError::InviterUnverified => Some(("userEmail", "fault-inviter-unverified")),
        InvitationError::CodeUnknown => Some(("inviteCode", "fault-code-unknown")),
        InvitationError::Accepted => Some(("inviteCode", "fault-invitation-accepted")),
        InvitationError::Expired => Some(("inviteCode", "fault-invitation-expired")),
        InvitationError::TooManyAtOnce
        | InvitationError::NoteUnverified
        | InvitationError::OfAnother
        | InvitationError::Closed => None,
    }
}

/// The short text of an error.
pub fn short(error: Error) -> Vec<Text> {
    match form_error(error) {
        Ok(FormError::Fields(faults)) => faults.into_iter().map(|(_, text)| text).collect(),
        Ok(FormError::Form(text)) => vec![text],
        Err(_) => vec![Text::of("fault-other")],
    }
}

/// Too many attempts, and how long to wait.
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
        Rule::Reason => "rule-reason",
        Rule::Note => "rule-note",
        Rule::NoteLink => "rule-note-link",
        Rule::Format => "rule-choice",
        Rule::VariablePrefix => "rule-variable-prefix",
        Rule::ProfileName => "rule-profile-name",
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
        "field" => "required-field",
        "reason" => "required-reason",
        "userKey" => "required-user-key",
        "slug" => "required-slug",
        "permissions" => "required-permissions",
        "envName" | "name" => "required-env-name",
        _ => "required-other",
    }
}
