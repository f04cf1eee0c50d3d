## What somebody did, after their name

did-place-created = made { place-object }
did-place-created-named = made { place-object } ‘{ $subject }’
did-place-changed = changed { place-object }
did-place-renamed = renamed { place-object } from ‘{ $was }’ to ‘{ $subject }’
did-credentials-changed = changed the credentials
did-credentials-revealed = looked at the credentials
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
