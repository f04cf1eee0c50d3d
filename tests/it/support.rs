//! What the tests stand on.

pub mod api;
pub mod app;
pub mod browser;
pub mod mailbox;
pub mod postgres;
pub mod rpc;
pub mod smtp;

/// Makes of one test two: one on SQLite, one on PostgreSQL (skipped, and said so, where there is none).
///
/// ```ignore
/// on_both! {
///     async fn the_name_says_what_holds(app: App) { … }
/// }
/// ```
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: App) $body:block)*) => {$(
        mod $name {
            use super::*;

            async fn test($app: $crate::support::app::App) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            $(#[$meta])*
            async fn on_sqlite() {
                test($crate::support::app::App::start($crate::support::app::Set::default()).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            $(#[$meta])*
            async fn on_postgres() {
                let Some(database) = $crate::support::postgres::fresh_database().await else { return };
                let set = $crate::support::app::Set::default().with("database_url", database.url);
                test($crate::support::app::App::start(set).await).await;
            }
        }
    )*};
}
pub(crate) use on_both;
