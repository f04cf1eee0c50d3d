//! Environments: list, create, show, edit, hand over, leave, delete, activity.

use super::pages::Pages;
use super::people::{HOUR, MINUTE, People, address, crew};
use crate::support::api::Api;
use crate::support::browser::Browser;

/// All fields of an environment, filled in.
pub const FILLED: [(&str, &str); 13] = [
    ("envName", "Harbor production"),
    ("accessKey", "AKHARBOR01"),
    ("secretKey", "s3cr3t/harbor+1"),
    ("region", "eu-west-1"),
    ("keysName", "Harbor keys"),
    ("bucket", "harbor-logs"),
    ("prefix", "nightly/backups"),
    ("dbName", "tides"),
    ("host", "tides.db.harbor.test"),
    ("user", "reader"),
    ("pass", "salt-water"),
    ("instance", "tides-1"),
    ("parameterGroup", "tides-params"),
];

/// All fields invalid in different ways; `long` exceeds every limit.
fn wrong(long: &str) -> [(&str, &str); 13] {
    [
        ("envName", "Häfen"),
        ("accessKey", "not upper case"),
        ("secretKey", "with a space"),
        ("region", "nowhere"),
        ("keysName", "x"),
        ("bucket", "B"),
        ("prefix", long),
        ("dbName", "tides of the sea"),
        ("host", "no host"),
        ("user", long),
        ("pass", long),
        ("instance", long),
        ("parameterGroup", long),
    ]
}

/// The fields with another name.
fn named(name: &str) -> Vec<(&str, &str)> {
    FILLED.iter().map(|(field, value)| (*field, if *field == "envName" { name } else { *value })).collect()
}

pub async fn show(people: &People<'_>, pages: &mut Pages) {
    let mut rosa = people.browser_of("rosa").await;
    making(&mut rosa, pages).await;
    let production = rosa.path.clone();
    lists(people, pages).await;
    looking(people, &mut rosa, &production, pages).await;
    editing(people, &mut rosa, &production, pages).await;
    former_values(people, &mut rosa, &production, pages).await;
    taking_away(&mut rosa, &production, pages).await;
    handing_over(people, &mut rosa, &production, pages).await;
    activity(people, &mut rosa, &production, pages).await;
    ending(people, &mut rosa, &production, pages).await;
}

async fn making(rosa: &mut Browser<'_>, pages: &mut Pages) {
    pages.keep("environments/list: empty", "A new account", rosa.get("/environments").await);
    rosa.languages = Some("de");
    pages.keep("environments/list: empty, german", "A new account, in German", rosa.get("/environments").await);
    pages.keep("environments/new: german", "The empty form, in German", rosa.get("/environments/new").await);
    let missing: Vec<(&str, &str)> = FILLED.iter().map(|(field, _)| (*field, "")).collect();
    let button = rosa.buttons().last().cloned().unwrap();
    let about = "Nothing was filled in, in German";
    pages.keep_refusal(422, "environments/new: nothing given, german", about, rosa.submit(&button, &missing).await);
    rosa.languages = None;

    pages.keep("environments/new: fresh", "The empty form", rosa.get("/environments/new").await);
    let about = "Nothing was filled in";
    rosa.submit("Make the environment", &missing).await;
    pages.keep_refusal(422, "environments/new: nothing given", about, rosa);
    rosa.get("/environments/new").await.submit("Make the environment", &wrong(&"x".repeat(1025))).await;
    pages.keep_refusal(422, "environments/new: all wrong", "Every field has its fault", rosa);
    rosa.get("/environments/new").await.submit("Make the environment", &FILLED).await;
    pages.keep("environments/show: notice created", "Just made, shared with nobody", rosa);
    rosa.get("/environments/new").await.submit("Make the environment", &FILLED).await;
    pages.keep_refusal(422, "environments/new: name taken", "An environment is called so", rosa);
    rosa.get("/environments/new").await.submit("Make the environment", &named("Harbor two")).await;
    pages.keep_refusal(422, "environments/new: keys taken", "Stored keys are called so", rosa);
    let others = [("keysName", "Other keys"), ("prefix", ""), ("parameterGroup", "")];
    let fields: Vec<(&str, &str)> =
        named("Harbor staging").into_iter().filter(|(name, _)| others.iter().all(|(other, _)| other != name)).collect();
    rosa.get("/environments/new").await.submit("Make the environment", &[&fields, &others[..]].concat()).await;
    let about = "Without what may be left out";
    pages.keep("environments/show: least", about, rosa.get(&rosa.path.clone()).await);
    rosa.get("/environments").await;
    let first = rosa.attribute("tbody a", "href").unwrap();
    rosa.get(&first).await;
}

