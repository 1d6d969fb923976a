# The service's portal, by hand: what is taken from its page, what is entered there, and what Signpost can see of it.

## What this backend cannot do, and what stands in for it
finding-limit-settings-by-hand = The portal takes no settings from Signpost.
    .fix = Each step shows the portal’s fields with the value to paste. Tick what you have entered.
finding-limit-domains-by-word = Signpost cannot see whether the portal has accepted a domain.
    .fix = It asks the domain’s name servers itself; you say when the portal shows the domain as verified.
finding-limit-arrivals-unseen = Signpost cannot see who has arrived by provisioning.
    .fix = Look at the users in the portal, and at the provisioning log of the identity provider.
finding-limit-activation-by-word = Signpost cannot switch single sign-on on, and cannot receive a test sign-in.
    .fix = Activate in the portal and confirm it here; then walk through one sign-in and say what you see.

## Fields
finding-portal-field-open = { $field ->
    [admins-name] Not ticked as entered in the portal: name of the administrators’ group.
    [admins-id] Not ticked as entered in the portal: ID of the administrators’ group.
    [users-name] Not ticked as entered in the portal: name of the Desktop users’ group.
    [users-id] Not ticked as entered in the portal: ID of the Desktop users’ group.
    [idp-metadata] Not ticked as uploaded to the portal: the identity provider’s metadata file.
    [idp-entity-id] Not ticked as entered in the portal: the identity provider’s entity ID.
    [idp-sso-url] Not ticked as entered in the portal: the identity provider’s SSO URL.
    [idp-certificate] Not ticked as entered in the portal: the public certificate.
    [scim-switch] Not ticked as set in the portal: SCIM.
   *[other] Not ticked as entered in the portal: the backup login.
 }
    .fix = Open the step, enter it in the portal, and tick it.
finding-portal-name-same = The same to the letter as in the identity provider.
# label: what the identity provider calls it, such as Object ID.
finding-portal-id-shape = It has the form that “{ $label }” has there.
finding-portal-backup-is-you = It is the address this project was begun with.
finding-portal-certificate-valid = { $count ->
    [one] One certificate is valid now, until { $date }.
   *[other] { $count } certificates are valid now, the last until { $date }.
 }

## Domains
finding-domain-record-missing = { $domain }: the record’s value is not here yet.
    .fix = Add the domain in the portal and paste the value that it shows.
finding-domain-record-seen = { $domain }: every name server has the record.
finding-domain-verified-in-portal = { $domain }: the portal shows it as verified, by your word.
finding-domain-not-verified-in-portal = { $domain } is not confirmed as verified in the portal.
    .fix = When the record is published, have the portal verify it, then tick it here.
finding-txt-value-quotes-removed = The quotation marks around the value are left out.
finding-txt-value-is-row = This is more than the value: a whole row was copied.
    .fix = Copy the value alone.
finding-txt-value-is-host = This is the record’s host, not its value.
    .fix = Copy the other column: the value is the longer one.
finding-txt-value-is-url = This is a web address.
    .fix = Copy the value of the TXT record from the domain’s row in the portal.
finding-txt-value-odd-characters = The value contains quotation marks or characters that cannot be seen.
    .fix = Copy it once more with the portal’s own copy button.
finding-txt-value-too-long = The value has { $length } bytes; one string of a TXT record has at most 255.
    .fix = Copy the value alone, without what stands around it.
finding-txt-value-twice = Another domain of this project has the same value.
    .fix = Compare with the portal: each domain has a value of its own there. Tick it only if both rows show the same.
finding-txt-host-has-domain = The host contains the domain.
    .fix = Type the part before { $domain } alone.
finding-txt-host-invalid = This cannot be a host name.
    .fix = It has letters, digits, hyphens, underscores and dots only. Leave it empty to use the usual one.

## The service's own values
finding-sp-values-missing = The service’s two SAML values are not here yet.
    .fix = Drop the portal’s metadata file onto the window, or paste the two values.
finding-sp-values-taken = The service’s SAML values are taken from the portal.
finding-sp-metadata-is-idp = This is the identity provider’s metadata, not the service’s.
    .fix = Download the service provider’s file from step 4 of the portal. The identity provider’s file goes further down.
finding-sp-metadata-several = This file describes several services.
    .fix = Take the file that the portal offers, or paste the two values.
finding-sp-metadata-no-acs = The file names no assertion consumer service that is reached by HTTP-POST.
    .fix = Download the file from the portal once more, or paste the two values.
