//! Inviting several people to an org, and the list of its invitations.

use std::collections::HashMap;
use std::time::Duration;

use rocket::{Route, State, get, post, routes};

use super::super::lists::{Search, SearchLinks, searched};
use super::super::narrowed::NarrowedRight;
use super::super::note;
use super::super::pending::PendingRow;
use super::super::ticked::Ticked;
use super::super::words;
use super::super::{FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted};
use super::views::{OrgInvitationsView, Refused};
use super::{head, path_of};
use crate::domain::invitations::invite::{AskAll, Invited, Invitee, Members, Newcomers, check_note, invite_all};
use crate::domain::invitations::list::{self, Listed};
use crate::domain::offer::{Key, Kind, Level, Proposal};
use crate::domain::orgs::{self, Seen};
use crate::domain::places::PlaceAccess;
use crate::entity::invitation::InvitationState;
use crate::error::Error;
use crate::fault::{Fault, Rule};
use crate::fields::{Fields, InvitationLife, Note, ResourceId};
use crate::ids::InvitationId;
use crate::mailboxes::{self, Entry, Person, Unclear};
use crate::store::invitation_lists::{Open, Wanted};
use crate::usher::Usher;
use crate::web::path_id::PlaceKey;
use crate::words::Text;

/// The requested page of the list.
#[derive(Clone, Copy, Debug, Default)]
struct Part<'a> {
    search: &'a str,
    state: &'a str,
    before: Option<i64>,
}

/// The submitted choices, for showing the form again, and who was invited anyway.
struct Input {
    ticked: Ticked,
    form: FormState,
    invited: Vec<String>,
    refused: Vec<Refused>,
}

impl Input {
    fn fresh() -> Self {
        let form = FormState::of([("tokenExpiresInSeconds", "604800")]);
        Self { ticked: Ticked::default(), form, invited: Vec::new(), refused: Vec::new() }
    }
}

async fn page(usher: &Usher, user: &SignedIn, seen: &Seen, part: Part<'_>, input: Input) -> PageResult {
    let state = match part.state {
        "accepted" => InvitationState::Accepted,
        "declined" => InvitationState::Declined,
        "revoked" => InvitationState::Revoked,
        "superseded" => InvitationState::Superseded,
        _ => InvitationState::Pending,
    };
    let wanted = Wanted { state, search: part.search, before: part.before.unwrap_or(i64::MAX) };
    let access = PlaceAccess::Org(seen.clone());
    let Listed { page: listed, named, offerable } = list::of_place(usher, &access, wanted).await?;
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
    let choices = access.choices(usher).await?;
    let view = OrgInvitationsView {
        head: head(seen),
        pending: rows,
        search: part.search.to_owned(),
        state: if state == InvitationState::Pending { "" } else { part.state }.to_owned(),
        links: SearchLinks::new(&path, "before", &listed, part.before.is_none()),
        boxes: input.ticked.boxes(&choices),
        invited: input.invited,
        refused: input.refused,
        usernames: usher.config.usernames_enabled,
        may_note: user.actor.verified,
        form: input.form,
    };
    Ok(Page::new(&user.visitor, &view))
}

#[get("/orgs/<slug>/invitations?<search>&<state>&<before>")]
async fn show(
    usher: &State<Usher>,
    user: SignedIn,
    slug: PlaceKey<'_>,
    search: Search,
    state: Option<&str>,
    before: Option<i64>,
) -> PageResult {
    let seen = orgs::look(usher, &user.actor, slug.0).await?;
    let part = Part { search: &search, state: state.unwrap_or_default(), before };
    page(usher, &user, &seen, part, Input::fresh()).await
}

/// The offer: all fields of the form except the invitees.
struct Offered {
    proposal: Proposal,
    life: Option<Duration>,
    note: Option<Note>,
}

fn offered(mut fields: Fields<'_, Submitted>, seen: &Seen, ticked: &Ticked) -> Result<Offered, Error> {
    let resource_id = fields.optional::<ResourceId>("resourceId");
    let life = fields.optional::<InvitationLife>("tokenExpiresInSeconds");
    let note = fields.optional::<Note>("note");
    fields.finish(|| {
        Some(Offered {
            proposal: Proposal {
                kind: Kind::Org,
                place: Key::Path(seen.org.slug.clone()),
                level: Level::from_is_admin(ticked.administrator),
                grants: ticked.grants(resource_id.as_ref().map(ResourceId::as_str)),
            },
            life: life.map(|life| life.0),
            note,
        })
    })
}

