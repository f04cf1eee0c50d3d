//! The requested fields of a user.

use serde_json::Value;

use crate::web::rpc::check::Check;

/// Fields included by default.
const USUAL: [&str; 8] = ["id", "username", "fullName", "picture", "emails", "orgs", "createdAt", "updatedAt"];

/// Fields to omit.
#[derive(Clone, Debug, Default)]
pub struct Projection(Vec<&'static str>);

impl Projection {
    /// Reads `projection` from a body; `besides` reads the method's own fields.
    pub fn of<'a, T: Default>(check: &mut Check<'a>, besides: impl FnOnce(&mut Check<'a>) -> T) -> (Self, T) {
        let Some(value) = check.raw("projection") else { return Default::default() };
        let read = |inner: &mut Check<'a>| {
            let left_out = USUAL.into_iter().filter(|field| inner.boolean(field) == Some(false)).collect();
            Some((Self(left_out), besides(inner)))
        };
        check.object("projection", &[], value, read).unwrap_or_default()
    }

    /// Reduces a user to the requested fields.
    pub fn cut(&self, mut user: Value) -> Value {
        if let Value::Object(fields) = &mut user {
            for field in &self.0 {
                fields.shift_remove(*field);
            }
        }
        user
    }
}
