//! The kinds of requests whose cost is compared.

use serde_json::json;

use super::cost::Cost;
use super::seed::{org_of_few, org_of_many};
use super::stage::{Stage, invite_to_org};

/// A kind of request.
pub struct Sort {
    pub name: &'static str,
    pub request: fn(&Stage),
    pub against: Against,
    pub growth: Growth,
}

/// What its cost is compared with.
#[derive(Clone, Copy)]
pub enum Against {
    /// A bare page of Rocket and Tera.
    Page,
    /// A bare durable transaction of SQLite.
    Transaction,
    /// Another sort.
    Sort(&'static Sort),
}

/// How its cost may grow with a place.
#[derive(Clone, Copy)]
pub enum Growth {
    /// Not at all.
    Flat,
    /// Until the number of rows that one request looks at is reached: not between the two largest sizes.
    Bounded,
    /// With what is answered whole, or counted exactly: not for each row.
    ByRow,
}

impl Growth {
    /// The last cost over the one that it is compared with. Costs are in the order of the sizes.
    pub fn of(self, sizes: &[usize], costs: &[Cost]) -> f64 {
        let last = costs.len() - 1;
        match self {
            Self::Flat => costs[last].over(costs[0]),
            Self::Bounded => costs[last].over(costs[last.saturating_sub(1)]),
            #[expect(clippy::cast_precision_loss, reason = "sizes are far below 2^52")]
            Self::ByRow => costs[last].over(costs[0]) * sizes[0] as f64 / sizes[last] as f64,
        }
    }

    pub const fn word(self) -> &'static str {
        match self {
            Self::Flat => "flat",
            Self::Bounded => "bounded",
            Self::ByRow => "a row",
        }
    }
}

const fn read(name: &'static str, growth: Growth, request: fn(&Stage)) -> Sort {
    Sort { name, request, against: Against::Page, growth }
}

const fn change(name: &'static str, request: fn(&Stage)) -> Sort {
    Sort { name, request, against: Against::Transaction, growth: Growth::Flat }
}

const BY_FEW: Sort = change("user.invite by an administrator of 4 orgs", |stage| {
    invite_to_org(&stage.few, &org_of_few());
});

pub const SORTS: &[Sort] = &[
    change("environment: invite", |stage| drop(stage.invite())),
    change("environment: invite, accept, leave", Stage::invite_and_accept),
    read("environment: sharing", Growth::Flat, |stage| stage.owner.page(&stage.environment("sharing"))),
    read("environment: activity", Growth::Flat, |stage| stage.owner.page(&stage.environment("activity"))),
    read("environment: activity, search without a hit", Growth::Bounded, |stage| {
        stage.owner.page(&stage.environment("activity?search=nothing-like-it"));
    }),
    change("org: invite", |stage| invite_to_org(&stage.owner, &stage.org)),
    read("org: members", Growth::Flat, |stage| stage.owner.page("/orgs/big/members")),
    read("org: members, search with a hit", Growth::Bounded, |stage| {
        stage.owner.page("/orgs/big/members?search=m100%40bench.test");
    }),
    read("org: members, search without a hit", Growth::Bounded, |stage| {
        stage.owner.page("/orgs/big/members?search=nothing-like-it");
    }),
    read("org: invitations", Growth::Flat, |stage| stage.owner.page("/orgs/big/invitations")),
    read("org: invitations, search without a hit", Growth::Bounded, |stage| {
        stage.owner.page("/orgs/big/invitations?search=nothing-like-it");
    }),
    read("org: roles", Growth::Flat, |stage| stage.owner.page("/orgs/big/roles")),
    read("org: activity, kind without a hit", Growth::Bounded, |stage| {
        stage.owner.page("/orgs/big/activity?kind=roles");
    }),
    read("environment: secrets", Growth::Bounded, |stage| {
        stage.owner.page(&format!("/environments/{}/secrets", stage.environment));
    }),
    read("start page of a busy inviter", Growth::Flat, |stage| stage.owner.page("/")),
    read("invitations of a guest", Growth::Flat, |stage| stage.guest.page("/invitations")),
    read("environments of their collector", Growth::Flat, |stage| stage.collector.page("/environments")),
    read("places of their collector, search without a hit", Growth::Bounded, |stage| {
        stage.collector.page("/search?search=nothing-like-it");
    }),
    read("users", Growth::Flat, |stage| stage.root.page("/users")),
    read("users, search without a hit", Growth::Bounded, |stage| stage.root.page("/users?search=nothing-like-it")),
    read("user.list of an org", Growth::Flat, |stage| drop(stage.owner.call("user.list", &json!({})))),
    read("role.list", Growth::ByRow, |stage| drop(stage.owner.call("role.list", &json!({})))),
    read("permission.list", Growth::ByRow, |stage| drop(stage.owner.call("permission.list", &json!({})))),
    BY_FEW,
    Sort {
        against: Against::Sort(&BY_FEW),
        ..change("user.invite by an administrator of 100 orgs", |stage| invite_to_org(&stage.many, &org_of_many()))
    },
];

/// The lists that MyCRT's API answers whole.
pub const WHOLE_LISTS: [Sort; 4] = [
    read("GET /api/environments/:id/users/list", Growth::ByRow, |stage| {
        stage.owner.list(&format!("/api/environments/{}/users/list", stage.environment));
    }),
    read("GET /api/users", Growth::ByRow, |stage| stage.root.list("/api/users")),
    read("GET /api/environments", Growth::ByRow, |stage| stage.collector.list("/api/environments")),
    read("GET /api/awsKeys", Growth::ByRow, |stage| stage.collector.list("/api/awsKeys")),
];
