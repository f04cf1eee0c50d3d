//! Inviting to an org, several at once; and who is invited.

use std::collections::{BTreeSet, HashMap};
use std::time::Duration;

use rocket::{Route, State, get, post, routes};

use super::super::lists::{PartLinks, searched};
use super::super::narrowed::NarrowedRight;
use super::super::pending::PendingRow;
use super::super::ticked::Ticked;
use super::super::words;
use super::super::{Done, Failure, FormState, Go, Notice, Page, Shown, SignedIn, Submitted};
use super::views::{OrgInvitationsView, Refused};
use super::{head, path_of};
use crate::domain::access::choices::choices;
use crate::domain::invitations::invite::{Ask, Invitee, Members, Newcomers, invite};
use crate::domain::invitations::list::{self, Listed};
use crate::domain::offer::{Key, Kind, Level, Proposal};
use crate::domain::orgs::{self, Seen};
use crate::email_address::EmailAddress;
use crate::entity::invitation::InvitationState;
use crate::error::{Error, InvitationError};
use crate::fault::{Fault, Rule};
use crate::fields::{FieldValue, Fields, InvitationLife, Raw, ResourceId};
use crate::ids::InvitationId;
use crate::store::invitations::{Open, Wanted};
use crate::usher::Usher;
use crate::words::Text;

/// How many are invited with one form at most.
const MOST: usize = 100;

/// Which part of the list is shown.
#[derive(Clone, Copy, Debug, Default)]
struct Part<'a> {
    search: &'a str,
    state: &'a str,
    before: Option<i64>,
}

/// A form that comes back: what was ticked, what stands in it, and who was invited all the same.
struct Again {
    ticked: Ticked,
    form: FormState,
    invited: Vec<String>,
    refused: Vec<Refused>,
}

impl Again {
    fn fresh() -> Self {
        let form = FormState::of([("tokenExpiresInSeconds", "604800")]);
        Self { ticked: Ticked::default(), form, invited: Vec::new(), refused: Vec::new() }
    }
}

async fn page(usher: &Usher, user: &SignedIn, seen: &Seen, part: Part<'_>, again: Again) -> Shown {
    let state = match part.state {
        "accepted" => InvitationState::Accepted,
        "declined" => InvitationState::Declined,
        "revoked" => InvitationState::Revoked,
        "superseded" => InvitationState::Superseded,
        _ => InvitationState::Pending,
    };
    let wanted = Wanted { state, search: part.search, before: part.before.unwrap_or(i64::MAX) };
    let Listed { page: listed, named, offerable } =
        list::of_place(usher, &user.actor, &seen.org.place(), wanted).await?;
    let mut offers: HashMap<InvitationId, Vec<NarrowedRight>> = HashMap::new();
    for named in &named {
        offers.entry(named.invitation_id).or_default().push((&named.granted).into());
    }
    let now = usher.now();
    let row = |open: &Open| {
        let mut row = PendingRow::of(open, now);
        row.offers = offers.remove(&open.id).unwrap_or_default();
        row.changeable = true;
        row.offerable = offerable.contains(&open.id);
        row
    };
    let rows = listed.rows.iter().map(row).collect();
    let mut path = searched(&format!("{}/invitations", path_of(seen)), part.search);
    if state != InvitationState::Pending {
        path = format!("{path}{}state={}", if path.contains('?') { '&' } else { '?' }, part.state);
    }
    let choices = choices(usher, &user.actor, Some(seen.org.id)).await?;
    let view = OrgInvitationsView {
        head: head(seen),
        pending: rows,
        search: part.search.to_owned(),
        state: if state == InvitationState::Pending { "" } else { part.state }.to_owned(),
        links: PartLinks::new(&path, "before", listed.next, part.before.is_none()),
        boxes: again.ticked.boxes(&choices),
        invited: again.invited,
        refused: again.refused,
        usernames: usher.config.usernames_enabled,
        form: again.form,
    };
    Ok(Page::new(&user.visitor, &view))
}

#[get("/orgs/<slug>/invitations?<search>&<state>&<before>")]
async fn show(
    usher: &State<Usher>,
    user: SignedIn,
    slug: &str,
    search: Option<&str>,
    state: Option<&str>,
    before: Option<i64>,
) -> Shown {
    let seen = orgs::look(usher, &user.actor, slug).await?;
    let part = Part { search: search.unwrap_or_default().trim(), state: state.unwrap_or_default(), before };
    page(usher, &user, &seen, part, Again::fresh()).await
}

