//! Permissions and roles of an org or of the installation: list, create, change, delete.

mod form;
pub(super) mod lists;
pub(super) mod views;

use rocket::{Route, State, get, post, routes};

use self::form::{Input, RoleChoices, ticked};
use self::views::{DeleteRightView, DeleteRoleView, NamedRight, OrgRoleView, PermissionView, RoleView};
use super::places::PlaceView;
use super::{Failure, FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted};
use crate::domain::access::definitions::usable::usable;
use crate::domain::access::definitions::{self, Change, Described, New};
use crate::domain::orgs::{self, Seen};
use crate::error::{AccessError, Error, Thing};
use crate::ids::DefinitionKind;
use crate::ids::OrgId;
use crate::usher::Usher;
use crate::web::path_id::{PlaceKey, Uid};

/// The scope of permissions and roles. The installation has roles only.
enum Scope {
    Installation,
    Org(Seen),
}

impl Scope {
    async fn of_org(usher: &Usher, user: &SignedIn, slug: &str) -> Result<Self, Error> {
        Ok(Self::Org(orgs::look(usher, &user.actor, slug).await?))
    }

    fn org_id(&self) -> Option<OrgId> {
        match self {
            Self::Installation => None,
            Self::Org(seen) => Some(seen.org.id),
        }
    }

    fn org_uid(&self) -> Option<String> {
        match self {
            Self::Installation => None,
            Self::Org(seen) => Some(seen.org.uid.clone()),
        }
    }

    /// The path of the lists.
    fn list(&self) -> String {
        match self {
            Self::Installation => "/roles".to_owned(),
            Self::Org(seen) => format!("{}/roles", super::orgs::path_of(seen)),
        }
    }
}

/// The form of a new or existing permission or role.
async fn form_page(
    usher: &Usher,
    user: &SignedIn,
    scope: &Scope,
    kind: DefinitionKind,
    found: Option<&Described>,
    ticked: &[String],
    form: FormState,
) -> PageResult {
    let named = found.map(|found| NamedRight::of(&found.definition));
    let visitor = &user.visitor;
    Ok(match (scope, kind) {
        (Scope::Org(seen), DefinitionKind::Permission) => {
            let place = PlaceView::of(&seen.org.place());
            Page::new(visitor, &PermissionView { place, permission: named, form })
        }
        (Scope::Org(seen), DefinitionKind::Role) => {
            let place = PlaceView::of(&seen.org.place());
            let choices = choices(usher, user, scope, found, ticked).await?;
            Page::new(visitor, &OrgRoleView { place, role: named, choices, form })
        }
        (Scope::Installation, _) => {
            let choices = choices(usher, user, scope, found, ticked).await?;
            Page::new(visitor, &RoleView { role: named, choices, form })
        }
    })
}

/// The permissions to choose from for a role.
async fn choices(
    usher: &Usher,
    user: &SignedIn,
    scope: &Scope,
    found: Option<&Described>,
    ticked: &[String],
) -> Result<RoleChoices, Error> {
    let usable = usable(usher, &user.actor, scope.org_id(), found).await?;
    Ok(RoleChoices::of(&usable, ticked, user.visitor.language()))
}

async fn new_page(usher: &Usher, user: &SignedIn, scope: Scope, kind: DefinitionKind) -> PageResult {
    definitions::check_may_create(usher, &user.actor, kind, scope.org_id()).await?;
    form_page(usher, user, &scope, kind, None, &[], FormState::empty()).await
}

async fn create(usher: &Usher, user: &SignedIn, scope: Scope, kind: DefinitionKind, form: Submitted) -> FormResult {
    let outcome = async {
        definitions::check_may_create(usher, &user.actor, kind, scope.org_id()).await?;
        let Input { name, description, permissions } = Input::of(&form, kind)?;
        let new = New { name, description, permissions, scope: scope.org_uid() };
        definitions::create(usher, &user.actor, new).await
    };
    match outcome.await {
        Ok(_) => Ok(Ok(Go::to(scope.list()).saying(Notice::Created))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(form_page(usher, user, &scope, kind, None, &ticked(&form), state).await?))
        }
    }
}

