use crate::formats::Unfit;

/// Errors about environments.
#[derive(Debug, thiserror::Error)]
pub enum EnvironmentError {
    #[error("only administrators of the environment may invite")]
    OnlyAdministratorsInvite,
    #[error("an environment with this name exists")]
    NameTaken,
    #[error("the user has keys with this name")]
    KeysNameTaken,
    #[error("the keys belong to another user")]
    KeysOfAnother,
    #[error("stored keys of another user are not shown")]
    KeysHidden,
    #[error("the environment has notices to Slack already")]
    SlackConfigured,
    #[error("the owner cannot leave, be removed or be demoted")]
    OwnerStays,
    #[error("this member cannot own an environment: deactivated, or the address is not verified yet")]
    CannotOwn,
    #[error("nobody without access knows this secret, or it was dismissed already")]
    NotExposed,
    #[error("the format {} cannot hold {}", .0.format.name(), .0.name.field())]
    Unfit(Unfit),
    #[error("nobody else in {0:?} could own it")]
    NoSuccessor(String),
}
