## A form that comes after its sign-in has ended

again-title = { $why ->
    [signed_out] You were signed out meanwhile
    [other_account] You are signed in as somebody else now
    [other_session] This page is from an earlier sign-in
   *[none] Sign in again
}
again-nothing-lost = Nothing was sent, nothing is lost.
again-now = You are { $now } at the moment.
again-account = Account of { $name }
again-password = Your password
again-password-hint = Passwords are never kept: type it again.
again-sign-in = Sign in and send
again-send-as = Sign in as { $email } and send
again-send = Send
again-file = A file cannot be kept. Choose it once more.
again-choose = Choose the file again
again-kept = Kept: leave empty to use what you typed.
fault-again-password = This password is wrong. Nothing was sent yet.
