groups-idp-name = Name in { $idp }
groups-service-name = Name for { $service }
    .hint = The same to the letter. It follows the name in { $idp } until you type here.
groups-errors = { $count ->
    [one] One thing to correct before saving
   *[other] { $count } things to correct before saving
}
groups-required = (required)
groups-arrived = What provisioning says
    .text = { $service } was asked { $when }. A group that arrives here with the same name is proof; until then your word counts.
groups-not-asked = { $service } has not been asked yet.
groups-group = Group
groups-seen = Seen
groups-role-admins = Administrators’ group
groups-role-users = Desktop users’ group
groups-members = { $count ->
    [0] Arrived, without members
    [one] Arrived, with one member
   *[other] Arrived, with { $count } members
}
groups-not-arrived = Not arrived yet
groups-external-id = ID it arrived with
