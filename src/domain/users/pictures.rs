//! Pictures of users. An upload is cropped to a square, scaled down and kept in the database, so that any process can
//! serve it.

mod crop;
mod draw;
mod jpeg;
mod png;
mod room;
mod shrink;
mod webp;

use std::time::Duration;

pub use crop::{Crop, Place};
use draw::draw;
use sea_orm::DatabaseTransaction;

use super::writing_own;
use crate::clock::Timestamp;
use crate::db::Operation;
use crate::domain::actor::Actor;
use crate::entity::picture;
use crate::entity::user::Model;
use crate::error::{Error, PictureError};
use crate::ids::new_uid;
use crate::public_url::PublicUrl;
use crate::store;
use crate::store::pictures::NewPicture;
use crate::turns::Turns;
use crate::uploads::Upload;
use crate::usher::Usher;

/// Maximum size of an upload, in bytes.
pub const LONGEST_FILE: usize = 10 * 1024 * 1024;
/// Width and height of the stored picture, in pixels.
const KEPT: u32 = 400;
/// Uploads that may wait for another to be decoded, each with its file in memory; more fail with [`Error::TooMany`].
const WAITING: usize = 8;
/// By then the queue has been processed: the largest picture takes a second or two.
const RETRY_AFTER: Duration = Duration::from_secs(10);

/// Pictures are decoded one at a time: one can take 400 MB.
pub fn turns() -> Turns {
    Turns::new(1, WAITING, RETRY_AFTER)
}

/// Memory for all files that are being uploaded or wait, in bytes.
pub const UPLOADS: usize = 32 * 1024 * 1024;

/// An uploaded file.
#[derive(Debug)]
pub enum File {
    Whole(Upload),
    /// More than [`LONGEST_FILE`].
    TooLong,
    /// More than is left of [`UPLOADS`].
    NoRoom,
}

impl File {
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Whole(upload) if upload.bytes().is_empty())
    }

    /// Adds what has come. Once it does not fit, the rest is ignored.
    pub fn extend(&mut self, chunk: &[u8]) {
        let Self::Whole(upload) = self else { return };
        if upload.bytes().len() + chunk.len() > LONGEST_FILE {
            *self = Self::TooLong;
        } else if upload.extend(chunk).is_err() {
            *self = Self::NoRoom;
        }
    }
}

/// The URL of a picture, which is stored as an external URL or as the name of a file of our own.
pub fn url(public_url: &PublicUrl, picture: &str) -> String {
    match own_file(picture) {
        Some(file) => public_url.join(&format!("/media/{file}")),
        None => picture.to_owned(),
    }
}

/// The file name, if the picture is stored here.
pub fn own_file(picture: &str) -> Option<&str> {
    (!picture.contains("://")).then_some(picture)
}

/// The actor's picture: an external URL, or the name of a file of our own.
///
/// # Errors
/// When the database cannot be read.
pub async fn of_actor(usher: &Usher, actor: &Actor) -> Result<Option<String>, Error> {
    Ok(store::users::find(usher.db.read(), actor.user_id).await?.and_then(|user| user.picture))
}

/// The picture with this file name.
///
/// # Errors
/// When the database cannot be read.
pub async fn find(usher: &Usher, name: &str) -> Result<Option<picture::Model>, Error> {
    store::pictures::by_name(usher.db.read(), name).await
}

/// Sets a user's picture: by the user, or with the global right to write users.
///
/// # Errors
/// In this order: [`Error::Forbidden`]; [`Error::NotFound`]; [`PictureError::Unreadable`]; [`PictureError::TooSmall`],
/// [`PictureError::TooLarge`]; [`PictureError::CropOutside`]; [`PictureError::TooCostly`]. [`Error::TooMany`] when too many
/// wait already, or uploads have no memory left.
pub async fn set(usher: &Usher, actor: &Actor, uid: &str, file: File, crop: Crop) -> Result<Model, Error> {
    // Checked before the costly work, and again within the transaction.
    writing_own(usher.db.read(), actor, uid, usher.now()).await?;
    let upload = match file {
        File::Whole(upload) => upload,
        File::TooLong => return Err(PictureError::TooLarge.into()),
        File::NoRoom => return Err(usher.drawing.full()),
    };
    let turn = usher.drawing.take().await?;
    let drawing = tokio::task::spawn_blocking(move || {
        let _turn = turn;
        draw(upload, crop)
    });
    let drawn = drawing.await.map_err(Error::internal)??;
    let now = usher.now();
    let picture = NewPicture {
        name: format!("{}.{}", new_uid(now), drawn.extension),
        content: drawn.content,
        content_type: drawn.content_type,
        now,
    };
    actor.write(usher, Set { actor: actor.clone(), uid: uid.to_owned(), picture }).await
}

/// [`set`] for the actor themselves.
///
/// # Errors
/// As [`set`].
pub async fn set_own(usher: &Usher, actor: &Actor, file: File, crop: Crop) -> Result<(), Error> {
    let user = store::users::find(usher.db.read(), actor.user_id).await?.ok_or(Error::SignInRequired)?;
    set(usher, actor, &user.uid, file, crop).await.map(drop)
}

/// Removes a user's picture, if there is one.
///
/// # Errors
/// In this order: [`Error::Forbidden`], [`Error::NotFound`].
pub async fn delete(usher: &Usher, actor: &Actor, uid: &str) -> Result<Model, Error> {
    actor.write(usher, Delete { actor: actor.clone(), uid: uid.to_owned(), now: usher.now() }).await
}

/// [`delete`] for the actor themselves.
///
/// # Errors
/// As [`delete`].
pub async fn delete_own(usher: &Usher, actor: &Actor) -> Result<(), Error> {
    let user = store::users::find(usher.db.read(), actor.user_id).await?.ok_or(Error::SignInRequired)?;
    delete(usher, actor, &user.uid).await.map(drop)
}

#[derive(Clone, Debug)]
struct Set {
    actor: Actor,
    uid: String,
    picture: NewPicture,
}

impl Operation for Set {
    type Output = Model;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Model, Error> {
        let now = self.picture.now;
        let user = writing_own(txn, &self.actor, &self.uid, now).await?;
        store::pictures::replace(txn, user.id, self.picture.clone()).await?;
        store::users::set_picture(txn, user.id, Some(&self.picture.name), now).await?;
        Ok(Model { picture: Some(self.picture.name.clone()), updated_at: now, ..user })
    }
}

#[derive(Clone, Debug)]
struct Delete {
    actor: Actor,
    uid: String,
    now: Timestamp,
}

impl Operation for Delete {
    type Output = Model;

    async fn run(&self, txn: &DatabaseTransaction) -> Result<Model, Error> {
        let user = writing_own(txn, &self.actor, &self.uid, self.now).await?;
        if user.picture.is_none() {
            return Ok(user);
        }
        store::pictures::remove(txn, user.id).await?;
        store::users::set_picture(txn, user.id, None, self.now).await?;
        Ok(Model { picture: None, updated_at: self.now, ..user })
    }
}
