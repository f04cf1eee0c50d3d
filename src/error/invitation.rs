use crate::email_address::EmailAddress;

/// Why somebody is not invited, or an invitation not answered.
#[derive(Debug, thiserror::Error)]
pub enum InvitationError {
    // Inviting
    #[error("nobody has the invited address")]
    InviteeUnknown(EmailAddress),
    #[error("the invited user is deactivated")]
    InviteeDeactivated,
    #[error("users cannot invite themselves")]
    InviteeSelf,
    /// With the address or username as it was sent.
    #[error("the invited user is a member already")]
    InviteeMember(String),
    #[error("more are invited at once than allowed")]
    TooManyAtOnce,
    #[error("the inviter has no verified address")]
    InviterUnverified,

    // Answering
    #[error("the invitation was accepted before")]
    Accepted,
    #[error("the invitation has expired")]
    Expired,
    #[error("the invitation is another's")]
    OfAnother,
    #[error("the invitation is not open any more")]
    Closed,
    #[error("the invite code is not known")]
    CodeUnknown,
}
