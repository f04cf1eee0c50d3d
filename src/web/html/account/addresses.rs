//! The user's addresses: add, confirm, make primary, remove.

use rocket::{Route, State, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::{Failure, FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted, View};
use super::profile::{self, Forms};
use crate::domain::accounts::{addresses, verification};
use crate::fields::{Fields, GivenPassword};
use crate::ids::AddressId;
use crate::mailboxes::NamedAddress;
use crate::usher::Usher;

#[post("/account/addresses", data = "<form>")]
async fn add(usher: &State<Usher>, user: SignedIn, form: Submitted) -> FormResult {
    let outcome = async {
        let mut fields = Fields::of(&form);
        let named = fields.required::<NamedAddress>("email");
        let password = fields.required::<GivenPassword>("password");
        let (named, password) = fields.finish(|| Some((named?, password?)))?;
        addresses::add(usher, &user.actor, named.address, password.secret()).await
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

/// Confirmation before an address becomes the primary one.
#[derive(Serialize)]
pub(in crate::web::html) struct PrimaryAddressView {
    id: AddressId,
    address: String,
    former: String,
    form: FormState,
}

impl View for PrimaryAddressView {
    const TEMPLATE: &'static str = "account/primary_address";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

#[get("/account/addresses/<id>/primary")]
async fn ask_before_primary(usher: &State<Usher>, user: SignedIn, id: AddressId) -> PageResult {
    primary_page(usher, &user, id, FormState::empty()).await
}

async fn primary_page(usher: &Usher, user: &SignedIn, id: AddressId, form: FormState) -> PageResult {
    let address = addresses::look_before_primary(usher, &user.actor, id).await?.address;
    let view = PrimaryAddressView { id, address, former: user.actor.address.clone(), form };
    Ok(Page::new(&user.visitor, &view))
}

#[post("/account/addresses/<id>/primary", data = "<form>")]
async fn make_primary(usher: &State<Usher>, user: SignedIn, id: AddressId, form: Submitted) -> FormResult {
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

/// Confirmation before an address is removed.
#[derive(Serialize)]
pub(in crate::web::html) struct RemoveAddressView {
    id: AddressId,
    address: String,
    verified: bool,
    /// Open invitations that were sent to it.
    invitations: i64,
}

impl View for RemoveAddressView {
    const TEMPLATE: &'static str = "account/remove_address";
}

#[get("/account/addresses/<id>/remove")]
async fn ask_to_remove(usher: &State<Usher>, user: SignedIn, id: AddressId) -> PageResult {
    let (address, invitations) = addresses::look_before_removal(usher, &user.actor, id).await?;
    let verified = address.verified_at.is_some();
    Ok(Page::new(&user.visitor, &RemoveAddressView { id, address: address.address, verified, invitations }))
}

#[post("/account/addresses/<id>/remove", data = "<_form>")]
async fn remove(usher: &State<Usher>, user: SignedIn, id: AddressId, _form: Submitted) -> Result<Go, Failure> {
    addresses::remove(usher, &user.actor, id).await?;
    Ok(back().saying(Notice::AddressRemoved))
}

#[cfg(test)]
impl Sample for PrimaryAddressView {
    fn samples() -> Vec<Self> {
        let (address, former) = ("rosa@quay.test".to_owned(), "rosa@harbor.test".to_owned());
        vec![Self { id: AddressId(7), address, former, form: FormState::sample() }]
    }
}

#[cfg(test)]
impl Sample for RemoveAddressView {
    fn samples() -> Vec<Self> {
        let view = |verified, invitations| Self {
            id: AddressId(7),
            address: "rosa@quay.test".to_owned(),
            verified,
            invitations,
        };
        vec![view(true, 2), view(true, 0), view(false, 0)]
    }
}

pub fn routes() -> Vec<Route> {
    routes![add, send_link, ask_before_primary, make_primary, ask_to_remove, remove]
}
