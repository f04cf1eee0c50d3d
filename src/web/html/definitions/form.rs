//! The form of a permission or role.

use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::Submitted;
use super::super::permissions::described;
use super::super::ticked::TickBox;
use crate::domain::access::definitions::Name;
use crate::domain::access::definitions::usable::Usable;
use crate::domain::access::rights::SystemPermission;
use crate::error::Error;
use crate::fault::{Fault, Rule};
use crate::fields::{Description, Fields};
use crate::ids::DefinitionKind;
use crate::store::definitions::Definition;
use crate::words::Language;

/// The permissions to choose from, for `macros/role.html`.
#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct RoleChoices {
    boxes: Vec<TickBox>,
    /// Permissions that this form cannot remove.
    fixed: Vec<Fixed>,
    /// Whether there are more than the form shows.
    more: bool,
}

#[derive(Clone, Debug, Serialize)]
struct Fixed {
    name: String,
    description: Option<String>,
}

impl RoleChoices {
    pub fn of(usable: &Usable, ticked: &[String], language: Language) -> Self {
        let description = |found: &Definition| {
            let system = SystemPermission::from_name(&found.name).filter(|_| found.is_system);
            described(language, system, found.description.as_deref())
        };
        let tick_box = |found: &Definition| TickBox {
            value: found.uid.clone(),
            name: found.name.clone(),
            description: description(found),
            allows: Vec::new(),
            ticked: ticked.contains(&found.uid),
        };
        let fixed = |found: &Definition| Fixed { name: found.name.clone(), description: description(found) };
        Self {
            boxes: usable.permissions.iter().map(tick_box).collect(),
            fixed: usable.fixed.iter().map(fixed).collect(),
            more: usable.more,
        }
    }
}

#[cfg(test)]
impl Sample for RoleChoices {
    fn samples() -> Vec<Self> {
        let fixed = |description: Option<&str>| Fixed {
            name: "berth.open".to_owned(),
            description: description.map(str::to_owned),
        };
        vec![
            Self { boxes: TickBox::samples(), fixed: vec![fixed(Some("Open a berth")), fixed(None)], more: true },
            Self { boxes: Vec::new(), fixed: Vec::new(), more: false },
        ]
    }
}

/// Submitted name, description and permissions.
#[derive(Clone, Debug)]
pub(super) struct Input {
    pub name: Name,
    pub description: Option<Description>,
    pub permissions: Vec<String>,
}

impl Input {
    /// Reads a permission, or a role that has no permissions yet.
    pub fn of(form: &Submitted, kind: DefinitionKind) -> Result<Self, Error> {
        Self::besides(form, kind, &[])
    }

    /// Reads a role that keeps some of its permissions.
    pub fn besides(form: &Submitted, kind: DefinitionKind, kept: &[Definition]) -> Result<Self, Error> {
        let mut fields = Fields::of(form);
        let name = match kind {
            DefinitionKind::Permission => fields.required("name").map(Name::Permission),
            DefinitionKind::Role => fields.required("name").map(Name::Role),
        };
        let description = fields.optional("description");
        let permissions = match kind {
            DefinitionKind::Permission => Vec::new(),
            DefinitionKind::Role => ticked(form),
        };
        if kind == DefinitionKind::Role && permissions.is_empty() && kept.is_empty() {
            fields.fault(Fault { field: "permissions", rule: Rule::Required });
        }
        let name = fields.finish(|| name)?;
        Ok(Self { name, description, permissions })
    }
}

/// The checked permissions, without duplicates.
pub(super) fn ticked(form: &Submitted) -> Vec<String> {
    let mut uids: Vec<String> = form.uids("permissions");
    uids.sort();
    uids.dedup();
    uids
}
