//! Sign-up, sign-in, sign-out, email verification, password reset, the first superuser.

pub(super) mod views;

use rocket::{Route, State, get, post, routes};

use super::go::own_path;
use super::{Failure, FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted, Visitor};
use crate::domain::accounts::passwords::NewPassword;
use crate::domain::accounts::proof::Proved;
use crate::domain::accounts::setup::ReadyUser;
use crate::domain::accounts::sign_up::SignUp;
use crate::domain::accounts::verification::Verified;
use crate::domain::accounts::{passwords, resets, setup, sign_in, sign_up, verification};
use crate::domain::actor::Client;
use crate::domain::sessions::{self, Opened};
use crate::error::{AccountError, Error};
use crate::fields::{Fields, GivenPassword, NotEmpty};
use crate::mailboxes::NamedAddress;
use crate::setup_link;
use crate::store::passwords::Login;
use crate::usher::Usher;
use crate::web::limits::SignInTry;
use crate::web::session::SessionCookie;
use views::{ForgotView, ResetView, SetupView, SignInView, SignUpView, VerifyView};

/// The target after a form: the `next` path, or the start page.
fn next_of(form: &Submitted) -> &str {
    form.get("next").and_then(own_path).unwrap_or("/")
}

fn empty_with_next(next: Option<&str>) -> FormState {
    next.and_then(own_path).map_or_else(FormState::empty, |next| FormState::of([("next", next)]))
}

#[get("/sign-up?<next>")]
fn sign_up_page(visitor: Visitor, usher: &State<Usher>, next: Option<&str>) -> PageResult {
    if !usher.config.sign_up_open {
        return Err(Error::Account(AccountError::SignUpClosed).into());
    }
    Ok(Page::new(&visitor, &SignUpView { form: empty_with_next(next) }))
}

#[post("/sign-up", data = "<form>")]
async fn sign_up_form(
    usher: &State<Usher>,
    visitor: Visitor,
    attempt: Result<SignInTry, Error>,
    client: Client,
    cookie: SessionCookie<'_>,
    form: Submitted,
) -> FormResult {
    let outcome = async {
        attempt?;
        let mut fields = Fields::of(&form);
        let full_name = fields.optional("fullName");
        let named = fields.required::<NamedAddress>("email");
        let password = fields.required("password");
        let (NamedAddress { name, address }, password) = fields.finish(|| Some((named?, password?)))?;
        let new = SignUp { full_name: full_name.or(name), address, password };
        sign_up::sign_up_and_in(usher, new, form.once(), &client).await
    };
    match outcome.await {
        Ok(opened) => Ok(Ok(signed_in(&cookie, &opened, next_of(&form)))),
        Err(error) => {
            let form = FormState::again(&form, error)?;
            Ok(Err(Page::new(&visitor, &SignUpView { form })))
        }
    }
}

fn signed_in(cookie: &SessionCookie<'_>, opened: &Opened, next: &str) -> Go {
    cookie.set(opened);
    Go::to(next)
}

#[get("/sign-in?<next>")]
fn sign_in_page(visitor: Visitor, next: Option<&str>) -> Page {
    Page::new(&visitor, &SignInView { form: empty_with_next(next) })
}

#[post("/sign-in", data = "<form>")]
async fn sign_in_form(
    usher: &State<Usher>,
    visitor: Visitor,
    attempt: Result<SignInTry, Error>,
    client: Client,
    cookie: SessionCookie<'_>,
    form: Submitted,
) -> FormResult {
    let outcome = async {
        attempt?;
        let mut fields = Fields::of(&form);
        let login = fields.required::<NotEmpty>("email");
        let password = fields.required::<GivenPassword>("password");
        let (login, password) = fields.finish(|| Some((login?, password?)))?;
        let login = Login::pasted(login.as_str());
        sign_in::sign_in_discreetly(usher, &login, password.secret(), &client).await
    };
    match outcome.await {
        Ok(opened) => Ok(Ok(signed_in(&cookie, &opened, next_of(&form)))),
        Err(error) => {
            let form = FormState::again(&form, error)?;
            Ok(Err(Page::new(&visitor, &SignInView { form })))
        }
    }
}

