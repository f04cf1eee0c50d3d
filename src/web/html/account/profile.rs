//! Who the user is: name, addresses, password.

use rocket::{Route, State, get, post, routes};
use serde_json::json;

use super::super::{Done, Failure, FormState, Go, Notice, Page, Shown, SignedIn, Submitted};
use crate::domain::accounts::passwords::NewPassword;
use crate::domain::accounts::{passwords, profile, verification};
use crate::domain::environments;
use crate::fields::{Fields, GivenPassword};
use crate::usher::Usher;

async fn page(usher: &Usher, user: &SignedIn, form: FormState, password_form: FormState) -> Shown {
    let actor = &user.actor;
    let environments = environments::list(usher, actor).await?.len();
    let shown = json!({
        "profile": {
            "name": actor.full_name,
            "email": actor.address,
            "verified": actor.verified,
            "username": actor.username,
            "environments": environments,
        },
    });
    Ok(Page::new("account/profile", &user.visitor, shown)
        .with_form(form)
        .with_named_form("password_form", password_form))
}

fn name_form(user: &SignedIn) -> FormState {
    FormState::of([("fullName", user.actor.full_name.as_str())])
}

#[get("/account")]
async fn show(usher: &State<Usher>, user: SignedIn) -> Shown {
    let form = name_form(&user);
    page(usher, &user, form, FormState::empty()).await
}

#[post("/account", data = "<form>")]
async fn rename(usher: &State<Usher>, user: SignedIn, form: Submitted) -> Done {
    let outcome = async {
        let mut fields = Fields::of(&form);
        let name = fields.required("fullName");
        profile::rename(usher, &user.actor, fields.finish(|| name)?).await
    };
    match outcome.await {
        Ok(()) => Ok(Ok(Go::to("/account").saying(Notice::Saved))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(page(usher, &user, state, FormState::empty()).await?))
        }
    }
}

#[post("/account/password", data = "<form>")]
async fn change_password(usher: &State<Usher>, user: SignedIn, form: Submitted) -> Done {
    let outcome = async {
        let mut fields = Fields::of(&form);
        let old = fields.required::<GivenPassword>("oldPassword");
        let first = fields.required("newPassword");
        let again = fields.required("newPasswordAgain");
        let (old, new) = fields.finish(|| Some((old?, NewPassword { first: first?, again: again? })))?;
        passwords::change(usher, &user.actor, old.secret(), new).await
    };
    match outcome.await {
        Ok(()) => Ok(Ok(Go::to("/account").saying(Notice::PasswordChanged))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(page(usher, &user, name_form(&user), state).await?))
        }
    }
}

#[post("/account/verification", data = "<_form>")]
async fn send_verification(usher: &State<Usher>, user: SignedIn, _form: Submitted) -> Result<Go, Failure> {
    verification::send_again(usher, &user.actor).await?;
    Ok(Go::to("/account").saying(Notice::VerificationSent))
}

pub fn routes() -> Vec<Route> {
    routes![show, rename, change_password, send_verification]
}
