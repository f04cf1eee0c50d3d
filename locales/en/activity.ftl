## What somebody did, after their name

did-environment-created = made the environment
did-environment-changed = changed the environment
did-credentials-changed = changed the credentials
did-credentials-revealed = looked at the credentials
did-environment-handed-over = handed the environment over to { $subject }
did-environment-deleted = deleted the environment
did-member-promoted = made { $subject } an administrator
did-member-demoted = made { $subject } a plain member
did-member-removed = removed { $subject }
did-member-left = left
did-invitation-sent = invited { $subject }
did-invitation-resent = sent { $subject } a new invitation mail
did-invitation-link-copied = copied the link of { $subject }'s invitation
did-invitation-revoked = took the invitation of { $subject } back
did-invitation-accepted = accepted an invitation
did-invitation-declined = declined an invitation
did-slack-set-up = set up notices to Slack in { $subject }
did-slack-changed = changed the notices to Slack in { $subject }
did-slack-removed = removed the notices to Slack in { $subject }
did-org-created = made the org
did-org-changed = changed the org
did-org-deleted = deleted the org { $subject }
did-member-added = added { $subject }
did-rights-changed = changed the rights of { $subject }
did-role-created = made the role { $subject }
did-role-changed = changed the role { $subject }
did-role-deleted = deleted the role { $subject }
did-permission-created = made the permission { $subject }
did-permission-changed = changed the permission { $subject }
did-permission-deleted = deleted the permission { $subject }
did-invitation-changed = changed the invitation of { $subject }
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

## The search above the list

activity-search = Person
activity-nothing = Nothing was found.
