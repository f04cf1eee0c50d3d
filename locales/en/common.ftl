## What stands on every page

error-before-title = Error:
skip = Skip to the content
nav-main = Main
nav-way = You are here
nav-invitations = Invitations
nav-users = Users
nav-account = Account
nav-mine = Account of { $name }
sign-out = Sign out
sign-in = Sign in
sign-up = Sign up
unverified = First confirm your address <strong>{ $address }</strong>, with the link in the mail we sent there. Then you see who has invited you, and can invite people who have no account yet.
send-mail-again = Send the mail again
pages = Pages
pages-first = Back to the first
pages-more = Show more
pages-nothing-so-far = Nothing was found so far.
# A search looks through so many entries for one page.
pages-looked = { $number } entries were looked through. There are more.
pages-further = Look further
right-administrator = Administrator
right-owner = Owner
right-member = Member
right-narrowed = <bdi>{ $right }</bdi>, for <bdi>{ $resource }</bdi> only
field-optional = (optional)
field-error = Error:
field-show = Show
form-check = Please check
choose-person = Choose a person
choice-1-day = 1 day
choice-1-week = 1 week
choice-2-weeks = 2 weeks
choice-7-days = 7 days
choice-30-days = 30 days
choice-90-days = 90 days
choice-a-year = a year
search-do = Search
search-show = Show
search-all = Show all
answer-no = No, go back
filtered = {"{left}"} of {"{all}"} shown
copied = Copied
copy-refused = Press Ctrl+C
table-actions = Actions
list-and = { $start } and { $last }
let-in-invited = invited by <bdi>{ $name }</bdi>
let-in-invited-by-gone = invited by somebody whose account is gone
let-in-added = added by <bdi>{ $name }</bdi>
let-in-from-the-start = from the start
table-when = When
table-who = Who
table-what = What

## What was done, at the head of the next page

notice-saved = Saved.
notice-created = Created.
notice-deleted = Deleted.
notice-left = You have left.
notice-removed = Removed. This person has no access any more.
notice-promoted = Done. This person is an administrator now.
notice-demoted = Done. This person is a plain member now.
notice-handed-over = Handed over. The environment has a new owner.
notice-invited = Invited. The mail is on its way.
notice-invited-all = All invited. The mails are on their way.
notice-invited-superseded = Invited. The mail is on its way, and the earlier invitation no longer works.
notice-resent = A new mail is on its way. The earlier link no longer works.
notice-revoked = Revoked. The link in the mail no longer works.
notice-declined = Declined. We have told the person who invited you.
notice-joined-others-gone = Welcome! You are in, and your address is confirmed. Other sign-ins, access tokens and addresses from before are gone.
notice-joined = Welcome! You are in.
notice-signed-out = You are signed out.
notice-verified-others-gone = Thank you. Your address is confirmed. Other sign-ins, access tokens and addresses from before are gone.
notice-verified = Thank you. Your address is confirmed.
notice-verified-invited = Thank you. Your address is confirmed. An invitation is waiting for you.
notice-verification-sent = The mail is on its way. Open the link in it to confirm your address.
notice-password-changed = Your password is changed.
notice-password-reset-others-gone = Your password is changed and your address confirmed. All sign-ins, access tokens and other addresses from before are gone. You can sign in now.
notice-password-reset = Your password is changed. You can sign in with it now.
notice-session-ended = Ended. That device is signed out.
notice-sessions-ended = Ended. All other devices are signed out.
notice-primary-changed = Done. Our mails go to this address from now on. We have told the former one.
notice-address-removed = Removed. This address is no longer yours here.
notice-picture-removed = Removed. Your initials stand in its place.
notice-token-revoked = Revoked. Programs that use this token are shut out.
notice-link-asked = We have asked for a new link. It will come by mail.
notice-setup-done = Welcome! You are the administrator of this installation.
notice-deactivated = Deactivated. This person is signed out everywhere and cannot sign in.
notice-activated = Activated. This person can sign in.
notice-account-deleted = Deleted. The account is gone.
notice-taken-back = Taken back. It counts from now on.
notice-superuser-made = Done. This person is a superuser now.
notice-sent-again = On its way again. What nobody needs any more is left out.
notice-dismissed = Noted. This need not be changed.
boxes-filter = Filter
boxes-more = There are more roles or permissions than can be chosen here: these are the first 500. What was given of the others stays.

# A place by its kind, as a part of sentences. The last is for none: every kind is named.
place-subject = { $kind ->
    [environment] The environment
    [org] The org
   *[none] The place
}
place-object = { $kind ->
    [environment] the environment
    [org] the org
   *[none] the place
}
place-to = { $kind ->
    [environment] to the environment
    [org] to the org
   *[none] to the place
}
place-into = { $kind ->
    [environment] to the environment
    [org] to the org
   *[none] to the place
}
place-in = { $kind ->
    [environment] in the environment
    [org] in the org
   *[none] in the place
}
place-from = { $kind ->
    [environment] from the environment
    [org] from the org
   *[none] from the place
}