finding-sp-entity-id-is-document = This is the text of a metadata file.
    .fix = Choose Paste… above it and put it there.
finding-sp-entity-id-has-blanks = There are blanks inside the entity ID.
    .fix = Copy it once more: it is one piece.
finding-sp-entity-id-too-long = The entity ID has more than 1024 characters.
    .fix = Copy the value of that field alone.
finding-sp-entity-id-no-uri = The entity ID is not a URI.
    .fix = Compare it with the portal letter by letter. Tick it if it is the same.
finding-acs-url-not-https = This is not a web address that begins with https://.
    .fix = Copy the assertion consumer service URL from the portal.
finding-acs-url-has-fragment = There is a # in the address.
    .fix = That is the address of a page. Copy the value of the field.
finding-slo-url-not-https = This is not a web address that begins with https://.
    .fix = Copy the logout URL from the portal, or empty the field: it is optional.
finding-slo-url-has-fragment = There is a # in the address.
    .fix = That is the address of a page. Copy the value of the field, or empty it: it is optional.

## SCIM
finding-scim-base-url-missing = The SCIM base URL is not here yet.
    .fix = Copy it from step 5 of the portal.
finding-scim-token-not-taken = The bearer token is not in this computer’s keyring yet.
    .fix = Copy it from step 5 of the portal and put it into the field of this step.
finding-scim-token-kept = The bearer token is in this computer’s keyring.
finding-scim-url-not-https = This is not a web address that begins with https://.
    .fix = Copy the SCIM base URL from the portal.
finding-scim-url-is-token = This looks like the bearer token.
    .fix = Empty this field: the token goes into the field below it, which keeps it in the keyring. Then copy the base URL.
finding-scim-url-is-acs-url = This is the assertion consumer service URL of step 4.
    .fix = Copy the SCIM base URL from step 5 of the portal.
finding-scim-url-has-resource = The address goes on to Users or Groups.
    .fix = Leave that part out; the identity provider adds it.
finding-scim-url-is-page = This is the address of a page in the portal.
    .fix = Copy the value of the field SCIM Base URL.
finding-scim-url-without-scim = The address does not contain the word scim, as such addresses usually do.
    .fix = Compare it with the portal.
finding-token-empty = Nothing was entered.
    .fix = Copy the token from step 5 of the portal.
finding-token-has-bearer = The word Bearer stands before the token.
    .fix = Enter what follows it.
finding-token-is-url = This is a web address.
    .fix = Copy the bearer token; the base URL has a field of its own.
finding-token-has-blanks = There are blanks inside it.
    .fix = Copy the token alone, in one piece.
finding-token-is-masked = This is what the portal shows in the token’s place.
    .fix = Use the portal’s copy button, or have the token shown first.
finding-token-odd-characters = It has characters that no token has.
    .fix = Copy it once more with the portal’s own copy button.
finding-token-short = It is too short for a token.
    .fix = Copy all of it.

## SAML and backup login
finding-saml-values-entered = The identity provider’s values are in the portal, by your word.
finding-backup-login-entered = { $email } is in the portal, by your word.

## Refusals
error-entered-by-hand = This project’s settings are entered into the portal by hand.
    .fix = There is no service to send them to or to ask. Each step shows what to enter.
error-invalid-input-txt-value = The record’s value is not here yet, so there is nothing to look for.
    .fix = Add the domain in the portal and paste the value that it shows.
error-invalid-input-scim-token = This cannot be the bearer token.
    .fix = Copy it from step 5 of the portal.

## History
activity-domain-verified-in-portal = { $domain } was confirmed as verified in the portal.
activity-entered-in-portal = { $field ->
    [admins-name] Entered in the portal: name of the administrators’ group.
    [admins-id] Entered in the portal: ID of the administrators’ group.
    [users-name] Entered in the portal: name of the Desktop users’ group.
    [users-id] Entered in the portal: ID of the Desktop users’ group.
    [idp-metadata] Uploaded to the portal: the identity provider’s metadata file.
    [idp-entity-id] Entered in the portal: the identity provider’s entity ID.
    [idp-sso-url] Entered in the portal: the identity provider’s SSO URL.
    [idp-certificate] Entered in the portal: the public certificate.
    [scim-switch] Set in the portal: SCIM.
    [backup-login] Entered in the portal: the backup login.
   *[other] A value was entered in the portal.
 }
