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
users-not-object-id = Not an Object ID
users-wrong-id = { $count ->
    [one] One user has an externalId that is no Object ID.
   *[other] { $count } users have an externalId that is no Object ID.
}
    .text = { $idp } still sends another attribute. Licences can go to the wrong person. Change the mapping, then restart provisioning.
    .go = To the mapping
