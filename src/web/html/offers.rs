//! Changing the offer of an open invitation to a place of any kind.

use rocket::{Route, State, get, post, routes};
use serde::Serialize;

#[cfg(test)]
use super::Sample;
use super::narrowed::NarrowedRight;
use super::places::PlaceView;
use super::ticked::{Boxes, Ticked};
use super::times::Time;
use super::{FormResult, FormState, Go, Notice, Page, PageResult, SignedIn, Submitted, View};
use crate::domain::access::choices::Choices;
use crate::domain::invitations::change::{self, OfferUpdate};
use crate::domain::invitations::list;
use crate::domain::offer::{Kind, Level};
use crate::domain::places::{self, PlaceAccess};
use crate::fields::{Fields, ResourceId};
use crate::ids::{DefinitionKind, InvitationId, OfferedGrantId};
use crate::store::assignments::Granted;
use crate::store::invitation_grants::Offered;
use crate::usher::Usher;
use crate::web::path_id::PlaceKey;

/// The submitted choices, for showing the form again.
struct Input {
    ticked: Ticked,
    kept: Vec<OfferedGrantId>,
    form: FormState,
}

/// An offer, split into what the form's checkboxes and its one resource field can express, and the rest.
struct Offers {
    ticked: Ticked,
    resource: String,
    others: Vec<Other>,
}

struct Other {
    id: OfferedGrantId,
    right: NarrowedRight,
}

/// The form of an open invitation's offer.
#[derive(Serialize)]
pub(super) struct ChangeOfferView {
    place: PlaceView,
    invitation: Invitation,
    boxes: Boxes,
    others: Vec<Kept>,
    form: FormState,
}

impl View for ChangeOfferView {
    const TEMPLATE: &'static str = "places/invitation";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

#[derive(Serialize)]
struct Invitation {
    id: InvitationId,
    address: String,
    inviter: Option<String>,
    expires: Time,
    as_administrator: bool,
}

/// A grant that no checkbox can express, and whether to keep it.
#[derive(Serialize)]
struct Kept {
    id: OfferedGrantId,
    right: NarrowedRight,
    kept: bool,
}

impl Offers {
    fn of(named: &[Offered], administrator: bool, choices: &Choices) -> Self {
        // The form has one resource: the common one of all grants, else none.
        let first = named.first().and_then(|named| named.granted.resource_id.as_deref());
        let resource = first.filter(|_| named.iter().all(|named| named.granted.resource_id.as_deref() == first));
        let mut offers = Self {
            ticked: Ticked { administrator, ..Ticked::default() },
            resource: resource.map(ResourceId::as_typed).unwrap_or_default(),
            others: Vec::new(),
        };
        for one in named {
            let Granted { definition, uid, .. } = &one.granted;
            let is_ticked = one.granted.resource_id.as_deref() == resource && choices.hold(*definition);
            match definition.kind() {
                DefinitionKind::Role if is_ticked => offers.ticked.roles.push(uid.clone()),
                DefinitionKind::Permission if is_ticked => offers.ticked.permissions.push(uid.clone()),
                _ => offers.others.push(Other { id: one.id, right: (&one.granted).into() }),
            }
        }
        offers
    }
}

async fn page(
    usher: &Usher,
    user: &SignedIn,
    access: &PlaceAccess,
    id: InvitationId,
    input: Option<Input>,
) -> PageResult {
    let (found, named) = list::one_of_place(usher, access, id).await?;
    let choices = access.choices(usher).await?;
    let Offers { ticked, resource, others } = Offers::of(&named, found.level.is_admin(), &choices);
    let input = input.unwrap_or_else(|| Input {
        ticked,
        kept: others.iter().map(|other| other.id).collect(),
        form: FormState::of([("resourceId", resource.as_str())]),
    });
    let kept = |Other { id, right }| Kept { id, right, kept: input.kept.contains(&id) };
    let view = ChangeOfferView {
        place: PlaceView::of(&access.place()),
        invitation: Invitation {
            id: found.id,
            address: found.invitee().to_owned(),
            expires: Time::new(found.expires_at, usher.now()),
            as_administrator: found.level.is_admin(),
            inviter: found.inviter_name,
        },
        boxes: input.ticked.boxes(&choices),
        others: others.into_iter().map(kept).collect(),
        form: input.form,
    };
    Ok(Page::new(&user.visitor, &view))
}

#[get("/<kind>/<key>/invitations/<id>", rank = 1)]
async fn ask_to_change(
    usher: &State<Usher>,
    user: SignedIn,
    kind: Kind,
    key: PlaceKey<'_>,
    id: InvitationId,
) -> PageResult {
    let access = places::access(usher, &user.actor, kind, key.0).await?;
    page(usher, &user, &access, id, None).await
}

#[post("/<kind>/<key>/invitations/<id>", rank = 1, data = "<form>")]
async fn change_offer(
    usher: &State<Usher>,
    user: SignedIn,
    kind: Kind,
    key: PlaceKey<'_>,
    id: InvitationId,
    form: Submitted,
) -> FormResult {
    let access = places::access(usher, &user.actor, kind, key.0).await?;
    let place = access.place();
    let ticked = Ticked::of(&form);
    let kept: Vec<OfferedGrantId> = form.all("keep").into_iter().filter_map(|id| id.parse().ok()).collect();
    let outcome = async {
        let mut fields = Fields::of(&form);
        let resource_id = fields.optional::<ResourceId>("resourceId");
        let grants = fields.finish(|| Some(ticked.grants(resource_id.as_ref().map(ResourceId::as_str))))?;
        let (found, _) = list::one_of_place(usher, &access, id).await?;
        // Inviters who may not appoint administrators do not see this field: it keeps its value.
        let asked = access.choices(usher).await?.administrator;
        let level = Level::from_is_admin(ticked.administrator || (found.level.is_admin() && !asked));
        let update = OfferUpdate { level, grants, kept: kept.clone() };
        change::change(usher, &user.actor, &place, id, update).await
    };
    match outcome.await {
        Ok(()) => Ok(Ok(Go::to(place.invitations_path()).saying(Notice::Saved))),
        Err(error) => {
            let input = Input { ticked, kept, form: FormState::again(&form, error)? };
            Ok(Err(page(usher, &user, &access, id, Some(input)).await?))
        }
    }
}

#[cfg(test)]
impl Sample for ChangeOfferView {
    fn samples() -> Vec<Self> {
        let view = |boxes, others| Self {
            place: PlaceView::sample(),
            invitation: Invitation {
                id: InvitationId(7),
                address: "tomas@harbor.test".to_owned(),
                inviter: Some("Rosa Marlow".to_owned()),
                expires: Time::sample(),
                as_administrator: true,
            },
            boxes,
            others,
            form: FormState::sample(),
        };
        let kept = |right| Kept { id: OfferedGrantId(7), right, kept: true };
        let others = NarrowedRight::samples().into_iter().map(kept).collect();
        let mut boxes = Boxes::samples();
        vec![view(boxes.remove(0), others), view(boxes.remove(0), Vec::new())]
    }
}

pub fn routes() -> Vec<Route> {
    routes![ask_to_change, change_offer]
}
