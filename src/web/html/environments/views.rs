//! Views of [`super`].

use serde::Serialize;

#[cfg(test)]
use super::super::Sample;
use super::super::lists::PartLinks;
use super::super::places::{PlaceHead, PlaceView};
use super::super::take_away::label;
use super::super::times::Time;
use super::super::{FormState, View};
use super::owner::Candidate;
use crate::clock::Timestamp;
use crate::domain::environments::sealing::Credentials;
use crate::formats::import::Imported;
use crate::ids::{EnvironmentId, UserId};
use crate::store::environments::{Details, Listed};
use crate::words::Text;

#[derive(Serialize)]
pub(in crate::web::html) struct EnvironmentsView {
    pub environments: Vec<EnvironmentRow>,
    #[serde(flatten)]
    pub links: PartLinks,
}

impl View for EnvironmentsView {
    const TEMPLATE: &'static str = "environments/list";
}

#[derive(Clone, Serialize)]
pub(in crate::web::html) struct EnvironmentRow {
    id: EnvironmentId,
    name: String,
    owner: String,
    region: String,
    is_admin: bool,
    is_owner: bool,
}

impl EnvironmentRow {
    /// An environment as `visitor` sees it.
    pub fn of(listed: &Listed, visitor: UserId) -> Self {
        let is_owner = listed.owner_id == visitor;
        Self {
            id: listed.id,
            name: listed.name.clone(),
            owner: listed.owner_name.clone(),
            region: listed.region.clone(),
            is_admin: listed.level.is_admin() || is_owner,
            is_owner,
        }
    }
}

#[derive(Serialize)]
pub(in crate::web::html) struct NewEnvironmentView {
    pub form: FormState,
    /// Shown once, when the form was filled in by an import.
    pub understood: Option<Understood>,
    /// Secrets are filled in, too.
    pub imported: bool,
}

impl View for NewEnvironmentView {
    const TEMPLATE: &'static str = "environments/new";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form]
    }
}

/// What was understood of a text, above the form that it fills in.
#[derive(Clone, Serialize)]
pub(in crate::web::html) struct Understood {
    used: Vec<Text>,
    unused: Vec<String>,
    unclear: Vec<usize>,
}

impl Understood {
    pub fn of(imported: Imported) -> Self {
        let used = imported.values.names().map(label).collect();
        Self { used, unused: imported.unused, unclear: imported.unclear }
    }
}

#[derive(Serialize)]
pub(in crate::web::html) struct EnvironmentView {
    #[serde(flatten)]
    pub head: PlaceHead,
    pub environment: EnvironmentDetails,
    pub revealed: bool,
    /// The visitor may not see the credentials yet.
    pub withheld: bool,
    pub is_admin: bool,
    pub is_owner: bool,
    /// That secrets are known to people without access.
    pub exposed: Option<Text>,
    /// The number of members.
    pub members: i64,
}

impl View for EnvironmentView {
    const TEMPLATE: &'static str = "environments/show";
}

/// An environment's fields. No `Debug`: the credentials are secret.
#[derive(Serialize)]
pub(in crate::web::html) struct EnvironmentDetails {
    owner: String,
    owner_email: String,
    region: String,
    keys_name: String,
    bucket: String,
    prefix: Option<String>,
    db_name: String,
    host: String,
    instance: String,
    parameter_group: Option<String>,
    created: Time,
    access_key: Option<String>,
    secret_key: Option<String>,
    user: Option<String>,
    pass: Option<String>,
}

impl EnvironmentDetails {
    pub fn of(details: &Details, credentials: Option<&Credentials>, now: Timestamp) -> Self {
        Self {
            owner: details.owner_name.clone(),
            owner_email: details.owner_address.clone(),
            region: details.region.clone(),
            keys_name: details.keys_name.clone(),
            bucket: details.bucket.clone(),
            prefix: details.prefix.clone(),
            db_name: details.db_name.clone(),
            host: details.host.clone(),
            instance: details.instance.clone(),
            parameter_group: details.parameter_group.clone(),
            created: Time::new(details.created_at, now),
            access_key: credentials.map(|credentials| credentials.access_key.expose().to_owned()),
            secret_key: credentials.map(|credentials| credentials.secret_key.expose().to_owned()),
            user: credentials.map(|credentials| credentials.db_user.expose().to_owned()),
            pass: credentials.map(|credentials| credentials.db_pass.expose().to_owned()),
        }
    }
}

