## What is wrong with a form

fault-address-taken = There is an account with this address already. Sign in instead.
fault-username-taken = This username is taken. Choose another one.
fault-wrong-password = The address or the password is wrong.
fault-deactivated = This account is deactivated. Ask whoever runs this service.
fault-no-successor = Nobody else could own them. Say that they are to be deleted, too.
fault-unproved = Confirm your address first: open the link in the mail that we sent you.
fault-old-password-wrong = This is not your present password.
fault-passwords-differ = This differs from the new password above.
fault-environment-name-taken = There is an environment of this name. Choose another name.
fault-keys-name-taken = You have stored keys of this name. Choose another name.
fault-slack-configured = Somebody set these notices up just now. Open the page again to see how.
fault-invite-self = This is your own address.
fault-invite-member = Whoever has this address is in already.
fault-invitee-deactivated = The account of this address is deactivated.
fault-invitee-unknown = Nobody has this address.
fault-inviter-unverified = Nobody with an account has this address. Confirm your own address first to invite newcomers.
fault-note-unverified = Confirm your own address first to add a note. Nobody was invited yet.
fault-note-link = Leave out “{ $what }”: mail programs would make a link of it.
fault-not-found-user = Nobody has this username.
fault-slug-taken = There is an org of this short name. Choose another one.
fault-slug-reserved = This short name is not possible. Choose another one.
fault-permission-name-taken = There is a permission of this name. Choose another name.
fault-permission-name-reserved = Names that begin with yeep. belong to the system.
fault-role-name-taken = There is a role of this name. Choose another name.
fault-permission-unknown = One of the permissions is not there any more. Choose again.
fault-last-administrator = The last administrator stays. Make somebody else an administrator first.
fault-last-superuser = The last superuser stays. Make somebody else a superuser first.
fault-already-assigned = This person has it already.
fault-code-unknown = This code does not work. Check it, or ask for a new invitation.
fault-invitation-accepted = This code was used already.
fault-invitation-expired = This code has expired. Ask for a new invitation.
fault-picture-unreadable = This is no PNG, JPEG or WebP picture, or it is broken.
fault-picture-too-small = This is too small. Use at least 200 × 200 pixels.
fault-picture-too-large = This is too large. Use at most 10 MB and 10,000 × 10,000 pixels.
fault-picture-too-costly = This takes too much memory to open. Use fewer pixels, a PNG, or a JPEG that is not progressive.
fault-address-own = You have this address already.
fault-too-many-addresses = You have { $most } addresses, and more are not possible. Remove one first.
fault-too-many-tokens = You have { $most } tokens, and more are not possible. Revoke one first.
fault-too-many-seconds = { $seconds ->
    [one] Too many tries. Try again in a second.
   *[other] Too many tries. Try again in { $seconds } seconds.
}
fault-too-many-minutes = Too many tries. Try again in { $minutes } minutes.
fault-other = This did not work.
fault-nothing-to-replace = Enter at least one new value.
fault-invitee-unclear = Nobody was invited yet: line { $number } (“{ $line }”) { $others ->
    [0] is
    [one] and one more are
   *[other] and { $others } more are
} not clear. Write one person a line: an address, or @ and a username.
fault-invitee-unclear-addresses = Nobody was invited yet: line { $number } (“{ $line }”) { $others ->
    [0] is
    [one] and one more are
   *[other] and { $others } more are
} not clear. Write one address a line.
fault-invited-none = { $number ->
    [one] One was not invited. It stands here still.
   *[other] { $number } were not invited. They stand here still.
}
fault-invited-too-many = More than { $most } at once. Send the form again for this one.
rule-text = Give a text.
rule-number = Give a number.
rule-bool = Choose yes or no.
rule-name = Use 4 to 25 letters, digits, spaces or the signs : _ -
rule-email-address = This is not an e-mail address. It looks like name@example.org.
rule-password = Use 8 to 64 characters.
rule-access-key = Use capital letters and digits only.
rule-secret-key = Leave no space in it.
rule-region = Give a region such as eu-west-1.
rule-bucket = Use 3 to 63 small letters, digits, dots or hyphens; begin and end with a letter or digit.
rule-prefix = Use at most 1024 characters.
rule-db-name = Use 1 to 64 letters, digits or the signs $ _
rule-host = Give a host name such as db.example.org.
rule-not-empty = Use at most 256 characters.
rule-one-line = Use at most 256 characters, on one line.
rule-invite-code = A code has 8 characters: digits and the letters a to f.
rule-link-token = This is not the token of a link.
rule-full-name = Use at most 100 characters.
rule-org-name = Use 3 to 100 characters.
rule-slug = Use 3 to 30 small letters, digits or the signs _ -
rule-permission-name = Use 2 to 64 small letters, digits or the signs _ - .
rule-role-name = Use 2 to 64 small letters, digits or the signs _ - . :
rule-description = Use at most 140 characters, on one line.
rule-resource-id = Use a number, or 2 to 140 characters.
rule-choice = Choose one of these.
rule-token-life = Choose how long the token works.
rule-invitation-life = Choose how long the invitation is open.
rule-username = Use 2 to 30 letters, digits or the signs _ - .
required-email = Enter your e-mail address.
required-user-email = Enter an e-mail address.
required-password = Enter a password.
required-old-password = Enter your present password.
required-picture = Choose a file.
required-username = Enter a username.
required-new-password = Enter a new password.
required-new-password-again = Enter the new password again.
required-invite-code = Enter the code.
required-channel = Enter a channel.
required-token = Enter the token.
required-user-id = Choose a person.
required-right = Choose a role or permission.
required-field = Choose at least one secret.
required-reason = Write why.
required-user-key = Enter whom you want to invite.
required-slug = Enter a short name for the address of the page.
required-permissions = Choose at least one permission.
required-env-name = Enter a name.
required-other = Fill this in.
rule-reason = Write a line of at most 200 characters.
rule-note = Use at most 280 characters on at most 6 lines.
rule-note-link = Leave out links and addresses.
rule-variable-prefix = Use at most 32 letters, digits and _, no digit first.
rule-profile-name = Use 1 to 64 letters, digits, _, - and .
fault-unfit = This format cannot hold the value: { $value }.
fault-nothing-understood = Nothing of this was understood.
