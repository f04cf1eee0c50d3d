//! The redirect after a form, with a notice for the next page.

use std::time::Duration;

use rocket::Request;
use rocket::http::{Header, Status};
use rocket::response::{self, Responder, Response};

use super::replaced::ReplacedNotice;
use crate::web::cookies::{self, Cookie};

macro_rules! notices {
    ($($name:ident = $key:literal,)*) => {
        /// What the next page reports as done.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Notice {
            $($name,)*
        }

        impl Notice {
            /// Its key in the templates.
            pub const fn key(self) -> &'static str {
                match self {
                    $(Self::$name => $key,)*
                }
            }

            pub fn from_key(key: &str) -> Option<Self> {
                match key {
                    $($key => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

notices! {
    Saved = "saved",
    Created = "created",
    Deleted = "deleted",
    Left = "left",
    Removed = "removed",
    Promoted = "promoted",
    Demoted = "demoted",
    HandedOver = "handed-over",
    Invited = "invited",
    InvitedAll = "invited-all",
    InvitedSuperseded = "invited-superseded",
    Resent = "resent",
    Revoked = "revoked",
    Declined = "declined",
    Joined = "joined",
    SignedOut = "signed-out",
    JoinedOthersGone = "joined-others-gone",
    Verified = "verified",
    VerifiedOthersGone = "verified-others-gone",
    VerifiedInvited = "verified-invited",
    VerificationSent = "verification-sent",
    PasswordChanged = "password-changed",
    PasswordReset = "password-reset",
    PasswordResetOthersGone = "password-reset-others-gone",
    SessionEnded = "session-ended",
    SessionsEnded = "sessions-ended",
    PrimaryChanged = "primary-changed",
    AddressRemoved = "address-removed",
    PictureRemoved = "picture-removed",
    TokenRevoked = "token-revoked",
    LinkAsked = "link-asked",
    SetupDone = "setup-done",
    Deactivated = "deactivated",
    Activated = "activated",
    AccountDeleted = "account-deleted",
    TakenBack = "taken-back",
    SuperuserMade = "superuser-made",
    SentAgain = "sent-again",
    Dismissed = "dismissed",
}

/// 303 to a path of this host.
pub struct Go {
    to: String,
    /// As the cookie has it.
    notice: Option<String>,
}

impl Go {
    pub fn to(path: impl Into<String>) -> Self {
        Self { to: path.into(), notice: None }
    }

    #[must_use]
    pub fn saying(self, notice: Notice) -> Self {
        Self { notice: Some(notice.key().to_owned()), ..self }
    }

    #[must_use]
    pub fn saying_which(self, replaced: &ReplacedNotice) -> Self {
        Self { notice: Some(replaced.to_string()), ..self }
    }
}

/// How long a notice waits for the next page.
pub const NOTICE_LIFE: Duration = Duration::from_mins(1);

impl<'r> Responder<'r, 'static> for Go {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        if let Some(notice) = self.notice {
            cookies::set(request, Cookie::Notice, &notice, Some(NOTICE_LIFE));
        }
        Response::build().status(Status::SeeOther).header(Header::new("Location", self.to)).ok()
    }
}

/// The path if it is safe to redirect to: one leading slash, and nothing that a browser could read as another host.
pub fn own_path(next: &str) -> Option<&str> {
    let fine = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && !next.chars().any(|c| c.is_control() || c.is_whitespace());
    fine.then_some(next)
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_paths_of_this_host_lead_back() {
        assert_eq!(own_path("/environments/3?after=5"), Some("/environments/3?after=5"));
        for elsewhere in ["//evil.test", "https://evil.test", "/\\evil.test", "", "evil", "/\t/evil.test", "/a\nb"] {
            assert_eq!(own_path(elsewhere), None, "{elsewhere:?}");
        }
    }
}