/// The form of an environment and, for its owner, the one to hand it over.
#[derive(Serialize)]
pub(in crate::web::html) struct EditView {
    pub place: PlaceView,
    pub is_owner: bool,
    pub candidates: Vec<Candidate>,
    pub more_candidates: bool,
    pub form: FormState,
    pub owner_form: FormState,
}

impl View for EditView {
    const TEMPLATE: &'static str = "environments/edit";

    fn forms(&self) -> Vec<&FormState> {
        vec![&self.form, &self.owner_form]
    }
}

/// Confirmation before an environment is deleted.
#[derive(Serialize)]
pub(in crate::web::html) struct DeleteView {
    pub place: PlaceView,
    pub action: String,
}

impl View for DeleteView {
    const TEMPLATE: &'static str = "environments/delete";
}

#[cfg(test)]
impl Sample for EnvironmentsView {
    fn samples() -> Vec<Self> {
        let row = |is_admin, is_owner| EnvironmentRow {
            id: EnvironmentId(7),
            name: "Harbor staging".to_owned(),
            owner: "Rosa Marlow".to_owned(),
            region: "eu-central-1".to_owned(),
            is_admin,
            is_owner,
        };
        let environments = vec![row(true, true), row(true, false), row(false, false)];
        vec![
            Self { environments, links: PartLinks::sample() },
            Self { environments: Vec::new(), links: PartLinks::sample() },
            Self { environments: Vec::new(), links: PartLinks::default() },
        ]
    }
}

#[cfg(test)]
impl Sample for NewEnvironmentView {
    fn samples() -> Vec<Self> {
        let filled = Understood::samples().into_iter().map(|understood| Self {
            form: FormState::sample(),
            understood: Some(understood),
            imported: true,
        });
        let plain = FormState::samples().into_iter().map(|form| Self { form, understood: None, imported: false });
        plain.chain(filled).collect()
    }
}

#[cfg(test)]
impl Sample for Understood {
    fn samples() -> Vec<Self> {
        let used = vec![Text::of("environments-access-key")];
        vec![
            Self { used: used.clone(), unused: vec!["PORT".to_owned()], unclear: vec![3] },
            Self { used, unused: Vec::new(), unclear: Vec::new() },
        ]
    }
}

#[cfg(test)]
impl Sample for EnvironmentView {
    fn samples() -> Vec<Self> {
        let text = |is_there: bool| is_there.then(|| "sample".to_owned());
        let view = |revealed, withheld, is_admin, is_owner| Self {
            head: PlaceHead::sample(),
            environment: EnvironmentDetails {
                owner: "Rosa Marlow".to_owned(),
                owner_email: "rosa@harbor.test".to_owned(),
                region: "eu-central-1".to_owned(),
                keys_name: "Harbor".to_owned(),
                bucket: "harbor".to_owned(),
                prefix: text(is_owner),
                db_name: "harbor".to_owned(),
                host: "db.harbor.test".to_owned(),
                instance: "harbor-1".to_owned(),
                parameter_group: text(is_owner),
                created: Time::sample(),
                access_key: text(revealed),
                secret_key: text(revealed),
                user: text(revealed),
                pass: text(revealed),
            },
            revealed,
            withheld,
            is_admin,
            is_owner,
            exposed: is_owner.then(|| Text::of("exposed").with("secrets", 2).with("people", Vec::<Text>::new())),
            members: if is_owner { 3 } else { 1 },
        };
        vec![view(true, false, true, true), view(false, true, false, false), view(false, false, true, false)]
    }
}

#[cfg(test)]
impl Sample for EditView {
    fn samples() -> Vec<Self> {
        let view = |is_owner, candidates: Vec<Candidate>| Self {
            place: PlaceView::sample(),
            is_owner,
            more_candidates: !candidates.is_empty(),
            candidates,
            form: FormState::sample(),
            owner_form: FormState::sample(),
        };
        vec![view(true, Candidate::samples()), view(true, Vec::new()), view(false, Vec::new())]
    }
}

#[cfg(test)]
impl Sample for DeleteView {
    fn samples() -> Vec<Self> {
        vec![Self { place: PlaceView::sample(), action: "/environments/7/delete".to_owned() }]
    }
}
