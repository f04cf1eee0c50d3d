//! The form of a permission or role: what it offers, and what was given.

use serde_json::{Value, json};

use super::super::Submitted;
use super::super::permissions::described;
use crate::domain::access::definitions::Name;
use crate::domain::access::definitions::usable::Usable;
use crate::domain::access::rights::SystemPermission;
use crate::error::Error;
use crate::fault::{Fault, Rule};
use crate::fields::{Description, Fields};
use crate::ids::DefinitionKind;
use crate::store::definitions::Definition;
use crate::words::Language;

/// What the template `macros/role.html` takes.
pub(super) fn choices(usable: &Usable, ticked: &[String], language: Language) -> Value {
    let named = |found: &Definition| {
        let system = SystemPermission::from_name(&found.name).filter(|_| found.is_system);
        json!({
            "value": found.uid,
            "name": found.name,
            "description": described(language, system, found.description.as_deref()),
            "ticked": ticked.contains(&found.uid),
        })
    };
    json!({
        "boxes": usable.permissions.iter().map(named).collect::<Vec<_>>(),
        "fixed": usable.fixed.iter().map(named).collect::<Vec<_>>(),
        "more": usable.more,
    })
}

/// Name, description and permissions as they were given.
#[derive(Clone, Debug)]
pub(super) struct Given {
    pub name: Name,
    pub description: Option<Description>,
    pub permissions: Vec<String>,
}

impl Given {
    /// What was given for a permission, or a role that holds nothing yet.
    pub fn of(form: &Submitted, kind: DefinitionKind) -> Result<Self, Error> {
        Self::besides(form, kind, &[])
    }

    /// What was given for one that keeps something of what it holds.
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

/// The permissions that were ticked, each once.
pub(super) fn ticked(form: &Submitted) -> Vec<String> {
    let mut uids: Vec<String> = form.all("permissions").into_iter().map(str::to_owned).collect();
    uids.sort();
    uids.dedup();
    uids
}
