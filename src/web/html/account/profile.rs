//! The profile: names, addresses, password.

use rocket::{Route, State, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::{Failure, FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted, View};
use super::picture::Picture;
use crate::domain::accounts::passwords::NewPassword;
use crate::domain::accounts::{addresses, passwords, profile, verification};
use crate::domain::offer::Kind;
use crate::domain::places;
use crate::error::Error;
use crate::fault::{Fault, Rule};
use crate::fields::{Fields, FullName, GivenPassword, Username};
use crate::ids::AddressId;
use crate::store::addresses::OfUser;
use crate::usher::Usher;
use crate::words::Language;

#[derive(Serialize)]
pub(in crate::web::html) struct ProfileView {
    profile: Profile,
    lists: Vec<NumberOfKind>,
    picture: Picture,
    /// Whether this installation uses usernames.
    usernames: bool,
    may_add: bool,
    form: FormState,
    language_form: FormState,
    address_form: FormState,
    password_form: FormState,
}

impl View for ProfileView {
    const TEMPLATE: &'static str = "account/profile";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form, &self.language_form, &self.address_form, &self.password_form]
    }
}

#[derive(Serialize)]
struct Profile {
    addresses: Vec<AddressRow>,
    verified: bool,
    username: Option<String>,
}

#[derive(Serialize)]
struct AddressRow {
    id: AddressId,
    address: String,
    primary: bool,
    verified: bool,
}

impl AddressRow {
    fn of(address: &OfUser) -> Self {
        Self {
            id: address.id,
            address: address.address.clone(),
            primary: address.is_primary,
            verified: address.verified_at.is_some(),
        }
    }
}

/// The number of places of one kind that the user is in.
#[derive(Serialize)]
struct NumberOfKind {
    kind: &'static str,
    path: String,
    number: i64,
}

impl NumberOfKind {
    fn new(kind: Kind, number: i64) -> Self {
        Self { kind: kind.word(), path: kind.list_path(), number }
    }
}

/// The page's forms.
#[derive(Default)]
pub(super) struct Forms {
    pub names: Option<FormState>,
    pub language: Option<FormState>,
    pub address: FormState,
    pub password: FormState,
}

pub(super) async fn page(usher: &Usher, user: &SignedIn, forms: Forms) -> PageResult {
    let actor = &user.actor;
    let numbers = places::numbers(usher, actor).await?;
    let addresses = addresses::list(usher, actor).await?;
    let names = forms.names.unwrap_or_else(|| {
        let username = actor.username.as_deref().unwrap_or_default();
        FormState::of([("fullName", actor.full_name.as_str()), ("username", username)])
    });
    let language = forms.language.unwrap_or_else(|| {
        let chosen = actor.language.map(Language::code).unwrap_or_default();
        FormState::of([("language", chosen)])
    });
    let view = ProfileView {
        profile: Profile {
            addresses: addresses.iter().map(AddressRow::of).collect(),
            verified: actor.verified,
            username: actor.username.clone(),
        },
        lists: numbers.into_iter().map(|(kind, number)| NumberOfKind::new(kind, number)).collect(),
        picture: Picture::of(usher, user).await?,
        usernames: usher.config.usernames_enabled,
        may_add: addresses.len() < addresses::MAX_ADDRESSES,
        form: names,
        language_form: language,
        address_form: forms.address,
        password_form: forms.password,
    };
    Ok(Page::new(&user.visitor, &view))
}

#[get("/account")]
async fn show(usher: &State<Usher>, user: SignedIn) -> PageResult {
    page(usher, &user, Forms::default()).await
}

#[post("/account", data = "<form>")]
async fn change(usher: &State<Usher>, user: SignedIn, form: Submitted) -> FormResult {
    let outcome = async {
        let (full_name, username) = names(&user, &form)?;
        profile::change(usher, &user.actor, full_name, username).await
    };
    match outcome.await {
        Ok(()) => Ok(Ok(Go::to("/account").saying(Notice::Saved))),
        Err(error) => {
            let names = Some(FormState::again(&form, error)?);
            Ok(Err(page(usher, &user, Forms { names, ..Forms::default() }).await?))
        }
    }
}

/// A username cannot be removed: an emptied field keeps it.
fn names(user: &SignedIn, form: &Submitted) -> Result<(FullName, Option<Username>), Error> {
    let mut fields = Fields::of(form);
    let full_name = fields.required("fullName");
    let username = fields.optional("username");
    let was_emptied = form.get("username").is_some_and(|text| text.trim().is_empty());
    if was_emptied && user.actor.username.is_some() {
        fields.fault(Fault { field: "username", rule: Rule::Required });
    }
    fields.finish(|| Some((full_name?, username)))
}

#[post("/account/language", data = "<form>")]
async fn choose_language(usher: &State<Usher>, user: SignedIn, form: Submitted) -> FormResult {
    let outcome = async {
        let mut fields = Fields::of(&form);
        let language = fields.optional("language");
        let language = fields.finish(|| Some(language))?;
        profile::choose_language(usher, &user.actor, language).await
    };
    match outcome.await {
        Ok(()) => Ok(Ok(Go::to("/account").saying(Notice::Saved))),
        Err(error) => {
            let language = Some(FormState::again(&form, error)?);
            Ok(Err(page(usher, &user, Forms { language, ..Forms::default() }).await?))
        }
    }
}

#[post("/account/password", data = "<form>")]
async fn change_password(usher: &State<Usher>, user: SignedIn, form: Submitted) -> FormResult {
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
            let password = FormState::again(&form, error)?;
            Ok(Err(page(usher, &user, Forms { password, ..Forms::default() }).await?))
        }
    }
}

#[post("/account/verification", data = "<_form>")]
async fn send_verification(usher: &State<Usher>, user: SignedIn, _form: Submitted) -> Result<Go, Failure> {
    verification::send_again(usher, &user.actor).await?;
    Ok(Go::to("/account").saying(Notice::VerificationSent))
}

#[cfg(test)]
impl Sample for ProfileView {
    fn samples() -> Vec<Self> {
        let row = |primary, verified| AddressRow {
            id: AddressId(7),
            address: "rosa@harbor.test".to_owned(),
            primary,
            verified,
        };
        let view = |verified, may_add, usernames: bool, form: fn() -> FormState| Self {
            profile: Profile {
                addresses: vec![row(true, verified), row(false, true), row(false, false)],
                verified,
                username: usernames.then(|| "rosa".to_owned()),
            },
            lists: Kind::all().map(|kind| NumberOfKind::new(kind, 2)).collect(),
            picture: Picture::sample(),
            usernames,
            may_add,
            form: form(),
            language_form: form(),
            address_form: form(),
            password_form: form(),
        };
        vec![
            view(true, true, true, FormState::sample),
            view(true, false, true, FormState::empty),
            view(false, true, false, FormState::empty),
        ]
    }
}

pub fn routes() -> Vec<Route> {
    routes![show, change, choose_language, change_password, send_verification]
}
