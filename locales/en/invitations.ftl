## The page of one invitation, and the list of what waits for me

invitations-title = Invitation to { $target }
invitations-by = <b><bdi>{ $inviter }</bdi></b> ({ $email }) invites you to
invitations-by-then = <b><bdi>{ $inviter }</bdi></b> invited { $address } to
invitations-as = { $right ->
        [administrator] as an administrator
       *[member] as a member
    } · open until <time datetime="{ $iso }" title="{ $ago }">{ $said }</time>
invitations-declined-before = You declined this. You can still change your mind.
invitations-stays-declined = Not for you? Close this page: it stays declined.
invitations-not-expected = Not expecting this? Close this page: nothing happens. Or let <bdi>{ $inviter }</bdi> know:
invitations-what = What will I see?
invitations-what-noted = Each look at the secrets is written down.
invitations-inviter-gone = Somebody who has left
invitations-may-administer = { $kind ->
    [org] You may do everything there: invite, change rights, delete the org.
    [environment] You may invite, change and delete.
   *[none] { "" }
}
invitations-roles = { $number ->
    [one] Role
   *[other] Roles
}
invitations-permissions = { $number ->
    [one] Permission
   *[other] Permissions
}
invitations-field-access-key = Access key
invitations-field-secret-key = Secret key
invitations-field-region = Region
invitations-field-bucket = Bucket
invitations-field-prefix = Prefix
invitations-field-db-name = Database name
invitations-field-db-host = Database host
invitations-field-db-user = Database user
invitations-field-db-pass = Database password
invitations-field-instance = Instance
invitations-field-parameter-group = Parameter group
invitations-expires-when = Expires <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>
invitations-accept = Accept
invitations-decline = Decline

invitations-full-name = Your name
invitations-account = Your account
invitations-choose-password = Choose a password
invitations-password = Password
invitations-password-hint = 8 to 64 characters
invitations-join = Join
invitations-sign-in-accept = Sign in and accept
invitations-login = E-mail address or username
invitations-forgot = Forgot your password?
invitations-other-for = This invitation is for <strong>{ $address }</strong>; you are signed in as <strong>{ $mine }</strong>.
invitations-switch-to = Switch to { $address }
invitations-switch = Switch account
invitations-mine = This address is mine too
invitations-mine-does = Do you read the mail of <strong>{ $address }</strong> as well? Then add it to your account, and come in with that:
invitations-own-password = Your password

invitations-expired = This invitation has expired
invitations-expired-when = It expired <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>.
invitations-asked = We have asked <bdi>{ $inviter }</bdi> for a new link. It will come by mail.
invitations-ask = Ask for a new link
invitations-revoked = This invitation was taken back
invitations-revoked-do = If you think this is a mistake, ask <bdi>{ $inviter }</bdi>.
invitations-write = Write to <bdi>{ $inviter }</bdi>
invitations-superseded = There is a newer mail
invitations-superseded-do = A newer mail was sent to you, and this link no longer works. Please use the link in the newest one.
invitations-declined = This invitation was declined
invitations-declined-do = Changed your mind? Ask <bdi>{ $inviter }</bdi> to invite you again.
invitations-in-already = You are in already
invitations-accepted-by-me = You have accepted the invitation { place-to } <strong><bdi>{ $target }</bdi></strong>.
invitations-member = You have access { place-to } <strong><bdi>{ $target }</bdi></strong>. There is nothing to do.
invitations-go = Open <bdi>{ $target }</bdi>
invitations-accepted = This invitation was used already
invitations-accepted-once = Each invitation works once.
invitations-sign-in-open = Sign in and open
invitations-accepted-do = Each invitation works once. If it was not you, ask <a href="{ $mailto }"><bdi>{ $inviter }</bdi></a>.
invitations-accepted-do-signed-out = Each invitation works once. Was it you? Then sign in. If it was not you, ask <a href="{ $mailto }"><bdi>{ $inviter }</bdi></a>.
invitations-gone = There is nothing to join any more
invitations-gone-what = { place-subject } <strong><bdi>{ $target }</bdi></strong> was deleted. There is nothing to do.
invitations-unknown = This link does not work
invitations-unknown-do = Perhaps it was cut off on the way. Try to copy the whole link from the mail.

invitations-unverified = You see invitations here once you have confirmed your address <strong>{ $address }</strong>. The link and the code in an invitation mail work at once.
invitations-waiting = <bdi>{ $inviter }</bdi> <span class="soft">({ $email })</span> invites you { place-into } <strong id="{ $about }"><bdi>{ $target }</bdi></strong> { $right ->
        [administrator] as an administrator
       *[member] as a member
    }.
invitations-none = No invitations
invitations-none-do = When somebody invites you, you can answer here or with the link in the mail.
invitations-code-title = Have a code from a mail?
invitations-code = Code
invitations-code-hint = 8 letters and digits
invitations-code-use = Use the code

invitations-link-for = Link for { $address }
invitations-link-title = Link to the invitation
invitations-link-do-known = Send this link to <strong>{ $address }</strong> yourself. It works for nobody but them, signed in, and expires <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>.
invitations-link-do = Send this link to <strong>{ $address }</strong> yourself. Give it to nobody else: whoever opens it can make the account for this address, as long as there is none. It expires <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>.
invitations-link = Link
invitations-link-copy = Copy
invitations-link-confirm = { $kind ->
    [environment] Whoever makes an account with this link has to confirm the address afterwards, and sees no credentials before that. With the link in the mail this is not needed.
    [org] Whoever makes an account with this link has to confirm the address afterwards. With the link in the mail this is not needed.
   *[none] { "" }
}
invitations-link-back = Back to the invitations

## Invitations as the inviting side sees them

pending-who = Who
pending-invited = Invited
pending-state = State
pending-by = by <bdi>{ $inviter }</bdi>
pending-accepted = Accepted
pending-declined = Declined
pending-void = Not valid
pending-void-why = Whoever invited is deactivated, or their account is gone. Resend makes it yours.
pending-revoked = Revoked
pending-superseded = Replaced
pending-expired = Expired
pending-mail-failed = Mail failed
pending-mail-sending = Sending…
pending-mail-queued = Mail is waiting
pending-mail-sent = Mail sent
pending-wants-new-link = Asks for a new link
pending-expires-when = Expires <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>
pending-expired-when = Expired <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>
pending-change = Change
pending-resend = Resend
pending-copy-link = Copy link
pending-revoke = Revoke
invitations-note = Note
invitations-note-hint = It stands in the mail and on the page behind the link: up to 280 characters, without links.
