//! Text formats in which an environment's values are taken away to where programs read them, and brought in again.
//!
//! The reference parsers are python-dotenv for `.env` files, `sh`, botocore for AWS' files, and the URL standard. A value
//! that a format cannot hold is refused, never changed.

mod aws;
mod dotenv;
pub mod import;
mod shell;
mod url;

use crate::secret::Secret;

/// A format to take values away in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Format {
    /// One JSON object, with the names of MyCRT's API.
    Json,
    /// A `.env` file.
    Dotenv,
    /// A section of `~/.aws/credentials`.
    AwsProfile,
    /// What AWS' `credential_process` prints.
    AwsProcess,
    /// `export` lines for `sh`.
    Shell,
    /// The database's URL.
    Url,
}

impl Format {
    pub const ALL: [Self; 6] = [Self::Json, Self::Dotenv, Self::AwsProfile, Self::AwsProcess, Self::Shell, Self::Url];

    /// The name in requests and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Dotenv => "dotenv",
            Self::AwsProfile => "aws-profile",
            Self::AwsProcess => "aws-process",
            Self::Shell => "shell",
            Self::Url => "url",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.name() == name)
    }

    pub const fn is_json(self) -> bool {
        matches!(self, Self::Json | Self::AwsProcess)
    }

    /// What a file of it is called.
    pub const fn file_name(self) -> &'static str {
        match self {
            Self::Json => "environment.json",
            Self::Dotenv => "environment.env",
            Self::AwsProfile => "credentials",
            Self::AwsProcess => "aws-process.json",
            Self::Shell => "environment.sh",
            Self::Url => "database-url.txt",
        }
    }

    /// The values that it has, in its order.
    pub const fn values(self) -> &'static [Name] {
        use Name as N;
        match self {
            Self::Json | Self::Dotenv | Self::Shell => &Name::ALL,
            Self::AwsProfile => &[N::AccessKey, N::SecretKey, N::Region],
            Self::AwsProcess => &[N::AccessKey, N::SecretKey],
            Self::Url => &[N::DbUser, N::DbPass, N::Host, N::DbName],
        }
    }

    /// Whether it is of use only with all of its values.
    pub const fn is_whole(self) -> bool {
        matches!(self, Self::AwsProfile | Self::AwsProcess | Self::Url)
    }
}

/// A value of an environment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Name {
    AccessKey,
    SecretKey,
    Region,
    Bucket,
    Prefix,
    Host,
    DbName,
    DbUser,
    DbPass,
    Instance,
    ParameterGroup,
}

impl Name {
    pub const ALL: [Self; 11] = [
        Self::AccessKey,
        Self::SecretKey,
        Self::Region,
        Self::Bucket,
        Self::Prefix,
        Self::Host,
        Self::DbName,
        Self::DbUser,
        Self::DbPass,
        Self::Instance,
        Self::ParameterGroup,
    ];

    /// The variable that programs read it from.
    pub const fn variable(self) -> &'static str {
        match self {
            Self::AccessKey => "AWS_ACCESS_KEY_ID",
            Self::SecretKey => "AWS_SECRET_ACCESS_KEY",
            Self::Region => "AWS_DEFAULT_REGION",
            Self::Bucket => "S3_BUCKET",
            Self::Prefix => "S3_PREFIX",
            Self::Host => "DB_HOST",
            Self::DbName => "DB_NAME",
            Self::DbUser => "DB_USER",
            Self::DbPass => "DB_PASSWORD",
            Self::Instance => "DB_INSTANCE",
            Self::ParameterGroup => "DB_PARAMETER_GROUP",
        }
    }

    /// The field in MyCRT's API and in forms.
    pub const fn field(self) -> &'static str {
        match self {
            Self::AccessKey => "accessKey",
            Self::SecretKey => "secretKey",
            Self::Region => "region",
            Self::Bucket => "bucket",
            Self::Prefix => "prefix",
            Self::Host => "host",
            Self::DbName => "dbName",
            Self::DbUser => "user",
            Self::DbPass => "pass",
            Self::Instance => "instance",
            Self::ParameterGroup => "parameterGroup",
        }
    }
}

