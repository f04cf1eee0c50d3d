//! Views of [`super`].

use rocket::http::Status;
use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::{FormState, View};

#[derive(Serialize)]
pub(in crate::web::html) struct SignUpView {
    pub form: FormState,
}

impl View for SignUpView {
    const TEMPLATE: &'static str = "accounts/sign_up";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

#[derive(Serialize)]
pub(in crate::web::html) struct SignInView {
    pub form: FormState,
}

impl View for SignInView {
    const TEMPLATE: &'static str = "accounts/sign_in";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

/// Verifying an address.
#[derive(Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(in crate::web::html) enum VerifyView {
    Ready {
        address: String,
        /// The account's primary address, if it is another one.
        account: Option<String>,
        action: String,
    },
    Done,
    /// The address belongs to another account. The holder of the link reads its mail, so this may be revealed.
    Taken,
    Unknown,
}

impl View for VerifyView {
    const TEMPLATE: &'static str = "accounts/verify";

    fn status(&self) -> Status {
        match self {
            Self::Ready { .. } | Self::Done => Status::Ok,
            Self::Taken => Status::Conflict,
            Self::Unknown => Status::NotFound,
        }
    }
}

/// Requesting a password reset link.
#[derive(Serialize)]
pub(in crate::web::html) struct ForgotView {
    pub sent: bool,
    pub form: FormState,
}

impl View for ForgotView {
    const TEMPLATE: &'static str = "accounts/forgot";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

/// Choosing a new password by link.
#[derive(Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(in crate::web::html) enum ResetView {
    Ready {
        /// Of the account, for the password manager.
        address: String,
        action: String,
        form: FormState,
    },
    Used,
    Expired,
    Unknown,
}

impl View for ResetView {
    const TEMPLATE: &'static str = "accounts/reset";

    fn forms(&self) -> Vec<&FormState> {
        match self {
            Self::Ready { form, .. } => vec![form],
            Self::Used | Self::Expired | Self::Unknown => Vec::new(),
        }
    }

    fn status(&self) -> Status {
        match self {
            Self::Ready { .. } => Status::Ok,
            Self::Used | Self::Expired => Status::Gone,
            Self::Unknown => Status::NotFound,
        }
    }
}

/// Creating the first superuser.
#[derive(Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub(in crate::web::html) enum SetupView {
    Ready { action: String, form: FormState },
    Gone,
}

impl View for SetupView {
    const TEMPLATE: &'static str = "accounts/setup";

    fn forms(&self) -> Vec<&FormState> {
        match self {
            Self::Ready { form, .. } => vec![form],
            Self::Gone => Vec::new(),
        }
    }

    fn status(&self) -> Status {
        match self {
            Self::Ready { .. } => Status::Ok,
            Self::Gone => Status::NotFound,
        }
    }
}

#[cfg(test)]
fn forms_with_next() -> Vec<FormState> {
    [vec![FormState::of([("next", "/invitations")])], FormState::samples()].concat()
}

#[cfg(test)]
impl Sample for SignUpView {
    fn samples() -> Vec<Self> {
        forms_with_next().into_iter().map(|form| Self { form }).collect()
    }
}

#[cfg(test)]
impl Sample for SignInView {
    fn samples() -> Vec<Self> {
        forms_with_next().into_iter().map(|form| Self { form }).collect()
    }
}

#[cfg(test)]
impl Sample for VerifyView {
    fn samples() -> Vec<Self> {
        let ready = |account: Option<&str>| Self::Ready {
            address: "rosa@quay.test".to_owned(),
            account: account.map(str::to_owned),
            action: "/verify/0000sample".to_owned(),
        };
        vec![ready(Some("rosa@harbor.test")), ready(None), Self::Done, Self::Taken, Self::Unknown]
    }
}

#[cfg(test)]
impl Sample for ForgotView {
    fn samples() -> Vec<Self> {
        [true, false].map(|sent| Self { sent, form: FormState::sample() }).into()
    }
}

#[cfg(test)]
impl Sample for ResetView {
    fn samples() -> Vec<Self> {
        let (address, action) = ("rosa@harbor.test".to_owned(), "/password/reset/0000sample".to_owned());
        vec![Self::Ready { address, action, form: FormState::sample() }, Self::Used, Self::Expired, Self::Unknown]
    }
}

#[cfg(test)]
impl Sample for SetupView {
    fn samples() -> Vec<Self> {
        let action = "/setup/0000sample".to_owned();
        vec![Self::Ready { action, form: FormState::sample() }, Self::Gone]
    }
}