#[post("/sign-out", data = "<form>")]
async fn sign_out(
    usher: &State<Usher>,
    user: SignedIn,
    cookie: SessionCookie<'_>,
    form: Submitted,
) -> Result<Go, Failure> {
    sessions::sign_out(usher, &user.actor).await?;
    cookie.remove();
    Ok(Go::to(next_of(&form)).saying(Notice::SignedOut))
}

#[get("/verify/<token>")]
async fn verify_page(usher: &State<Usher>, visitor: Visitor, token: &str) -> PageResult {
    let view = match verification::look(usher, token).await {
        Ok(address) if address.verified_at.is_some() => VerifyView::Done,
        Ok(address) => {
            let account = verification::account_of(usher, &address).await?;
            VerifyView::Ready { address: address.address, account, action: format!("/verify/{token}") }
        }
        Err(Error::Account(AccountError::AddressTaken)) => VerifyView::Taken,
        Err(Error::LinkUnknown) => VerifyView::Unknown,
        Err(error) => return Err(error.into()),
    };
    Ok(Page::new(&visitor, &view))
}

#[post("/verify/<token>", data = "<_form>")]
async fn verify_form(
    usher: &State<Usher>,
    visitor: Visitor,
    client: Client,
    token: &str,
    _form: Submitted,
) -> FormResult {
    match verification::verify(usher, token, visitor.actor.as_ref(), client.ip).await {
        Ok(Verified { proved, is_invited }) => {
            let to = match (visitor.actor.is_some(), is_invited) {
                (true, true) => "/invitations",
                (true, false) => "/",
                (false, true) => "/sign-in?next=/invitations",
                (false, false) => "/sign-in",
            };
            let notice = match proved {
                Proved::Quietly if is_invited => Notice::VerifiedInvited,
                Proved::Quietly => Notice::Verified,
                Proved::OthersGone => Notice::VerifiedOthersGone,
            };
            Ok(Ok(Go::to(to).saying(notice)))
        }
        Err(Error::Account(AccountError::AddressTaken)) => Ok(Err(Page::new(&visitor, &VerifyView::Taken))),
        Err(error) => Err(error.into()),
    }
}

#[get("/password/forgot")]
fn forgot_page(visitor: Visitor) -> Page {
    Page::new(&visitor, &ForgotView { sent: false, form: FormState::empty() })
}

#[post("/password/forgot", data = "<form>")]
async fn forgot_form(usher: &State<Usher>, visitor: Visitor, client: Client, form: Submitted) -> PageResult {
    let outcome = async {
        let mut fields = Fields::of(&form);
        let named = fields.required::<NamedAddress>("email");
        let named = fields.finish(|| named)?;
        resets::forgot(usher, &named.address, client.ip).await
    };
    let (sent, form) = match outcome.await {
        Ok(()) => (true, FormState::empty()),
        Err(error) => (false, FormState::again(&form, error)?),
    };
    Ok(Page::new(&visitor, &ForgotView { sent, form }))
}

fn reset_page_of(visitor: &Visitor, token: &str, outcome: Result<(String, FormState), Error>) -> PageResult {
    let view = match outcome {
        Ok((address, form)) => ResetView::Ready { address, action: format!("/password/reset/{token}"), form },
        Err(Error::Account(AccountError::ResetUsed)) => ResetView::Used,
        Err(Error::Account(AccountError::ResetExpired)) => ResetView::Expired,
        Err(Error::Account(AccountError::ResetUnknown)) => ResetView::Unknown,
        Err(error) => return Err(error.into()),
    };
    Ok(Page::new(visitor, &view))
}

