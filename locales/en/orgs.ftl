## Orgs: what several of their pages share

orgs-name = Name
orgs-save = Save
orgs-cancel = Cancel
orgs-change = Change
orgs-delete = Delete
orgs-delete-title = Delete { $name }?
orgs-none = none
orgs-roles = Roles
orgs-permissions = Permissions
orgs-box-administrator = Administrator of this org
orgs-box-administrator-hint = May do everything here: invite, change rights, delete the org
orgs-resource = Only for one resource
orgs-resource-hint = Its number or name. The chosen roles and permissions count for it alone.

## The list, and a new one

orgs-list-none-make = An org is a group of people, each with the rights that you give. Make one, then invite the people.
orgs-new-name-hint = 3 to 100 characters
orgs-slug = Short name
orgs-slug-hint = Stands in the address of its pages and stays as it is: 3 to 30 small letters, digits, _ or -
orgs-make = Make the org

## One org

orgs-me = You in this org
orgs-you-are = You are
orgs-not-a-member = not a member
orgs-your-roles = Your roles
orgs-you-may = You may
orgs-you-may-everything = do everything here: invite, change rights, delete the org
orgs-you-may-nothing = nothing special
orgs-details = Details
orgs-made = Made
orgs-delete-heading = Delete this org?
orgs-delete-lost = <strong><bdi>{ $name }</bdi></strong> is deleted for everybody. This cannot be undone. These are lost:
orgs-delete-members = { $number ->
    [one] 1 membership, with all rights
   *[other] { $number } memberships, with all rights
}
orgs-delete-roles = { $roles ->
    [one] 1 role
   *[other] { $roles } roles
} and { $permissions ->
    [one] 1 permission
   *[other] { $permissions } permissions
}
orgs-delete-invitations = { $number ->
    [one] 1 open invitation: the links stop working
   *[other] { $number } open invitations: the links stop working
}
orgs-delete-accounts = The accounts of the people stay.

## Members

orgs-members-search = Name, username or address
orgs-members-rights = Rights
orgs-members-nobody = Nobody was found.
orgs-members-having = People who have <bdi>{ $right }</bdi>.
orgs-member-title = Rights of { $name }
orgs-member-others = Other rights
orgs-member-fixed = (you cannot change this)
orgs-member-nothing = There are no roles or permissions in this org yet.
orgs-member-read-only = You may not change rights in this org.

## Roles and permissions

orgs-roles-role = Role
orgs-roles-holds = Holds
orgs-roles-who = Who has it
# Counted up to 100: one more stands for all that are more.
orgs-roles-people = { $number ->
    [101] over 100 people
    [one] 1 person
   *[other] { $number } people
}
orgs-roles-none = No roles yet. A role holds several permissions under one name.
orgs-roles-more = More roles
orgs-permissions-permission = Permission
orgs-permissions-roles = In roles
orgs-permissions-none = No permissions yet. A permission is the name of something that a person may do.
orgs-permissions-more = More permissions
orgs-role-new = New role
orgs-role-change = Change the role { $name }
orgs-role-at-once = Everybody who has this role gets the change at once.
orgs-role-make = Make the role
orgs-permission-new = New permission
orgs-permission-change = Change the permission { $name }
orgs-permission-name-hint = 2 to 64 small letters, digits or the signs _ - .
orgs-permission-allows = What it allows
orgs-permission-make = Make the permission
orgs-delete-right-heading = { $what ->
    [role] Delete this role?
   *[permission] Delete this permission?
}
orgs-delete-right-lost = { $what ->
    [role] Everybody who has the role <strong><bdi>{ $name }</bdi></strong> loses it at once. Open invitations no longer offer it. This cannot be undone.
   *[permission] Everybody who has the permission <strong><bdi>{ $name }</bdi></strong> loses it at once, and roles that hold it hold it no more. Open invitations no longer offer it. This cannot be undone.
}

## Invitations

orgs-invite-heading = Invite people
orgs-invite-done = Invited: { $who }.
orgs-invite-not = Not invited:
orgs-invite-whom = E-mail addresses or usernames
orgs-invite-addresses = E-mail addresses
orgs-invite-whom-hint = One a line. Lists from a mail or a spreadsheet can be pasted.
orgs-invite-open-for = Open for
orgs-invite = Invite
orgs-invited = Invited
orgs-invited-search = Address or inviter
orgs-invited-state = State
orgs-invited-open = Open
orgs-invited-accepted = Accepted
orgs-invited-declined = Declined
orgs-invited-revoked = Revoked
orgs-invited-replaced = Replaced
orgs-invited-not-found = Nothing was found.
orgs-invited-none = No invitation is waiting for an answer.
orgs-invited-more = More invitations
orgs-invitation-title = Invitation of { $address }
orgs-invitation-heading = Change the invitation
orgs-invitation-about = For <strong>{ $address }</strong>, from <bdi>{ $inviter }</bdi>. <span class="soft">Expires <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>. The link in the mail stays the same; links that were copied before work no longer when more is offered.</span>
orgs-invitation-others = Offered besides
orgs-invitation-administrator = It makes an administrator. You cannot change this.

## What the system's permissions allow

allows-org-write = Change or delete the org
allows-org-read = See the org
allows-user-write = Invite, add and remove people
allows-user-read = See who is in
allows-permission-write = Make, change and delete permissions
allows-permission-read = See permissions
allows-permission-assignment-write = Give permissions to people and take them back
allows-permission-assignment-read = See who has which permission
allows-role-write = Make, change and delete roles
allows-role-read = See roles
allows-role-assignment-write = Give roles to people and take them back
allows-role-assignment-read = See who has which role
