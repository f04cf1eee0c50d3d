//! Secrets of environments, by name.

use crate::store::secrets::Field;
use crate::words::Text;

/// What a secret is called.
pub(super) fn secret(field: Field) -> Text {
    Text::of(match field {
        Field::AccessKey => "secret-access-key",
        Field::SecretKey => "secret-secret-key",
        Field::DbUser => "secret-db-user",
        Field::DbPass => "secret-db-pass",
    })
}
