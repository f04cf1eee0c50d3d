//! Members and open invitations of an environment, and the form to invite.

use rocket::{Route, State, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::Sample;
use super::environments::head;
use super::lists::PartLinks;
use super::note;
use super::pending::PendingRow;
use super::places::{MayDo, MemberRights, MemberRow, PlaceHead};
use super::{FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted, View};
use crate::clock::Timestamp;
use crate::domain::access::policy;
use crate::domain::environments::{look, members};
use crate::domain::invitations::invite::{Ask, Newcomers, invite};
use crate::domain::invitations::list;
use crate::domain::offer::Level;
use crate::domain::places::PlaceAccess;
use crate::domain::users::activation::is_deactivated;
use crate::entity::invitation::InvitationState;
use crate::error::Error;
use crate::fields::Fields;
use crate::ids::EnvironmentId;
use crate::mailboxes::NamedAddress;
use crate::store::environments::Access;
use crate::store::invitation_lists::Wanted;
use crate::store::members::Admitted;
use crate::usher::Usher;

/// The requested pages of the two lists.
#[derive(Clone, Copy, Debug, Default)]
struct Parts {
    members_after: Option<i64>,
    pending_before: Option<i64>,
}

#[derive(Serialize)]
pub(super) struct SharingView {
    #[serde(flatten)]
    head: PlaceHead,
    is_admin: bool,
    members: Vec<MemberRow>,
    members_pages: PartLinks,
    /// For administrators only.
    #[serde(flatten)]
    inviting: Option<Inviting>,
}

/// The open invitations, and the form to invite.
#[derive(Serialize)]
struct Inviting {
    pending: Vec<PendingRow>,
    pending_pages: PartLinks,
    /// Whether the visitor may write a note.
    may_note: bool,
    form: FormState,
}

impl View for SharingView {
    const TEMPLATE: &'static str = "environments/sharing";

    fn forms(&self) -> Vec<&FormState> {
        self.inviting.iter().map(|inviting| &inviting.form).collect()
    }
}

async fn page(usher: &Usher, user: &SignedIn, id: EnvironmentId, parts: Parts, form: FormState) -> PageResult {
    let access = look::access(usher, &user.actor, id).await?;
    let is_admin = policy::may_administer(&access);
    let now = usher.now();
    let members = members::page(usher, &access, parts.members_after.unwrap_or(0)).await?;
    let view = SharingView {
        head: head(&access),
        is_admin,
        members: members.rows.iter().map(|member| row(&access, member, user, now)).collect(),
        members_pages: PartLinks::new(&path_of(id), "members", members.next, parts.members_after.is_none()),
        inviting: if is_admin { Some(inviting(usher, user, &access, parts.pending_before, form).await?) } else { None },
    };
    Ok(Page::new(&user.visitor, &view))
}

async fn inviting(
    usher: &Usher,
    user: &SignedIn,
    access: &Access,
    before: Option<i64>,
    form: FormState,
) -> Result<Inviting, Error> {
    let wanted = Wanted { state: InvitationState::Pending, search: "", before: before.unwrap_or(i64::MAX) };
    let place = PlaceAccess::Environment(access.clone());
    let pending = list::of_place(usher, &place, wanted).await?.page;
    let now = usher.now();
    Ok(Inviting {
        pending: pending.rows.iter().map(|open| PendingRow::of(open, now)).collect(),
        pending_pages: PartLinks::new(&path_of(access.environment_id), "pending", pending.next, before.is_none()),
        may_note: user.actor.verified,
        form,
    })
}

fn row(access: &Access, admitted: &Admitted, user: &SignedIn, now: Timestamp) -> MemberRow {
    let member = &admitted.membership;
    let is_owner = policy::is_owners(access, member);
    let is_admin = member.level.is_admin();
    let may = MayDo {
        demote: is_admin && !is_owner,
        promote: !is_admin && !is_owner && !is_deactivated(member.deactivated_at, now),
        change: false,
        remove: !is_owner,
    };
    let right = Some(if is_owner { "owner" } else { member.level.word() });
    MemberRow::new(admitted, member.id.0, user, now, MemberRights { right, rights: Vec::new(), may })
}

fn path_of(id: EnvironmentId) -> String {
    format!("/environments/{id}/sharing")
}

#[get("/environments/<id>/sharing?<members>&<pending>")]
async fn show(
    usher: &State<Usher>,
    user: SignedIn,
    id: EnvironmentId,
    members: Option<i64>,
    pending: Option<i64>,
) -> PageResult {
    let parts = Parts { members_after: members, pending_before: pending };
    page(usher, &user, id, parts, FormState::empty()).await
}

#[post("/environments/<id>/sharing", data = "<form>")]
async fn send(usher: &State<Usher>, user: SignedIn, id: EnvironmentId, form: Submitted) -> FormResult {
    let outcome = async {
        let mut fields = Fields::of(&form);
        let address = fields.required::<NamedAddress>("userEmail");
        let is_admin = fields.optional("isAdmin").unwrap_or(false);
        let note = fields.optional("note");
        let address = fields.finish(|| address)?;
        let level = Level::from_is_admin(is_admin);
        let ask = Ask { note, ..Ask::to_environment(id, level, address, Newcomers::Welcome) };
        invite(usher, &user.actor, &ask).await
    };
    match outcome.await {
        Ok(invited) => {
            let notice = if invited.superseded { Notice::InvitedSuperseded } else { Notice::Invited };
            Ok(Ok(Go::to(path_of(id)).saying(notice)))
        }
        Err(error) => {
            let state = note::again(&form, error)?;
            Ok(Err(page(usher, &user, id, Parts::default(), state).await?))
        }
    }
}

#[cfg(test)]
impl Sample for SharingView {
    fn samples() -> Vec<Self> {
        let view = |members, members_pages, inviting: Option<Inviting>| Self {
            head: PlaceHead::sample(),
            is_admin: inviting.is_some(),
            members,
            members_pages,
            inviting,
        };
        let inviting = |pending, pending_pages| {
            Some(Inviting { pending, pending_pages, may_note: true, form: FormState::sample() })
        };
        let full = inviting(PendingRow::samples(), PartLinks::sample());
        vec![
            view(MemberRow::samples(), PartLinks::sample(), full),
            view(Vec::new(), PartLinks::sample(), inviting(Vec::new(), PartLinks::sample())),
            view(MemberRow::samples(), PartLinks::default(), inviting(Vec::new(), PartLinks::default())),
            view(MemberRow::samples(), PartLinks::default(), None),
        ]
    }
}

pub fn routes() -> Vec<Route> {
    routes![show, send]
}
