//! The form of a role, of an org or of the installation: what it offers, and what was given.

use serde_json::{Value, json};

use super::Submitted;
use super::permissions::described;
use crate::domain::access::rights::SystemPermission;
use crate::domain::access::roles::usable::Usable;
use crate::entity::permission;
use crate::error::Error;
use crate::fault::{Fault, Rule};
use crate::fields::{Description, Fields, RoleName};
use crate::words::Language;

/// What the template `macros/role.html` takes.
pub(super) fn shown(usable: &Usable, ticked: &[String], language: Language) -> Value {
    let named = |found: &permission::Model| {
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
    pub name: String,
    pub description: Option<String>,
    pub permissions: Vec<String>,
}

impl Given {
    /// What was given for a role that holds nothing yet.
    pub fn of(form: &Submitted) -> Result<Self, Error> {
        Self::besides(form, &[])
    }

    /// What was given for a role that keeps something of what it holds.
    pub fn besides(form: &Submitted, kept: &[permission::Model]) -> Result<Self, Error> {
        let mut fields = Fields::of(form);
        let name = fields.required::<RoleName>("name");
        let description = fields.optional::<Description>("description");
        let permissions = ticked(form);
        if permissions.is_empty() && kept.is_empty() {
            fields.fault(Fault { field: "permissions", rule: Rule::Required });
        }
        let name = fields.finish(|| name)?;
        Ok(Self { name: name.into(), description: description.map(String::from), permissions })
    }
}

/// The permissions that were ticked, each once.
pub(super) fn ticked(form: &Submitted) -> Vec<String> {
    let mut uids: Vec<String> = form.all("permissions").into_iter().map(str::to_owned).collect();
    uids.sort();
    uids.dedup();
    uids
}
