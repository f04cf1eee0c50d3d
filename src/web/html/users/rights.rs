//! A user's global rights: assign or revoke a role or permission, make a superuser.

use rocket::{Route, State, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::narrowed::NarrowedRight;
use super::super::permissions::described;
use super::super::{Failure, FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted, View};
use super::views::Person;
use super::{UserParts, overview, path_of};
use crate::domain::access::assignments::{self, Assignment};
use crate::domain::access::choices::{Choice, choices};
use crate::domain::access::rights::{SystemPermission, right_for};
use crate::domain::access::superusers;
use crate::domain::users::people::{self, Overview};
use crate::error::Error;
use crate::fault::{Fault, Rule};
use crate::fields::{Fields, ResourceId};
use crate::ids::{AssignmentId, DefinitionKind, UserId};
use crate::store::assignments::Global;
use crate::usher::Usher;
use crate::web::path_id::Uid;
use crate::words::Language;

/// A global right of a user.
#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct HeldRow {
    id: AssignmentId,
    #[serde(flatten)]
    right: NarrowedRight,
    description: Option<String>,
    is_role: bool,
    takeable: bool,
}

impl HeldRow {
    pub fn all(seen: &Overview, language: Language) -> Vec<Self> {
        let row = |Global { id, granted: held }: &Global| {
            // Only system ones have these names: they are reserved among permissions.
            let system = SystemPermission::from_name(&held.name).filter(|_| !held.is_role());
            Self {
                id: *id,
                right: held.into(),
                description: described(language, system, held.description.as_deref()),
                is_role: held.is_role(),
                takeable: seen.rights.hold(right_for(held.definition.kind()), None),
            }
        };
        seen.global.rows.iter().map(row).collect()
    }
}

/// The global rights that the visitor may assign.
#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct OfferedRights {
    roles: Vec<OfferedRight>,
    permissions: Vec<OfferedRight>,
    more: bool,
}

#[derive(Clone, Debug, Serialize)]
struct OfferedRight {
    value: String,
    name: String,
}

impl OfferedRights {
    pub async fn to(usher: &Usher, user: &SignedIn) -> Result<Self, Error> {
        let choices = choices(usher, &user.actor, None).await?;
        let offered = |kind: &str, choices: &[Choice]| {
            let one =
                |choice: &Choice| OfferedRight { value: format!("{kind}:{}", choice.uid), name: choice.name.clone() };
            choices.iter().map(one).collect()
        };
        Ok(Self {
            roles: offered("role", &choices.roles),
            permissions: offered("permission", &choices.permissions),
            more: choices.more,
        })
    }
}

/// The right to assign, and its resource.
fn wanted(form: &Submitted, uid: &str) -> Result<Assignment, Error> {
    let mut fields = Fields::of(form);
    let named = match form.get("right").and_then(|right| right.split_once(':')) {
        Some((kind, uid)) => {
            let kind = DefinitionKind::ALL.into_iter().find(|of| of.name() == kind);
            kind.zip(Uid::read(uid)).map(|(kind, uid)| (kind, uid.0.to_owned()))
        }
        None => None,
    };
    if named.is_none() {
        fields.fault(Fault { field: "right", rule: Rule::Required });
    }
    let resource_id = fields.optional::<ResourceId>("resourceId").map(String::from);
    fields.finish(|| {
        let ((kind, right), user_uid) = (named?, uid.to_owned());
        Some(Assignment { user_uid, org_uid: None, kind, uid: right, resource_id })
    })
}

#[post("/users/<uid>/rights", data = "<form>")]
async fn give(usher: &State<Usher>, user: SignedIn, uid: Uid<'_>, form: Submitted) -> FormResult {
    let outcome = async { assignments::assign(usher, &user.actor, wanted(&form, uid.0)?).await };
    match outcome.await {
        Ok(()) => Ok(Ok(Go::to(path_of(uid.0)).saying(Notice::Saved))),
        Err(error @ Error::NotFound(_)) => Err(error.into()),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(overview(usher, &user, uid.0, UserParts::first(), state).await?))
        }
    }
}

/// Confirmation before a right is revoked.
#[derive(Serialize)]
pub(in crate::web::html) struct TakeBackView {
    person: NamedPerson,
    right: Taken,
}

impl View for TakeBackView {
    const TEMPLATE: &'static str = "users/take_back";
}

#[derive(Serialize)]
struct NamedPerson {
    uid: String,
    name: String,
}

#[derive(Serialize)]
struct Taken {
    id: AssignmentId,
    #[serde(flatten)]
    right: NarrowedRight,
    is_role: bool,
}

#[get("/users/<uid>/rights/<right>/take-back")]
async fn ask_to_take_back(usher: &State<Usher>, user: SignedIn, uid: Uid<'_>, right: AssignmentId) -> PageResult {
    let (found, held) = assignments::find_global(usher, &user.actor, uid.0, right).await?;
    let view = TakeBackView {
        person: NamedPerson { uid: uid.0.to_owned(), name: found.full_name },
        right: Taken { id: held.id, right: (&held.granted).into(), is_role: held.granted.is_role() },
    };
    Ok(Page::new(&user.visitor, &view))
}

