users-when = Now or later?
users-arrived = Who has arrived
users-look = Look again
users-looking = Asking
users-looked = The list is up to date.
users-seen = { $service } was asked { $when }.
users-none = Nobody has arrived in { $service } yet. { $idp } sends people after provisioning is started, about every 40 minutes.
users-none-scim-off = Nobody is provisioned, because SCIM is off. People are added to { $service } by hand.
users-count = { $count ->
    [one] One user
   *[other] { $count } users
}
users-groups = { $count ->
    [one] One group
   *[other] { $count } groups
}
users-first = The first { $count } are shown.
users-name = User
users-external-id = externalId
users-active = State
users-is-active = active
users-is-inactive = inactive
users-group = Group
users-members = Members
users-wrong-id = No { $label }
users-wrong-id-go = To the mapping in step 5
