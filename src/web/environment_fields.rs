//! The fields of an environment, shared by forms and JSON.

use crate::domain::environments::change::{Change, Replacement};
use crate::domain::environments::{NewEnvironment, Settings};
use crate::error::Error;
use crate::fields::{Fields, RowId, Source};

/// All fields of a new environment.
///
/// # Errors
/// [`Error::Invalid`].
pub fn new_environment<S: Source>(source: &S) -> Result<NewEnvironment, Error> {
    let mut fields = Fields::of(source);
    let name = fields.required("envName");
    let access_key = fields.required("accessKey");
    let secret_key = fields.required("secretKey");
    let region = fields.required("region");
    let keys_id = fields.optional::<RowId>("keysId");
    let keys_name = fields.optional("keysName");
    let bucket = fields.required("bucket");
    let prefix = fields.optional("prefix");
    let db_name = fields.required("dbName");
    let host = fields.required("host");
    let db_user = fields.required("user");
    let db_pass = fields.required("pass");
    let instance = fields.required("instance");
    let parameter_group = fields.optional("parameterGroup");
    fields.finish(|| {
        Some(NewEnvironment {
            name: name?,
            access_key: access_key?,
            secret_key: secret_key?,
            region: region?,
            keys_id,
            keys_name,
            db_user: db_user?,
            db_pass: db_pass?,
            settings: Settings {
                bucket: bucket?,
                prefix,
                db_name: db_name?,
                host: host?,
                instance: instance?,
                parameter_group,
            },
        })
    })
}

/// All fields of a changed environment; an omitted secret stays.
///
/// # Errors
/// [`Error::Invalid`].
pub fn change<S: Source>(source: &S) -> Result<Change, Error> {
    let mut fields = Fields::of(source);
    let name = fields.required("envName");
    let mut secrets = Replacement { access_key: fields.optional("accessKey"), ..Replacement::default() };
    secrets.secret_key = fields.optional("secretKey");
    let region = fields.required("region");
    let bucket = fields.required("bucket");
    let prefix = fields.optional("prefix");
    let db_name = fields.required("dbName");
    let host = fields.required("host");
    secrets.db_user = fields.optional("user");
    secrets.db_pass = fields.optional("pass");
    let instance = fields.required("instance");
    let parameter_group = fields.optional("parameterGroup");
    fields.finish(|| {
        Some(Change {
            name: name?,
            region: region?,
            settings: Settings {
                bucket: bucket?,
                prefix,
                db_name: db_name?,
                host: host?,
                instance: instance?,
                parameter_group,
            },
            secrets,
        })
    })
}

/// The secrets alone; an omitted one stays.
///
/// # Errors
/// [`Error::Invalid`].
pub fn replacement<S: Source>(source: &S) -> Result<Replacement, Error> {
    let mut fields = Fields::of(source);
    let secrets = Replacement {
        access_key: fields.optional("accessKey"),
        secret_key: fields.optional("secretKey"),
        db_user: fields.optional("user"),
        db_pass: fields.optional("pass"),
    };
    fields.finish(|| Some(secrets))
}
