## Pages of errors

error-sign-in-title = Sign in first
error-sign-in = This page is for members.
error-sign-up-closed-title = Sign-up is closed
error-sign-up-closed = New accounts are made with an invitation here. Ask whoever runs this service.
error-org-creation-closed-title = Making orgs is closed
error-org-creation-closed = New orgs are made by whoever runs this service. Ask them for one.
error-link-over-title = This link no longer works
error-link-over = Ask whoever sent it for a new one.
error-invitation-of-another-title = This invitation is for somebody else
error-invitation-of-another = Open its link again to see for whom, and sign in with that account.
error-owner-stays-title = The owner stays
error-owner-stays = Give the ownership to somebody else first.
error-primary-address-stays-title = The primary address stays
error-primary-address-stays = Make another address the primary one first.
error-last-administrator-title = The last administrator stays
error-last-administrator = Make somebody else an administrator first.
error-last-superuser-title = The last superuser stays
error-last-superuser = Make somebody else a superuser first.
error-no-successor-title = Nobody could own { $name }
error-no-successor = Everybody else in { $name } is deactivated, or has not confirmed their e-mail address yet. See to one of them first.
error-cannot-own-title = This person cannot own it yet
error-cannot-own = They are deactivated, or have not confirmed their e-mail address. Choose somebody else, or see to that first.
error-unproved-title = Confirm your address first
error-unproved = The first address of an account is confirmed before any other: open the link in the mail that went there, or have it sent again on the page of your account.
error-own-account-title = This is your own account
error-own-account = Ask another superuser to do this.
error-system-object-title = This belongs to the system
error-system-object = It can be neither changed nor deleted.
error-400-title = This does not fit
error-400 = Something in what was sent is not as expected. Go back and try again.
error-403-title = Not for you
error-403 = You have no right to do this. Ask an administrator.
error-404-title = Not here
error-404 = There is no such page, or you have no right to see it.
error-413-title = Too much
error-413 = What was sent is too large.
error-429-title = Too many tries
error-429 = Wait a minute and try again.
error-503-title = Just a moment
error-503 = The service is busy. Try again in a few seconds.
error-too-long-title = That takes too long
error-too-long = The search was ended after two seconds, so that others need not wait for it. Try again with a longer or more exact word.
error-500-title = That is our fault
error-500 = Something went wrong on our side. Nothing was changed. Try again later.
error-other = Go back and try again.
error-form-from-elsewhere-title = This form came from elsewhere
error-form-from-elsewhere = It was sent from another address than { $base }, so nothing was done. Open the page at { $base }.
error-form-too-old-title = This form is too old
error-form-too-old = It was opened before you signed in or out, so nothing was done. Reload the page and try again.
error-wait-seconds = { $seconds ->
    [one] Try again in a second.
   *[other] Try again in { $seconds } seconds.
}
error-wait-minutes = Try again in { $minutes } minutes.
error-start-page = Go to the start page
error-number = If you ask somebody about this, give them this number:
