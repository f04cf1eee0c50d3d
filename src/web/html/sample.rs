//! What templates show, made up for the tests.

/// Something a template shows. Every optional part is there in one of the samples, and a list that has words for being empty
/// is empty in another.
pub trait Sample: Sized {
    fn samples() -> Vec<Self>;

    /// The one in which all parts are there.
    fn sample() -> Self {
        Self::samples().swap_remove(0)
    }
}