async fn lists(people: &People<'_>, pages: &mut Pages) {
    let tomas = people.api_of("tomas").await;
    let harbors = ["North", "South", "East", "West", "Old"];
    let uses = ["staging", "testing", "nightly", "archive", "reports", "search", "mail", "maps", "tides", "ferries"];
    for (number, one) in
        uses.iter().flat_map(|one| harbors.iter().map(move |harbor| format!("{harbor} {one}"))).enumerate()
    {
        tomas.environment(&one).await;
        if number % 10 == 0 {
            people.app.advance(7 * MINUTE);
        }
    }
    tomas.environment("Lighthouse:1_").await;
    tomas.environment("Abcdefghijklmnopqrstuvwxy").await;
    let mut browser = people.app.browser_of(&tomas);
    pages.keep("environments/list: many", "The first fifty of fifty-two", browser.get("/environments").await);
    let more = browser.attribute("nav.pages a:last-child", "href").unwrap();
    pages.keep("environments/list: many, later page", "The last two", browser.get(&more).await);
    let about = "A part that was left over after others went";
    pages.keep("environments/list: many, end", about, browser.get("/environments?after=99999").await);
}

/// Adds members, as administrators or not.
pub async fn let_in<'a>(
    people: &People<'a>,
    owner: &Api<'_>,
    environment: i64,
    usernames: impl IntoIterator<Item = &str>,
    is_admin: bool,
) {
    for username in usernames {
        let guest = people.guest(username).await;
        guest.join(owner, environment, &address(username), is_admin).await;
    }
}

pub fn id_in(path: &str) -> i64 {
    path.rsplit('/').next().unwrap().parse().unwrap()
}

async fn looking(people: &People<'_>, rosa: &mut Browser<'_>, path: &str, pages: &mut Pages) {
    let owner = people.api_of("rosa").await;
    let id = id_in(path);
    pages.keep(
        "environments/edit: nobody to hand over to",
        "Nobody else has access",
        rosa.get(&format!("{path}/edit")).await,
    );
    let about = "Nobody else has access";
    pages.keep("environments/owner: empty", about, rosa.get(&format!("{path}/owner")).await);
    let_in(people, &owner, id, ["tomas", "noa", "baltasar"], true).await;
    let_in(people, &owner, id, ["mara", "layla", "captain", "stan"], false).await;
    people.app.advance(3 * HOUR);

    pages.keep("environments/show: owner", "With all details, shared", rosa.get(path).await);
    rosa.languages = Some("de");
    pages.keep("environments/show: owner, german", "The same in German", rosa.get(path).await);
    rosa.languages = None;
    pages.keep(
        "environments/show: revealed",
        "The owner looks at the credentials",
        rosa.get(path).await.submit("Reveal credentials", &[]).await,
    );
    let mut tomas = people.browser_of("tomas").await;
    pages.keep("environments/show: administrator", "May edit, leave and delete", tomas.get(path).await);
    let mut mara = people.browser_of("mara").await;
    pages.keep("environments/show: member", "May look and leave", mara.get(path).await);
    mara.submit("Reveal credentials", &[]).await;
    pages.keep("environments/show: member, revealed", "A member looks at the credentials", &mara);
    pages.keep("environments/list: one", "A member of one environment", mara.get("/environments").await);

    let of_noa = people.api_of("noa").await.environment("Noas berth").await;
    let_in(people, &people.api_of("noa").await, of_noa, ["rosa"], true).await;
    pages.keep(
        "environments/show: owner right to left",
        "The owner's name is Hebrew",
        rosa.get(&format!("/environments/{of_noa}")).await,
    );
    let of_baltasar = people.api_of("baltasar").await.environment("Castle").await;
    let_in(people, &people.api_of("baltasar").await, of_baltasar, ["rosa"], false).await;
    pages.keep(
        "environments/show: owner with a long name",
        "A hundred characters",
        rosa.get(&format!("/environments/{of_baltasar}")).await,
    );
    pages.keep(
        "environments/list: all rights",
        "Owner, administrator and member; long and right-to-left names",
        rosa.get("/environments").await,
    );
}

