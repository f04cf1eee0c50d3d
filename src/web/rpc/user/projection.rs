//! Which fields of a user are asked for.

use serde_json::Value;

use crate::web::rpc::check::Check;

/// The fields that are shown unless they are switched off.
const USUAL: [&str; 8] = ["id", "username", "fullName", "picture", "emails", "orgs", "createdAt", "updatedAt"];

/// The fields that are left out.
#[derive(Clone, Debug, Default)]
pub struct Projection(Vec<&'static str>);

impl Projection {
    /// Takes `projection` out of a body; `besides` takes the method's own fields out of it.
    pub fn of<'a, T: Default>(check: &mut Check<'a>, besides: impl FnOnce(&mut Check<'a>) -> T) -> (Self, T) {
        let Some(value) = check.raw("projection") else { return Default::default() };
        let read = |inner: &mut Check<'a>| {
            let left_out = USUAL.into_iter().filter(|field| inner.boolean(field) == Some(false)).collect();
            Some((Self(left_out), besides(inner)))
        };
        check.object("projection", &[], value, read).unwrap_or_default()
    }

    /// Cuts a user to what was asked for.
    pub fn cut(&self, mut user: Value) -> Value {
        if let Value::Object(fields) = &mut user {
            for field in &self.0 {
                fields.shift_remove(*field);
            }
        }
        user
    }
}
