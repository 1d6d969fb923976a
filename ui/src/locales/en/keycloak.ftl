# A project whose SAML connection is an identity provider of a Keycloak realm.

## What this backend cannot do, and what stands in for it
finding-limit-keycloak-rest = Keycloak holds the SAML connection. It knows no domains, no SCIM directory and no backup login.
    .fix = Step 4 goes to Keycloak from here. The other steps show what the portal takes, with the value to paste; tick what you have entered. SCIM goes to the service itself, where it has that.
finding-limit-keycloak-activation = Signpost cannot receive a test sign-in from Keycloak.
    .fix = Check an answer of the identity provider here first. The identity provider is made switched off in Keycloak, and the last step switches it on.

## Step 4
finding-keycloak-unsent = Keycloak does not have these values of the identity provider.
    .fix = Open the step and send them.
finding-keycloak-has-saml-values = Keycloak has the identity provider’s values, and checks signatures with its certificates: that was read back.
finding-keycloak-sp-values-missing = The values that Keycloak has as a service provider were not read yet.
    .fix = Refresh the project when Keycloak can be reached.
finding-keycloak-sp-values-taken = The service’s SAML values were taken from Keycloak.
finding-keycloak-connection-off = The identity provider is switched off in Keycloak, so nobody can sign in by it yet. It is made so.
    .fix = Once everything is in place, the overview switches it on.
keycloak-side = The values of Keycloak
    .text = { $idp } needs these two. They follow from the realm and the alias, so you can enter them before the identity provider is made in Keycloak; once it is, they are read from its SP metadata.
    .none = They are not here yet: Keycloak has not answered.
keycloak-side-again = Read again
keycloak-side-read = What Keycloak holds was read.
keycloak-send = Send to Keycloak
keycloak-sent = Keycloak has the values, and checks signatures.
keycloak-not-taken = Keycloak did not take the values over as they stand here.
keycloak-open = Not in Keycloak yet
activity-keycloak-differs = Keycloak no longer has the identity provider’s values that this project has.
activity-keycloak-not-taken = Step { $step } was not taken over by Keycloak as it stands here.

## Step 4, its groups
keycloak-groups = Groups in Keycloak
    .text = Keycloak can put people into groups of its realm at every sign-in, by the groups that { $idp } sends. Others of its mappers stay as they are.
keycloak-groups-later = Once Keycloak has the values above, this can be set here.
keycloak-groups-attribute = Attribute with the groups
    .hint = Its whole name, as it stands in the answer of the identity provider.
keycloak-groups-admins = Group in Keycloak for administrators
    .hint = Its path, as /group or /group/subgroup; empty for none. Who comes with { $id } gets there.
keycloak-groups-users = Group in Keycloak for users
    .hint = Its path, as /group or /group/subgroup; empty for none. Who comes with { $id } gets there.
keycloak-groups-no-value = the ID of step 3, which is not entered yet,
keycloak-groups-map = Set in Keycloak
keycloak-groups-mapping = Asking Keycloak…
keycloak-groups-asked = Keycloak was asked.
keycloak-groups-mapped = Set, and read back: { $at }
activity-keycloak-groups-mapped = The project’s groups lead into groups of Keycloak.
error-invalid-input-group-attribute = The name of the attribute is missing.
    .fix = Enter it whole, as the identity provider sends it.
error-invalid-input-admins-path = No group of the project leads there.
    .fix = Enter the ID of the administrators’ group in step 3, and the path of at least one group here.
error-invalid-input-users-path = No group of the project leads there by an ID of its own.
    .fix = Enter the ID of the users’ group in step 3; it has to be another one than the administrators’.

## The last step
keycloak-activate-title = Switch on in Keycloak
keycloak-activate-ask = Switch single sign-on on for { $organization }?
keycloak-activate-text = From now on people can sign in with { $idp } through Keycloak. It is switched on only while Keycloak checks signatures, with a certificate that is valid. You can deactivate at any time.
keycloak-activate-done = It is switched on in Keycloak.
keycloak-activate-until-then = Until then nobody signs in with { $idp } through Keycloak. You can deactivate at any time.
keycloak-deactivate-ask = Switch single sign-on off for { $organization }?
keycloak-deactivate-text = Nobody signs in with { $idp } through Keycloak then, until it is switched on again. All settings stay as they are.
keycloak-deactivate-done = It is switched off in Keycloak.
error-keycloak-not-switched = The identity provider in Keycloak is still as it was.
    .fix = The step SAML says what stands in the way. Send the values again, then do the same.
activity-activated-at-keycloak = The identity provider was switched on in Keycloak.
activity-deactivated-at-keycloak = The identity provider was switched off in Keycloak, or is not there.

## Naming it
new-project-backend-keycloak = Into Keycloak, the rest by hand
    .hint = For a service that signs people in by Keycloak. The identity provider is made in its realm from here, and it is seen to that signatures are checked; what Keycloak does not hold goes into the portal of { $service } by hand.
keycloak-field-keycloak-url = Address of Keycloak
    .hint = The one at which it is managed, without /admin or /realms. It begins with https://
keycloak-field-realm = Realm
    .hint = The one that people sign in to, as it stands in addresses behind /realms/.
keycloak-field-alias = Alias
    .hint = The name of the identity provider in addresses, for example contoso. It cannot be changed later.
keycloak-field-client-id = Client ID
    .hint = Of a client with client authentication and a service account that has the role manage-identity-providers of realm-management.
keycloak-field-client-realm = Realm of the client
    .hint = Optional. Where it is another one, for example master.
keycloak-field-client-secret = Client secret
    .hint = From the tab Credentials of the client. It is tried, then kept in this computer’s keyring and nowhere else.
error-invalid-input-keycloak-url = This is not an address that Keycloak can be asked at.
    .fix = Give it from https:// on, without /admin or /realms. Plain http is asked on this computer only.
error-invalid-input-realm = This cannot be the name of a realm in Keycloak.
    .fix = Give the name as it stands in the addresses of Keycloak behind /realms/.
error-invalid-input-client-realm = This cannot be the name of a realm in Keycloak.
    .fix = Give the name as it stands in the addresses of Keycloak behind /realms/, or leave it empty.
error-invalid-input-alias = This cannot be an alias in Keycloak.
    .fix = Give a name of letters, digits, hyphens, underscores and dots, without blanks: it stands in addresses, and cannot be changed later.
error-invalid-input-client-id = The client ID is missing.
    .fix = Give the ID of a client of Keycloak that has client authentication and a service account.
error-invalid-input-client-secret = The client secret is missing.
    .fix = Copy it from the tab Credentials of the client.
error-keycloak-secret-missing = The secret of the client is not in this computer’s keyring.
    .fix = Give it again: Keycloak shows it in the tab Credentials of the client.

banner-keycloak-offline = Keycloak cannot be reached. What is shown of it is what was seen last; everything is kept here.
banner-keycloak-key = Keycloak does not sign the client in, or its secret is not in this keyring. Everything is kept here.
keycloak-key-give = Give the client secret
keycloak-key-title = Client secret of Keycloak
keycloak-key-send = Try and keep it
keycloak-key-kept = The client secret is kept.

connection-keycloak = In Keycloak, the rest by hand

## Changing to it and from it
switch-place-keycloak = into Keycloak at { $url }, the rest by hand
switch-aside-client-secret = The secret of the client. It stays in this computer’s keyring.
switch-stays-keycloak-connection = The identity provider in Keycloak at { $url } stays there, and people can go on signing in by it while it is switched on. Switch it off there once the new place works.
