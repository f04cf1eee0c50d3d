//! The accept page, and the list of the visitor's open invitations.

pub(super) mod views;

use rocket::{Route, State, get, post, routes};

use super::lists::PartLinks;
use super::{Failure, FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted, Visitor};
use crate::domain::accounts::proof::Proved;
use crate::domain::actor::Client;
use crate::domain::invitations::accept::{self, Joined};
use crate::domain::invitations::newcomer::{self, Newcomer};
use crate::domain::invitations::preview::{Preview, preview};
use crate::domain::invitations::standing::Standing;
use crate::domain::invitations::{decline, list};
use crate::error::{AccountError, Error, InvitationError};
use crate::fields::{Fields, InviteCode};
use crate::ids::InvitationId;
use crate::usher::Usher;
use crate::web::session::SessionCookie;
pub(super) use views::Waiting;
use views::{InvitationView, InvitationsView, Known, OfferView};

/// The accept page in its state for this visitor.
async fn page(usher: &Usher, visitor: &Visitor, token: &str, form: Option<FormState>) -> PageResult {
    match preview(usher, token, visitor.actor.as_ref()).await {
        Ok(seen) => Ok(page_of(usher, visitor, token, &seen, form)),
        Err(Error::LinkUnknown) => Ok(Page::new(visitor, &InvitationView::unknown())),
        Err(error) => Err(error.into()),
    }
}

fn page_of(usher: &Usher, visitor: &Visitor, token: &str, seen: &Preview, form: Option<FormState>) -> Page {
    let path = format!("/invitations/{token}");
    let known = Known {
        invitation: OfferView::of(seen, usher.now()),
        action: format!("{path}/accept"),
        decline_action: format!("{path}/decline"),
        ask_action: format!("{path}/ask"),
        asked: seen.invitation.link_asked_at.is_some(),
        target_url: seen.offer.as_ref().map(|offer| offer.place.path()),
        next: path,
        usernames: usher.config.usernames_enabled,
        form: form.unwrap_or_else(|| {
            let form = FormState::of([("email", seen.invitee())]);
            match &seen.invitation.invitee_name {
                Some(name) if seen.standing == Standing::Newcomer => form.with_value("fullName", name.clone()),
                _ => form,
            }
        }),
    };
    Page::new(visitor, &InvitationView::of(seen.standing, known))
}

#[get("/invitations/<token>")]
async fn show(usher: &State<Usher>, visitor: Visitor, token: &str) -> PageResult {
    page(usher, &visitor, token, None).await
}

#[post("/invitations/<token>/accept", data = "<form>")]
async fn accept_link(
    usher: &State<Usher>,
    visitor: Visitor,
    client: Client,
    cookie: SessionCookie<'_>,
    token: &str,
    form: Submitted,
) -> FormResult {
    let outcome = match &visitor.actor {
        Some(actor) => accept::by_link(usher, actor, token).await,
        None => join_as_newcomer(usher, token, &form, &client, &cookie).await,
    };
    match outcome {
        Ok(joined) => Ok(Ok(welcome(&joined))),
        Err(Error::SignInRequired) if visitor.actor.is_some() => Err(Error::SignInRequired.into()),
        // The state has changed since the page was shown: show the current one.
        Err(
            Error::LinkUnknown
            | Error::SignInRequired
            | Error::Account(AccountError::AddressTaken)
            | Error::Invitation(
                InvitationError::Accepted
                | InvitationError::Expired
                | InvitationError::Closed
                | InvitationError::OfAnother,
            ),
        ) => Ok(Err(page(usher, &visitor, token, None).await?)),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(page(usher, &visitor, token, Some(state)).await?))
        }
    }
}

async fn join_as_newcomer(
    usher: &Usher,
    token: &str,
    form: &Submitted,
    client: &Client,
    cookie: &SessionCookie<'_>,
) -> Result<accept::Joined, Error> {
    let mut fields = Fields::of(form);
    let username = if usher.config.usernames_enabled { fields.optional("username") } else { None };
    let full_name = fields.optional("fullName");
    let password = fields.required("password");
    let newcomer = fields.finish(|| Some(Newcomer { username, full_name, password: password?, picture: None }))?;
    let (joined, opened) = newcomer::as_newcomer(usher, token, newcomer, client).await?;
    cookie.set(&opened);
    Ok(joined)
}

