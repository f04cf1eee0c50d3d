//! Views of [`super`].

use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::lists::{PartLinks, SearchLinks};
use super::super::narrowed::NarrowedRight;
use super::super::pending::PendingRow;
use super::super::places::{JoinedRow, PlaceHead, PlaceView};
use super::super::ticked::Boxes;
use super::super::times::Time;
use super::super::{FormState, View};
use crate::domain::access::rights::SystemPermission;
use crate::domain::orgs::Seen;
use crate::words::Text;

/// The visitor's rights in an org.
#[derive(Clone, Copy, Debug, Serialize)]
pub(in crate::web::html) struct May {
    change: bool,
    leave: bool,
    see_members: bool,
    change_rights: bool,
    invite: bool,
    see_roles: bool,
    write_roles: bool,
    see_permissions: bool,
    write_permissions: bool,
}

impl May {
    pub fn of(seen: &Seen) -> Self {
        use SystemPermission as Right;

        let hold = |permission| seen.rights.hold(permission, Some(seen.org.id));
        let assign = hold(Right::RoleAssignmentWrite) || hold(Right::PermissionAssignmentWrite);
        Self {
            change: hold(Right::OrgWrite),
            leave: seen.is_member,
            see_members: hold(Right::UserRead),
            change_rights: hold(Right::UserRead) && assign,
            invite: hold(Right::UserWrite),
            see_roles: hold(Right::RoleRead),
            write_roles: hold(Right::RoleWrite),
            see_permissions: hold(Right::PermissionRead),
            write_permissions: hold(Right::PermissionWrite),
        }
    }
}

#[derive(Serialize)]
pub(in crate::web::html) struct OrgsView {
    pub orgs: Vec<JoinedRow>,
    pub may_make: bool,
    #[serde(flatten)]
    pub links: PartLinks,
}

impl View for OrgsView {
    const TEMPLATE: &'static str = "orgs/list";
}

#[derive(Serialize)]
pub(in crate::web::html) struct NewOrgView {
    pub form: FormState,
}

impl View for NewOrgView {
    const TEMPLATE: &'static str = "orgs/new";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

/// An org, and the visitor's rights there.
#[derive(Serialize)]
pub(in crate::web::html) struct OrgView {
    #[serde(flatten)]
    pub head: PlaceHead,
    pub may: May,
    pub is_administrator: bool,
    pub is_member: bool,
    pub roles: Vec<NarrowedRight>,
    pub permissions: Vec<NarrowedRight>,
    pub created: Time,
    pub form: FormState,
}

impl View for OrgView {
    const TEMPLATE: &'static str = "orgs/show";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

/// Confirmation before an org is deleted.
#[derive(Serialize)]
pub(in crate::web::html) struct DeleteOrgView {
    pub place: PlaceView,
    pub counts: Lost,
}

impl View for DeleteOrgView {
    const TEMPLATE: &'static str = "orgs/delete";
}

/// How much is deleted with an org.
#[derive(Serialize)]
pub(in crate::web::html) struct Lost {
    pub members: i64,
    pub roles: i64,
    pub permissions: i64,
    pub invitations: i64,
}

/// The invitation form, and the list of invitations.
#[derive(Serialize)]
pub(in crate::web::html) struct OrgInvitationsView {
    #[serde(flatten)]
    pub head: PlaceHead,
    pub pending: Vec<PendingRow>,
    pub search: String,
    pub state: String,
    #[serde(flatten)]
    pub links: SearchLinks,
    pub boxes: Boxes,
    /// Who was invited, if others were not.
    pub invited: Vec<String>,
    pub refused: Vec<Refused>,
    pub usernames: bool,
    /// Whether the visitor may write a note.
    pub may_note: bool,
    pub form: FormState,
}

impl View for OrgInvitationsView {
    const TEMPLATE: &'static str = "orgs/invitations";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

/// Who could not be invited, and why.
#[derive(Clone, Debug, Serialize)]
pub(in crate::web::html) struct Refused {
    pub key: String,
    pub reason: Vec<Text>,
}

#[cfg(test)]
impl Sample for May {
    fn samples() -> Vec<Self> {
        let may = |yes| Self {
            change: yes,
            leave: yes,
            see_members: yes,
            change_rights: yes,
            invite: yes,
            see_roles: yes,
            write_roles: yes,
            see_permissions: yes,
            write_permissions: yes,
        };
        vec![may(true), may(false)]
    }
}

#[cfg(test)]
impl Sample for OrgsView {
    fn samples() -> Vec<Self> {
        vec![
            Self { orgs: JoinedRow::samples(), may_make: true, links: PartLinks::sample() },
            Self { orgs: Vec::new(), may_make: true, links: PartLinks::sample() },
            Self { orgs: Vec::new(), may_make: true, links: PartLinks::default() },
            Self { orgs: Vec::new(), may_make: false, links: PartLinks::default() },
        ]
    }
}

#[cfg(test)]
impl Sample for NewOrgView {
    fn samples() -> Vec<Self> {
        vec![Self { form: FormState::sample() }]
    }
}

#[cfg(test)]
impl Sample for OrgView {
    fn samples() -> Vec<Self> {
        let view = |may, is_administrator, is_member, rights: Vec<NarrowedRight>| Self {
            head: PlaceHead::sample(),
            may,
            is_administrator,
            is_member,
            roles: rights.clone(),
            permissions: rights,
            created: Time::sample(),
            form: FormState::sample(),
        };
        let (may, may_not) = (May::sample(), May::samples().remove(1));
        vec![
            view(may, true, true, NarrowedRight::samples()),
            view(may, false, true, Vec::new()),
            view(may_not, false, false, Vec::new()),
        ]
    }
}

#[cfg(test)]
impl Sample for DeleteOrgView {
    fn samples() -> Vec<Self> {
        let counts = Lost { members: 3, roles: 2, permissions: 1, invitations: 0 };
        vec![Self { place: PlaceView::sample(), counts }]
    }
}

#[cfg(test)]
impl Sample for OrgInvitationsView {
    fn samples() -> Vec<Self> {
        let view = |pending, state: &str, links, boxes, refused: Vec<Refused>| Self {
            head: PlaceHead::sample(),
            pending,
            search: String::new(),
            state: state.to_owned(),
            links,
            boxes,
            invited: refused.iter().map(|one| one.key.clone()).collect(),
            usernames: !refused.is_empty(),
            may_note: !refused.is_empty(),
            refused,
            form: FormState::sample(),
        };
        let reason = vec![Text::of("fault-invite-self"), Text::of("fault-inviter-unverified")];
        let refused = vec![Refused { key: "rosa@harbor.test".to_owned(), reason }];
        let none = || Boxes::samples().remove(1);
        vec![
            view(PendingRow::samples(), "accepted", SearchLinks::sample(), Boxes::sample(), refused),
            view(Vec::new(), "accepted", SearchLinks::default(), none(), Vec::new()),
            view(Vec::new(), "", SearchLinks::sample(), none(), Vec::new()),
            view(Vec::new(), "", SearchLinks::default(), none(), Vec::new()),
        ]
    }
}
