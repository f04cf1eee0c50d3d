//! Pictures of users. An upload is cropped to a square, scaled down and kept in the database, so that any process can
//! serve it.

mod crop;

use std::io::Cursor;

use crop::seen_size;
pub use crop::{Crop, Place};
use image::metadata::Orientation;

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder as _, ImageFormat, ImageReader, Limits};
use sea_orm::DatabaseTransaction;
use tokio::sync::Semaphore;

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
use crate::usher::Usher;

/// Maximum size of an upload, in bytes.
pub const LONGEST_FILE: usize = 10 * 1024 * 1024;
/// Minimum width and height of an upload, in pixels.
const SMALLEST: u32 = 200;
const LARGEST: u32 = 10_000;
/// Width and height of the stored picture, in pixels.
const KEPT: u32 = 400;
const JPEG_QUALITY: u8 = 85;
/// Memory limit for decoding; a picture of the largest size takes 400 MB.
const MEMORY: u64 = 512 * 1024 * 1024;
/// Hence one at a time.
static DECODING: Semaphore = Semaphore::const_new(1);

/// An uploaded file.
#[derive(Clone, Debug)]
pub enum File {
    Whole(Vec<u8>),
    /// More than [`LONGEST_FILE`].
    TooLong,
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
/// [`PictureError::TooLarge`]; [`PictureError::CropOutside`].
pub async fn set(usher: &Usher, actor: &Actor, uid: &str, file: File, crop: Crop) -> Result<Model, Error> {
    // Checked before the costly work, and again within the transaction.
    writing_own(usher.db.read(), actor, uid, usher.now()).await?;
    let File::Whole(bytes) = file else { return Err(PictureError::TooLarge.into()) };
    let drawn = {
        let _turn = DECODING.acquire().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(move || draw(&bytes, crop)).await.map_err(Error::internal)??
    };
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

struct Drawn {
    content: Vec<u8>,
    content_type: &'static str,
    extension: &'static str,
}

/// Crops, scales, and applies the EXIF orientation. Drops all metadata (location, camera, comments).
fn draw(bytes: &[u8], crop: Crop) -> Result<Drawn, Error> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(Error::internal)?;
    let Some(format @ (ImageFormat::Png | ImageFormat::Jpeg | ImageFormat::WebP)) = reader.format() else {
        return Err(PictureError::Unreadable.into());
    };
    let mut limits = Limits::default();
    limits.max_alloc = Some(MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|_| Error::Picture(PictureError::Unreadable))?;
    // Checked before decoding: a small file can hold a huge picture.
    let (width, height) = decoder.dimensions();
    if width.min(height) < SMALLEST {
        return Err(PictureError::TooSmall.into());
    }
    if width.max(height) > LARGEST || decoder.total_bytes() > MEMORY {
        return Err(PictureError::TooLarge.into());
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let (seen_width, seen_height) = seen_size(orientation, width, height);
    let square = crop.square(seen_width, seen_height)?.stored(orientation, width, height);
    let whole = DynamicImage::from_decoder(decoder).map_err(|_| Error::Picture(PictureError::Unreadable))?;
    let cut = whole.crop_imm(square.x, square.y, square.size, square.size);
    drop(whole);
    let mut small = cut.resize_exact(KEPT, KEPT, FilterType::Triangle);
    small.apply_orientation(orientation);
    encode(&small, format)
}

/// PNG stays PNG, anything else becomes JPEG.
fn encode(image: &DynamicImage, format: ImageFormat) -> Result<Drawn, Error> {
    let mut content = Vec::new();
    if format == ImageFormat::Png {
        image.write_to(Cursor::new(&mut content), ImageFormat::Png).map_err(Error::internal)?;
        return Ok(Drawn { content, content_type: "image/png", extension: "png" });
    }
    let encoder = JpegEncoder::new_with_quality(&mut content, JPEG_QUALITY);
    image.to_rgb8().write_with_encoder(encoder).map_err(Error::internal)?;
    Ok(Drawn { content, content_type: "image/jpeg", extension: "jpeg" })
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
