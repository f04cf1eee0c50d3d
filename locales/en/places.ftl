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

## Members

places-person = Person
places-since = Since
places-you = You
places-ends = ends <time datetime="{ $iso }" title="{ $exact }">{ $ago }</time>
