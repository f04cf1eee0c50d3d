//! Pictures to upload, and the served ones.

pub mod files;

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GenericImageView as _, ImageEncoder as _, ImageFormat, Rgba, RgbaImage};
use rocket::http::ContentType;

use super::app::App;

pub const RED: Rgba<u8> = Rgba([200, 0, 0, 255]);
pub const BLUE: Rgba<u8> = Rgba([0, 0, 200, 255]);

/// A picture that is red up to the pixel `border`, then blue.
pub fn drawn(format: ImageFormat, width: u32, height: u32, border: u32) -> Vec<u8> {
    let image = RgbaImage::from_fn(width, height, |x, _| if x < border { RED } else { BLUE });
    let image = DynamicImage::from(image);
    let image = if format == ImageFormat::Jpeg { DynamicImage::from(image.to_rgb8()) } else { image };
    let mut bytes = Vec::new();
    image.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// As JPEG, stored rotated, with an Exif orientation.
pub fn turned(orientation: u8, width: u32, height: u32, border: u32) -> Vec<u8> {
    let plain = drawn(ImageFormat::Png, width, height, border);
    let image = image::load_from_memory(&plain).unwrap().to_rgb8();
    // One entry: orientation (0x0112), type SHORT, count 1.
    let mut exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend_from_slice(&[orientation, 0, 0, 0, 0, 0, 0, 0]);
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new(&mut bytes);
    encoder.set_exif_metadata(exif).unwrap();
    encoder.encode_image(&image).unwrap();
    bytes
}

/// A multipart form with a file.
pub fn multipart(fields: &[(&str, &str)], file: Option<&[u8]>) -> (ContentType, Vec<u8>) {
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!("--frontier\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(part.as_bytes());
    }
    if let Some(file) = file {
        let head = "--frontier\r\nContent-Disposition: form-data; name=\"picture\"; filename=\"me.gif\"\r\n\
                    Content-Type: application/octet-stream\r\n\r\n";
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(file);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--frontier--\r\n");
    (ContentType::parse_flexible("multipart/form-data; boundary=frontier").unwrap(), body)
}

/// Content type and picture of a path; `None` if there is none.
pub async fn fetch(app: &App, path: &str) -> Option<(String, DynamicImage)> {
    let response = app.client().get(path.to_owned()).dispatch().await;
    if response.status().code == 404 {
        return None;
    }
    let content_type = response.content_type().unwrap().to_string();
    Some((content_type, image::load_from_memory(&response.into_bytes().await.unwrap()).unwrap()))
}

/// Asserts the colour of a pixel in the middle row, within JPEG's precision.
#[track_caller]
pub fn is_near(image: &DynamicImage, x: u32, color: Rgba<u8>) {
    let pixel = image.get_pixel(x, 200);
    let far = (0..3).any(|n| pixel[n].abs_diff(color[n]) > 20);
    assert!(!far, "{pixel:?} at {x}, not {color:?}");
}
