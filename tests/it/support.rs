//! Test support.

pub mod api;
pub mod app;
pub mod browser;
pub mod certificates;
pub mod chromium;
pub mod disk;
pub mod forwarder;
pub mod mailbox;
pub mod model;
pub mod needs;
pub mod pgbouncer;
pub mod pictures;
pub mod postgres;
pub mod process;
pub mod python;
pub mod recorder;
pub mod replay;
pub mod rpc;
pub mod sharing;
pub mod shim;
pub mod slack;
pub mod smtp;

/// Turns one test into two: on SQLite and on PostgreSQL (skipped with a report if it is missing).
///
/// ```ignore
/// on_both! {
///     async fn the_name_says_what_holds(app: App) { … }
///     async fn another_thing_holds(app: App, sign_up_open = false) { … }
/// }
/// ```
macro_rules! on_both {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: App $(, $key:ident = $value:expr)*) $body:block)*) => {
        $crate::support::on_both_from! {
            $crate::support::app::App::start;
            $($(#[$meta])* async fn $name($app: App $(, $key = $value)*) $body)*
        }
    };
}
pub(crate) use on_both;

/// As `on_both!`, with a function to call instead of `App::start`.
macro_rules! on_both_from {
    ($start:path;
     $($(#[$meta:meta])* async fn $name:ident($app:ident: App $(, $key:ident = $value:expr)*) $body:block)*) => {$(
        async fn $name($app: $crate::support::app::App) $body

        mod $name {

            fn set() -> $crate::support::app::Set {
                $crate::support::app::Set::default()$(.with(stringify!($key), $value))*
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            $(#[$meta])*
            async fn on_sqlite() {
                super::$name($start(set()).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            $(#[$meta])*
            async fn on_postgres() {
                let Some(database) = $crate::support::postgres::fresh_database().await else { return };
                let set = set().with("database_url", database.url);
                super::$name($start(set).await).await;
            }
        }
    )*};
}
pub(crate) use on_both_from;

/// As `on_both!`, with mails delivered to an SMTP server in the test.
macro_rules! on_both_by_smtp {
    ($($(#[$meta:meta])* async fn $name:ident($app:ident: App, $server:ident: SmtpServer) $body:block)*) => {$(
        mod $name {
            use super::*;

            async fn test($app: $crate::support::app::App, $server: $crate::support::smtp::SmtpServer) $body

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            $(#[$meta])*
            async fn on_sqlite() {
                let server = $crate::support::smtp::SmtpServer::start().await;
                let set = $crate::support::app::Set::default().with("mail_url", server.url());
                test($crate::support::app::App::start(set).await, server).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            $(#[$meta])*
            async fn on_postgres() {
                let Some(database) = $crate::support::postgres::fresh_database().await else { return };
                let server = $crate::support::smtp::SmtpServer::start().await;
                let set = $crate::support::app::Set::default().with("mail_url", server.url());
                let set = set.with("database_url", database.url);
                test($crate::support::app::App::start(set).await, server).await;
            }
        }
    )*};
}
pub(crate) use on_both_by_smtp;
