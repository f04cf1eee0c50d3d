## Environments

environments-owner = Owner
environments-you-are = You are
environments-none-do = An environment keeps the keys, the bucket and the database of one set-up together. Make one, then invite the people who work with it.
environments-slack = Slack
environments-secrets = Secrets
environments-cancel = Cancel
environments-save = Save
environments-delete = Delete
environments-remove = Remove
environments-copy = Copy
environments-copy-what = Copy: { $what }

environments-credentials = Credentials
environments-reveal = Reveal credentials
environments-hide = Hide
environments-hidden = hidden
environments-withheld = Confirm your e-mail address to see the credentials: open the link in the mail that we sent you.
environments-reveal-noted = Revealing is noted in the activity.
environments-details = Details
environments-edit = Edit
environments-shared-with = Shared with
environments-people = { $number ->
    [one] 1 person
   *[other] { $number } people
}
environments-db-user = Database user
environments-db-password = Database password
environments-db = Database
environments-created = Made

environments-new-lead = Keys, users and passwords are kept encrypted. They are shown only when somebody asks, and every look is noted.
environments-new-do = Make the environment
environments-edit-title = Edit { $name }
environments-name = Name
environments-name-hint = 4 to 25 letters, digits, spaces or : _ -
environments-cloud = The cloud account
environments-access-key = Access key
environments-secret-key = Secret key
environments-secret-hint = Leave empty to keep the present one.
environments-region = Region
environments-region-hint = For example eu-west-1
environments-keys-name = Name of the keys
environments-keys-name-hint = So that you know them again later
environments-the-bucket = The bucket
environments-bucket = Bucket
environments-bucket-hint = 3 to 63 small letters, digits, dots or hyphens
environments-prefix = Prefix
environments-prefix-hint = The folder in the bucket
environments-the-db = The database
environments-db-name = Name of the database
environments-host = Host
environments-host-hint = For example db.example.org
environments-user = User
environments-password = Password
environments-instance = Instance
environments-parameter-group = Parameter group
environments-delete-about = Everybody loses access, and the credentials are gone.

environments-hand-over = Hand over
environments-hand-over-about = The new owner must be somebody who has access. You stay an administrator.
environments-successor = New owner
environments-successors-more = Not everybody fits into this list. <a href="{ $href }">Search all who have access</a>
environments-successors-none = You can hand the environment over to somebody who has access. Nobody else has yet. <a href="{ $href }">Invite somebody</a>
environments-successors-title = Hand over { $name }
environments-successors-heading = Who is to be the new owner?
environments-successors-search = Name, username or address
environments-successors-not-found = Nobody was found.
environments-successors-nobody = Nobody else has access yet.
environments-successors-back = Go back
environments-hand-over-title = Hand over { $name }?
environments-hand-over-heading = Hand over this environment?
environments-hand-over-ask = <strong><bdi>{ $successor }</bdi></strong> ({ $email }) becomes the owner of <bdi>{ $name }</bdi>. You stay an administrator. Only the new owner can hand it back.

environments-delete-title = Delete { $name }?
environments-delete-heading = Delete this environment?
environments-delete-ask = The credentials of <strong><bdi>{ $name }</bdi></strong> are deleted here. Everybody loses access, and open invitations stop working. This cannot be undone.
environments-delete-stays = The cloud account, the bucket and the database themselves stay as they are.




## Who has access to an environment, and who is invited

sharing-title = Sharing – { $name }
sharing-invite-title = Invite somebody
sharing-address = E-mail address
sharing-administrator = Administrator: may invite, change and delete
sharing-invite = Invite
sharing-invited = Invited
sharing-invited-none = No invitation is waiting for an answer.
sharing-invited-more = More invitations
sharing-members = Who has access
sharing-right = Right
sharing-looked = Last saw the credentials
sharing-seen-present = has seen the present ones
sharing-seen-before = has seen the ones before
sharing-never-looked = never
sharing-demote = Make member
sharing-promote = Make administrator
sharing-members-more = More people

## An environment's notices to Slack

slack-title = Slack – { $name }
slack-off = This server sends nothing to Slack. Whoever runs it has switched that off.
slack-notices = Notices
slack-notices-about = A channel hears when somebody is invited here, joins or becomes an administrator. It never gets a code or a link.
slack-last = Last notice
slack-sent = Sent
slack-failed = Not sent
slack-queued = Waiting
slack-dropped = Not needed
slack-channel = Channel
slack-channel-hint = Its id, such as C0HARBOR, or its name
slack-token = Token
slack-token-hint = Of a Slack app in that channel that may write there (chat:write). It begins with xoxb-.
slack-send = Send notices
slack-remove-title = Remove Slack from { $name }?
slack-remove-heading = Remove Slack?
slack-remove-ask = <strong><bdi>{ $channel }</bdi></strong> gets no more notices about <strong><bdi>{ $name }</bdi></strong>, and the token is forgotten. To have them again, you need the token again. To have them stop for a while, take the tick from “Send notices” instead.

## Former values of secrets

former-title = Former values: { $name }
former-heading = Former values
former-secret = Secret
former-replaced = Replaced
former-value = Value
former-reveal = Reveal
former-none-yet = No secret was replaced in the last 30 days.
former-none-kept = Former values are not kept.
former-keep = Keep former values
former-keep-hint = For 30 days, for administrators of this environment. Each look is in the activity.
former-kept = Of each secret
former-kept-none = none
former-kept-one = the last one
former-kept-three = the last three
former-kept-ten = the last ten
former-save = Save

## Taking values away, and bringing them in

take-away-link = Use it
take-away-title = Use it: { $name }
take-away-heading = Use it
take-away-taken = To take away
take-away-format = Format
take-away-dotenv = .env file
take-away-aws-profile = AWS profile
take-away-shell = Shell
take-away-url = Database URL
take-away-json = JSON
take-away-prefix = Prefix of variables
take-away-prefix-hint = For example TIDES_
take-away-noted = That you take them away is noted in the activity.
take-away-show = Show
take-away-download = Download
take-away-programs = Programs fetch the same with an access token:
import-title = Paste what you have
import-text = A .env file, AWS credentials file, database URL, or JSON
import-hint = You will see what was understood. Nothing is saved yet.
import-do = Read
import-understood = Understood
import-unused = Not used:
import-unclear = Not understood: line { $lines }.
import-nothing-saved = Nothing is saved yet. Add what is missing.
