# A project whose SAML connection and directory are in Ory Polis.

## What this backend cannot do, and what stands in for it
finding-limit-polis-rest = Ory Polis holds the SAML connection and the directory. It knows no domains, no groups and no backup login.
    .fix = Steps 4 and 5 go to Polis from here. The other steps show what the portal takes, with the value to paste; tick what you have entered.
finding-limit-polis-sign-in = Ory Polis writes down the sign-ins that fail, and none that goes well.
    .fix = Test sign-in shows those that failed, with what each comes from. That one came through only the person at the browser sees, and says here.

## Step 4
finding-polis-unsent = Ory Polis does not have these values of the identity provider.
    .fix = Open the step and send them.
finding-polis-has-saml-values = Ory Polis has the identity provider’s values: they were read back.
finding-polis-sp-values-missing = The values that Ory Polis has as a service provider were not read yet.
    .fix = Refresh the project when Polis can be reached.
finding-polis-sp-values-taken = The service’s SAML values were read from Ory Polis.
finding-polis-redirects-differ = In Ory Polis the connection lets people go to other addresses after a sign-in than stand here.
    .fix = Send the values, and Polis has the addresses that stand here; or change them here.
activity-polis-differs = What Ory Polis has is no longer what this project has for it.
activity-polis-redirects-changed = The addresses that people go to after a sign-in were changed.
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

polis-directories = Directories in Ory Polis
    .text = All of this tenant and product. { $idp } should send to one only: each has its own address and bearer token.
polis-directory-name = Directory
polis-directory-address = SCIM base URL
polis-directory-state = State
polis-directory-on = on
polis-directory-off = switched off
polis-directory-ours = this project’s
polis-directory-choose = Use this one
polis-directory-chosen = The project has this directory now. Give { $idp } its address and bearer token.
polis-directory-unasked = Ory Polis was not asked for its directories yet.
polis-arrived = What has arrived in Ory Polis
polis-arrived-count = { $users ->
    [0] No user
    [one] One user
   *[other] { $users } users
} and { $groups ->
    [0] no group
    [one] one group
   *[other] { $groups } groups
} have arrived in the directory.
polis-arrived-none = Nobody has arrived in the directory yet. { $idp } sends people after provisioning is started.
polis-arrived-no-directory = The project has no directory in Ory Polis yet, so nobody can arrive. It is taken in step 5.
polis-arrived-unasked = Who has arrived was not read from Ory Polis yet.
polis-arrived-more = There may be more: the first thousand of each are asked for.
polis-arrived-out = Ory Polis cannot be asked at the moment. This is what was seen last.
polis-arrived-since = Unchanged since { $when }.
polis-arrived-who = See who in step 6
polis-members-uncounted = not counted
finding-polis-arrived = { $users ->
    [0] No user
    [one] One user
   *[other] { $users } users
} and { $groups ->
    [0] no group
    [one] one group
   *[other] { $groups } groups
} have arrived in Ory Polis.
finding-polis-directory-there = { $count ->
    [one] Ory Polis has a directory of this tenant and product that this project did not make.
   *[other] Ory Polis has { $count } directories of this tenant and product that this project did not make.
}
    .fix = If the identity provider is to send to one of these, choose it below.
finding-polis-directory-gone = The directory of this project is not in Ory Polis any more, so what the identity provider sends is refused.
    .fix = Take a directory again, and give the identity provider its address and bearer token.
finding-polis-directory-off = The directory of this project is switched off in Ory Polis, so what the identity provider sends is refused.
    .fix = Switch it on there, then look again.
finding-polis-directory-other = { $count ->
    [one] There is another directory of this tenant and product in Ory Polis. Who arrives there is not shown here.
   *[other] There are { $count } other directories of this tenant and product in Ory Polis. Who arrives there is not shown here.
}
    .fix = Compare the address in the identity provider with the one above. Choose the other one below if it is right, or delete it in Polis.
error-polis-directory-other = The directory of this project is not in Ory Polis any more, but another one is.
    .fix = Choose it in the list of the directories if the identity provider is to send there. No second one was made.

## The switch
finding-polis-connection-off = The connection was switched off in Ory Polis, and not from here. Nobody can sign in by it.
    .fix = Activate again when people are to sign in by it.
finding-polis-connection-gone = The connection is not in Ory Polis any more, so nobody can sign in by it.
    .fix = Send the values in step 4 again, then activate.
