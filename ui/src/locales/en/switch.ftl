# Changing the identity provider or where the settings go, and back. from, to: the old and the new one.
switch-provider-open = Change provider…
switch-backend-open = Change where settings go…
switch-provider = Change the identity provider
    .lead = People sign in with { $from } in this project. First see what a change does; nothing is changed before you confirm.
switch-backend = Change where the settings go
    .lead = Now the settings go { $from }. First see what a change does; nothing is changed before you confirm.
switch-to-provider = Where will people sign in?
switch-to-backend = Where will the settings go?
switch-kept-before = Kept from before
switch-show = Show what changes
switch-showing = Looking at the project…
switch-plan-provider = From { $from } to { $to }
switch-plan-backend = What changes
switch-carries = Carries over
switch-aside = Is set aside, and kept for the way back
switch-aside-none = Nothing is set aside: nothing of it was entered yet.
switch-back = Is taken up again
switch-redo = Has to be done again
switch-redo-none = Nothing that was begun has to be done again.
switch-limits = What the new place cannot hold or do
switch-stays = Goes on until it is ended there
switch-stays-none = Nothing is running that the change concerns.
switch-confirm-provider = Change to { $to }
switch-confirm-backend = Change where the settings go
switch-busy = Changing…
switch-done-provider = The identity provider is { $to } now.
switch-done-backend = The settings go { $to } now.
switch-token-missing = Sign in in the browser, or enter an access token. It is tried before anything is changed.

switch-place-portal = into the portal of { $service }, by hand
switch-place-this-computer = to the account service on this computer
switch-place-account-service = to { $url }

switch-undo = Undo the change
switch-undo-title = A change that can be undone
switch-undo-provider = People signed in with { $from } in this project until { $at }. What was entered for { $from } is kept.
switch-undo-backend = The settings went { $from } until { $at }. What was taken from there is kept.
switch-undone = The change is undone.
switch-undo-what = What you have entered since is kept as well, and taken up when you change again.

## What carries over
switch-carries-domains = { $count ->
    [one] The domain
   *[other] The { $count } domains
 }
switch-carries-proof = Their TXT records, and that { $service } has accepted them
switch-carries-group-names = The names of the groups, as { $service } has them
switch-carries-service-values = The values of { $service } for SAML and SCIM
switch-carries-scim-token = The bearer token that ends in { $hint }, in this computer’s keyring
switch-carries-backup-login = The backup login
switch-carries-app-registration = The application in { $idp }
switch-carries-groups = The groups, with their names and IDs
switch-carries-idp-values = { $certificates ->
    [one] The SAML values of { $idp }, with one certificate
   *[other] The SAML values of { $idp }, with { $certificates } certificates
 }
switch-carries-users = That people are in the groups, or will be later

## What is set aside
switch-aside-app-registration = The application in { $idp }
switch-aside-group-ids = { $count ->
    [one] The group’s ID
   *[other] The groups’ IDs
 }
switch-aside-idp-values = { $certificates ->
    [one] The SAML values, with one certificate
   *[other] The SAML values, with { $certificates } certificates
 }
switch-aside-confirmations = { $count ->
    [one] One confirmation
   *[other] { $count } confirmations
 }
switch-aside-sign-in = What was seen in the sign-in test
switch-aside-handovers = { $count ->
    [one] The step that somebody has. A result that comes back is not taken while it is set aside.
   *[other] The { $count } steps that others have. A result that comes back is not taken while they are set aside.
 }
switch-aside-conflict = A conflict that was not decided
switch-aside-records = { $count ->
    [one] The TXT record, and whether it was accepted
   *[other] The { $count } TXT records, and which were accepted
 }
switch-aside-service-values = The values of the service for SAML and SCIM
switch-aside-scim-token = The bearer token that ends in { $hint }. It stays in this computer’s keyring.
switch-aside-portal-ticks = { $count ->
    [one] One tick at a field of the portal
   *[other] { $count } ticks at fields of the portal
 }
switch-aside-account = The account there
switch-aside-access-token = The access token. It stays in this computer’s keyring.

## What comes back
switch-back-kept = What was set aside on { $at }

## What has to be done again
switch-redo-provider = in { $to }
switch-redo-service = at the service
switch-redo-both = in { $to } and at the service
switch-redo-dns = in the DNS: the new place issues other TXT records

## What goes on
switch-stays-active = Single sign-on stays active. People sign in with { $from } until the values of { $to } are saved to { $service }; then { $to } takes over at once.
switch-stays-provisioning = { $from } may go on sending people with the same bearer token. Stop provisioning there, or have a new token made.
switch-stays-application = The application and the groups in { $from } stay there until you delete them.
switch-stays-active-there = Single sign-on stays active at the old place, with its settings. Nothing is switched off by the change; deactivate it there once the new place works.
switch-stays-records = The published TXT records stay in the DNS. They harm nothing beside the new ones.
switch-stays-sign-in-values = The application in { $idp } still sends people to the old place until its values are replaced.
switch-stays-provisioning-there = { $idp } goes on sending people to the old place until its address and token are replaced.

# Two projects of one organization.
shared-domains = Shared domains
shared-project = { $organization } with { $idp }
shared-both = has these too: { $domains }.
shared-none = has other domains.
shared-same-place = Both projects go to the same account of { $service }: a record and its acceptance count for both. An account takes one identity provider at a time: what is saved last counts.
shared-other-place = The settings of the two projects go to different places. Each place issues its own TXT record.
shared-only-here = Only in this project: { $domains }
shared-only-there = Only in the other one: { $domains }
shared-take = { $count ->
    [one] Take it over
   *[other] Take them over
 }
shared-taking = Taking over…
shared-taken = { $count ->
    [one] The domain was taken over.
   *[other] { $count } domains were taken over.
 }
