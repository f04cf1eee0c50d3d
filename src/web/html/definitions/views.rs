//! Views of [`super`].

use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::places::PlaceView;
use super::super::{FormState, View};
use super::form::RoleChoices;
#[cfg(test)]
use crate::ids::DefinitionKind;
use crate::store::definitions::Definition;

/// A role or permission by name.
#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct NamedRight {
    uid: String,
    name: String,
}

impl NamedRight {
    pub fn of(definition: &Definition) -> Self {
        Self { uid: definition.uid.clone(), name: definition.name.clone() }
    }
}

/// The form of a new or existing role of the installation.
#[derive(Serialize)]
pub(in crate::web::html) struct RoleView {
    pub role: Option<NamedRight>,
    pub choices: RoleChoices,
    pub form: FormState,
}

impl View for RoleView {
    const TEMPLATE: &'static str = "users/role";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

/// The form of a role of an org.
#[derive(Serialize)]
pub(in crate::web::html) struct OrgRoleView {
    pub place: PlaceView,
    pub role: Option<NamedRight>,
    pub choices: RoleChoices,
    pub form: FormState,
}

impl View for OrgRoleView {
    const TEMPLATE: &'static str = "orgs/role";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

/// The form of a permission of an org.
#[derive(Serialize)]
pub(in crate::web::html) struct PermissionView {
    pub place: PlaceView,
    pub permission: Option<NamedRight>,
    pub form: FormState,
}

impl View for PermissionView {
    const TEMPLATE: &'static str = "orgs/permission";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

/// Confirmation before a role of the installation is deleted.
#[derive(Serialize)]
pub(in crate::web::html) struct DeleteRoleView {
    pub role: NamedRight,
}

impl View for DeleteRoleView {
    const TEMPLATE: &'static str = "users/delete_role";
}

/// Confirmation before a role or permission of an org is deleted.
#[derive(Serialize)]
pub(in crate::web::html) struct DeleteRightView {
    pub place: PlaceView,
    pub what: &'static str,
    pub thing: NamedRight,
}

impl View for DeleteRightView {
    const TEMPLATE: &'static str = "orgs/delete_right";
}

#[cfg(test)]
impl Sample for NamedRight {
    fn samples() -> Vec<Self> {
        vec![Self { uid: "0198c2f1".to_owned(), name: "editor".to_owned() }]
    }
}

#[cfg(test)]
impl Sample for RoleView {
    fn samples() -> Vec<Self> {
        let view = |role, choices| Self { role, choices, form: FormState::sample() };
        let mut choices = RoleChoices::samples();
        vec![view(Some(NamedRight::sample()), choices.remove(0)), view(None, choices.remove(0))]
    }
}

#[cfg(test)]
impl Sample for OrgRoleView {
    fn samples() -> Vec<Self> {
        let view = |role, choices| Self { place: PlaceView::sample(), role, choices, form: FormState::sample() };
        let mut choices = RoleChoices::samples();
        vec![view(Some(NamedRight::sample()), choices.remove(0)), view(None, choices.remove(0))]
    }
}

#[cfg(test)]
impl Sample for PermissionView {
    fn samples() -> Vec<Self> {
        let view = |permission| Self { place: PlaceView::sample(), permission, form: FormState::sample() };
        vec![view(Some(NamedRight::sample())), view(None)]
    }
}

#[cfg(test)]
impl Sample for DeleteRoleView {
    fn samples() -> Vec<Self> {
        vec![Self { role: NamedRight::sample() }]
    }
}

#[cfg(test)]
impl Sample for DeleteRightView {
    fn samples() -> Vec<Self> {
        let view =
            |kind: DefinitionKind| Self { what: kind.name(), place: PlaceView::sample(), thing: NamedRight::sample() };
        DefinitionKind::ALL.map(view).into()
    }
}
