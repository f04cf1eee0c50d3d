## The start page, signed out

welcome-title = Share access to your environments
welcome-heading = Share access without sharing passwords around
welcome-lead = Usher keeps the keys of your cloud environments in one safe place. You invite a colleague by mail. One click later they are in, and you can always see who has access.
welcome-by-invitation = New accounts are made by invitation.
welcome-setup = Nobody administers this Usher yet. Did you start it? The set-up link makes your account: it stands in the terminal, and in <code>{ $path }</code>.

## The start page, signed in

home-title = Start
home-hello = Hello, <bdi>{ $name }</bdi>
home-failed-mails = Mails that did not arrive
home-failed-mail = The invitation for <strong id="{ $about }">{ $address }</strong> to <bdi>{ $target }</bdi> could not be delivered.
home-failed-mail-look = Look at it
home-unsent = Some mails of this service were not sent.
home-unsent-look = Look at them
home-exposed = To be changed
home-exposed-about = People who are out know present secrets of these environments.
home-exposed-more = There are more. They appear here as these are changed.
home-waiting = Waiting for you
home-invitation = <bdi>{ $inviter }</bdi> invites you { place-into } <strong id="{ $about }"><bdi>{ $target }</bdi></strong> { $right ->
        [administrator] as an administrator
       *[member] as a member
    }.
home-expires = Expires <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>.
home-answer = Answer
home-ending = Nobody has answered yet
home-ends = The invitation for <strong id="{ $about }">{ $address }</strong> to <bdi>{ $target }</bdi> expires <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>.
home-wants-new-link = <strong id="{ $about }">{ $address }</strong> came too late for <bdi>{ $target }</bdi> and would like a new link.
home-resend = Resend
home-search = Find by name

## The first steps

first-confirm = Confirm your address
first-confirm-do = We have sent a mail to <strong>{ $address }</strong>. Press the button in it.
first-confirm-where = This server writes its mails into files: look into <code>{ $path }</code>.
first-confirmed = <strong>{ $address }</strong> is confirmed.
first-environment = Add your first environment
first-environment-do = The keys, the bucket and the database of one cloud set-up. Secrets are kept encrypted, and every look at them is noted.
first-import = Paste what you have
first-invite = Invite somebody
first-invite-do = On the page of the environment. They get a mail, press one button and are in.

## The search

search-title = Search
search-nothing = Nothing of yours is called ‘{ $search }’.
search-nothing-yet = There is nothing here yet that you have access to.
