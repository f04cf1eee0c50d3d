//! The pages, as somebody with a browser and no JavaScript uses them.

mod orgs;
mod story;
