//! AWS' files: <https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html>.

use serde_json::json;

use super::{Format, Name, Values};

/// Whether a profile can hold a value: a line of it is cut at both ends, and botocore reads lines alone.
pub(super) fn holds(value: &str) -> bool {
    !value.is_empty() && value.trim() == value && !value.chars().any(char::is_control)
}

pub(super) fn profile(values: &Values, profile: &str) -> String {
    let lines = values.of(Format::AwsProfile).map(|(name, value)| format!("{} = {value}\n", key(name)));
    std::iter::once(format!("[{profile}]\n")).chain(lines).collect()
}

/// The key of a value in a profile.
const fn key(name: Name) -> &'static str {
    match name {
        Name::AccessKey => "aws_access_key_id",
        Name::SecretKey => "aws_secret_access_key",
        _ => "region",
    }
}

/// <https://docs.aws.amazon.com/sdkref/latest/guide/feature-process-credentials.html>
pub(super) fn process(values: &Values) -> String {
    let credentials = json!({
        "Version": 1,
        "AccessKeyId": values.get(Name::AccessKey),
        "SecretAccessKey": values.get(Name::SecretKey),
    });
    format!("{credentials}\n")
}
