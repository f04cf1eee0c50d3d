//! The user's addresses: add, confirm, make primary, remove.

use rocket::{Route, State, get, post, routes};
use serde_json::json;

use super::super::{Done, Failure, FormState, Go, Notice, Page, Shown, SignedIn, Submitted};
use super::profile::{self, Forms};
use crate::domain::accounts::{addresses, verification};
use crate::fields::{Fields, GivenPassword};
use crate::ids::AddressId;
use crate::usher::Usher;

#[post("/account/addresses", data = "<form>")]
async fn add(usher: &State<Usher>, user: SignedIn, form: Submitted) -> Done {
    let outcome = async {
        let mut fields = Fields::of(&form);
        let address = fields.required("email");
        let password = fields.required::<GivenPassword>("password");
        let (address, password) = fields.finish(|| Some((address?, password?)))?;
        addresses::add(usher, &user.actor, address, password.secret()).await
    };
    match outcome.await {
        Ok(()) => Ok(Ok(back().saying(Notice::VerificationSent))),
        Err(error) => {
            let address = FormState::again(&form, error)?;
            Ok(Err(profile::page(usher, &user, Forms { address, ..Forms::default() }).await?))
        }
    }
}

fn back() -> Go {
    Go::to("/account")
}

#[post("/account/addresses/<id>/verification", data = "<_form>")]
async fn send_link(usher: &State<Usher>, user: SignedIn, id: AddressId, _form: Submitted) -> Result<Go, Failure> {
    verification::send_again_to(usher, &user.actor, id).await?;
    Ok(back().saying(Notice::VerificationSent))
}

#[get("/account/addresses/<id>/primary")]
async fn ask_before_primary(usher: &State<Usher>, user: SignedIn, id: AddressId) -> Shown {
    primary_page(usher, &user, id, FormState::empty()).await
}

async fn primary_page(usher: &Usher, user: &SignedIn, id: AddressId, form: FormState) -> Shown {
    let address = addresses::look_before_primary(usher, &user.actor, id).await?;
    let shown = json!({ "id": id, "address": address.address, "former": user.actor.address });
    Ok(Page::new("account/primary_address", &user.visitor, shown).with_form(form))
}

#[post("/account/addresses/<id>/primary", data = "<form>")]
async fn make_primary(usher: &State<Usher>, user: SignedIn, id: AddressId, form: Submitted) -> Done {
    let outcome = async {
        let mut fields = Fields::of(&form);
        let password = fields.required::<GivenPassword>("password");
        let password = fields.finish(|| password)?;
        addresses::make_primary(usher, &user.actor, id, password.secret()).await
    };
    match outcome.await {
        Ok(()) => Ok(Ok(back().saying(Notice::PrimaryChanged))),
        Err(error) => Ok(Err(primary_page(usher, &user, id, FormState::again(&form, error)?).await?)),
    }
}

#[get("/account/addresses/<id>/remove")]
async fn ask_to_remove(usher: &State<Usher>, user: SignedIn, id: AddressId) -> Shown {
    let (address, invitations) = addresses::look_before_removal(usher, &user.actor, id).await?;
    let shown = json!({
        "id": id,
        "address": address.address,
        "verified": address.verified_at.is_some(),
        "invitations": invitations,
    });
    Ok(Page::new("account/remove_address", &user.visitor, shown))
}

#[post("/account/addresses/<id>/remove", data = "<_form>")]
async fn remove(usher: &State<Usher>, user: SignedIn, id: AddressId, _form: Submitted) -> Result<Go, Failure> {
    addresses::remove(usher, &user.actor, id).await?;
    Ok(back().saying(Notice::AddressRemoved))
}

pub fn routes() -> Vec<Route> {
    routes![add, send_link, ask_before_primary, make_primary, ask_to_remove, remove]
}
