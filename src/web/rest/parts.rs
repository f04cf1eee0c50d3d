//! Lists that this API does not page: read and sent part by part, so that their length costs no memory.

use std::io::Cursor;

use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use futures_util::stream::{self, BoxStream};
use rocket::Request;
use rocket::http::ContentType;
use rocket::response::stream::ReaderStream;
use rocket::response::{self, Responder, Response};
use serde::Serialize;

use super::dialect::Json;
use crate::domain::actor::Actor;
use crate::error::Error;
use crate::store::Page;
use crate::usher::Usher;
use crate::web::log;

/// A JSON array.
pub enum List<T> {
    /// All of it was in the first part.
    Whole(Vec<T>),
    Parts(BoxStream<'static, String>),
}

impl<'r, T: Serialize> Responder<'r, 'static> for List<T> {
    fn respond_to(self, request: &'r Request<'_>) -> response::Result<'static> {
        match self {
            Self::Whole(rows) => Json(rows).respond_to(request),
            Self::Parts(parts) => Response::build()
                .header(ContentType::JSON)
                .streamed_body(ReaderStream::from(parts.map(|part| Cursor::new(part.into_bytes()))))
                .ok(),
        }
    }
}

/// A list, of which `read` gets the part after a key, and `show` makes what is sent of a row. `read` checks the right
/// each time: it may be revoked meanwhile. After a failure the array is not closed: what arrived is no JSON, and nobody
/// takes it for all.
///
/// # Errors
/// Those of the first part.
pub async fn list<R, T>(
    usher: &Usher,
    actor: Actor,
    read: impl for<'a> Fn(&'a Usher, &'a Actor, i64) -> BoxFuture<'a, Result<Page<R>, Error>> + Send + Sync + 'static,
    show: impl Fn(R) -> T + Send + 'static,
) -> Result<List<T>, Error>
where
    R: Send + 'static,
    T: Serialize,
{
    let first = read(usher, &actor, 0).await?;
    if first.next.is_none() {
        return Ok(List::Whole(first.rows.into_iter().map(show).collect()));
    }
    let usher = usher.clone();
    let rest = stream::unfold(Some((first, '[', usher, actor, read, show)), |state| async {
        let (page, mark, usher, actor, read, show) = state?;
        let mut text = String::new();
        for (number, row) in page.rows.into_iter().enumerate() {
            text.push(if number == 0 { mark } else { ',' });
            text.push_str(&serde_json::to_string(&show(row)).ok()?);
        }
        let Some(next) = page.next else {
            text.push(']');
            return Some((text, None));
        };
        let next = read(&usher, &actor, next).await.inspect_err(log::fault).ok();
        Some((text, next.map(|next| (next, ',', usher, actor, read, show))))
    });
    Ok(List::Parts(rest.boxed()))
}
