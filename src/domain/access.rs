//! Rights: what users hold, what they may grant, and who may do what.

pub mod assignments;
pub mod choices;
pub mod definitions;
pub mod grants;
pub mod policy;
pub mod rights;
pub(crate) mod safeguards;
pub mod superusers;
