//! The page of an invitation, and the list of the visitor's open invitations.

pub(super) mod ticket;
pub(super) mod views;

use rocket::{Route, State, get, post, routes};

use super::lists::PartLinks;
use super::{Failure, FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted};
use crate::domain::accounts::proof::Proved;
use crate::domain::invitations::accept::{self, Joined};
use crate::domain::invitations::{decline, list};
use crate::fields::{Fields, TypedCode};
use crate::ids::InvitationId;
use crate::usher::Usher;
use views::InvitationsView;
pub(super) use views::Waiting;

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
        let code = fields.required::<TypedCode>("inviteCode");
        let TypedCode(code) = fields.finish(|| code)?;
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
    let of_list = routes![mine, accept_code, accept_listed, decline_listed];
    [ticket::routes(), of_list].concat()
}