/// The addresses and usernames that were typed, each once.
fn keys(text: &str) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    text.split(['\n', '\r', ',', ';'])
        .map(str::trim)
        .filter(|key| !key.is_empty() && seen.insert(key.to_lowercase()))
        .collect()
}

/// What is offered, and to how many: the fields of the form but for the names.
struct Given {
    proposal: Proposal,
    life: Option<Duration>,
}

fn given(form: &Submitted, seen: &Seen, ticked: &Ticked) -> Result<Given, Error> {
    let mut fields = Fields::of(form);
    if form.get("userKey").is_none_or(|text| keys(text).is_empty()) {
        fields.fault(Fault { field: "userKey", rule: Rule::Required });
    }
    let resource_id = fields.optional::<ResourceId>("resourceId");
    let life = fields.optional::<InvitationLife>("tokenExpiresInSeconds");
    fields.finish(|| {
        Some(Given {
            proposal: Proposal {
                kind: Kind::Org,
                place: Key::Path(seen.org.slug.clone()),
                level: Level::from_is_admin(ticked.administrator),
                grants: ticked.grants(resource_id.as_ref().map(ResourceId::as_str)),
            },
            life: life.map(|life| life.0),
        })
    })
}

fn invitee(key: &str, usernames: bool) -> Result<Invitee, Error> {
    let raw = Raw::Text(key.into());
    let invitee = if key.contains('@') || !usernames {
        EmailAddress::parse(raw).map(Invitee::Address)
    } else {
        FieldValue::parse(raw).map(Invitee::Username)
    };
    invitee.map_err(|rule| Error::Invalid(vec![Fault { field: "userKey", rule }]))
}

/// Why somebody could not be invited, if the reason is about that one alone.
fn reason(error: Error) -> Result<Vec<Text>, Error> {
    match error {
        Error::Invalid(_)
        | Error::NotFound(_)
        | Error::Invitation(
            InvitationError::InviteeSelf
            | InvitationError::InviteeMember(_)
            | InvitationError::InviteeDeactivated
            | InvitationError::InviterUnverified,
        )
        | Error::TooMany { .. } => Ok(words::short(error)),
        other => Err(other),
    }
}

#[post("/orgs/<slug>/invitations", data = "<form>")]
async fn send(usher: &State<Usher>, user: SignedIn, slug: &str, form: Submitted) -> Done {
    let seen = orgs::look(usher, &user.actor, slug).await?;
    let ticked = Ticked::of(&form);
    let given = match given(&form, &seen, &ticked) {
        Ok(given) => given,
        Err(error) => {
            let form = FormState::again(&form, error)?;
            let again = Again { ticked, form, invited: Vec::new(), refused: Vec::new() };
            return Ok(Err(page(usher, &user, &seen, Part::default(), again).await?));
        }
    };
    let (mut invited, mut refused, mut failed) = (Vec::new(), Vec::new(), Vec::new());
    for (number, key) in keys(form.get("userKey").unwrap_or_default()).into_iter().enumerate() {
        let outcome = if number < MOST { send_one(usher, &user, &given, key).await } else { Ok(Err(too_many())) };
        match outcome? {
            Ok(()) => invited.push(key.to_owned()),
            Err(reason) => {
                refused.push(Refused { key: key.to_owned(), reason });
                failed.push(key);
            }
        }
    }
    if refused.is_empty() {
        let notice = if invited.len() == 1 { Notice::Invited } else { Notice::InvitedAll };
        return Ok(Ok(Go::to(format!("{}/invitations", path_of(&seen))).saying(notice)));
    }
    let fault = Text::of("fault-invited-none").with("number", refused.len());
    let state = FormState::refused(&form, "userKey", fault).with_value("userKey", failed.join("\n"));
    let again = Again { ticked, form: state, invited, refused };
    Ok(Err(page(usher, &user, &seen, Part::default(), again).await?))
}

fn too_many() -> Vec<Text> {
    vec![Text::of("fault-invited-too-many").with("most", MOST)]
}

/// Invites one: done, or the reason why not.
async fn send_one(usher: &Usher, user: &SignedIn, given: &Given, key: &str) -> Result<Result<(), Vec<Text>>, Failure> {
    let outcome = async {
        let ask = Ask {
            proposal: given.proposal.clone(),
            invitee: invitee(key, usher.config.usernames_enabled)?,
            newcomers: Newcomers::Welcome,
            members: Members::Refused,
            life: given.life,
        };
        invite(usher, &user.actor, &ask).await
    };
    match outcome.await {
        Ok(_) => Ok(Ok(())),
        Err(error) => Ok(Err(reason(error)?)),
    }
}

pub fn routes() -> Vec<Route> {
    routes![show, send]
}
