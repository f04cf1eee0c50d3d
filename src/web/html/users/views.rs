//! Views of [`super`].

use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::View;
use super::super::lists::SearchLinks;
use super::super::times::Time;
use crate::clock::Timestamp;
use crate::domain::access::rights::{Rights, SystemPermission};
use crate::domain::offer::Kind;
use crate::domain::users::activation::is_deactivated;
use crate::ids::UserId;
use crate::store::people::Listed;
use crate::store::places::Number;
use crate::words::Text;

/// The visitor's rights on these pages.
#[derive(Clone, Copy, Debug, Serialize)]
pub(in crate::web::html) struct May {
    write: bool,
    see_users: bool,
    see_roles: bool,
    write_roles: bool,
    assign: bool,
    see_rights: bool,
    make_superusers: bool,
}

impl May {
    pub fn of(rights: &Rights) -> Self {
        use SystemPermission as Right;

        let hold = |permission| rights.hold(permission, None);
        Self {
            write: hold(Right::UserWrite),
            see_users: hold(Right::UserRead),
            see_roles: hold(Right::RoleRead),
            write_roles: hold(Right::RoleWrite),
            assign: hold(Right::RoleAssignmentWrite) || hold(Right::PermissionAssignmentWrite),
            see_rights: hold(Right::RoleAssignmentRead) || hold(Right::PermissionAssignmentRead),
            make_superusers: rights.are_superusers(),
        }
    }
}

/// A user in short: names, and whether they can sign in.
#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct Person {
    uid: String,
    name: String,
    username: Option<String>,
    email: String,
    created: Time,
    active: bool,
    /// May be in the future.
    deactivated: Option<Time>,
}

impl Person {
    pub fn of(listed: &Listed, now: Timestamp) -> Self {
        let deactivated = listed.deactivated_at;
        Self {
            uid: listed.uid.clone(),
            name: listed.called().to_owned(),
            username: listed.username.clone(),
            email: listed.address.clone(),
            created: Time::new(listed.created_at, now),
            active: !is_deactivated(deactivated, now),
            deactivated: deactivated.map(|at| Time::new(at, now)),
        }
    }
}

/// The number of a user's places of each kind.
pub(super) fn numbers(numbers: &[Number], user_id: UserId) -> Vec<Text> {
    let of_kind = |kind: Kind| {
        let number = numbers.iter().find(|number| number.user_id == user_id && number.kind == kind);
        let number = number.map_or(0, |number| number.number);
        Text::of("places-number").with("kind", kind.word()).with("number", number)
    };
    Kind::all().map(of_kind).collect()
}

#[derive(Serialize)]
pub(in crate::web::html) struct UsersView {
    pub users: Vec<UserRow>,
    pub search: String,
    pub state: &'static str,
    pub may: May,
    #[serde(flatten)]
    pub links: SearchLinks,
}

impl View for UsersView {
    const TEMPLATE: &'static str = "users/list";
}

#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct UserRow {
    #[serde(flatten)]
    pub person: Person,
    pub confirmed: bool,
    pub me: bool,
    /// The number of their places, by kind.
    #[serde(rename = "in")]
    pub places: Text,
}

#[cfg(test)]
impl Sample for May {
    fn samples() -> Vec<Self> {
        let may = |yes| Self {
            write: yes,
            see_users: yes,
            see_roles: yes,
            write_roles: yes,
            assign: yes,
            see_rights: yes,
            make_superusers: yes,
        };
        vec![may(true), may(false)]
    }
}

#[cfg(test)]
impl Sample for Person {
    /// One deactivated, one who will be, and one without a username.
    fn samples() -> Vec<Self> {
        let person = |username: Option<&str>, active, deactivated| Self {
            uid: "0198c2f1".to_owned(),
            name: "Tomas Vale".to_owned(),
            username: username.map(str::to_owned),
            email: "tomas@harbor.test".to_owned(),
            created: Time::sample(),
            active,
            deactivated,
        };
        vec![
            person(Some("tomas"), false, Some(Time::sample())),
            person(Some("tomas"), true, Some(Time::sample())),
            person(None, true, None),
        ]
    }
}

#[cfg(test)]
impl Sample for UsersView {
    fn samples() -> Vec<Self> {
        let row = |person: Person| UserRow {
            confirmed: person.active,
            person,
            me: true,
            places: Text::of("users-memberships").with("places", numbers(&[], UserId(7))),
        };
        let view = |users, search: &str, links| Self {
            users,
            search: search.to_owned(),
            state: "",
            may: May::sample(),
            links,
        };
        vec![
            view(Person::samples().into_iter().map(row).collect(), "", SearchLinks::sample()),
            view(Vec::new(), "", SearchLinks::sample()),
            view(Vec::new(), "tomas", SearchLinks::default()),
        ]
    }
}
