## Mails. Every sentence stands once for both parts of a mail: $part is text, html, or title (the title of the HTML part).

mails-quoted = { $part ->
    [html] <b>{ $name }</b>
    [title] { $name }
   *[text] "{ $name }"
}
mails-marked = { $part ->
    [html] <b>{ $name }</b>
   *[text] { $name }
}
mails-hello = Hello,
mails-hello-name = Hello { $name },
mails-somebody = Somebody
# Who, and the address
mails-person = { $name } ({ $address })
mails-grant = the { $what ->
    [role] role
   *[permission] permission
} { mails-marked }
mails-grant-narrowed = { mails-grant }, only for { $resource }
mails-unexpected = If you did not expect this, ignore this mail: nothing happens without you.
mails-link-as-text = If the button does not work, open this address:
mails-link-until = The link works until { $time }.
# The sender's name: who wrote, and the service
mails-via = { $who } via { $service }
mails-foot = You get this because you have an account at { $server }.

## Invitation

mails-invitation-subject = { $who } invites you { place-into } { mails-quoted }
mails-invitation = { $who } invites you { place-into } { mails-quoted } as { $right ->
    [administrator] an administrator
   *[member] a member
}.
# Below the inviter's name
mails-invitation-headline = invites you to { $name }
mails-invitation-as = { $kind ->
    [environment] Environment
    [org] Org
   *[none] { "" }
} · as { $right ->
    [administrator] an administrator
   *[member] a member
}
mails-invitation-button = Open the invitation
mails-invitation-until = For { $address }, until { $time }.
mails-invitation-page = Opening it accepts nothing yet.
mails-invitation-grants = You get:
mails-invitation-what = { $kind ->
    [org] Usher lets people in. An org is a group whose members have roles and permissions.
    [environment] Usher lets people in. An environment holds the keys, the database and the bucket of one cloud set-up.
   *[none] { "" }
}
mails-invitation-new = If you are new here, you make your account on the same page.
mails-invitation-why = You get this because { $who } entered your address at { $server }.
mails-invitation-ask = Not expecting it? Answer this mail to ask, or ignore it: nothing happens without you.
mails-invitation-code = Or sign in, open "Invitations" and type this code: { mails-marked }

## An invitation was answered

mails-accepted-subject = { $who } accepted your invitation to { mails-quoted }
mails-accepted = { $who } accepted your invitation { place-to } { mails-quoted } and has access from now on.
mails-accepted-headline = accepted your invitation to { $name }
mails-accepted-since = And has access from now on.
mails-declined-subject = { $who } declined your invitation to { mails-quoted }
mails-declined = { $who } declined your invitation { place-to } { mails-quoted }. Nothing else has changed.
mails-declined-headline = declined your invitation to { $name }
mails-declined-since = Nothing else has changed.
mails-answered-page = This page shows who takes part and which invitations are open.
mails-answered-button = See who takes part

## Somebody asks for a new link

mails-new-link-subject = { $who } asks for a new link to { mails-quoted }
mails-new-link = { $who } opened your invitation { place-to } { mails-quoted } after it had expired, and asks for a new link.
mails-new-link-headline = asks for a new link to { $name }
mails-new-link-since = Your invitation had expired before it was opened.
mails-new-link-page = If you still want to invite them, send the invitation again from this page.
mails-new-link-button = Send a new link
mails-new-link-unwanted = If not, ignore this mail: nothing happens without you.

## An address is to be confirmed

mails-verify-subject = Confirm your e-mail address
mails-verify = Please confirm that { mails-marked } is your address.
mails-verify-account = It was added to the Usher account of { mails-marked }.
mails-verify-another = If that is not your account, ignore this mail.
mails-verify-button = Confirm this address
mails-verify-page = It opens a page with a button that confirms.
mails-verify-why = You get this because somebody entered your address at { $server }.

## Passwords and addresses

mails-reset-subject = Choose a new password
mails-reset = Somebody, probably you, asked for a new password for your Usher account.
mails-reset-button = Choose a new password
mails-reset-until = The link works until { $time }. Until you choose a new password, the old one stays as it is.
mails-password-changed-subject = Your password was changed
mails-password-changed = Your Usher password was changed on { $time }.
mails-primary-changed-subject = Your primary address was changed
mails-primary-changed = Your Usher account got another primary address on { $time }.
mails-primary-gone = Mails from Usher no longer go to { mails-marked }.
mails-not-you = Not you? Ask for a new password now.
mails-was-you = If that was you, all is well.
mails-address-added-subject = An address was added to your account
mails-address-added = Your Usher account got the address { mails-marked } on { $time }.
mails-address-added-by = It was added by the link of an invitation, and can be used to sign in.
mails-not-you-button = Ask for a new password

## What somebody may do has changed

mails-added-subject = { $who } added you to { mails-quoted }
mails-added = { $who } added you { place-to } { mails-quoted }.
mails-added-headline = added you to { $name }
mails-removed-subject = { $who } removed you from { mails-quoted }
mails-removed = { $who } removed you { place-from } { mails-quoted }.
mails-removed-headline = removed you from { $name }
mails-removed-since = You have no access to it any more.
mails-changed-subject = { $who } changed your rights in { mails-quoted }
mails-changed = { $who } changed what you may do { place-in } { mails-quoted }.
mails-changed-headline = changed your rights in { $name }
mails-changed-everywhere-subject = { $who } changed your rights in Usher
mails-changed-everywhere = { $who } changed what you may do everywhere in Usher.
mails-changed-everywhere-headline = changed what you may do everywhere in Usher
mails-rights = You are { $right ->
    [owner] the owner
    [administrator] an administrator
   *[member] a member
} there.
mails-rights-have = You have:
mails-rights-some = What you have is listed below.
mails-rights-none = You have no such rights any more.
mails-mistake = If you think that this is a mistake, ask { $who }.
mails-mistake-anybody = If you think that this is a mistake, ask an administrator.
mails-access-button = { $kind ->
    [environment] See the environment
    [org] See the org
   *[none] { "" }
}
mails-start-button = Your start page
