//! Rights: what people hold, what they may hand out, and who may do what with it.

pub mod assignments;
pub mod choices;
pub mod definitions;
pub mod grants;
pub mod policy;
pub mod rights;
pub(crate) mod safeguards;
pub mod superusers;
