//! A database's URL.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::{Name, Scheme, Values};

/// All but the unreserved characters of RFC 3986.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

pub(super) fn written(values: &Values, scheme: Scheme) -> String {
    let part = |name| utf8_percent_encode(values.get(name).unwrap_or_default(), RESERVED).to_string();
    let [user, pass, host, name] = [Name::DbUser, Name::DbPass, Name::Host, Name::DbName].map(part);
    format!("{}://{user}:{pass}@{host}/{name}\n", scheme.name()).trim_end().to_owned()
}
