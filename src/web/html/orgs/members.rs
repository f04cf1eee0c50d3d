//! Members of an org: search, overview of rights, change rights, remove.

use std::collections::HashMap;

use rocket::{Route, State, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::lists::{Search, SearchLinks, searched};
use super::super::narrowed::NarrowedRight;
use super::super::places::{MayDo, MemberRights, MemberRow, PlaceHead, PlaceView};
use super::super::ticked::{Boxes, Ticked};
use super::super::{FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted, View};
use super::views::May;
use super::{head, path_of};
use crate::domain::access::choices::{Choice, Choices, choices};
use crate::domain::access::rights::SystemPermission;
use crate::domain::offer::Level;
use crate::domain::orgs::granting::{self, RightsUpdate};
use crate::domain::orgs::{self, Seen, members};
use crate::ids::{AssignmentId, UserId};
use crate::store::PAGE;
use crate::store::assignments::InOrg;
use crate::store::members::{Admitted, Wanted};
use crate::usher::Usher;
use crate::web::path_id::{PlaceKey, Uid};

#[derive(Serialize)]
pub(in crate::web::html) struct MembersView {
    #[serde(flatten)]
    head: PlaceHead,
    may: May,
    members: Vec<MemberRow>,
    search: String,
    /// The role or permission by which the list is filtered.
    having: Option<String>,
    #[serde(flatten)]
    links: SearchLinks,
}

impl View for MembersView {
    const TEMPLATE: &'static str = "orgs/members";
}

/// A member's rights, and the form to change them.
#[derive(Serialize)]
pub(in crate::web::html) struct MemberView {
    place: PlaceView,
    may: May,
    member: Named,
    boxes: Boxes,
    others: Vec<Other>,
    form: FormState,
}

impl View for MemberView {
    const TEMPLATE: &'static str = "orgs/member";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

#[derive(Serialize)]
struct Named {
    id: UserId,
    name: String,
    email: String,
}

/// A right that no checkbox can express.
#[derive(Serialize)]
struct Other {
    id: AssignmentId,
    right: NarrowedRight,
    /// The visitor may not revoke it.
    fixed: bool,
}

#[get("/orgs/<slug>/members?<search>&<having>&<after>")]
async fn list(
    usher: &State<Usher>,
    user: SignedIn,
    slug: PlaceKey<'_>,
    search: Search,
    having: Option<&str>,
    after: Option<i64>,
) -> PageResult {
    let seen = orgs::look(usher, &user.actor, slug.0).await?;
    // Nobody has what has no uid.
    let having = having.map(|uid| Uid::read(uid).map_or("", |uid| uid.0));
    let wanted = Wanted { search: &search, having, after: after.unwrap_or(0), limit: PAGE };
    let (page, held) = members::page(usher, &seen, wanted).await?;
    let mut by_user: HashMap<UserId, Vec<&InOrg>> = HashMap::new();
    for held in &held {
        by_user.entry(held.user_id).or_default().push(held);
    }
    let now = usher.now();
    let hold = |permission| seen.rights.hold(permission, Some(seen.org.id));
    let assigns = hold(SystemPermission::RoleAssignmentWrite) || hold(SystemPermission::PermissionAssignmentWrite);
    let row = |admitted: &Admitted| {
        let member = &admitted.membership;
        let held = by_user.get(&member.user_id).map_or(&[][..], Vec::as_slice);
        let is_admin = held.iter().any(|held| held.granted.is_administration());
        let rights = held.iter().filter(|held| !held.granted.is_administration());
        let rights = rights.map(|held| NarrowedRight::from(&held.granted));
        let rights = MemberRights {
            right: is_admin.then_some(Level::Administrator.word()),
            rights: rights.collect(),
            may: MayDo { change: assigns, remove: hold(SystemPermission::UserWrite), ..MayDo::default() },
        };
        MemberRow::new(admitted, member.user_id.0, &user, now, rights)
    };
    let path = format!("{}/members", path_of(&seen));
    let mut list = searched(&path, &search);
    if let Some(uid) = having {
        let query: String = form_urlencoded::Serializer::new(String::new()).append_pair("having", uid).finish();
        list = format!("{list}{}{query}", if list.contains('?') { '&' } else { '?' });
    }
    let view = MembersView {
        head: head(&seen),
        may: May::of(&seen),
        members: page.rows.iter().map(row).collect(),
        search: search.to_string(),
        having: having.map(|uid| name_of(&held, uid).to_owned()),
        links: SearchLinks::new(&list, "after", &page, after.is_none()),
    };
    Ok(Page::new(&user.visitor, &view))
}

/// The name of the role or permission with this uid, if a member on the page has it.
fn name_of<'a>(held: &'a [InOrg], uid: &str) -> &'a str {
    held.iter().find(|held| held.granted.uid == uid).map_or("", |held| held.granted.name.as_str())
}