async fn editing(people: &People<'_>, rosa: &mut Browser<'_>, path: &str, pages: &mut Pages) {
    let edit = format!("{path}/edit");
    pages.keep("environments/edit: owner", "Seven to whom it may be handed over", rosa.get(&edit).await);
    rosa.submit("Hand over", &[]).await;
    pages.keep_refusal(422, "environments/edit: no new owner chosen", "Nobody was chosen", rosa);
    rosa.get(&edit).await.submit("Save", &wrong(&"x".repeat(1025))).await;
    pages.keep_refusal(422, "environments/edit: all wrong", "Every field has its fault", rosa);
    let missing: Vec<(&str, &str)> = FILLED.iter().map(|(field, _)| (*field, "")).collect();
    rosa.get(&edit).await.submit("Save", &missing).await;
    pages.keep_refusal(422, "environments/edit: nothing given", "Everything was emptied", rosa);
    rosa.get(&edit).await.submit("Save", &[("region", "eu-north-1")]).await;
    pages.keep("environments/show: notice saved", "After a change", rosa);
    let mut tomas = people.browser_of("tomas").await;
    pages.keep("environments/edit: administrator", "Hands nothing over", tomas.get(&edit).await);
}

async fn former_values(people: &People<'_>, rosa: &mut Browser<'_>, path: &str, pages: &mut Pages) {
    let former = format!("{path}/secrets/former");
    pages.keep("environments/former: not kept", "Nothing is kept by default", rosa.get(&former).await);
    rosa.submit("Save", &[("kept", "3")]).await;
    pages.keep("environments/former: notice saved", "From now on", rosa);
    let owner = people.api_of("rosa").await;
    let new = serde_json::json!({ "pass": "salt-water-2", "secretKey": "s3cr3t/harbor+2" });
    owner.put(&format!("/api{path}/credentials"), new).await.ok();
    pages.keep("environments/former: some", "Two were replaced", rosa.get(&former).await);
    rosa.submit("Reveal", &[]).await;
    pages.keep("environments/former: revealed", "One is shown", rosa);
}

async fn taking_away(rosa: &mut Browser<'_>, path: &str, pages: &mut Pages) {
    let take = format!("{path}/take-away");
    pages.keep("environments/take_away: asked", "Formats to choose from", rosa.get(&take).await);
    rosa.submit("Show", &[("format", "shell")]).await;
    pages.keep("environments/take_away: taken", "For a shell", rosa);
    rosa.get(&take).await.submit("Show", &[("format", "dotenv"), ("prefix", "1")]).await;
    pages.keep_refusal(422, "environments/take_away: wrong prefix", "With its fault", rosa);
    pages.keep("environments/import: empty", "Asks for a text", rosa.get("/environments/import").await);
    rosa.submit("Read", &[("text", "nothing")]).await;
    pages.keep_refusal(422, "environments/import: nothing understood", "With its fault", rosa);
    let text = "DB_HOST=db.harbor.test\nDB_PASSWORD='salt water'\nPORT=8080\nnonsense\n";
    rosa.submit("Read", &[("text", text)]).await;
    pages.keep("environments/new: imported", "What was understood of a paste", rosa);
}

