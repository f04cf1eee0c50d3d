/// Errors about accounts.
#[derive(Debug, thiserror::Error)]
pub enum AccountError {
    // Signing in and up
    #[error("no user has that address or username")]
    Unknown,
    #[error("the user is deactivated")]
    Deactivated,
    #[error("the user with this uid is deactivated")]
    UserDeactivated(String),
    #[error("the password is wrong")]
    WrongPassword,
    #[error("sign-up is closed")]
    SignUpClosed,
    #[error("the terms of use were not accepted")]
    TermsNotAccepted,
    #[error("the account's own address is not verified yet")]
    Unproved,
    #[error("users cannot deactivate or delete themselves here")]
    Own,

    // Usernames
    #[error("the username {0:?} is taken")]
    UsernameTaken(String),
    #[error("the username {0:?} is reserved for the service")]
    UsernameReserved(String),
    #[error("a new user needs a username")]
    UsernameRequired,
    #[error("usernames are disabled")]
    UsernamesOff,

    // Addresses
    #[error("the address has an account already")]
    AddressTaken,
    #[error("the user has this address already")]
    AddressOwn,
    #[error("the user has as many addresses as allowed")]
    TooManyAddresses,
    #[error("no address is primary")]
    PrimaryAddressMissing,
    #[error("more than one address is primary")]
    PrimaryAddressTwice,
    #[error("the primary address cannot be removed")]
    PrimaryAddressStays,

    // Passwords and tokens
    #[error("the old password is wrong")]
    OldPasswordWrong,
    #[error("the user's own password is wrong")]
    OwnPasswordWrong,
    #[error("the two new passwords differ")]
    PasswordsDiffer,
    #[error("no such password reset")]
    ResetUnknown,
    #[error("the password reset was used before")]
    ResetUsed,
    #[error("the password reset has expired")]
    ResetExpired,
    #[error("the user has as many access tokens as allowed")]
    TooManyTokens,
}
