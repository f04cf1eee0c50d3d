## Messages that could not be sent, for superusers

messages-title = Mails that were not sent
messages-hint = Each was tried for a day, or was refused for good. When what was wrong is mended, send them again. Mails that nobody needs any more are left out.
messages-resend-all = Resend all
messages-resend = Resend
messages-whom = For whom
messages-what = What
messages-when = When
messages-why = Why
messages-why-unknown = unknown
messages-none = No mail has failed.
message-invitation = Invitation
message-invitation-accepted = Invitation accepted
message-invitation-declined = Invitation declined
message-new-link-wanted = New link wanted
message-verify-address = Confirm an address
message-reset-password = New password
message-password-changed = Password changed
message-member-added = Added as a member
message-rights-changed = Rights changed
message-member-removed = Removed as a member
message-primary-address-changed = Primary address changed
message-address-added = Address added
message-slack = Notice to Slack
