use crate::ids::DefinitionKind;

/// Errors about permissions and roles, and about assigning and revoking them.
#[derive(Debug, thiserror::Error)]
pub enum AccessError {
    /// With the name.
    #[error("a {kind} named {1:?} exists already", kind = .0.name())]
    NameTaken(DefinitionKind, String),
    #[error("the name has the prefix of system permissions")]
    NameReserved,
    /// With the uid, as all below.
    #[error("the {kind} {1} belongs to the system and cannot be changed", kind = .0.name())]
    System(DefinitionKind, String),
    /// Does not exist, or not in this scope.
    #[error("no {kind} has the uid {1:?}", kind = .0.name())]
    Unknown(DefinitionKind, String),
    #[error("the {kind} {1} belongs to another scope", kind = .0.name())]
    OfOtherScope(DefinitionKind, String),
    #[error("the {kind} {1} is assigned already", kind = .0.name())]
    AlreadyAssigned(DefinitionKind, String),
    #[error("the {kind} is not assigned", kind = .0.name())]
    NotAssigned(DefinitionKind),
    #[error("an installation keeps at least one superuser")]
    LastSuperuser,
}