/// Some values of an environment. `Debug` says nothing of them.
#[derive(Clone, Debug, Default)]
pub struct Values(Vec<(Name, Secret)>);

impl Values {
    pub fn set(&mut self, name: Name, value: &str) {
        self.remove(name);
        self.0.push((name, Secret::from(value.to_owned())));
    }

    fn remove(&mut self, name: Name) {
        self.0.retain(|(present, _)| *present != name);
    }

    pub fn get(&self, name: Name) -> Option<&str> {
        self.0.iter().find(|(present, _)| *present == name).map(|(_, value)| value.expose())
    }

    pub fn names(&self) -> impl Iterator<Item = Name> {
        Name::ALL.into_iter().filter(|name| self.get(*name).is_some())
    }

    /// Those that a format has, in its order.
    fn of(&self, format: Format) -> impl Iterator<Item = (Name, &str)> {
        format.values().iter().filter_map(|name| Some((*name, self.get(*name)?)))
    }
}

/// How values are written.
#[derive(Clone, Debug)]
pub struct Style {
    /// Put before the name of each variable.
    pub prefix: String,
    /// The section of an AWS profile.
    pub profile: String,
    /// The scheme of a database's URL.
    pub scheme: Scheme,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scheme {
    /// What MyCRT captures.
    #[default]
    Mysql,
    Postgres,
}

impl Scheme {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Mysql => "mysql",
            Self::Postgres => "postgres",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        [Self::Mysql, Self::Postgres].into_iter().find(|scheme| scheme.name() == name)
    }
}

/// A format cannot hold a value, or is of no use without it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfit {
    pub format: Format,
    pub name: Name,
    pub is_missing: bool,
}

/// Writes values in a format. Those that it does not have are left out.
///
/// # Errors
/// [`Unfit`]: the first value that it cannot hold, or needs.
pub fn write(values: &Values, format: Format, style: &Style) -> Result<Secret, Unfit> {
    if format.is_whole()
        && let Some(name) = format.values().iter().find(|name| values.get(**name).is_none())
    {
        return Err(Unfit { format, name: *name, is_missing: true });
    }
    if let Some((name, _)) = values.of(format).find(|(_, value)| !holds(format, value)) {
        return Err(Unfit { format, name, is_missing: false });
    }
    let text = match format {
        Format::Json => json(values),
        Format::Dotenv => lines(values, format, style, dotenv::quoted),
        Format::Shell => lines(values, format, style, shell::quoted),
        Format::AwsProfile => aws::profile(values, &style.profile),
        Format::AwsProcess => aws::process(values),
        Format::Url => url::written(values, style.scheme),
    };
    Ok(Secret::from(text))
}

fn holds(format: Format, value: &str) -> bool {
    match format {
        Format::Json | Format::AwsProcess | Format::Url => true,
        Format::Dotenv => dotenv::holds(value),
        Format::Shell => !value.contains('\0'),
        Format::AwsProfile => aws::holds(value),
    }
}

fn json(values: &Values) -> String {
    let object: serde_json::Map<_, _> =
        values.of(Format::Json).map(|(name, value)| (name.field().to_owned(), value.into())).collect();
    format!("{:#}\n", serde_json::Value::Object(object))
}

/// A line for each value, with the database's URL as the last one.
fn lines(values: &Values, format: Format, style: &Style, quoted: impl Fn(&str) -> String) -> String {
    let export = if format == Format::Shell { "export " } else { "" };
    let line = |variable: &str, value: &str| format!("{export}{}{variable}={}\n", style.prefix, quoted(value));
    let mut text: String = values.of(format).map(|(name, value)| line(name.variable(), value)).collect();
    if Format::Url.values().iter().all(|name| values.get(*name).is_some()) {
        text += &line(DATABASE_URL, &url::written(values, style.scheme));
    }
    text
}

/// The variable of the database's URL.
const DATABASE_URL: &str = "DATABASE_URL";

#[cfg(test)]
mod tests;
