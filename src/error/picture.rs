/// What is wrong with a picture of a user.
#[derive(Debug, thiserror::Error)]
pub enum PictureError {
    #[error("the picture is of no known type, or broken")]
    Unreadable,
    #[error("the picture is too small")]
    TooSmall,
    #[error("the picture is too large")]
    TooLarge,
    #[error("the crop area reaches beyond the picture")]
    CropOutside,
}
