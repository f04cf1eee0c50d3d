//! The pages, as somebody with a browser and no JavaScript uses them.

mod accounts;
mod forms;
mod newcomers;
mod pages;
mod passwords;
mod states;
mod story;
