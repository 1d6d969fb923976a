# Sentences of the made-up program that the screens are tried with; the real ones stand beside their checks.
finding-fake-domain-verified = { $domain } is accepted.
finding-fake-domain-absent = { $domain }: no record yet on either name server.
finding-fake-app-exists = “{ $name }” exists in Entra ID.
finding-fake-groups-seen = Both Object IDs came with the sign-in of 11:52.
finding-fake-certificate-soon = One of two signing certificates ends in { $days } days.
    .fix = Make the newer one active in Entra before then; My Account trusts both.
finding-fake-scim-off = Switched off: people are added by hand.
finding-fake-users-partly = Administrators are in, Desktop users are not.
finding-fake-wrong-value = The record is published, but one character of its value is wrong.
    .fix = Copy the value again instead of typing it.
