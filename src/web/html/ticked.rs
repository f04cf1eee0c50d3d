//! Roles and permissions as checkboxes: what is shown, and what was ticked.

use serde_json::{Value, json};

use super::Submitted;
use crate::domain::access::choices::{Choice, Choices};
use crate::domain::access::grants::{Wanted, WantedGrants};

/// What is ticked in a form.
#[derive(Clone, Debug, Default)]
pub(super) struct Ticked {
    pub roles: Vec<String>,
    pub permissions: Vec<String>,
    pub administrator: bool,
}

impl Ticked {
    /// What was ticked in a submitted form.
    pub fn of(form: &Submitted) -> Self {
        let owned = |field| form.all(field).into_iter().map(str::to_owned).collect();
        Self {
            roles: owned("roles"),
            permissions: owned("permissions"),
            administrator: form.get("administrator") == Some("true"),
        }
    }

    /// As grants, each narrowed to this resource if there is one.
    pub fn grants(&self, resource_id: Option<&str>) -> WantedGrants {
        let wanted = |uids: &[String]| {
            let mut uids = uids.to_vec();
            uids.sort();
            uids.dedup();
            uids.into_iter().map(|uid| Wanted { uid, resource_id: resource_id.map(str::to_owned) }).collect()
        };
        WantedGrants { permissions: wanted(&self.permissions), roles: wanted(&self.roles) }
    }

    /// The checkboxes as the template `macros/org.html` takes them.
    pub fn boxes(&self, choices: &Choices) -> Value {
        json!({
            "roles": boxes(&choices.roles, &self.roles),
            "permissions": boxes(&choices.permissions, &self.permissions),
            "may_administer": choices.administrator,
            "administrator": self.administrator,
            "more": choices.more,
        })
    }
}

fn boxes(choices: &[Choice], ticked: &[String]) -> Vec<Value> {
    let as_box = |choice: &Choice| {
        json!({
            "value": choice.uid,
            "name": choice.name,
            "description": choice.description,
            "allows": choice.allows,
            "ticked": ticked.contains(&choice.uid),
        })
    };
    choices.iter().map(as_box).collect()
}