#[post("/invitations/<token>/decline", data = "<_form>")]
async fn decline_link(
    usher: &State<Usher>,
    visitor: Visitor,
    client: Client,
    token: &str,
    _form: Submitted,
) -> FormResult {
    match decline::by_link(usher, visitor.actor.as_ref(), &client, token).await {
        Ok(()) => Ok(Ok(Go::to("/").saying(Notice::Declined))),
        Err(error @ (Error::Unavailable(_) | Error::Internal(_) | Error::Collision)) => Err(error.into()),
        Err(_) => Ok(Err(page(usher, &visitor, token, None).await?)),
    }
}

#[post("/invitations/<token>/ask", data = "<_form>")]
async fn ask_for_link(usher: &State<Usher>, visitor: Visitor, token: &str, _form: Submitted) -> FormResult {
    match decline::ask_for_link(usher, token).await {
        Ok(()) => Ok(Ok(Go::to(format!("/invitations/{token}")).saying(Notice::LinkAsked))),
        Err(error @ (Error::Unavailable(_) | Error::Internal(_) | Error::Collision)) => Err(error.into()),
        Err(_) => Ok(Err(page(usher, &visitor, token, None).await?)),
    }
}

async fn list_page(usher: &Usher, user: &SignedIn, before: Option<i64>, form: FormState) -> PageResult {
    let now = usher.now();
    let mine = list::mine(usher, &user.actor, before.unwrap_or(i64::MAX)).await?;
    let view = InvitationsView {
        invitations: mine.rows.iter().map(|found| Waiting::of(found, now)).collect(),
        unverified: !user.actor.verified,
        links: PartLinks::new("/invitations", "before", mine.next, before.is_none()),
        form,
    };
    Ok(Page::new(&user.visitor, &view))
}

#[get("/invitations?<before>")]
async fn mine(usher: &State<Usher>, user: SignedIn, before: Option<i64>) -> PageResult {
    list_page(usher, &user, before, FormState::empty()).await
}

#[post("/invitations", data = "<form>")]
async fn accept_code(usher: &State<Usher>, user: SignedIn, form: Submitted) -> FormResult {
    let outcome = async {
        let mut fields = Fields::of(&form);
        let code = fields.required::<InviteCode>("inviteCode");
        let code = fields.finish(|| code)?;
        accept::by_code(usher, &user.actor, &code).await
    };
    match outcome.await {
        Ok(joined) => Ok(Ok(welcome(&joined))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(list_page(usher, &user, None, state).await?))
        }
    }
}

fn welcome(joined: &Joined) -> Go {
    let notice = match joined.proved {
        Proved::Quietly => Notice::Joined,
        Proved::OthersGone => Notice::JoinedOthersGone,
    };
    Go::to(joined.offer.place.path()).saying(notice)
}

#[post("/invitations/mine/<id>/accept", data = "<_form>")]
async fn accept_listed(
    usher: &State<Usher>,
    user: SignedIn,
    id: InvitationId,
    _form: Submitted,
) -> Result<Go, Failure> {
    let joined = accept::listed(usher, &user.actor, id).await?;
    Ok(welcome(&joined))
}

#[post("/invitations/mine/<id>/decline", data = "<_form>")]
async fn decline_listed(
    usher: &State<Usher>,
    user: SignedIn,
    id: InvitationId,
    _form: Submitted,
) -> Result<Go, Failure> {
    decline::listed(usher, &user.actor, id).await?;
    Ok(Go::to("/invitations").saying(Notice::Declined))
}

pub fn routes() -> Vec<Route> {
    routes![show, accept_link, decline_link, ask_for_link, mine, accept_code, accept_listed, decline_listed]
}
