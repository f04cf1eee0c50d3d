# Pages that are the same for places of every kind.

places-leave = Leave
places-leave-title = Leave { $name }?
places-leave-heading = { $kind ->
    [environment] Leave this environment?
    [org] Leave this org?
   *[none] { "" }
}
places-leave-lost = { $kind ->
    [environment] You lose access to
    [org] You lose your roles and permissions in
   *[none] { "" }
} <strong><bdi>{ $name }</bdi></strong>. Invitations that you sent and that nobody has accepted yet stop working. To come back, you need a new invitation.
places-remove = Remove
places-remove-title = Remove { $member }?
places-remove-heading = Remove this person?
places-remove-lost = <strong><bdi>{ $member }</bdi></strong> ({ $address }) { $kind ->
    [environment] loses access to
    [org] loses all roles and permissions in
   *[none] { "" }
} <bdi>{ $name }</bdi>. Invitations from this person that nobody has accepted yet stop working.
places-remove-stays = { $kind ->
    [environment] Credentials that were seen before still work. Change them if that matters.
    [org] { "" }
   *[none] { "" }
}
places-demote-title = Make { $member } a plain member?
places-demote-heading = Make this person a plain member?
places-demote-lost = <strong><bdi>{ $member }</bdi></strong> ({ $address }) { $kind ->
    [environment] no longer invites, changes or deletes in <bdi>{ $name }</bdi>, but goes on seeing its credentials.
    [org] no longer administers <bdi>{ $name }</bdi>.
   *[none] { "" }
} Invitations from this person that nobody has accepted yet stop working.

## Members

places-person = Person
places-since = Since
places-you = You
places-ends = ends <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>

## Lists

places-kind = { $kind ->
    [environment] Environment
    [org] Org
   *[none] { "" }
}
places-list = { $kind ->
    [environment] Environments
    [org] Orgs
   *[none] { "" }
}
places-yours = { $kind ->
    [environment] Your environments
    [org] Your orgs
   *[none] { "" }
}
places-new = { $kind ->
    [environment] New environment
    [org] New org
   *[none] { "" }
}
places-all = { $kind ->
    [environment] All environments
    [org] All orgs
   *[none] { "" }
}
places-more = { $kind ->
    [environment] More environments
    [org] More orgs
   *[none] { "" }
}
places-no-more = There are no more.
places-none = { $kind ->
    [environment] No environments yet
    [org] No orgs yet
   *[none] { "" }
}
places-is = { $kind ->
    [environment] An environment keeps the keys, the bucket and the database of one set-up together, ready to share.
    [org] An org is a group of people, each with the rights that you give.
   *[none] { "" }
}
places-is-by-invitation = { $kind ->
    [environment] An environment keeps the keys, the bucket and the database of one set-up together. Somebody has to share one with you.
    [org] An org is a group of people, each with rights of their own. Somebody has to invite you to one.
   *[none] { "" }
}
places-in-none = { $kind ->
    [environment] In no environment.
    [org] In no org.
   *[none] { "" }
}
# Counted up to 100: one more stands for all that are more.
places-number = { $kind ->
    [environment] { $number ->
        [101] over 100 environments
        [one] 1 environment
       *[other] { $number } environments
    }
    [org] { $number ->
        [101] over 100 orgs
        [one] 1 org
       *[other] { $number } orgs
    }
   *[none] { "" }
}

## The pages of one

places-overview = Overview
places-members = { $kind ->
    [environment] Sharing
    [org] Members
   *[none] { "" }
}
places-invitations = { $kind ->
    [environment] Sharing
    [org] Invitations
   *[none] { "" }
}
places-activity = Activity
places-pages = { $kind ->
    [environment] This environment
    [org] This org
   *[none] { "" }
}

## After something was made

next-environment = Next: invite somebody. They get a mail, and see the credentials once they accept.
next-org = Next: invite somebody, perhaps with a role that you make under Roles first.
next-definition = Next: invite somebody and give them this.
next-invite = Invite