/// What is offered and to whom; else the form as it is shown again. Nobody is invited while a line is unclear.
fn read(
    form: &Submitted,
    user: &SignedIn,
    seen: &Seen,
    ticked: &Ticked,
    usernames: bool,
) -> Result<Result<(Offered, Vec<Entry>), FormState>, Error> {
    let entries = mailboxes::list(form.get("userKey").unwrap_or_default());
    let mut fields = Fields::of(form);
    if entries.as_ref().is_ok_and(Vec::is_empty) {
        fields.fault(Fault { field: "userKey", rule: Rule::Required });
    }
    let offered = offered(fields, seen, ticked).and_then(|offered| {
        check_note(&user.actor, offered.note.as_ref())?;
        Ok(offered)
    });
    Ok(match (offered, entries) {
        (Ok(offered), Ok(entries)) => Ok((offered, entries)),
        (Ok(_), Err(unclear)) => Err(FormState::refused(form, "userKey", asked(&unclear, usernames))),
        (Err(error), _) => Err(note::again(form, error)?),
    })
}

fn invitee(entry: &Entry, usernames: bool) -> Result<Invitee, Error> {
    let invitee = match entry.person.clone() {
        Ok(Person::Address(named)) => Ok(Invitee::Address(named)),
        Ok(Person::Username(username)) if usernames => Ok(Invitee::Username(username)),
        Ok(Person::Username(_)) => Err(Rule::EmailAddress),
        Err(_) if !usernames => Err(Rule::EmailAddress),
        Err(rule) => Err(rule),
    };
    invitee.map_err(|rule| Error::Invalid(vec![Fault { field: "userKey", rule }]))
}

/// Which line could mean several things, and how to write it.
fn asked(unclear: &[Unclear], usernames: bool) -> Text {
    let key = if usernames { "fault-invitee-unclear" } else { "fault-invitee-unclear-addresses" };
    let (number, line) = unclear.first().map(|first| (first.number, first.text.as_str())).unwrap_or_default();
    let line: String = line.chars().take(LONGEST_QUOTED).collect();
    Text::of(key).with("number", number).with("line", line).with("others", unclear.len().saturating_sub(1))
}

/// How much of an unclear line is quoted.
const LONGEST_QUOTED: usize = 100;

#[post("/orgs/<slug>/invitations", data = "<form>")]
async fn send(usher: &State<Usher>, user: SignedIn, slug: PlaceKey<'_>, form: Submitted) -> FormResult {
    let seen = orgs::look(usher, &user.actor, slug.0).await?;
    let ticked = Ticked::of(&form);
    let (offered, entries) = match read(&form, &user, &seen, &ticked, usher.config.usernames_enabled)? {
        Ok(both) => both,
        Err(form) => {
            let input = Input { ticked, form, invited: Vec::new(), refused: Vec::new() };
            return Ok(Err(page(usher, &user, &seen, Part::default(), input).await?));
        }
    };
    let (mut invited, mut refused) = (Vec::new(), Vec::new());
    for (key, outcome) in invite_each(usher, &user, offered, &entries).await? {
        match outcome {
            Ok(_) => invited.push(key.to_owned()),
            // Nobody was invited, and not because of one invitee: the whole form failed.
            Err(error @ (Error::SignInRequired | Error::Unavailable(_) | Error::Internal(_))) if invited.is_empty() => {
                return Err(error.into());
            }
            Err(error) => refused.push(Refused { key: key.to_owned(), reason: words::short(error) }),
        }
    }
    if refused.is_empty() {
        let notice = if invited.len() == 1 { Notice::Invited } else { Notice::InvitedAll };
        return Ok(Ok(Go::to(format!("{}/invitations", path_of(&seen))).saying(notice)));
    }
    let failed: Vec<&str> = refused.iter().map(|refused| refused.key.as_str()).collect();
    let fault = Text::of("fault-invited-none").with("number", refused.len());
    let state = FormState::refused(&form, "userKey", fault).with_value("userKey", failed.join("\n"));
    let input = Input { ticked, form: state, invited, refused };
    Ok(Err(page(usher, &user, &seen, Part::default(), input).await?))
}

/// Invites everybody whose entry is valid. The result has an outcome for each.
async fn invite_each<'a>(
    usher: &Usher,
    user: &SignedIn,
    offered: Offered,
    entries: &'a [Entry],
) -> Result<Vec<(&'a str, Result<Invited, Error>)>, Error> {
    let parsed: Vec<Result<Invitee, Error>> =
        entries.iter().map(|entry| invitee(entry, usher.config.usernames_enabled)).collect();
    let ask = AskAll {
        proposal: offered.proposal,
        invitees: parsed.iter().flatten().cloned().collect(),
        newcomers: Newcomers::Welcome,
        members: Members::Refused,
        life: offered.life,
        note: offered.note,
    };
    let mut outcomes = invite_all(usher, &user.actor, ask).await?.into_iter();
    let outcome = |parsed: Result<Invitee, Error>| match parsed {
        Ok(_) => outcomes.next().unwrap_or_else(|| Err(Error::internal("an invitee without an outcome"))),
        Err(error) => Err(error),
    };
    let written = entries.iter().map(|entry| entry.written.as_str());
    Ok(written.zip(parsed.into_iter().map(outcome)).collect())
}

pub fn routes() -> Vec<Route> {
    routes![show, send]
}
