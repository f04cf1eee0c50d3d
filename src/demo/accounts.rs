//! The accounts that the demo prints, and what to try with each.

use super::world::{PRODUCTION, WORKS, XENIA, YURI};

/// Address and description.
pub const ACCOUNTS: [(&str, &str); 9] = [
    ("sofia@harbor.test", "superuser: all users and orgs, roles of the whole installation"),
    ("rosa@harbor.test", "owner of Harbor production and Harbor staging, administrator of the org Harbor Works"),
    ("tomas@harbor.test", "owner of Signal tower, administrator of Harbor production, with roles in Harbor Works"),
    ("noa@harbor.test", "owner of Noas berth, administrator of Harbor production; a Hebrew name"),
    ("mara@harbor.test", "member of Harbor production and Harbor Works"),
    ("layla@harbor.test", "member of Harbor production, with a role in Harbor Works; an Arabic name"),
    ("wanda@quay.test", "member of Harbor staging, by an account that the link of the invitation made"),
    ("stan@harbor.test", "member of nothing, with two invitations to answer"),
    ("oskar@harbor.test", "deactivated: cannot sign in"),
];

/// An invitee without an account.
pub struct Newcomer {
    pub address: &'static str,
    pub place: &'static str,
    pub about: &'static str,
}

pub const NEWCOMERS: [Newcomer; 2] = [
    Newcomer { address: XENIA, place: WORKS, about: "invited to Harbor Works, with a role for one berth" },
    Newcomer { address: YURI, place: PRODUCTION, about: "invited to Harbor production, as member" },
];