/// The permission or role of this scope, if the visitor may change it.
async fn changeable(
    usher: &Usher,
    user: &SignedIn,
    scope: &Scope,
    kind: DefinitionKind,
    uid: &str,
) -> Result<Described, Error> {
    definitions::check_may_create(usher, &user.actor, kind, scope.org_id()).await?;
    let found = definitions::info(usher, &user.actor, kind, uid).await?;
    if found.definition.org_id != scope.org_id() {
        return Err(Error::NotFound(Thing::Definition(kind)));
    }
    if found.definition.is_system {
        return Err(AccessError::System(kind, found.definition.uid).into());
    }
    Ok(found)
}

async fn show(usher: &Usher, user: &SignedIn, scope: Scope, kind: DefinitionKind, uid: &str) -> PageResult {
    let found = changeable(usher, user, &scope, kind, uid).await?;
    let held: Vec<String> = found.permissions.iter().map(|held| held.permission_uid.clone()).collect();
    let description = found.definition.description.as_deref().unwrap_or_default();
    let form = FormState::of([("name", found.definition.name.as_str()), ("description", description)]);
    form_page(usher, user, &scope, kind, Some(&found), &held, form).await
}

async fn change(
    usher: &Usher,
    user: &SignedIn,
    scope: Scope,
    kind: DefinitionKind,
    uid: &str,
    form: Submitted,
) -> FormResult {
    let found = changeable(usher, user, &scope, kind, uid).await?;
    let outcome = async {
        let kept = match kind {
            DefinitionKind::Permission => Vec::new(),
            DefinitionKind::Role => usable(usher, &user.actor, scope.org_id(), Some(&found)).await?.fixed,
        };
        let Input { name, description, permissions } = Input::besides(&form, kind, &kept)?;
        let change = Change { name: Some(name), description: Some(description), permissions: Some(permissions) };
        definitions::edit(usher, &user.actor, kind, uid, change).await
    };
    match outcome.await {
        Ok(_) => Ok(Ok(Go::to(scope.list()).saying(Notice::Saved))),
        Err(error) => {
            let state = FormState::again(&form, error)?;
            Ok(Err(form_page(usher, user, &scope, kind, Some(&found), &ticked(&form), state).await?))
        }
    }
}

async fn ask_to_delete(usher: &Usher, user: &SignedIn, scope: Scope, kind: DefinitionKind, uid: &str) -> PageResult {
    let found = changeable(usher, user, &scope, kind, uid).await?;
    let named = NamedRight::of(&found.definition);
    Ok(match &scope {
        Scope::Installation => Page::new(&user.visitor, &DeleteRoleView { role: named }),
        Scope::Org(seen) => {
            let place = PlaceView::of(&seen.org.place());
            Page::new(&user.visitor, &DeleteRightView { place, what: kind.name(), thing: named })
        }
    })
}

async fn delete(usher: &Usher, user: &SignedIn, scope: Scope, kind: DefinitionKind, uid: &str) -> Result<Go, Failure> {
    changeable(usher, user, &scope, kind, uid).await?;
    definitions::delete(usher, &user.actor, kind, uid).await?;
    Ok(Go::to(scope.list()).saying(Notice::Deleted))
}

/// Routes of an org: `/orgs/<slug>/permissions` and `/orgs/<slug>/roles`.
mod of_org {
    use super::{DefinitionKind, Failure, FormResult, Go, PageResult, Scope, SignedIn, Submitted, Usher};
    use super::{PlaceKey, State, Uid, get, post};

    #[get("/orgs/<slug>/<kind>/new", rank = 2)]
    pub async fn new_page(
        usher: &State<Usher>,
        user: SignedIn,
        slug: PlaceKey<'_>,
        kind: DefinitionKind,
    ) -> PageResult {
        super::new_page(usher, &user, Scope::of_org(usher, &user, slug.0).await?, kind).await
    }

    #[post("/orgs/<slug>/<kind>/new", data = "<form>", rank = 2)]
    pub async fn create(
        usher: &State<Usher>,
        user: SignedIn,
        slug: PlaceKey<'_>,
        kind: DefinitionKind,
        form: Submitted,
    ) -> FormResult {
        super::create(usher, &user, Scope::of_org(usher, &user, slug.0).await?, kind, form).await
    }

