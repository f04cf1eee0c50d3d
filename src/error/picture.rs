/// Errors about users' pictures.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    #[error("the picture is of an unknown type, or broken")]
    Unreadable,
    #[error("the picture is too small")]
    TooSmall,
    #[error("the picture is too large")]
    TooLarge,
    #[error("the crop area exceeds the picture")]
    CropOutside,
    #[error("the picture takes too much memory to decode")]
    TooCostly,
}
