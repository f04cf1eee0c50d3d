//! The visitor of a page.

use rocket::Request;
use rocket::http::{Method, Status};
use rocket::request::{FromRequest, Outcome};
use serde::Serialize;

use super::form_pages;
use super::go::Notice;
use super::replaced::ReplacedNotice;
use crate::domain::actor::Actor;
use crate::domain::offer::Kind;
use crate::error::Error;
use crate::web::client::{check_origin, usher};
use crate::web::cookies::{self, Cookie};
use crate::web::{csrf, language, session};
use crate::words::{Language, Text};

/// The visitor, signed in or not, with what every page shows.
#[derive(Clone, Debug)]
pub struct Visitor {
    pub actor: Option<Actor>,
    pub common: Common,
}

/// The context of every page.
#[derive(Clone, Debug, Serialize)]
pub struct Common {
    csrf: String,
    me: Option<Me>,
    notice: Option<&'static str>,
    /// Which secrets were replaced.
    replaced: Option<Text>,
    path: String,
    /// The page of the form that this answers: Reload is to ask for it, not to send again.
    page: Option<String>,
    sign_up_open: bool,
    /// The lists of places that the header links to.
    kinds: Vec<Listed>,
    #[serde(skip)]
    language: Language,
}

#[derive(Clone, Debug, Serialize)]
struct Listed {
    kind: &'static str,
    path: String,
}

#[derive(Clone, Debug, Serialize)]
pub struct Me {
    #[serde(skip)]
    pub uid: String,
    name: String,
    pub email: String,
    verified: bool,
    reads_users: bool,
}

impl Common {
    /// Whoever is signed in.
    pub fn me(&self) -> Option<&Me> {
        self.me.as_ref()
    }
}

impl Visitor {
    /// The language of pages for this visitor.
    pub fn language(&self) -> Language {
        self.common.language
    }
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for Visitor {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        match visitor(request).await {
            Ok(visitor) => Outcome::Success(visitor),
            Err(error) => Outcome::Error((Status::ServiceUnavailable, error)),
        }
    }
}

async fn visitor(request: &Request<'_>) -> Result<Visitor, Error> {
    let actor = session::browsing(request).await?.cloned();
    let sent = take_notice(request);
    let common = Common {
        csrf: csrf::token(request).await,
        me: actor.as_ref().map(|actor| Me {
            uid: actor.uid.clone(),
            name: actor.full_name.clone(),
            email: actor.address.clone(),
            verified: actor.verified,
            reads_users: actor.reads_users,
        }),
        notice: sent.and_then(Notice::from_key).map(Notice::key),
        replaced: sent.and_then(ReplacedNotice::read).map(|notice| notice.text()),
        path: request.uri().path().to_string(),
        page: if request.method() == Method::Post { form_pages::of_request(request) } else { None },
        sign_up_open: usher(request).config.sign_up_open,
        kinds: Kind::all().map(|kind| Listed { kind: kind.word(), path: kind.list_path() }).collect(),
        language: language::of_request(request, actor.as_ref()),
    };
    request.local_cache(|| Known(Some(common.clone())));
    Ok(Visitor { actor, common })
}

/// The visitor as far as known, for error pages.
struct Known(Option<Common>);

/// What every page shows, if it was loaded before the error.
pub fn known<'r>(request: &'r Request<'_>) -> Option<&'r Common> {
    request.local_cache(|| Known(None)).0.as_ref()
}

/// The language of the visitor.
pub fn language_of(request: &Request<'_>) -> Language {
    known(request).map_or_else(|| language::of_request(request, None), |common| common.language)
}

/// A notice belongs on the next page, not in the response to a form.
fn take_notice<'r>(request: &'r Request<'_>) -> Option<&'r str> {
    if request.method() != Method::Get {
        return None;
    }
    let sent = cookies::read(request, Cookie::Notice)?;
    cookies::remove(request, Cookie::Notice);
    Some(sent)
}

/// A form that no route took because nobody is signed in.
struct TurnedAway(bool);

/// Whether a route has not taken this form because nobody is signed in.
pub fn is_turned_away(request: &Request<'_>) -> bool {
    request.local_cache(|| TurnedAway(false)).0
}

/// A signed-in visitor. Others are redirected to the sign-in page. Their forms are forwarded: a stale one is shown again.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub actor: Actor,
    pub visitor: Visitor,
}

#[rocket::async_trait]
impl<'r> FromRequest<'r> for SignedIn {
    type Error = Error;

    async fn from_request(request: &'r Request<'_>) -> Outcome<Self, Error> {
        if let Err(error) = check_origin(request) {
            return Outcome::Error((Status::Forbidden, error));
        }
        match visitor(request).await {
            Ok(visitor) => match visitor.actor.clone() {
                Some(actor) => Outcome::Success(Self { actor, visitor }),
                None if request.method() == Method::Post => {
                    request.local_cache(|| TurnedAway(true));
                    Outcome::Forward(Status::Unauthorized)
                }
                None => Outcome::Error((Status::Unauthorized, Error::SignInRequired)),
            },
            Err(error) => Outcome::Error((Status::ServiceUnavailable, error)),
        }
    }
}

#[cfg(test)]
impl super::sample::Sample for Common {
    /// Signed in, and signed out.
    fn samples() -> Vec<Self> {
        let stranger = Self {
            csrf: "0000sample".to_owned(),
            me: None,
            notice: None,
            replaced: None,
            path: "/sign-in".to_owned(),
            page: None,
            sign_up_open: true,
            kinds: Kind::all().map(|kind| Listed { kind: kind.word(), path: kind.list_path() }).collect(),
            language: Language::English,
        };
        let me = Me {
            uid: "000000000000000000000000".to_owned(),
            name: "Rosa Marlow".to_owned(),
            email: "rosa@harbor.test".to_owned(),
            verified: false,
            reads_users: true,
        };
        let page = Some("/account".to_owned());
        vec![Self { me: Some(me), notice: Some(Notice::Saved.key()), page, ..stranger.clone() }, stranger]
    }
}