    #[get("/orgs/<slug>/<kind>/<uid>", rank = 3)]
    pub async fn show(
        usher: &State<Usher>,
        user: SignedIn,
        slug: PlaceKey<'_>,
        kind: DefinitionKind,
        uid: Uid<'_>,
    ) -> PageResult {
        super::show(usher, &user, Scope::of_org(usher, &user, slug.0).await?, kind, uid.0).await
    }

    #[post("/orgs/<slug>/<kind>/<uid>", data = "<form>", rank = 3)]
    pub async fn change(
        usher: &State<Usher>,
        user: SignedIn,
        slug: PlaceKey<'_>,
        kind: DefinitionKind,
        uid: Uid<'_>,
        form: Submitted,
    ) -> FormResult {
        super::change(usher, &user, Scope::of_org(usher, &user, slug.0).await?, kind, uid.0, form).await
    }

    #[get("/orgs/<slug>/<kind>/<uid>/delete", rank = 2)]
    pub async fn ask_to_delete(
        usher: &State<Usher>,
        user: SignedIn,
        slug: PlaceKey<'_>,
        kind: DefinitionKind,
        uid: Uid<'_>,
    ) -> PageResult {
        super::ask_to_delete(usher, &user, Scope::of_org(usher, &user, slug.0).await?, kind, uid.0).await
    }

    #[post("/orgs/<slug>/<kind>/<uid>/delete", data = "<_form>", rank = 2)]
    pub async fn delete(
        usher: &State<Usher>,
        user: SignedIn,
        slug: PlaceKey<'_>,
        kind: DefinitionKind,
        uid: Uid<'_>,
        _form: Submitted,
    ) -> Result<Go, Failure> {
        super::delete(usher, &user, Scope::of_org(usher, &user, slug.0).await?, kind, uid.0).await
    }
}

/// Routes of the installation: `/roles`.
mod of_installation {
    use super::{Failure, FormResult, Go, PageResult, Scope, SignedIn, State, Submitted, Uid, Usher, get, post};

    const KIND: super::DefinitionKind = super::DefinitionKind::Role;

    #[get("/roles/new")]
    pub async fn new_page(usher: &State<Usher>, user: SignedIn) -> PageResult {
        super::new_page(usher, &user, Scope::Installation, KIND).await
    }

    #[post("/roles/new", data = "<form>")]
    pub async fn create(usher: &State<Usher>, user: SignedIn, form: Submitted) -> FormResult {
        super::create(usher, &user, Scope::Installation, KIND, form).await
    }

    #[get("/roles/<uid>", rank = 1)]
    pub async fn show(usher: &State<Usher>, user: SignedIn, uid: Uid<'_>) -> PageResult {
        super::show(usher, &user, Scope::Installation, KIND, uid.0).await
    }

    #[post("/roles/<uid>", data = "<form>", rank = 1)]
    pub async fn change(usher: &State<Usher>, user: SignedIn, uid: Uid<'_>, form: Submitted) -> FormResult {
        super::change(usher, &user, Scope::Installation, KIND, uid.0, form).await
    }

    #[get("/roles/<uid>/delete")]
    pub async fn ask_to_delete(usher: &State<Usher>, user: SignedIn, uid: Uid<'_>) -> PageResult {
        super::ask_to_delete(usher, &user, Scope::Installation, KIND, uid.0).await
    }

    #[post("/roles/<uid>/delete", data = "<_form>")]
    pub async fn delete(usher: &State<Usher>, user: SignedIn, uid: Uid<'_>, _form: Submitted) -> Result<Go, Failure> {
        super::delete(usher, &user, Scope::Installation, KIND, uid.0).await
    }
}

pub fn routes() -> Vec<Route> {
    let of_org =
        routes![of_org::new_page, of_org::create, of_org::show, of_org::change, of_org::ask_to_delete, of_org::delete,];
    let of_installation = routes![
        of_installation::new_page,
        of_installation::create,
        of_installation::show,
        of_installation::change,
        of_installation::ask_to_delete,
        of_installation::delete,
    ];
    [lists::routes(), of_org, of_installation].concat()
}