finding-polis-connection-on-already = The connection in Ory Polis is on, as each is that was just sent: whoever is sent to Polis can sign in by it, which is what a test needs.
polis-activate-title = Switch on in Ory Polis
polis-activate-ask = Switch the connection on for { $organization }?
polis-activate-text = Ory Polis is told to let people in by { $idp }, and it is read back whether it does. If the service has a switch of its own in its portal, set that one too.
polis-activate-until-then = You can deactivate at any time; Ory Polis then lets nobody in by this connection.
polis-sign-in-from-step = Begin one at Ory Polis there: those that fail are shown with what they come from. An answer that you have is checked on this computer.
polis-activate-done = The connection is on in Ory Polis: that was read back.
polis-deactivate-ask = Switch the connection off for { $organization }?
polis-deactivate-text = Ory Polis lets nobody in by this connection from then on. Who is signed in stays signed in.
polis-deactivate-done = The connection is off in Ory Polis: that was read back.
polis-off-already = Switch it off until then
polis-switch-off-read = Ory Polis has the connection switched off.
polis-switch-on-read = Ory Polis has the connection switched on.
polis-switch-unknown-read = Whether the connection is on in Ory Polis was not read yet.
activity-activated-at-polis = The connection was switched on in Ory Polis.
activity-deactivated-at-polis = The connection was switched off in Ory Polis.
activity-polis-switched-off = The connection was switched off in Ory Polis, not from here.
error-polis-connection-none = Ory Polis has no connection to this identity provider, so there is nothing to switch.
    .fix = Send the values in step 4, then do the same again.
error-polis-not-switched = Ory Polis took the change, but the connection still is as it was.
    .fix = Look at the connection in Polis: somebody may be changing it at the same time.

## Where people go after a sign-in
polis-redirects = Where people go after a sign-in
    .text = The connection in Ory Polis allows these addresses. A change is sent at once, and read back.
polis-redirects-save = Change the addresses
polis-redirects-saved = Ory Polis has these addresses: they were read back.
polis-redirects-kept = The addresses are kept. Ory Polis gets them with the connection.
polis-redirects-saving = Changing

## A sign-in through it
polis-sign-in = Sign-ins through Ory Polis
polis-sign-in-page = Begin a sign-in at Ory Polis, or check an answer of { $idp } that you have.
polis-sign-in-lead = Sign in as somebody of { $idp } would. Ory Polis writes down what fails, and it is shown here with what it comes from.
polis-sign-in-begin = Start a sign-in at Ory Polis
polis-sign-in-opens = It opens in your browser, passes { $idp } and ends at { $url }.
polis-sign-in-no-connection = Ory Polis has no connection to { $idp } yet, so a sign-in cannot begin.
polis-sign-in-off = The connection is switched off in Ory Polis, which refuses every sign-in by it now.
polis-sign-in-begun = Begun { $when }
polis-sign-in-proof = If the browser ends at { $url } with code= in the address, Ory Polis let you in. What the service makes of that visit is no part of the test: it did not begin there. Neither Polis nor Signpost keeps that a sign-in went well, so say it here.
polis-sign-in-came-through = It ended there with a code
polis-sign-in-did-come-through = You said { $when } that a sign-in came through Ory Polis.
polis-sign-in-take-back = That was not so
polis-sign-in-said = It is kept that the sign-in came through.
polis-sign-in-taken-back = It is no longer kept that a sign-in came through.
polis-failed = Sign-ins that failed
polis-failed-again = Look again
polis-failed-looking = Asking Ory Polis…
polis-failed-asked = Ory Polis was asked { $when }. It keeps failed sign-ins for a week.
polis-failed-none = Ory Polis has written down no failed sign-in of this tenant and product.
polis-failed-none-since = None has failed since the sign-in was begun.
polis-failed-count = { $count ->
    [one] One sign-in failed
   *[other] { $count } sign-ins failed
}
polis-failed-more = There are more of this product, which were not looked at.
polis-failed-at = When
polis-failed-what = What Ory Polis says
polis-failed-row = What it comes from
polis-failed-unknown = No known mistake
polis-failed-since = since you began
polis-failed-show = Show
polis-failed-time-unknown = time unknown
sign-in-panel-by-word = Came through, by your word
activity-polis-sign-in-begun = A sign-in through Ory Polis was begun.
activity-polis-sign-in-came-through = You said that a sign-in came through Ory Polis.

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
    .fix = Choose the one that the identity provider is to send to in the list of the directories.
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
switch-stays-polis-connection = The connection in Ory Polis at { $url } stays there, and people can go on signing in by it while it is switched on. Switch it off there once the new place works.