activity-sp-metadata-read = The service’s metadata was read.
activity-scim-token-kept = The bearer token was put into the keyring.
activity-activated-in-portal = Single sign-on was activated in the portal.
activity-deactivated-in-portal = Single sign-on was deactivated in the portal.
activity-sign-in-seen = A sign-in was walked through and worked.

## On the screens
portal-profile = Business Profile
portal-integration = IdP Integration
portal-step = Step { $number }
portal-fields = Enter in { $service }
portal-fields-none = There is nothing to enter in { $service } yet. Fill in the values above; they appear here with a copy button.
portal-open = Not everything is ticked as entered in { $service }
portal-entered = Entered in { $service }
portal-uploaded = Uploaded to { $service }
portal-set = Set in { $service }
portal-entered-at = By your word, { $when }
portal-ticked = Ticked.
portal-unticked = Not ticked any more.
portal-changed = Another value was entered in { $service }, { $when }. Enter this one and tick it.
portal-upload = Upload this file in { $service }.
portal-empty = Empty this field in { $service }, then take the tick away.
portal-scim-on = Switch SCIM on in { $service }.
portal-scim-off = Switch SCIM off in { $service }.
portal-label-scim-switch = SCIM support
portal-label-idp-metadata = Metadata file of the identity provider
portal-arrivals = Signpost cannot see who has arrived: look at the users in { $service }, and at the provisioning log in { $idp }.

portal-sp = The values of { $service }
    .text = { $idp } needs two values that { $service } shows in its step 4. The metadata file has both.
portal-sp-drop = Drop the metadata file of { $service } anywhere in this window
    .hint = Or choose it, or paste its text. Nothing is sent by that.
portal-sp-slo = Optional: for signing out on both sides. Leave it empty where { $service } shows none.
portal-sp-of = of { $service }
portal-sp-read = The service’s metadata was read.

portal-scim-url = SCIM Base URL, as { $service } shows it
    .hint = Copy it from step 5 of { $service }.
portal-token = Bearer Token, as { $service } shows it
    .hint = It goes straight into this computer’s keyring. It is in no file and is not shown again.
portal-token-new = Another bearer token
    .hint = It takes the place of the one in the keyring.
portal-token-keep = Keep in keyring
portal-token-keeping = Keeping it
portal-token-kept = The bearer token is in the keyring.

portal-txt-value = Value of the TXT record, as { $service } shows it
    .hint = Add the domain in step 1 of { $service } and copy the value from its row.
portal-txt-host = Host, if { $service } shows another
    .hint = Usually { $host }. Leave it empty then.
portal-txt-host-more = { $service } shows another host
portal-verify = In { $service }
portal-verified = { $service } shows { $domain } as verified
portal-verified-later = When the record is on every name server, have { $service } verify it, and tick this.
portal-verified-now = The record is on every name server: { $service } can verify it now.
portal-verified-unseen = Signpost has not seen the record itself. Check now looks for it.
portal-says-record = Paste the record’s value from { $service }.
portal-then-record = { $service } shows it as soon as the domain is added there. Then Signpost can look for it.
portal-then-published = Have { $service } verify the domain, then tick it here.
portal-then-accepted = { $service } shows it as verified, by your word of { $when }. Leave the record in place: while Signpost runs it looks at it once a day, and tells you when it is gone.
portal-record-open = Value not pasted yet
portal-no-record = There is no record yet: paste its value below.
portal-accepted-hint = By your word.
portal-accepted-hint-open = You say when { $service } shows it.

## On the overview
portal-limits = What Signpost cannot do here
portal-activate = Activate in the portal and confirm…
portal-activate-title = Activate in { $service }
portal-activate-ask = Is it activated in { $service }?
portal-activate-text = At the top of the page IdP Integration, choose Activate Integration. From then on people with an address of your verified domains sign in with { $idp }. The backup login still works with its password.
portal-activate-confirm = It is activated
portal-activate-done = Single sign-on is active, by your word.
portal-deactivate = Deactivate in the portal and confirm…
portal-deactivate-ask = Is it deactivated in { $service }?
portal-deactivate-text = At the top of the page IdP Integration, choose Deactivate. Everybody signs in with a password of { $service } again, as before. All settings stay as they are.
portal-deactivate-confirm = It is deactivated
portal-deactivate-done = Single sign-on is not active any more, by your word.

portal-test = Test the sign-in
portal-test-address = Sign-in address
