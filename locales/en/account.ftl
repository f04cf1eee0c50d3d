## Fields of several pages

account-field-email = E-mail address
account-field-username = Username
account-field-name = Name
account-field-your-name = Your name
account-field-password = Password
account-field-password-hint = 8 to 64 characters
account-field-new-password = New password
account-field-account = Your account
account-field-password-again = The same again
account-password-change = Change the password
account-link-over-title = This link does not work any more
account-link-unknown-title = This link does not work

## Signing in and up

sign-in-login = E-mail address or username
sign-in-new-here = New here?
sign-up-have-account = Have an account?

## A forgotten password

forgot-title = Forgot your password?
forgot-hint = Tell us your address. We send you a link to choose a new password.
forgot-send = Send me a link
forgot-back = Back to sign in
forgot-sent-title = Look into your mailbox
forgot-sent = If there is an account with this address, a mail is on its way. Open the link in it to choose a new password.
forgot-sent-nothing = Nothing there after some minutes? Look into the spam folder, or <a href="/password/forgot">try again</a>.
reset-title = Choose a new password
reset-hint = All devices are signed out then, and access tokens stop working.
reset-used-title = This link was used already
reset-used = Each link works once. If you have forgotten your password again, we send you a new link.
reset-expired-title = This link has expired
reset-expired = No harm done. We can send you a new one.
reset-unknown = Perhaps it is not complete. We can send you a new one.
reset-send-new = Send me a new link

## The first administrator

setup-title = Make the first administrator
setup-hint = This account may do everything in this installation.
setup-over = The first administrator is made already, or the link is not complete.

## Confirming an address

verify-title = Confirm your address
verify-ask = Is <strong>{ $address }</strong> yours? Then confirm it here.
verify-account = It becomes an address of the account of <strong>{ $account }</strong>. If that is not your account, do not confirm it.
verify-own = Did you make the account with this address yourself? If somebody else did, do not confirm: <a href="/password/forgot">choose a new password</a> instead, and the account is yours alone.
verify-do = Confirm this address
verify-done-short = Address confirmed
verify-done-title = Your address is confirmed
verify-done = Thank you. That is all.
verify-taken-title = Another account has this address
verify-taken = An address belongs to one account. Sign in with this address to get at the other account, and remove it there first.
verify-unknown-signed-in = Perhaps it is not complete, or a newer mail was sent. You can have the mail sent again from your account.
verify-unknown-signed-out = Perhaps it is not complete, or a newer mail was sent. Sign in to have the mail sent again.
verify-to-account = Go to your account

## Buttons and the like of several pages

account-save = Save
account-remove = Remove
account-copy = Copy
account-no-more = There are no more.

## Who one is

account-you = You
account-username-hint = 2 to 30 letters, digits or the signs _ - . You can sign in with it, and others can invite you by it.
account-addresses = E-mail addresses
account-unverified = Open the link in the mail we sent you. Then you can invite people who have no account yet.
account-address-primary = Primary
account-address-confirmed = Confirmed
account-address-unconfirmed = Not confirmed
account-address-make-primary = Make primary
account-addresses-hint = You can sign in with each confirmed address, and be invited by it. Our mails go to the primary one.
account-addresses-unproved = Once this address is confirmed, you can add others.
account-address-primary-short = Make { $address } your primary address
account-address-primary-title = Change your primary address
account-address-primary-effect = Our mails will go to <strong>{ $address }</strong> instead of { $former }, links to a new password too. We tell { $former } so.
account-go-back = Back to your account
account-address-another = Another address
account-address-another-hint = We send a link there to confirm it
account-address-add = Add this address
account-addresses-full = To add another, remove one first.
account-address-remove-short = Remove { $address }?
account-address-remove-title = Remove this address?
account-address-remove-loss = <strong>{ $address }</strong> is no longer yours here. You can add it again as long as nobody else has it.
account-address-remove-sign-in = You cannot sign in with it any more.
account-address-remove-links = Links to a new password that we have mailed to you stop working.
account-address-remove-invitations = { $number ->
    [one] 1 open invitation to it leaves your list. <a href="/invitations">Answer it first</a>.
   *[other] { $number } open invitations to it leave your list. <a href="/invitations">Answer them first</a>.
}
account-field-old-password = Present password
account-password-hint = When you change it, all other devices are signed out and your access tokens stop working.
account-devices = Devices
account-devices-hint = See where you are signed in, and sign out there.
account-programs = Programs
account-programs-hint = Let a script or a program act as you, without your password.

## The picture

account-picture-title = Your picture
account-picture-change = Change the picture
account-picture-add = Add a picture
account-picture-none = You have no picture yet.
account-picture-elsewhere = Your picture is at another site, from which our pages load nothing.
account-picture-new = New picture
account-picture-hint = PNG, JPEG or WebP, at least 200 × 200 pixels, up to 10 MB. Anybody can see it who has its address.
account-picture-part = Keep a square
account-picture-percent = How much of it
account-picture-middle = In the middle
account-picture-top = At the top
account-picture-bottom = At the bottom
account-picture-left = On the left
account-picture-right = On the right
account-picture-top-left = At the top left
account-picture-top-right = At the top right
account-picture-bottom-left = At the bottom left
account-picture-bottom-right = At the bottom right
account-picture-all = As much as fits
account-picture-three-quarters = Three quarters of that
account-picture-half = Half of that
account-picture-remove-title = Remove your picture?
account-picture-remove-loss = It is deleted here. Your initials stand in its place.

## Where one is signed in

account-sessions-title = Your devices
account-sessions-hint = Where you are signed in. End what you do not know, then change your password. Programs with an access token are <a href="/account/tokens">listed there</a>.
account-sessions-device = Device
account-sessions-since = Signed in
account-sessions-seen = Last seen
account-sessions-unknown = Unknown
account-sessions-browser = { $browser } on { $system }
account-sessions-this = This one
account-sessions-program = Program
account-sessions-from = from { $ip }
account-sessions-end = End
account-sessions-end-others = End all others

## Access tokens

account-tokens-title = Access tokens
account-tokens-unproved = Confirm your e-mail address first, then you can make access tokens.
account-tokens-hint = A program that has one acts as you, in both JSON APIs. Give each program its own, and revoke what you do not need. Changing your password revokes all of them.
account-token = Token
account-token-fresh = Your new token
account-token-fresh-once = <strong>Copy it now.</strong> It is shown only this once.
account-token-header = The program sends it in the header <code>Authorization: Bearer …</code>
account-tokens-made = Made
account-tokens-expires = Expires
account-tokens-used = Last used
account-tokens-unused = never
account-token-new = New token
account-token-name-hint = What it is for, such as: nightly backup
account-token-life = Works for
account-token-make = Make a token
account-token-revoke = Revoke
account-token-revoke-short = Revoke { $name }?
account-token-revoke-title = Revoke this token?
account-token-revoke-loss = Programs that use <strong><bdi>{ $name }</bdi></strong> are shut out at once. This cannot be undone.
account-token-last-used = It was last used <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>.
account-token-never-used = It was never used.

## Language

account-language = Language
account-language-label = Pages and mails
account-language-browser = As the browser asks (mails in English)
account-language-save = Save the language
language-en = English
language-de = Deutsch