#[get("/password/reset/<token>")]
async fn reset_page(usher: &State<Usher>, visitor: Visitor, token: &str) -> PageResult {
    let outcome = passwords::look_at_reset(usher, token).await.map(|address| (address, FormState::empty()));
    reset_page_of(&visitor, token, outcome)
}

#[post("/password/reset/<token>", data = "<form>")]
async fn reset_form(
    usher: &State<Usher>,
    visitor: Visitor,
    client: Client,
    token: &str,
    form: Submitted,
) -> FormResult {
    // A dead link is reported before field errors, since filling in the form again is pointless.
    let address = match passwords::look_at_reset(usher, token).await {
        Ok(address) => address,
        Err(error) => return Ok(Err(reset_page_of(&visitor, token, Err(error))?)),
    };
    let outcome = async {
        let mut fields = Fields::of(&form);
        let first = fields.required("newPassword");
        let again = fields.required("newPasswordAgain");
        let new = fields.finish(|| Some(NewPassword { first: first?, again: again? }))?;
        passwords::reset(usher, token, new, client.ip).await
    };
    match outcome.await {
        Ok(proved) => {
            let notice = match proved {
                Proved::Quietly => Notice::PasswordReset,
                Proved::OthersGone => Notice::PasswordResetOthersGone,
            };
            Ok(Ok(Go::to("/sign-in").saying(notice)))
        }
        Err(
            error @ Error::Account(AccountError::ResetUsed | AccountError::ResetExpired | AccountError::ResetUnknown),
        ) => Ok(Err(reset_page_of(&visitor, token, Err(error))?)),
        Err(error) => Ok(Err(reset_page_of(&visitor, token, Ok((address, FormState::again(&form, error)?)))?)),
    }
}

fn setup_page_of(visitor: &Visitor, token: &str, form: FormState) -> Page {
    Page::new(visitor, &SetupView::Ready { action: format!("/setup/{token}"), form })
}

#[get("/setup/<token>")]
async fn setup_page(usher: &State<Usher>, visitor: Visitor, token: &str) -> PageResult {
    match setup::look(usher, token).await {
        Ok(()) => Ok(setup_page_of(&visitor, token, FormState::empty())),
        Err(Error::LinkUnknown) => Ok(Page::new(&visitor, &SetupView::Gone)),
        Err(error) => Err(error.into()),
    }
}

#[post("/setup/<token>", data = "<form>")]
async fn setup_form(
    usher: &State<Usher>,
    visitor: Visitor,
    client: Client,
    cookie: SessionCookie<'_>,
    token: &str,
    form: Submitted,
) -> FormResult {
    let outcome = async {
        setup::look(usher, token).await?;
        let mut fields = Fields::of(&form);
        let username = fields.optional("username");
        let full_name = fields.optional("fullName");
        let named = fields.required::<NamedAddress>("email");
        let password = fields.required("password");
        let (NamedAddress { name, address }, password) = fields.finish(|| Some((named?, password?)))?;
        let user = ReadyUser { username, full_name: full_name.or(name), address, password };
        setup::first_superuser(usher, token, user, &client).await
    };
    match outcome.await {
        Ok(opened) => {
            setup_link::remove(&usher.config);
            Ok(Ok(signed_in(&cookie, &opened, "/").saying(Notice::SetupDone)))
        }
        Err(Error::LinkUnknown) => Ok(Err(Page::new(&visitor, &SetupView::Gone))),
        Err(error) => Ok(Err(setup_page_of(&visitor, token, FormState::again(&form, error)?))),
    }
}

pub fn routes() -> Vec<Route> {
    routes![
        sign_up_page,
        sign_up_form,
        sign_in_page,
        sign_in_form,
        sign_out,
        verify_page,
        verify_form,
        forgot_page,
        forgot_form,
        reset_page,
        reset_form,
        setup_page,
        setup_form
    ]
}
