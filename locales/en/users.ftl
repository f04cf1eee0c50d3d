## Words of several pages

users-tabs = Users and roles
users-tab-roles = Roles
users-activity = What they did and what was done to their account
users-active = Active
users-active-until = Active until { $time }
users-deactivated = Deactivated
users-state = State
users-no-username = none
users-superuser = Superuser
users-role = Role
users-permission = Permission
users-change = Change
users-delete = Delete
users-delete-short = Delete { $name }?
users-cancel = Cancel
users-go-back = Go back
users-alone-members = Members
users-alone-more = and { $number } more

## The list

users-search = Name, username or address
users-all = All
users-person = Person
users-address-unconfirmed = not confirmed
users-in = In
users-memberships = { $places }
users-since = Since
users-none-found = Nobody was found.

## One user

users-addresses = Addresses
users-joined = Joined
users-not-seen = not since joining
users-activate = Activate

## What a user may do everywhere

users-global = System-wide rights
users-global-hint = They count in every org and for every account.
users-no-global = None.
users-more-rights = More rights
users-right = Role or permission
users-give-title = Give a role or permission everywhere
users-give-choose = Choose
users-give-roles = Roles
users-give-permissions = Permissions
users-give-resource = Only for one resource
users-give-resource-hint = Its number or name
users-give = Give
users-take-back = Take back
users-take-back-short = Take back { $name }?
users-take-back-title = Take this back?
users-take-back-loss = <strong><bdi>{ $name }</bdi></strong> loses the { $what ->
        [role] role
       *[permission] permission
    } <strong><bdi>{ $right }</bdi></strong> everywhere, at once. What it allows in single orgs stays where it was given there.
users-take-back-narrowed-loss = <strong><bdi>{ $name }</bdi></strong> loses the { $what ->
        [role] role
       *[permission] permission
    } <strong><bdi>{ $right }</bdi>, for <bdi>{ $resource }</bdi> only</strong> everywhere, at once. What it allows in single orgs stays where it was given there.
users-superuser-may = <strong>Superuser</strong>: may do everything, in every org and for every account.
users-superuser-make = Make superuser
users-superuser-short = Make { $name } a superuser?
users-superuser-title = Make superuser?
users-superuser-gain = <strong><bdi>{ $name }</bdi></strong> ({ $email }) may then do everything, in every org and for every account, and could take the same from you.
users-plain-make = Make a plain user
users-plain-short = Make { $name } a plain user?
users-plain-title = Make a plain user?
users-plain-loss = <strong><bdi>{ $name }</bdi></strong> ({ $email }) loses the right to do everything. Memberships, and rights given in single orgs, stay.
users-plain-loss-me = You lose the right to do everything. Only another superuser can give it back to you.

## Deactivating

users-deactivate = Deactivate
users-deactivate-short = Deactivate { $name }?
users-deactivate-title = Deactivate this account?
users-deactivate-loss = <strong><bdi>{ $name }</bdi></strong> ({ $email }) is signed out everywhere at once, programs too, and cannot sign in until somebody activates the account again. Nothing is deleted.
users-known-out = Known without access: to be changed
users-known-out-none = Nothing to be changed.
users-known-out-more = More environments, without access
users-known-in = Known with access
users-known-in-none = No present secret of an environment.
users-known-in-more = More environments, with access
users-deactivate-alone = Nobody else administers these. They have no administrator until you make one:

## Deleting

users-delete-title = Delete this account?
users-delete-alone = <strong>This account cannot be deleted yet.</strong> Nobody but <bdi>{ $name }</bdi> administers these. In each, make another member an administrator, or delete it:
users-delete-loss = The account of <strong><bdi>{ $name }</bdi></strong> ({ $email }) is deleted. This cannot be undone. These are lost:
users-delete-account = the account with its addresses, password, picture and stored keys that no environment uses
users-delete-superuser = a superuser: this person may do everything here
users-delete-memberships = membership of { $places }
users-delete-place = { $kind ->
    [environment] the environment <strong><bdi>{ $name }</bdi></strong> with its credentials: nobody else is in it
    [org] the org <strong><bdi>{ $name }</bdi></strong>: nobody else is in it
   *[none] { "" }
}
users-delete-stuck = <bdi>{ $name }</bdi> owns these, and nobody else in them could: everybody is deactivated, or has not confirmed their address yet. Activate somebody, or delete them as well:
users-delete-stuck-too = Delete these, too
users-delete-stuck-more = { $number ->
    [one] one more
   *[other] { $number } more
}
users-delete-lost-more = { $number ->
    [one] 1 more that nobody else is in
   *[other] { $number } more that nobody else is in
}
users-delete-invitations = { $number ->
    [one] 1 open invitation, sent or received: the links stop working
   *[other] { $number } open invitations, sent or received: the links stop working
}
users-delete-passing = These get a new owner:
users-delete-passes = { place-subject } <strong><bdi>{ $name }</bdi></strong> goes to <bdi>{ $successor }</bdi>
users-delete-passing-more = { $number ->
    [one] 1 more goes to somebody who is in it
   *[other] { $number } more go to somebody who is in them
}
users-delete-or-deactivate = Deactivating keeps everything and only shuts the person out.

## Roles of the installation

users-roles-title = System-wide roles
users-roles-hint = They belong to no org. Whoever has one everywhere has it in every org.
users-role-new = New role
users-role-make = Make the role
users-role-holds = Holds
users-role-who = Who has it
users-role-built-in = Built in
users-role-people = { $number ->
    [one] 1 person
   *[other] { $number } people
}
users-role-change-title = Change the role { $name }
users-role-change-hint = Everybody who has this role gets the change at once.
users-role-delete-title = Delete this role?
users-role-delete-loss = Everybody who has the role <strong><bdi>{ $name }</bdi></strong>, everywhere or in an org, loses it at once. This cannot be undone.

## The form of a role

role-form-name-hint = 2 to 64 small letters, digits or the signs _ - . :
role-form-description = What it is for
role-form-permissions = Permissions
role-form-keeps = It keeps
role-form-fixed = You cannot change this: you do not have it yourself.
