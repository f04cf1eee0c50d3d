//! Roles and permissions as checkboxes.

use serde::Serialize;

#[cfg(test)]
use super::Sample;
use super::Submitted;
use crate::domain::access::choices::{Choice, Choices};
use crate::domain::access::grants::{RequestedGrant, RequestedGrants};

/// The checked boxes of a form.
#[derive(Clone, Debug, Default)]
pub(super) struct Ticked {
    pub roles: Vec<String>,
    pub permissions: Vec<String>,
    pub administrator: bool,
}

impl Ticked {
    /// Reads a submitted form.
    pub fn of(form: &Submitted) -> Self {
        Self {
            roles: form.uids("roles"),
            permissions: form.uids("permissions"),
            administrator: form.get("administrator") == Some("true"),
        }
    }

    /// As grants, each limited to the resource if there is one.
    pub fn grants(&self, resource_id: Option<&str>) -> RequestedGrants {
        let wanted = |uids: &[String]| {
            let mut uids = uids.to_vec();
            uids.sort();
            uids.dedup();
            uids.into_iter().map(|uid| RequestedGrant { uid, resource_id: resource_id.map(str::to_owned) }).collect()
        };
        RequestedGrants { permissions: wanted(&self.permissions), roles: wanted(&self.roles) }
    }

    /// The checkboxes to show.
    pub fn boxes(&self, choices: &Choices) -> Boxes {
        Boxes {
            roles: choices.roles.iter().map(|role| TickBox::of(role, &self.roles)).collect(),
            permissions: choices.permissions.iter().map(|one| TickBox::of(one, &self.permissions)).collect(),
            may_administer: choices.administrator,
            administrator: self.administrator,
            more: choices.more,
        }
    }
}

/// The checkboxes, for `macros/org.html`.
#[derive(Clone, Debug, Serialize)]
pub(super) struct Boxes {
    roles: Vec<TickBox>,
    permissions: Vec<TickBox>,
    /// Whether to show the administrator checkbox.
    may_administer: bool,
    administrator: bool,
    /// Whether there are more than shown.
    more: bool,
}

/// A checkbox, for `form::boxes` of the templates.
#[derive(Clone, Debug, Serialize)]
pub(super) struct TickBox {
    pub value: String,
    pub name: String,
    pub description: Option<String>,
    /// The names of a role's permissions.
    pub allows: Vec<String>,
    pub ticked: bool,
}

impl TickBox {
    fn of(choice: &Choice, ticked: &[String]) -> Self {
        Self {
            value: choice.uid.clone(),
            name: choice.name.clone(),
            description: choice.description.clone(),
            allows: choice.allows.clone(),
            ticked: ticked.contains(&choice.uid),
        }
    }
}

#[cfg(test)]
impl Sample for TickBox {
    fn samples() -> Vec<Self> {
        let full = Self {
            value: "0198c2f1".to_owned(),
            name: "editor".to_owned(),
            description: Some("Changes what is there".to_owned()),
            allows: vec!["berth.open".to_owned(), "berth.close".to_owned()],
            ticked: true,
        };
        let plain = Self { description: None, allows: Vec::new(), ticked: false, ..full.clone() };
        vec![full, plain]
    }
}

#[cfg(test)]
impl Sample for Boxes {
    fn samples() -> Vec<Self> {
        let boxes = TickBox::samples();
        let full =
            Self { roles: boxes.clone(), permissions: boxes, may_administer: true, administrator: true, more: true };
        let none = Self { roles: Vec::new(), permissions: Vec::new(), may_administer: false, ..full.clone() };
        vec![full, none]
    }
}
