//! What is owed to people by mail: the outbox's worker, the rendering, the transports.

pub mod message;
pub mod render;
pub mod transport;
mod view;
pub mod worker;