/// A member's rights, split into what the checkboxes can express, and the rest.
struct Held {
    ticked: Ticked,
    others: Vec<Other>,
}

impl Held {
    fn of(held: &[InOrg], choices: &Choices, seen: &Seen) -> Self {
        let mut ticked = Ticked::default();
        let mut others = Vec::new();
        for one in held {
            let held = &one.granted;
            let choice = |list: &[Choice]| {
                let found = list.iter().find(|choice| choice.id == held.definition);
                found.filter(|_| held.resource_id.is_none()).map(|choice| choice.uid.clone())
            };
            if held.is_administration() && choices.administrator {
                ticked.administrator = true;
            } else if let Some(uid) = choice(&choices.roles) {
                ticked.roles.push(uid);
            } else if let Some(uid) = choice(&choices.permissions) {
                ticked.permissions.push(uid);
            } else {
                let fixed = held.is_administration() || !granting::may_take(&seen.rights, seen.org.id, one);
                others.push(Other { id: one.id, right: held.into(), fixed });
            }
        }
        Self { ticked, others }
    }
}

async fn page(
    usher: &Usher,
    user: &SignedIn,
    seen: &Seen,
    user_id: UserId,
    again: Option<(Ticked, FormState)>,
) -> PageResult {
    let (member, held) = granting::find(usher, &user.actor, &seen.org, user_id).await?;
    let choices = choices(usher, &user.actor, Some(seen.org.id)).await?;
    let Held { ticked, others } = Held::of(&held, &choices, seen);
    let (ticked, form) = again.unwrap_or((ticked, FormState::empty()));
    let view = MemberView {
        place: PlaceView::of(&seen.org.place()),
        may: May::of(seen),
        member: Named { id: user_id, name: member.called().to_owned(), email: member.address },
        boxes: ticked.boxes(&choices),
        others,
        form,
    };
    Ok(Page::new(&user.visitor, &view))
}

#[get("/orgs/<slug>/members/<id>")]
async fn show(usher: &State<Usher>, user: SignedIn, slug: PlaceKey<'_>, id: UserId) -> PageResult {
    let seen = orgs::look(usher, &user.actor, slug.0).await?;
    page(usher, &user, &seen, id, None).await
}

#[post("/orgs/<slug>/members/<id>", data = "<form>")]
async fn change(usher: &State<Usher>, user: SignedIn, slug: PlaceKey<'_>, id: UserId, form: Submitted) -> FormResult {
    let seen = orgs::look(usher, &user.actor, slug.0).await?;
    let ticked = Ticked::of(&form);
    let kept = form.all("keep");
    let dropped = form.all("shown").into_iter().filter(|id| !kept.contains(id)).filter_map(|id| id.parse().ok());
    let update =
        RightsUpdate { grants: ticked.grants(None), administrator: ticked.administrator, dropped: dropped.collect() };
    match granting::set_rights(usher, &user.actor, &seen.org, id, update).await {
        Ok(()) => Ok(Ok(Go::to(format!("{}/members", path_of(&seen))).saying(Notice::Saved))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(page(usher, &user, &seen, id, Some((ticked, state))).await?))
        }
    }
}

#[cfg(test)]
impl Sample for MembersView {
    fn samples() -> Vec<Self> {
        let view = |members, search: &str, having: Option<&str>, links| Self {
            head: PlaceHead::sample(),
            may: May::sample(),
            members,
            search: search.to_string(),
            having: having.map(str::to_owned),
            links,
        };
        vec![
            view(MemberRow::samples(), "tomas", Some("editor"), SearchLinks::sample()),
            view(Vec::new(), "", None, SearchLinks::sample()),
            view(Vec::new(), "tomas", None, SearchLinks::default()),
        ]
    }
}

#[cfg(test)]
impl Sample for MemberView {
    fn samples() -> Vec<Self> {
        let view = |may, boxes, others| Self {
            place: PlaceView::sample(),
            may,
            member: Named { id: UserId(7), name: "Tomas Vale".to_owned(), email: "tomas@harbor.test".to_owned() },
            boxes,
            others,
            form: FormState::sample(),
        };
        let others = NarrowedRight::samples().into_iter().zip([true, false]);
        let others = others.map(|(right, fixed)| Other { id: AssignmentId(7), right, fixed }).collect();
        let none = || Boxes::samples().remove(1);
        vec![
            view(May::sample(), Boxes::sample(), others),
            view(May::sample(), none(), Vec::new()),
            view(May::samples().remove(1), none(), Vec::new()),
        ]
    }
}

pub fn routes() -> Vec<Route> {
    routes![list, show, change]
}
