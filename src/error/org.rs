/// Errors about orgs.
#[derive(Debug, thiserror::Error)]
pub enum OrgError {
    #[error("no org has the uid {0:?}")]
    Unknown(String),
    #[error("users may not create orgs")]
    CreationClosed,
    #[error("an org with the slug {0:?} exists")]
    SlugTaken(String),
    #[error("the slug {0:?} is reserved for a page")]
    SlugReserved(String),
    #[error("the user is a member already")]
    AlreadyMember,
    #[error("the user is not a member")]
    NoMember,
    #[error("an org keeps at least one administrator")]
    LastAdministrator,
}
