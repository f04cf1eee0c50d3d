//! Who has access to an environment, who is invited, and a form for the next one.

use rocket::{Route, State, get, post, routes};
use serde_json::{Value, json};

use super::environments::environment_page;
use super::lists::part_links;
use super::places::member_row;
use super::times::Time;
use super::{Done, FormState, Go, Notice, Shown, SignedIn, Submitted};
use crate::clock::Timestamp;
use crate::domain::access::policy;
use crate::domain::environments::{look, members};
use crate::domain::invitations::invite::{Ask, Newcomers, invite};
use crate::domain::invitations::list;
use crate::domain::invitations::standing::is_expired;
use crate::domain::offer::Level;
use crate::domain::users::activation::is_deactivated;
use crate::email_address::EmailAddress;
use crate::entity::invitation::InvitationState;
use crate::entity::outbox::MailState;
use crate::fields::Fields;
use crate::ids::EnvironmentId;
use crate::outbox::reason::Told;
use crate::store::environments::Access;
use crate::store::invitations::{Open, Wanted};
use crate::store::members::Admitted;
use crate::usher::Usher;

/// Which parts of the two lists are shown.
#[derive(Clone, Copy, Debug, Default)]
struct Parts {
    members_after: Option<i64>,
    pending_before: Option<i64>,
}

async fn page(usher: &Usher, user: &SignedIn, id: EnvironmentId, parts: Parts, form: FormState) -> Shown {
    let access = look::access(usher, &user.actor, id).await?;
    let is_admin = policy::may_administer(&access);
    let now = usher.now();
    let path = format!("/environments/{id}/sharing");

    let members = members::page(usher, &user.actor, id, parts.members_after.unwrap_or(0)).await?;
    let rows: Vec<Value> = members.rows.iter().map(|member| row(&access, member, user, now)).collect();
    let (older, newest) = part_links(&path, "members", members.next, parts.members_after.is_none());
    let shown = json!({
        "is_admin": is_admin,
        "members": rows,
        "members_older": older,
        "members_newest": newest,
    });
    let page = environment_page("environments/sharing", user, &access, shown);
    if !is_admin {
        return Ok(page);
    }
    let before = parts.pending_before.unwrap_or(i64::MAX);
    let wanted = Wanted { state: InvitationState::Pending, search: "", before };
    let pending = list::of_place(usher, &user.actor, &access.place(), wanted).await?.page;
    let rows: Vec<Value> = pending.rows.iter().map(|open| pending_row(open, now)).collect();
    let (older, newest) = part_links(&path, "pending", pending.next, parts.pending_before.is_none());
    Ok(page.with("pending", rows).with("pending_older", older).with("pending_newest", newest).with_form(form))
}

fn row(access: &Access, admitted: &Admitted, user: &SignedIn, now: Timestamp) -> Value {
    let member = &admitted.membership;
    let mut row = member_row(admitted, member.id.0, user, now);
    let is_owner = policy::is_owners(access, member);
    let is_admin = member.level.is_admin();
    row["right"] = json!(if is_owner { "owner" } else { member.level.word() });
    row["may"] = json!({
        "demote": is_admin && !is_owner,
        "promote": !is_admin && !is_owner && !is_deactivated(member.deactivated_at, now),
        "remove": !is_owner,
    });
    row
}

/// An open invitation as the template `macros/pending.html` takes it.
pub(super) fn pending_row(open: &Open, now: Timestamp) -> Value {
    let mail = match open.mail_state {
        Some(MailState::Queued) => "queued",
        Some(MailState::Failed) => "failed",
        Some(MailState::Sent | MailState::Dropped) | None => "sent",
    };
    let state = match open.state {
        InvitationState::Pending => "pending",
        InvitationState::Accepted => "accepted",
        InvitationState::Declined => "declined",
        InvitationState::Revoked => "revoked",
        InvitationState::Superseded => "superseded",
    };
    let reason = open.mail_fault.as_deref().and_then(|stored| {
        if open.is_address_hidden { Told::without_recipient(stored) } else { Some(Told::of(stored)) }
    });
    json!({
        "id": open.id,
        "state": state,
        "address": open.invitee,
        "right": open.level.word(),
        "inviter": open.inviter_name,
        "void": open.inviter_name.is_none() || is_deactivated(open.inviter_deactivated_at, now),
        "sent": Time::new(open.sent_at, now),
        "expires": Time::new(open.expires_at, now),
        "expired": is_expired(open.expires_at, now),
        "mail": { "state": mail, "reason": reason },
        "wants_new_link": open.link_asked_at.is_some(),
    })
}

#[get("/environments/<id>/sharing?<members>&<pending>")]
async fn show(
    usher: &State<Usher>,
    user: SignedIn,
    id: EnvironmentId,
    members: Option<i64>,
    pending: Option<i64>,
) -> Shown {
    let parts = Parts { members_after: members, pending_before: pending };
    page(usher, &user, id, parts, FormState::empty()).await
}

#[post("/environments/<id>/sharing", data = "<form>")]
async fn send(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, form: Submitted) -> Done {
    let outcome = async {
        let mut fields = Fields::of(&form);
        let address = fields.required::<EmailAddress>("userEmail");
        let is_admin = fields.optional("isAdmin").unwrap_or(false);
        let address = fields.finish(|| address)?;
        let level = Level::from_is_admin(is_admin);
        invite(usher, &user.actor, &Ask::to_environment(id, level, address, Newcomers::Welcome)).await
    };
    match outcome.await {
        Ok(invited) => {
            let notice = if invited.superseded { Notice::InvitedSuperseded } else { Notice::Invited };
            Ok(Ok(back(id).saying(notice)))
        }
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(page(usher, &user, id, Parts::default(), state).await?))
        }
    }
}

fn back(environment_id: EnvironmentId) -> Go {
    Go::to(format!("/environments/{environment_id}/sharing"))
}

pub fn routes() -> Vec<Route> {
    routes![show, send]
}