async fn handing_over(people: &People<'_>, rosa: &mut Browser<'_>, path: &str, pages: &mut Pages) {
    let owner = format!("{path}/owner");
    pages.keep("environments/owner: some", "Seven who have access", rosa.get(&owner).await);
    pages.keep("environments/owner: searched", "By a part of a name", rosa.get(&format!("{owner}?search=qu")).await);
    let about = "Nobody was found";
    pages.keep("environments/owner: nobody found", about, rosa.get(&format!("{owner}?search=nemo")).await);
    rosa.get(&owner).await;
    pages.keep("environments/hand_over: asked", "Asks first", rosa.submit("Hand over", &[]).await);

    rosa.post_fields(&format!("{path}/owner/confirmed"), &[]).await;
    pages.keep_refusal(400, "errors/error: 400", "A form that is none of ours: nobody was chosen", rosa);

    let pier = people.api_of("rosa").await.environment("Handover pier").await;
    let_in(people, &people.api_of("rosa").await, pier, ["mara"], false).await;
    let crowded = people.api_of("rosa").await.environment("Big pier").await;
    let team = crew();
    let_in(people, &people.api_of("rosa").await, crowded, team.iter().take(52).map(String::as_str), false).await;
    let path = format!("/environments/{crowded}");
    pages.keep("environments/owner: many", "Fifty of fifty-two", rosa.get(&format!("{path}/owner")).await);
    let more = rosa.attribute("nav.pages a:last-child", "href").unwrap();
    pages.keep("environments/owner: many, later page", "The last two", rosa.get(&more).await);
    let about = "A part that was left over after others went";
    pages.keep("environments/owner: many, end", about, rosa.get(&format!("{path}/owner?after=99999")).await);
    pages.keep(
        "environments/edit: more than fit",
        "Not everybody fits into the list",
        rosa.get(&format!("{path}/edit")).await,
    );

    rosa.get(&format!("/environments/{pier}/owner")).await.submit("Hand over", &[]).await;
    pages.keep("environments/show: notice handed-over", "An administrator now", rosa.submit("Hand over", &[]).await);
}

async fn activity(people: &People<'_>, rosa: &mut Browser<'_>, path: &str, pages: &mut Pages) {
    let fresh = people.api_of("stan").await.environment("Stans berth").await;
    let mut stan = people.browser_of("stan").await;
    let about = "Just made";
    pages.keep("places/activity: one", about, stan.get(&format!("/environments/{fresh}/activity")).await);
    let activity = format!("{path}/activity");
    pages.keep("places/activity: some", "Who came, looked and changed what", rosa.get(&activity).await);
    rosa.languages = Some("de");
    pages.keep("places/activity: some, german", "The same in German", rosa.get(&activity).await);
    rosa.languages = None;
    pages.keep("places/activity: searched", "By a person", rosa.get(&format!("{activity}?search=mara")).await);
    let about = "Nothing was found";
    pages.keep("places/activity: nothing found", about, rosa.get(&format!("{activity}?search=nemo")).await);
    for _ in 0..45 {
        people.send(rosa, &format!("{path}/reveal"), &[]).await;
        people.app.advance(MINUTE);
    }
    pages.keep("places/activity: many", "The last fifty events", rosa.get(&activity).await);
    let more = rosa.attribute("nav.pages a:last-child", "href").unwrap();
    pages.keep("places/activity: many, later page", "The first events", rosa.get(&more).await);
    let about = "Before everything";
    pages.keep("places/activity: many, end", about, rosa.get(&format!("{activity}?before=1")).await);
}

async fn ending(people: &People<'_>, rosa: &mut Browser<'_>, path: &str, pages: &mut Pages) {
    let mut mara = people.browser_of("mara").await;
    pages.keep("places/leave: environment", "Asks first", mara.get(&format!("{path}/leave")).await);
    pages.keep("environments/list: notice left", "No longer a member", mara.submit("Leave", &[]).await);
    pages.keep("environments/delete: asked", "Asks first", rosa.get(&format!("{path}/delete")).await);
    rosa.languages = Some("de");
    pages.keep(
        "environments/delete: asked, german",
        "Asks first, in German",
        rosa.get(&format!("{path}/delete")).await,
    );
    rosa.languages = None;
    let mut mara = people.browser_of("mara").await;
    mara.get("/environments").await;
    let pier = mara.attribute("tbody a", "href").unwrap();
    mara.get(&format!("{pier}/delete")).await.submit("Delete", &[]).await;
    pages.keep("environments/list: notice deleted", "One less", &mara);
}
