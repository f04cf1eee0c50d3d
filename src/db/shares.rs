//! How many of its connections a database gives to changes, pages and searches.

/// A third for changes, a sixth for searches, the rest for pages, and at least one for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shares {
    /// For changes. More at once wait for each other's cores and locks instead of here: on two cores, eight made a tenth
    /// less than four, and sixteen a fifth.
    pub writing: u32,
    /// For pages.
    pub reading: u32,
    /// For searches.
    pub searching: u32,
}

impl Shares {
    /// One for each.
    pub const FEWEST: u32 = 3;

    /// Shares out `connections`, of which there are at least [`Self::FEWEST`].
    pub fn of(connections: u32) -> Self {
        let part = |of: u32| ((connections + of / 2) / of).max(1);
        let (writing, searching) = (part(3), part(6));
        Self { writing, reading: connections.saturating_sub(writing + searching).max(1), searching }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_connections_are_given_out() {
        for connections in Shares::FEWEST..=1000 {
            let Shares { writing, reading, searching } = Shares::of(connections);
            assert_eq!(writing + reading + searching, connections);
            assert!(writing >= 1 && searching >= 1 && reading >= writing, "{connections}");
        }
        assert_eq!(Shares::of(3), Shares { writing: 1, reading: 1, searching: 1 });
        assert_eq!(Shares::of(16), Shares { writing: 5, reading: 8, searching: 3 });
    }
}
