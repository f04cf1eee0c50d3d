//! The page of an invitation's link: the ticket, in each of its states, and its answers.

pub(in crate::web::html) mod views;

use rocket::{Route, State, get, post, routes};

use super::super::{FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted, Visitor};
use super::welcome;
use crate::domain::accounts::sign_in;
use crate::domain::actor::{Actor, Client};
use crate::domain::invitations::newcomer::{self, Newcomer};
use crate::domain::invitations::preview::{self, Preview};
use crate::domain::invitations::standing::Standing;
use crate::domain::invitations::{Seen, accept, decline, mine};
use crate::domain::sessions::{self, Opened};
use crate::entity::invitation::InvitationState;
use crate::error::{AccountError, Error, InvitationError};
use crate::fault::{Fault, Rule};
use crate::fields::{Fields, GivenPassword, NotEmpty};
use crate::store::passwords::Login;
use crate::usher::Usher;
use crate::web::limits::SignInLimit;
use crate::web::session::SessionCookie;
use views::{InvitationView, Known, OfferView};

/// The ticket in its state for this visitor.
async fn page(usher: &Usher, visitor: &Visitor, token: &str, form: Option<FormState>) -> PageResult {
    let server = usher.config.public_url.server();
    let seen = match preview::on_page(usher, token, visitor.actor.as_ref()).await {
        Ok(seen) => seen,
        Err(Error::LinkUnknown) => return Ok(Page::new(visitor, &InvitationView::unknown(server))),
        Err(error) => return Err(error.into()),
    };
    let path = format!("/invitations/{token}");
    let is_mine = match &visitor.actor {
        Some(actor) => mine::may(usher, actor, &seen).await?,
        None => false,
    };
    let known = Known {
        invitation: OfferView::of(&seen, &preview::fields(usher, &seen).await?, usher.now()),
        action: format!("{path}/accept"),
        decline_action: format!("{path}/decline"),
        ask_action: format!("{path}/ask"),
        mine_action: is_mine.then(|| format!("{path}/mine")),
        asked: seen.invitation.link_asked_at.is_some(),
        declined: seen.invitation.state == InvitationState::Declined,
        target_url: seen.offer.as_ref().map(|offer| offer.place.path()),
        next: path,
        form: form.unwrap_or_else(|| empty_form(&seen)),
    };
    Ok(Page::new(visitor, &InvitationView::of(seen.standing, server, known)))
}

fn empty_form(seen: &Preview) -> FormState {
    let form = FormState::of([("email", seen.invitee())]);
    match &seen.invitation.invitee_name {
        Some(name) if seen.standing == Standing::Newcomer => form.with_value("fullName", name.clone()),
        _ => form,
    }
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
    limit: SignInLimit<'_>,
    cookie: SessionCookie<'_>,
    token: &str,
    form: Submitted,
) -> FormResult {
    let outcome = match &visitor.actor {
        Some(actor) => accept_as(usher, actor, token, seen_by(&form)).await,
        None => Stranger { usher, client: &client, limit: &limit, cookie: &cookie, form: &form }.accept(token).await,
    };
    answer(usher, &visitor, token, &form, outcome).await
}

#[post("/invitations/<token>/mine", data = "<form>")]
async fn accept_as_mine(usher: &State<Usher>, user: SignedIn, token: &str, form: Submitted) -> FormResult {
    let outcome = async {
        let mut fields = Fields::of(&form);
        let password = fields.required::<GivenPassword>("password");
        let password = fields.finish(|| password)?;
        mine::add_and_accept(usher, &user.actor, token, password.secret()).await
    };
    let outcome = match outcome.await {
        Ok(joined) => Ok(welcome(&joined)),
        Err(refused) => place_if_in(usher, &user.actor, token, refused).await,
    };
    answer(usher, &user.visitor, token, &form, outcome).await
}

/// Where an answer leads, or the ticket in its present state.
async fn answer(
    usher: &Usher,
    visitor: &Visitor,
    token: &str,
    form: &Submitted,
    outcome: Result<Go, Error>,
) -> FormResult {
    match outcome {
        Ok(go) => Ok(Ok(go)),
        Err(Error::SignInRequired) if visitor.actor.is_some() => Err(Error::SignInRequired.into()),
        Err(error) if is_about_state(&error) => Ok(Err(page(usher, visitor, token, None).await?)),
        Err(error) => {
            let state = FormState::again(form, error)?;
            Ok(Err(page(usher, visitor, token, Some(state)).await?))
        }
    }
}

/// The state has changed since the page was shown.
fn is_about_state(error: &Error) -> bool {
    matches!(
        error,
        Error::LinkUnknown
            | Error::SignInRequired
            | Error::Account(AccountError::AddressTaken)
            | Error::Invitation(
                InvitationError::Accepted
                    | InvitationError::Expired
                    | InvitationError::Closed
                    | InvitationError::OfAnother,
            )
    )
}

/// The form of a declined invitation says that it is one.
fn seen_by(form: &Submitted) -> Seen {
    match form.get("declined") {
        Some(_) => Seen::Declined,
        None => Seen::Open,
    }
}

