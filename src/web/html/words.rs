//! The words of faults in forms.

use std::time::Duration;

use super::failure::Failure;
use crate::domain::accounts::addresses;
use crate::domain::tokens;
use crate::error::{Error, Thing};
use crate::fields::{Fault, Rule};

/// Where an error is told.
pub enum Place {
    /// Beside fields.
    Fields(Vec<(&'static str, String)>),
    /// Above the form.
    Form(String),
}

/// Where and in which words a form tells of an error.
///
/// # Errors
/// An error that has no place in a form: it gets a page of its own.
pub fn place(error: Error) -> Result<Place, Failure> {
    let beside = |field: &'static str, text: &str| Ok(Place::Fields(vec![(field, text.to_owned())]));
    let above = |text: &str| Ok(Place::Form(text.to_owned()));
    match error {
        Error::Invalid(faults) => Ok(Place::Fields(faults.iter().map(|fault| (fault.field, words(fault))).collect())),
        Error::AddressTaken => beside("email", "There is an account with this address already. Sign in instead."),
        Error::UsernameTaken | Error::UsernameReserved => {
            beside("username", "This username is taken. Choose another one.")
        }
        Error::WrongPassword | Error::UnknownUser => above("The address or the password is wrong."),
        Error::Deactivated | Error::UserDeactivated(_) => {
            above("This account is deactivated. Ask whoever runs this service.")
        }
        Error::OldPasswordWrong => beside("oldPassword", "This is not your present password."),
        Error::PasswordsDiffer => beside("newPasswordAgain", "This differs from the new password above."),
        Error::EnvironmentNameTaken => beside("envName", "There is an environment of this name. Choose another name."),
        Error::KeysNameTaken => beside("keysName", "You have stored keys of this name. Choose another name."),
        Error::SlackConfigured => above("Somebody set these notices up just now. Open the page again to see how."),
        Error::InviteSelf => beside("userEmail", "This is your own address."),
        Error::InviteMember(_) => beside("userEmail", "Whoever has this address is in already."),
        Error::InviteeDeactivated => beside("userEmail", "The account of this address is deactivated."),
        Error::InviteeUnknown(_) => beside("userEmail", "Nobody has this address."),
        Error::InviterUnverified => beside(
            "userEmail",
            "Nobody with an account has this address. Confirm your own address first to invite newcomers.",
        ),
        Error::NotFound(Thing::User) => beside("userKey", "Nobody has this username."),
        Error::SlugTaken => beside("slug", "There is an org of this short name. Choose another one."),
        Error::SlugReserved => beside("slug", "This short name is not possible. Choose another one."),
        Error::PermissionNameTaken(_) => beside("name", "There is a permission of this name. Choose another name."),
        Error::PermissionNameReserved => beside("name", "Names that begin with yeep. belong to the system."),
        Error::RoleNameTaken(_) => beside("name", "There is a role of this name. Choose another name."),
        Error::PermissionUnknown(_) => {
            beside("permissions", "One of the permissions is not there any more. Choose again.")
        }
        Error::LastAdministrator => above("The last administrator stays. Make somebody else an administrator first."),
        Error::LastSuperuser => above("The last superuser stays. Make somebody else a superuser first."),
        Error::AlreadyAssigned => beside("right", "This person has it already."),
        Error::CodeUnknown => beside("inviteCode", "This code does not work. Check it, or ask for a new invitation."),
        Error::InvitationAccepted => beside("inviteCode", "This code was used already."),
        Error::InvitationExpired => beside("inviteCode", "This code has expired. Ask for a new invitation."),
        Error::PictureUnreadable => beside("picture", "This is no PNG, JPEG or WebP picture, or it is broken."),
        Error::PictureTooSmall => beside("picture", "This is too small. Use at least 200 × 200 pixels."),
        Error::PictureTooLarge => beside("picture", "This is too large. Use at most 10 MB and 10,000 × 10,000 pixels."),
        Error::AddressOwn => beside("email", "You have this address already."),
        Error::TooManyAddresses => {
            above(&format!("You have {} addresses, and more are not possible. Remove one first.", addresses::MOST))
        }
        Error::TooManyTokens => {
            above(&format!("You have {} tokens, and more are not possible. Revoke one first.", tokens::MOST))
        }
        Error::TooMany { retry_after } => above(&format!("Too many tries. Try again in {}.", wait(retry_after))),
        other => Err(other.into()),
    }
}

/// What an error says, where there is one line for it.
pub fn short(error: Error) -> String {
    match place(error) {
        Ok(Place::Fields(faults)) => faults.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join(" "),
        Ok(Place::Form(text)) => text,
        Err(_) => "This did not work.".to_owned(),
    }
}

/// A time to wait, rounded up: `40 seconds`, `12 minutes`.
pub fn wait(duration: Duration) -> String {
    match duration.as_secs() {
        0 | 1 => "a second".to_owned(),
        seconds @ 2..=60 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds.div_ceil(60)),
    }
}

fn words(fault: &Fault) -> String {
    match fault.rule {
        Rule::Required => required(fault.field),
        Rule::Text => "Give a text.",
        Rule::Number => "Give a number.",
        Rule::Bool => "Choose yes or no.",
        Rule::Name => "Use 4 to 25 letters, digits, spaces or the signs : _ -",
        Rule::EmailAddress => "This is not an e-mail address. It looks like name@example.org.",
        Rule::Password => "Use 8 to 64 characters.",
        Rule::AccessKey => "Use capital letters and digits only.",
        Rule::SecretKey => "Leave no space in it.",
        Rule::Region => "Give a region such as eu-west-1.",
        Rule::Bucket => "Use 3 to 63 small letters, digits, dots or hyphens; begin and end with a letter or digit.",
        Rule::Prefix => "Use at most 1024 characters.",
        Rule::DbName => "Use 1 to 64 letters, digits or the signs $ _",
        Rule::Host => "Give a host name such as db.example.org.",
        Rule::NotEmpty => "Use at most 256 characters.",
        Rule::OneLine => "Use at most 256 characters, on one line.",
        Rule::InviteCode => "A code has 8 characters: digits and the letters a to f.",
        Rule::LinkToken => "This is not the token of a link.",
        Rule::FullName | Rule::TokenName => "Use at most 100 characters.",
        Rule::OrgName => "Use 3 to 100 characters.",
        Rule::Slug => "Use 3 to 30 small letters, digits or the signs _ -",
        Rule::PermissionName => "Use 2 to 64 small letters, digits or the signs _ - .",
        Rule::RoleName => "Use 2 to 64 small letters, digits or the signs _ - . :",
        Rule::Description => "Use at most 140 characters, on one line.",
        Rule::ResourceId => "Use a number, or 2 to 140 characters.",
        Rule::Choice => "Choose one of these.",
        Rule::TokenLife => "Choose how long the token works.",
        Rule::InvitationLife => "Choose how long the invitation is open.",
        Rule::Username => "Use 2 to 30 letters, digits or the signs _ - .",
    }
    .to_owned()
}

fn required(field: &str) -> &'static str {
    match field {
        "email" => "Enter your e-mail address.",
        "userEmail" => "Enter an e-mail address.",
        "password" => "Enter a password.",
        "oldPassword" => "Enter your present password.",
        "picture" => "Choose a file.",
        "username" => "Enter a username.",
        "newPassword" => "Enter a new password.",
        "newPasswordAgain" => "Enter the new password again.",
        "inviteCode" => "Enter the code.",
        "channel" => "Enter a channel.",
        "token" => "Enter the token.",
        "userId" => "Choose a person.",
        "right" => "Choose a role or permission.",
        "userKey" => "Enter whom you want to invite.",
        "slug" => "Enter a short name for the address of the page.",
        "permissions" => "Choose at least one permission.",
        "envName" | "name" => "Enter a name.",
        _ => "Fill this in.",
    }
}
