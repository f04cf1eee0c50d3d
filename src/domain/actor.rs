//! Who asks.

use std::net::IpAddr;

use crate::store::sessions::Found;
use crate::words::Language;

/// Where a request comes from.
#[derive(Clone, Debug)]
pub struct Client {
    pub ip: Option<IpAddr>,
    /// What its browser calls itself.
    pub agent: Option<String>,
    /// What its browser asks for.
    pub language: Option<Language>,
}

/// A signed-in user. Made from a live session only, by the request guards.
#[derive(Clone, Debug)]
pub struct Actor {
    pub user_id: i64,
    pub session_id: i64,
    pub full_name: String,
    pub username: Option<String>,
    /// The primary address.
    pub address: String,
    /// Whether the primary address is verified.
    pub verified: bool,
    /// Whether pages lead to the list of users. What one may do is asked anew wherever it matters.
    pub reads_users: bool,
    /// Of the pages, where they chose one.
    pub language: Option<Language>,
    pub ip: Option<IpAddr>,
}

impl Actor {
    /// The user of a live session.
    pub(crate) fn of(session: Found, ip: Option<IpAddr>) -> Self {
        Self {
            user_id: session.user_id,
            session_id: session.id,
            full_name: session.full_name,
            username: session.username,
            address: session.address,
            verified: session.verified_at.is_some(),
            language: session.language,
            reads_users: session.reads_users,
            ip,
        }
    }
}
