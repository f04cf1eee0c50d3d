//! Sample views for the tests of templates.

/// Sample values. Each optional part is present in some sample; a list with a text for the empty case is empty in
/// another.
pub trait Sample: Sized {
    fn samples() -> Vec<Self>;

    /// The sample with all parts.
    fn sample() -> Self {
        Self::samples().swap_remove(0)
    }
}