#[post("/users/<uid>/rights/<right>/take-back", data = "<_form>")]
async fn take_back(
    usher: &State<Usher>,
    user: SignedIn,
    uid: Uid<'_>,
    right: AssignmentId,
    _form: Submitted,
) -> Result<Go, Failure> {
    let of = assignments::take_back_global(usher, &user.actor, uid.0, right).await?;
    Ok(on_to(&user, of, uid.0).saying(Notice::TakenBack))
}

/// Back to the user. After revoking one of their own rights, the visitor may no longer have access to that page.
fn on_to(user: &SignedIn, of: UserId, uid: &str) -> Go {
    if user.actor.user_id == of { Go::to("/") } else { Go::to(path_of(uid)) }
}

/// Confirmation before a user becomes a superuser.
#[derive(Serialize)]
pub(in crate::web::html) struct MakeSuperuserView {
    person: Person,
}

impl View for MakeSuperuserView {
    const TEMPLATE: &'static str = "users/make_superuser";
}

/// Confirmation before a superuser is demoted.
#[derive(Serialize)]
pub(in crate::web::html) struct UnmakeSuperuserView {
    person: Person,
    me_too: bool,
}

impl View for UnmakeSuperuserView {
    const TEMPLATE: &'static str = "users/unmake_superuser";
}

#[get("/users/<uid>/superuser")]
async fn ask_to_make(usher: &State<Usher>, user: SignedIn, uid: Uid<'_>) -> PageResult {
    let seen = look_as_superuser(usher, &user, uid.0).await?;
    let person = Person::of(&seen.person.listed, usher.now());
    Ok(Page::new(&user.visitor, &MakeSuperuserView { person }))
}

#[post("/users/<uid>/superuser", data = "<_form>")]
async fn make(usher: &State<Usher>, user: SignedIn, uid: Uid<'_>, _form: Submitted) -> Result<Go, Failure> {
    superusers::make(usher, &user.actor, uid.0).await?;
    Ok(Go::to(path_of(uid.0)).saying(Notice::SuperuserMade))
}

#[get("/users/<uid>/superuser/take-back")]
async fn ask_to_unmake(usher: &State<Usher>, user: SignedIn, uid: Uid<'_>) -> PageResult {
    let seen = look_as_superuser(usher, &user, uid.0).await?;
    let person = Person::of(&seen.person.listed, usher.now());
    let me_too = seen.person.listed.id == user.actor.user_id;
    Ok(Page::new(&user.visitor, &UnmakeSuperuserView { person, me_too }))
}

#[post("/users/<uid>/superuser/take-back", data = "<_form>")]
async fn unmake(usher: &State<Usher>, user: SignedIn, uid: Uid<'_>, _form: Submitted) -> Result<Go, Failure> {
    let of = superusers::unmake(usher, &user.actor, uid.0).await?;
    Ok(on_to(&user, of, uid.0).saying(Notice::TakenBack))
}

/// A user, if the visitor is a superuser.
async fn look_as_superuser(usher: &Usher, user: &SignedIn, uid: &str) -> Result<Overview, Error> {
    let seen = people::look(usher, &user.actor, uid, 0).await?;
    if seen.rights.are_superusers() { Ok(seen) } else { Err(Error::Forbidden) }
}

#[cfg(test)]
impl Sample for HeldRow {
    fn samples() -> Vec<Self> {
        let row = |right, yes: bool| Self {
            id: AssignmentId(7),
            right,
            description: yes.then(|| "Changes what is there".to_owned()),
            is_role: yes,
            takeable: yes,
        };
        NarrowedRight::samples().into_iter().zip([true, false]).map(|(right, yes)| row(right, yes)).collect()
    }
}

#[cfg(test)]
impl Sample for OfferedRights {
    fn samples() -> Vec<Self> {
        let right = || vec![OfferedRight { value: "role:0198c2f1".to_owned(), name: "editor".to_owned() }];
        vec![
            Self { roles: right(), permissions: right(), more: true },
            Self { roles: Vec::new(), permissions: Vec::new(), more: false },
        ]
    }
}

#[cfg(test)]
impl Sample for TakeBackView {
    fn samples() -> Vec<Self> {
        let view = |(right, is_role)| Self {
            person: NamedPerson { uid: "0198c2f1".to_owned(), name: "Tomas Vale".to_owned() },
            right: Taken { id: AssignmentId(7), right, is_role },
        };
        NarrowedRight::samples().into_iter().zip([true, false]).map(view).collect()
    }
}

#[cfg(test)]
impl Sample for MakeSuperuserView {
    fn samples() -> Vec<Self> {
        vec![Self { person: Person::sample() }]
    }
}

#[cfg(test)]
impl Sample for UnmakeSuperuserView {
    fn samples() -> Vec<Self> {
        [true, false].map(|me_too| Self { person: Person::sample(), me_too }).into()
    }
}

pub fn routes() -> Vec<Route> {
    routes![give, ask_to_take_back, take_back, ask_to_make, make, ask_to_unmake, unmake]
}
