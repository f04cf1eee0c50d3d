//! Rights: what people hold, what they may hand out, and who may do what with it.

pub mod assignments;
pub mod choices;
pub mod grants;
pub mod permissions;
pub mod policy;
pub mod rights;
pub mod roles;
pub(crate) mod safeguards;
pub mod superusers;
