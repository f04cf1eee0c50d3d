use crate::email_address::EmailAddress;

/// Errors about inviting and answering.
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
    #[error("too many people invited at once")]
    TooManyAtOnce,
    #[error("the inviter has no verified address")]
    InviterUnverified,
    #[error("only inviters with a verified address write a note")]
    NoteUnverified,

    // Answering
    #[error("the invitation was accepted before")]
    Accepted,
    #[error("the invitation has expired")]
    Expired,
    #[error("the invitation is for somebody else")]
    OfAnother,
    #[error("the invitation is no longer open")]
    Closed,
    #[error("the invite code is unknown")]
    CodeUnknown,
}
