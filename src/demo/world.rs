//! The demo's events, as a table. Names and places are those of the showcase in `tests/it`.

use crate::domain::accounts::setup::GlobalRight;
use crate::domain::offer::Level::{self, Administrator, Member};

use self::Act::{Accept, AddPermission, AddRole, Deactivate, Invite, MakeEnvironment, MakeOrg, Rename, Reveal, Revoke};
use self::Visit::{AskForLink, Come, Decline, Join};

pub struct Event {
    pub hours_ago: u64,
    /// The address of the person.
    pub who: &'static str,
    pub what: What,
}

pub enum What {
    Visit(Visit),
    Act(Act),
}

/// An action of somebody who is not signed in. Refers to places by their first name, to people by address.
pub enum Visit {
    /// Signs up.
    Come {
        full_name: &'static str,
        right: GlobalRight,
    },
    /// Accepts with a new account.
    Join {
        place: &'static str,
        username: &'static str,
        full_name: &'static str,
    },
    Decline {
        place: &'static str,
    },
    /// The invitation has expired.
    AskForLink {
        place: &'static str,
    },
}

/// An action of a user.
pub enum Act {
    MakeEnvironment {
        name: &'static str,
        region: &'static str,
    },
    /// An environment.
    Rename {
        place: &'static str,
        name: &'static str,
    },
    /// Views the credentials.
    Reveal {
        place: &'static str,
    },
    MakeOrg {
        name: &'static str,
        slug: &'static str,
    },
    AddPermission {
        org: &'static str,
        name: &'static str,
        description: &'static str,
    },
    AddRole {
        org: &'static str,
        name: &'static str,
        description: &'static str,
        permissions: &'static [&'static str],
    },
    Invite {
        place: &'static str,
        to: &'static str,
        level: Level,
        roles: &'static [Role],
    },
    Accept {
        place: &'static str,
    },
    Revoke {
        place: &'static str,
        to: &'static str,
    },
    Deactivate {
        whom: &'static str,
    },
}

/// An offered role, perhaps for one resource only.
pub struct Role {
    pub name: &'static str,
    pub resource: Option<&'static str>,
}

/// The fields of every environment: the example keys from AWS' documentation, and unresolvable host names.
pub mod settings {
    pub const ACCESS_KEY: &str = "AKIAIOSFODNN7EXAMPLE";
    pub const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
    pub const BUCKET: &str = "harbor-logs";
    pub const PREFIX: &str = "nightly/backups";
    pub const DB_NAME: &str = "tides";
    pub const DB_HOST: &str = "tides.db.harbor.test";
    pub const DB_USER: &str = "reader";
    pub const DB_PASS: &str = "not-a-real-password";
    pub const INSTANCE: &str = "tides-1";
    pub const PARAMETER_GROUP: &str = "tides-params";
}

const SOFIA: &str = "sofia@harbor.test";
const ROSA: &str = "rosa@harbor.test";
const TOMAS: &str = "tomas@harbor.test";
const NOA: &str = "noa@harbor.test";
const MARA: &str = "mara@harbor.test";
const LAYLA: &str = "layla@harbor.test";
const STAN: &str = "stan@harbor.test";
const OSKAR: &str = "oskar@harbor.test";
const WANDA: &str = "wanda@quay.test";
const NILS: &str = "nils@quay.test";
const PELE: &str = "pele@quay.test";
const LATE: &str = "late@quay.test";
const OONA: &str = "oona@quay.test";
pub const XENIA: &str = "xenia@quay.test";
pub const YURI: &str = "yuri@quay.test";

pub const PRODUCTION: &str = "Harbor production";
const STAGING: &str = "Harbor testing";
const TOWER: &str = "Signal tower";
const BERTH: &str = "Noas berth";
pub const WORKS: &str = "Harbor Works";

const RUNNER: Role = Role { name: "runner", resource: None };
const RUNNER_OF_ONE: Role = Role { name: "runner", resource: Some("berth-7") };
const OPERATOR: Role = Role { name: "crane:operator", resource: None };
const OPERATOR_OF_ONE: Role = Role { name: "crane:operator", resource: Some("crane-7") };

const fn visit(hours_ago: u64, who: &'static str, visit: Visit) -> Event {
    Event { hours_ago, who, what: What::Visit(visit) }
}

const fn act(hours_ago: u64, who: &'static str, act: Act) -> Event {
    Event { hours_ago, who, what: What::Act(act) }
}

const fn come(full_name: &'static str) -> Visit {
    Come { full_name, right: GlobalRight::None }
}

const fn invite(place: &'static str, to: &'static str, level: Level) -> Act {
    Invite { place, to, level, roles: &[] }
}

const fn offer(to: &'static str, roles: &'static [Role]) -> Act {
    Invite { place: WORKS, to, level: Member, roles }
}

