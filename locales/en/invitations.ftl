## The page of one invitation, and the list of what waits for me

invitations-title = Invitation to { $target }
invitations-offer = <bdi>{ $inviter }</bdi> invites you to <bdi>{ $target }</bdi>
invitations-inviter-gone = Somebody who has left
invitations-from = From
invitations-to-join = To join
invitations-joining = { place-given } <strong><bdi>{ $target }</bdi></strong> { $right ->
        [administrator] as an administrator
       *[member] as a member
    }
invitations-may = You may
invitations-may-administer = { $kind ->
    [org] do everything there: invite, change rights, delete the org
    [environment] invite, change and delete
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
invitations-fields = You will see
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
invitations-expires = Expires
invitations-expires-when = Expires <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>
invitations-not-for-you = Not for you? When you decline, <bdi>{ $inviter }</bdi> is told.
invitations-join-does = Join makes your account, signs you in and opens <bdi>{ $target }</bdi>.
invitations-accept-does = Accept lets you in and opens <bdi>{ $target }</bdi>.
invitations-what-this-is = Usher lets people into what others share with them. This link is for you alone, and works once.
invitations-accept = Accept
invitations-decline = Decline

invitations-newcomer = Make your account and join
invitations-newcomer-address = Your account will be for <strong>{ $address }</strong>.
invitations-full-name = Your name
invitations-username = Username
invitations-password = Password
invitations-password-hint = 8 to 64 characters
invitations-join = Join
invitations-sign-in = Sign in to answer
invitations-login = E-mail address or username
invitations-forgot = Forgot your password?
invitations-other = You are signed in as somebody else
invitations-other-for = The invitation is for <strong>{ $address }</strong>. You are signed in as <strong>{ $mine }</strong>.
invitations-other-do = Sign out first. Then you come back here and can answer as { $address }.

invitations-about = <bdi>{ $inviter }</bdi> invited <strong>{ $address }</strong> { place-to } <strong><bdi>{ $target }</bdi></strong>.
invitations-expired = This invitation has expired
invitations-expired-when = It expired <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>.
invitations-asked = We have asked <bdi>{ $inviter }</bdi> for a new link. It will come by mail.
invitations-ask = Ask for a new link
invitations-revoked = This invitation was taken back
invitations-revoked-do = If you think this is a mistake, write to <a href="{ $mailto }"><bdi>{ $inviter }</bdi></a>.
invitations-superseded = There is a newer mail
invitations-superseded-do = A newer mail was sent to you, and this link no longer works. Please use the link in the newest one.
invitations-declined = This invitation was declined
invitations-declined-do = Changed your mind? Ask <a href="{ $mailto }"><bdi>{ $inviter }</bdi></a> to invite you again.
invitations-in-already = You are in already
invitations-accepted-by-me = You have accepted the invitation { place-to } <strong><bdi>{ $target }</bdi></strong>.
invitations-member = You have access { place-to } <strong><bdi>{ $target }</bdi></strong>. There is nothing to do.
invitations-go = Go to <bdi>{ $target }</bdi>
invitations-accepted = This invitation was used already
invitations-accepted-once = Each invitation works once.
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
