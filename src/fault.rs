//! Faults of fields.

/// A field that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The field's name, as sent.
    pub field: &'static str,
    pub rule: Rule,
}

/// The rules for fields.
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
    Reason,
    Note,
    NoteLink,
    Format,
    VariablePrefix,
    ProfileName,
}
