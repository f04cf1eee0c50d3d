## What somebody did, after their name

did-place-created = made { place-object }
did-place-created-named = made { place-object } ‘{ $subject }’
did-place-changed = changed { place-object }
did-place-renamed = renamed { place-object } from ‘{ $was }’ to ‘{ $subject }’
did-credentials-changed = changed the credentials
did-credentials-changed-which = changed the credentials: { $secrets }
did-credentials-revealed = looked at the credentials
did-credentials-revealed-which = looked at the credentials: { $secrets }
did-credentials-taken = took away as { $format }: { $secrets }
did-credentials-taken-why = took away as { $format }: { $secrets } ({ $reason })
did-place-handed-over = handed { place-object } over to { $subject }
did-place-deleted = deleted { place-object } ‘{ $subject }’
did-member-promoted = made { $subject } an administrator
did-member-demoted = made { $subject } a plain member
did-member-removed = removed { $subject }
did-member-left = left
did-invitation-sent = invited { $subject }
did-invitation-sent-how = invited { $subject } { $how }
did-invitation-resent = sent { $subject } a new invitation mail
did-invitation-link-copied = copied the link for { $subject }
did-invitation-revoked = took back the invitation for { $subject }
did-invitation-accepted = accepted an invitation
did-invitation-accepted-of = joined, invited by { $subject }
did-invitation-accepted-how = joined { $how }, invited by { $subject }
did-invitation-declined = declined an invitation
did-invitation-declined-of = declined the invitation of { $subject }
did-slack-set-up = set up notices to Slack in { $subject }
did-slack-changed = changed the notices to Slack in { $subject }
did-slack-removed = removed the notices to Slack in { $subject }
did-slack-token-revealed = looked at the token for Slack
did-member-added = added { $subject }
did-member-added-with = added { $subject } with { $gave }
did-rights-changed = changed the rights of { $subject }
did-rights-given = gave { $subject } { $gave }
did-rights-taken = took { $took } from { $subject }
did-rights-given-and-taken = gave { $subject } { $gave }, and took away { $took }
did-role-created = made the role ‘{ $subject }’
did-role-created-with = made the role ‘{ $subject }’, which allows { $gave }
did-role-changed = changed the role ‘{ $subject }’
did-role-changed-so = changed the role ‘{ $subject }’: it { $changes }
did-role-deleted = deleted the role ‘{ $subject }’
did-permission-created = made the permission ‘{ $subject }’
did-permission-changed = changed the permission ‘{ $subject }’
did-permission-renamed = renamed the permission ‘{ $was }’ to ‘{ $subject }’
did-permission-deleted = deleted the permission ‘{ $subject }’
did-invitation-changed = changed the invitation for { $subject }
did-invitation-changed-how = changed the invitation for { $subject }: to join { $how }
did-user-created = made the account of { $subject }
did-user-deactivated = deactivated the account of { $subject }
did-user-activated = activated the account of { $subject }
did-user-deleted = deleted the account of { $subject }
did-token-made = made the access token { $subject }
did-token-revoked = revoked the access token { $subject }
did-username-changed = took the username { $subject }
did-address-added = added the address { $subject }
did-primary-address-changed = made { $subject } the primary address
did-address-removed = removed the address { $subject }
did-former-secret-revealed = looked at a former value
did-former-secret-revealed-which = looked at a former value: { $secrets }
did-exposure-dismissed = said that it does not matter what { $subject } knows
did-exposure-dismissed-why = said that it does not matter that { $subject } knows { $secrets }: { $reason }
did-signed-in = signed in
did-sign-in-refused = was not signed in to the account of { $subject }
did-sign-in-refused-password = was not signed in to the account of { $subject }: the password was wrong
did-sign-in-refused-deactivated = was not signed in to the account of { $subject }: it is deactivated
did-sign-in-refused-many = was not signed in to the account of { $subject }: after too many wrong passwords nobody is let in for a while
did-signed-out = signed out
did-session-ended = ended one of their other sessions
did-sessions-ended = ended all their other sessions
did-account-made = made an account with the address { $subject }
did-address-confirmed = confirmed the address { $subject }
did-password-changed = changed their password
did-reset-requested = asked for a link to a new password for the account of { $subject }
did-password-reset = set a new password by a mailed link
did-superuser-made = made { $subject } a superuser
did-superuser-unmade = took away that { $subject } is a superuser
did-messages-resent = had failed messages sent again
did-messages-resent-count = had { $count ->
    [one] one failed message
   *[other] { $count } failed messages
} sent again

## What is done above is made of

how-member = as a member
how-administrator = as an administrator
how-with = with { $gave }
how-administrator-with = as an administrator, with { $gave }
role-was = was called ‘{ $was }’
role-allows-more = now also allows { $gave }
role-allows-less = no longer allows { $took }
thing-administration = the rights of an administrator
thing-role = the role ‘{ $name }’
thing-role-for = the role ‘{ $name }’ for { $resource } only
thing-permission = the permission ‘{ $name }’
thing-permission-for = the permission ‘{ $name }’ for { $resource } only
thing-name = ‘{ $name }’
secret-access-key = access key
secret-secret-key = secret key
secret-db-user = database user
secret-db-pass = database password

## The filter above the list

activity-search = Name or address
activity-kind = Topic
activity-everything = Everything
activity-access = Access
activity-secrets = Credentials
activity-roles = Roles and permissions
activity-settings = Settings
activity-account = Accounts
activity-nothing = Nothing was found.
activity-end = There is no more.
activity-csv = Download as CSV
activity-csv-when = When (UTC)
activity-csv-about = To whom or what
activity-csv-incomplete = This file is incomplete. Please download it again.

## The activity of all, and one's own

activity-sign-ins = Sign-ins
activity-passwords = Passwords
activity-tokens = Access tokens
activity-system = Whole installation
activity-person = Person: username, address, or part of a name
activity-place-filter = Place: part of its name, or its link
activity-place = Place
activity-no-place = none
activity-from = From (UTC)
activity-to = To (UTC)
activity-day-rule = A day is written like 2026-03-01.
activity-address = Address
activity-from-address = from { $address }
activity-somebody = Somebody
activity-operator = Operator
activity-json = Download as JSON lines
activity-own = My activity
activity-own-hint = What you did, and what others did to your account or your access.