/// All events, earliest first. An invitation to an environment is open for a day, one to an org for a week.
pub const EVENTS: &[Event] = &[
    visit(720, SOFIA, Come { full_name: "Sofia Lindgren", right: GlobalRight::Superuser }),
    visit(719, ROSA, come("Rosa Marlow")),
    visit(719, TOMAS, come("Tomas Vale")),
    visit(718, OSKAR, come("Oskar Lund")),
    act(717, ROSA, MakeEnvironment { name: PRODUCTION, region: "eu-west-1" }),
    act(716, ROSA, invite(PRODUCTION, TOMAS, Administrator)),
    act(700, TOMAS, Accept { place: PRODUCTION }),
    act(600, SOFIA, Deactivate { whom: OSKAR }),
    visit(310, NOA, come("נועה לוי")),
    visit(309, MARA, come("Mara Quist")),
    visit(308, LAYLA, come("ليلى حداد")),
    act(300, ROSA, invite(PRODUCTION, NOA, Administrator)),
    act(299, ROSA, invite(PRODUCTION, MARA, Member)),
    act(298, NOA, Accept { place: PRODUCTION }),
    act(297, MARA, Accept { place: PRODUCTION }),
    act(296, MARA, Reveal { place: PRODUCTION }),
    act(290, TOMAS, invite(PRODUCTION, LAYLA, Member)),
    act(280, LAYLA, Accept { place: PRODUCTION }),
    act(270, TOMAS, MakeEnvironment { name: TOWER, region: "eu-north-1" }),
    act(269, TOMAS, invite(TOWER, ROSA, Administrator)),
    act(268, ROSA, Accept { place: TOWER }),
    act(266, NOA, MakeEnvironment { name: BERTH, region: "eu-central-1" }),
    act(265, NOA, invite(BERTH, ROSA, Member)),
    act(264, ROSA, Accept { place: BERTH }),
    act(200, ROSA, MakeEnvironment { name: STAGING, region: "eu-west-1" }),
    act(199, ROSA, Rename { place: STAGING, name: "Harbor staging" }),
    act(190, ROSA, invite(STAGING, WANDA, Member)),
    visit(185, WANDA, Join { place: STAGING, username: "wanda", full_name: "Wanda Ruiz" }),
    act(184, WANDA, Reveal { place: STAGING }),
    // By the superuser: not every installation lets anybody create orgs.
    act(170, SOFIA, MakeOrg { name: WORKS, slug: "works" }),
    act(169, SOFIA, invite(WORKS, ROSA, Administrator)),
    act(168, ROSA, Accept { place: WORKS }),
    act(167, ROSA, AddPermission { org: WORKS, name: "berth.open", description: "Opens a berth" }),
    act(167, ROSA, AddPermission { org: WORKS, name: "berth.close", description: "Closes a berth" }),
    act(167, ROSA, AddPermission { org: WORKS, name: "crane.move", description: "Moves a crane" }),
    act(
        166,
        ROSA,
        AddRole {
            org: WORKS,
            name: "runner",
            description: "Lets ships in",
            permissions: &["berth.open", "berth.close"],
        },
    ),
    act(
        166,
        ROSA,
        AddRole { org: WORKS, name: "crane:operator", description: "Loads and unloads", permissions: &["crane.move"] },
    ),
    act(165, ROSA, offer(TOMAS, &[RUNNER, OPERATOR_OF_ONE])),
    act(165, ROSA, offer(LAYLA, &[OPERATOR])),
    act(164, ROSA, offer(MARA, &[])),
    act(160, TOMAS, Accept { place: WORKS }),
    act(150, LAYLA, Accept { place: WORKS }),
    act(149, MARA, Accept { place: WORKS }),
    act(100, ROSA, offer(NILS, &[RUNNER])),
    visit(97, NILS, Decline { place: WORKS }),
    act(96, ROSA, offer(PELE, &[OPERATOR])),
    act(95, ROSA, Revoke { place: WORKS, to: PELE }),
    act(50, ROSA, invite(PRODUCTION, LATE, Member)),
    act(49, ROSA, invite(STAGING, OONA, Member)),
    visit(24, LATE, AskForLink { place: PRODUCTION }),
    visit(23, STAN, come("Stan Kowalski")),
    act(10, ROSA, invite(PRODUCTION, STAN, Administrator)),
    act(9, ROSA, offer(STAN, &[RUNNER])),
    act(8, ROSA, offer(XENIA, &[RUNNER_OF_ONE])),
    act(7, TOMAS, invite(PRODUCTION, YURI, Member)),
    act(5, LAYLA, Reveal { place: PRODUCTION }),
    act(2, ROSA, Reveal { place: STAGING }),
    act(1, TOMAS, Reveal { place: PRODUCTION }),
];
