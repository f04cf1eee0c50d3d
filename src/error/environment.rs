/// What is wrong with an environment, or with what is asked of it.
#[derive(Debug, thiserror::Error)]
pub enum EnvironmentError {
    #[error("only administrators of the environment invite")]
    OnlyAdministratorsInvite,
    #[error("an environment of that name exists")]
    NameTaken,
    #[error("the user has keys of that name")]
    KeysNameTaken,
    #[error("the keys are another user's")]
    KeysOfAnother,
    #[error("stored keys of another user are not shown")]
    KeysHidden,
    #[error("the environment has notices to Slack already")]
    SlackConfigured,
    #[error("the owner cannot leave, be removed or be demoted")]
    OwnerStays,
    #[error("this member cannot own an environment: deactivated, or the address is not verified yet")]
    CannotOwn,
    #[error("nobody else in {0:?} could own it")]
    NoSuccessor(String),
}
