//! The user's picture: upload, crop, remove.

use rocket::{Route, State, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::form::Upload;
use super::super::{Failure, FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted, View};
use crate::domain::users::pictures::{self, Crop, Place};
use crate::fault::{Fault, Rule};
use crate::fields::{FieldValue, Fields, Raw};
use crate::usher::Usher;

/// The parts of a picture to keep, by form value.
const PARTS: [(&str, Place, Place); 9] = [
    ("middle", Place::Middle, Place::Middle),
    ("top", Place::Middle, Place::Start),
    ("bottom", Place::Middle, Place::End),
    ("left", Place::Start, Place::Middle),
    ("right", Place::End, Place::Middle),
    ("top-left", Place::Start, Place::Start),
    ("top-right", Place::End, Place::Start),
    ("bottom-left", Place::Start, Place::End),
    ("bottom-right", Place::End, Place::End),
];

struct Part(Place, Place);

impl FieldValue for Part {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        let Raw::Text(text) = raw else { return Err(Rule::Choice) };
        let chosen = PARTS.iter().find(|(name, ..)| *name == text);
        chosen.map(|(_, across, down)| Self(*across, *down)).ok_or(Rule::Choice)
    }
}

/// The kept share of the shorter side, in percent.
struct Percent(u32);

impl FieldValue for Percent {
    fn parse(raw: Raw<'_>) -> Result<Self, Rule> {
        let Raw::Text(text) = raw else { return Err(Rule::Choice) };
        let percent = text.parse().ok().filter(|percent| [100, 75, 50].contains(percent));
        percent.map(Self).ok_or(Rule::Choice)
    }
}

/// A picture on pages. Pictures on other sites are not loaded; initials replace them.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Picture {
    src: Option<String>,
    is_there: bool,
}

impl Picture {
    /// The signed-in user's.
    pub async fn of(usher: &Usher, user: &SignedIn) -> Result<Self, Failure> {
        let picture = pictures::of_actor(usher, &user.actor).await?;
        let src = picture.as_deref().and_then(pictures::own_file).map(|file| format!("/media/{file}"));
        Ok(Self { src, is_there: picture.is_some() })
    }
}

/// The user's picture, and the upload form.
#[derive(Serialize)]
pub(in crate::web::html) struct PictureView {
    picture: Picture,
    form: FormState,
}

impl View for PictureView {
    const TEMPLATE: &'static str = "account/picture";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

/// Confirmation before the picture is removed.
#[derive(Serialize)]
pub(in crate::web::html) struct RemovePictureView {
    picture: Picture,
}

impl View for RemovePictureView {
    const TEMPLATE: &'static str = "account/remove_picture";
}

async fn page(usher: &Usher, user: &SignedIn, form: FormState) -> PageResult {
    let picture = Picture::of(usher, user).await?;
    Ok(Page::new(&user.visitor, &PictureView { picture, form }))
}

#[get("/account/picture")]
async fn show(usher: &State<Usher>, user: SignedIn) -> PageResult {
    page(usher, &user, FormState::empty()).await
}

#[post("/account/picture", data = "<upload>")]
async fn set(usher: &State<Usher>, user: SignedIn, upload: Upload) -> FormResult {
    let Upload { form, file } = upload;
    let outcome = async {
        let mut fields = Fields::of(&form);
        if file.is_none() {
            fields.fault(Fault { field: "picture", rule: Rule::Required });
        }
        let part = fields.required::<Part>("part");
        let percent = fields.required::<Percent>("percent");
        let (file, Part(across, down), Percent(percent)) = fields.finish(|| Some((file?, part?, percent?)))?;
        pictures::set_own(usher, &user.actor, file, Crop::Part { across, down, percent }).await
    };
    match outcome.await {
        Ok(()) => Ok(Ok(Go::to("/account/picture").saying(Notice::Saved))),
        Err(error) => Ok(Err(page(usher, &user, FormState::again(&form, error)?).await?)),
    }
}

#[get("/account/picture/remove")]
async fn ask_to_remove(usher: &State<Usher>, user: SignedIn) -> PageResult {
    let picture = Picture::of(usher, &user).await?;
    Ok(Page::new(&user.visitor, &RemovePictureView { picture }))
}

#[post("/account/picture/remove", data = "<_form>")]
async fn remove(usher: &State<Usher>, user: SignedIn, _form: Submitted) -> Result<Go, Failure> {
    pictures::delete_own(usher, &user.actor).await?;
    Ok(Go::to("/account/picture").saying(Notice::PictureRemoved))
}

#[cfg(test)]
impl Sample for Picture {
    fn samples() -> Vec<Self> {
        let picture = |src: Option<&str>, is_there| Self { src: src.map(str::to_owned), is_there };
        vec![picture(Some("/media/0000sample.png"), true), picture(None, true), picture(None, false)]
    }
}

#[cfg(test)]
impl Sample for PictureView {
    fn samples() -> Vec<Self> {
        Picture::samples().into_iter().map(|picture| Self { picture, form: FormState::sample() }).collect()
    }
}

#[cfg(test)]
impl Sample for RemovePictureView {
    fn samples() -> Vec<Self> {
        Picture::samples().into_iter().map(|picture| Self { picture }).collect()
    }
}

pub fn routes() -> Vec<Route> {
    routes![show, set, ask_to_remove, remove]
}