async fn accept_as(usher: &Usher, actor: &Actor, token: &str, seen: Seen) -> Result<Go, Error> {
    match accept::on_page(usher, actor, token, seen).await {
        Ok(joined) => Ok(welcome(&joined)),
        Err(refused) => place_if_in(usher, actor, token, refused).await,
    }
}

/// The place, if the actor has accepted already: a button was pressed twice, or the first answer was lost.
async fn place_if_in(usher: &Usher, actor: &Actor, token: &str, refused: Error) -> Result<Go, Error> {
    if matches!(refused, Error::Invitation(InvitationError::Accepted)) {
        let seen = preview::on_page(usher, token, Some(actor)).await?;
        if let (Standing::AcceptedByMe, Some(offer)) = (seen.standing, seen.offer) {
            return Ok(Go::to(offer.place.path()).saying(Notice::Joined));
        }
    }
    Err(refused)
}

/// Somebody signed out who answers.
struct Stranger<'a> {
    usher: &'a Usher,
    client: &'a Client,
    limit: &'a SignInLimit<'a>,
    cookie: &'a SessionCookie<'a>,
    form: &'a Submitted,
}

impl Stranger<'_> {
    /// Joins as a newcomer, or signs in and accepts.
    async fn accept(&self, token: &str) -> Result<Go, Error> {
        let seen = preview::seen_as(self.usher, token, seen_by(self.form), None).await?;
        match seen.standing {
            Standing::Newcomer => match self.join(token).await {
                Err(
                    Error::SignInRequired
                    | Error::Account(AccountError::AddressTaken)
                    | Error::Invitation(InvitationError::Accepted),
                ) => self.repeat(token, &seen).await,
                outcome => outcome,
            },
            Standing::SignIn => {
                let opened = self.sign_in(None).await?;
                self.accept_as(&opened, token).await
            }
            Standing::Accepted => self.repeat(token, &seen).await,
            closed => Err(accept::refusal(closed)),
        }
    }

    async fn join(&self, token: &str) -> Result<Go, Error> {
        let mut fields = Fields::of(self.form);
        let username = if self.usher.config.usernames_enabled { fields.optional("username") } else { None };
        let full_name = fields.optional("fullName");
        let password = fields.required("password");
        let newcomer = fields.finish(|| Some(Newcomer { username, full_name, password: password?, picture: None }))?;
        let (joined, opened) =
            newcomer::as_newcomer(self.usher, token, seen_by(self.form), newcomer, self.client).await?;
        self.cookie.set(&opened);
        Ok(welcome(&joined))
    }

    /// The form of a used invitation. Whoever has its password has sent it twice, or has not seen the first answer.
    async fn repeat(&self, token: &str, seen: &Preview) -> Result<Go, Error> {
        match self.sign_in(Some(&seen.invitation.address)).await {
            Ok(opened) => self.accept_as(&opened, token).await,
            Err(Error::Invalid(_) | Error::Account(_) | Error::TooMany { .. }) => Err(InvitationError::Accepted.into()),
            Err(error) => Err(error),
        }
    }

    /// Signs in, with the name that was sent, else with this one. Accepting is a step of its own: a further proof would
    /// come in between.
    async fn sign_in(&self, or_as: Option<&str>) -> Result<Opened, Error> {
        self.limit.count()?;
        let mut fields = Fields::of(self.form);
        let login = fields.optional::<NotEmpty>("email").map(|login| Login::pasted(login.as_str()));
        let login = login.or_else(|| or_as.map(Login::read));
        let password = fields.required::<GivenPassword>("password");
        if login.is_none() {
            fields.fault(Fault { field: "email", rule: Rule::Required });
        }
        let (login, password) = fields.finish(|| Some((login?, password?)))?;
        sign_in::sign_in_discreetly(self.usher, &login, password.secret(), self.client).await
    }

    /// Accepts with a session just opened. If that is refused, the visitor stays signed in and sees why.
    async fn accept_as(&self, opened: &Opened, token: &str) -> Result<Go, Error> {
        self.cookie.set(opened);
        let actor = sessions::actor(self.usher, opened, self.client).await?;
        match accept_as(self.usher, &actor, token, seen_by(self.form)).await {
            Err(refused) if is_about_state(&refused) => Ok(Go::to(format!("/invitations/{token}"))),
            outcome => outcome,
        }
    }
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
        Err(error @ (Error::Unavailable(_) | Error::Internal(_) | Error::Collision | Error::Repeated)) => {
            Err(error.into())
        }
        Err(_) => Ok(Err(page(usher, &visitor, token, None).await?)),
    }
}

#[post("/invitations/<token>/ask", data = "<_form>")]
async fn ask_for_link(usher: &State<Usher>, visitor: Visitor, token: &str, _form: Submitted) -> FormResult {
    match decline::ask_for_link(usher, token).await {
        Ok(()) => Ok(Ok(Go::to(format!("/invitations/{token}")).saying(Notice::LinkAsked))),
        Err(error @ (Error::Unavailable(_) | Error::Internal(_) | Error::Collision | Error::Repeated)) => {
            Err(error.into())
        }
        Err(_) => Ok(Err(page(usher, &visitor, token, None).await?)),
    }
}

pub(super) fn routes() -> Vec<Route> {
    routes![show, accept_link, accept_as_mine, decline_link, ask_for_link]
}
