//! What is wrong with a field.

/// A field that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field's name, as it was sent.
    pub field: &'static str,
    /// The rule that it breaks.
    pub rule: Rule,
}

/// What a field must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    Required,
    Text,
    Number,
    Bool,
    Name,
    EmailAddress,
    Password,
    AccessKey,
    SecretKey,
    Region,
    Bucket,
    Prefix,
    DbName,
    Host,
    NotEmpty,
    OneLine,
    InviteCode,
    LinkToken,
    FullName,
    Username,
    OrgName,
    Slug,
    PermissionName,
    RoleName,
    Description,
    ResourceId,
    InvitationLife,
    TokenName,
    TokenLife,
    Choice,
}
