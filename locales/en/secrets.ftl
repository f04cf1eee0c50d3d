## Who knows which secrets of an environment

known-item = { $secrets }: { $way } <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>
known-item-perhaps = { $secrets }: { $way } <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>, perhaps an earlier one
known-by-page = seen on a page
known-by-json = seen by a program
known-by-accept = seen by a program when joining
known-by-keys = seen by a program among the stored keys
known-by-export = taken away
known-by-entered = entered
known-by-event = seen
known-of = <bdi>{ $name }</bdi> knows these secrets in their present form:
known-of-none = <bdi>{ $name }</bdi> has seen none of the present secrets.
known-yours = You know these secrets in their present form:
known-yours-still = You go on knowing these secrets, and stay an administrator:
known-yours-none = You have seen none of the present secrets.
known-not-seen = Not seen since the last change: { $secrets }.
known-number = <bdi>{ $name }</bdi> knows { $secrets ->
    [one] 1 secret
   *[other] { $secrets } secrets
} in { $environments ->
    [one] 1 environment
   *[other] { $environments } environments
} in their present form.
known-number-at-least = <bdi>{ $name }</bdi> knows more than { $secrets } secrets in more than { $environments } environments in their present form.
known-more = { $number ->
    [one] And secrets of 1 more environment.
   *[other] And secrets of { $number } more environments.
}
known-more-at-least = And secrets of more than { $number } more environments.

## On an environment's page

exposed = { $secrets ->
    [one] 1 secret is known
   *[other] { $secrets } secrets are known
} to people who are out: { $people }.
exposed-person = { $name }
exposed-others = { $number ->
    [one] 1 other
   *[other] { $number } others
}
exposed-many-others = many others
exposed-look = See what to change

## The secrets of an environment

secrets-title = Secrets – { $name }
secrets-present = Present secrets
secrets-replace = Replace credentials
secrets-secret = Secret
secrets-changed = Changed
secrets-changed-by = By
secrets-changed-by-unknown = unknown
secrets-known = Knows
secrets-out = Known to people who are out
secrets-out-about = Change these secrets at the cloud and in the database, then replace them here: the list gets shorter by itself.
secrets-out-none = Nobody without access knows any of the present secrets.
secrets-out-more = More people who are out
secrets-account-gone = account deleted
secrets-dismiss = Does not matter
secrets-in = Known to people who are in
secrets-in-none = Nobody with access has seen any of the present secrets.
secrets-in-more = More people who are in

## Saying that it does not matter

dismiss-title = Does it not matter what { $person } knows?
dismiss-heading = Does not matter?
dismiss-about = What <strong><bdi>{ $person }</bdi></strong> knows is no longer listed as to be changed, until they see it again. The activity keeps what you write.
dismiss-secrets = Which secrets?
dismiss-reason = Why does it not matter?
dismiss-reason-hint = For example: this account was closed at the cloud.

## Replacing secrets

replace-title = Replace credentials of { $name }
replace-about = Change the secrets at the cloud and in the database first, then enter the new values here. Nothing else of the environment changes.
replace-do = Replace

replaced = Replaced: { $changed }.
replaced-but = Replaced: { $changed }. This is the value it had already: { $same }.
replaced-nothing = Nothing was replaced. This is the value it had already: { $same }.
replaced-no-secret = Saved. This is the value it had already: { $same }.
