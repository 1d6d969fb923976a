# A project whose SAML connection and directory are in Ory Polis.

## What this backend cannot do, and what stands in for it
finding-limit-polis-rest = Ory Polis holds the SAML connection and the directory. It knows no domains, no groups and no backup login.
    .fix = Steps 4 and 5 go to Polis from here. The other steps show what the portal takes, with the value to paste; tick what you have entered.
finding-limit-polis-activation = A connection in Ory Polis works as soon as it is sent, and Signpost cannot receive a test sign-in from there.
    .fix = Check an answer of the identity provider here first; people go to Polis once you activate in the portal. Sign-ins that failed are listed by: signpost polis traces.

## Step 4
finding-polis-unsent = Ory Polis does not have these values of the identity provider.
    .fix = Open the step and send them.
finding-polis-has-saml-values = Ory Polis has the identity provider’s values: they were read back.
finding-polis-sp-values-missing = The values that Ory Polis has as a service provider were not read yet.
    .fix = Refresh the project when Polis can be reached.
finding-polis-sp-values-taken = The service’s SAML values were read from Ory Polis.
finding-polis-connection-off = The connection is switched off in Ory Polis, so nobody can sign in by it.
    .fix = Switch it on there, or by: signpost polis connection activate. Tick this if it is off on purpose.
activity-polis-differs = Ory Polis no longer has the identity provider’s values that this project has.
activity-polis-not-taken = Step { $step } was not taken over by Ory Polis as it stands here.
polis-side = The values of Ory Polis
    .text = { $idp } needs these two. They were read from the SP metadata of Polis, and every connection of it has the same.
    .none = They are not here yet: Polis has not answered.
polis-side-again = Read again
polis-side-read = What Ory Polis holds was read.
polis-send = Send to Ory Polis
polis-sent = Ory Polis has the values.
polis-not-taken = Ory Polis did not take the values over as they stand here.
polis-open = Not in Ory Polis yet

## Step 5
polis-directory-none = The directory of this tenant and product has the SCIM base URL and the bearer token. If there is none in Ory Polis, one is made for { $idp }.
polis-directory-make = Take the directory from Ory Polis
polis-directory-again = Take it again
polis-directory-taking = Asking Ory Polis…
polis-directory-taken = The bearer token is in this computer’s keyring.

## Naming it
new-project-backend-polis = Into Ory Polis, the rest by hand
    .hint = For a service that signs people in by Ory Polis (BoxyHQ SAML Jackson). The SAML connection and the directory are made there from here; what Polis does not hold goes into the portal of { $service } by hand.
polis-field-polis-url = Address of Ory Polis
    .hint = Its EXTERNAL_URL. It begins with https://
polis-field-tenant = Tenant
    .hint = As the service names the organization in Polis, for example contoso.com. Without a colon.
polis-field-product = Product
    .hint = As the service names itself in Polis. Without a colon.
polis-field-default-redirect-url = Default redirect URL
    .hint = Where people go after a sign-in that began at the identity provider.
polis-field-redirect-urls = Other redirect URLs
    .hint = Optional. Where else people may be sent after a sign-in; blanks between them.
polis-field-api-key = API key
    .hint = One of the API_KEYS of Polis. It is tried, then kept in this computer’s keyring and nowhere else.
error-invalid-input-polis-url = This is not an address that Ory Polis can be asked at.
    .fix = It begins with https:// and has no user name or password in it. Plain http is asked on this computer only.
error-invalid-input-tenant = This cannot be the name of a tenant in Ory Polis.
    .fix = Give a name without a colon.
error-invalid-input-product = This cannot be the name of a product in Ory Polis.
    .fix = Give a name without a colon.
error-invalid-input-default-redirect-url = This is no address that people should be sent to after a sign-in.
    .fix = Give a complete address that begins with https://, without wildcards and without #.
error-invalid-input-redirect-urls = One of these is no address that people should be sent to after a sign-in.
    .fix = Give complete addresses that begin with https://, without wildcards and without #.
error-invalid-input-api-key = The API key of Ory Polis is missing, or has blanks in it.
    .fix = Copy the key again, alone and on one line, without Api-Key in front of it.
error-polis-directory-several = Ory Polis has { $count } directories of this tenant and product.
    .fix = Delete those that no identity provider sends to, for example by: signpost polis directory delete. Then do the same again.
banner-polis-offline = Ory Polis cannot be reached. What is shown of it is what was seen last; everything is kept here.
banner-polis-key = Ory Polis does not know the API key, or it is not in this keyring. Everything is kept here.
polis-key-give = Give the API key
polis-key-title = API key of Ory Polis
polis-key-send = Try and keep it
polis-key-kept = The API key is kept.

connection-polis = In Ory Polis, the rest by hand

## Changing to it and from it
switch-place-polis = into Ory Polis at { $url }, the rest by hand
switch-aside-api-key = The API key of Ory Polis. It stays in this computer’s keyring.
switch-stays-polis-connection = The connection in Ory Polis at { $url } stays there, and people can go on signing in by it. Switch it off there once the new place works.
